"""Nothing typed is lost: saving, leaving, files that change, sessions that end by force."""

import asyncio
import os
from pathlib import Path

import pytest
from consultant import at_work, text_of

from planner.edit.scope import set_target
from planner.model.knowledge import Catalogue
from planner.store.load import load
from planner.store.lock import holder
from planner.store.save import save


async def test_quitting_asks_when_something_is_not_saved(desk_file: Path) -> None:
    """Back stays; Esc stays; discard leaves the file as it was."""
    text = text_of(desk_file)
    async with at_work(desk_file) as she:
        await she.press("3", "q")
        she.sees("Not saved", "save and leave", "leave without saving")
        await she.press("b")
        she.sees("unsaved changes")
        await she.press("ctrl+q", "escape", "q")
        she.sees("Not saved")
        await she.press("d")
        assert not she.app.is_running
    assert text_of(desk_file) == text


async def test_quitting_can_save_first(desk_file: Path) -> None:
    """Enter on the first answer saves and leaves."""
    async with at_work(desk_file) as she:
        await she.press("3", "q", "enter")
        await she.pilot.pause()
        assert not she.app.is_running
    assert load(desk_file).project.process_by_id["sms"].target["people"] == 3


async def test_a_saved_plan_quits_at_once(desk_file: Path) -> None:
    """No question where there is none."""
    async with at_work(desk_file) as she:
        await she.press("q")
        assert not she.app.is_running


async def test_undoing_everything_is_saved_again(desk_file: Path) -> None:
    """The state is that of the plan, not of the number of keys."""
    async with at_work(desk_file) as she:
        await she.press("3")
        she.sees("unsaved changes")
        await she.press("u", "s")
        assert she.message == "Everything is saved already."


async def test_a_file_that_changed_meanwhile_is_not_overwritten(desk_file: Path, catalogue: Catalogue) -> None:
    """Somebody else saved: keep both, or read theirs; nothing happens by itself."""
    async with at_work(desk_file) as she:
        await she.press("3")
        loaded = load(desk_file)
        theirs = save(set_target(loaded.project, catalogue, "event", "people", 2), desk_file, loaded.text)
        await she.press("s")
        she.sees("The file has changed", "Nothing has been written.")
        await she.press("b")
        assert text_of(desk_file) == theirs
        she.sees("unsaved changes")

        await she.press("s", "o")
        she.sees("Save under another name", "desk-2.toml")
        await she.press("enter")
        await she.settle()
        she.sees("Saved to desk-2.toml.")
        assert holder(desk_file) is None
        assert holder(desk_file.with_name("desk-2.toml")) is not None
        assert text_of(desk_file) == theirs
        assert load(desk_file.with_name("desk-2.toml")).project == she.project


async def test_a_file_that_changed_meanwhile_can_be_read_again(desk_file: Path, catalogue: Catalogue) -> None:
    """Reading again shows theirs, and undoing it brings back what was changed here."""
    async with at_work(desk_file) as she:
        await she.press("3")
        loaded = load(desk_file)
        save(set_target(loaded.project, catalogue, "event", "people", 2), desk_file, loaded.text)
        await she.press("s", "r")
        assert she.project.process_by_id["event"].target["people"] == 2
        assert she.project.process_by_id["sms"].target["people"] == 2
        she.sees("Read again from desk.toml.", "saved |")
        await she.press("u")
        assert she.project.process_by_id["sms"].target["people"] == 3
        she.sees("unsaved changes")


async def test_another_name_must_be_free(desk_file: Path, catalogue: Catalogue) -> None:
    """An existing file is never a target of save under another name."""
    (desk_file.parent / "desk-2.toml").write_text("somebody's")
    async with at_work(desk_file) as she:
        await she.press("3")
        await asyncio.to_thread(desk_file.unlink)
        await she.press("s", "o", "enter")
        she.sees("! File name: desk-2.toml exists already: choose another name")
    assert (desk_file.parent / "desk-2.toml").read_text() == "somebody's"


async def test_a_read_only_file_says_so(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The header says it at once, and ``s`` offers another name instead of failing."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: False if Path(path) == desk_file else access(path, mode))
    async with at_work(desk_file) as she:
        she.sees("read-only, saved", "This file cannot be written.")
        await she.press("3", "s")
        she.sees("Save under another name", "desk.toml cannot be written.")


async def test_a_failed_save_says_why_and_keeps_the_changes(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: the reason in words, another name offered, the changes still there."""
    from planner.store.save import SaveFailed

    def full(*args: object, **kwargs: object) -> str:
        raise SaveFailed("no space left on the disk")

    monkeypatch.setattr("planner.store.save.save", full)
    async with at_work(desk_file) as she:
        await she.press("3", "s")
        she.sees("Not saved: no space left on the disk", "Save under another name")
        await she.press("escape")
        assert she.message == "! Not saved."
        she.sees("unsaved changes")


async def test_without_edits_nothing_is_left_behind(desk_file: Path) -> None:
    """Opening a plan and reading it leaves no journal."""
    async with at_work(desk_file) as she:
        await she.press("w", "g")
        assert not she.app.rescue()
    assert not list(desk_file.parent.rglob("*.journal"))


async def test_a_fault_of_the_planner_prints_no_client_data(desk_file: Path) -> None:
    """The crash screen has the traceback without local variables, and says that edits are kept."""
    secret = "the client's secret"
    async with at_work(desk_file) as she:
        await she.press("3")

        def fault() -> None:
            held = secret.upper()
            raise RuntimeError(str(len(held)))

        try:
            fault()
        except RuntimeError as error:
            she.app._handle_exception(error)
        printed = "".join(segment.text for group in she.app._exit_renderables for segment in group.segments)
        she.app._exception = None
        she.app._return_code = 0
    assert "RuntimeError" in printed
    assert "open the plan again, and it asks for them" in printed.replace("\n", " ")
    assert secret.upper() not in printed


async def test_esc_in_a_plan_opened_by_name_leads_to_its_folder(desk_file: Path) -> None:
    """And on: opening it again from there, changing it, giving the change up, leaving."""
    text = text_of(desk_file)
    async with at_work(desk_file) as she:
        await she.press("3", "escape")
        she.sees("Not saved")
        await she.press("d")
        she.sees("Plans in", "Enter open")
        await she.press("enter")
        she.sees("[a Assess]", "saved")
        await she.press("escape")
        she.sees("Plans in")
        await she.press("q")
        assert not she.app.is_running
    assert text_of(desk_file) == text
