"""Stories on the roadmap: propose, move, pin, explain."""

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from consultant import at_work

from planner.model.project import Project
from planner.rollout.metrics import start_of
from planner.store.load import load


async def test_the_main_job_from_proposal_to_saved_file(desk_file: Path) -> None:
    """Propose, look, accept, move, pin, explain, save: the file read again is what was on the screen."""
    async with at_work(desk_file) as she:
        await she.press("r")
        she.sees("No roadmap yet", "Not placed yet", "Service desk 3")
        await she.press("g")
        she.sees("Propose a roadmap", "< Desk & incident first >", "Suits: User complaints")
        await she.press("down")
        await she.type("3")
        await she.press("enter")
        she.sees("Proposal: Desk & incident first", "Days to the first result", "1 One front door")
        assert she.project.roadmap is None
        await she.press("enter")
        assert she.project.roadmap is not None
        assert len(she.project.phases) == 3
        she.sees("3 phases, ", " | Desk & incident first", "Roadmap by Desk & incident first.")
        assert "=====" in she.row("1 One front door")
        assert "####" in she.row("Service desk 2")

        await she.press("/")
        await she.type("service desk 2")
        await she.press("enter", "m")
        she.sees("Move Service desk 2 to", "it is here now")
        await she.press("down", "enter")
        assert {p.phase for i, p in she.project.roadmap.packages.items() if i.startswith("service-desk-2")} == {"p2"}
        she.sees("Service desk 2 to phase", " error")

        await she.press("u", "p", "down")
        await she.fill("2027-03-01")
        await she.press("down", "down", "down")
        await she.type("board decision")
        await she.press("enter")
        assert she.project.pin_by_item["service-desk@2"].not_before == date(2027, 3, 1)
        she.sees("* pinned: not before 2027-03-01 (board decision)")

        await she.press("e")
        she.sees("Why is Service desk 2 here?", "Why it is in the plan", "Why not earlier", "Its parts")
        await she.press("escape", "s")
        she.sees("Saved to desk.toml.", "saved |")
        assert load(desk_file).project == she.project


async def test_a_proposal_can_be_discarded(desk_file: Path) -> None:
    """Nothing is adopted before it is accepted; the next proposal is compared with the present roadmap."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await she.press("r", "g", "enter")
        she.sees("accept", "discard")
        await she.press("escape")
        assert she.project.roadmap is None
        await she.press("g", "enter", "enter", "g", "right", "enter")
        she.sees("proposed      now")
        await she.press("escape")
        assert she.project.roadmap is not None
        assert len(she.plan.history.past) == 1


async def test_waiting_can_be_given_up(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it works the screen says so; Esc gives up and what comes later is ignored."""
    finish = threading.Event()
    asked: list[Project] = []

    def slow(project: Project, *args: object, **kwargs: object) -> object:
        asked.append(project)
        finish.wait(10)
        raise AssertionError("nobody looks at this")

    monkeypatch.setattr("planner.rollout.propose.propose", slow)
    async with at_work(desk_file) as she:
        await she.press("r", "g")
        await she.pilot.press("enter")
        await she.pilot.pause()
        she.sees("Proposing: Desk & incident first", "Working... Esc gives up.")
        await she.pilot.press("escape")
        finish.set()
        await she.settle()
        assert she.message == "Given up: the plan is as it was."
        assert asked == [she.project]


async def test_what_cannot_be_kept_is_told_in_words(desk_file: Path) -> None:
    """A deadline that nothing can meet: the conflict is named, the plan stays."""
    async with at_work(desk_file) as she:
        await she.press("r", "/")
        await she.type("incident management 3")
        await she.press("enter", "p", "down", "down")
        await she.fill("2027-01-20")
        await she.press("enter", "g", "enter")
        she.sees("No feasible roadmap", "2027-01-20")
        await she.press("escape")
        assert she.project.roadmap is None


async def test_a_week_later_and_a_week_earlier(planned_file: Path) -> None:
    """``>`` and ``<`` shift; what breaks is counted, marked with ``!`` and told below."""
    async with at_work(planned_file) as she:
        before = start_of(she.project, she.project.roadmap, "service-desk@2")
        await she.press("r", "/")
        await she.type("service desk 2")
        await she.press("enter", ">")
        assert start_of(she.project, she.project.roadmap, "service-desk@2") == before + timedelta(weeks=1)
        assert "!Service desk 2" in she.row("> ")
        she.sees(" errors |", " ! ")
        await she.press("<")
        assert start_of(she.project, she.project.roadmap, "service-desk@2") == before
        she.sees_not(" errors |")


async def test_packages_unfold_and_phases_fold(planned_file: Path) -> None:
    """Enter opens a capability and closes a phase."""
    async with at_work(planned_file) as she:
        await she.press("r", "home")
        she.sees_not("standard: ")
        await she.press("/")
        await she.type("service management system 2")
        await she.press("enter", "enter")
        she.sees("    people: ", "    standard: ")
        await she.press("home", "enter")
        she.sees_not("Service management system 2 ")
        assert she.row("1 One front door").startswith("> + 1")


