"""Pictures of graphs: whatever the graph, every line can be followed, and nothing stands on anything else."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.graph.layout import Arrow, Box, Picture, layered
from planner.graph.layout.picture import AHEAD, BACK, DOWN, LEFT, RIGHT, UP, Spot


@dataclass(frozen=True)
class Sketch:
    """A graph to draw."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    widths: dict[str, int]
    gap: int
    spread: int

    @property
    def picture(self) -> Picture:
        return layered(self.boxes, self.arrows, gap=self.gap).picture(self.widths, self.spread)


@st.composite
def sketches(draw: st.DrawFn, circles: bool = True) -> Sketch:
    count = draw(st.integers(1, 14))
    groups = draw(st.integers(1, 3))
    boxes = tuple(Box(f"b{n}", draw(st.integers(0, groups - 1))) for n in range(count))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    pairs = draw(st.lists(ends, unique=True, max_size=3 * count))
    if not circles:
        pairs = sorted({(min(pair), max(pair)) for pair in pairs})
    arrows = tuple(Arrow(f"b{a}", f"b{b}", draw(st.booleans())) for a, b in pairs)
    widths = {box.id: draw(st.integers(3, 9)) for box in boxes}
    return Sketch(boxes, arrows, widths, draw(st.integers(1, 2)), draw(st.integers(1, 2)))


def side(one: Spot, other: Spot) -> int:
    """To which side of ``one`` its neighbour ``other`` lies."""
    return {(0, -1): UP, (0, 1): DOWN, (-1, 0): LEFT, (1, 0): RIGHT}[other[0] - one[0], other[1] - one[1]]


def text(picture: Picture) -> list[str]:
    """The picture with all names left out."""
    lines = []
    for y in range(picture.height):
        row = [" "] * picture.width
        for x, cell in picture.line(y, 0, picture.width).items():
            row[x] = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"[cell.sides] if cell.hard else " '.:-JTIcLFE=ATX"[cell.sides]
            row[x] = {AHEAD: ">", BACK: "<", AHEAD | BACK: "Z"}.get(picture.heads.get((x, y), 0), row[x])
        for item, (x, at) in picture.boxes.items():
            if at == y:
                row[x : x + picture.widths[item]] = "#" * picture.widths[item]
        lines.append("".join(row).rstrip())
    return lines


@given(sketches())
@settings(max_examples=50, deadline=None)
def test_boxes_and_lines_have_room_of_their_own(sketch: Sketch) -> None:
    """No two boxes overlap, and no line runs through a box."""
    picture = sketch.picture
    taken: set[Spot] = set()
    for item, (x, y) in picture.boxes.items():
        cells = {(x + n, y) for n in range(picture.widths[item])}
        assert not cells & taken
        taken |= cells
    lines = {(x, y) for y in range(picture.height) for x in picture.line(y, 0, picture.width)}
    assert not lines & taken
    assert max(x for x, _y in taken | lines) < picture.width


@given(sketches())
@settings(max_examples=50, deadline=None)
def test_every_arrow_is_a_line_one_can_follow(sketch: Sketch) -> None:
    """From beside one box to beside the other: each cell leads to the next, or passes below an upright line."""
    picture = sketch.picture
    rows = [picture.line(y, 0, picture.width) for y in range(picture.height)]
    for arrow in sketch.arrows:
        cells = [*picture.cells(arrow.ends)]
        left, right = sorted(arrow.ends, key=lambda item: picture.boxes[item])
        at = picture.boxes[left]
        assert cells[0] == (at[0] + picture.widths[left], at[1])
        end = picture.boxes[right]
        column = picture.columns[picture.layer[right]]
        assert cells[-1] == (column.x - 1, end[1])
        assert end[0] == column.x
        for before, here in pairwise(cells):
            step, back = side(before, here), side(here, before)
            for spot, towards in ((before, step), (here, back)):
                cell = rows[spot[1]][spot[0]]
                own = cell.source == left
                assert (cell.sides & towards) or (not own and step in (LEFT, RIGHT)), (arrow, spot)
                assert own or not (cell.upright and step in (UP, DOWN)), "an upright line is one source's alone"


