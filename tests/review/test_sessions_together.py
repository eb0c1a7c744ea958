"""Several sessions save one plan again and again, taking it over from each other: no edit is missing at the end."""

import os
import traceback
from datetime import date
from pathlib import Path

import pytest

from planner.edit.review import add_comment
from planner.model.project import Project
from planner.review.merge import merge_into_file
from planner.store.load import Loaded, load
from planner.store.lock import Holder, Lock, Lost, between, holder
from planner.store.save import ChangedOnDisk, SaveFailed, save

PLAN = 'schema = 2\n\n[engagement]\nname = "Desk"\nstart = 2027-01-04\ntemplate = "desk-first"\nstrategy = "x"\n'

DAY = date(2027, 1, 4)


class Session:
    """What the planner does when somebody edits and presses ``s``, ``t`` and ``m``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.opened: Loaded = load(path)
        self.project: Project = self.opened.project
        self.lock: Lock | None = None

    def edit(self, words: str) -> None:
        """A remark of its own."""
        self.project = add_comment(self.project, words, DAY)

    def save(self) -> None:
        """Until it is saved: take the plan over, merge what has changed."""
        while True:
            try:
                self._save()
            except Lost:
                self.lock = None
            except SaveFailed:
                continue
            except ChangedOnDisk:
                theirs = load(self.path)
                self.project = merge_into_file(self.opened.project, self.project, theirs.project)
                self.opened = theirs
            else:
                return

    def _save(self) -> None:
        if self.lock is None:
            seen = holder(self.path)
            got = Lock.take_over(self.path, seen) if seen else Lock.take(self.path)
            if isinstance(got, Holder):
                raise Lost(got)
            self.lock = got
        with self.lock.firm():
            text = save(self.project, self.path, self.opened.text)
        self.opened = Loaded(path=self.path, text=text, project=self.project)


def between_them(path: Path, words: str) -> None:
    """The command line with ``--even-if-open``."""
    while True:
        loaded = load(path)
        try:
            with between(path):
                save(add_comment(loaded.project, words, DAY), path, loaded.text)
        except (ChangedOnDisk, SaveFailed):
            continue
        return


def edits_of(path: Path, number: int, edits: int, *, script: bool) -> None:
    """What the process ``number`` does."""
    session = Session(path)
    for edit in range(edits):
        words = f"remark {number}.{edit}"
        if script:
            between_them(path, words)
        else:
            session.edit(words)
            session.save()


def together(path: Path, sessions: int, edits: int) -> None:
    """So many processes make so many edits each; one more writes between them."""
    path.write_text(PLAN)
    gate, ready = os.pipe()
    children = []
    for number in range(sessions + 1):
        pid = os.fork()
        if pid == 0:
            status = 1
            os.close(ready)
            os.read(gate, 1)  # all begin at once
            try:
                edits_of(path, number, edits, script=number == sessions)
                status = 0
            finally:  # nothing of the parent's may run here
                if status:
                    traceback.print_exc()
                os._exit(status)
        children.append(pid)
    os.close(ready)
    os.close(gate)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0] * (sessions + 1)
    plan = load(path).project
    there = {each.text for each in plan.comments}
    assert not plan.conflicts
    assert there == {f"remark {number}.{edit}" for number in range(sessions + 1) for edit in range(edits)}


def test_no_edit_is_missing(tmp_path: Path) -> None:
    """Two sessions and a script."""
    together(tmp_path / "desk.toml", 2, 5)


@pytest.mark.soak
def test_no_edit_is_missing_among_many(tmp_path: Path) -> None:
    """The same with more of everything."""
    for turn in range(10):
        together(tmp_path / f"desk{turn}.toml", 4, 25)
