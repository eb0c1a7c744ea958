"""Stories on the roadmap: look at it, move and pin in it, ask why, see what a move breaks before it is made."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from consultant import Consultant, at_work
from textual.widgets import Input

from planner.assessment.dates import finish_of, start_of
from planner.edit.roadmap import add_phase
from planner.model.measures import Milestone
from planner.model.project import Baseline, Phase, Planned, Project
from planner.model.values import Fixed
from planner.rollout.verify import verify
from planner.store.load import load
from planner.store.save import save
from planner.tui.areas.roadmap.moving import Mover
from planner.tui.areas.roadmap.replanning import Moves
from planner.tui.areas.roadmap.side import Side


def start(project: Project, item: str) -> date:
    """When the roadmap has an item begin."""
    day = start_of(project, project.roadmap, item) if project.roadmap else None
    assert day is not None
    return day


def phases_of(project: Project, beginning: str) -> set[str]:
    """The phases in which packages stand whose ids begin so."""
    assert project.roadmap is not None
    return {place.phase for item, place in project.roadmap.packages.items() if item.startswith(beginning)}


async def select(she: Consultant, words: str) -> None:
    """Put the cursor of the roadmap on an item."""
    await she.press("r", "/")
    await she.type(words)
    await she.press("enter")


async def test_a_move_is_tried_out_before_it_is_made(planned_file: Path) -> None:
    """The bar moves, below stands at once what breaks and by how much; Esc takes it back, Enter makes one edit."""
    async with at_work(planned_file) as she:
        before = she.project
        begin = start(before, "service-desk@2")
        await select(she, "service desk 2")
        bar = she.row("Service desk 2")
        await she.press("m")
        she.sees("Service desk 2 | from 2027-01-25 | in phase 1 One front door", "It breaks nothing.")
        she.sees("Left Right shift", "Up Down phase", "G re-plan", "Esc back")
        she.sees_not("Space", "u undo")
        await she.press("enter")
        assert she.message == "! It stands where it was: Left and Right move it, Esc leaves it there."
        await she.press("x")
        assert she.message == "! Something is being moved: Enter moves it, Esc takes it back."
        await she.press("right", "right", ">")
        she.sees("from 2027-02-15 | 3 weeks later", "constraints would break")
        she.sees("! Incident management 2 would start 15 working days too early: it needs Service")
        assert "░" in she.row(">   +!Service desk 2")
        assert she.row("Incident management 2").startswith("    +!Incident")
        assert she.project is before
        await she.press("escape")
        assert she.message == "Nothing was moved."
        assert she.row("Service desk 2") == bar
        await she.press("m", "pagedown", "h", "enter")
        assert she.message.startswith("Service desk 2: 3 weeks later")
        assert start(she.project, "service-desk@2") == begin + timedelta(weeks=3)
        assert verify(she.project)
        await she.press("u")
        assert she.project == before


async def test_a_move_to_another_phase_by_arrow_or_number(planned_file: Path) -> None:
    """Down and digits lead to another phase; what is over a role's capacity is told with its months and share."""
    async with at_work(planned_file) as she:
        await select(she, "problem management 2")
        await she.press("m", "9")
        assert she.message == "! There are 3 phases only."
        await she.press("up")
        assert she.message == "! There is no phase that way."
        await she.press("down")
        she.sees("in phase 2 Under control", "Change lead ", " % in 2027-0")
        await she.press("3")
        she.sees("in phase 3 ")
        await she.press("2", "enter")
        assert phases_of(she.project, "problem-2") == {"p2"}
        assert she.message.startswith("Problem management 2 to phase Under control.")
        assert she.row("> ").startswith(">   +!Problem management 2")


async def test_the_rest_is_planned_again_around_what_was_moved(planned_file: Path) -> None:
    """``G`` while moving: it is pinned there, the moves of the rest are shown, and all is one edit."""
    async with at_work(planned_file) as she:
        before = she.project
        await select(she, "incident management 2")
        await she.press("m", "right", "right", "G")
        dialog = she.app.screen
        assert isinstance(dialog, Moves)
        she.sees("Incident management 2: 2 weeks later, and the rest around it", "To make room for it", "[x]")
        await she.press("enter")
        assert start(she.project, "incident@2") == start(before, "incident@2") + timedelta(weeks=2)
        assert she.project.pin_by_item["incident@2"].reason == "moved by hand"
        assert verify(she.project) == ()
        assert len(she.plan.history.past) == 1
        await she.press("m", "pageup", "pageup", "G")
        she.sees("With it fixed there no roadmap keeps everything:", "Incident management 2")
        await she.press("escape")
        she.sees("8 weeks earlier", "would break")
        await she.press("escape", "u")
        assert she.project == before
        await select(she, "change management 2")
        await she.press("m", "up", "G")
        she.sees("Change management 2 to phase One front door, and the rest around it", "finishes on ")
        await she.press("escape")
        she.sees("in phase 1 One front door", "would break")
        await she.press("G", "enter")
        pin = she.project.pin_by_item["change@2"]
        assert (pin.phase, pin.not_before, pin.deadline, verify(she.project)) == ("p1", None, None, ())
        assert len(she.plan.history.past) == 1


