"""Stories on why an item is where it is, what would move it, and plans that have no roadmap."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from consultant import Consultant, at_work

from planner.assessment import dates
from planner.model.project import Phase, Pin, Project
from planner.rollout.explain import explain
from planner.rollout.verify import verify
from planner.store.save import save
from planner.tui.areas.roadmap.ways import Ways
from planner.tui.named import in_names

ITEM = "incident@3"


def start_of(project: Project) -> date:
    """When Incident management 3 begins."""
    start = dates.start_of(project, project.roadmap, ITEM) if project.roadmap else None
    assert start is not None
    return start


def phase_of(project: Project) -> Phase:
    """The phase in which Incident management 3 stands."""
    assert project.roadmap is not None
    return project.phase_by_id[dates.phase_of(project, project.roadmap, ITEM)]


async def select(she: Consultant, words: str) -> None:
    """Put the cursor of the roadmap on an item."""
    await she.press("r", "/")
    await she.type(words)
    await she.press("enter")


def pinned(project: Project, deadline: date, folder: Path) -> Path:
    """A plan that promises Incident management 3 by a day."""
    path = folder / "pinned.toml"
    save(replace(project, pins=(*project.pins, Pin(item=ITEM, deadline=deadline))), path)
    return path


async def test_the_chain_to_the_start_and_the_slack(planned_file: Path) -> None:
    """The explanation leads back to the project start, and says how much later the item may start."""
    async with at_work(planned_file, (120, 40)) as she:
        await select(she, "incident management 3")
        await she.press("e")
        found = explain(she.project, ITEM)
        she.sees("Why is Incident management 3 here?", "Why not earlier", "How that goes back to the start")
        she.sees("phase Under control is for: ")
        assert found.slack is not None
        she.sees("How much later it may start", "with everything else where it is", "if staff had no limit")
        she.sees(f"{found.slack.total} working day")
        she.sees("why not in phase ...", "what would move it")
        first = found.chain[-1]
        assert first.start == she.project.engagement.start
        await she.press("end")
        she.sees(f"{first.start} to {first.finish} ")


async def test_what_would_move_it_is_adopted(planned: Project, planned_file: Path) -> None:
    """Each change was tried out; a look at the roadmap that comes of one; change and roadmap are one edit."""
    async with at_work(planned_file) as she:
        await select(she, "incident management 3")
        await she.press("e", "w")
        she.sees("What would move Incident management 3?", "What to change", "earlier")
        dialog = she.app.screen
        assert isinstance(dialog, Ways)
        way = dialog.ways[0]
        she.sees(in_names(planned, way.said()), f"Tried out: with it all work is done on {way.finish}.")
        await she.press("enter")
        she.sees("How good it is: ", "proposed      now")
        assert she.project == planned
        await she.press("enter")
        start = start_of(she.project)
        assert start == way.start
        assert start == start_of(planned) - timedelta(days=way.days)
        assert not verify(she.project)
        assert she.message.startswith("Changed and proposed again: ")
        await she.press("u")
        assert she.project == planned


async def test_why_not_in_an_earlier_phase(planned: Project, planned_file: Path) -> None:
    """Proposed with that demanded: what it costs, and it can be had. Esc leads back to the explanation."""
    async with at_work(planned_file) as she:
        await select(she, "incident management 3")
        here = phase_of(planned)
        await she.press("e", "p")
        she.sees("Where do you want Incident management 3?", "earlier: finished by a day")
        she.sees_not(f" {here.name} ~")
        await she.press("enter")
        she.sees("Incident management 3 in phase One front door?", "It can be done.", "it starts ", "all work ends ")
        await she.press("escape")
        she.sees("Why is Incident management 3 here?")
        await she.press("p", "enter", "enter")
        assert phase_of(she.project).id == planned.phases[0].id
        assert she.project.pin_by_item[ITEM].phase == planned.phases[0].id


async def test_why_not_earlier_tells_what_breaks(planned_file: Path) -> None:
    """A day that nothing can reach: the conflict in words, and the plan stays."""
    async with at_work(planned_file) as she:
        await select(she, "incident management 3")
        await she.press("e", "p", "end", "down", "down", "enter")
        she.sees("Finished by", "now it is finished on ")
        await she.type("2026-12-01")
        await she.press("enter")
        she.sees("! The project starts on 2027-01-04 only: give a later day.")
        await she.fill("2027-02-01")
        await she.press("enter")
        she.sees("Incident management 3 finished by 2027-02-01?", "What breaks then", "2027-02-01")
        await she.press("escape", "escape")
        assert not she.plan.history.dirty
