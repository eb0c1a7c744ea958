"""Presentations: read back shape by shape, shown as pages by LibreOffice, put on decks of other people."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import defusedxml.ElementTree
import pptx
import pytest
from parts import part
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from planner.catalog.load import load
from planner.export.formats import BadTemplate
from planner.export.formats import render as rendered
from planner.export.handover import Handover, hand_over
from planner.export.report.parts import Bullets, Column, Figures, HeatMap, Network, Paragraph, Section, Table, Timeline
from planner.export.slides import template
from planner.export.slides.cards import arranged
from planner.export.slides.deck import Deck
from planner.export.slides.frame import Rect
from planner.export.slides.grid import grid
from planner.export.steps import Steps
from planner.export.theme import PLAIN
from planner.model.project import Project
from planner.store.load import load as load_plan
from planner.text import i18n
from planner.text.clean import one_line

PROJECTS = Path(__file__).parents[2] / "projects"
SHORT = replace(PLAIN, sections=("summary", "roadmap", "phases", "dependencies", "decisions"))
"""A theme with the sections that take little time."""

CHINESE = "变更受控运行可信服务管理体系" * 360
ENGLISH = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunte " * 4
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> ]]> &amp; END:VEVENT \x00\x0b\x1b[31m\u202e {{7*7}} "


@cache
def retail() -> Project:
    return load_plan(PROJECTS / "lantern-retail.toml").project


@cache
def bank() -> Project:
    return load_plan(PROJECTS / "harbour-bank.toml").project


@cache
def long() -> Project:
    """A plan in which everything has a long name, Chinese and English in turn, and means harm."""
    plan = retail()

    def name(place: int, own: str) -> str:
        return HOSTILE + (CHINESE if place % 2 else ENGLISH) + own

    return replace(
        plan,
        engagement=replace(
            plan.engagement, client=HOSTILE + CHINESE, name=HOSTILE + ENGLISH, goal=CHINESE, sponsor=CHINESE
        ),
        phases=tuple(
            replace(one, name=name(n, one.name), goal=name(n + 1, one.goal)) for n, one in enumerate(plan.phases)
        ),
        processes=tuple(replace(one, name=name(n, one.name)) for n, one in enumerate(plan.processes)),
        packages=tuple(replace(one, name=name(n, one.name)) for n, one in enumerate(plan.packages)),
        roles=tuple(replace(one, name=name(n, one.name)) for n, one in enumerate(plan.roles)),
    )


@cache
def own_deck(*, wide: bool = False, footer: bool = True) -> bytes:
    """A deck of somebody: other size, colours and font, three sample slides with notes, a link in one of them."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = (Pt(1000), Pt(500)) if wide else (Pt(720), Pt(540))
    theme = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    colours = ((b"1F497D", b"5B1A6E"), (b"4F81BD", b"7A3E9D"), (b"C0504D", b"00897B"))
    made = theme.blob.replace(b'latin typeface="Calibri"', b'latin typeface="Liberation Serif"')
    for old, new in colours:
        made = made.replace(old, new)
    theme.blob = made
    for layout in (0, 1, 5):
        slide = deck.slides.add_slide(deck.slide_layouts[layout])
        slide.shapes.title.text = "SECRET OF ANOTHER CLIENT"
        slide.notes_slide.notes_text_frame.text = "SECRET NOTES"
        slide.shapes.add_picture(BytesIO(PIXEL), 0, 0)
    deck.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].hyperlink.address = "https://elsewhere.example"
    deck.core_properties.author = "SECRET AUTHOR"
    if not footer:
        for layout in deck.slide_layouts:
            for holder in list(layout.placeholders):
                if holder.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                    holder._element.getparent().remove(holder._element)
    return saved(deck)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def saved(deck: Any) -> bytes:
    made = BytesIO()
    deck.save(made)
    return made.getvalue()


