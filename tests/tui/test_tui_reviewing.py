"""A review: everything can be read, the plan stays as it is, remarks are kept and survive whatever happens."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from consultant import Consultant, text_of
from textual.screen import ModalScreen
from textual.widgets import Input

from planner.catalog.ids import process_ids
from planner.edit.review import add_comment, decide, take_baseline
from planner.model.project import Decision, Project
from planner.model.remarks import Remarks
from planner.model.values import Fixed
from planner.store.load import PlanUnreadable, load
from planner.store.lock import Lock
from planner.store.remarks import load_remarks, review_path, save_remarks
from planner.store.save import save
from planner.tui.app import PlannerApp
from planner.tui.areas.roadmap.moving import Mover
from planner.tui.keynames import action_name
from planner.tui.opening import plan_screen
from planner.tui.places import PLACES
from planner.tui.reviewing import Reviewer, review
from planner.tui.screens.form import Form
from planner.tui.screens.plan import PlanScreen

MEI = "Mei Lin"
DAY = date(2027, 1, 2)


def app_for(path: Path, reviewer: Reviewer) -> PlannerApp:
    """The planner on a plan or on a folder of plans."""
    if path.is_dir():
        return PlannerApp(path, reviewer=reviewer)
    return PlannerApp(path.parent, plan_screen(path, reviewer), reviewer=reviewer)


@asynccontextmanager
async def reviewing(path: Path, reviewer: Reviewer, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Consultant]:
    """A reviewer before the planner opened on a plan or on a folder of plans."""
    async with app_for(path, reviewer).run_test(size=size) as pilot:
        consultant = Consultant(pilot)
        await consultant.settle()
        yield consultant


@pytest.fixture
def remarks_file(planned_file: Path) -> Path:
    return review_path(planned_file, MEI, planned_file.parent)


@pytest.fixture
def to_file(remarks_file: Path) -> Reviewer:
    return Reviewer(MEI, remarks_file)


async def test_a_review_is_read_written_and_found_again(
    planned: Project, planned_file: Path, to_file: Reviewer, remarks_file: Path
) -> None:
    """She sees what changed since the approved baseline, remarks, answers, settles, decides; the plan stays."""
    plan = take_baseline(planned, "Agreed", DAY, approved_by="Sponsor")
    plan = take_baseline(plan, "Later thoughts", date(2027, 1, 9))
    first = plan.processes[0]
    aimed = replace(first, target=Fixed(dict.fromkeys(first.target, 4)))
    plan = replace(plan, processes=(aimed, *plan.processes[1:]))
    plan = add_comment(plan, "Is this needed?", DAY, item=first.id, author="Sponsor")
    save(plan, planned_file, overwrite=True)
    before = text_of(planned_file)
    async with reviewing(planned_file, to_file) as she:
        she.sees("[R Review]", "review, saved", "Review by Mei Lin, kept in planned.review-mei-lin.toml.")
        await she.press("right")
        she.sees("Since Agreed of 2027-01-02, approved by Sponsor")
        await she.press("left", "down", "right", "enter")
        she.sees("Sponsor: Is this needed?")
        await she.type("The auditor asks for it.")
        await she.press("enter", "space")
        she.sees("[x]", "Mei Lin: The auditor asks for it.")
        await she.press("home", "c")
        await she.type(" No!")
        await she.press("enter")
        she.sees("Sponsor has said this: Enter answers it")
        await she.press("escape")

        await she.press("a", "N")
        await she.type("[P1] why?")
        await she.press("enter", "R", "left", "end", "up", "right")
        she.sees("Exit criteria: ", "Delivers: ")
        await she.press("enter")
        she.sees("Exit criteria: ", "Delivers: ", "Decision", "1 open remark: Mei Lin: [P1] why?")
        await she.press("right", "right", "down")
        await she.type("too early")
        await she.press("enter")
        she.sees("rejected (Mei Lin")
        assert not she.plan.history.dirty
    assert text_of(planned_file) == before
    kept = load_remarks(remarks_file)
    assert [(one.id, one.text, one.reply_to) for one in kept.comments] == [
        ("r-mei-lin-1", "The auditor asks for it.", "c1"),
        ("r-mei-lin-2", "[P1] why?", ""),
    ]
    assert [one.comment for one in kept.settled] == ["c1"]
    assert [(one.verdict, one.note) for one in kept.decisions] == [("rejected", "too early")]

    async with reviewing(planned_file, to_file) as she:
        await she.press("down", "right", "f")
        assert "The auditor asks for it." not in she.screen
        await she.press("f", "home")
        she.sees("Mei Lin: The auditor asks for it.", "[P1] why?")
        await she.press("home", "x")
        assert "Mei Lin: [P1] why?" not in she.screen
        await she.press("u")
    assert load_remarks(remarks_file) == kept


async def test_what_others_decided_stays_theirs(planned: Project, planned_file: Path, to_file: Reviewer) -> None:
    phase = planned.phases[0].id
    decision = Decision(phase=phase, verdict="approved", author="Sponsor", made=DAY)
    save(decide(planned, decision), planned_file, overwrite=True)
    async with reviewing(planned_file, to_file) as she:
        await she.press("down", "down", "right", "x")
        assert she.message.startswith("! Sponsor has decided here on 2027-01-02")
        await she.press("enter", "right", "right", "enter")
        she.sees("Sponsor has decided here on 2027-01-02")
        await she.press("escape")
        assert she.project.decisions == (decision,)


async def test_a_reviewer_who_may_write_saves_into_the_plan(planned_file: Path) -> None:
    """What the owner has saved meanwhile stays, and so do the remarks."""
    async with reviewing(planned_file, Reviewer(MEI)) as she:
        she.sees("Review by Mei Lin: s saves the remarks in the plan.")
        await she.press("a", "N")
        await she.type("Why?")
        await she.press("enter")
        assert she.plan.history.dirty
        owners = load(planned_file)
        save(add_comment(owners.project, "Mine", DAY, author="Owner"), planned_file, owners.text)
        await she.press("s")
        assert she.message == "Saved to planned.toml."
    assert [one.text for one in load(planned_file, process_ids()).project.comments] == ["Mine", "Why?"]


async def test_the_owner_saves_meanwhile_and_the_remarks_stay(
    planned_file: Path, to_file: Reviewer, remarks_file: Path
) -> None:
    async with reviewing(planned_file, to_file) as she:
        await she.press("a", "N")
        await she.type("Why?")
        await she.press("enter")
        owners = load(planned_file)
        save(add_comment(owners.project, "Mine", DAY, author="Owner"), planned_file, owners.text)
        she.plan.look()
        await she.settle()
        assert "was read again, and your remarks are kept" in she.message
        assert [one.text for one in she.project.comments] == ["Mine", "Why?"]
    assert [one.text for one in load_remarks(remarks_file).comments] == ["Why?"]


async def test_a_dropped_line_keeps_the_half_written_remark(
    planned_file: Path, to_file: Reviewer, remarks_file: Path
) -> None:
    """The next session goes on where the line was dropped, once."""
    async with reviewing(planned_file, to_file) as she:
        await she.press("a", "N")
        await she.type("Whole remark")
        await she.press("enter", "down", "N")
        await she.type("Half a rem")
        item = she.plan.area.current
        she.plan.rescue()
    assert load_remarks(remarks_file).draft is not None
    async with reviewing(planned_file, to_file) as she:
        await asyncio.sleep(0.2)
        await she.settle()
        she.sees("Half a rem")
        await she.type("ark")
        await she.press("enter")
        assert [(one.text, one.item) for one in she.project.comments][1:] == [("Half a remark", item)]
        await she.press("R", "down", "down", "enter", "enter", "right", "tab")
        await she.type("Only if the")
        she.plan.rescue()
    kept = load_remarks(remarks_file)
    assert [one.text for one in kept.comments] == ["Whole remark", "Half a remark"]
    assert kept.decisions == ()
    async with reviewing(planned_file, to_file) as she:
        await asyncio.sleep(0.2)
        await she.settle()
        she.sees("Gate: ", "approved with conditions", "Only if the")
        await she.press("tab")
        await she.press("end")
        await she.type(" desk agrees")
        await she.press("enter")
    kept = load_remarks(remarks_file)
    assert kept.draft is None
    assert [(one.verdict, one.note) for one in kept.decisions] == [("conditions", "Only if the desk agrees")]


async def test_where_no_remarks_are_taken_everything_can_be_read(planned_file: Path) -> None:
    async with reviewing(planned_file, Reviewer(MEI, remarks=False)) as she:
        await she.press("N")
        assert she.message == "! The plan can only be read here; remarks are not taken."
        await she.press("down", "right", "n")
        assert not isinstance(she.app.screen, ModalScreen)
    assert [path.name for path in planned_file.parent.iterdir() if path.suffix == ".toml"] == ["planned.toml"]


async def test_a_folder_is_a_list_to_open_reviews_from(planned_file: Path, tmp_path: Path) -> None:
    """Files stay as they are: every key that would touch one says so; Enter opens a review."""
    reviews = tmp_path / "reviews"
    reviews.mkdir()
    names = {path.name for path in planned_file.parent.iterdir()}
    async with reviewing(planned_file.parent, Reviewer(MEI, folder=reviews)) as she:
        she.sees_not("archive", "n new")
        for key in ("n", "D", "c", "A", "x", "t", "u"):
            await she.press(key)
            she.sees("! A review leaves the files as they are")
            assert not isinstance(she.app.screen, ModalScreen)
        await she.press("enter", "N")
        await she.type("Why?")
        await she.press("enter", "escape")
        she.sees("Plans in")
    assert {path.name for path in planned_file.parent.iterdir()} - {".planner"} == names
    assert [one.text for one in load_remarks(reviews / "planned.review-mei-lin.toml").comments] == ["Why?"]


async def test_remarks_that_cannot_be_written_stay_and_are_told(
    planned_file: Path, to_file: Reviewer, remarks_file: Path
) -> None:
    """Leaving asks; once the file can be written they are saved after all."""
    async with reviewing(planned_file, to_file) as she:
        link(remarks_file, planned_file)
        await she.press("a", "N")
        await she.type("Why?")
        await she.press("enter")
        assert "is a link" in she.message
        she.sees("unsaved changes")
        await she.press("escape")
        she.sees("has changes that are not saved")
        await she.press("b")
        unlink(remarks_file)
        await she.press("s")
        she.sees("review, saved")
    assert [one.text for one in load_remarks(remarks_file).comments] == ["Why?"]


def link(path: Path, to: Path) -> None:
    """Put a link in the place of a file."""
    path.symlink_to(to)


def unlink(path: Path) -> None:
    """Take it away."""
    path.unlink()


def test_where_the_remarks_go(planned_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Into the plan where one may; beside it where somebody has it open; else to the reviewer's own data."""

    def goes() -> Path | None:
        return review(planned_file, Reviewer(MEI))[1].file

    beside = review_path(planned_file, MEI)
    assert goes() is None
    held = Lock.take(planned_file)
    assert isinstance(held, Lock)
    assert goes() == beside
    held.release()
    assert goes() is None
    asked = Reviewer(MEI, file=tmp_path / "mine.toml")
    assert review(planned_file, asked)[1].file == tmp_path / "mine.toml"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(os, "access", lambda *_args: False)
    assert goes() == tmp_path / "data" / "itsm-planner" / "reviews" / beside.name


