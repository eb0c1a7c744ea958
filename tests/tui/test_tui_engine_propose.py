"""Stories on a search: which solver, for how long, how far it is, taking the best so far, giving up."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from consultant import Consultant, at_work

from planner.model.knowledge import Catalogue, Strategy
from planner.model.project import Project
from planner.rollout.found import Asked, Found, Search
from planner.rollout.propose import propose
from planner.rollout.result import Proposal
from planner.rollout.watch import Sight, Watch
from planner.tui.areas.propose.searching import Job, Pursuit, Trail, best_over_time, curve, far


class Slow:
    """Stands in for the engine: tells what it sees, waits until it is stopped, then proposes as the engine does."""

    def __init__(self, *sights: Sight) -> None:
        self.sights = sights
        self.asked = Asked()
        self.ended = threading.Event()

    def __call__(self, project: Project, strategy: Strategy, asked: Asked, watch: Watch) -> Proposal:
        self.asked = asked
        for sight in self.sights:
            watch.told(sight)
        while not watch.stopped():
            self.ended.wait(0.01)
        self.ended.set()
        return propose(project, strategy, phases=asked.phases)


async def until(she: Consultant, true: Callable[[], object]) -> None:
    """Wait until something is so; a search that goes on never settles."""
    for _attempt in range(500):
        await she.pilot.pause(0.01)
        if true():
            return
    raise AssertionError(she.screen)


async def until_seen(she: Consultant, *texts: str) -> None:
    """Wait until all of ``texts`` stand on the screen."""
    await until(she, lambda: all(text in she.screen for text in texts))


async def press(she: Consultant, *keys: str) -> None:
    """Press keys while a search goes on."""
    for key in keys:
        await she.pilot.press(key)


async def test_a_search_is_watched_while_one_works_on(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Best, bound, gap and seconds in place; other rows and other places meanwhile; ``T`` takes what there is."""
    slow = Slow(Sight("exact", 1.0, 1100, 44.0, 38.0), Sight("exact", 3.0, 1200, 40.0, 38.0))
    monkeypatch.setattr("planner.tui.areas.propose.searching.attempt", slow)
    monkeypatch.setattr("planner.tui.areas.propose.search_form.installed", lambda: True)
    async with at_work(desk_file) as she:
        await she.press("g", "T")
        assert she.message == "! No search is under way."
        await she.press("c", "right", "down")
        await she.type("20")
        she.sees("< exact >", "empty: as the solver needs")
        await she.press("enter")
        she.sees("exact solver, at most 20 s; as many phases as fit; seed 0")
        await press(she, "enter")
        await until_seen(she, "exact solver; best 40.00; bound 38.00; at most 5.0 % better; 1200 tried")
        she.sees("T takes the best, C gives up", "searching...", "best over time", "44.00 to 40.00")
        assert "Proposing: Desk" in she.lines[0]
        await press(she, "up")
        she.sees("What brings most benefit for least effort")
        await press(she, "w")
        await until_seen(she, "[w Work")
        assert "Proposing: Desk" in she.lines[0]
        assert she.project.roadmap is None
        she.plan.query_one("#propose").action_take()  # type: ignore[attr-defined]
        await she.settle()
        assert she.message == "Desk & incident first: 1 roadmap found, ended early. g shows it."
        assert "Proposing" not in she.lines[0]
        assert slow.asked == Asked("exact", 20.0)
        await she.press("g")
        she.sees("Quick wins, value first", "1 roadmap found")
        assert "Quick" in she.row("> ")
        assert "What brings most benefit for least effort" in she.screen
        await she.press("home")
        she.sees("ended early")
        await she.press("enter")
        she.sees("Proposal: Desk & incident first", "The search was ended early: this is the best found until then.")
        await she.press("enter")
        assert she.project.roadmap is not None
        await she.press("u")
        assert she.project.roadmap is None


