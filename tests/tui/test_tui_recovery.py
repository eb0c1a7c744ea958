"""Sessions that end by force, and the next one: what it finds, offers, and brings back."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from consultant import Consultant, app_on, at_work, text_of

from planner.edit.scope import set_target
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.store.journal import left
from planner.store.load import PlanUnreadable, load
from planner.store.save import save
from planner.tui.app import PlannerApp
from planner.tui.opening import plan_or_what_was_left, plan_screen
from planner.tui.reviewing import Reviewer
from planner.tui.typeahead import CONVERSATION


async def killed(she: Consultant) -> Project:
    """What a kill leaves: the plan as it was on the screen, and a journal that nobody writes any more."""
    project = she.project
    journal = she.plan.diary._journal
    assert journal is not None
    journal._file.close(1)
    she.plan.diary._journal = None
    she.plan.history = she.plan.history.mark_saved()
    return project


async def ended(path: Path, *keys: str) -> Project:
    """A session on ``path`` that is killed after ``keys``; the plan as it was on its screen."""
    async with at_work(path) as she:
        await she.press(*keys)
        return await killed(she)


async def test_edits_of_a_killed_session_are_offered_and_recovered(desk_file: Path) -> None:
    """r brings them back as edits that are not saved yet, each of them to be undone; the file has none of them."""
    text = text_of(desk_file)
    project = await ended(desk_file, "3", "down", "4")
    assert text_of(desk_file) == text
    async with app_on(desk_file).run_test(size=(80, 24)) as pilot:
        she = Consultant(pilot)
        while not any(worker.group == CONVERSATION for worker in she.app.workers):  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        await she.press_ahead("d", "r")  # meant for other things, before the question is there
        she.sees("recover", "A key typed before this came up is not an answer to it.")
        she.sees("Edits that were not saved", "2 edits were not saved", "recover", "compare", "discard", "later")
        await she.press("r")
        assert she.project == project
        assert she.message.startswith("Recovered: 2 edits.")
        she.sees("unsaved changes")
        await she.press("u")
        assert she.project != project
        await she.press("u", "u")
        assert she.message == "! There is nothing to undo."
        await she.press("U", "U", "s")
        assert load(desk_file).project == project
    assert left(desk_file) == ()


async def test_later_asks_again_and_loses_nothing(desk_file: Path) -> None:
    """c shows what the edits change; Esc opens the plan as in its file, and new edits overwrite nothing."""
    project = await ended(desk_file, "3")
    saved = load(desk_file).project
    async with at_work(desk_file) as she:
        await she.press("c")
        she.sees("What was not saved")
        await she.press("escape")
        she.sees("Edits that were not saved", "recover")
        await she.press("escape")
        assert she.project == saved
        assert she.message == "Opened as in its file; what was not saved is asked for again next time."
        await she.press("w", "a", "down", "5", "u", "q")
    async with at_work(desk_file) as she:
        she.sees("1 edit was not saved")
        await she.press("r")
        assert she.project == project


async def test_discarded_edits_can_be_done_again(desk_file: Path) -> None:
    """d leaves the plan as in its file; U does them again, also in a later session."""
    project = await ended(desk_file, "3")
    saved = load(desk_file).project
    async with at_work(desk_file) as she:
        await she.press("d")
        assert she.project == saved
        she.sees("U does again what was not saved", "saved")
        await she.press("q")
    async with at_work(desk_file) as she:
        she.sees_not("Edits that were not saved")
        await she.press("U")
        assert she.project == project


async def test_edits_come_together_with_a_file_that_changed_since(desk_file: Path, catalogue: Catalogue) -> None:
    """Somebody else has saved meanwhile: recovering merges, and says so."""
    project = await ended(desk_file, "3")
    loaded = load(desk_file)
    theirs = set_target(loaded.project, catalogue, "event", "people", 2)
    save(theirs, desk_file, loaded.text)
    async with at_work(desk_file) as she:
        she.sees("The file was changed since then: both are brought together.")
        await she.press("r")
        sms = project.process_by_id["sms"].target
        assert she.project.process_by_id["sms"].target == sms
        assert she.project.process_by_id["event"].target["people"] == 2
        await she.press("u")
        assert she.project == theirs
        await she.press("U", "s")
    async with at_work(desk_file) as she:
        she.sees_not("Edits that were not saved")
        assert she.project.process_by_id["sms"].target == sms


async def test_undo_history_survives_a_restart(desk_file: Path) -> None:
    """After a saved plan is opened again, u takes back the last edit of the session before, and H shows all."""
    before = load(desk_file).project
    async with at_work(desk_file) as she:
        await she.press("3", "down", "4", "s")
        after = she.project
        await she.press("q")
    async with at_work(desk_file) as she:
        assert she.project == after
        await she.press("u")
        assert she.message.startswith("Undone: ")
        await she.press("u")
        assert she.project == before
        await she.press("H")
        she.sees("where the history begins", "saved    Service desk")
        await she.press("escape", "U", "U")
        assert she.project == after
        she.sees("saved |")
        await she.press("5", "u", "s", "q")
    assert left(desk_file) == ()
    async with at_work(desk_file) as she:
        await she.press("u", "U", "5", "s", "u", "U", "q")
        assert not she.app.is_running
    assert left(desk_file) == ()


async def test_leaving_without_saving_can_be_undone(desk_file: Path) -> None:
    """What was given up stays in the history: U brings it back after the plan was opened again."""
    text = text_of(desk_file)
    async with at_work(desk_file) as she:
        await she.press("3")
        edited = she.project
        await she.press("q")
        she.sees("leave without saving: opened again, U brings the changes back")
        await she.press("d")
        assert not she.app.is_running
    assert text_of(desk_file) == text
    async with at_work(desk_file) as she:
        she.sees_not("Edits that were not saved")
        await she.press("U")
        assert she.project == edited
        await she.press("s")
    assert load(desk_file).project == edited


async def test_another_programs_change_begins_a_new_history(desk_file: Path, catalogue: Catalogue) -> None:
    """History that does not lead to what is in the file now cannot be gone on with; nothing is asked either."""
    async with at_work(desk_file) as she:
        await she.press("3", "s", "q")
    loaded = load(desk_file)
    save(set_target(loaded.project, catalogue, "event", "people", 2), desk_file, loaded.text)
    async with at_work(desk_file) as she:
        await she.press("u")
        assert she.message == "! There is nothing to undo."
        await she.press("4", "u", "q")
    async with at_work(desk_file) as she:
        she.sees_not("Edits that were not saved")


async def test_a_plan_whose_file_is_gone_comes_back_from_its_journal(desk_file: Path) -> None:
    """The list marks a plan with unsaved edits; its view of them has one that is gone, and s writes the file anew."""
    project = await ended(desk_file, "3")
    async with at_work(desk_file.parent) as she:
        assert "! " in she.row("Example Ltd")
        she.sees("1 edit of an ended session is not saved: Enter asks")
        await asyncio.to_thread(desk_file.unlink)
        await she.press("r")
        she.sees("1 with unsaved edits")
        await she.press("t", "t", "t")
        she.sees("desk", "1 edit; the plan is gone: Enter brings it back")
        await she.press("enter")
        assert she.project == project
        she.sees("unsaved changes", "desk.toml is gone. This is the plan as", "s writes it anew")
        await she.press("s")
        assert load(desk_file).project == project
        await she.press("u")
        assert she.project != project


async def test_a_broken_plan_opens_as_it_was_on_the_screen(desk_file: Path) -> None:
    """What is wrong with the file is said, and s leaves it alone; without a journal it is not opened."""
    project, text = await ended(desk_file, "3"), text_of(desk_file)
    await asyncio.to_thread(desk_file.write_text, f"{text}[[", "utf-8")
    app = PlannerApp(desk_file.parent, plan_or_what_was_left(desk_file))
    async with app.run_test(size=(80, 24)) as pilot:
        she = Consultant(pilot)
        await she.settle()
        assert she.project == project
        she.sees("desk.toml cannot be opened: ", "s keeps it under another name")
        await she.press("s", "o")
        await she.fill("desk-again")
        await she.press("enter")
        assert load(desk_file.with_name("desk-again.toml")).project == project
    assert text_of(desk_file) == f"{text}[["
    with pytest.raises(PlanUnreadable):
        plan_or_what_was_left(desk_file)


async def test_a_full_disk_is_said_once_and_stops_nothing(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Edits go on; when there is room again, all of them are kept."""

    def full(handle: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    async with at_work(desk_file) as she:
        with monkeypatch.context() as patch:
            patch.setattr("planner.store.journal_file.write_all", full)
            await she.press("3")
            she.sees("Edits are not being kept as you make them (the disk is full): save the plan soon.")
            await she.press("4")
            she.sees_not("not being kept")
            await she.press("q")
            she.sees("leave without saving: the changes are lost")
            await she.press("b")
        await she.press("5")
        project = await killed(she)
    async with at_work(desk_file) as she:
        she.sees("3 edits were not saved")
        await she.press("r")
        assert she.project == project


async def test_a_comment_that_was_being_typed_is_there_again(desk_file: Path) -> None:
    """The signal keeps edits and what stands in the form; the same form has it, once."""
    async with at_work(desk_file) as she:
        await she.press("3", "N")
        edited = she.project
        await she.type("Could the night shift join")
        os.kill(os.getpid(), signal.SIGTERM)
        await she.pilot.pause()
        assert not she.app.is_running
        assert she.app.return_code == 128 + signal.SIGTERM
    async with at_work(desk_file) as she:
        await she.press("r")
        assert she.project == edited
        await she.press("N")
        she.sees("Could the night shift join", "Taken up where an earlier session ended")
        await she.type(" in January?")
        await she.press("enter")
        assert she.project.comments[-1].text == "Could the night shift join in January?"
        await asyncio.sleep(1.2)
        await she.press("s", "q")
    async with at_work(desk_file) as she:
        await she.press("N")
        assert "night shift" not in she.row("| Remark ")
        she.sees_not("Taken up")


async def test_a_long_text_is_kept_while_it_is_typed(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill in the middle of a comment leaves what stood there a moment before; Esc gives it up."""
    monkeypatch.setattr("planner.tui.screens.form.PAUSE", 0.05)
    monkeypatch.setattr("planner.tui.screens.drafts.PAUSE", 0.01)
    async with at_work(desk_file) as she:
        await she.press("N")
        await she.type("Nobody has asked the service desk")
        await asyncio.sleep(0.2)
        await killed(she)
    async with at_work(desk_file) as she:
        await she.press("N")
        she.sees("Nobody has asked the service desk")
        await she.press("escape")
        await asyncio.sleep(0.1)
        await she.press("N")
        she.sees_not("Nobody has asked")
        await she.press("escape")
        await killed(she)
    async with at_work(desk_file) as she:
        await she.press("N")
        she.sees_not("Nobody has asked")


async def test_who_reviews_is_asked_about_remarks_only(desk_file: Path) -> None:
    """Edits of the plan wait for whoever writes it, and none of them can be taken back in a review."""
    mei = Reviewer("Mei Lin")

    @asynccontextmanager
    async def reviewing() -> AsyncIterator[Consultant]:
        app = PlannerApp(desk_file.parent, plan_screen(desk_file, mei), reviewer=mei)
        async with app.run_test(size=(80, 24)) as pilot:
            she = Consultant(pilot)
            await she.settle()
            yield she

    async with reviewing() as she:
        await she.press("N")
        await she.type("Why?")
        await she.press("enter")
        await killed(she)
    async with reviewing() as she:
        she.sees("1 edit was not saved", "Comment by Mei Lin: Why")
        await she.press("r", "u", "u")
        assert she.message == "! There is nothing to undo."
        await she.press("U", "s")
    assert [one.text for one in load(desk_file).project.comments] == ["Why?"]
    await ended(desk_file, "a", "3")
    async with reviewing() as she:
        assert "are not saved yet: whoever opens the plan to work on it is asked about them." in she.message
        assert she.project == load(desk_file).project
    assert [one.edits for one in left(desk_file)] == [1]
