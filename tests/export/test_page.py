"""The page for the intranet, driven in a real browser: it works, needs nothing from outside, and is accessible."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from parts import package, part
from playwright.sync_api import Browser, BrowserContext, Page, expect

from planner.catalog.load import load as catalogue
from planner.export.formats import render
from planner.export.handover import Handover, hand_over
from planner.export.page.style import readable
from planner.export.report.parts import (
    Bar,
    Bullets,
    Column,
    Figure,
    Figures,
    HeatMap,
    HeatRow,
    Identity,
    Network,
    Node,
    Paragraph,
    Report,
    Section,
    Span,
    Stone,
    Table,
    Tie,
    Timeline,
)
from planner.export.theme import PLAIN, Theme, contrast
from planner.store.load import load
from planner.text import i18n

SAMPLES = Path(__file__).parents[2] / "projects"
LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)
PALE = Theme(
    name="Pale House",
    primary="ffe9a8",
    accent="fff2cc",
    ink="c8c8c8",
    grey="dddddd",
    phases=("ffffe0", "fafafa"),
    levels=("000000", "222222", "777777", "aaaaaa", "ffffff"),
    footer="Confidential",
    size="a3",
)
DARK = replace(PALE, name="", primary="112233", paper="101418", pale="1c232b", ink="333333", grey="444444", logo=LOGO)
NASTY = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    "</style><img src=x onerror='window.hacked = 3'>",
    "]]> --> <!-- </title></svg>",
    "javascript:window.hacked=4",
    "{{ 7 * 7 }} {% raw %} {n}",
    "'\"`;}@import url(http://e.example/x.css)",
    "http://e.example/ &lt;b&gt; \\3c b",
    "=cmd|'/C calc'!A0",
    "极长的名称" * 1000,
)


class Watched:
    """A page in a browser, and all that it did beyond showing itself."""

    def __init__(self, context: BrowserContext, file: Path) -> None:
        self.page: Page = context.new_page()
        self.did: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("console", lambda message: self.did.append(message.text))
        self.page.on("pageerror", lambda error: self.did.append(str(error)))
        self.page.on("dialog", lambda dialog: self.did.append(dialog.message))
        self.page.goto(file.as_uri())

    def _asked(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:")):
            self.did.append(request.url)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def handed(name: str, language: str = "en", **options: Any) -> Handover:
    """A sample, its report told in ``language``."""
    i18n.use(language)
    handover = hand_over(load(SAMPLES / f"{name}.toml").project, catalogue(), **options)
    assert handover.report
    i18n.use("en")
    return handover


def written(folder: Path, name: str, handover: Handover, language: str = "en") -> Path:
    i18n.use(language)
    file = folder / f"{name}.html"
    file.write_bytes(render(handover, "html"))
    i18n.use("en")
    return file


@pytest.fixture(scope="module")
def english() -> Handover:
    return handed("lantern-retail")


@pytest.fixture(scope="module")
def chinese() -> Handover:
    return handed("harbour-bank", "zh")


@pytest.fixture(scope="module")
def english_page(folder: Path, english: Handover) -> Path:
    return written(folder, "english", english)


@pytest.fixture(scope="module")
def chinese_page(folder: Path, chinese: Handover) -> Path:
    return written(folder, "chinese", chinese, "zh")


@pytest.fixture
def opened(browser: Browser, english_page: Path) -> Iterator[Page]:
    """The English sample; afterwards it has asked for nothing, broken no policy and said nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context, english_page)
    yield watched.page
    context.close()
    assert watched.did == []


