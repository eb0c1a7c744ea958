"""The list of findings as rows: weights, inside them checks, inside them findings; groups fold."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from planner.checks.finding import SEVERITIES, Finding
from planner.checks.mending import needs_roadmap
from planner.edit.materialise import is_catalogue_id
from planner.model.capability import capability
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled
from planner.tui.filtering import Field, Value
from planner.tui.named import named, work_named

ACCEPTED = "accepted"
"""The key of the group of what the plan accepts."""

STYLE = {"error": "bad", "warning": "warn", "info": "strong", ACCEPTED: "dim"}

MANY = 20
"""A check that finds more than so many things is folded at first."""

_ID = re.compile(r"[A-Za-z0-9_@-]+")
"""What may be an id in a message."""

_HEADS = {
    "error": N_("Errors ({n}): what is broken"),
    "warning": N_("Warnings ({n}): what is doubtful"),
    "info": N_("Hints ({n}): worth knowing"),
    ACCEPTED: N_("Accepted ({n}): with a reason"),
}

WEIGHTS = {"error": N_("Error"), "warning": N_("Warning"), "info": N_("Hint")}
"""What a finding of a severity is called."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A row: a ``finding``, or (None) the head of a group. ``key`` stays the same over a re-check.

    ``words`` are those of a head, which hides its group when ``folded``; ``titled`` findings have no head of a check.
    ``group`` is the weight, or ``ACCEPTED``; ``depth`` how far in the row stands.
    """

    key: str
    words: str
    group: str
    depth: int
    finding: Finding | None = None
    folded: bool = False
    titled: bool = False


def rows(findings: Sequence[Finding], accepted: Sequence[Finding], folded: Collection[str]) -> list[FindingRow]:
    """The rows of what was found, worst first, and of what the plan accepts; ``folded`` are keys of heads."""
    groups = [(name, [finding for finding in findings if finding.severity == name]) for name in SEVERITIES]
    return [
        row for name, members in [*groups, (ACCEPTED, [*accepted])] if members for row in _group(name, members, folded)
    ]


def _group(group: str, members: Sequence[Finding], folded: Collection[str]) -> Iterator[FindingRow]:
    """A weight with its checks; one that finds a single thing stands in one line with it."""
    yield FindingRow(group, _(_HEADS[group]).format(n=len(members)), group, 0, folded=group in folded)
    if group in folded:
        return
    times: Counter[str] = Counter()
    for ident, found in groupby(members, key=lambda finding: finding.id):
        alike = [*found]
        head = f"{group}/{ident}"
        if len(alike) > 1:
            words = _("{title} ({n})").format(title=alike[0].title, n=len(alike))
            yield FindingRow(head, words, group, 1, folded=head in folded)
        if len(alike) > 1 and head in folded:
            continue
        for finding in alike:
            key = f"{head}/{' '.join(finding.items)}"
            times[key] += 1
            alone = len(alike) == 1
            yield FindingRow(f"{key}#{times[key]}", "", group, 1 if alone else 2, finding, titled=alone)


def crowded(findings: Sequence[Finding]) -> set[str]:
    """The heads of checks that find so much that it would hide all others."""
    times = Counter((finding.severity, finding.id) for finding in findings)
    return {f"{severity}/{ident}" for (severity, ident), n in times.items() if n > MANY}


def plainly(project: Project, finding: Finding) -> str:
    """The message of a finding with work packages, capabilities and phases by their names instead of their ids."""
    about_roadmap = needs_roadmap(finding)

    def name(match: re.Match[str]) -> str:
        item = match[0]
        if about_roadmap and item in project.phase_by_id:
            return f'"{project.phase_by_id[item].name}"'
        if item not in finding.items or item in project.process_by_id:
            return item
        name = called(project, item)
        return name if name == item or "@" in item else f'"{name}"'

    return _ID.sub(name, finding.message) if finding.items else finding.message


def called(project: Project, item: str) -> str:
    """What a person calls something that a finding is about; also work of the templates that was left out."""
    if item in project.package_by_id:
        return work_named(project, item)
    process, _dash, rest = item.rpartition("-")[0].rpartition("-")
    if process in project.process_by_id and is_catalogue_id(project, item):
        return labelled(project.title(capability(process, int(rest))), _(item.rpartition("-")[2]))
    return named(project, item)


def worded(project: Project, row: FindingRow) -> str:
    """What a row says."""
    if row.finding is None:
        return row.words
    words = plainly(project, row.finding)
    return labelled(row.finding.title, words) if row.titled else words


def fields() -> Sequence[Field]:
    """What findings are filtered by."""
    weights = (("error", _("error")), ("warning", _("warning")), ("info", _("hint")))
    return (
        Field("name", N_("words")),
        Field("weight", N_("weight"), "choice", weights),
        Field("check", N_("check")),
        Field("item", N_("about")),
    )


def facts(project: Project, finding: Finding) -> dict[str, Value]:
    """A finding as it is filtered."""
    items = [words for item in finding.items for words in (called(project, item), item)]
    return {
        "name": (finding.title, plainly(project, finding), *items),
        "weight": finding.severity,
        "check": (finding.id, finding.title),
        "item": tuple(items),
    }