@given(sketches())
@settings(max_examples=50, deadline=None)
def test_no_line_leads_to_a_box_that_needs_nothing_of_its_source(sketch: Sketch) -> None:
    """Whoever follows the branches of one source, and level lines that join a box's row, comes to its targets only."""
    picture = sketch.picture
    rows = [picture.line(y, 0, picture.width) for y in range(picture.height)]
    linked = {ends for arrow in sketch.arrows for ends in (arrow.ends, arrow.ends[::-1])}
    starts = {(x + picture.widths[item], y): item for item, (x, y) in picture.boxes.items()}
    targets = {(picture.columns[picture.layer[item]].x - 1, y): item for item, (_x, y) in picture.boxes.items()}
    for start, source in starts.items():
        if start[0] not in rows[start[1]]:
            continue
        left, seen = [start], {start}
        while left:
            x, y = left.pop()
            assert (x, y) not in targets or (source, targets[x, y]) in linked, (source, targets[x, y])
            cell = rows[y][x]
            below = cell.upright and cell.source != source and not cell.sides & LEFT
            sides = LEFT | RIGHT if below else cell.sides
            for way, spot in ((UP, (x, y - 1)), (DOWN, (x, y + 1)), (RIGHT, (x + 1, y))):
                if sides & way and spot not in seen and spot[0] in rows[spot[1]]:
                    seen.add(spot)
                    left.append(spot)


@given(sketches(circles=False))
@settings(max_examples=30, deadline=None)
def test_without_circles_hard_arrows_lead_to_the_right(sketch: Sketch) -> None:
    """Each hard arrow has its head at the right end; groups keep their order as far as hard arrows let them."""
    picture = sketch.picture
    for arrow in sketch.arrows:
        if arrow.hard:
            assert picture.layer[arrow.source] < picture.layer[arrow.target]
            assert picture.heads[picture.corners[arrow.ends][-1]] & AHEAD
    for one, other in pairwise(picture.columns):
        assert one.group <= other.group


@given(sketches(), st.randoms())
@settings(max_examples=30, deadline=None)
def test_only_the_order_of_boxes_counts(sketch: Sketch, chance: object) -> None:
    """The same picture for other names and another order of arrows, every time."""
    arrows = list(sketch.arrows)
    chance.shuffle(arrows)  # type: ignore[attr-defined]
    other = Sketch(
        tuple(Box(f"x-{box.id}", box.group) for box in sketch.boxes),
        tuple(Arrow(f"x-{arrow.source}", f"x-{arrow.target}", arrow.hard) for arrow in arrows),
        {f"x-{item}": wide for item, wide in sketch.widths.items()},
        sketch.gap,
        sketch.spread,
    )
    assert text(sketch.picture) == text(other.picture)


def test_lines_of_one_source_run_together() -> None:
    """One line leaves, one goes past the middle column, and it is dashed only where nothing hard goes."""
    boxes = [Box(name) for name in "abcd"]
    arrows = [Arrow("a", "b"), Arrow("b", "c"), Arrow("a", "c", False), Arrow("a", "d", False), Arrow("b", "d")]
    picture = layered(boxes, arrows).picture(dict.fromkeys("abcd", 3))
    assert text(picture) == [
        "    ┌─>###─┬F─>###",
        "###─┴======│I",
        "           └L─>###",
    ]


@pytest.mark.parametrize(("hard", "heads"), [(True, AHEAD | BACK), (False, AHEAD | BACK)])
def test_two_that_need_each_other_share_a_line_with_two_heads(hard: bool, heads: int) -> None:
    picture = layered([Box("a"), Box("b")], [Arrow("a", "b"), Arrow("b", "a", hard)]).picture({"a": 3, "b": 3})
    assert [*picture.heads.values()] == [heads]
    assert picture.layer == {"a": 0, "b": 1}


def test_a_soft_arrow_against_the_groups_points_back() -> None:
    """What is in a later phase than what needs it stands to the right, and the line says so."""
    picture = layered([Box("first", 0), Box("late", 1)], [Arrow("late", "first", False)]).picture(
        {"first": 7, "late": 6}
    )
    assert picture.layer == {"first": 0, "late": 1}
    assert [*picture.heads.values()] == [BACK]


def test_nothing_at_all() -> None:
    picture = layered([], []).picture({})
    assert (picture.width, picture.height) == (0, 0)
