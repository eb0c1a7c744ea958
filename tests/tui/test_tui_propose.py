"""Stories on a roadmap before it is adopted: what it moves, a part of it, what stands in the way of one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from consultant import Consultant, at_work

from planner.model.project import Pin, Project
from planner.rollout.adopting import adopted_in_part, with_needs
from planner.rollout.repairs import Diagnosis
from planner.rollout.verify import verify
from planner.store.save import save
from planner.tui.areas.propose.adoption import Preview, change
from planner.tui.areas.propose.area import ProposeArea
from planner.tui.areas.roadmap.ways import Ways
from planner.tui.named import in_names

NOTHING = Diagnosis((), (), proof=False, repairs=(), complete=False)


def pinned(project: Project, deadline: date, folder: Path) -> Path:
    """A plan that promises Incident management 3 by a day."""
    path = folder / "pinned.toml"
    save(replace(project, pins=(*project.pins, Pin(item="incident@3", deadline=deadline))), path)
    return path


def preview_of(she: Consultant) -> Preview:
    """The moves on the screen."""
    dialog = she.app.screen
    assert isinstance(dialog, Preview), she.screen
    return dialog


async def test_a_newcomer_gets_a_roadmap_with_three_keys(desk_file: Path) -> None:
    """What to do is said; the strategy of the template is under the cursor; phases with gates; what to do next."""
    async with at_work(desk_file) as she:
        await she.press("g")
        she.sees("A strategy says what comes first.", "Nothing in the plan changes until you have seen a roadmap")
        she.sees("recommended for this plan. ")
        assert "Desk & incident first" in she.row("> ")
        await she.press("enter")
        assert she.message == "Desk & incident first: 1 roadmap found. Enter shows what it would move."
        assert she.project.roadmap is None
        await she.press("enter")
        she.sees("Proposal: Desk & incident first", "How good it is: ", "Days to the first result")
        await she.press("pagedown")
        she.sees("Gate: ")
        await she.press("enter")
        first = she.project.roadmap
        assert first is not None
        last = max(place.finish for place in first.packages.values())
        words = f"Roadmap by Desk & incident first: {len(she.project.phases)} phases, done on {last}. r shows it"
        assert she.message == f"{words}, u takes it back."
        she.sees("Adopted roadmap", "This is the adopted roadmap.")
        await she.press("u", "g", "end", "enter", "home", "enter", "enter")
        assert she.project.roadmap == first


async def test_some_moves_are_adopted(planned_file: Path, planned: Project) -> None:
    """A capability in a row, its packages folded; each choice is judged at once; one edit, which can be undone."""
    async with at_work(planned_file) as she:
        await she.press("g", "end", "up", "enter", "enter")
        preview = preview_of(she)
        found = preview.found
        she.sees(f"{len(found.shifts)} move", f"{found.unchanged} stay", "Reached")
        she.sees(f"{len(found.shifts)} of {len(found.shifts)} accepted: keeps everything that the plan asks for")
        one = found.shifts[0]
        assert change(one) in she.row("> [x] ")
        await she.press("right")
        assert str(planned.roadmap.packages[one.packages[0]].finish) in she.screen  # type: ignore[union-attr]
        await she.press("left", "M", "space")
        assert preview.ticked == {one.item}
        part = adopted_in_part(planned, found, {one.item})
        broken = verify(part)
        assert broken
        she.sees(f"! 1 of {len(found.shifts)} accepted: breaks {len(broken)} constraint")
        she.sees(in_names(planned, broken[0].message)[:40])
        assert preview.grounds
        needs = preview.grounds[one.item].needs
        she.sees("needs the moves of ", "! declined, and needed by this one: ")
        await she.press("+")
        assert preview.ticked == {one.item, *needs} == with_needs({one.item}, preview.grounds)
        await she.press("M", "M", "enter")
        assert she.message == "Nothing was accepted: the plan is as it was."
        await she.press("enter", "M", "space", "enter")
        assert she.project == part
        assert "1 of" in she.plan.history.undo_label
        assert "!" in she.row("Adopted roadmap")[:5]
        assert "edited" in she.row("Adopted roadmap")
        await she.press("u")
        assert she.project == planned
        await she.press("enter", "escape")
        assert not she.plan.history.dirty


async def test_a_plan_that_changed_makes_roadmaps_old(planned_file: Path, planned: Project) -> None:
    """They are marked and judged as the plan is now; the preview says so; a new proposal is not marked."""
    async with at_work(planned_file) as she:
        await she.press("g", "end", "up", "enter")
        area = she.plan.query_one(ProposeArea)
        ident = area.sheet.key
        assert "~" not in she.row("> ")[:5]
        she.plan.apply("Less change", lambda p: replace(p, limits=replace(p.limits, absorption=2)))
        await she.settle()
        assert "!~" in she.row("> ")[:5]
        she.sees("~ Made for an earlier state of the plan", "the plan has changed; Enter proposes again")
        await she.press("enter")
        she.sees("~ Made for an earlier state of the plan: what came in since stays")
        await she.press("escape", "end", "up", "enter")
        she.sees("Quick wins, value first (2)"[-12:])
        assert area.sheet.key != ident
        assert "~" not in she.row("> ")[:5]


async def test_an_infeasible_plan_is_repaired_by_the_first_suggestion(planned: Project, tmp_path: Path) -> None:
    """The reason in names; what clashes, repairs with their cost; the first is applied and proposed again by itself."""
    async with at_work(pinned(planned, date(2027, 5, 31), tmp_path)) as she:
        before = she.project
        await she.press("g", "enter")
        assert "! no roadmap: " in she.row("> ")
        she.sees("! Incident management 3 cannot finish by 2027-05-31", "2027-05-31")
        await she.press("enter")
        she.sees("No feasible roadmap", "2027-05-31", "look for repairs")
        await she.press("enter")
        she.sees("What would mend it?", "These demands cannot hold together:", "is to finish by 2027-05-31", "Cost")
        dialog = she.app.screen
        assert isinstance(dialog, Ways)
        costs = [way.cost for way in dialog.ways]
        assert costs == sorted(costs)
        repaired = dialog.ways[0].edit(before)
        await she.press("enter")
        assert she.plan.history.undo_label.startswith("Repair: ")
        assert she.project == repaired
        she.sees("Desk & incident first: 1 roadmap found.")
        await she.press("enter", "enter")
        assert not verify(she.project)
        await she.press("u", "u")
        assert she.project == before


async def test_repairs_may_be_left_alone(planned: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc on the conflict or on the repairs changes nothing; nothing tried is not the same as nothing to be found."""
    monkeypatch.setattr("planner.tui.areas.propose.repairs.explain_infeasible", lambda *args, **kwargs: NOTHING)
    async with at_work(pinned(planned, date(2027, 5, 31), tmp_path)) as she:
        await she.press("g", "enter", "enter", "escape", "enter", "enter")
        she.sees("No repair was found yet", "Not everything was tried")
        she.sees_not("Enter apply")
        await she.press("enter")
        she.sees("! There is nothing to choose; Esc goes back.")
        await she.press("escape")
        assert not she.plan.history.dirty
