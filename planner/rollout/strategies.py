"""What a strategy comes to in one plan: its phases where they follow from the plan's pains, its limit on change.

Pains name the levels that cure them. They are taken heaviest first, each with what its cure needs in this plan, and
the work is dealt to the strategy's phases in shares of like size: so an early phase never holds the cure of a lighter
pain while a later one holds that of a heavier, and the heaviest is always cured in the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.graph.closure import closure
from planner.model.answers import Pain
from planner.model.capability import capability, level_of, process_of
from planner.model.knowledge import Strategy, StrategyPhase
from planner.model.project import ProcessScope, Project
from planner.model.values import LOWEST, Fixed
from planner.rollout.result import Conflict, Unsuited
from planner.text.i18n import _


def effective(strategy: Strategy, project: Project) -> Strategy:
    """``strategy`` as it is meant in ``project``.

    With ``from_pains`` its phases have the levels that cure the plan's pains. Its ``absorption`` is None unless it is
    more than the plan's limit. Raises Unsuited when levels should come from pains and no planned work cures any.
    """
    more = strategy.absorption if (strategy.absorption or 0) > project.limits.absorption else None
    strategy = replace(strategy, absorption=more)
    if not strategy.from_pains:
        return strategy
    return replace(strategy, phases=tuple(_phases(strategy, project)))


def _phases(strategy: Strategy, project: Project) -> Iterator[StrategyPhase]:
    """The strategy's phases with the levels that they are to reach."""
    cures = _cures(strategy, project)
    count, total = len(strategy.phases), sum(map(len, cures))
    levels: list[dict[str, int]] = [{} for _phase in strategy.phases]
    before, place = 0, -1
    for cure in cures:
        middle = before + len(cure) / 2
        place = min(place + 1, max(place, int(middle * count / total)))
        for item in cure:
            levels[place][process_of(item)] = max(level_of(item), levels[place].get(process_of(item), LOWEST))
        before += len(cure)
    for phase, aims in zip(strategy.phases, levels, strict=True):
        yield replace(phase, levels=Fixed(aims))


def _cures(strategy: Strategy, project: Project) -> list[tuple[str, ...]]:
    """The planned capabilities that cure each pain and no heavier one, the heaviest pain first.

    Of pains that weigh the same the one whose cure asks for least comes first, then by id.
    """
    needed = {pain.id: _needed(project, pain) for pain in project.pains}
    if not project.pains:
        wrong = _("strategy {name} follows the client's pains, and the plan names none").format(name=strategy.id)
        raise Unsuited((Conflict("strategy", (), wrong),), _("tick the pains first, or choose another strategy"))
    if not any(needed.values()):
        wrong = _("strategy {name} follows the client's pains, and no planned work cures any of them").format(
            name=strategy.id
        )
        raise Unsuited(
            (Conflict("strategy", tuple(needed), wrong),),
            _("raise the targets that cure them, or choose another strategy"),
        )
    told: set[str] = set()
    cures = []
    for pain in sorted(project.pains, key=lambda pain: (-pain.weight, len(needed[pain.id]), pain.id)):
        cures.append(tuple(item for item in needed[pain.id] if item not in told))
        told.update(needed[pain.id])
    return cures


def _needed(project: Project, pain: Pain) -> tuple[str, ...]:
    """The planned capabilities that cure a pain: its levels and what they need, the needed ones first."""
    wanted = {process: level for process, level in pain.levels.items() if process in project.process_by_id}
    scopes = [_aimed(process, wanted.get(process.id, LOWEST)) for process in project.processes]
    links = [link for link in project.dependencies if link.item in project.packages_of]
    found = sorted(item for item in closure(scopes, links) if item in project.packages_of)
    needs: dict[str, set[str]] = {item: {capability(process_of(item), level_of(item) - 1)} for item in found}
    for link in links:
        if link.item in needs and link.strength == "hard":
            needs[link.item].add(link.needs)
    return _in_order(found, needs)


def _aimed(process: ProcessScope, level: int) -> ProcessScope:
    """``process`` with ``level`` as its only target."""
    goal = Fixed({dimension: max(now, level) for dimension, now in process.baseline.items()})
    return replace(process, in_scope=True, target=goal)


def _in_order(items: Sequence[str], needs: dict[str, set[str]]) -> tuple[str, ...]:
    """``items`` so that each comes after those it needs; a circle, which nobody can plan, is left as it stands."""
    order: list[str] = []
    left = list(items)
    while left:
        item = next((item for item in left if needs[item].isdisjoint(left)), left[0])
        order.append(item)
        left.remove(item)
    return tuple(order)
