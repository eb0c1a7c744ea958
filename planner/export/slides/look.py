"""Colours and fonts of a deck, taken by the names that its theme has for them: a change of the theme restyles all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import SlideMaster

from planner.export.chart.colour import mixed
from planner.export.theme import PLAIN, Theme, contrast, ink_on

LATIN, ASIAN = "Arial", "Microsoft YaHei"
"""The fonts where nobody has chosen any: found on nearly every machine that shows presentations."""

BODY, HEADING = ("+mn-lt", "+mn-ea"), ("+mj-lt", "+mj-ea")
"""The deck's own fonts by their role, for latin and East Asian letters."""

_SLOTS = ("tx1", "bg1", "tx2", "bg2", *(f"accent{number}" for number in range(1, 7)))
"""The names by which slides speak of the colours of the theme."""

_FILL, _NAMED, _DIGITS = qn("a:solidFill"), qn("a:schemeClr"), qn("a:srgbClr")


@dataclass(frozen=True, slots=True)
class Look:
    """How a deck looks: ``theme`` has the colours of its slides, ``slots`` says which of them its theme names."""

    theme: Theme
    slots: Mapping[str, str]

    @property
    def dark(self) -> bool:
        """Whether the slides are dark: pictures then stand on a light ground of their own."""
        return ink_on(self.theme.paper) == "ffffff"

    @property
    def pictures(self) -> Theme:
        """The colours of pictures, which are made for light ground."""
        if not self.dark:
            return self.theme
        colours = (self.theme.primary, *self.theme.phases, PLAIN.primary)
        primary = next(colour for colour in colours if contrast(colour, PLAIN.paper) >= 4.5)
        light = replace(PLAIN, phases=self.theme.phases, levels=self.theme.levels)
        return replace(light, primary=primary, accent=primary)

    def fill(self, parent: Any, value: str) -> None:
        """Add a fill to ``parent`` in the colour ``value``, by the name that the deck's theme has for it, if any."""
        fill = parent.makeelement(_FILL, {})
        slot = self.slots.get(value.lower())
        fill.append(
            fill.makeelement(_NAMED, {"val": slot}) if slot else fill.makeelement(_DIGITS, {"val": value.upper()})
        )
        parent.append(fill)


def install(master: SlideMaster, theme: Theme) -> Look:
    """Write the colours and fonts of ``theme`` into the theme of ``master``."""
    part = _part(master)
    root = parse_xml(part.blob)
    root.set("name", "Planner")
    colours = _slots_of(theme)
    scheme = next(root.iter(qn("a:clrScheme")))
    scheme.set("name", "Planner")
    for name, value in colours.items():
        slot = scheme.find(qn(f"a:{name}"))
        slot.clear()
        slot.append(slot.makeelement(qn("a:srgbClr"), {"val": value.upper()}))
    _fonts(root, theme.font or LATIN, theme.chinese_font or ASIAN, name="Planner")
    part.blob = serialize_part_xml(root)
    return _look(theme, colours | _names(master, colours))


def adopt(master: SlideMaster, theme: Theme) -> Look:
    """The look of a consultant's deck: its own colours and fonts, where ``theme`` says nothing else."""
    part = _part(master)
    root = parse_xml(part.blob)
    _fonts(root, theme.font, theme.chinese_font)
    part.blob = serialize_part_xml(root)
    scheme = next(root.iter(qn("a:clrScheme")))
    colours = {slot.tag.partition("}")[2]: value for slot in scheme if (value := _value(slot))}
    names = _names(master, colours)
    return _look(_mingled(theme, names), names)


def _slots_of(theme: Theme) -> dict[str, str]:
    accents = [theme.phase(number) for number in range(1, 7)]
    return {
        "dk1": theme.ink,
        "lt1": theme.paper,
        "dk2": theme.primary,
        "lt2": theme.pale,
        **{f"accent{number}": colour for number, colour in enumerate(accents, 1)},
        "hlink": theme.primary,
        "folHlink": theme.grey,
    }


def _look(theme: Theme, names: Mapping[str, str]) -> Look:
    slots: dict[str, str] = {}
    for name in _SLOTS:
        if name in names:
            slots.setdefault(names[name].lower(), name)
    return Look(theme, slots)


def _names(master: SlideMaster, colours: Mapping[str, str]) -> dict[str, str]:
    """What the names that slides use stand for, by the colour map of the master."""
    mapped = master.element.find(qn("p:clrMap"))
    found = {name: str(mapped.get(name, name)) if mapped is not None else name for name in _SLOTS}
    return {name: colours[slot] for name, slot in found.items() if slot in colours}


def _mingled(theme: Theme, names: Mapping[str, str]) -> Theme:
    """``theme``, in which every colour that nobody has chosen is that of the deck."""
    paper = names.get("bg1", PLAIN.paper)
    ink = names.get("tx1", PLAIN.ink)
    ink = ink if contrast(ink, paper) >= 4.5 else ink_on(paper)
    accents = tuple(names[f"accent{n}"] for n in range(1, 7) if f"accent{n}" in names)
    phases = tuple(dict.fromkeys(colour for colour in accents if contrast(colour, paper) >= 1.5)) or PLAIN.phases
    primary = next((c for c in (names.get("tx2", ""), *accents, ink) if c and contrast(c, paper) >= 4.5), ink)
    own = {
        "paper": paper,
        "ink": ink,
        "primary": primary,
        "accent": next((c for c in accents[1:] if contrast(c, paper) >= 3), primary),
        "grey": mixed(ink, paper, 0.3),
        "pale": mixed(paper, ink, 0.06),
        "phases": phases,
    }
    changes: dict[str, Any] = {key: value for key, value in own.items() if getattr(theme, key) == getattr(PLAIN, key)}
    return replace(theme, **changes)


def _part(master: SlideMaster) -> Any:
    return master.part.part_related_by(RELATIONSHIP_TYPE.THEME)


def _value(slot: Any) -> str:
    """The six digits of a colour of a theme; empty for one that is not told as such."""
    for colour in slot:
        told = colour.get("lastClr") or colour.get("val") or ""
        if len(told) == 6 and all(sign in "0123456789abcdefABCDEF" for sign in told):
            return str(told).lower()
    return ""


def _fonts(root: Any, latin: str, asian: str, name: str = "") -> None:
    """Set what is given of the fonts; a deck without a font for Chinese gets one that most machines have."""
    for scheme in root.iter(qn("a:fontScheme")):
        if name:
            scheme.set("name", name)
        for font in _both(scheme):
            if latin:
                font.find(qn("a:latin")).set("typeface", latin)
            east = font.find(qn("a:ea"))
            if east is not None and (asian or not east.get("typeface")):
                east.set("typeface", asian or ASIAN)


def _both(scheme: Any) -> Iterator[Any]:
    for kind in ("a:majorFont", "a:minorFont"):
        font = scheme.find(qn(kind))
        if font is not None:
            yield font