async def test_phases_side_by_side(planned_file: Path) -> None:
    """``t`` shows columns; Right goes to the next phase; the selected item stays when the view turns."""
    async with at_work(planned_file) as she:
        await she.press("r", "t")
        she.sees("[phases]", "[1 One front door]", "2027-01-04 to ", "items, ")
        await she.press("right")
        she.sees(" 1 One front door", "[2 ")
        item = she.plan.area.current
        await she.press("t")
        assert she.plan.area.current == item
        she.sees("[timeline]")


async def test_phases_that_do_not_fit_are_announced(desk_file: Path) -> None:
    """Six phases in 80 columns: three are drawn, the rest is counted and comes with Right."""
    async with at_work(desk_file) as she:
        await she.press("r", "g", "down")
        await she.type("6")
        await she.press("enter", "enter", "t")
        she.sees("+3 >")
        await she.press(*["right"] * 5)
        she.sees("< +3", "[6 ")


async def test_phases_are_made_changed_and_removed(planned_file: Path) -> None:
    """A phase that still holds work is not removed, and the message says what it holds."""
    async with at_work(planned_file) as she:
        await she.press("r", "x")
        assert she.message.startswith("! phase ")
        await she.press("n")
        await she.type("Certification")
        await she.press("enter")
        assert she.project.phases[-1].name == "Certification"
        await she.press("c", "down")
        await she.fill("Users feel it")
        await she.press("enter")
        assert she.project.phases[0].goal == "Users feel it"
        await she.press("end", "x")
        assert [phase.name for phase in she.project.phases].count("Certification") == 0


async def test_an_action_that_cannot_be_done_says_why(desk_file: Path) -> None:
    """No silent keys: without a roadmap, without a selection, without a past."""
    async with at_work(desk_file) as she:
        await she.press("r", "e")
        assert she.message == "! There is no roadmap yet: g proposes one."
        await she.press("home", "p")
        assert she.message == "! Select a capability or a work package first."
        await she.press("u")
        assert she.message == "! There is nothing to undo."
        await she.press("U")
        assert she.message == "! There is nothing to redo."


async def test_new_work_is_shown_as_not_placed(planned_file: Path) -> None:
    """Raising a target after the proposal leaves work without a place, and that is an error until it has one."""
    async with at_work(planned_file) as she:
        await she.press(*["down"] * 4, "right", "right", "right", "2", "r")
        she.sees(" errors |")
        await she.press("end")
        she.sees("Not placed yet", "Event management 2")
        await she.press("m", "down", "enter")
        assert {p.phase for i, p in she.project.roadmap.packages.items() if i.startswith("event-2")} == {"p2"}


async def test_work_of_the_whole_programme_has_its_own_row(planned_file: Path) -> None:
    """A package without a capability is listed by itself, also while it has no place; a proposal places it."""
    async with at_work(planned_file) as she:
        await she.press("w", "n")
        await she.type("Steering board")
        await she.press("down", "left", "enter")
        assert she.project.package_by_id["steering-board"].capability == ""
        await she.press("r", "end")
        assert she.row("Steering board").startswith(">    !people: Steering board")
        await she.press("t", "end", *["right"] * 5)
        she.sees("[Not placed yet]", "Steering board")
        await she.press("g", "enter", "enter", "e")
        she.sees("Why is Steering board here?")


async def test_findings_lead_to_their_items(planned_file: Path) -> None:
    """``v`` lists what is worth a look, worst first, with advice; Enter goes there."""
    async with at_work(planned_file) as she:
        await she.press("r", "/")
        await she.type("service desk 2")
        await she.press("enter", ">", "v")
        she.sees("Findings", "> error", "What to do: ")
        await she.press("enter")
        assert she.row("> ").startswith(">   +!")


async def test_a_strategy_that_asks_for_more_change_says_so(desk_file: Path) -> None:
    """Compliance first lets more processes change at once than the plan allows, on purpose."""
    async with at_work(desk_file, (120, 40)) as she:
        await she.press("r", "g")
        while "Compliance first" not in she.row("Strategy"):
            await she.press("right")
        await she.press("enter")
        she.sees("6 processes may change at once, where the plan allows 3: The standard asks for all its clauses")


async def test_a_strategy_that_does_not_fit_says_what_to_do(desk_file: Path) -> None:
    """Pains must be ticked before a roadmap can be made of them."""
    async with at_work(desk_file, (120, 40)) as she:
        await she.press("o", *["down"] * 3, "right")
        for _pain in she.project.pains:
            row = next(n for n, row in enumerate(she.plan.query_one("#rows").rows) if row.cells[0] == "[x]")  # type: ignore[attr-defined]
            await she.press("home", *["down"] * row, "space")
        assert not she.project.pains
        await she.press("r", "g")
        while "pain" not in she.row("Strategy").lower():
            await she.press("right")
        await she.press("enter")
        she.sees("No feasible roadmap", "tick")
