"""Orders of groups: from known rules, and from other orders. Every one keeps what its parents keep."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from random import Random

from planner.rollout.decode import Decoder
from planner.rollout.phases import tails
from planner.rollout.problem import Problem
from planner.rollout.schedule import NoRoom


def rules(problem: Problem, decoder: Decoder) -> Iterator[list[int]]:
    """Orders by known priority rules: the longest chain of work behind a group first; most worth for its work first.

    Each as it is and, where there is room for it, as the parallel scheme orders the groups by the same rule.
    """
    for keys in ([-tail for tail in tails(problem)], [-density for density in _densities(problem)]):
        yield decoder.by(keys)
        with suppress(NoRoom):
            yield decoder.parallel(keys)


def _densities(problem: Problem) -> list[float]:
    """For each group, the worth that it and all that need it have, for each day of a role's capacity that they take."""
    most = [max(units for _since, units in steps) or 1 for steps in problem.capacity_steps]
    work = [
        sum(
            problem.tasks[n].days * (0.01 + sum(units / most[role] for role, units in problem.tasks[n].loads))
            for n in g.tasks
        )
        for g in problem.groups
    ]
    worth = [0.0] * len(problem.groups)
    for result in problem.results:
        groups = sorted({problem.tasks[n].group for n in result.tasks})
        for number in groups:
            worth[number] += result.weight / len(groups)
    behind: list[set[int]] = [set() for _group in problem.groups]
    for group in reversed(problem.groups):
        behind[group.number] = {group.number}.union(*(behind[n] for n in group.after))
    return [sum(worth[n] for n in sorted(all_)) / sum(work[n] for n in sorted(all_)) for all_ in behind]


def shifted(problem: Problem, phase_of: Sequence[int], order: Sequence[int], chance: Random) -> list[int]:
    """``order`` with one group elsewhere, anywhere between what it needs and what needs it in its phase."""
    found = list(order)
    place = int(chance.random() * len(found))
    group = problem.groups[found[place]]
    phase = phase_of[group.number]
    first = last = place
    before, after, end = group.before, group.after, len(found) - 1
    while first and (other := found[first - 1]) not in before and phase_of[other] == phase:
        first -= 1
    while last < end and (other := found[last + 1]) not in after and phase_of[other] == phase:
        last += 1
    if first < last:
        target = first + int(chance.random() * (last - first))
        del found[place]
        found.insert(target + (target >= place), group.number)
    return found


def crossed(mother: Sequence[int], father: Sequence[int], chance: Random) -> list[int]:
    """The first part of ``mother``, a stretch as ``father`` orders what is left, then the rest as ``mother`` does."""
    count = len(mother)
    length = int(count * (0.25 + 0.5 * chance.random()))
    begin = int((count - length + 1) * chance.random())
    head = list(mother[:begin])
    used = set(head)
    stretch = [number for number in father if number not in used][:length]
    used.update(stretch)
    return head + stretch + [number for number in mother if number not in used]