async def test_marked_cards_move_together(planned_file: Path) -> None:
    """On the board Space marks, ``m`` and Right move all that is marked to the next phase in one edit."""
    async with at_work(planned_file) as she:
        await select(she, "service desk 2")
        await she.press("t")
        she.sees("[phases]", "[1 One front door]", "2027-01-04 to ", "items, ")
        await she.press("space")
        she.sees("1 marked", " + Service desk 2")
        while "Incident management 2" not in she.row("> "):
            await she.press("down")
        await she.press("space", "m")
        she.sees("2 items | in phase 1 One front door")
        await she.press("right")
        she.sees("2 items | in phase 2 Under control", "[2 Under control]", "would break")
        await she.press("enter")
        assert phases_of(she.project, "service-desk-2") == phases_of(she.project, "incident-2") == {"p2"}
        assert she.message.startswith("2 items to phase Under control.")
        she.sees_not("marked")
        assert len(she.plan.history.past) == 1
        await she.press("u", "left", "right")
        she.sees(" 1 One front door", "[2 ")
        item = she.plan.area.current
        await she.press("t", "t")
        assert she.plan.area.current == item
        she.sees("[timeline]")


async def test_a_week_later_and_a_week_earlier(planned_file: Path) -> None:
    """``>`` and ``<`` shift at once; what breaks is counted, marked with ``!`` and told below, by name."""
    async with at_work(planned_file) as she:
        before = start(she.project, "service-desk@2")
        await select(she, "service desk 2")
        await she.press(">")
        assert start(she.project, "service-desk@2") == before + timedelta(weeks=1)
        assert she.message.startswith("Service desk 2: a week later.")
        assert "!Service desk 2" in she.row("> ")
        she.sees("! 2 errors: Incident management 2 starts on")
        await she.press("<")
        assert start(she.project, "service-desk@2") == before
        assert not verify(she.project)
        await she.press("home", ">")
        assert she.message.startswith("One front door: a week later.")
        assert start(she.project, "service-desk@2") == before + timedelta(weeks=1)


async def test_packages_unfold_and_phases_fold(planned_file: Path) -> None:
    """Enter opens a capability, the milestones, and closes a phase."""
    async with at_work(planned_file) as she:
        await she.press("r", "home")
        she.sees_not("standard: ")
        await select(she, "service management system 2")
        await she.press("enter")
        she.sees("    people: ", "    standard: ")
        await she.press("home", "enter")
        she.sees_not("Service management system 2 ")
        assert she.row("1 One front door").startswith("> + 1")
        await she.press("end")
        stones = len(she.project.milestones)
        assert f"+ {stones} milestones" in she.row("> ")
        she.sees("Coming milestones:")
        await she.press("enter", "down")
        assert "◇" in she.row("> ")


async def test_why_it_is_here_beside_the_timeline(planned_file: Path) -> None:
    """From 120 columns ``E`` keeps the explanation beside the chart; narrower it says what to do instead."""
    async with at_work(planned_file) as she:
        await select(she, "service desk 2")
        await she.press("E")
        assert she.message == "! That needs 120 columns; e says it in a dialog."
        await she.press("e")
        she.sees("Why is Service desk 2 here?", "Why it is in the plan", "Why not earlier", "Its parts")
        await she.press("escape")
        await she.pilot.resize_terminal(130, 40)
        await she.press("E")
        she.sees("Why it is in the plan", "Service desk 2 needs Awareness training for IT and key users")
        await she.press("down", "down", "down")
        assert "Why not earlier" in she.screen
        assert she.project.title(she.plan.area.current) in str(she.plan.query_one(Side).paragraphs[0].text)
        await she.pilot.resize_terminal(100, 30)
        await she.settle()
        she.sees_not("Why not earlier")


async def test_maturity_by_phase(planned_file: Path) -> None:
    """``t`` twice: levels now, after each phase and wanted; ``+`` where one rises; the curve above says the mean."""
    async with at_work(planned_file) as she:
        await select(she, "incident management 3")
        await she.press("t", "t")
        she.sees("[maturity]", "◆1", "◆3", "2027-01")
        assert she.row("> ")[2:50].split()[:3] == ["Incident", "management", "1"]
        assert "2+" in she.row("> ")
        assert "3+" in she.row("> ")
        index = she.row("Organisation ").split()
        assert index[1] == f"{sum(p.level for p in she.project.processes if p.in_scope) / 27:.1f}"
        she.sees("Incident management: level 1 now, 3 wanted", "Incident management 3 on ")
        await she.press("t")
        assert she.plan.area.current == "incident@3"
        she.plan.apply("Room", lambda plan: add_phase(plan, Phase(id="empty", name="Nothing yet"), "p2"))
        await she.press("t", "t")
        assert she.row("  Process").split()[1:4] == ["now", "1", "One"]
        she.sees("3 Under", "4 Change")
        she.sees_not("2 Nothing")


