"""A deck that is being made: which layouts it has, and what every slide bears."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import SlideLayout
from pptx.util import Emu, Pt

from planner.export.chart.fit import fitted
from planner.export.handover import Handover
from planner.export.slides.frame import Rect, holders
from planner.export.slides.house import PLACE, house
from planner.export.slides.look import BODY, HEADING, adopt
from planner.export.slides.page import Page, joined, label
from planner.export.slides.template import body_of, cover_of, fix_dates, opened, place, plain_of, readable
from planner.export.slides.words import LEADING, Para, count, inset, shortened, speak, typefaces, write_as_placed
from planner.export.steady_zip import steady
from planner.text.clean import clean_name, one_line
from planner.text.i18n import _, labelled

HEADLINE = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
"""Font sizes of a headline, the best first."""

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


class Deck:
    """A presentation, and pages added to it one after the other."""

    def __init__(self, handover: Handover) -> None:
        self.handover = handover
        self._pages: list[Page] = []
        if handover.template is None:
            self.file, self.look = house(handover.theme)
        else:
            with readable():
                self.file = opened(handover.template)
                fix_dates(self.file, handover.identity.as_of.isoformat())
                self.look = adopt(self.file.slide_masters[0], handover.theme)
        self.heading = HEADING if handover.template is None else None
        self.foot = BODY if handover.template is None else None
        with readable():
            self.cover_layout, self.layout = cover_of(self.file), plain_of(self.file)
            for holder in (*holders(self.cover_layout), *holders(self.layout)):
                place(holder)  # what is damaged there is told before the first slide
            self.width, self.height = Emu(self.file.slide_width or 0).pt, Emu(self.file.slide_height or 0).pt
            self.body = PLACE if handover.template is None else body_of(self.layout, self.width, self.height)

    def page(self, headline: str, source: str, *, continued: bool = False) -> Page:
        """A slide with ``headline``, on which the rest is to be drawn; ``source`` is the chapter that it tells of."""
        if continued:
            headline = _("{title} (continued)").format(title=headline)
        with readable():
            slide = self.file.slides.add_slide(self.layout)
        page = Page(slide, self.body, self.look, labelled(_("Source"), joined((source, *self.handover.identity.lines))))
        self._pages.append(page)
        self._headline(page, headline)
        self._feet(page, self.layout)
        return page

    def cover(self) -> Page:
        """The title slide, with its places still empty."""
        with readable():
            slide = self.file.slides.add_slide(self.cover_layout)
        page = Page(slide, self.body, self.look, "")
        self._pages.append(page)
        self._feet(page, self.cover_layout)
        return page

    def data(self) -> bytes:
        """The whole file."""
        for page in self._pages:
            page.end()
        _notes(self.file)
        _settle(self.file, self.handover)
        made = BytesIO()
        self.file.save(made)
        return steady(made.getvalue())

    def _headline(self, page: Page, headline: str) -> None:
        holder = next((one for one in holders(page.slide) if one.placeholder_format.type in _TITLES), None)
        for other in holders(page.slide):
            if holder is None or other.shape_id != holder.shape_id:
                other._element.getparent().remove(other._element)
        rect = place(holder) or Rect(self.body.x, 0.03 * self.height, self.body.w, 0.09 * self.height)
        if holder is None:
            holder = page.slide.shapes.add_textbox(*rect.lengths)
            label(holder, _("Headline"))
            inset(holder.text_frame, 0.0, 0.0, MSO_ANCHOR.MIDDLE)
        if not fill(holder, headline, rect, HEADLINE, self.heading, most=3 if rect.w > rect.h else 8):
            page.note(headline)

    def _feet(self, page: Page, layout: SlideLayout) -> None:
        """Identity and page number: in the places that the layout has for them, else at the lower edge."""
        found = {}
        for holder in holders(layout):
            kind = holder.placeholder_format.type
            if kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                with readable():
                    page.slide.shapes.clone_placeholder(holder)
                found[kind] = (page.slide.placeholders[holder.placeholder_format.idx], place(holder))
        footer, rect = found.get(PP_PLACEHOLDER.FOOTER, (None, None))
        number, at = found.get(PP_PLACEHOLDER.SLIDE_NUMBER, (None, None))
        low = Rect(self.body.x, self.height - 20.0, self.body.w, 16.0)
        if rect is None or rect.w < 120.0:
            if footer is not None:
                footer._element.getparent().remove(footer._element)
            rect = Rect(low.x, low.y, low.w - 60.0, low.h)
            footer = page.slide.shapes.add_textbox(*rect.lengths)
            label(footer, _("Footer"))
            inset(footer.text_frame, 0.0, 0.0, MSO_ANCHOR.MIDDLE)
        if number is None:
            number = page.slide.shapes.add_textbox(*Rect(low.right - 54.0, low.y, 54.0, low.h).lengths)
            label(number, _("Page number"))
            inset(number.text_frame, 0.0, 0.0, MSO_ANCHOR.MIDDLE)
        footer_text(footer, self.handover, rect, self.foot)
        _number(number, self.foot, len(self._pages), right=at is None)


def fill(
    holder: Any, text: str, rect: Rect, sizes: Sequence[float], fonts: tuple[str, str] | None, most: int = 3
) -> bool:
    """Write ``text`` into a place in the largest of ``sizes`` in which it fits; False where it was shortened."""
    width, height = rect.w - 16.0, rect.h - 6.0
    text = one_line(text[:20_000])
    for size in sizes:
        room = min(max(int(height / (size * LEADING)), 1), most)
        if count(text, width, size, True, room + 1) <= room:
            break
    kept = shortened(text, width, size, room, bold=True)
    write_as_placed(holder.text_frame, [Para(kept, size)], fonts)
    return kept == text


def footer_text(footer: Any, handover: Handover, rect: Rect, fonts: tuple[str, str] | None) -> None:
    """Client, plan, version and day, and the house's own line, in the room of a footer."""
    parts = [one_line(part[:2000]) for part in (*handover.identity.lines, handover.theme.footer) if part]
    width = rect.w - 15.0
    whole = joined(parts)
    below = f"{joined(parts[:2])}\n{joined(parts[2:])}"
    for text, rows in ((whole, 1), (below, 2)):
        for size in (8.5, 8.0, 7.5, 7.0):
            if rows * size * LEADING <= rect.h + 1.0 and count(text, width, size) <= rows:
                write_as_placed(footer.text_frame, [Para(text, size)], fonts)
                return
    rows = max(int((rect.h + 1.0) / (size * LEADING)), 1)
    write_as_placed(footer.text_frame, [Para(joined(_squeezed(parts, width * rows, size)), size)], fonts)


