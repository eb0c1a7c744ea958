"""A deck of the consultant's own: what may be one, what is taken from it, and where its layouts leave room."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import SlideLayout

from planner.export.formats import BadTemplate
from planner.export.slides.frame import Rect, holders, rect_of
from planner.text.clean import one_line
from planner.text.i18n import _

LARGEST, ENTRIES, UNPACKED = 60_000_000, 5_000, 300_000_000
"""The most that a template deck may have: bytes, files in it, bytes of all those unpacked."""

_TYPES = "[Content_Types].xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_CONTENT = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)

_OF_THE_DECK = frozenset(
    {
        RELATIONSHIP_TYPE.SLIDE_MASTER,
        RELATIONSHIP_TYPE.THEME,
        RELATIONSHIP_TYPE.PRES_PROPS,
        RELATIONSHIP_TYPE.VIEW_PROPS,
        RELATIONSHIP_TYPE.TABLE_STYLES,
        RELATIONSHIP_TYPE.FONT,
    }
)
"""What a deck itself may refer to; the rest belongs to its sample slides or to those who made it."""

_LISTS = (
    "p:sldIdLst",
    "p:notesMasterIdLst",
    "p:handoutMasterIdLst",
    "p:custShowLst",
    "p:custDataLst",
    "p:modifyVerifier",
    "p:extLst",
)
"""What a deck says of its slides, or of those who made it."""

_ACTIONS = ("a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver")


@contextmanager
def readable() -> Iterator[None]:
    """Whatever goes wrong while a deck is read and its layouts are looked at is told as BadTemplate."""
    try:
        yield
    except (
        BadZipFile, LookupError, ValueError, AttributeError, TypeError, ArithmeticError, EOFError, ZlibError,
        NotImplementedError, RuntimeError, StopIteration, SyntaxError, AssertionError, PythonPptxError,
    ) as error:  # fmt: skip
        wrong = _("the template is no presentation, or it is damaged")
        raise BadTemplate(wrong, _("open it in PowerPoint and save it as .pptx")) from error


def opened(data: bytes) -> Presentation:
    """The deck ``data`` without its sample slides and without what tells of whom it was made for.

    Raises BadTemplate for what is no presentation, is too large, has macros, or links to something outside.
    """
    with readable():
        with ZipFile(BytesIO(data)) as zip:
            _bounded(zip, len(data))
            types = parse_xml(zip.read(_TYPES))
            _without_macros(zip, types)
            template = any(one.get("ContentType") == _TEMPLATE for one in types)
        deck = pptx.Presentation(BytesIO(_as_presentation(data, types) if template else data))
        empty(deck)
        _within(deck)
        _without_actions(deck)
        if not any(master.slide_layouts for master in deck.slide_masters):
            raise BadTemplate(_("the template has no layouts"), _("add a layout with a title to it"))
    return deck


def _bounded(zip: ZipFile, size: int) -> None:
    entries = zip.infolist()
    if size > LARGEST or len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
        raise BadTemplate(_("the template is too large"), _("take out its sample slides and large pictures"))


def _without_macros(zip: ZipFile, types: Any) -> None:
    acting = ("macroEnabled", "vbaProject", "activeX")
    told = any(word in one.get("ContentType", "") for one in types for word in acting)
    if told or any("vbaproject" in name.lower() for name in zip.namelist()):
        raise BadTemplate(_("the template has macros"), _("save it as .pptx, without macros"))


def _as_presentation(data: bytes, types: Any) -> bytes:
    """A template file (.potx) as a presentation: all that sets them apart is the type of the main part."""
    for one in types:
        if one.get("ContentType") == _TEMPLATE:
            one.set("ContentType", CONTENT_TYPE.PML_PRESENTATION_MAIN)
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            new.writestr(name, serialize_part_xml(types) if name == _TYPES else old.read(name))
    return made.getvalue()


def empty(deck: Presentation) -> None:
    """Take out the sample slides, and what the deck says of its makers and of other engagements."""
    root = deck.element
    for kind in _LISTS:
        for element in root.findall(qn(kind)):
            root.remove(element)
    for ident, relation in list(deck.part.rels.items()):
        if relation.reltype not in _OF_THE_DECK:
            deck.part.rels.pop(ident)
    package = deck.part.package
    for ident, relation in list(package._rels.items()):
        if relation.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            package.drop_rel(ident)


def _without_actions(deck: Presentation) -> None:
    """Take what leads to a slide, or does something else when it is clicked, from masters and layouts."""
    for page in pages(deck):
        for kind in _ACTIONS:
            for action in list(page.element.iter(qn(kind))):
                action.getparent().remove(action)
        for ident, relation in list(page.part.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.SLIDE:
                page.part.rels.pop(ident)


def _within(deck: Presentation) -> None:
    """Raises BadTemplate where anything that is left refers to something outside."""
    for relation in deck.part.package.iter_rels():
        if relation.is_external:
            where = one_line(relation.target_ref)[:80]
            wrong = _("the template links to something outside: {place}").format(place=where)
            raise BadTemplate(wrong, _("take the link out of its layouts and masters"))


def pages(deck: Presentation) -> Iterator[Any]:
    """The masters and layouts of a deck."""
    for master in deck.slide_masters:
        yield master
        yield from master.slide_layouts


def fix_dates(deck: Presentation, day: str) -> None:
    """Make fields that show today's date on masters and layouts say ``day`` instead."""
    for page in pages(deck):
        for field in list(page.element.iter(qn("a:fld"))):
            if str(field.get("type", "")).startswith("datetime"):
                text = field.find(qn("a:t"))
                run = field.makeelement(qn("a:r"), {})
                run.extend([part for part in field if part.tag == qn("a:rPr")])
                said = field.makeelement(qn("a:t"), {})
                said.text = day if text is not None else ""
                run.append(said)
                field.getparent().replace(field, run)