async def test_a_baseline_is_drawn_where_it_was(planned: Project, tmp_path: Path) -> None:
    """Ghosts where bars were, in words how many days later; ``B`` leads through baselines to none."""
    assert planned.roadmap is not None
    was = {
        item: Planned(
            name=item, phase=p.phase, start=p.start - timedelta(weeks=4), finish=p.finish - timedelta(weeks=4)
        )
        for item, p in planned.roadmap.packages.items()
        if item.startswith("incident-3")
    }
    held = Baseline(id="b1", name="Contract", taken=date(2027, 1, 4), packages=Fixed(was))
    gate = Milestone(id="gate", name="Board meets", day=date(2027, 3, 1))
    save(replace(planned, baselines=(held,), milestones=(gate,)), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        await select(she, "incident management 3")
        she.sees("against Contract", "28 days later than in the baseline Contract")
        assert "░" in she.row("> ")
        await she.press("B")
        she.sees_not("against", "28 days later")
        assert "░" not in she.row("> ")
        await she.press("end")
        she.sees("2027-03-01 Board meets")


async def test_a_filter_leaves_the_matching_work_with_its_phases(planned_file: Path) -> None:
    """Words and fields; phases without anything are not shown; the count is; Esc shows everything again."""
    async with at_work(planned_file) as she:
        await she.press("r", "f")
        assert isinstance(she.app.focused, Input)
        await she.type("incident")
        she.sees("1 One front door", "Incident management 2", "Incident management 3")
        she.sees_not("3 Change management", "milestones", "Service desk 2")
        await she.fill("critical:yes level>2")
        she.sees("Change management 3")
        she.sees_not("Service desk 2")
        await she.press("escape", "home")
        she.sees("Knowledge management 2")


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
        await she.press("end", "up", "x")
        assert [phase.name for phase in she.project.phases].count("Certification") == 0


async def test_a_pin_is_set_and_the_file_keeps_it(planned_file: Path) -> None:
    """Not before a day, with the reason; it is told below and marked; saved and read again it is the same."""
    async with at_work(planned_file) as she:
        await select(she, "service desk 2")
        await she.press("p", "down")
        await she.fill("2027-01-11")
        await she.press("down", "down", "down")
        await she.type("board decision")
        await she.press("enter")
        assert she.project.pin_by_item["service-desk@2"].not_before == date(2027, 1, 11)
        she.sees("* pinned: not before 2027-01-11 (board decision)")
        assert she.row("> ").startswith(">   +*Service desk 2")
        await she.press("s")
        assert load(planned_file).project == she.project


async def test_an_action_that_cannot_be_done_says_why(desk_file: Path) -> None:
    """No silent keys: without a roadmap, without a selection, in another view."""
    async with at_work(desk_file) as she:
        await she.press("r", "e")
        assert she.message == "! There is no roadmap yet: g proposes one."
        she.sees("No roadmap yet: press g to have one proposed", "Not placed yet", "Service desk 3")
        await she.press("home", "p")
        assert she.message == "! Select a capability or a work package first."
        await she.press("t", "z")
        assert she.message == "! Only the timeline can be zoomed; t shows it."
        await she.press("B")
        assert she.message == "! There is no roadmap yet: g proposes one."


async def test_new_work_is_shown_as_not_placed(planned: Project, tmp_path: Path) -> None:
    """Work without a place is an error until it has one; that of the whole programme has a row of its own."""
    assert planned.roadmap is not None
    places = planned.roadmap.packages
    held = {item: place for item, place in places.items() if not item.startswith(("config-3", "vision-workshop"))}
    save(replace(planned, roadmap=replace(planned.roadmap, packages=Fixed(held))), tmp_path / "plan.toml")
    async with at_work(tmp_path / "plan.toml") as she:
        await she.press("r", "end")
        she.sees("Not placed yet")
        while "Configuration management 3" not in she.row("> "):
            await she.press("up")
        assert she.row("> ").startswith(">   +!")
        await she.press("m", "right")
        she.sees("! Configuration management 3 has no place yet")
        await she.press("enter")
        assert she.plan.query_one(Mover).active
        await she.press("2", "enter")
        assert phases_of(she.project, "config-3") == {"p2"}
        await she.press("end")
        assert she.row("> ").startswith(">    !people: Sponsor briefing")
        await she.press("t", "end", *["right"] * 5)
        she.sees("[Not placed yet]", "Sponsor briefing")
        assert finish_of(she.project, she.project.roadmap, "config@3") is not None  # type: ignore[arg-type]