def texts(value: Any) -> Iterator[str]:
    """Every text of a report that people read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        hidden = {"id", "kind", "key", "needs", "item", "workstreams", "detail"}
        if isinstance(value, Table):
            hidden = {"name", "detail"}
        for one in fields(value):
            if one.name not in hidden:
                yield from texts(getattr(value, one.name))


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("name", "lang"), [("english", "en"), ("chinese", "zh-Hans")])
def test_without_script_everything_is_there(
    browser: Browser, request: pytest.FixtureRequest, name: str, lang: str
) -> None:
    handover: Handover = request.getfixturevalue(name)
    i18n.use(lang[:2])
    wanted = {plain(text) for text in texts(handover.report.sections)} | set(handover.identity.lines)
    context = browser.new_context(java_script_enabled=False)
    watched = Watched(context, request.getfixturevalue(f"{name}_page"))
    content = plain(watched.page.locator("body").text_content() or "")
    assert [text for text in wanted if text not in content] == []
    assert len(wanted) > 300
    assert watched.page.locator(".controls button, input, .panel").count() == 0
    assert watched.page.locator("html").get_attribute("lang") == lang
    assert watched.did == []
    context.close()


def test_landmarks_and_headings(opened: Page) -> None:
    for role in ("banner", "main", "contentinfo", "navigation"):
        assert opened.get_by_role(role).count() == 1, role  # type: ignore[arg-type]
    opened.keyboard.press("Tab")
    expect(opened.locator(".skip")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("main")).to_be_focused()
    links = opened.locator("nav a")
    assert links.count() == opened.locator("main > section").count() > 8
    links.nth(3).click()
    assert opened.evaluate("document.querySelector(location.hash).tagName") == "SECTION"
    assert opened.locator("h1").count() == 1


def shown(page: Page) -> int:
    return page.locator(".bar:visible").count()


def test_filters_show_what_they_say(opened: Page) -> None:
    total = opened.locator(".bar").count()
    status = opened.locator(".timeline .status")
    first = opened.locator(".group").first.locator(".bar").count()
    opened.locator("[data-phase='1'][aria-pressed]").click()
    assert shown(opened) == first < total
    assert status.inner_text() == f"{first} of {total} shown"
    note = opened.locator(".timeline .on-paper")
    assert not note.is_visible()
    opened.emulate_media(media="print")
    assert note.inner_text() == status.text_content()
    opened.emulate_media(media="screen")
    stream = opened.locator("[data-stream='0']")
    stream.click()
    assert stream.get_attribute("aria-pressed") == "true"
    both = opened.locator(".bar:visible").evaluate_all("rows => rows.map(row => row.dataset.streams.split(' '))")
    assert both
    assert len(both) < first
    assert all("0" in streams for streams in both)
    opened.get_by_role("button", name="Show all").click()
    assert shown(opened) == total
    name = opened.locator(".bar .name").nth(3).text_content() or ""
    opened.get_by_label("Find by name").fill(name.upper())
    expect(status).not_to_have_text(f"{total} of {total} shown")
    assert name in opened.locator(".bar:visible .name").all_text_contents()
    assert shown(opened) < total


def test_keys_lead_through_the_bars_and_what_they_need(opened: Page) -> None:
    panel = opened.get_by_role("region", name="Details")
    opened.locator(".bar").first.focus()
    opened.keyboard.press("ArrowDown")
    names = [plain(name) for name in opened.locator(".bar .name").all_text_contents()]
    assert plain(panel.locator(".panel-title").inner_text()) == names[1]
    opened.keyboard.press("End")
    assert plain(panel.locator(".panel-title").inner_text()) == names[-1]
    assert opened.locator(".bar[tabindex='0']").count() == 1
    data = json.loads(opened.locator("#page-data").text_content() or "")
    bars = data["timelines"][0]["bars"]
    needing = next(at for at, bar in enumerate(bars) if bar["needs"])
    needed = bars[needing]["needs"]
    opened.keyboard.press("Home")
    for _step in range(needing):
        opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    chosen = opened.locator(".bar[aria-selected='true']")
    assert chosen.get_attribute("data-index") == str(needing)
    before = opened.locator(".bar.before")
    assert before.evaluate_all("rows => rows.map(row => Number(row.dataset.index))") == needed
    assert before.first.locator(".tag").text_content() == "needed first"
    listed = panel.locator("ul").first.get_by_role("button").all_inner_texts()
    assert [plain(name) for name in listed] == [names[index] for index in needed]
    assert opened.locator(".ties path").count() >= 2 * len(needed)
    assert names[needing] in (opened.locator(".controls .heard").text_content() or "")
    panel.locator("ul").first.get_by_role("button").first.click()
    assert chosen.get_attribute("data-index") == str(needed[0])
    assert opened.locator(f".bar[data-index='{needing}']").get_attribute("class") == "row bar after"
    opened.keyboard.press("Escape")
    assert chosen.count() == 0
    assert opened.locator(".tag, .ties path").count() == 0


def test_pointing_shows_and_clicking_chooses(opened: Page) -> None:
    bar = opened.locator(".bar").nth(5)
    bar.hover()
    title = opened.locator(".panel-title")
    name = plain(bar.locator(".name").text_content() or "")
    assert plain(title.inner_text()) == name
    opened.mouse.move(0, 0)
    assert title.inner_text() == "Details"
    bar.click()
    assert bar.get_attribute("aria-selected") == "true"
    bar.click()
    assert bar.get_attribute("aria-selected") == "false"


def test_the_slider_goes_through_the_heat_map(opened: Page, english: Handover) -> None:
    heat = next(block for block in english.report.blocks() if isinstance(block, HeatMap))
    slider = opened.get_by_role("slider", name="Point in time")
    for at, column in enumerate(heat.columns):
        if at:
            slider.press("ArrowRight")
        assert slider.get_attribute("aria-valuetext") == column
        assert opened.locator("output").inner_text().startswith(column)
        levels = opened.locator(".tile b").all_inner_texts()
        assert levels == [str(row.levels[at]) for row in heat.rows]
    goals = opened.locator(".tile small").all_inner_texts()
    assert all(f"planned {row.goal}" in goal for row, goal in zip(heat.rows, goals, strict=True))


def test_tables_sort_and_search(opened: Page, english: Handover) -> None:
    tables = [block for block in english.report.blocks() if isinstance(block, Table) and not block.detail]
    work = max(tables, key=lambda table: len(table.rows))
    table = opened.locator(".table", has=opened.locator("caption", has_text=work.title)).first
    column = next(at for at, one in enumerate(work.columns) if one.kind == "text")
    cells = table.locator(f"tbody tr:visible td:nth-child({column + 1})")
    field = table.get_by_label("Find in this table")
    word = str(work.rows[-1][column])
    field.fill(word)
    expect(table.locator(".status")).not_to_be_empty()
    assert 0 < cells.count() < len(work.rows)
    status = table.locator(".status").inner_text()
    assert status == f"{cells.count()} of {len(work.rows)} rows"
    number = next(at for at, one in enumerate(work.columns) if one.right)
    head = table.locator("thead th").nth(number)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    values = [float(text) for text in table.locator(f"tbody td:nth-child({number + 1})").all_text_contents() if text]
    assert values == sorted(values)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"


def test_on_a_telephone_nothing_is_wider_than_the_screen(browser: Browser, english_page: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    watched = Watched(context, english_page)
    page = watched.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    panel = page.locator(".panel")
    assert not panel.is_visible()
    page.locator(".bar").nth(7).tap()
    assert panel.is_visible()
    assert panel.locator(".panel-title").inner_text() == page.locator(".bar[aria-selected=true] .name").inner_text()
    panel.get_by_role("button", name="Clear the choice").tap()
    assert not panel.is_visible()
    assert watched.did == []
    context.close()


def pages_of(pdf: Path) -> list[str]:
    told = subprocess.run([part("pdftotext"), "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return [plain(page) for page in told.stdout.split("\f")[:-1]]


def test_printed_it_is_clean_and_bears_its_identity(
    browser: Browser, english: Handover, english_page: Path, folder: Path
) -> None:
    context = browser.new_context()
    watched = Watched(context, english_page)
    pdf = folder / "printed.pdf"
    watched.page.pdf(path=pdf, prefer_css_page_size=True)
    context.close()
    told = pages_of(pdf)
    for number, page in enumerate(told, 1):
        assert " | ".join(english.identity.lines) in page
        assert f"{number} / {len(told)}" in page
    whole = " ".join(told)
    for phase in english.project.phases:
        assert phase.name in whole
    assert "Show all" not in whole
    assert "Find in this table" not in whole
    sizes = subprocess.run(
        [part("pdfinfo"), "-f", "1", "-l", "99", str(pdf)], capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"size:\s+(\d+)\S* x (\d+)", sizes)) == {("594", "841"), ("841", "594")}


def serious(browser: Browser, file: Path) -> list[tuple[str, str]]:
    """What axe-core finds that keeps people out, with a bar chosen and the slider moved."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = Watched(context, file).page
    page.locator(".bar").nth(2).click()
    page.locator("input[type=range]").first.press("ArrowRight")
    page.add_script_tag(path=package("axe-core") / "axe.min.js")
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    context.close()
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize(("language", "theme"), [("en", PALE), ("zh", PALE), ("en", DARK)])
def test_axe_finds_no_serious_violation(
    browser: Browser, folder: Path, english: Handover, language: str, theme: Theme
) -> None:
    handover = with_report(english, every_block(("A name", "名称")), theme)
    assert serious(browser, written(folder, "looked-at", handover, language)) == []