def cover_of(deck: Presentation) -> SlideLayout:
    """The layout for the title slide."""
    layouts = list(deck.slide_layouts)
    return next(
        (one for kind in ("title", "secHead") for one in layouts if one.element.get("type") == kind and title_of(one)),
        plain_of(deck),
    )


def plain_of(deck: Presentation) -> SlideLayout:
    """The layout with nothing but a title; else that with a title and the fewest other places, else the first."""
    layouts = list(deck.slide_layouts)
    with_title = [one for one in layouts if title_of(one) is not None]
    for one in with_title:
        if one.element.get("type") == "titleOnly":
            return one
    usual = [one for one in with_title if one.element.get("type") != "title"] or with_title
    return min(usual, key=lambda one: len(_others(one)), default=layouts[0])


def title_of(layout: SlideLayout) -> Any:
    """The place for the title; None where a layout has none."""
    return next((one for one in holders(layout) if one.placeholder_format.type in _TITLES), None)


def _others(layout: SlideLayout) -> list[Any]:
    return [one for one in holders(layout) if one.placeholder_format.type not in (*_TITLES, *_FOOT)]


def body_of(layout: SlideLayout, width: float, height: float) -> Rect:
    """Where the content of a slide may stand: as the deck's layout for content has it, else beside the title."""
    title = place(title_of(layout))
    left, right, top, foot = 0.045 * width, 0.955 * width, 0.06 * height, 0.92 * height
    feet = [found.y for one in holders(layout) if one.placeholder_format.type in _FOOT and (found := place(one))]
    foot = min([foot, *(y for y in feet if y > 0.75 * height)]) - 4.0
    beside = title is not None and title.bottom >= 0.5 * height
    if title is not None and not beside:
        top = title.bottom + 6.0
    elif title is not None and title.w < 0.5 * width:
        left, right = (title.right + 12.0, right) if title.x < 0.5 * width else (left, title.x - 12.0)
    elif title is not None and title.y > 0.5 * height:
        foot = min(foot, title.y - 6.0)
    content = _content(layout)
    if (
        content is not None
        and content.w > 0.5 * width
        and content.h > 0.4 * height
        and not (beside and content.meets(title))
    ):
        left, right, foot = content.x, content.right, min(foot, content.bottom)
        top = max(top, content.y)
    return Rect(left, top, right - left, max(foot - top, 0.3 * height))


def _content(layout: SlideLayout) -> Rect | None:
    """The place for content of the layout for a title and content; else of the master."""
    for one in layout.slide_master.slide_layouts:
        if one.element.get("type") == "obj":
            for holder in holders(one):
                if holder.placeholder_format.type in _CONTENT:
                    return place(holder)
    return next((place(one) for one in holders(layout.slide_master) if one.placeholder_format.type in _CONTENT), None)


def place(holder: Any) -> Rect | None:
    """Where a placeholder stands, by itself or by what it inherits from."""
    return None if holder is None else rect_of(holder.left, holder.top, holder.width, holder.height)
