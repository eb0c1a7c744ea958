"""Pictures of the dialogs of the engine, and names that look like markup in them; the answers are made up here."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from consultant import Consultant, app_on, at_work
from sample import START, sample
from textual.pilot import Pilot

from planner.model.knowledge import Strategy
from planner.model.project import Pin, Placement, Project
from planner.model.values import Fixed
from planner.rollout.changes.constraints import Constraint
from planner.rollout.changes.kinds import MoreCapacity
from planner.rollout.changes.promised import Pinned
from planner.rollout.compare import Apart, Candidate, Column, Comparison, Tradeoff
from planner.rollout.compared.figures import Figures
from planner.rollout.moves import Fact, Move
from planner.rollout.remedies import Remedy
from planner.rollout.repairs import Diagnosis
from planner.rollout.replan import Replan
from planner.rollout.result import Conflict, Infeasible, Metrics, Objective, Proposal, Reason
from planner.rollout.risk import DeadlineRisk, Driver, Outlook, Risk
from planner.store.save import save
from planner.tui.judgement import Judgement

MARKUP = "[b]Dock[/b] [@click=app.quit]x[/]"
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}


def compared(project: Project) -> Comparison:
    """The adopted roadmap, which beats another."""
    assert project.roadmap is not None
    figures = Figures(45, 18.4, date(2027, 6, 25), 96, 3, 1, 0.0, "lead", 125, 2)
    columns = []
    for number, (ident, name) in enumerate((("adopted", "Adopted roadmap"), ("found:1", MARKUP))):
        own = replace(figures, first_value=45 + number, peak=96 + 2 * number, moved=0.5 * number)
        kind: Any = "strategy" if number else "adopted"
        words = Tradeoff("adopted", (), ("reaches the first result 1 day later",), f"against {MARKUP}: 1 day later")
        columns.append(
            Column(
                Candidate(ident, name, kind, project.roadmap, project.phases),
                own,
                best=("finish",) if number else ("finish", "peak"),
                beaten_by=("adopted",) if number else (),
                first=("service-desk@2", "incident@2"),
                tradeoff=words,
            )
        )
    return Comparison(tuple(columns), (Apart("adopted", "found:1", 0.25, 1, 4),), (), "adopted")


def risky(project: Project) -> Risk:
    """Two gates, a doubtful promise, drivers of every kind."""
    outlook = Outlook(date(2027, 4, 2), date(2027, 4, 9), date(2027, 4, 23), date(2027, 5, 7), 0.31)
    kinds: Any = (("role", "lead", 14.2), ("process", "incident", 9.0), ("baseline", "problem", 3.1))
    return Risk(
        runs=10_000,
        seed=0,
        finish=replace(outlook, planned=date(2027, 6, 25)),
        gates={phase.id: outlook for phase in project.phases},
        first_value=outlook,
        deadlines=(
            DeadlineRisk("deadline", "incident@2", date(2027, 6, 30), True, outlook.planned, outlook.p80, 0.42),
        ),
        milestones={},
        critical={"incident-3-tech": 1.0, "problem-2-people": 0.64},
        drivers=(*(Driver(*kind) for kind in kinds), Driver("package", "incident-3-tech", 2.0)),
        doubts={"service-desk": 0.2},
        short=0.01,
        loosened=1,
    )


def proposal(project: Project) -> Proposal:
    """The sample's own roadmap."""
    assert project.roadmap is not None
    return Proposal(project.roadmap, project.phases, Objective(1.0, {}), Metrics(1, 1, {}, {}, 0))


def diagnosed(project: Project) -> Diagnosis:
    """Two demands that clash, two repairs."""
    later = Pinned(Pin(item="incident@2", deadline=date(2027, 7, 14)), ("deadline",), 2.0)
    more = MoreCapacity("lead", 0.4, START, date(2027, 6, 30))
    core = (Constraint("deadline", ("incident@2",), f"incident@2 is to finish by 2027-06-30 {MARKUP}", later),)
    repairs = tuple(Remedy((change,), cost, proposal(project)) for change, cost in ((later, 6.0), (more, 12.5)))
    return Diagnosis((), core, proof=True, repairs=repairs, complete=True)


