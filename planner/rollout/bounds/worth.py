"""How early what is of worth can be reached: a bound for the mean week of reaching it, weighted by worth.

Of everything of worth (a *result*) several things are known: it ends no earlier than its links allow; some weeks after
each result that it needs; and, on each resource, some time after the mean day on which its work there is done. The
weighted sum of such mean days is least when a resource does first what has most worth for its work (``machines``).
Any mixture of these bounds is a bound. The mixture is improved in rounds: every result leans on that which has pushed
it out furthest so far, and the resources answer (fictitious play, Brown 1951).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from planner.rollout.bounds.machines import Machine, worked
from planner.rollout.bounds.relaxed import Relaxed
from planner.rollout.goal import Goal
from planner.rollout.problem import Result

ROUNDS = 20
"""How often the mixture is improved."""

MACHINES = 3
"""How many resources are mixed, those with most to do: measured on the templates, more do not raise the bound."""


def worth_bound(relaxed: Relaxed, goal: Goal) -> float:
    """The mean week, weighted by worth, in which results can be reached at the earliest."""
    weeks = [goal.week(day) for day in range(relaxed.length + 2)]
    before = [0.0, *accumulate(weeks)]
    total = 0.0
    for number, stretch in enumerate(relaxed.stretches):
        results = [r for r in goal.results if max(relaxed.stretch_of[n] for n in r.tasks) == number]
        if results:
            total += _Mixture(relaxed, goal, results, stretch.machines, before).best()
    return total / goal.worth


@dataclass(slots=True)
class _Lean:
    """What a resource says of its results: the mean week of their work on it, and what must follow at least."""

    machine: Machine
    serves: tuple[tuple[int, ...], ...]
    energy: dict[int, float]
    follows: dict[int, float]


class _Mixture:
    def __init__(
        self,
        relaxed: Relaxed,
        goal: Goal,
        results: Sequence[Result],
        machines: Sequence[Machine],
        before: Sequence[float],
    ) -> None:
        self.relaxed = relaxed
        self.before = before
        self.results = sorted(results, key=lambda r: min(relaxed.problem.tasks[n].group for n in r.tasks))
        self.weight = [result.weight for result in self.results]
        self.least = [goal.week(relaxed.end(result.tasks)) for result in self.results]
        self.needs = self._needs()
        busiest = sorted(machines, key=lambda machine: -machine.load)[:MACHINES]
        self.leans = [lean for lean in map(self._lean, busiest) if lean.energy]

    def _needs(self) -> list[list[tuple[int, float]]]:
        """For each result those it needs, and the weeks from the end of these to its own at least."""
        relaxed, tasks = self.relaxed, self.relaxed.problem.tasks
        place = {result.tasks: number for number, result in enumerate(self.results)}
        found: list[list[tuple[int, float]]] = []
        for number, result in enumerate(self.results):
            waits: dict[int, dict[int, int]] = {}
            for n in result.tasks:
                for bound in tasks[n].bounds if tasks[n].begun is None else ():
                    other = place.get(bound.sources, number)
                    if bound.from_finish and not bound.on_finish and other < number:
                        mine = waits.setdefault(other, {})
                        mine[n] = max(relaxed.wait(bound), mine.get(n, relaxed.wait(bound)))
            least: dict[int, int] = {}
            for other, wait in waits.items():
                least[other] = max(wait[n] + tasks[n].days - 1 + relaxed.follow(result.tasks, n) for n in wait)
                if len(wait) == len(result.tasks):
                    least[other] = max(least[other], min(wait.values()) + relaxed.lasts(result.tasks) - 1)
            found.append([(other, relaxed.calm.weeks(days)) for other, days in sorted(least.items()) if days >= 0])
        return found

    def _lean(self, machine: Machine) -> _Lean:
        relaxed, calm = self.relaxed, self.relaxed.calm
        holds = [set(result.tasks) for result in self.results]
        served: dict[int, list[int]] = {}
        for number, tasks in enumerate(holds):
            for task in tasks:
                served.setdefault(task, []).append(number)
        serves, energy, follows = [], dict[int, float](), dict[int, float]()
        for part in machine.parts:
            mine = tuple(n for n in served.get(part.tasks[0], ()) if holds[n].issuperset(part.tasks))
            serves.append(mine)
            for number in mine:
                after = relaxed.follow(self.results[number].tasks, part.tasks[0]) if len(part.tasks) == 1 else 0
                mean = sum(calm.weeks(after + day) for day in range(part.days)) / part.days
                energy[number] = energy.get(number, 0.0) + part.energy
                follows[number] = follows.get(number, 0.0) + part.energy * mean
        return _Lean(machine, tuple(serves), energy, {n: follows[n] / energy[n] for n in follows})

    def best(self) -> float:
        """The weighted sum of the weeks of all results, as high as the rounds bring the bound."""
        leans = self.leans
        told = [self._answer(lean, {n: self.weight[n] for n in lean.energy}) for lean in leans]
        leant: list[dict[int, float]] = [dict.fromkeys(lean.energy, 0.0) for lean in leans]
        fixed = best = 0.0
        for done in range(ROUNDS):
            now, sure = self._respond(told)
            step = 2 / (done + 2)
            fixed += step * (sure - fixed)
            for mine, mixed in zip(now, leant, strict=True):
                for number in mixed:
                    mixed[number] += step * (mine.get(number, 0.0) - mixed[number])
            reached = fixed
            for lean, mixed, known in zip(leans, leant, told, strict=True):
                answer = self._answer(lean, mixed)
                reached += sum(mixed[number] * answer[number] for number in mixed)
                for number in known:
                    known[number] += step * (answer[number] - known[number])
            best = max(best, reached)
        return best

    def _respond(self, told: Sequence[dict[int, float]]) -> tuple[list[dict[int, float]], float]:
        """Lay the weight of every result where it is pushed out furthest: on resources (by result), or for sure."""
        sources: list[tuple[int, int, float]] = []  # what it leans on: the end itself, a result, or a resource
        weeks: list[float] = []
        for number, least in enumerate(self.least):
            best, source = least, (-1, -1, least)
            for other, more in self.needs[number]:
                if weeks[other] + more > best:
                    best, source = weeks[other] + more, (other, -1, more)
            for place, known in enumerate(told):
                if known.get(number, 0.0) > best:
                    best, source = known[number], (-1, place, 0.0)
            weeks.append(best)
            sources.append(source)
        weight = list(self.weight)
        laid: list[dict[int, float]] = [{} for _lean in self.leans]
        sure = 0.0
        for number in range(len(weight) - 1, -1, -1):
            other, place, more = sources[number]
            sure += weight[number] * more
            if other >= 0:
                weight[other] += weight[number]
            elif place >= 0:
                laid[place][number] = weight[number]
        return laid, sure

    def _answer(self, lean: _Lean, weight: dict[int, float]) -> dict[int, float]:
        """The week of each result, by what the resource says when it does first what has most weight for its work."""
        urgency = [-sum(weight[n] / lean.energy[n] for n in mine) for mine in lean.serves]
        weeks = dict(lean.follows)
        supply, step = lean.machine.supply, 0
        before, last = self.before, len(self.before) - 2
        for index, begin, end in worked(lean.machine, urgency):
            mine = lean.serves[index]
            if not mine:
                continue
            while step + 1 < len(supply) and supply[step + 1][0] <= begin:
                step += 1
            low, high = min(int(begin), last), min(int(end), last)
            spent = before[high] - before[low]
            spent += (min(end, last + 1) - high) * (before[high + 1] - before[high])
            spent -= (min(begin, last + 1) - low) * (before[low + 1] - before[low])
            for number in mine:
                weeks[number] += spent * supply[step][1] / lean.energy[number]
        return weeks
