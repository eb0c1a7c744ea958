"""Explanations as text and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

from planner.cli.layout import facts, paragraph, titled
from planner.cli.repairs_shown import conflicts_data, remedies_block, remedies_data
from planner.export.words import days, percent
from planner.model.project import Phase, Project
from planner.rollout.remedies import Remedies
from planner.rollout.result import Explanation, Reason, Slack
from planner.rollout.whatif import Effect, WhatIf
from planner.text.i18n import _, ngettext

MOVES = 8
"""How many of the capabilities that move are named, those that move most."""


def data(project: Project, found: Explanation) -> dict[str, Any]:
    """An explanation as plain data."""
    slack = found.slack
    return {
        "schema": 1,
        "item": found.item,
        "title": project.title(found.item),
        "phase": found.phase,
        "start": found.start,
        "finish": found.finish,
        "earliest": found.earliest,
        "broken": list(found.broken),
        "because": list(found.because),
        "reasons": reasons_data(found.reasons),
        "preference": reasons_data([found.preference])[0] if found.preference else None,
        "parts": list(found.parts),
        "chain": [
            {
                "item": step.item,
                "start": step.start,
                "finish": step.finish,
                "rule": step.reason.rule,
                "message": step.reason.message,
                "breaks": list(step.breaks),
            }
            for step in found.chain
        ],
        "slack": {"free": slack.free, "total": slack.total, "links": slack.links} if slack else None,
    }


def reasons_data(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons as plain data."""
    return [{"rule": r.rule, "items": list(r.items), "message": r.message} for r in reasons]


def blocks(project: Project, found: Explanation) -> list[str]:
    """An explanation as blocks of text."""
    title = project.title(found.item)
    stands = project.phase_by_id[found.phase]
    return [
        f"{title} ({found.item})" if title != found.item else title,
        facts(
            [
                (_("Phase"), f"{project.phases.index(stands) + 1}. {stands.name} ({stands.id})"),
                (_("Dates"), f"{found.start} .. {found.finish}"),
                (_("Earliest start"), f"{found.earliest}"),
                (_("Slack"), _slack(found.slack) if found.slack else ""),
            ]
        ),
        _list(_("What is wrong here"), found.broken),
        _list(_("Why here"), found.because),
        _list(_("Why not earlier"), (found.preference.message,)) if found.preference else "",
        _list(
            _("Why not earlier than {day}").format(day=found.earliest),
            tuple(reason.message for reason in found.reasons),
        ),
        _list(_("What that rests on, back to the start"), tuple(_steps(found))),
        _list(_("Its work packages"), found.parts),
    ]


def _slack(slack: Slack) -> str:
    text = _("{total} working days without a later end ({free} with all else in place; {links} if staff had no limit)")
    return text.format(total=slack.total, free=slack.free, links=slack.links)


def _steps(found: Explanation) -> Iterator[str]:
    for step in found.chain:
        line = _("{start} {item}: {why}").format(start=step.start, item=step.item, why=step.reason.message)
        yield _("; ").join([line, *step.breaks])


def against(project: Project, found: Explanation, phase: Phase, reasons: Sequence[Reason]) -> str:
    """What speaks against another phase while everything else stays where it is."""
    name = _("Against phase {phase}").format(phase=f"{project.phases.index(phase) + 1}. {phase.name}")
    if phase.id == found.phase:
        return _list(name, (_("it stands there already"),))
    return _list(name, tuple(r.message for r in reasons) or (_("nothing speaks against it"),))


def what_if_data(project: Project, found: WhatIf) -> dict[str, Any]:
    """The answer to a demand as plain data."""
    effect = found.effect
    return {
        "phase": found.phase or None,
        "by": found.by,
        "feasible": found.proposal is not None,
        "conflicts": conflicts_data(found.conflicts),
        "effect": _effect_data(effect) if effect else None,
        "remedies": remedies_data(project, found.remedies),
        "complete": found.complete,
    }


def _effect_data(effect: Effect) -> dict[str, Any]:
    return {
        "start_days": effect.start,
        "finish_days": effect.finish,
        "first_value_days": effect.first_value,
        "peak": {"role": effect.role, "before": effect.before, "after": effect.after},
        "broken_soft_dependencies": effect.broken_soft,
        "moves": [
            {
                "item": move.item,
                "start": move.start,
                "new_start": move.new_start,
                "days": move.days,
                "phase": move.phase,
                "new_phase": move.new_phase,
            }
            for move in effect.moves
        ],
    }


def what_if_blocks(project: Project, found: WhatIf) -> list[str]:
    """The answer to a demand as blocks of text."""
    demand = _("{item} in phase {phase}").format(item=found.item, phase=found.phase) if found.phase else found.item
    if found.by:
        demand = _("{item} by {day}").format(item=demand, day=found.by)
    title = _("What if: {demand}").format(demand=demand)
    if found.effect:
        shown = [
            _list(title, tuple(_cost(found.effect))),
            remedies_block(project, found.remedies, _("To have it so, write and propose again")),
        ]
    else:
        shown = [_list(title, tuple(conflict.message for conflict in found.conflicts))]
        if found.remedies:
            shown.append(remedies_block(project, found.remedies, _("What makes it possible, the cheapest first")))
        else:
            shown.append(_("No single change was found that makes it possible."))
    if not found.complete:
        shown.append(_("The search was ended early; there may be more."))
    return shown


def _cost(effect: Effect) -> Iterator[str]:
    yield _("it would start {days}").format(days=_shift(effect.start))
    yield _("the roadmap would finish {days}").format(days=_shift(effect.finish))
    yield _("the first value would come {days}").format(days=_shift(effect.first_value))
    if effect.role:
        text = _("the highest load: {role} {after} (now {before})")
        yield text.format(role=effect.role, after=percent(effect.after), before=percent(effect.before))
    if effect.broken_soft:
        yield _("wished-for links broken: {n:+d}").format(n=effect.broken_soft)
    moved = sorted(effect.moves, key=lambda move: -abs(move.days))
    for move in moved[:MOVES]:
        text = (
            _("{item} moves from {start} to {new}")
            if move.phase == move.new_phase
            else _("{item} moves from {start} ({phase}) to {new} ({other})")
        )
        yield text.format(item=move.item, start=move.start, new=move.new_start, phase=move.phase, other=move.new_phase)
    more = len(moved) - MOVES
    if more > 0:
        yield ngettext("and {n} more item moves", "and {n} more items move", more).format(n=more)


def _shift(count: int) -> str:
    if not count:
        return _("on the same day")
    return (_("{days} later") if count > 0 else _("{days} earlier")).format(days=days(abs(count)))


def remedies_found_data(project: Project, found: Remedies) -> dict[str, Any]:
    """What would move an item, as plain data."""
    return {
        "again_days": found.again,
        "found": remedies_data(project, found.found),
        "complete": found.complete,
    }


def remedies_found_blocks(project: Project, found: Remedies) -> list[str]:
    """What would move an item, as blocks of text."""
    shown = []
    if found.again:
        text = _("Proposing again moves it {days} earlier without any change.")
        shown.append(text.format(days=days(found.again)))
    if found.found:
        shown.append(remedies_block(project, found.found, _("What would move it, the cheapest first")))
    else:
        shown.append(_("No single change was found that moves it."))
    if not found.complete:
        shown.append(_("The search was ended early; there may be more."))
    return shown


def _list(name: str, lines: Sequence[str]) -> str:
    return titled(name, *(paragraph(line, indent=2, bullet="- ") for line in lines)) if lines else ""