def _squeezed(parts: list[str], room: float, size: float) -> list[str]:
    """``parts`` shortened, the longest first, until all of them have room."""
    for ems in range(40, 3, -2):
        made = [fitted(part, ems * size, size) for part in parts]
        if count(joined(made), 0.94 * room, size) <= 1:
            return made
    return made


def _number(holder: Any, fonts: tuple[str, str] | None, number: int, *, right: bool) -> None:
    """The field for the number of the slide; ``number`` is what is shown until a reader counts."""
    paragraph = holder.text_frame.paragraphs[0]
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.text = str(number)
    run.font.size = Pt(8.5)
    speak(run._r.get_or_add_rPr(), "")
    if fonts:
        typefaces(run._r.get_or_add_rPr(), fonts)
    field = run._r.makeelement(qn("a:fld"), {"id": "{C1FF6DA9-008F-8B48-92A6-B652298478BF}", "type": "slidenum"})
    field.extend(list(run._r))
    run._r.getparent().replace(run._r, field)


def _notes(file: Presentation) -> None:
    """See to it that the deck names its master of notes, and that this shows no day of its own."""
    master = file.notes_master
    for holder in holders(master):
        if holder.placeholder_format.type == PP_PLACEHOLDER.DATE:
            holder._element.getparent().remove(holder._element)
    root = file.element
    names = root.makeelement(qn("p:notesMasterIdLst"), {})
    names.append(
        names.makeelement(qn("p:notesMasterId"), {qn("r:id"): file.part.relate_to(master.part, RT.NOTES_MASTER)})
    )
    root.find(qn("p:sldMasterIdLst")).addnext(names)


def _settle(file: Presentation, handover: Handover) -> None:
    """The properties of the document: of the plan and its day, nothing of a clock or of a template's makers."""
    identity = handover.identity
    day = datetime(identity.as_of.year, identity.as_of.month, identity.as_of.day)
    about = file.core_properties
    about.title, about.subject = clean_name(identity.plan)[:250], clean_name(identity.client)[:250]
    about.author = about.last_modified_by = clean_name(handover.theme.name)[:250]
    about.version = clean_name(identity.version)[:250]
    about.comments = clean_name(joined(identity.lines))[:250]
    about.keywords = about.category = about.content_status = about.identifier = about.language = ""
    about.created = about.modified = day
    about.revision = 1