def replanned(project: Project) -> Replan:
    """One package late, two moves because of it, one for another reason."""
    assert project.roadmap is not None
    places = project.roadmap.packages
    was = places["incident-2-people"]
    now = Placement(phase="p1", start=date(2027, 3, 1), finish=date(2027, 3, 19))
    late = "service-desk-2-tech"
    reason = Reason("dependency", (late,), f"incident@2 needs service-desk@2 {MARKUP}")
    moves = (
        Move("incident-2-people", was, now, 10, (reason,), late, ("incident-2-process",)),
        Move("incident-2-process", was, now, 8, (reason,), late),
        Move("incident-3-people", was, replace(now, start=date(2027, 2, 1)), -5, (reason,)),
    )
    message = f"{late} was finished on 2027-03-05 instead of 2027-02-19"
    fact = Fact(late, places[late], replace(places[late], finish=date(2027, 3, 5)), 10, message)
    packages = Fixed({**places, "incident-2-people": now})
    return Replan(START, replace(project.roadmap, packages=packages), project.phases, (fact,), moves, 1.2)


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The engine answers at once, always the same."""

    def proposed(project: Project, strategy: Strategy, *args: object) -> Proposal | Infeasible:
        if strategy.id == "quick-wins":
            return proposal(project)
        return Infeasible((Conflict("deadline", ("incident@2",), f"{MARKUP} cannot finish by 2027-06-30"),))

    monkeypatch.setattr("planner.tui.screens.plan.judge", lambda project: Judgement(()))
    monkeypatch.setattr("planner.tui.areas.propose.view.measured", lambda project, *args, **kwargs: compared(project))
    monkeypatch.setattr("planner.tui.areas.propose.searching.attempt", proposed)
    monkeypatch.setattr("planner.tui.areas.roadmap.forecast.risk", lambda project, *args, **kwargs: risky(project))
    monkeypatch.setattr(
        "planner.tui.areas.propose.repairs.explain_infeasible", lambda project, *a, **k: diagnosed(project)
    )
    monkeypatch.setattr(
        "planner.tui.areas.roadmap.replanning.replan", lambda project, *args, **kwargs: replanned(project)
    )
    monkeypatch.chdir(tmp_path)


def plan_file() -> Path:
    """The sample on disk, with a role whose name is markup."""
    project = sample()
    path = Path("sample.toml")
    save(replace(project, roles=(replace(project.roles[0], name=MARKUP),)), path)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    return path


@pytest.mark.parametrize(
    ("size", "keys"),
    [
        pytest.param("80x24", "g M enter", id="comparison-80x24"),
        pytest.param("120x40", "g M enter", id="comparison-120x40"),
        pytest.param("80x24", "r F", id="forecast-80x24"),
        pytest.param("80x24", "g enter enter enter", id="repairs-80x24"),
        pytest.param("80x24", "r G enter", id="moves-80x24"),
        pytest.param("120x40", "r G enter", id="moves-120x40"),
        pytest.param("80x24", "r home down P enter", id="progress-80x24"),
    ],
)
def test_engine_dialog(snap_compare: Callable[..., bool], size: str, keys: str) -> None:
    """Frame whole, columns in line, keys on the last line, the cursor marked."""

    async def press(pilot: Pilot[int]) -> None:
        consultant = Consultant(pilot)
        await consultant.settle()
        await consultant.press(*keys.split())

    assert snap_compare(app_on(plan_file()), terminal_size=SIZES[size], run_before=press)


async def test_names_are_only_text_in_answers() -> None:
    """What looks like markup is shown as it is: in a strategy, a role, a conflict, a demand, a reason."""
    async with at_work(plan_file(), (120, 40)) as she:
        await she.press("g", "M", "enter")
        she.sees(MARKUP[-12:], f"! {MARKUP} cannot finish by 2027-06-30")
        await she.press("enter")
        she.sees(f"- {MARKUP} cannot finish by 2027-06-30")
        await she.press("enter")
        she.sees(f"- Incident management 2 is to finish by 2027-06-30 {MARKUP}")
        await she.press("escape", "home", "down", "e")
        she.sees(f"| {MARKUP} ", f"against {MARKUP}: 1 day later")
        await she.press("escape", "r", "F")
        she.sees(f"role: {MARKUP[:28]}")
        await she.press("escape", "G", "enter")
        she.sees(f"Incident management 2 needs Service desk 2 {MARKUP}")
        await she.press("escape")
        assert she.app.is_running
