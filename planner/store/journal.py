"""A journal of edits beside the plan: what was done is on the disk as soon as it is on the screen.

A record is written in the thread that makes the edit, so that no killed process takes it along; another thread sees to
it right after that it also survives a loss of power. A session that holds the plan writes the plan's own journal and
goes on with the one it finds there; any other session writes one under a mark of its own. While a session writes a
journal, nobody else takes it for one that was left. What may not be lost is renamed, never overwritten.
"""

import secrets
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from planner.model.decode import encode
from planner.model.project import Project
from planner.store.course import Course, Record, Replay, Told, digest, known_from, telling, who
from planner.store.delta import Unfit, difference
from planner.store.disk import reason
from planner.store.journal_file import JournalFile, own_journal
from planner.store.journals import (
    Left,
    has_mark,
    left,
    opened_to_read,
    put_away,
    scanned,
    set_aside,
    unsaved,
    unsaved_in,
)
from planner.store.records import TooLarge, line, records
from planner.text.i18n import _

__all__ = ["Journal", "Left", "Told", "left", "put_away", "set_aside", "unsaved", "unsaved_in"]

KEPT_EDITS = 200
"""How many edits stay when a journal is made shorter."""

LONG, LARGE = 1_000, 24_000_000
"""Records and bytes from which a journal is made shorter."""

PATIENCE = 5.0
"""Seconds that the end of a session waits for the disk."""


