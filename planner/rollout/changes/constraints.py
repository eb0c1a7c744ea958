"""The constraints of a plan that its owner can change, each with the change that takes it away; and the fewest of them
that cannot hold together (QuickXplain, Junker 2004).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from planner.model.calendar import ONE_DAY
from planner.model.project import Pin, Project
from planner.rollout.changes.kinds import Change, HigherLimit, MoreCapacity, RelaxedLink, ShorterBreak, ShorterSettling
from planner.rollout.changes.promised import FreeCount, PhaseDates, Pinned, Way
from planner.rollout.result import Rule
from planner.text.i18n import _

PLENTY = 100.0
"""Full-time equivalents that are as good as any number."""

ENOUGH = 99
"""A limit on change that holds nothing up."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that the plan demands, in its owner's words; ``relaxed`` takes it away."""

    rule: Rule
    items: tuple[str, ...]
    text: str
    relaxed: Change


def constraints(project: Project, phases: int | None = None) -> list[Constraint]:
    """All constraints of ``project`` (and the number of ``phases`` asked for) that could be given up.

    Those first that are best to blame when either of two could be: promises, then phases, staff, limits, the calendar.
    """
    found = [*_pins(project), *_phases(project)]
    if phases is not None:
        text = _("{n} phases were asked for").format(n=phases)
        found.append(Constraint("phase", (), text, FreeCount(phases)))
    return [*found, *_links(project), *_roles(project), *_limits(project), *_calendar(project)]


def _pins(project: Project) -> Iterator[Constraint]:
    texts: dict[Way, str] = {
        "deadline": _("{item} is to finish by {value}"),
        "phase": _("{item} is pinned to phase {value}"),
        "not_before": _("{item} may not start before {value}"),
    }
    ways: tuple[Way, ...] = ("deadline", "phase", "not_before")
    for pin in project.pins:
        for way in ways:
            value = getattr(pin, way)
            if value and not (way == "deadline" and pin.may_slip):
                text = texts[way].format(item=pin.item, value=value) + (f" ({pin.reason})" if pin.reason else "")
                yield Constraint(
                    "deadline" if way == "deadline" else "pin", (pin.item,), text, Pinned(Pin(item=pin.item), (way,))
                )


def _phases(project: Project) -> Iterator[Constraint]:
    for phase in project.phases:
        if phase.not_after:
            text = _("phase {phase} must end by {day}").format(phase=phase.id, day=phase.not_after)
            yield Constraint("phase", (phase.id,), text, PhaseDates(phase.id, "not_after", None))
        if phase.not_before:
            text = _("phase {phase} may not begin before {day}").format(phase=phase.id, day=phase.not_before)
            yield Constraint("phase", (phase.id,), text, PhaseDates(phase.id, "not_before", None))
        if phase.limit is not None:
            text = _("at most {limit} may change at once in phase {phase}").format(limit=phase.limit, phase=phase.id)
            yield Constraint("absorption", (phase.id,), text, HigherLimit(ENOUGH, phase.id))


def _links(project: Project) -> Iterator[Constraint]:
    for link in project.dependencies:
        if link.source == "own" and link.strength == "hard":
            text = _("{item} needs {needs}").format(item=link.item, needs=link.needs)
            text += f" ({link.reason})" if link.reason else ""
            yield Constraint("dependency", (link.item, link.needs), text, RelaxedLink(link.key))


def _roles(project: Project) -> Iterator[Constraint]:
    used = {role for package in project.packages for role in package.effort}
    for role in project.roles:
        if role.id in used:
            has = f"{role.fte:g}" + "".join(
                _(", from {day} {fte:g}").format(day=change.since, fte=change.fte) for change in role.changes
            )
            text = _("{role} has {has} FTE").format(role=role.id, has=has)
            yield Constraint("capacity", (role.id,), text, MoreCapacity(role.id, PLENTY))


def _limits(project: Project) -> Iterator[Constraint]:
    text = _("at most {limit} may change at once").format(limit=project.limits.absorption)
    yield Constraint("absorption", (), text, HigherLimit(ENOUGH))
    for level, weeks in project.limits.stabilise_weeks.items():
        if weeks and any(item.endswith(f"@{level}") for item in project.capabilities):
            text = _("level {level} must settle {weeks} weeks before the next").format(level=level, weeks=weeks)
            yield Constraint("stabilisation", (), text, ShorterSettling(int(level), 0))


def _calendar(project: Project) -> Iterator[Constraint]:
    """Blackouts, as far as they lie before the last date that is promised."""
    due = [pin.deadline for pin in project.pins if pin.deadline]
    due += [phase.not_after for phase in project.phases if phase.not_after]
    for period in project.calendar.blackouts:
        if due and period.last >= project.engagement.start and period.first <= max(due):
            text = _("no work from {first} to {last}{name}").format(
                first=period.first, last=period.last, name=f" ({period.name})" if period.name else ""
            )
            yield Constraint("calendar", (), text, ShorterBreak(period, period.first - ONE_DAY))


def minimal(fails: Callable[[Sequence[T]], bool], found: Sequence[T]) -> tuple[T, ...]:
    """A smallest part of ``found`` that fails by itself: without any one of it the rest would not.

    ``fails`` judges a part; what contains a part that fails must fail, all of ``found`` does, nothing does not. Takes
    about 2 k log(n / k) judgements for k of n.
    """

    def explain(kept: list[T], added: bool, rest: list[T]) -> list[T]:
        if added and fails(kept):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        front, back = rest[:half], rest[half:]
        second = explain(kept + front, bool(front), back)
        first = explain(kept + second, bool(second), front)
        return first + second

    core = explain([], False, list(found)) if found else []
    return tuple(one for one in found if one in core)
