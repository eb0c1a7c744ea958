"""What ``verify`` says of too much at once: more work than a role can do, more change than people can bear.

Part of ``planner.rollout.verify``, and like it without any code of the engine. Days up to ``as_of`` are past. Too much
on a later day counts only where something that has not begun takes part in it: the rest can only be told.
"""

from collections.abc import Iterator
from datetime import date

from planner.model.capability import level_of, process_of
from planner.rollout.judging.days import Judged
from planner.rollout.result import Violation
from planner.text.i18n import _, listed

TOLERANCE = 1e-4
"""Full-time equivalents by which rounding may exceed a capacity: less than a minute a day."""


def capacity(judged: Judged) -> Iterator[Violation]:
    """Days on which a role has more work than it can do."""
    project = judged.project
    used: dict[tuple[str, date], float] = {}
    fresh: set[tuple[str, date]] = set()
    for item, place in judged.placed.items():
        package = project.package_by_id[item]
        loads = [(role, load) for role in package.effort if (load := package.load(role))]
        for day in judged.days(place.start, place.finish):
            for role, load in loads:
                used[role, day] = used.get((role, day), 0.0) + load
                if item in judged.free:
                    fresh.add((role, day))
    over: dict[str, dict[date, float]] = {}
    for (role, day), load in used.items():
        has = project.role_by_id[role].capacity(day)
        if load > has + TOLERANCE and (role, day) in fresh and not judged.past(day):
            over.setdefault(role, {})[day] = load - has
    for role in (role.id for role in project.roles if role.id in over):
        for first, last in judged.runs(over[role]):
            worst = _worst(over[role], first, last)
            items = tuple(
                item
                for item, place in judged.placed.items()
                if place.start <= worst <= place.finish and project.package_by_id[item].load(role)
            )
            yield Violation(
                "capacity",
                items,
                _("{role} has {has:g} on {day} but {items} need {load:.2f} ({first} to {last})").format(
                    role=role,
                    has=project.role_by_id[role].capacity(worst),
                    day=worst,
                    items=listed(items),
                    load=used[role, worst],
                    first=first,
                    last=last,
                ),
                worst,
                over[role][worst],
                (role,),
            )


def absorption(judged: Judged) -> Iterator[Violation]:
    """Days on which more changes than the plan, or a phase, allows."""
    project = judged.project
    everything = [item for item in project.capabilities if item in judged.span]
    limit = max(judged.allowed or 0, project.limits.absorption)
    yield from _too_much(judged, everything, limit, _("the plan"), ())
    for phase in project.phases:
        if phase.limit is not None:
            mine = [item for item in everything if phase.id in judged.phases_of(item)]
            yield from _too_much(judged, mine, phase.limit, _("phase {phase}").format(phase=phase.id), (phase.id,))


def _too_much(judged: Judged, items: list[str], limit: int, where: str, about: tuple[str, ...]) -> Iterator[Violation]:
    """A process that rises to several levels at once counts with the one that is most change."""
    weighed = judged.project.limits
    changing: dict[date, dict[str, int]] = {}
    fresh: set[date] = set()
    for item in items:
        untouched = not any(package.id in judged.project.progress_of for package in judged.project.packages_of[item])
        process, weight = process_of(item), weighed.weight(level_of(item))
        for day in judged.days(judged.span[item].start, judged.span[item].finish):
            on_day = changing.setdefault(day, {})
            on_day[process] = max(weight, on_day.get(process, 0))
            if untouched:
                fresh.add(day)
    sums = {day: sum(processes.values()) for day, processes in changing.items()}
    over = {
        day: float(much - limit) for day, much in sums.items() if much > limit and day in fresh and not judged.past(day)
    }
    text = (
        _("{count} of change at once on {day}, {where} allows {limit}: {items} ({first} to {last})")
        if weighed.change_weight
        else _("{count} processes change at once on {day}, {where} allows {limit}: {items} ({first} to {last})")
    )
    for first, last in judged.runs(over):
        worst = _worst(over, first, last)
        names = tuple(item for item in items if worst in judged.span[item])
        message = text.format(
            count=sums[worst], day=worst, where=where, limit=limit, items=listed(names), first=first, last=last
        )
        yield Violation("absorption", names, message, worst, over[worst], about)


def _worst(over: dict[date, float], first: date, last: date) -> date:
    """The day from ``first`` to ``last`` that is most over, the earliest of several."""
    return max((day for day in over if first <= day <= last), key=lambda day: (over[day], -day.toordinal()))