class Journal:
    """The journal of one session on one plan.

    Nothing is raised where the disk refuses: ``trouble`` says why, in words, and everything is written again with the
    next record.
    """

    def __init__(self, path: Path, text: str, project: Project, name: str) -> None:
        self.path = path
        self.trouble = ""
        """Why edits are not being kept, and what to do; empty while they are."""
        self._name = name
        self._text = text
        self._stands = project
        """The plan in the file."""
        self._course = Course()
        """Where the plan stands; without records as long as there is nothing to tell."""
        self._plans: list[Project | None] = []
        """The plan after each step; None for steps of earlier sessions that were not recalled yet."""
        self._recalled: tuple[Replay, int] | None = None
        """What earlier sessions told, and where that ends in their journal."""
        self._resumed = False
        self._from = 0
        """Where this session began to write in a journal that was there already."""
        self._waiting: list[bytes] = []
        """Lines that are not in the file yet."""
        self._since: list[Record] | None = None
        """Records that came while the journal was being made shorter."""
        self._long, self._large = LONG, LARGE
        self._too_large = self._closed = False
        self._mutex = threading.RLock()
        self._file = JournalFile(self._shorten)

    @classmethod
    def begin(cls, path: Path, text: str, project: Project, *, name: str = "") -> "Journal":
        """The journal of a session on the plan in ``path``, opened as ``project`` from ``text`` ("": from no file).

        ``name`` marks the journal of a session that does not hold the plan: small letters, digits and hyphens.
        Nothing is written before the first record.
        """
        return cls(path, text, project, name)

    @property
    def file(self) -> Path | None:
        """Where it is written; None as long as nothing was."""
        return self._file.path

    def prepare(self) -> None:
        """Do what the first record can do without, so that the edit which makes it is as quick as any."""
        self._file.begin()
        who()

    def apart(self) -> None:
        """The session does not hold the plan: its journal gets a mark, unless it is being written already."""
        with self._mutex:
            if not self._course.records and not self._resumed:
                self._name = self._name or secrets.token_hex(6)

    # What happens to the plan

    def edit(self, label: str, before: Project, after: Project) -> None:
        """``label`` made ``after`` of ``before``, which is where the journal stands."""
        with self._mutex:
            self._ready()
            self._plans[self._course.at] = before
            self._write({"edit": label, "d": difference(before, after) or {"f": {}}}, after)

    def go(self, steps: int, present: Project | None = None) -> None:
        """So many edits were undone (negative) or done again, which led to ``present``.

        A step that the journal has given up, since it is long ago, is told as an edit.
        """
        with self._mutex:
            self._ready()
            at = self._course.at
            there = self._plans[at + steps] if 0 <= at + steps < len(self._plans) else None
            before = self._plans[at]
            if present is None or there is present or there == present or before is None:
                self._write({"go": steps})
                self._plans[at + steps] = present or there
            else:
                self.edit(_("back") if steps < 0 else _("forth"), before, present)

    def saved(self, project: Project, text: str) -> None:
        """``project`` is in the plan's file as ``text``."""
        with self._mutex:
            if not self._course.records and not self._resumed and not self._found():
                self._text, self._stands = text, project  # nothing was told yet: it begins from here
                return
            self._ready()
            self._text, self._stands = text, project
            present = self._plans[self._course.at]
            at = next((n for n in reversed(range(len(self._plans))) if self._plans[n] is project), None)
            at = self._course.at if at is None and present == project else at
            apart = {"d": difference(present, project)} if at is None and present is not None else {}
            self._write({"saved": digest(text), "at": at, **apart})

    def moved(self, path: Path) -> None:
        """The session goes on with the plan as ``path``, and so does the journal; to be told before ``saved``.

        The plan that it leaves stands as in its file.
        """
        if path == self.path or not (self._course.records or self._resumed):
            self.path = path
            return
        with self._mutex:
            self._ready()
            plans = self._plans[known_from(self._plans) :]
            whole = self._whole()
            self.discard()
        self._file.close(PATIENCE)
        with self._mutex:
            self.path, self._plans, self._from = path, plans, 0
            self._start(whole)

    def discard(self) -> None:
        """The session leaves without saving: the plan stands as in its file, and the edits can be done again."""
        with self._mutex:
            if not (self._course.records or self._resumed):
                return
            self._ready()
            course = self._course
            present = self._plans[course.at]
            if course.saved is not None and course.saved != course.at:
                self.go(course.saved - course.at)
            elif course.saved is None and present is not None:
                mark = course.digest
                self.edit(_("as in the file"), present, self._stands)
                self._write({"saved": mark, "at": course.at})

    def draft(self, where: str, text: str) -> None:
        """``text`` is being typed at ``where``, such as a form; nothing any more when it is empty."""
        with self._mutex:
            earlier = self._recalled[0].course.drafts if self._recalled else {}
            if text or where in self._course.drafts or where in earlier:
                self._ready()
                self._write({"draft": where, "text": text})

    # What happened before

    def recall(self) -> Told | None:
        """What earlier sessions told in the journal that this one would go on with; None when there is none.

        Takes about as long as opening the plan twice: for a thread. A journal that the plan's file has fallen out
        with is set aside when this session has something to tell, unless it was resumed.
        """
        with self._mutex:
            going_on = bool(self._course.records)
            if going_on and not self._from:
                return None
            file, end = self.file or own_journal(self.path, self._name), self._from
        replay, read = Replay(), 0
        with suppress(OSError, Unfit), opened_to_read(file) as stream:
            for record, place in records(stream):
                if going_on and place > end:
                    break
                replay.take(record)
                read = place
        try:
            told = replay.told()
        except Unfit:
            return None
        if len(told.steps) == len(replay.plans):
            self._recalled = replay, read
        return told

    def resume(self, told: Told) -> bool:
        """Go on from where ``told``, which :meth:`recall` answered, ended, unsaved edits included; whether that can be.

        It cannot when this session has begun a journal of its own.
        """
        with self._mutex:
            if self._recalled is None or (self._course.records and not self._from):
                return False
            if self._course.records:
                earlier = self._recalled[0].plans
                self._plans = [earlier[n] if plan is None else plan for n, plan in enumerate(self._plans)]
            else:
                self._resumed, self._stands = True, told.file
            return True

    # Its end

    def settle(self, patience: float = PATIENCE) -> bool:
        """Wait until everything is on the disk, ``patience`` seconds at most; whether it is."""
        return self._file.settle(patience) and not self._waiting

    def close(self) -> None:
        """Write no more; what was written is on the disk afterwards.

        A journal with a mark that holds nothing which the file has not is of no use to anybody, and removed.
        """
        course = self._course
        marked = self.file is not None and has_mark(self.file)
        if course.records and marked and not course.unsaved and not course.drafts:
            self._file.remove()
        self._file.close(PATIENCE)
        self._closed = True

    # Writing

    def _ready(self) -> None:
        """There is a state to which records can be added."""
        if self._course.records:
            return
        file = own_journal(self.path, self._name)
        if self._resumed and self._recalled is not None:
            replay, end = self._recalled
            self._course, self._plans = replay.course, [*replay.plans]
        elif found := self._found():
            self._course, end = found
            self._plans = [None] * len(self._course.labels)
            self._plans[self._course.at] = self._stands
        else:
            whole = {} if self._text else {"project": encode(self._stands)}
            self._plans = [self._stands]
            self._start([{"begin": 1, "text": self._text, **who(), **whole}])
            return
        if self._file.go_on(file, end):
            self._from = end
            self._write(who())
        else:
            whole_of_it = self._whole()
            self._plans = self._plans[known_from(self._plans) :]
            self._start(whole_of_it)

    def _found(self) -> tuple[Course, int] | None:
        """The journal that is there and where it ends, if it goes on exactly from what this session has opened."""
        with suppress(OSError), opened_to_read(own_journal(self.path, self._name)) as stream:
            course, end = scanned(stream)
            if end and not course.unsaved and course.digest == digest(self._text):
                return course, end
        return None

    def _start(self, whole: list[Record]) -> None:
        """Begin a journal with the records ``whole``; they are written with the one that comes next."""
        self._course, self._waiting = Course(), []
        for record in whole:
            self._add(record)

    def _write(self, record: Record, after: Project | None = None) -> None:
        """Add ``record`` to the journal; after an edit the plan is ``after``."""
        if self._closed:
            return
        self._add(record)
        if after is not None:
            self._plans[self._course.at :] = [after]
        if self._since is not None:
            self._since.append(record)
        if self._too_large:
            self.trouble = _("This plan is too large for a journal: only saving keeps its edits.")
            return
        try:
            if not self._file.is_open:
                self._file.create(self.path, self._name)
            self._file.add(b"".join(self._waiting))
        except OSError as error:
            self._fail(error)
        else:
            self._waiting.clear()
            self.trouble = ""
            if self._file.failed is not None:
                self._fail(self._file.failed)

    def _fail(self, error: OSError) -> None:
        words = _("Edits are not being kept as you make them ({reason}): save the plan soon.")
        self.trouble = words.format(reason=reason(error).partition(" — ")[0])

    def _add(self, record: Record) -> None:
        record.setdefault("when", int(time.time()))
        self._course.take(record)
        record["n"] = self._course.unsaved
        try:
            self._waiting.append(line(record))
        except TooLarge:
            self._too_large = True  # nothing may follow what is left out

    # Its length

    def _whole(self, keep: int = sys.maxsize) -> list[Record]:
        return telling(self._course, self._plans, self._stands, self._text, keep)

    def _shorten(self) -> None:
        """Write the journal anew with its last edits, where it has become long; in the thread of its file."""
        with self._mutex:
            if self._waiting or (self._course.records < self._long and self._file.size < self._large):
                return
            self._since = []
            course = replace(self._course, labels=[*self._course.labels], drafts=dict(self._course.drafts))
            plans, stands, text = [*self._plans], self._stands, self._text
        keep = KEPT_EDITS
        while True:
            whole = telling(course, plans, stands, text, keep)
            if keep < 10 or sum(len(line(record)) for record in whole) < LARGE // 2:
                break
            keep //= 2
        gone = len(plans) - 1 - sum("edit" in record for record in whole)
        with self._mutex:
            since, self._since = self._since, None
            moved = [r | {"at": r["at"] - gone} if isinstance(r.get("at"), int) else r for r in since or []]
            shorter = Course()
            lines = []
            for record in (*whole, *moved):
                shorter.take(record)
                lines.append(line(record | {"n": shorter.unsaved}))
            if not self._waiting and self._file.replace(b"".join(lines), self.path):
                self._course, self._plans, self._from = shorter, self._plans[gone:], 0
            self._long, self._large = max(LONG, 2 * self._course.records), max(LARGE, 2 * self._file.size)