async def test_marked_strategies_are_tried_one_after_the_other(
    desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``T`` goes on to the next, ``C`` gives up this one and all that wait; what was found before stays."""
    slow = Slow(Sight("heuristic", 0.0, 0))
    monkeypatch.setattr("planner.tui.areas.propose.searching.attempt", slow)
    async with at_work(desk_file) as she:
        await she.press("g", "M")
        she.sees("5 marked")
        assert "+" in she.row("Compliance first")[:2]
        await press(she, "enter")
        await until_seen(she, "Change & configuration first (1 of 5)", "heuristic; nothing found yet")
        assert "waits for its turn" in she.row("Compliance first")
        slow.ended.clear()
        await press(she, "T")
        await until_seen(she, "Proposing: Compliance first", "Compliance first (2 of 5)")
        slow.ended.clear()
        await press(she, "escape")
        assert she.message == "! Proposing: Compliance first: Esc again gives it up and leaves."
        await press(she, "C")
        assert slow.ended.wait(5)
        await she.settle()
        assert she.message == "Given up: the plan is as it was."
        she.sees_not("searching...", "waits for its turn", "(2 of 5)")
        area = she.plan.query_one("#propose")
        assert [one.candidate.roadmap.strategy for one in area.session.found] == [  # type: ignore[attr-defined]
            "change-config-first"
        ]
        assert not she.plan.history.dirty
        await she.press("escape", "enter", "g")
        assert "1 roadmap found" in she.row("     Change & configuration first")


async def test_a_search_ends_with_the_session(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the thread would go on behind the person's back, and the program would not end."""
    slow = Slow()
    monkeypatch.setattr("planner.tui.areas.propose.searching.attempt", slow)
    async with at_work(desk_file) as she:
        await she.press("g")
        await press(she, "enter")
        await until_seen(she, "searching...")
    assert slow.ended.wait(5)


async def test_settings_say_what_they_mean(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that is not installed is refused with what to do; so is what is no number; phases and seed count."""
    monkeypatch.setattr("planner.tui.areas.propose.search_form.installed", lambda: False)
    async with at_work(desk_file) as she:
        await she.press("g", "c")
        she.sees("< heuristic >", "always finds the same")
        await she.press("right")
        she.sees("< exact (not installed) >", "pip install 'itsm-planner[optimal]'")
        await she.press("enter")
        she.sees("! The exact solver is not installed", "How to search")
        await she.press("left", "down")
        await she.type("0")
        await she.press("enter")
        she.sees("! Time limit in seconds: write seconds such as 10")
        await she.fill("")
        await she.press("down")
        await she.type("2")
        await she.press("down")
        await she.fill("7")
        await she.press("enter")
        she.sees("heuristic, no time limit; 2 phases; seed 7")
        await she.press("enter", "enter")
        she.sees("Proposal: Desk & incident first")
        await she.press("enter")
        assert she.project.roadmap is not None
        assert (len(she.project.phases), she.project.roadmap.seed) == (2, 7)


def test_the_curve_of_the_best_over_time() -> None:
    """It begins at the top and ends at the bottom; a worse value is another search, which begins anew."""
    assert curve([(1.0, 10.0), (2.0, 8.0), (5.0, 2.0)], 9.0, 9, " 12345678") == "866611111"
    assert curve([(1.0, 10.0)], 9.0, 3, " 12") == "111"
    trail = Trail()
    for value in (5.0, 4.0, 4.0, 9.0, 8.0):
        trail.told(Sight("heuristic", 0.0, 1, value))
    assert [value for _at, value in trail.points] == [9.0, 8.0]
    assert far(None) == "it begins..."
    assert far(Sight("heuristic", 1.0, 7, 4.0)) == "heuristic; best 4.00; 7 tried"
    assert best_over_time(Search(0.1, 3, ((0.0, 3.0), (0.1, 2.0)))) == ""
    assert "3.00 to 2.00" in best_over_time(Search(2.0, 3, ((0.0, 3.0), (0.1, 2.0))))


async def test_what_was_given_up_can_be_asked_again_at_once(
    desk: Project, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread that ends is nobody's any more; the same question while it is being answered is asked only once."""
    release = threading.Event()

    def answer(project: Project, job: Job) -> list[Found]:
        release.wait(5)
        return []

    monkeypatch.setattr("planner.tui.areas.propose.searching.looked", answer)
    pursuit, strategy, done = Pursuit(), catalogue.strategies[0], []
    assert pursuit.add([Job(strategy, Asked())])
    begun = asyncio.Event()
    run = pursuit.run(lambda: desk, lambda job: begun.set(), lambda job, plan, found: done.append(job))
    work = asyncio.create_task(run)
    await begun.wait()
    assert not pursuit.add([Job(strategy, Asked())])
    assert not pursuit.waiting
    pursuit.give_up()
    assert pursuit.live is None
    again = Job(strategy, Asked())
    assert not pursuit.add([again])
    release.set()
    await work
    assert done == [again]
