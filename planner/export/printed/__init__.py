"""The printable report: PDF, set by Typst from one template. Texts of the plan are data to it and never markup."""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from xml.etree import ElementTree

import typst

from planner.export.chart.svg import SPACE
from planner.export.documents import NotWritten
from planner.export.fonts import CHINESE, LATIN, chinese_signs
from planner.export.handover import Handover
from planner.export.logo import size
from planner.export.printed.content import BOTTOM, PAPERS, SIDE, TOP, Content, Data, figure_data, short
from planner.export.report.parts import Figures
from planner.export.theme import Theme, ink_on
from planner.text.clean import one_line
from planner.text.i18n import _, language

_READABLE = ["ua-1"]
"""The standard for PDF that screen readers read."""

_BUILT_IN = "Libertinus Serif"
"""The font that Typst brings along."""

LOGO = "logo.svg"

TEMPLATE = Path(__file__).with_name("report.typ")


def render(handover: Handover) -> bytes:
    """The report as PDF with bookmarks and what every page bears, made so that screen readers read it (PDF/UA-1).

    Raises NotWritten where Chinese text could only be printed as empty boxes.
    """
    content = Content(handover.theme)
    for section in handover.report.sections:
        handover.steps.at(section.title)
        content.add(section)
    fonts = typst.Fonts()
    data = json.dumps(_data(handover, content), ensure_ascii=False)
    pictures = "".join(picture.decode() for picture in content.files.values())
    here = frozenset(fonts.families())
    if chinese_signs(data + pictures) and not here & {handover.theme.chinese_font, *CHINESE}:
        wrong = _("no font with Chinese signs is installed, and the report has Chinese text")
        advice = _("install a font such as {font}, or name one of yours as chinese_font in the theme")
        raise NotWritten(wrong, advice.format(font=CHINESE[0]))
    files: dict[str, str | bytes] = {
        "main.typ": TEMPLATE.read_bytes(),
        "data.json": data.encode(),
        **content.files,
    }
    files["fonts.json"] = json.dumps(_fonts(handover, here)).encode()
    files |= _logo(handover.theme)
    handover.steps.at(_("setting the pages"))
    day = datetime.combine(handover.identity.as_of, time(), UTC)
    try:
        return _set(files, fonts, day, _READABLE)
    except typst.TypstError as refused:
        # What screen readers need is not to be had with every text: with signs that no font here has, above all.
        if "could not be displayed" in refused.message:
            handover.steps.note(_("no font on this machine has all signs of the report: some are printed as boxes"))
        return _set(files, fonts, day, [])


def _set(files: Mapping[str, str | bytes], fonts: typst.Fonts, day: datetime, standards: list[str]) -> bytes:
    made = typst.compile(  # type: ignore[call-overload]  # its types leave out that the input may be files by name
        files, font_paths=fonts, format="pdf", pdf_standards=standards, timestamp=int(day.timestamp())
    )
    assert isinstance(made, bytes)
    return made


def _logo(theme: Theme) -> dict[str, bytes]:
    """The logo as Typst takes it: among files that are given by name there may be text only, such as SVG."""
    found = size(theme.logo) if theme.logo else None
    if theme.logo is None or found is None:
        return {}
    kind = "png" if theme.logo.startswith(b"\x89PNG") else "jpeg"
    across = {"width": str(found[0]), "height": str(found[1])}
    root = ElementTree.Element("svg", {"xmlns": SPACE, **across})
    picture = f"data:image/{kind};base64,{b64encode(theme.logo).decode()}"
    ElementTree.SubElement(root, "image", {"href": picture, **across})
    return {LOGO: ElementTree.tostring(root)}


def _fonts(handover: Handover, here: frozenset[str]) -> list[str]:
    """The best font of those at hand for each writing, that of the report's language first; one is always there."""
    theme = handover.theme
    for name in (theme.font, theme.chinese_font):
        if name and name not in here:
            told = _("the font {font} is not installed; the printed report uses another")
            handover.steps.note(told.format(font=one_line(name)))
    latin = next((name for name in (theme.font, *LATIN) if name in here), _BUILT_IN)
    chinese = next((name for name in (theme.chinese_font, *CHINESE) if name in here), latin)
    return [chinese, latin] if language() == "zh" else [latin, chinese]


def _data(handover: Handover, content: Content) -> Data:
    """All that the template says."""
    theme, identity, report = handover.theme, handover.identity, handover.report
    width, height = PAPERS[theme.size]
    summary = report.section("summary")
    figures = next((block for block in summary.blocks if isinstance(block, Figures)), None) if summary else None
    colours = {name: getattr(theme, name) for name in ("primary", "accent", "ink", "grey", "pale")}
    return {
        "title": short(report.title, 120, size=28.0) or _("Report"),
        "client": short(identity.client, 200),
        "author": one_line(identity.client)[:200],
        "keywords": [short(line) for line in identity.lines],
        "date": {"year": identity.as_of.year, "month": identity.as_of.month, "day": identity.as_of.day},
        "identity": " | ".join(short(line, 60) for line in identity.lines),
        "lead": short(summary.lead) if summary else "",
        "figures": [figure_data(figure) for figure in figures.figures] if figures else [],
        "footer": short(theme.footer, 160),
        "page": _("page {number} of {count}"),
        "contents": _("Contents"),
        "lang": language(),
        "region": "CN" if language() == "zh" else "GB",
        "paper": {"width": width, "height": height},
        "margin": {"side": SIDE, "top": TOP, "bottom": BOTTOM},
        "colours": {**colours, "on_primary": ink_on(theme.primary)},
        "levels": {str(level): theme.level(level) for level in range(1, len(theme.levels) + 1)},
        "logo": {"file": LOGO, "told": theme.name or _("Logo")} if _logo(theme) else None,
        "groups": content.groups,
    }
