"""What happened to a plan, as the records of a journal tell it: which edits there are, and at which of them it stands.

    {"begin": 1, "text": ..., "by": ..., "when": ..., "project": ...}   the plan as opened; or, later in its life, text
                                                                        of its file and the plan it then began from
    {"edit": label, "d": difference, "when": ...}                       an edit; what was undone before it is gone
    {"go": steps, "when": ...}                                          undone (negative), or done again
    {"saved": digest, "at": step or null, "d": ...}                     what is in the file: the plan after that step,
                                                                        or the present one with the difference "d"
    {"draft": where, "text": ...}                                       what is typed there; nothing any more when empty
    {"by": ..., "when": ...}                                            from here on it is another session

Each also has ``n``: how many edits the file does not have after it, so that a list needs only the last record.
"""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from planner.model.decode import decode, encode
from planner.model.project import Project
from planner.model.rules import problems
from planner.store.delta import Room, Unfit, applied, difference
from planner.store.holder import user
from planner.store.load import BOM, PlanUnreadable, parse
from planner.store.process import own
from planner.store.uncollected import uncollected
from planner.text.clean import clean, one_line
from planner.text.width import cut

LONGEST_LABEL, LONGEST_DRAFT = 300, 200_000
"""Cells of a label and characters of a draft that are taken from a journal."""

LAST_MOMENT = 250_000_000_000
"""Seconds up to the year 9892: what comes later may have no time on this host's clock."""

MOST_DRAFTS = 200

MOST_MADE = 20_000_000
"""Rows that the plans of a journal may have in all, those counted again that an edit left as they were in a list."""

MOST_JUDGED, FEWEST = 1_000_000, 100
"""Rows of all the plans that a journal tells, and steps that it tells at least, however large the plan."""

Record = dict[str, Any]


