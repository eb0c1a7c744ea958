"""Two people, one plan: the second is told, reads or takes over; a file that changes is noticed, never overwritten."""

import json
import os
from pathlib import Path

import pytest
from consultant import Consultant, at_work, text_of

from planner.edit.facts import change_engagement
from planner.edit.scope import set_target
from planner.model.knowledge import Catalogue
from planner.store.beside import companion
from planner.store.load import load
from planner.store.lock import Lock, holder
from planner.store.save import save


@pytest.fixture
def ana(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> Lock:
    """Somebody else's session, which has the plan."""
    with monkeypatch.context() as patch:
        patch.setenv("LOGNAME", "ana")
        got = Lock.take(desk_file)
    assert isinstance(got, Lock)
    return got


def taken_by_bo(path: Path, monkeypatch: pytest.MonkeyPatch) -> Lock:
    """Another session takes over whoever has the plan."""
    with monkeypatch.context() as patch:
        patch.setenv("LOGNAME", "bo")
        seen = holder(path)
        assert seen is not None
        got = Lock.take_over(path, seen)
    assert isinstance(got, Lock)
    return got


def edited(path: Path, catalogue: Catalogue) -> str:
    """Another program, or another planner, saves another target in the file; what it holds then."""
    loaded = load(path)
    return save(set_target(loaded.project, catalogue, "event", "people", 3), path, loaded.text)


def puts(path: Path, text: str) -> None:
    """Somebody's text editor writes a file."""
    path.write_text(text)


def removed(path: Path) -> None:
    """Somebody removes a file."""
    path.unlink()


async def looks(she: Consultant) -> None:
    """The next look at the disk."""
    await she.plan.holding.look()
    await she.settle()


def target(path: Path, process: str) -> int:
    """The level wanted in people by the plan in a file."""
    return load(path).project.process_by_id[process].target["people"]


# Somebody has it


async def test_the_second_may_read_try_out_and_save_elsewhere(desk_file: Path, ana: Lock) -> None:
    """The question says who and since when; what is tried out goes into another file, which is then held."""
    text = text_of(desk_file)
    async with at_work(desk_file) as she:
        she.sees("This plan is open", "ana has this plan open on", "(just now)", "read it", "take it over")
        await she.press("r")
        she.sees("read-only, saved")
        await she.press("3")
        she.sees("read-only, unsaved changes", "ana has the plan: this is only tried out here.")
        await she.press("4")
        she.sees_not("only tried out")
        await she.press("s")
        she.sees("Somebody has this plan", "ana has this plan open")
        await she.press("escape")
        she.sees("read-only, unsaved changes")
        await she.press("s", "o", "enter")
        await she.settle()
        she.sees("Saved to desk-2.toml.")
        she.sees_not("read-only")
        assert holder(desk_file.with_name("desk-2.toml")) is not None
    assert text_of(desk_file) == text
    assert target(desk_file.with_name("desk-2.toml"), "sms") == 4
    assert ana.mine()


async def test_back_leads_to_the_list_which_says_who_has_it(desk_file: Path, ana: Lock) -> None:
    """Esc opens nothing; in the list the plan has a sign, and its file stays where it is."""
    async with at_work(desk_file) as she:
        await she.press("escape")
        she.sees("Plans in", "@ ", "desk.toml | @ ana has this plan open on")
        await she.press("x")
        she.sees("To be closed first: ana has this plan open")
        assert text_of(desk_file)
        ana.release()
        await she.press("r")
        she.sees_not("@ ")


async def test_the_second_may_take_over(desk_file: Path, ana: Lock, catalogue: Catalogue) -> None:
    """What the first has saved meanwhile is in view; the first learns of it; leaving lets the plan go."""
    async with at_work(desk_file) as she:
        edited(desk_file, catalogue)
        await she.press("t")
        await she.settle()
        assert she.project.process_by_id["event"].target["people"] == 3
        assert not ana.mine()
        await she.press("3", "s")
        she.sees("Saved to desk.toml.")
        await she.press("escape")
        assert holder(desk_file) is None
    assert (target(desk_file, "sms"), target(desk_file, "event")) == (3, 3)


async def test_a_session_elsewhere_that_seems_to_have_ended_is_told_so(desk_file: Path, ana: Lock) -> None:
    """Nobody can look for a process of another host: the person decides."""
    file = companion(desk_file, "lock")
    file.write_text(json.dumps(json.loads(ana.text) | {"host": "north"}))
    os.utime(file, (1_700_000_000,) * 2)
    async with at_work(desk_file) as she:
        she.sees("ana had this plan open on north; that session seems to have ended: last seen 2023-11-14")
        await she.press("t")
        await she.settle()
        she.sees_not("read-only")
        assert not ana.mine()


async def test_when_the_other_leaves_the_plan_can_be_had(desk_file: Path, ana: Lock, catalogue: Catalogue) -> None:
    """What the other has saved appears by itself as long as nothing is tried out; ``s`` has the plan at last."""
    async with at_work(desk_file) as she:
        await she.press("r")
        edited(desk_file, catalogue)
        await looks(she)
        she.sees("Read again from desk.toml")
        she.sees_not("tried out")
        assert she.project.process_by_id["event"].target["people"] == 3
        ana.release()
        await looks(she)
        she.sees("ana has left the plan: s has it for you.", "read-only, saved")
        await she.press("s")
        she.sees("You have the plan now.")
        she.sees_not("read-only")
        await she.press("3", "s")
        she.sees("Saved to desk.toml.")
    assert target(desk_file, "sms") == 3


# Somebody takes it over


async def test_whose_plan_is_taken_over_keeps_the_edits(
    desk_file: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told at the next look; nothing can be saved over the other; taken back, both people's edits come together."""
    async with at_work(desk_file) as she:
        await she.press("3")
        bo = taken_by_bo(desk_file, monkeypatch)
        await looks(she)
        she.sees("bo has taken this plan over on", "Your edits are kept", "read-only, unsaved changes")
        edited(desk_file, catalogue)
        await looks(she)
        she.sees("changed on disk")
        await she.press("s")
        she.sees("bo has this plan open on")
        await she.press("t")
        await she.settle()
        she.sees("The file has changed", "bring both together, and save")
        assert not bo.mine()
        await she.press("m")
        await she.settle()
        she.sees("came in. Saved to desk.toml.")
        assert (target(desk_file, "sms"), target(desk_file, "event")) == (3, 3)
        await she.press("u")
        assert she.project.process_by_id["event"].target["people"] != 3
        assert she.project.process_by_id["sms"].target["people"] == 3


async def test_a_take_over_is_noticed_at_saving(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when nobody has looked since."""
    text = text_of(desk_file)
    async with at_work(desk_file) as she:
        await she.press("3")
        bo = taken_by_bo(desk_file, monkeypatch)
        await she.press("s")
        she.sees("Somebody has this plan", "bo has this plan open on")
        assert text_of(desk_file) == text
        await she.press("b")
        bo.release()
        await she.press("s")
        she.sees("Saved to desk.toml.")
    assert target(desk_file, "sms") == 3


# The file changes


async def test_another_program_changes_the_file_of_a_plan_that_is_only_looked_at(
    desk_file: Path, catalogue: Catalogue
) -> None:
    """It is read again by itself, as an edit that can be undone."""
    async with at_work(desk_file) as she:
        edited(desk_file, catalogue)
        await looks(she)
        she.sees("Read again from desk.toml", "saved")
        assert she.project.process_by_id["event"].target["people"] == 3
        await she.press("u")
        she.sees("Undone: Read again from desk.toml")
        await she.press("U", "s")
        assert she.message == "Everything is saved already."


async def test_edits_on_both_sides_are_merged(desk_file: Path, catalogue: Catalogue) -> None:
    """The status line says it before anybody saves; the merge is one edit, and loses nothing of either."""
    async with at_work(desk_file) as she:
        await she.press("3")
        edited(desk_file, catalogue)
        await looks(she)
        she.sees("unsaved changes (s), changed on disk")
        assert she.project.process_by_id["event"].target["people"] != 3
        await she.press("s", "c")
        await she.settle()
        she.sees("What somebody else has changed in desk.toml", "Event management")
        await she.press("escape", "m")
        await she.settle()
        she.sees("came in. Saved to desk.toml.", "saved |")
        assert (target(desk_file, "sms"), target(desk_file, "event")) == (3, 3)
        assert she.plan.history.undo_label == "Merged with desk.toml"


async def test_what_both_changed_differently_is_a_conflict_to_settle(desk_file: Path) -> None:
    """Ours stands, theirs is kept in the conflict, and the words say where to settle it."""
    async with at_work(desk_file) as she:
        she.plan.apply("name", lambda project: change_engagement(project, name="Ours"))
        loaded = load(desk_file)
        save(change_engagement(loaded.project, name="Theirs"), desk_file, loaded.text)
        await she.press("s", "m")
        await she.settle()
        she.sees("1 conflict to settle")
    merged = load(desk_file).project
    assert merged.engagement.name == "Ours"
    assert [(one.ours, one.theirs) for one in merged.conflicts] == [('"Ours"', '"Theirs"')]


async def test_a_file_that_is_gone_is_told_as_gone(desk_file: Path) -> None:
    """Not as changed; it can be written again, with its comments."""
    puts(desk_file, f"# a note\n{text_of(desk_file)}")
    async with at_work(desk_file) as she:
        await she.press("3")
        removed(desk_file)
        await looks(she)
        she.sees("file is gone")
        await she.press("s")
        she.sees("The file is gone", "desk.toml was removed or renamed since it was read here.")
        await she.press("w")
        await she.settle()
        she.sees("Saved to desk.toml.")
        she.sees_not("file is gone")
    assert text_of(desk_file).startswith("# a note\n")
    assert target(desk_file, "sms") == 3


async def test_a_file_that_became_unreadable_is_left_alone(desk_file: Path) -> None:
    """What stands there may be half of something: another name, or back. A file only touched is no changed one."""
    async with at_work(desk_file) as she:
        await she.press("3")
        os.utime(desk_file)
        await looks(she)
        she.sees_not("changed on disk")
        puts(desk_file, "schema = [")
        await looks(she)
        she.sees("changed on disk")
        await she.press("s")
        she.sees("The file has changed", "What stands there cannot be read now:", "save under another name")
        she.sees_not("bring both together")
        await she.press("b")
    assert text_of(desk_file) == "schema = ["
