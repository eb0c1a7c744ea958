"""Remarks: what a reviewer who may not write a plan leaves beside it, in a review file of their own."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from planner.model.problem import Problem
from planner.model.project import Comment, Decision
from planner.model.values import Name, Prose
from planner.text.clean import one_line, plain_id
from planner.text.i18n import N_, _

SCHEMA = 1
"""The version of the review file that this planner writes."""

MOST = 2_000
"""Comments, settled threads or decisions of one review; more is no review but a mistake, or an attack."""

LONGEST_NAME = 60
"""Characters of the longest name of a reviewer."""

VERDICTS = {"approved": N_("approved"), "conditions": N_("approved with conditions"), "rejected": N_("rejected")}
"""What can be decided at a gate, marked for translation."""

_SHORT = 40
"""Characters of the part of a name that stands in ids and file names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The reviewer holds the thread that begins with ``comment`` to be settled, or not to be."""

    comment: Name
    resolved: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was being typed when the session ended: a remark on ``item``, or an answer to ``reply_to``.

    Or the comment ``changes`` said anew, or the note of a decision at ``gate``, a phase, with the ``verdict`` by then.
    """

    text: Prose
    item: str = ""
    reply_to: str = ""
    changes: str = ""
    gate: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What ``reviewer`` remarks on a plan and decides at its gates.

    ``plan`` is the name of the engagement, ``file`` that of the plan file, without a folder; ``digest`` says
    which state of the plan was reviewed last. The ids of the comments begin with :func:`series`, so that they
    are the same ones however often the review is folded in.
    """

    schema: Literal[1] = 1
    plan: Name
    file: Name
    digest: str = ""
    reviewer: Name
    comments: tuple[Comment, ...] = ()
    settled: tuple[Settled, ...] = ()
    decisions: tuple[Decision, ...] = ()
    draft: Draft | None = None


def is_about(remarks: Remarks, file: str, plan: str) -> bool:
    """Whether ``remarks`` are on the plan called ``plan`` in the file of the name ``file``; one may be another now."""
    return remarks.file == file or remarks.plan == plan


def mark_of(reviewer: str) -> str:
    """The reviewer's name as a part of ids and file names: lower-case ASCII letters, digits and hyphens.

    Names that differ in more than case, blanks and hyphens have different marks, also where none of their letters
    is ASCII; no name becomes a path.
    """
    name = one_line(reviewer)
    plain = plain_id(name)[:_SHORT].strip("-")
    if plain and plain == re.sub(r"[ -]+", "-", name.lower()):
        return plain
    return f"{plain or 'reviewer'}-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:6]}"


def series(reviewer: str) -> str:
    """With what the ids of all comments of ``reviewer`` begin; a number follows."""
    return f"r-{mark_of(reviewer)}-"


def differently(decision: Decision) -> str:
    """The id of the conflict between ``decision``, made in a review, and what the plan holds to at that gate."""
    return f"{series(decision.author)}{decision.phase}"


def overruled(decision: Decision) -> str:
    """The id of the comment that keeps ``decision`` once the plan holds to another one at that gate.

    No reviewer's own comments have such an id; what is decided anew has another.
    """
    said = repr((decision.phase, decision.verdict, decision.made, decision.note))
    return f"gate-{mark_of(decision.author)}-{sha256(said.encode('utf-8', 'replace')).hexdigest()[:12]}"


def next_id(start: str, taken: Collection[str]) -> str:
    """The first id of the series ``start`` behind all that are ``taken``: one that was used comes never again."""
    numbers = [int(end) for one in taken if one.startswith(start) and (end := one[len(start) :]).isdecimal()]
    return f"{start}{max(numbers, default=0) + 1}"


def problems(remarks: Remarks) -> list[Problem]:
    """Everything that makes no sense in a review."""
    return [*_places(remarks), *_amounts(remarks), *_ids(remarks), *_gates(remarks)]


def _places(remarks: Remarks) -> Iterator[Problem]:
    if "/" in remarks.file or "\\" in remarks.file or remarks.file.startswith("."):
        yield Problem(("file",), _("file is not the plain name of a file"), _("write it without a folder"))


def _amounts(remarks: Remarks) -> Iterator[Problem]:
    for table in ("comments", "settled", "decisions"):
        if len(getattr(remarks, table)) > MOST:
            words = _("a review has at most {n} of {table}").format(n=MOST, table=table)
            yield Problem((table,), words, _("take some out"))


def _ids(remarks: Remarks) -> Iterator[Problem]:
    start, seen = series(remarks.reviewer), set()
    for index, one in enumerate(remarks.comments):
        where = ("comments", index, "id")
        if one.id in seen:
            yield Problem(where, _("comment {name!r} is there twice").format(name=one.id), _("give it another number"))
        elif not re.fullmatch(re.escape(start) + "[1-9][0-9]{0,5}", one.id):
            words = _("the id {name!r} is none of this reviewer").format(name=one.id)
            yield Problem(where, words, _("write {start} and a number").format(start=start))
        seen.add(one.id)


def _gates(remarks: Remarks) -> Iterator[Problem]:
    seen = set()
    for index, decision in enumerate(remarks.decisions):
        if decision.phase in seen:
            words = _("there are two decisions on the phase {name!r}").format(name=decision.phase)
            yield Problem(("decisions", index, "phase"), words, _("take one of them out"))
        seen.add(decision.phase)
