"""Who has a plan open: told, taken silently from the dead, taken over in one step."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep, time

import pytest
from held import beside, refused, rewritten, taken

from planner.store import lock as locks
from planner.store import lock_file, process
from planner.store.beside import FOLDER, companion
from planner.store.fault import SaveFailed
from planner.store.holder import LONGEST, ago
from planner.store.lock import Holder, Lock, Lost, between, holder, holders
from planner.store.lock_file import DEPTH, LARGEST, SILENCE, TORN


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A file to be held; what stands in it does not matter."""
    path = tmp_path / "desk.toml"
    path.write_text("schema = 2\n")
    return path


# One after the other


def test_the_second_learns_who_has_it_and_since_when(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name, the host, the time; the plan's own file is not touched, and nothing but the lock is left beside it."""
    monkeypatch.setenv("LOGNAME", "ana")
    monkeypatch.setattr(process, "host_name", lambda: "north")
    mine = taken(plan)
    monkeypatch.setenv("LOGNAME", "bo")
    held = refused(plan)
    clock = held.since.astimezone().strftime("%H:%M")
    assert held.told() == f"ana has this plan open on north since {clock} (just now)"
    assert (held.pid, held.alive, held.ended, held.token) == (os.getpid(), True, False, mine.token)
    assert abs((held.since - datetime.now(UTC)).total_seconds()) < 5
    assert beside(plan) == {".gitignore", "desk.toml.lock"}
    mine.release()
    assert holder(plan) is None
    assert beside(plan) == {".gitignore"}
    assert taken(plan).mine()


def test_ones_own_other_window_is_called_so(plan: Path) -> None:
    """Nobody wonders who that person of the same name is."""
    taken(plan)
    assert refused(plan).told().startswith("You have this plan open in another window since ")


def test_a_link_to_a_plan_has_the_lock_of_the_plan(plan: Path, tmp_path: Path) -> None:
    """Two names of one file are one plan."""
    link = tmp_path / "elsewhere" / "link.toml"
    link.parent.mkdir()
    link.symlink_to(plan)
    mine = taken(plan)
    assert refused(link).token == mine.token


def test_lists_see_all_holders_of_a_folder(plan: Path) -> None:
    """By file names, and only those who are alive."""
    other = plan.with_name("bank.toml")
    taken(plan)
    taken(other)
    rewritten(other, boot="before the reboot")
    assert set(holders(plan.parent)) == {"desk.toml"}
    assert holders(plan.parent / "none") == {}


# The dead


def ended(path: Path) -> subprocess.Popen[bytes]:
    """A session that had the plan and was killed; nobody has asked for its exit code yet."""
    code = "import sys, time; from pathlib import Path; from planner.store.lock import Lock\n"
    code += "Lock.take(Path(sys.argv[1])); print(flush=True); time.sleep(60)"
    child = subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline()
    assert refused(path).pid == child.pid
    child.send_signal(signal.SIGKILL)
    return child


def test_what_a_killed_session_left_is_taken_without_a_word(plan: Path) -> None:
    """Also while the killed process still stands in the system's table."""
    child = ended(plan)
    end = monotonic() + 10
    while (found := holder(plan)) is not None and found.alive and monotonic() < end:
        sleep(0.01)
    assert found is not None
    assert found.ended
    assert taken(plan).mine()
    child.wait()
    child.stdout.close()  # type: ignore[union-attr]


@pytest.mark.parametrize("facts", [{"boot": "another"}, {"started": "1"}, {"pid": 2**22 + 1}])
def test_a_reboot_and_a_number_given_away_are_recognised(plan: Path, facts: dict[str, object]) -> None:
    """The process number alone says nothing."""
    taken(plan)
    rewritten(plan, **facts)
    assert taken(plan).mine()


@pytest.mark.parametrize("facts", [{"host": "south"}, {"machine": "another"}, {"space": "pid:[1]"}])
def test_elsewhere_only_signs_of_life_count(plan: Path, facts: dict[str, object]) -> None:
    """Another host, another machine of that name, a container: nobody can look for the process there."""
    taken(plan)
    rewritten(plan, age=SILENCE - 20, user="ana", **facts, pid=1)
    assert refused(plan).alive
    rewritten(plan, age=SILENCE + 600)
    held = refused(plan)
    assert (held.alive, held.ended) == (False, False)
    assert "that session seems to have ended: last seen" in held.told()
    assert "(15 minutes ago)" in held.told()
    got = Lock.take_over(plan, held)
    assert isinstance(got, Lock)
    assert got.mine()


def test_a_beat_is_a_sign_of_life(plan: Path) -> None:
    """Only of the one who has it."""
    mine = taken(plan)
    file = rewritten(plan, age=1000)
    mine.beat()
    assert time() - file.stat().st_mtime < 5
    new = Lock.take_over(plan, refused(plan))
    assert isinstance(new, Lock)
    os.utime(file, (0, 0))
    mine.beat()
    assert file.stat().st_mtime == 0


@pytest.mark.parametrize("skew", [-86400, 86400])
def test_clocks_that_differ_do_not_matter(plan: Path, monkeypatch: pytest.MonkeyPatch, skew: int) -> None:
    """The folder's clock judges, and what is told is in this host's time."""
    taken(plan)
    rewritten(plan, age=60, host="south", user="ana")
    monkeypatch.setattr(lock_file, "time", lambda: time() + skew)
    held = refused(plan)
    assert held.alive
    assert abs((held.seen - datetime.now(UTC)).total_seconds() - skew + 60) < 5
    rewritten(plan, age=SILENCE + 60)
    assert not refused(plan).alive


# Taking over


def test_the_former_holder_notices_and_cannot_save(plan: Path) -> None:
    """It learns who, keeps its hands off the other's lock, and may take the plan back."""
    first = taken(plan)
    second = Lock.take_over(plan, refused(plan))
    assert isinstance(second, Lock)
    assert not first.mine()
    successor = first.successor()
    assert successor is not None
    assert successor.token == second.token
    with pytest.raises(Lost, match="have this plan open in another window"), first.firm():
        pytest.fail("the save would have gone on")
    first.release()
    assert second.mine()
    back = Lock.take_over(plan, refused(plan))
    assert isinstance(back, Lock)
    assert (back.mine(), second.mine()) == (True, False)


def test_who_was_faster_is_answered(plan: Path) -> None:
    """A take-over is one from the very holder that was seen."""
    taken(plan)
    seen = refused(plan)
    second = Lock.take_over(plan, seen)
    assert isinstance(second, Lock)
    third = Lock.take_over(plan, seen)
    assert isinstance(third, Holder)
    assert third.token == second.token


def test_a_take_over_of_what_was_let_go_is_a_taking(plan: Path) -> None:
    """Whoever pressed the key gets the plan."""
    first = taken(plan)
    seen = refused(plan)
    first.release()
    assert isinstance(Lock.take_over(plan, seen), Lock)


def test_nobody_takes_over_during_a_save(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The take-over waits, and says who saves; after the save it can be done."""
    monkeypatch.setattr(locks, "PATIENCE", 0.1)
    first = taken(plan)
    seen = refused(plan)
    with first.firm():
        got = Lock.take_over(plan, seen)
        assert isinstance(got, Holder)
        assert got.token == first.token
    assert isinstance(Lock.take_over(plan, seen), Lock)
    assert beside(plan) == {".gitignore", "desk.toml.lock"}


def test_a_save_between_keeps_the_holders_saves_apart(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a take-over nor the holder's own save comes in between; it keeps the plan."""
    monkeypatch.setattr(locks, "PATIENCE", 0.2)
    first = taken(plan)
    seen = refused(plan)
    with between(plan):
        assert isinstance(Lock.take_over(plan, seen), Holder)
        with pytest.raises(SaveFailed, match=r"desk\.toml: somebody else is just writing it"), first.firm():
            pytest.fail("both would have saved")
    with first.firm(), pytest.raises(SaveFailed, match="just writing"), between(plan):
        pytest.fail("both would have saved")
    assert first.mine()
    assert beside(plan) == {".gitignore", "desk.toml.lock"}


def test_a_save_between_nobodys_saves_takes_the_plan_meanwhile(plan: Path) -> None:
    """And lets it go again."""
    with between(plan):
        assert isinstance(Lock.take(plan), Holder)
    assert holder(plan) is None


def test_a_lock_that_somebody_deleted_is_put_back(plan: Path) -> None:
    """``git clean -fdx`` takes nobody's plan away."""
    mine = taken(plan)
    assert mine.file is not None
    mine.file.unlink()
    assert mine.mine()
    assert refused(plan).token == mine.token
    shutil.rmtree(mine.file.parent)
    assert mine.mine()


def test_a_broken_off_take_over_is_in_nobodys_way(plan: Path) -> None:
    """What a process killed in the middle has claimed is claimed in turn, up to some depth, and swept away."""
    first = taken(plan)
    file = companion(plan, "lock")
    dead = json.loads(first.text) | {"boot": "before the reboot"}
    name = f"{file.name}.{first.token}"
    for _depth in range(DEPTH):
        token = secrets.token_hex(6)
        file.with_name(name).write_text(json.dumps(dead | {"token": token}))
        name = f"{name}.{token}"
    second = Lock.take_over(plan, refused(plan))
    assert isinstance(second, Lock)
    assert second.mine()
    assert beside(plan) == {".gitignore", file.name}


# Hostile and unusual


NASTY = {
    "empty": b"",
    "no text": b"\xff\xfe\x00",
    "half": b'{"user": "ana", "si',
    "no object": b"[1, 2]",
    "deep": b"[" * LARGEST,
    "too large": b'{"user": "' + b"a" * LARGEST + b'"}',
    "not a number": b'{"pid": NaN}',
    "null": b"null",
}


@pytest.mark.parametrize("data", NASTY.values(), ids=NASTY)
def test_a_broken_lock_is_somebodys_for_a_while(plan: Path, data: bytes) -> None:
    """It may just be being written; when nothing happens to it, it can be taken over.

    What a power cut leaves, empty or cut off, is in nobody's way after some seconds, also as a claim on a lock.
    """
    taken(plan).release()
    file = companion(plan, "lock")
    file.write_bytes(data)
    held = refused(plan)
    assert held.told().startswith("Somebody has this plan open since ")
    if data in (NASTY["empty"], NASTY["half"]):
        os.utime(file, (time() - TORN - 5,) * 2)
        mine = taken(plan)
        claim = file.with_name(f"{file.name}.{mine.token}")
        claim.write_bytes(data)
        os.utime(claim, (time() - TORN - 5,) * 2)
        with mine.firm():
            pass
        assert beside(plan) == {".gitignore", "desk.toml.lock"}
        return
    os.utime(file, (time() - SILENCE - 60,) * 2)
    assert refused(plan).told().startswith("Somebody had this plan open; that session seems to have ended")
    assert isinstance(Lock.take_over(plan, refused(plan)), Lock)


FACTS: tuple[dict[str, object], ...] = (
    {"pid": 0},
    {"pid": -1},
    {"pid": True},
    {"pid": 2**63},
    {"pid": "1"},
    {"token": "../../etc/x"},
    {"token": ""},
    {"token": "A" * 12},
    {"since": "2026-11-22T10:00:00"},
    {"since": "0001-01-01T00:00:00+23:59"},
    {"since": "yesterday"},
    {"user": None},
    {"user": "u" * 256},
    {"host": ["h"]},
)


@pytest.mark.parametrize("facts", FACTS, ids=str)
def test_facts_that_no_planner_writes_make_a_broken_lock(plan: Path, facts: dict[str, object]) -> None:
    """Nothing in a lock is a process, a path or a date before it was judged."""
    taken(plan)
    rewritten(plan, **facts)
    held = refused(plan)
    assert (held.user, held.pid) == ("", 0)
    assert isinstance(Lock.take_over(plan, held), Lock)
    assert beside(plan) == {".gitignore", "desk.toml.lock"}


def test_names_in_a_lock_are_cleaned(plan: Path) -> None:
    """They go to a terminal."""
    taken(plan)
    rewritten(plan, user="\x1b[2Jana\u202e[b]{x}\n", host="h" * 200, machine="m", since="2099-01-01T00:00:00+00:00")
    held = refused(plan)
    assert held.user == "\ufffd[2Jana\ufffd[b]{x}"
    assert len(held.host) <= LONGEST
    assert held.told().endswith("(just now)")  # a beginning in the future is now


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda file: file.symlink_to("/etc/passwd")])
def test_what_is_no_file_is_left_alone_and_no_lock_is_kept(plan: Path, make: Callable[[Path], None]) -> None:
    """The plan opens all the same, at once."""
    taken(plan).release()
    file = companion(plan, "lock")
    make(file)
    began = monotonic()
    mine = taken(plan)
    assert monotonic() - began < 1
    assert mine.file is None
    assert mine.mine()
    mine.beat()
    with mine.firm():
        pass
    mine.release()
    assert os.path.lexists(file)


