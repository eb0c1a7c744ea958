"""Several sessions at one plan at once, killed at any step, and in any order: exactly one has it."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from held import beside, refused, rewritten, taken
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from planner.store.beside import FOLDER, companion
from planner.store.lock import Holder, Lock, Lost, holder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A file to be held; what stands in it does not matter."""
    path = tmp_path / "desk.toml"
    path.write_text("schema = 2\n")
    return path


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
