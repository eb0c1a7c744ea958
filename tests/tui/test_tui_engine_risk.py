"""Stories on how sure the dates are."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import sleep

import pytest
from consultant import at_work

from planner.model.knowledge import Catalogue
from planner.model.project import Pin, Project
from planner.model.values import Fixed
from planner.rollout.risk import Risk, risk
from planner.rollout.watch import Sight, Watch
from planner.store.save import save

RUNS = 200


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> list[Risk]:
    """A forecast of a few runs, and what it found."""
    found: list[Risk] = []

    def quick(*args: object, **kwargs: object) -> Risk:
        found.append(risk(*args, **{**kwargs, "runs": RUNS}))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr("planner.tui.areas.roadmap.forecast.risk", quick)
    return found


async def test_gates_promises_and_drivers(planned: Project, tmp_path: Path, few: list[Risk]) -> None:
    """P50, P80 and P90 of each gate, the chance of each deadline, and bars for what moves the finish."""
    pin = Pin(item="incident@3", deadline=date(2027, 12, 31))
    save(replace(planned, pins=(*planned.pins, pin)), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        before = she.project
        await she.press("r", "F")
        found = few[0]
        she.sees("How sure are the dates?", f"{RUNS} runs", "P50", "P80", "P90", "By plan")
        for number, phase in enumerate(planned.phases, 1):
            outlook = found.gates[phase.id]
            row = she.row(f" {number} {phase.name[:12]}")
            assert [str(day) in row for day in (outlook.planned, outlook.p50, outlook.p80, outlook.p90)] == [True] * 4
        promise = found.deadlines[0]
        she.sees("Incident management 3, promised by 2027-12-31: kept in", f"in 80 % it is there by {promise.p80}")
        bars = [line.count("█") for line in she.lines if re.search(r"█+ +[\d.]+ +\|", line)]
        assert bars == sorted(bars, reverse=True)
        assert bars[0] == 24
        she.sees(f" {found.drivers[0].swing:.1f} ", f" {found.drivers[1].swing:.1f} ")
        await she.press("end")
        she.sees("Processes that may stand one level lower")
        await she.press("escape")
        assert she.project is before


async def test_the_runs_so_far_are_used(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no best run: the key that ends the wait is named for what it does. ``q`` is no key there."""

    def waiting(project: Project, catalogue: Catalogue, *, watch: Watch) -> Risk:
        watch.told(Sight("risk", 0.0, 20))
        while not watch.stopped():
            sleep(0.01)
        return risk(project, catalogue, runs=RUNS)

    monkeypatch.setattr("planner.tui.areas.roadmap.forecast.risk", waiting)
    async with at_work(planned_file) as she:
        await she.press("r")
        await she.pilot.press("F")
        for _attempt in range(500):
            await she.pilot.pause(0.01)
            if "20 runs done" in she.screen:
                break
        she.sees("T use the runs so far", "Esc give up")
        await she.pilot.press("q")
        she.sees("T use the runs so far")
        she.sees_not("best so far")
        await she.press("T")
        she.sees("How sure are the dates?")


async def test_every_line_fits_80_columns(planned_file: Path) -> None:
    """No row of dates or bars is broken: it would not be read as a table."""
    async with at_work(planned_file) as she:
        await she.press("r", "F")
        for _page in range(4):
            assert not [line for line in she.lines if line.strip("| ") in ("%", "plan")]
            await she.press("pagedown")
        await she.press("home")
        she.sees("P50", "P90")
        await she.pilot.resize_terminal(60, 18)
        await she.settle()
        she.sees("Planned", "P80", "First capability reached")
        she.sees_not("P50", "P90")
        for _page in range(6):
            assert not [line for line in she.lines if line.strip("| ") in ("%", "plan")]
            await she.press("pagedown")


async def test_unplaced_work_has_no_forecast(planned: Project, tmp_path: Path) -> None:
    """What has no place yet is named, with what to do."""
    assert planned.roadmap is not None
    held = {item: place for item, place in planned.roadmap.packages.items() if not item.startswith("config-3")}
    roadmap = replace(planned.roadmap, packages=Fixed(held))
    save(replace(planned, roadmap=roadmap), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        await she.press("r", "F")
        assert "has no place in the roadmap yet: g proposes one" in she.message