@cache
def handed(name: str) -> Handover:
    """The hand-overs that are looked at here, by name."""
    i18n.use("zh" if name == "zh" else "en")
    if name == "en":
        return hand_over(retail(), load())
    if name == "zh":
        return hand_over(bank(), load(), audience="client", theme=replace(PLAIN, footer="Consulting House", logo=PIXEL))
    if name == "long":
        return hand_over(long(), load(), theme=SHORT)
    return hand_over(retail(), load(), theme=SHORT, template=own_deck())


@cache
def data(name: str) -> bytes:
    made = handed(name)
    i18n.use("zh" if name == "zh" else "en")
    return rendered(made, "pptx")


@cache
def deck(name: str) -> Any:
    return pptx.Presentation(BytesIO(data(name)))


def every(shapes: Any) -> Iterator[Any]:
    """Shapes and those inside groups."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)


def text(slide: Any) -> str:
    """All texts of a slide, tables too."""
    found = []
    for shape in every(slide.shapes):
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif getattr(shape, "has_table", False):
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def edges(shape: Any) -> tuple[float, float]:
    """Where a shape begins and ends, in points."""
    return Emu(shape.left).pt, Emu(shape.left + shape.width).pt


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


def title(slide: Any) -> str:
    return slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""


def titled(name: str, words: str) -> list[Any]:
    """The slides with that headline, and those that continue it."""
    found = [slide for slide in deck(name).slides if title(slide).startswith(words)]
    assert found, words
    return found


def section(name: str, ident: str) -> Section:
    found = handed(name).report.section(ident)
    assert found is not None
    return found


def block(made: Section, kind: type) -> Any:
    return next(one for one in made.blocks if isinstance(one, kind))


def test_it_begins_with_what_it_is_and_the_bottom_line() -> None:
    cover, summary = list(deck("en").slides)[:2]
    assert title(cover) == retail().engagement.name
    assert all(line in text(cover) for line in handed("en").identity.lines)
    assert title(summary) == section("en", "summary").lead
    for figure in block(section("en", "summary"), Figures).figures:
        assert figure.label in text(summary)
        assert figure.value in text(summary)
        assert figure.note in text(summary)
    for phase in retail().phases:
        assert phase.name in text(summary)


def test_every_slide_bears_whose_it_is_and_its_number() -> None:
    for name in ("en", "zh"):
        for number, slide in enumerate(deck(name).slides, 1):
            footer = next(s for s in slide.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.FOOTER)
            counted = next(s for s in slide.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER)
            assert all(line in footer.text_frame.text for line in handed(name).identity.lines)
            field = counted._element.find(f".//{qn('a:fld')}")
            assert field.get("type") == "slidenum"
            assert field.find(qn("a:t")).text == str(number)
    assert all("Consulting House" in text(slide) for slide in deck("zh").slides)


def test_long_names_leave_room_for_version_and_day_on_every_slide() -> None:
    *_client, version, day = handed("long").identity.lines
    for slide in deck("long").slides:
        footer = next(s for s in slide.placeholders if s.placeholder_format.type == PP_PLACEHOLDER.FOOTER)
        assert version in footer.text_frame.text
        assert day in footer.text_frame.text
        assert len(footer.text_frame.text) < 250


def test_the_heat_map_is_a_table_with_every_level() -> None:
    made = section("en", "assessment")
    heat: HeatMap = block(made, HeatMap)
    rows = []
    for slide in titled("en", made.lead):
        table = next(shape.table for shape in slide.shapes if getattr(shape, "has_table", False))
        head, *rest = [[cell.text for cell in row.cells] for row in table.rows]
        assert head[1] == heat.columns[0]
        assert head[-1] == heat.columns[-1]
        rows += rest
    assert rows == [[row.name, *map(str, row.levels)] for row in heat.rows]


@pytest.mark.parametrize("name", ["en", "own"])
def test_the_time_line_is_made_of_shapes_that_stand_on_their_days(name: str) -> None:
    line: Timeline = block(section(name, "roadmap"), Timeline)
    lead = section(name, "roadmap").lead
    found = set()
    phases = [slide for span in line.phases for slide in titled(name, f"{span.number}. {span.name} goes")]
    for slide in [*titled(name, lead), *phases]:
        shapes = {}
        for shape in slide.shapes:
            first = shape.shapes[0] if shape.shape_type == MSO_SHAPE_TYPE.GROUP else shape
            shapes.setdefault(shape.name, first)
        here = [bar for bar in line.bars if bar.name in shapes]
        if not here:
            continue
        found |= {bar.id for bar in here}
        days = {bar: edges(shapes[bar.name]) for bar in here}
        early, late = min(here, key=lambda bar: bar.start), max(here, key=lambda bar: bar.finish)
        zero, scale = days[early][0], (days[late][1] - days[early][0]) / ((late.finish - early.start).days + 1)
        for bar, (left, right) in days.items():
            assert left == pytest.approx(zero + (bar.start - early.start).days * scale, abs=0.6), bar.name
            assert right == pytest.approx(zero + ((bar.finish - early.start).days + 1) * scale, abs=0.6), bar.name
        said = text(slide)
        assert any(bar.name in said for bar in here)
    assert found == {bar.id for bar in line.bars}
    overview = titled(name, lead)[0]
    assert "Gate" in text(overview)
    diamonds = [
        s for s in overview.shapes if s.name.startswith("Gate") or "Gate" in s._element._nvXxPr.cNvPr.get("descr", "")
    ]
    assert len(diamonds) >= len([stone for stone in line.stones if stone.kind == "gate"])


def test_every_phase_has_its_slide() -> None:
    for made in section("en", "phases").parts:
        slides = titled("en", made.lead)
        told = "\n".join(text(slide) for slide in slides)
        whole = told + "".join(notes(slide) for slide in slides)
        assert made.title in told
        for one in made.blocks:
            if isinstance(one, Bullets):
                assert one.title in told
                assert all(item in whole for item in one.items)
            if isinstance(one, Table):
                assert all(str(row[0]) in whole for row in one.rows)


def test_connectors_hold_on_to_what_needs_what() -> None:
    made = section("en", "dependencies")
    network: Network = block(made, Network)
    (slide,) = titled("en", made.lead)
    shapes = {shape.shape_id: shape for shape in every(slide.shapes)}
    names = {node.id: node.name for node in network.nodes}
    found = set()
    for shape in shapes.values():
        if shape.shape_type != MSO_SHAPE_TYPE.LINE or shape._element.find(f".//{qn('a:stCxn')}") is None:
            continue
        ends = [shapes[int(shape._element.find(f".//{qn(tag)}").get("id"))] for tag in ("a:stCxn", "a:endCxn")]
        found.add(tuple(end.name for end in ends))
        for end, x, y in zip(ends, (shape.begin_x, shape.end_x), (shape.begin_y, shape.end_y), strict=True):
            assert min(abs(x - end.left), abs(x - end.left - end.width)) <= Pt(1.1)
            assert abs(y - end.top - end.height / 2) <= Pt(0.2)
    assert found == {(names[tie.needs], names[tie.item]) for tie in network.ties}


def test_the_reason_for_the_choice_is_a_headline() -> None:
    made = section("en", "alternatives")
    slides = titled("en", made.lead)
    told = "\n".join(map(text, slides))
    for row in block(made, Table).rows:
        assert str(row[0]) in told


def test_the_worst_ten_findings_are_shown_and_the_others_counted() -> None:
    made = section("zh", "findings")
    found = block(made, Table).rows
    assert len(found) > 10
    slides = titled("zh", made.lead)
    rows = [
        [cell.text for cell in row.cells]
        for slide in slides
        for shape in slide.shapes
        if getattr(shape, "has_table", False)
        for row in list(shape.table.rows)[1:]
    ]
    assert [row[:2] for row in rows] == [[str(cell) for cell in row[:2]] for row in found[:10]]
    i18n.use("zh")
    more = i18n.ngettext("and {n} more", "and {n} more", len(found) - 10).format(n=len(found) - 10)
    assert more in text(slides[-1])


def test_a_clients_copy_ends_with_what_it_goes_without() -> None:
    i18n.use("zh")
    last = list(deck("zh").slides)[-1]
    assert handed("zh").left_out
    assert all(kind in text(last) for kind in handed("zh").left_out)


def test_notes_hold_the_sources_and_what_a_slide_shortens() -> None:
    assert all(handed("en").identity.version in notes(slide) for slide in list(deck("en").slides)[1:])
    told = "\n".join(map(notes, deck("long").slides))
    for phase in long().phases:
        assert one_line(phase.name)[-200:] in one_line(told)
    assert one_line(long().engagement.name) in one_line(told)


def test_every_shape_of_a_slide_has_a_number_of_its_own() -> None:
    for name in ("en", "zh", "long", "own"):
        for slide in deck(name).slides:
            numbers = [shape.get("id") for shape in slide._element.iter(qn("p:cNvPr"))]
            assert len(numbers) == len({*numbers}), (name, title(slide))


def test_nothing_acts_and_every_run_has_its_fonts_and_its_language() -> None:
    for name in ("en", "zh", "long"):
        for slide in deck(name).slides:
            root = slide._element
            assert not list(root.iter(qn("a:hlinkClick"), qn("a:hlinkHover")))
            assert {field.get("type") for field in root.iter(qn("a:fld"))} == {"slidenum"}
            assert all(not one.is_external for one in slide.part.rels.values())
            for run in root.iter(qn("a:r"), qn("a:fld")):
                shape = run.find(qn("a:rPr"))
                assert shape.find(qn("a:latin")) is not None
                assert shape.find(qn("a:ea")) is not None
                chinese = any(
                    "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"
                    for sign in run.find(qn("a:t")).text or ""
                )
                assert shape.get("lang") == ("zh-CN" if chinese else "en-GB")
                assert shape.get("sz")
    with ZipFile(BytesIO(data("long"))) as zip:
        for entry in zip.namelist():
            if entry.endswith((".xml", ".rels")):
                whole = zip.read(entry).decode()
                defusedxml.ElementTree.fromstring(whole)
                assert "<script" not in whole
                assert "\x1b" not in whole
                assert "\u202e" not in whole


def test_the_colours_are_those_of_the_theme_of_the_deck() -> None:
    theme = replace(
        PLAIN,
        sections=("summary", "roadmap"),
        primary="112233",
        phases=("445566", "778899"),
        font="Arial Narrow",
        chinese_font="SimHei",
    )
    made = pptx.Presentation(BytesIO(rendered(hand_over(retail(), load(), theme=theme), "pptx")))
    blob = made.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    root = defusedxml.ElementTree.fromstring(blob)
    scheme = next(root.iter(qn("a:clrScheme")))
    colours = [slot[0].get("val") for slot in scheme]
    assert colours[2:7] == ["112233", "EEF1F5", "445566", "778899", "445566"]
    assert [font.get("typeface") for font in root.iter(qn("a:latin"))][:2] == ["Arial Narrow"] * 2
    assert [font.get("typeface") for font in root.iter(qn("a:ea"))][:2] == ["SimHei"] * 2
    used = {colour.get("val") for slide in made.slides for colour in slide._element.iter(qn("a:schemeClr"))}
    assert {"tx1", "tx2", "bg2", "accent1", "accent2"} <= used


def test_the_same_bytes_whatever_the_day() -> None:
    few = replace(PLAIN, sections=("summary", "roadmap"), logo=PIXEL)
    made = hand_over(retail(), load(), theme=few)
    one, other = rendered(made, "pptx"), rendered(hand_over(retail(), load(), theme=few), "pptx")
    assert one == other
    with ZipFile(BytesIO(one)) as zip:
        assert {entry.date_time for entry in zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = pptx.Presentation(BytesIO(one)).core_properties
    day = datetime.combine(made.identity.as_of, datetime.min.time())
    assert about.created.replace(tzinfo=None) == about.modified.replace(tzinfo=None) == day
    assert about.title == retail().engagement.name
    assert about.author == ""


def test_a_deck_of_somebody_keeps_its_size_its_colours_and_its_layouts() -> None:
    sample, made = pptx.Presentation(BytesIO(own_deck())), deck("own")
    assert (made.slide_width, made.slide_height) == (sample.slide_width, sample.slide_height)
    layouts = [slide.slide_layout.name for slide in made.slides]
    assert layouts[0] == "Title Slide"
    assert set(layouts[1:]) == {"Title Only"}
    assert title(made.slides[0]) == retail().engagement.name
    used = {colour.get("val") for slide in made.slides for colour in slide._element.iter(qn("a:schemeClr"))}
    assert {"tx1", "tx2", "accent1", "accent2"} <= used
    assert not {"1F3A5F", "2F6690"} & {c.get("val") for s in made.slides for c in s._element.iter(qn("a:srgbClr"))}
    blob = made.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    assert b"5B1A6E" in blob
    assert b"Liberation Serif" in blob


def test_nothing_of_its_sample_slides_is_left() -> None:
    with ZipFile(BytesIO(data("own"))) as zip:
        names = zip.namelist()
        whole = b"".join(map(zip.read, names))
    assert b"SECRET" not in whole
    assert b"elsewhere" not in whole
    slides = len(deck("own").slides)
    assert len([name for name in names if name.startswith("ppt/slides/slide")]) == slides
    assert len([name for name in names if name.startswith("ppt/notesSlides/notes")]) <= slides
    assert not [name for name in names if name.startswith(("ppt/media", "docProps/thumbnail", "docProps/app"))]
    reached = {str(one.partname)[1:] for one in deck("own").part.package.iter_parts()}
    assert {name for name in names if not name.endswith(".rels") and name != "[Content_Types].xml"} == reached


def test_what_is_on_it_stays_in_its_place_for_content() -> None:
    made = deck("own")
    body = next(one for one in made.slide_layouts if one.element.get("type") == "obj").placeholders[1]
    for slide in list(made.slides)[1:]:
        for shape in slide.shapes:
            if not shape.is_placeholder and shape.width and shape.height:
                assert shape.left >= body.left - Pt(1)
                assert shape.left + shape.width <= body.left + body.width + Pt(1)
                assert shape.top >= body.top - Pt(1)
                assert shape.top + shape.height <= body.top + body.height + Pt(1), shape.name


def test_a_title_at_the_side_keeps_its_room() -> None:
    made = template.opened(own_deck(wide=True))
    layout = next(one for one in made.slide_layouts if one.name == "Two Content")
    for other in list(made.slide_layouts):
        if other.name != layout.name:
            made.slide_layouts.remove(other)
    holder = layout.placeholders[0]
    holder.left, holder.top, holder.width, holder.height = Pt(30), Pt(60), Pt(200), Pt(300)
    beside = template.body_of(layout, 1000.0, 500.0)
    assert (beside.x, beside.right) == (242.0, 955.0)
    holder.left, holder.top, holder.width, holder.height = Pt(30), Pt(400), Pt(900), Pt(60)
    assert template.body_of(layout, 1000.0, 500.0).bottom <= 400.0


def test_a_long_list_is_shown_in_two_columns_each_in_one_frame() -> None:
    items = Bullets(tuple(f"item {n}" for n in range(17)), "It delivers")
    found = arranged([items, Paragraph("One", strong=True)], Rect(0.0, 0.0, 800.0, 220.0), PLAIN)
    assert found.whole
    assert [column[0].laid.title for column in found.columns] == ["It delivers", "It delivers (continued)", ""]
    page = Deck(handed("en")).page("Headline", "Source")
    before = len(page.slide.shapes)
    found.draw(page)
    assert [shape.text_frame.text.count("item") for shape in list(page.slide.shapes)[before:]] == [9, 8, 0]


def test_figures_are_not_broken_where_there_are_fewer_columns() -> None:
    columns = (Column("role", "Role"), *(Column(f"n{n}", "Person-days needed", "days") for n in range(4)))
    table = Table("capacity", "Capacity", columns, (("Tool administrator", 1234.5, 1234.5, 1234.5, 1234.5),))
    assert grid(table, 200.0, (11.0, 9.0)).squeezed
    assert not grid(table, 500.0, (11.0, 9.0)).squeezed
    found = arranged([table, Paragraph("One"), Paragraph("Two")], Rect(0.0, 0.0, 620.0, 300.0), PLAIN)
    assert len(found.columns) == 2


@pytest.mark.parametrize("wide", [False, True])
def test_a_layout_without_a_footer_gets_one(wide: bool) -> None:
    theme = replace(PLAIN, sections=("summary", "decisions"))
    given = hand_over(retail(), load(), theme=theme, template=own_deck(wide=wide, footer=False))
    made = pptx.Presentation(BytesIO(rendered(given, "pptx")))
    for slide in made.slides:
        assert all(line in text(slide) for line in given.identity.lines)
        assert [field.get("type") for field in slide._element.iter(qn("a:fld"))] == ["slidenum"]
        for shape in slide.shapes:
            if not shape.is_placeholder:
                assert shape.left + shape.width <= made.slide_width
                assert shape.top + shape.height <= made.slide_height


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A zip file with something else in one of its files, or with one more file."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for entry in before.namelist():
            content = before.read(entry)
            after.writestr(entry, content.replace(old, new) if entry == name else content)
        if name not in before.namelist():
            after.writestr(name, new)
    return made.getvalue()


def linked() -> bytes:
    """A deck whose master links to something outside."""
    made = pptx.Presentation(BytesIO(own_deck()))
    made.slide_masters[0].part.relate_to("https://elsewhere.example/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    return saved(made)


TYPES = "[Content_Types].xml"
OFFICE, MAIN = b"vnd.openxmlformats-officedocument.", b"presentationml.presentation.main+xml"
MACROS = b"vnd.ms-powerpoint.presentation.macroEnabled.main+xml"


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (lambda: b"", "no presentation"),
        (lambda: b"PK\x03\x04 and then nothing", "no presentation"),
        (lambda: own_deck()[:-2000], "no presentation"),
        (lambda: changed(own_deck(), "ppt/presentation.xml", b"<p:", b"<q:"), "no presentation"),
        (lambda: changed(own_deck(), "ppt/slideMasters/slideMaster1.xml", b"</p:cSld>", b""), "no presentation"),
        (lambda: changed(own_deck(), "ppt/theme/theme1.xml", b"a:clrScheme", b"a:none"), "no presentation"),
        (lambda: changed(own_deck(), TYPES, MAIN, b"spreadsheetml.sheet.main+xml"), "no presentation"),
        (lambda: changed(own_deck(), "ppt/vbaProject.bin", b"", b"macro"), "macros"),
        (lambda: changed(own_deck(), TYPES, OFFICE + MAIN, MACROS), "macros"),
        (linked, "outside"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_template_is_refused(bad: Any, word: str) -> None:
    with pytest.raises(BadTemplate, match=word) as refused:
        rendered(hand_over(retail(), load(), theme=SHORT, template=bad()), "pptx")
    assert refused.value.advice


def test_a_template_that_grows_when_it_is_opened_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "UNPACKED", 1_000_000)
    bomb = changed(own_deck(), "ppt/media/large.bin", b"", bytes(2_000_000))
    assert len(bomb) < 200_000
    with pytest.raises(BadTemplate, match="too large"):
        template.opened(bomb)


def test_a_template_file_becomes_a_presentation() -> None:
    potx = changed(own_deck(), TYPES, MAIN, b"presentationml.template.main+xml")
    made = template.opened(potx)
    assert not list(made.slides)
    with ZipFile(BytesIO(saved(made))) as zip:
        assert MAIN in zip.read(TYPES)


def test_the_theme_says_which_sections_there_are() -> None:
    theme = replace(PLAIN, sections=("decisions", "raci", "summary"))
    given = hand_over(retail(), load(), theme=theme)
    made = pptx.Presentation(BytesIO(rendered(given, "pptx")))
    leads = [one.lead or one.title for one in given.report.sections]
    assert list(dict.fromkeys(title(slide).removesuffix(" (continued)") for slide in made.slides))[1:] == leads


def test_tables_say_how_many_rows_are_not_shown_and_long_ones_where_they_are() -> None:
    i18n.use("en")
    given = hand_over(bank(), load(), theme=replace(PLAIN, sections=("work", "capacity")))
    made = pptx.Presentation(BytesIO(rendered(given, "pptx")))
    tables = [shape for slide in made.slides for shape in slide.shapes if shape.has_table]
    shown = sum(len(one.table.rows) - 1 for one in tables if one.name == "Work packages")
    told = "\n".join(text(slide) for slide in made.slides)
    assert f"and {len(bank().packages) - shown} more" in told
    assert not [one for one in tables if one.name == "Work packages" and one.table.cell(0, 0).text == "ID"]
    capacity = given.report.section("capacity")
    assert capacity
    week = next(one for one in capacity.blocks if isinstance(one, Table) and one.detail)
    assert f"{week.title}: {len(week.rows)} rows, in the workbook." in told


@pytest.mark.parametrize("empty", [False, True])
def test_a_plan_without_a_roadmap_is_told_as_well(desk: Project, empty: bool) -> None:
    given = hand_over(replace(desk, packages=(), phases=()) if empty else desk, load())
    made = pptx.Presentation(BytesIO(rendered(given, "pptx")))
    summary = given.report.section("summary")
    assert summary
    assert title(made.slides[1]) == summary.lead
    assert len(made.slides) >= 4


def test_it_can_be_stopped() -> None:
    class Enough(Steps):
        def at(self, words: str) -> None:
            if words == given.report.section("roadmap").title:  # type: ignore[union-attr]
                raise StopIteration

    given = hand_over(retail(), load(), theme=SHORT)
    _ = given.report
    with pytest.raises(StopIteration):
        rendered(replace(given, steps=Enough()), "pptx")


@pytest.fixture(scope="module")
def pages(office: Callable[[dict[str, bytes], str], dict[str, Path]]) -> dict[str, list[Any]]:
    """The pages of each deck as LibreOffice shows them: one start for all."""
    found = {}
    for name, file in office({f"{name}.pptx": data(name) for name in ("zh", "long", "own")}, "pdf").items():
        made = file.with_suffix(".html")
        subprocess.run([part("pdftotext"), "-bbox-layout", str(file), str(made)], check=True, timeout=60)
        found[name] = list(defusedxml.ElementTree.parse(made).iter("{http://www.w3.org/1999/xhtml}page"))
    return found


def lines(page: Any) -> list[tuple[float, float, float, float, str]]:
    """The lines of a page with their edges."""
    return [
        (
            *(float(line.get(key)) for key in ("xMin", "yMin", "xMax", "yMax")),
            " ".join(word.text or "" for word in line),
        )
        for line in page.iter("{http://www.w3.org/1999/xhtml}line")
    ]


@pytest.mark.parametrize("name", ["zh", "long", "own"])
def test_shown_as_pages_nothing_overflows(name: str, pages: dict[str, list[Any]]) -> None:
    made = deck(name)
    assert len(pages[name]) == len(made.slides)
    for number, page in enumerate(pages[name], 1):
        wide, high = float(page.get("width")), float(page.get("height"))
        assert wide == pytest.approx(Emu(made.slide_width).pt, abs=1)
        found = lines(page)
        for place, (left, top, right, bottom, words) in enumerate(found):
            assert left >= -0.5, (number, words)
            assert top >= -0.5, (number, words)
            assert right <= wide + 0.5, (number, words)
            assert bottom <= high + 0.5, (number, words)
            for other in found[place + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(bottom, other[3]) - max(top, other[1])
                least = min(bottom - top, other[3] - other[1])
                assert across <= 2.0 or down <= 0.4 * least, (number, words, other[4])


def test_shown_as_pages_it_says_what_it_should(pages: dict[str, list[Any]]) -> None:
    told = ["".join(line[4] for line in lines(page)).replace(" ", "") for page in pages["zh"]]
    i18n.use("zh")
    for line in handed("zh").identity.lines:
        assert all(line.replace(" ", "") in page for page in told)
    line: Timeline = block(section("zh", "roadmap"), Timeline)
    whole = "".join(told)
    assert all(bar.name.replace(" ", "") in whole for bar in line.bars)
