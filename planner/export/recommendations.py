"""What to do in the near, mid and long term (domain.md §5): read off the roadmap, or suggested until there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.assessment.dates import finish_of
from planner.assessment.priority import priorities
from planner.graph.closure import Need, needs_of
from planner.model.calendar import months_after
from planner.model.capability import capability, level_of, process_of
from planner.model.knowledge import Catalogue, Horizon
from planner.model.known.assessment import QuickWin
from planner.model.project import Project


@dataclass(frozen=True, slots=True)
class Step:
    """A capability to be reached: when (None without a roadmap), for which own priority, or pulled in by what."""

    item: str
    reached: date | None = None
    priority: float = 0.0
    pulled_by: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """What is recommended until ``until``; without a horizon: what lies beyond the last one or has no date yet."""

    horizon: Horizon | None
    until: date | None
    steps: tuple[Step, ...]
    quick_wins: tuple[QuickWin, ...] = ()


def recommendations(project: Project, catalogue: Catalogue) -> tuple[Advice, ...]:
    """The horizons of the catalogue with what is to be reached in each.

    With a roadmap these are its dates. Without one the needed capabilities are put in an order that keeps hard
    dependencies, the most urgent first (what something urgent needs is as urgent), and parted among the horizons by
    their length; quick wins on the way to them come first.
    """
    horizons = sorted(catalogue.defaults.horizons, key=lambda horizon: horizon.months)
    needs = needs_of(project)
    own = {one.process: one.value for one in priorities(project, catalogue)}
    if project.roadmap is not None:
        return _by_date(project, horizons, needs, own)
    steps = [_step(item, needs, own) for item in _in_order(project, catalogue, needs, own)]
    wins = tuple(win for win in catalogue.quick_wins if win.item in needs)
    found: list[Advice] = []
    taken = 0
    for horizon in horizons:
        upto = round(len(steps) * horizon.months / horizons[-1].months)
        until = months_after(project.engagement.start, horizon.months)
        found.append(Advice(horizon, until, tuple(steps[taken:upto]), () if found else wins))
        taken = upto
    return tuple(found)


def _by_date(
    project: Project, horizons: Sequence[Horizon], needs: Mapping[str, Need], own: Mapping[str, float]
) -> tuple[Advice, ...]:
    assert project.roadmap is not None
    reached = {item: finish_of(project, project.roadmap, item) for item in project.capabilities}
    steps = sorted(
        (_step(item, needs, own, day) for item, day in reached.items()), key=lambda step: step.reached or date.max
    )
    found = []
    begin = date.min
    for horizon in horizons:
        until = months_after(project.engagement.start, horizon.months)
        here = tuple(step for step in steps if step.reached and begin <= step.reached < until)
        found.append(Advice(horizon, until, here))
        begin = until
    rest = tuple(step for step in steps if step.reached is None or step.reached >= begin)
    return (*found, Advice(None, None, rest)) if rest else tuple(found)


def _step(item: str, needs: Mapping[str, Need], own: Mapping[str, float], day: date | None = None) -> Step:
    need = needs.get(item)
    pulled_by = need.pulled_by if need else ""
    return Step(item, day, 0.0 if pulled_by else own.get(process_of(item), 0.0), pulled_by)


def _in_order(project: Project, catalogue: Catalogue, needs: Mapping[str, Need], own: Mapping[str, float]) -> list[str]:
    """``needs`` so that nothing stands before what it needs, the most urgent as early as that allows."""
    before: dict[str, set[str]] = {item: set() for item in needs}
    for item in needs:
        below = capability(process_of(item), level_of(item) - 1)
        before[item] |= {below} & needs.keys()
    for link in project.dependencies:
        if link.strength == "hard" and link.item in before and link.needs in before:
            before[link.item].add(link.needs)
    urgency = {item: own.get(process_of(item), 0.0) for item in needs}
    changed = True
    while changed:
        changed = False
        for item, earlier in before.items():
            for other in earlier:
                if urgency[other] < urgency[item]:
                    urgency[other] = urgency[item]
                    changed = True
    quick = {win.item for win in catalogue.quick_wins}
    place = {item: number for number, item in enumerate(needs)}
    left = list(needs)
    order: list[str] = []
    while left:
        ready = [item for item in left if before[item] <= set(order)] or left  # in a circle: any of them
        chosen = min(ready, key=lambda item: (-urgency[item], item not in quick, level_of(item), place[item]))
        order.append(chosen)
        left.remove(chosen)
    return order