@pytest.mark.soak
def test_axe_finds_no_serious_violation_in_the_samples(
    browser: Browser, english_page: Path, chinese_page: Path
) -> None:
    assert serious(browser, english_page) == []
    assert serious(browser, chinese_page) == []


def every_block(names: tuple[str, ...]) -> Report:
    """A report of every kind of block, with a name of ``names`` in turn wherever there is a text."""
    turn = iter(names * 200)
    name = turn.__next__
    day, later = date(2027, 1, 4), date(2027, 9, 30)
    phases = (Span("p1", 1, name(), day, later), Span("p2", 2, name(), None, None))
    bars = tuple(
        Bar(
            f"b{at}",
            name(),
            1 if at < 3 else 9,
            day,
            later,
            ("people", "tech"),
            12.5,
            at / 3,
            (name(),),
            ("b0",) if at else (),
        )
        for at in range(4)
    )
    columns = (Column("a", name()), Column("n", name(), "share"), Column("d", name(), "date"))
    rows = tuple((name(), at / 7, day) for at in range(12))
    blocks = (
        Paragraph(name(), strong=True),
        Bullets((name(), name()), name()),
        Figures((Figure(name(), name(), name()), Figure(name(), name()))),
        Timeline(
            name(), day, later, phases, bars, (Stone("g", name(), later, "gate"), Stone("m", name(), day, "audit"))
        ),
        HeatMap(name(), (name(), name()), tuple(HeatRow(str(at), name(), (at, at + 1), 5) for at in range(1, 5))),
        Table("t", name(), columns, rows, name()),
        Table("u", name(), columns, rows, name(), detail=True),
        Network(name(), phases, (Node("b0", name(), 1), Node("b1", name(), 1)), (Tie("b0", "b1", True),)),
    )
    identity = Identity(name(), name(), name(), day)
    return Report(name(), identity, (Section("summary", name(), blocks, name(), (Section("inner", name(), blocks),)),))