def digest(text: str) -> str:
    """What tells this text of a file from any other."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Told:
    """What a journal tells.

    ``base_text`` is the text of the plan's file as the journal began, empty for a plan that was never in one.
    ``steps`` are the edits, each with the plan after it; the first is ("", the plan as it was then). ``at`` is the
    step at which the plan stands, ``saved`` the one that is in the file, None where that is none of them;
    ``file`` is the plan in the file and ``digest`` that of its text. ``drafts`` is text that was being typed, by where.
    """

    base_text: str
    steps: tuple[tuple[str, Project], ...]
    at: int
    saved: int | None
    drafts: Mapping[str, str]
    file: Project
    digest: str
    unsaved: int

    @property
    def present(self) -> Project:
        """The plan as it was last."""
        return self.steps[self.at][1]

    @property
    def labels(self) -> tuple[str, ...]:
        """The edits that the file does not have, oldest first; those taken back from it, where it has more."""
        steps = self.steps
        if self.saved is not None and self.saved > self.at:
            return tuple(label for label, _plan in steps[self.at + 1 : self.saved + 1])
        return tuple(label for label, _plan in steps[max(1, self.at + 1 - self.unsaved) : self.at + 1])


@dataclass(slots=True)
class Course:
    """Where a plan stands after the records so far; the same whether they are being written or read."""

    text: str = ""
    labels: list[str] = field(default_factory=list)
    at: int = 0
    saved: int | None = 0
    parted: int = 0
    """The step after which the plan in the file went another way, where it is none of the steps."""
    digest: str = ""
    by: str = ""
    last: int = 0
    drafts: dict[str, str] = field(default_factory=dict)
    records: int = 0

    @property
    def unsaved(self) -> int:
        """How many edits lie between the file and the plan."""
        if self.saved is not None:
            return abs(self.at - self.saved)
        return max(1, self.at - self.parted)

    @property
    def last_day(self) -> datetime | None:
        """When the last record was written; None for a time that is in no calendar, or at its end."""
        return datetime.fromtimestamp(self.last, UTC) if 0 < self.last < LAST_MOMENT else None

    def take(self, record: Mapping[str, Any]) -> None:
        """The next record. Raises Unfit when it cannot come now."""
        match record:
            case {"begin": 1, "text": str(text), "by": str(by)} if not self.records:
                self.text, self.labels, self.digest = text, [""], digest(text)
                self.by = _name(by)
            case {"edit": str(label), "d": dict()} if self.records:
                if self.saved is not None and self.saved > self.at:
                    self.saved, self.parted = None, self.at
                self.parted = min(self.parted, self.at)
                self.labels[self.at + 1 :] = [cut(one_line(label), LONGEST_LABEL)]
                self.at += 1
            case {"go": int(steps)} if self.records and 0 <= self.at + steps < len(self.labels):
                self.at += steps
            case {"saved": str(mark), "at": int(at)} if self.records and 0 <= at < len(self.labels):
                self.saved, self.digest = at, mark
            case {"saved": str(mark), "at": None} if self.records:
                self.saved, self.digest, self.parted = None, mark, self.at
            case {"draft": str(where), "text": str(text)} if self.records:
                self.drafts.pop(where, None)
                if text and len(self.drafts) < MOST_DRAFTS:
                    self.drafts[one_line(where)[:LONGEST_LABEL]] = clean(text)[:LONGEST_DRAFT]
            case {"by": str(by)} if self.records:
                self.by = _name(by)
            case _:
                raise Unfit
        self.records += 1
        when = record.get("when")
        self.last = when if isinstance(when, int) and when > 0 else self.last


class Replay:
    """The plans of a journal, record by record."""

    def __init__(self) -> None:
        self.course = Course()
        self.plans: list[Project] = []
        self.file: Project | None = None
        self._room = Room(MOST_MADE)

    def take(self, record: Mapping[str, Any]) -> None:
        """The next record. Raises Unfit when it cannot come now, or is none for the plan at hand."""
        present = self.plans[self.course.at] if self.plans else None
        saved = self.course.saved
        parted = self.plans[saved] if saved is not None and self.plans else self.file
        match record:
            case {"edit": _, "d": patch} if present is not None:
                after = applied(Project, present, patch, self._room)
                self.course.take(record)
                self.plans[self.course.at :] = [after]
            case {"saved": _, "at": None, "d": patch} if present is not None:
                parted = present if patch is None else applied(Project, present, patch, self._room)
                self.course.take(record)
            case {"begin": _}:
                self.course.take(record)
                self.plans = [_begun(record)]
            case _:
                self.course.take(record)
        if self.course.saved is None:
            self.file = parted

    def told(self) -> Told:
        """What it tells: a step that led to a plan that could not be opened is left out, and of very many large plans
        the first ones are. Raises Unfit without a plan.
        """
        course = self.course
        with uncollected():
            sound = [place for place in self._judged() if not problems(self.plans[place])]
        at = bisect(sound, course.at) - 1
        if at < 0:
            raise Unfit
        saved = sound.index(course.saved) if course.saved in sound else None
        file = self.plans[course.saved] if course.saved is not None else self.file
        return Told(
            base_text=course.text,
            steps=tuple((course.labels[place] if n else "", self.plans[place]) for n, place in enumerate(sound)),
            at=at,
            saved=saved,
            drafts=dict(course.drafts),
            file=self.plans[0] if file is None or problems(file) else file,
            digest=course.digest,
            unsaved=abs(at - saved) if saved is not None else max(1, min(course.unsaved, at)),
        )

    def _judged(self) -> range:
        """The steps that are told: the last ones, as many as can be judged in some seconds, from a sound one on."""
        if not self.plans or problems(self.plans[0]):
            raise Unfit
        most = max(FEWEST, MOST_JUDGED // max(_size(plan) for plan in self.plans))
        return range(max(0, min(len(self.plans) - most, self.course.at - FEWEST)), len(self.plans))


def _size(plan: Project) -> int:
    """How much there is to judge in ``plan``."""
    return 1 + sum(len(value) for field in fields(plan) if isinstance(value := getattr(plan, field.name), tuple))


def _begun(record: Mapping[str, Any]) -> Project:
    """The plan from which a journal begins."""
    data = record.get("project")
    if data is None:
        try:
            return parse(record["text"].removeprefix(BOM), "")
        except PlanUnreadable:
            raise Unfit from None
    project, misfits = decode(Project, data)
    if project is None or misfits:
        raise Unfit
    return project


def _name(by: str) -> str:
    return cut(one_line(by), 80)


def telling(course: Course, plans: list[Project | None], stands: Project, text: str, keep: int) -> list[Record]:
    """Records that tell of ``plans``, as far as they are known, the last ``keep`` and those that must be told."""
    first = max(
        known_from(plans), min(len(plans) - keep, course.at, course.at if course.saved is None else course.saved)
    )
    known = [plan for plan in plans[first:] if plan is not None]
    at, when = course.at - first, {"when": course.last}
    found: list[Record] = [{"begin": 1, "text": text, "project": encode(known[0]), **when, **who()}]
    for label, before, after in zip(course.labels[first + 1 :], known, known[1:], strict=False):
        found.append({"edit": label, "d": difference(before, after) or {"f": {}}, **when})
    if at < len(known) - 1:
        found.append({"go": at - len(known) + 1, **when})
    saved = None if course.saved is None or course.saved < first else course.saved - first
    apart = {"d": difference(known[at], stands)} if saved is None else {}
    found.append({"saved": course.digest, "at": saved, **apart, **when})
    return found + [{"draft": where, "text": typed, **when} for where, typed in course.drafts.items()]


def known_from(plans: list[Project | None]) -> int:
    """The first step from which on all plans are known."""
    return max((n + 1 for n, plan in enumerate(plans) if plan is None), default=0)


def who() -> Record:
    """Whose session it is, as part of a record."""
    return {"by": f"{user()}@{own().host}"}
