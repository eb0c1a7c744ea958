"""Pictures: nothing stands on anything else, everything is inside, every text fits, the same each time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from handed import made
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.export.chart.axis import Axis
from planner.export.chart.fit import MORE, fitted, lines, measured
from planner.export.chart.heat import heat_scene
from planner.export.chart.network import network_scene
from planner.export.chart.scene import PAD, Box, Line, Mark, Scene
from planner.export.chart.sheets import heat_sheets, timeline_sheets
from planner.export.chart.svg import SPACE, drawing, svg
from planner.export.chart.timeline import timeline_scene
from planner.export.report.parts import Bar, HeatMap, HeatRow, Network, Node, Span, Stone, Tie, Timeline
from planner.export.theme import PLAIN, Theme, contrast
from planner.model.project import Project
from planner.store.load import load
from planner.text import i18n

NAMES = [
    "Service desk 2",
    "变更管理 3",
    "A",
    "变" * 5000,
    "WWWW MMMM " * 30,
    'Configuration & <change> "x" ]]>',
    "x" * 700,
]
EPS = 0.02
FIRST = date(2027, 1, 4)

names = st.sampled_from(NAMES) | st.text(st.characters(codec="utf-8"), max_size=60)
days = st.integers(0, 1500).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    phases = draw(st.integers(1, 5))
    bars = []
    for number in range(draw(st.integers(1, 30))):
        start = draw(days)
        finish = start + timedelta(days=draw(st.integers(0, 400)))
        streams = tuple(draw(st.lists(st.sampled_from(["people", "process", "tech", "standard"]), unique=True)))
        phase, done = draw(st.integers(1, phases)), draw(st.sampled_from([0.0, 0.25, 0.6, 1.0]))
        bars.append(Bar(f"b{number}", draw(names), phase, start, finish, streams, 5.0, done))
    spans = []
    for number in range(1, phases + 1):
        mine = [bar for bar in bars if bar.phase == number]
        first, last = min((b.start for b in mine), default=None), max((b.finish for b in mine), default=None)
        spans.append(Span(f"p{number}", number, draw(names), first, last))
    stones = [
        Stone(f"s{number}", draw(names), draw(days), draw(st.sampled_from(["gate", "benefit", "audit", ""])))
        for number in range(draw(st.integers(0, 12)))
    ]
    every = [*(bar.start for bar in bars), *(bar.finish for bar in bars), *(stone.day for stone in stones)]
    as_of = draw(st.none() | days)
    return Timeline("Roadmap", min(every), max(every), tuple(spans), tuple(bars), tuple(stones), as_of)


def boxes(scene: Scene) -> list[Box]:
    return [shape for shape in scene.shapes if isinstance(shape, Box)]


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.w <= other.x + EPS
        or other.x + other.w <= one.x + EPS
        or one.y + one.h <= other.y + EPS
        or other.y + other.h <= one.y + EPS
    )


def around(mark: Mark) -> Box:
    return Box(mark.x - mark.size / 2, mark.y - mark.size / 2, mark.size, mark.size, title=mark.title)


def assert_apart(found: Iterable[Box]) -> None:
    for one, other in combinations(found, 2):
        assert apart(one, other), (one, other)


def assert_sound(scene: Scene) -> None:
    """Everything is inside, every text fits its box and is read easily on it."""
    for shape in scene.shapes:
        if isinstance(shape, Line):
            places = [(x, y, 0.0, 0.0) for x, y in shape.points]
        elif isinstance(shape, Mark):
            places = [(around(shape).x, around(shape).y, shape.size, shape.size)]
        else:
            places = [(shape.x, shape.y, shape.w, shape.h)]
        for x, y, w, h in places:
            assert -EPS <= x <= x + w <= scene.width + EPS, shape
            assert -EPS <= y <= y + h <= scene.height + EPS, shape
            assert min(w, h) >= 0, shape
    for box in boxes(scene):
        told = box.text.split("\n") if box.text else []
        assert len(told) * box.size <= box.h + EPS, box
        for line in told:
            assert measured(line, box.size, box.bold) <= box.w - 2 * PAD + EPS, box
        if told and box.fill:
            assert contrast(box.fill, box.ink) >= 4.5, box


@given(timelines(), st.sampled_from([320.0, 500.0, 900.0, 1134.0]))
@settings(max_examples=30, deadline=None)
def test_a_time_line_shows_everything_and_nothing_stands_on_anything_else(timeline: Timeline, width: float) -> None:
    scene = timeline_scene(timeline, PLAIN, width)
    assert scene == timeline_scene(timeline, PLAIN, width)
    assert_sound(scene)
    bars = [box for box in boxes(scene) if box.id.startswith("b")]
    assert sorted(box.id for box in bars) == sorted(bar.id for bar in timeline.bars)
    assert_apart(bars)
    labels = [box for box in boxes(scene) if box.title and "kind" in box.data]
    marks = [around(shape) for shape in scene.shapes if isinstance(shape, Mark) and shape.id]
    assert len(marks) == len(timeline.stones)
    assert_apart([*labels, *marks])
    heads = [box for box in boxes(scene) if box.id.startswith("p")]
    assert [box.id for box in heads] == [span.id for span in timeline.phases]
    beside = [box for box in boxes(scene) if box.title and "workstreams" in box.data and not box.id and box.fill]
    assert_apart([*bars, *beside, *heads])
    starts = {bar.id: bar.start for bar in timeline.bars}
    for span in timeline.phases:
        mine = [box for box in bars if box.data["phase"] == str(span.number)]
        assert [starts[box.id] for box in mine] == sorted(starts[box.id] for box in mine)
        assert [box.y for box in mine] == sorted(box.y for box in mine)


@given(timelines(), st.sampled_from([150.0, 260.0, 420.0]))
@settings(max_examples=12, deadline=None)
def test_a_low_time_line_says_how_many_bars_it_leaves_out(timeline: Timeline, height: float) -> None:
    scene = timeline_scene(timeline, PLAIN, 800.0, height)
    shown = {box.id for box in boxes(scene) if box.id.startswith("b")}
    left_out = len(timeline.bars) - len(shown)
    told = [box.text for box in boxes(scene) if box.text.startswith("and ") and box.bold]
    assert told == ([f"and {left_out} more"] if left_out else [])
    if left_out and height >= 420:
        assert scene.height <= height + EPS


@given(timelines())
@settings(max_examples=12, deadline=None)
def test_sheets_hold_every_bar_once(timeline: Timeline) -> None:
    sheets = timeline_sheets(timeline, PLAIN, 730.0, 380.0)
    ids = [box.id for scene in sheets for box in boxes(scene) if box.id.startswith("b")]
    assert sorted(ids) == sorted(bar.id for bar in timeline.bars)
    for scene in sheets:
        assert_sound(scene)


def example(**changes: object) -> Timeline:
    bars = (
        Bar("b0", "Service desk 2", 1, FIRST, FIRST + timedelta(days=200), ("people",), 5.0, 0.6, ("Phase: 1",)),
        Bar("b1", "Short", 1, FIRST, FIRST + timedelta(days=2), ("people", "tech"), 5.0),
    )
    span = Span("p1", 1, "One front door", FIRST, FIRST + timedelta(days=200))
    stones = (Stone("g", "Gate: One", FIRST + timedelta(days=200), "gate"), Stone("c", "Audit", FIRST, "audit"))
    line = Timeline("Roadmap", FIRST, FIRST + timedelta(days=400), (span,), bars, stones, FIRST + timedelta(days=30))
    return replace(line, **changes)  # type: ignore[arg-type]


def test_what_is_done_is_said_in_words_and_drawn_darker() -> None:
    scene = timeline_scene(example(), PLAIN, 900.0)
    texts = [box.text for box in boxes(scene)]
    assert "Service desk 2 [Pe], 60 %" in texts
    assert "Short" in texts
    bar = next(box for box in boxes(scene) if box.id == "b0")
    part = next(box for box in boxes(scene) if (box.x, box.y) == (bar.x, bar.y) and not box.id and box.fill)
    assert part.w == pytest.approx(0.6 * bar.w)
    assert contrast(part.fill, "ffffff") > contrast(bar.fill, "ffffff")
    assert bar.title == "Service desk 2\nPhase: 1"


def test_days_have_signs_of_their_own_that_are_explained() -> None:
    scene = timeline_scene(example(), PLAIN, 900.0)
    marks = {shape.id: shape.shape for shape in scene.shapes if isinstance(shape, Mark) and shape.id}
    assert marks == {"g": "diamond", "c": "triangle"}
    texts = [box.text for box in boxes(scene)]
    assert {"gate", "audit", "as of 2027-02-03", "Gate: One 2027-07-23"} <= {*texts}
    assert "Pe = People, T = Tech, without letters: all of them" in texts


def test_a_picture_is_told_in_words() -> None:
    told = timeline_scene(example(), PLAIN, 900.0).description
    assert "1 One front door (2027-01-04 to 2027-07-23)" in told
    assert "Service desk 2 (2027-01-04 to 2027-07-23)" in told
    assert "2027-07-23: Gate: One" in told


def test_the_axis_names_months_quarters_or_years_as_there_is_room() -> None:
    def named(days_: int, width: float) -> list[str]:
        scene = timeline_scene(example(last=FIRST + timedelta(days=days_), stones=()), PLAIN, width)
        return [box.text for box in boxes(scene)]

    assert {"2027", "Jan", "Feb"} <= {*named(400, 900.0)}
    assert {"2027", "Q1", "Q4"} <= {*named(1400, 700.0)}
    years = named(6000, 500.0)
    assert {"2027", "Q1", "Jan"} & {*years} == {"2027"}
    decades = Axis.of(FIRST, date(2400, 1, 1), 0.0, 300.0)
    assert decades.finest(8.0) >= 120


def test_heat_map_says_levels_as_figures_and_marks_what_rises() -> None:
    rows = tuple(HeatRow(f"r{n}", name, (1, 2, 2, 3), 3) for n, name in enumerate(NAMES))
    heat = HeatMap("Maturity", ("Now", "1. " + "变" * 300, "2. Under control", "Wanted"), rows)
    scene = heat_scene(heat, PLAIN, 480.0)
    assert_sound(scene)
    cells = [box for box in boxes(scene) if box.data.get("process") == "r0"]
    assert [(box.text, box.bold) for box in cells] == [("1", False), ("2", True), ("2", False), ("3", False)]
    assert len([shape for shape in scene.shapes if isinstance(shape, Mark)]) == len(rows) + 1
    assert_apart([box for box in boxes(scene) if "process" in box.data or box.id])
    assert "Service desk 2: Now 1" in scene.description
    short = replace(heat, rows=(HeatRow("r0", "Service request management", (1, 2, 2, 3), 3),))
    assert "Service request management" in [box.text for box in boxes(heat_scene(short, PLAIN, 480.0))]
    sheets = heat_sheets(replace(heat, rows=rows * 9), PLAIN, 480.0, 300.0)
    assert len(sheets) > 1
    assert sum(len([b for b in boxes(s) if b.data.get("column") == "0"]) for s in sheets) == 9 * len(rows)
    assert max(s.height for s in sheets) <= 300.0


@st.composite
def networks(draw: st.DrawFn) -> Network:
    phases = draw(st.integers(1, 5))
    count = draw(st.integers(1, 24))
    nodes = tuple(Node(f"n{n}", draw(names), draw(st.integers(0, phases))) for n in range(count))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1), st.booleans())
    ties = {(a, b): hard for a, b, hard in draw(st.lists(ends, max_size=40))}
    spans = tuple(Span(f"p{n}", n, draw(names), None, None) for n in range(1, phases + 1))
    return Network("Net", spans, nodes, tuple(Tie(f"n{a}", f"n{b}", hard) for (a, b), hard in ties.items()))


@given(networks(), st.sampled_from([400.0, 900.0]))
@settings(max_examples=30, deadline=None)
def test_no_line_of_a_net_passes_through_a_box(network: Network, width: float) -> None:
    scene = network_scene(network, PLAIN, width)
    assert scene == network_scene(network, PLAIN, width)
    assert_sound(scene)
    found = {box.id: box for box in boxes(scene) if box.id}
    assert set(found) == {node.id for node in network.nodes}
    assert_apart(found.values())
    drawn = [shape for shape in scene.shapes if isinstance(shape, Line) and shape.joins]
    assert {line.joins for line in drawn} == {(tie.needs, tie.item) for tie in network.ties if tie.needs != tie.item}
    for line in drawn:
        for (x1, y1), (x2, y2) in pairwise(line.points):
            if y1 != y2:
                continue
            for box in found.values():
                inside = min(x1, x2) + EPS < box.x + box.w and box.x + EPS < max(x1, x2)
                assert not (inside and box.y < y1 < box.y + box.h), (line, box)


@pytest.mark.parametrize("colour", ["ffee88", "ffffff", "000000", "808080", "ff0000"])
def test_texts_are_read_easily_in_any_colours(colour: str) -> None:
    theme = Theme(primary=colour, phases=(colour,), levels=(colour,) * 5)
    assert_sound(timeline_scene(example(), theme, 900.0))
    spans = example().phases
    network = Network("Net", spans, (Node("a", "One", 1), Node("b", "Two", 0)), (Tie("b", "a", True),))
    assert_sound(network_scene(network, theme, 500.0))
    assert_sound(heat_scene(HeatMap("Maturity", ("Now", "Wanted"), (HeatRow("r", "One", (1, 2), 2),)), theme, 400.0))


@given(networks())
@settings(max_examples=12, deadline=None)
def test_a_low_net_keeps_to_its_height_and_says_what_is_missing(network: Network) -> None:
    scene = network_scene(network, PLAIN, 900.0, 130.0)
    left_out = len(network.nodes) - len([box for box in boxes(scene) if box.id])
    assert scene.height <= 130.0 + EPS
    told = [box.text for box in boxes(scene) if box.text.startswith("and ") and not box.id and box.bold]
    assert told == ([f"and {left_out} more"] if left_out else [])


@given(st.text(max_size=200), st.floats(1, 400), st.sampled_from([6.5, 9.0, 18.0]), st.booleans())
def test_a_fitted_text_fits_and_is_the_beginning(text: str, width: float, size: float, bold: bool) -> None:
    found = fitted(text, width, size, bold)
    assert measured(found, size, bold) <= width + EPS
    rows = lines(text, width, size, 3, bold)
    assert len(rows) <= 3
    assert all(measured(row, size, bold) <= width + EPS for row in rows)


def test_texts_are_cut_between_words_and_never_quietly() -> None:
    assert fitted("Service configuration management", 110.0, 9.0) == "Service configuration" + MORE
    assert fitted("Service configuration management", 80.0, 9.0) == "Service configu" + MORE
    assert fitted("Service desk", 500.0, 9.0) == "Service desk"
    assert fitted("变" * 5000, 95.0, 9.0) == "变" * 9 + MORE
    assert lines("Service configuration management", 70.0, 9.0, 3) == ("Service", "configuration", "management")
    assert "".join(lines("服务级别管理", 30.0, 9.0, 3)) == "服务级别管理"
    assert lines("a b c d e f g h", 12.0, 9.0, 2)[-1].endswith(MORE)


@pytest.mark.parametrize("theme", [PLAIN, Theme(phases=("ffee88",), font="x'><script>", chinese_font='"; a')])
def test_svg_is_sound_and_says_everything_as_text(theme: Theme) -> None:
    bars = tuple(replace(example().bars[0], id=f"b{n}", name=name) for n, name in enumerate(NAMES))
    scene = timeline_scene(example(bars=bars), theme, 900.0)
    text = svg(scene, theme=theme)
    assert text == svg(scene, theme=theme)
    root = fromstring(text)
    tags = {element.tag.removeprefix(f"{{{SPACE}}}") for element in root.iter()}
    assert tags == {"svg", "title", "desc", "g", "rect", "text", "path", "polygon"}
    keys = {key for element in root.iter() for key in element.attrib}
    assert not [key for key in keys if key.startswith("on") or "href" in key or key == "style"]
    told = "".join(root.itertext())
    assert all(name.strip() in told for name in NAMES)
    assert root.find(f"{{{SPACE}}}title").text == "Roadmap"  # type: ignore[union-attr]


def test_only_chinese_signs_ask_for_a_chinese_font_first() -> None:
    texts = ("two\nlines", "cut…", "变更")
    boxes = tuple(Box(0.0, 0.0, 90.0, 40.0, text=text, id="a", title="Whole", data={"phase": "1"}) for text in texts)
    scene = Scene(100.0, 50.0, boxes, "Picture", "Told")
    found = {row.text: row.get("font-family") for row in fromstring(svg(scene)).iter(f"{{{SPACE}}}text")}
    assert [text for text, fonts in found.items() if fonts] == ["变更"]
    bare = drawing(scene, PLAIN)
    assert all(text in bare for text in found if text)
    assert not [word for word in ("Whole", "Told", "data-") if word in bare]


def test_svg_can_be_reached_by_keyboard_where_it_is_to_be() -> None:
    root = fromstring(svg(timeline_scene(example(), PLAIN, 900.0), interactive=True))
    bar = next(element for element in root.iter() if element.get("data-id") == "b0")
    assert (bar.get("tabindex"), bar.get("data-phase"), bar.get("data-workstreams")) == ("0", "1", "people")
    assert bar.get("aria-label") == "Service desk 2 Phase: 1"
    assert root.get("role") == "group"


@pytest.fixture(scope="module")
def samples() -> dict[str, Project]:
    return {file.stem: load(file).project for file in Path("projects").glob("*.toml")}


@pytest.mark.parametrize("name", ["lantern-retail", "harbour-bank"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chart_alone_bears_what_every_page_bears(samples: dict[str, Project], name: str, language: str) -> None:
    i18n.use(language)
    project = samples[name]
    document = made(project, "svg")
    assert document == made(project, "svg")
    root = fromstring(document)
    told = "".join(root.itertext())
    assert project.engagement.client in told
    assert project.engagement.name in told
    assert all(phase.name in told for phase in project.phases)
    assert (root.get("width"), root.get("role")) == ("1190.55", "img")
    assert b"http" not in document.replace(SPACE.encode(), b"")


def test_the_chart_for_a_client_says_what_it_goes_without(samples: dict[str, Project]) -> None:
    told = "".join(fromstring(made(samples["lantern-retail"], "svg", audience="client")).itertext())
    assert "This copy is for the client. It goes without" in told