def with_report(handover: Handover, report: Report, theme: Theme = PLAIN) -> Handover:
    """``handover`` telling ``report``."""
    made = replace(handover, identity=report.identity, theme=theme)
    made.__dict__["report"] = report
    return made


def test_nothing_of_the_plan_is_markup(browser: Browser, folder: Path, english: Handover) -> None:
    report = every_block(NASTY)
    file = written(
        folder, "nasty", with_report(english, report, replace(PLAIN, name=NASTY[2], font=NASTY[1], footer=NASTY[6]))
    )
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watched = Watched(context, file)
    page = watched.page
    for at in range(4):
        page.locator(".bar").nth(at).click()
    content = plain(page.locator("body").text_content() or "")
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 2
    assert page.locator("main img, iframe, object, form, style:not(head style)").count() == 0
    assert page.locator("a:not(nav a, .skip)").count() == 0
    assert page.locator("[onerror], [onclick], [style]").count() == 0
    assert page.evaluate("[...document.styleSheets].flatMap(one => [...one.cssRules]).length") > 100
    assert [name for name in NASTY if name not in content] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert page.evaluate("document.documentElement.scrollHeight") < 40_000
    assert watched.did == []
    context.close()


def test_the_policy_forbids_what_is_not_of_the_page(browser: Browser, english_page: Path, folder: Path) -> None:
    changed = english_page.read_text("utf-8").replace('"use strict";', '"use strict"; window.hacked = 1;')
    (folder / "changed.html").write_text(changed, "utf-8")
    context = browser.new_context()
    watched = Watched(context, folder / "changed.html")
    assert watched.page.evaluate("window.hacked") is None
    watched.page.evaluate("fetch('http://localhost:9/').catch(() => 0)")
    assert len([told for told in watched.did if "Content Security Policy" in told]) >= 2
    context.close()


def test_the_same_handover_gives_the_same_page(english_page: Path) -> None:
    assert render(handed("lantern-retail"), "html") == english_page.read_bytes()


@pytest.mark.parametrize("ground", ["ffffff", "000000", "777777", "ffe9a8"])
@pytest.mark.parametrize("colour", ["ffffe0", "808080", "ff0000", "0a0a0a"])
def test_every_colour_becomes_readable(colour: str, ground: str) -> None:
    assert contrast(readable(colour, ground), ground) >= 4.5
    assert readable("1f3a5f", "ffffff") == "1f3a5f"