def test_a_review_of_somebody_else_or_of_another_plan_is_not_gone_on_with(planned_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    save_remarks(Remarks(plan="x", file="planned.toml", reviewer="Jo"), file)
    with pytest.raises(PlanUnreadable, match="this is the review of Jo"):
        review(planned_file, Reviewer(MEI, file))
    save_remarks(Remarks(plan="x", file="other.toml", reviewer=MEI), file)
    with pytest.raises(PlanUnreadable, match=r"this is a review of other\.toml"):
        review(planned_file, Reviewer(MEI, file))


SENTENCE = "A review leaves the plan as it is"
SAFE = {
    "leave",
    "help",
    "palette",
    "labels",
    "repaint",
    "find",
    "save",
    "comment",
    "back",
    "list",
    "area",
    "undo",
    "redo",
}
"""Actions that lead away from the place, or that a reviewer has."""
ASKS = {("propose", "settings")}
"""Forms that change nothing in the plan."""


async def test_every_key_that_changes_the_plan_says_why_it_does_not(planned_file: Path, to_file: Reviewer) -> None:
    """In every place, as it is seen first: the sentence, no dialog, the same plan; and the line of keys is silent."""
    seen = []
    async with reviewing(planned_file, to_file) as she:
        before = she.project
        for name, place in PLACES.items():
            await she.press(place.key)
            await to_rows(she, name)
            for action, key in (await keys_of(she)).items():
                if she.plan.refused(action_name(action)):
                    await she.press(key)
                    words = she.plan.access.keeps_in if action_name(action) == "export" else SENTENCE
                    assert words in she.plan.said.text, (name, key)
                    assert not isinstance(she.app.screen, ModalScreen)
                    seen.append(f"{name}.{action_name(action)}")
        assert she.project == before
        she.sees_not("n new", "x remove", "c change", "m move")
        await she.press(":")
        await she.type("scope")
        she.sees_not("Out of scope, or in again")
    wanted = {"assessment.level", "work.open", "work.remove", "dependencies.new", "roadmap.move_item", "checks.mute"}
    assert {*wanted, "organisation.change", "review.new"} <= {*seen}


@pytest.mark.soak
@pytest.mark.parametrize("place", PLACES)
async def test_no_key_of_any_place_changes_the_plan(place: str, planned_file: Path, to_file: Reviewer) -> None:
    """Every key of the place is pressed twice: by its owner, to see what it does, and by a reviewer.

    What changes the plan for the owner, or asks in a form for what to change, answers a reviewer with the sentence.
    """
    changing = set()
    app = PlannerApp(planned_file.parent, PlanScreen(load(planned_file, process_ids()), place))
    async with app.run_test(size=(120, 40)) as pilot:
        owner = Consultant(pilot)
        await owner.settle()
        owner.plan.assessor = "Owner"
        await to_rows(owner, place)
        keys = await keys_of(owner)
        opened_with = owner.project
        for action, key in keys.items():
            await owner.press(key)
            asks = isinstance(app.screen, Form) and (place, action_name(action)) not in ASKS
            if owner.project != opened_with or asks:
                changing.add(key)
            await back(owner)
            owner.plan.history = owner.plan.history.go(-99)
            await to_rows(owner, place)
    async with reviewing(planned_file, to_file, size=(120, 40)) as she:
        await she.press(PLACES[place].key)
        await to_rows(she, place)
        for key in keys.values():
            before = she.project
            await she.press(key)
            said = she.plan.said.text
            await back(she)
            assert she.project == before, key
            assert key not in changing or SENTENCE in said, (key, she.screen)
            await to_rows(she, place)
    assert changing or place == "propose", place


async def keys_of(she: Consultant) -> dict[str, str]:
    """Everything that can be done in the place, with its first key."""
    found: dict[str, str] = {}
    for key, active in she.app.screen.active_bindings.items():
        if action_name(active.binding.action) not in SAFE and "ctrl" not in key:
            found.setdefault(active.binding.action, key)
    return found


async def to_rows(she: Consultant, place: str) -> None:
    """To where the keys have something to work on."""
    if place in ("organisation", "review"):
        await she.press("home", "right", "home")
    elif place in ("roadmap", "dependencies"):
        await she.press("home", "down")
    she.plan.say("")


async def back(she: Consultant) -> None:
    """Out of whatever the key has opened."""
    for _try in range(4):
        moving = any(mover.active for mover in she.plan.query(Mover))
        if moving or isinstance(she.app.screen, ModalScreen) or isinstance(she.app.focused, Input):
            await she.press("escape")
