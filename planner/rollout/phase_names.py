"""What proposed phases are called, what they are for and what ends them, as far as the strategy can say it.

A strategy's phase speaks of work that a plan may not hold, or holds in another phase. So its words are used only where
they become true: a criterion at the end of the first phase by which the levels it speaks of are reached, a goal where
its last level is reached, a name where the phase brings at least half of what the strategy meant by it. Everything
else is called after what it holds, and gets its goal and gate from the catalogue (``phase_words``).
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

from planner.model.capability import capability, level_of, process_of
from planner.model.knowledge import Claim, Strategy, StrategyPhase
from planner.model.project import Phase, Project
from planner.rollout.phases import kept, wanted_in
from planner.rollout.problem import Group, Problem
from planner.text.i18n import N_, said_in

TODAY = -1
"""The phase before the first one: what is reached today."""

NAMED = 2
"""How many processes a name holds before it says how many more there are."""


class Naming:
    """What a division of a plan's work into ``count`` phases lets the strategy say.

    ``wanted`` and ``phase_of`` give for each group the phase of the strategy and the phase of the plan.
    """

    def __init__(
        self, problem: Problem, strategy: Strategy, count: int, wanted: Sequence[int], phase_of: Sequence[int]
    ) -> None:
        self.project: Project = problem.project
        self.strategy = strategy
        self.inside = [[g for g in problem.groups if phase_of[g.number] == index] for index in range(count)]
        self._wanted = wanted

    @cached_property
    def reached(self) -> dict[str, int]:
        """The phase at whose end each planned capability is reached."""
        return {item: n for n, groups in enumerate(self.inside) for group in groups for item in group.capabilities}

    def when(self, levels: Mapping[str, int]) -> int | None:
        """The first phase by whose end all ``levels`` are reached; None where one is never, or there are none."""
        found = [self._when(capability(process, level)) for process, level in levels.items()]
        phases = [phase for phase in found if phase is not None]
        return max(phases) if phases and len(phases) == len(found) else None

    def _when(self, item: str) -> int | None:
        return TODAY if self.project.stands_at(item) else self.reached.get(item)

    def becomes_true(self, claim: Claim, source: StrategyPhase) -> int | None:
        """The phase at whose end ``claim`` of a strategy's phase becomes true; None where never, ``TODAY`` if it is."""
        if claim.levels:
            return self.when(claim.levels)
        if not self._planned(source):
            return None
        until = self.strategy.phases[: self.strategy.phases.index(source) + 1]
        return max(self.reached[item] for phase in until for item in self._planned(phase))

    def _planned(self, source: StrategyPhase) -> list[str]:
        return [item for item in _items(source) if item in self.reached]

    @cached_property
    def sources(self) -> list[StrategyPhase | None]:
        """For each phase the strategy's phase after which it may be called; None where it holds too little of one."""
        mostly = [self._mostly(groups) for groups in self.inside]
        return [
            source if source is not None and self._holds(index, source, mostly.count(source)) else None
            for index, source in enumerate(mostly)
        ]

    def _mostly(self, groups: Sequence[Group]) -> StrategyPhase | None:
        """The phase of the strategy that most of ``groups`` belong to; None when it does not mention most of them."""
        named = [
            self._wanted[g.number] for g in groups if not g.capabilities or wanted_in(g, self.strategy) is not None
        ]
        if 2 * len(named) < len(groups) or not named:
            return None
        return self.strategy.phases[max(sorted(set(named)), key=named.count)]

    def _holds(self, index: int, source: StrategyPhase, parts: int) -> bool:
        """Whether a phase makes the goal true, or brings half of what ``source`` means that is not there today.

        Of a phase of the strategy that is divided into ``parts`` each must bring half of its share.
        """
        if parts == 1 and self.becomes_true(source.goal, source) == index:
            return True
        missing = [item for item in _items(source) if not self.project.stands_at(item)]
        here = [item for item in missing if self.reached.get(item) == index]
        return bool(here) and 2 * parts * len(here) >= len(missing)

    def name(self, index: int) -> str:
        """What a phase is called."""
        language = self.project.engagement.language
        source = self.sources[index]
        if source is None:
            return self._contents(index)
        parts, part = self.sources.count(source), self.sources[: index + 1].count(source)
        return source.name.in_(language) + (f" {part}/{parts}" if parts > 1 else "")

    def goal(self, index: int) -> str:
        """What the strategy wants by a phase, where that is true at its end; nothing of what it divides into parts."""
        source = self.sources[index]
        if source is None or self.sources.count(source) > 1 or self.becomes_true(source.goal, source) != index:
            return ""
        return source.goal.in_(self.project.engagement.language)

    def exit_criteria(self, index: int) -> tuple[str, ...]:
        """The strategy's criteria that become true at the end of a phase, each text once."""
        language = self.project.engagement.language
        found = [
            claim.in_(language)
            for source in self.strategy.phases
            for claim in source.exit_criteria
            if self.becomes_true(claim, source) == index
        ]
        return tuple(dict.fromkeys(found))

    def _contents(self, index: int) -> str:
        """The processes of a phase by name, those that rise highest and count most first."""
        project, language = self.project, self.project.engagement.language
        levels: dict[str, int] = {}
        for item in (item for group in self.inside[index] for item in group.capabilities):
            levels[process_of(item)] = max(level_of(item), levels.get(process_of(item), 0))
        ranked = sorted(levels, key=lambda p: (-levels[p], -project.process_by_id[p].importance))
        names = [project.process_by_id[process].name for process in ranked]
        if len(names) > NAMED:
            words = said_in(language, N_("{first}, {second} and {n} more"))
            return words.format(first=names[0], second=names[1], n=len(names) - NAMED)
        return said_in(language, N_(", ")).join(names) or said_in(language, N_("Other work"))


def describe(
    problem: Problem, strategy: Strategy, count: int, wanted: Sequence[int], phase_of: Sequence[int]
) -> tuple[Phase, ...]:
    """``count`` phases: the plan's own where it has them, else with what the strategy can truly say of them.

    A goal or gate of which it can say nothing is left empty.
    """
    project = problem.project
    naming = Naming(problem, strategy, count, wanted, phase_of)
    used = {phase.id for phase in project.phases[:count]}
    phases: list[Phase] = []
    for index in range(count):
        there = project.phases[index] if index < len(project.phases) else None
        if there is not None and kept(there):
            phases.append(there)
            continue
        if there is not None:
            ident = there.id
        else:
            ident = next(name for n in range(index + 1, index + 2 + count + len(used)) if (name := f"p{n}") not in used)
            used.add(ident)
        phases.append(
            Phase(
                id=ident,
                name=naming.name(index),
                goal=naming.goal(index),
                overlap=strategy.phases_overlap,
                exit_criteria=naming.exit_criteria(index),
                source="proposed",
            )
        )
    return tuple(phases)


def _items(source: StrategyPhase) -> list[str]:
    """The capabilities that a phase of a strategy names."""
    return [capability(process, level) for process, level in source.levels.items()]
