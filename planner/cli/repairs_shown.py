"""Why a plan has no roadmap and what would mend it, as text and as data: for propose, repair and explain."""

from collections.abc import Iterator, Sequence
from typing import Any

from planner.cli.layout import paragraph, titled
from planner.model.project import Project
from planner.rollout.remedies import Remedy
from planner.rollout.repairs import Diagnosis
from planner.rollout.result import Conflict
from planner.text.i18n import _


def conflicts_data(conflicts: Sequence[Conflict]) -> list[dict[str, Any]]:
    """Conflicts as plain data."""
    return [{"rule": c.rule, "items": list(c.items), "message": c.message, "days": c.days} for c in conflicts]


def diagnosis_data(project: Project, found: Diagnosis) -> dict[str, Any]:
    """A diagnosis as plain data: ``conflict_set``, ``proof``, ``repairs`` and ``complete``."""
    return {
        "conflict_set": [{"rule": c.rule, "items": list(c.items), "text": c.text} for c in found.core],
        "proof": found.proof,
        "repairs": remedies_data(project, found.repairs),
        "complete": found.complete,
    }


def remedies_data(project: Project, remedies: Sequence[Remedy]) -> list[dict[str, Any]]:
    """Remedies or repairs as plain data, the best first; ``edits`` is what to write in the plan file."""
    return [
        {
            "change": remedy.said(),
            "edits": list(remedy.toml(project)),
            "cost": remedy.cost,
            "finish": remedy.finish,
            "start": remedy.start,
            "days_earlier": remedy.days,
        }
        for remedy in remedies
    ]


def diagnosis_lines(project: Project, found: Diagnosis, file: str) -> Iterator[str]:
    """A diagnosis as lines for standard error; ``file`` is the plan as a word of a command."""
    if found.core:
        certain = _("these cannot hold together:")
        yield certain if found.proof else _("these cannot hold together, as far as was found:")
        yield from (f"  - {constraint.text}" for constraint in found.core)
    if found.repairs:
        yield _("any one of these changes makes a roadmap possible, the cheapest first (tried out):")
        yield from (f"  {line}" for line in _numbered(project, found.repairs))
        yield _("apply one: planner repair {file} --apply N --write").format(file=file)
    elif not _empty(found):
        yield _("no single change was found that makes a roadmap possible")
    if not found.complete:
        yield _("the search for repairs was ended early")


def _empty(found: Diagnosis) -> bool:
    """Whether there is nothing to plan, so that no change was looked for: the conflict says what to do."""
    return all(conflict.rule == "coverage" for conflict in found.conflicts)


def diagnosis_blocks(project: Project, found: Diagnosis) -> list[str]:
    """A diagnosis as blocks for standard output."""
    certain = _("What cannot hold together")
    blocks = [_bulleted(_("What is in the way"), [c.message for c in found.conflicts])]
    if found.core:
        title = certain if found.proof else _("What cannot hold together, as far as was found")
        blocks.append(_bulleted(title, [constraint.text for constraint in found.core]))
    if found.repairs:
        blocks.append(remedies_block(project, found.repairs, _("Repairs, the cheapest first; each was tried out")))
    elif not _empty(found):
        blocks.append(_("No single change was found that makes a roadmap possible."))
    if not found.complete:
        blocks.append(_("The search was ended early; there may be more."))
    return blocks


def remedies_block(project: Project, remedies: Sequence[Remedy], title: str) -> str:
    """Remedies as a numbered list, each with what to write in the plan file."""
    lines = []
    for number, remedy in enumerate(remedies, 1):
        lines.append(paragraph(_effect(remedy), indent=2, bullet=f"{number}. "))
        lines += [paragraph(line, indent=7) for line in remedy.toml(project)]
    return titled(title, *lines)


def _numbered(project: Project, remedies: Sequence[Remedy]) -> Iterator[str]:
    for number, remedy in enumerate(remedies, 1):
        yield f"{number}. {_effect(remedy)}"


def _effect(remedy: Remedy) -> str:
    """What to change and what comes of it."""
    if remedy.start is None or remedy.days == 0:
        text = _("{change} (all done by {finish}; cost {cost:g})")
    elif remedy.days > 0:
        text = _("{change}: it starts on {start}, {days} days earlier (all done by {finish}; cost {cost:g})")
    else:
        text = _("{change}: it starts on {start}, {days} days later (all done by {finish}; cost {cost:g})")
    return text.format(
        change=remedy.said(), start=remedy.start, days=abs(remedy.days), finish=remedy.finish, cost=remedy.cost
    )


def _bulleted(title: str, lines: Sequence[str]) -> str:
    return titled(title, *(paragraph(line, indent=2, bullet="- ") for line in lines))
