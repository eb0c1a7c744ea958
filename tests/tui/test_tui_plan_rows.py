"""Plans as rows: how far they are, in which order they stand, what a filter finds. Pure, no screen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner.store.holder import Holder
from planner.store.listing import Header, Stamp
from planner.store.shelf import Made, Moved, Rewritten, Steps
from planner.tui import glyphs
from planner.tui.filtering import parse
from planner.tui.plans.deeds import Deed
from planner.tui.plans.overview import Overview
from planner.tui.plans.rows import COLUMNS, ORDERS, Shown, facts, fields, maturity, row, told
from planner.tui.widgets.lines import Piece


def plan(name: str, written: int = 1, kept: int = 0, **seen: object) -> Shown:
    """A plan in a file of its name; with nothing ``seen`` it is not read yet."""
    path = Path(f"{name}.toml")
    stamp = Stamp(written * 10**18, 1)
    overview = Overview(path, stamp, name=name.title(), **seen) if seen else None  # type: ignore[arg-type]
    return Shown(Header(path, stamp, name.title(), "Client"), overview, kept)


PLANS = (
    plan(
        "beta",
        2,
        level=1.0,
        target=1.6,
        phases=3,
        gate="One",
        gate_day=date(2027, 6, 30),
        findings=(("warning", 2), ("info", 9)),
    ),
    plan("Alpha", 3, level=2.0, target=4.0, client="Zoo", findings=(("error", 1), ("warning", 5))),
    plan("gamma", 1, kept=2),
    plan("delta", 4, faults=("line 1: bad",)),
    plan("eps", 5, level=1.0, target=1.0, phases=2, gate="Two", gate_day=date(2027, 4, 1), findings=(("warning", 7),)),
)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("File", "beta Alpha gamma delta eps"),
        ("Plan", "Alpha beta delta eps gamma"),
        ("Client", "gamma Alpha beta delta eps"),
        ("Maturity", "Alpha beta delta eps gamma"),
        ("Next gate", "eps beta Alpha gamma delta"),
        ("Findings", "delta Alpha eps beta gamma"),
        ("Saved", "eps delta Alpha beta gamma"),
    ],
)
def test_orders(order: str, names: str) -> None:
    key = next(each.key for each in ORDERS if each.title == order)
    assert [shown.header.path.stem for shown in sorted(PLANS, key=key)] == names.split()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("a", "beta Alpha gamma delta"),
        ("zoo", "Alpha"),
        ("client:zoo", "Alpha"),
        ("finding:error", "Alpha"),
        ("finding:error,warn", "beta Alpha eps"),
        ("finding:unreadable", "delta"),
        ("phases>2", "beta"),
        ("gap>0.5", "beta Alpha"),
        ("gate<2027-05", "eps"),
        ("gate:- -finding:unread", "Alpha gamma"),
        ("kept:yes", "gamma"),
        ("file:eps", "eps"),
    ],
)
def test_filters(typed: str, names: str) -> None:
    found = parse(typed + " ", fields())
    assert not found.wrong
    assert [shown.header.path.stem for shown in PLANS if found.keeps(facts(shown))] == names.split()


def test_bars_of_maturity() -> None:
    def bar(level: float, target: float, cells: int) -> str:
        return maturity(Overview(Path("x"), None, level=level, target=target), cells)

    assert bar(1.0, 1.6, 5) == "1.0>1.6 █▒···"
    assert bar(1.0, 1.1, 10) == "1.0>1.1 ██▒·······"  # a gain is never too small to be seen
    assert bar(5.0, 5.0, 5) == "5.0>5.0 █████"
    glyphs.use(True)
    try:
        assert bar(2.0, 4.0, 5) == "2.0>4.0 ##::."
    finally:
        glyphs.use(False)


def test_rows_have_a_cell_for_every_column_and_say_what_is_known() -> None:
    for shown in PLANS:
        cells = row(shown).cells
        assert len(cells) == (0 if shown.seen and shown.seen.faults else len(COLUMNS))
    assert row(PLANS[3]).banner == "delta.toml: cannot be read, 1 fault; Enter shows it"
    assert told(PLANS[0]) == "beta.toml | One ends on 2027-06-30"
    assert told(PLANS[1]) == "Alpha.toml | no roadmap yet"
    assert told(PLANS[2]) == "gamma.toml | ! 2 edits of an ended session are not saved: Enter asks"


def test_a_plan_that_somebody_has_open_shows_it() -> None:
    now = datetime(2027, 1, 4, 10, 42, tzinfo=UTC)
    ana = Holder("ana", "north", 1, now, now, "a" * 12, True)
    held = replace(PLANS[0], holder=ana)
    name, *_cells, who, _file = row(held).cells
    assert isinstance(name, Piece)
    assert isinstance(who, Piece)
    assert (name.text, who.text) == ("@ Beta", "ana")
    assert COLUMNS[-2].title == "Open by"
    assert told(held) == f"beta.toml | @ {ana.told()} | One ends on 2027-06-30"
    assert parse("open:an ", fields()).keeps(facts(held))
    assert not parse("open:an ", fields()).keeps(facts(PLANS[0]))


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        ((Moved(Path("a"), Path("b")), Rewritten(Path("b"), "", "")), "b"),
        ((Rewritten(Path("b"), "", ""), Moved(Path("b"), Path("a"))), "a"),
        ((Moved(Path("x/.planner/a.toml.journal"), Path("b")), Moved(Path("x/a.toml"), Path("a.toml"))), "a.toml"),
        ((Made(Path("a")),), "a"),
    ],
)
def test_a_deed_knows_where_its_plan_is_now(steps: Steps, place: str) -> None:
    assert Deed("", steps).place == Path(place)
