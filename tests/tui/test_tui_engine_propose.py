"""Stories on a search: which solver, for how long, how far it is, taking the best so far, giving up."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from consultant import Consultant, at_work

from planner.model.project import Project
from planner.rollout import propose as engine
from planner.rollout.propose import propose
from planner.rollout.watch import Sight, Watch


class Slow:
    """Stands in for the engine: tells one sight, waits until it is stopped, then proposes as the engine does."""

    def __init__(self, sight: Sight | None) -> None:
        self.sight = sight
        self.asked: dict[str, Any] = {}
        self.ended = threading.Event()

    def __call__(self, project: Project, strategy: Any, *, watch: Watch, **kwargs: Any) -> Any:
        self.asked = kwargs
        if self.sight:
            watch.told(self.sight)
        while not watch.stopped():
            self.ended.wait(0.01)
        self.ended.set()
        return propose(project, strategy, phases=kwargs["phases"])


async def until(she: Consultant, true: Callable[[], object]) -> None:
    """Wait until something is so; a search that goes on never settles."""
    for _attempt in range(500):
        await she.pilot.pause(0.01)
        if true():
            return
    raise AssertionError(she.screen)


async def start(she: Consultant, *keys: str) -> None:
    """Press keys of which the last begins a search that does not end by itself."""
    *before, last = keys
    await she.press(*before)
    await she.pilot.press(last)
    await until(she, lambda: "Proposing" in she.screen)


async def test_the_best_so_far_is_taken(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog says how far the search is; ``t`` ends it, and what it has is shown before it is adopted."""
    slow = Slow(Sight("exact", 3.0, 1200, 40.0, 38.0))
    monkeypatch.setattr(engine, "propose", slow)
    monkeypatch.setattr("planner.rollout.optimal.installed", lambda: True)
    async with at_work(desk_file) as she:
        await she.press("r", "g", "down", "down", "right", "down")
        await she.type("20")
        she.sees("< exact >", "empty: as the solver needs")
        await start(she, "enter")
        await until(she, lambda: "exact solver: best so far 40.00, at most 5.0 % better possible" in she.screen)
        she.sees("t take the best so far", "Esc give up", "Working...")
        assert she.project.roadmap is None
        await she.press("t")
        she.sees("Proposal: Desk & incident first", "The search was ended early: this is the best found until then.")
        she.sees("How good it is: heuristic")
        assert slow.asked == {"phases": None, "solver": "exact", "time_limit": 20.0}
        await she.press("enter")
        assert she.project.roadmap is not None
        await she.press("u")
        assert she.project.roadmap is None


async def test_a_search_that_is_given_up_ends(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc changes nothing and stops the thread, which would otherwise search on behind the person's back."""
    slow = Slow(None)
    monkeypatch.setattr(engine, "propose", slow)
    async with at_work(desk_file) as she:
        await start(she, "r", "g", "enter")
        she.sees("Working... Esc gives up.")
        await she.press("escape")
        assert she.message == "Given up: the plan is as it was."
        assert slow.ended.wait(5)
        assert she.project.roadmap is None
        assert not she.plan.history.dirty


async def test_the_interface_answers_while_a_search_goes_on(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found yet: it is said so, and the seconds go on."""
    slow = Slow(Sight("heuristic", 0.0, 0))
    monkeypatch.setattr(engine, "propose", slow)
    async with at_work(desk_file) as she:
        await start(she, "r", "g", "enter")
        await until(she, lambda: "Working... 1 s." in she.screen)
        she.sees("heuristic: nothing found yet")
        await she.press("escape")


async def test_without_the_exact_solver_the_form_says_why(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is offered and refused with what to do about it; the form stays."""
    monkeypatch.setattr("planner.rollout.optimal.installed", lambda: False)
    async with at_work(desk_file) as she:
        await she.press("r", "g", "down", "down")
        she.sees("< heuristic >", "always finds the same")
        await she.press("right")
        she.sees("< exact (not installed) >", "pip install 'itsm-planner[optimal]'")
        await she.press("enter")
        she.sees("! The exact solver is not installed", "Propose a roadmap")
        await she.press("left", "down")
        await she.type("0")
        await she.press("enter")
        she.sees("! Time limit in seconds: write seconds such as 10")


async def test_a_proposal_says_how_good_it_is(desk_file: Path) -> None:
    """Nothing was proven, or how much better a plan could be at most; and a quick search is the same each time."""
    async with at_work(desk_file) as she:
        await she.press("r", "g", "enter")
        she.sees("How good it is: ", "Days to the first result")
        she.sees_not("ended early")
        await she.press("enter")
        first = she.project.roadmap
        await she.press("X", "g", "enter", "enter")
        assert she.project.roadmap == first
