"""Who has a plan open: told, taken silently from the dead, taken over in one step, and never by two at once."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep, time

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

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


def taken(path: Path) -> Lock:
    """The plan, which nobody has."""
    got = Lock.take(path)
    assert isinstance(got, Lock), got
    return got


def refused(path: Path) -> Holder:
    """Who has the plan."""
    got = Lock.take(path)
    assert isinstance(got, Holder), got
    return got


def rewritten(path: Path, age: float = 0, **changes: object) -> Path:
    """The lock of ``path`` with other facts in it, seen ``age`` seconds ago last."""
    file = companion(path, "lock")
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))
    os.utime(file, (time() - age,) * 2)
    return file


def beside(path: Path) -> set[str]:
    """What stands in the folder of the plan's companions."""
    return {file.name for file in (path.parent / FOLDER).iterdir()}


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


# Many at once


def race(path: Path, act: Callable[[Path, Holder | None], Lock | Holder], seen: Holder | None, many: int) -> int:
    """How many of so many processes that begin at one moment get the plan, and have it still."""
    gate, ready = os.pipe()
    results, answers = os.pipe()
    over, still = os.pipe()
    children = []
    for _child in range(many):
        pid = os.fork()
        if pid == 0:
            os.close(ready)
            os.close(still)
            os.read(gate, 1)
            got = act(path, seen)
            won = isinstance(got, Lock) and got.file is not None and got.mine()
            os.write(answers, b"1" if won else b"0")
            os.read(over, 1)  # nobody of them is dead while the others still try
            os._exit(0)
        children.append(pid)
    os.close(ready)  # the gate opens for all
    told = b""
    while len(told) < many:
        told += os.read(results, many)
    os.close(still)
    for pid in children:
        os.waitpid(pid, 0)
    for end in (gate, results, answers, over):
        os.close(end)
    return told.count(b"1")


def races(plan: Path, rounds: int) -> None:
    """So many times: several take a free plan, take over, take what a dead session left."""
    for _round in range(rounds):
        assert race(plan, lambda path, _seen: Lock.take(path), None, 4) == 1
        left = holder(plan)
        assert left is not None
        assert left.ended
        assert race(plan, lambda path, _seen: Lock.take(path), None, 4) == 1
        mine = taken(plan)
        seen = refused(plan)
        assert race(plan, lambda path, seen: Lock.take_over(path, seen) if seen else seen, seen, 4) == 1  # type: ignore
        assert not mine.mine()
        taken(plan).release()
        assert beside(plan) == {".gitignore"}


def test_of_several_at_once_exactly_one_gets_it(plan: Path) -> None:
    """Free, left by a dead session, or taken over."""
    races(plan, 2)


@pytest.mark.soak
def test_of_several_at_once_exactly_one_gets_it_very_often(plan: Path) -> None:
    """The same for minutes."""
    races(plan, 300)


def killed_at(path: Path, step: int, act: Callable[[Path], object]) -> bool:
    """Let a process do ``act`` and die before its ``step``-th call of the disk; whether it got so far."""
    pid = os.fork()
    if pid == 0:
        left = step

        def dying(call: Callable[..., object]) -> Callable[..., object]:
            def do(*args: object, **kwargs: object) -> object:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return call(*args, **kwargs)

            return do

        for name in ("open", "link", "unlink", "replace", "write", "mkdir", "fchmod"):
            setattr(os, name, dying(getattr(os, name)))
        act(path)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@pytest.mark.parametrize("act", ["take", "take over", "release", "save"])
def test_killed_at_any_step_the_next_one_gets_it_at_once(plan: Path, act: str) -> None:
    """No lock, claim or half-written file of a dead session stops anybody, nor stays for long."""

    def do(path: Path) -> None:
        if act == "take over":
            Lock.take_over(path, refused(path))
            return
        mine = taken(path)
        if act == "release":
            mine.release()
        elif act == "save":
            with mine.firm():
                path.write_text("schema = 2\n")

    step = 1
    alive = taken(plan) if act == "take over" else None
    while killed_at(plan, step, do):
        step += 1
        began = monotonic()
        lives = alive is not None and alive.mine()
        now = Lock.take_over(plan, refused(plan)) if lives else Lock.take(plan)
        assert isinstance(now, Lock)
        assert now.file is not None
        assert now.mine()
        assert monotonic() - began < 1
        left = beside(plan) - {".gitignore", "desk.toml.lock"}
        assert all(name.endswith(".new") for name in left)  # perhaps half written: they go after a while
        for name in left:
            os.utime(companion(plan, "lock").with_name(name), (0, 0))
        now.release()
        alive = taken(plan) if act == "take over" else None
        assert act != "take over" or beside(plan) == {".gitignore", "desk.toml.lock"}
        if alive is None:
            shutil.rmtree(plan.parent / FOLDER)
    assert step > 8


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


# Any order of events


class Sessions(RuleBasedStateMachine):
    """Three sessions on one plan, one of them on another host, that take, take over, beat, let go and die."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.plan = self.folder / "desk.toml"
        self.had: dict[int, Lock] = {}
        self.owner: int | None = None

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    who = st.integers(0, 2)

    @rule(who=who)
    def take(self, who: int) -> None:
        """A free plan is got, one that is held is not."""
        got = Lock.take(self.plan)
        assert isinstance(got, Lock) == (self.owner is None)
        if isinstance(got, Lock):
            self.had[who], self.owner = got, who
        else:
            assert self.owner is not None
            assert got.token == self.had[self.owner].token

    @precondition(lambda self: self.owner is not None)
    @rule(who=who)
    def take_over(self, who: int) -> None:
        """Always possible from the one who is seen."""
        got = Lock.take_over(self.plan, refused(self.plan))
        assert isinstance(got, Lock)
        self.had[who], self.owner = got, who

    @precondition(lambda self: self.had)
    @rule(who=who)
    def release(self, who: int) -> None:
        """Only the owner's is one."""
        if who in self.had:
            self.had.pop(who).release()
            if who == self.owner:
                self.owner = None

    @precondition(lambda self: self.owner is not None)
    @rule()
    def die(self) -> None:
        """The owner's process is gone, its lock stays."""
        assert self.owner is not None
        self.had.pop(self.owner)
        rewritten(self.plan, started="1")
        self.owner = None

    @rule(who=who)
    def save(self, who: int) -> None:
        """The owner can, the others are told who took the plan."""
        if who not in self.had:
            return
        if who == self.owner:
            with self.had[who].firm():
                return
        with pytest.raises(Lost) as lost, self.had.pop(who).firm():
            pytest.fail("it would have saved")
        assert lost.value.holder.ended if self.owner is None else lost.value.holder.token == self.had[self.owner].token

    @invariant()
    def one_has_it(self) -> None:
        """Exactly one, or nobody; a lock that is gone goes to the first who believes that it is his."""
        if self.owner is None:
            found = holder(self.plan)
            assert found is None or found.ended
            self.owner = next((who for who, lock in self.had.items() if lock.mine()), None)
            assert (self.owner is None) == (found is not None or not self.had)
        for who, lock in self.had.items():
            lock.beat()
            assert lock.mine() == (who == self.owner)


Sessions.TestCase.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
TestSessions = Sessions.TestCase