def test_without_hard_links_there_is_a_lock_all_the_same(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a memory stick."""

    def none(*_args: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", none)
    mine = taken(plan)
    assert mine.file is not None
    second = Lock.take_over(plan, refused(plan))
    assert isinstance(second, Lock)
    assert not mine.mine()
    second.release()
    assert holder(plan) is None


def test_an_answer_lost_on_the_network_counts(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The link was made, the server's word was lost, and the second try found its own link."""
    link = os.link

    def lossy(source: Path, target: Path) -> None:
        link(source, target)
        raise FileExistsError

    monkeypatch.setattr(os, "link", lossy)
    assert taken(plan).mine()


def test_where_nothing_can_be_written_no_lock_is_kept(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk must not stop anybody from opening a plan; who has it is still told."""

    def full(*_args: object, **_options: object) -> int:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(lock_file, "_written", full)
        assert taken(plan).file is None
    first = taken(plan)
    seen = refused(plan)
    with monkeypatch.context() as patch:
        patch.setattr(lock_file, "_written", full)
        assert refused(plan).token == seen.token
        with pytest.raises(OSError, match="full"):
            Lock.take_over(plan, seen)
        with first.firm():
            pass  # the save itself says that the disk is full
    assert first.mine()


def test_the_companions_are_shared_like_the_plans(tmp_path: Path) -> None:
    """Who may write plans in a shared folder sees and makes locks there, whatever the first one's mask is."""
    folder = tmp_path / "team"
    folder.mkdir()
    folder.chmod(0o2775)
    before = os.umask(0o077)
    try:
        taken(folder / "desk.toml")
    finally:
        os.umask(before)
    assert (folder / FOLDER).stat().st_mode & 0o7777 == 0o2775
    assert companion(folder / "desk.toml", "lock").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("past", "words"),
    [(5, "just now"), (61, "1 minute ago"), (3599, "59 minutes ago"), (7200, "2 hours ago"), (200_000, "2 days ago")],
)
def test_how_long_ago_in_words(past: int, words: str) -> None:
    """Rounded down."""
    assert ago(datetime.now(UTC) - timedelta(seconds=past)) == words
