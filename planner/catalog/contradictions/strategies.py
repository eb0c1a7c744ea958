"""Rules between strategies and the rest of the templates."""

from collections.abc import Iterator
from itertools import pairwise

from planner.catalog.contradictions.known import Known, twice
from planner.model.problem import Path, Problem
from planner.text.i18n import _


def _phases(known: Known) -> Iterator[Problem]:
    for index, strategy in enumerate(known.catalogue.strategies):
        where: Path = ("strategies", index)
        yield from twice((*where, "phases"), (phase.id for phase in strategy.phases))
        if not strategy.phases:
            yield Problem((*where, "phases"), _("the strategy has no phase"), _("add at least one, as [[phases]]"))
        for number, phase in enumerate(strategy.phases):
            yield from known.each((*where, "phases", number, "levels"), phase.levels, "processes", _("process"))
            claims = [(("goal",), phase.goal), *((("exit_criteria", n), c) for n, c in enumerate(phase.exit_criteria))]
            for place, claim in claims:
                yield from known.each(
                    (*where, "phases", number, *place, "levels"), claim.levels, "processes", _("process")
                )
        for number, (before, phase) in enumerate(pairwise(strategy.phases), 1):
            if phase.months <= before.months:
                wrong = _("it ends after {months} months, not later than the phase before it").format(
                    months=phase.months
                )
                yield Problem(
                    (*where, "phases", number, "months"), wrong, _("count months from the start of the rollout")
                )


def _falls(known: Known) -> Iterator[Problem]:
    """Levels that a phase sets below what an earlier one has reached."""
    for index, strategy in enumerate(known.catalogue.strategies):
        reached: dict[str, int] = {}
        for number, phase in enumerate(strategy.phases):
            for process, level in phase.levels.items():
                if level < reached.get(process, level):
                    wrong = _("{process} falls to level {level}, after level {before} in an earlier phase").format(
                        process=process, level=level, before=reached[process]
                    )
                    advice = _("write {level} or more, or leave it out").format(level=reached[process])
                    yield Problem(("strategies", index, "phases", number, "levels", process), wrong, advice)
                reached[process] = max(level, reached.get(process, level))


def _pains_or_levels(known: Known) -> Iterator[Problem]:
    """Levels come from the phases or from the pains of a plan, never from both."""
    for index, strategy in enumerate(known.catalogue.strategies):
        for number, phase in enumerate(strategy.phases):
            if bool(phase.levels) == strategy.from_pains:
                wrong = (
                    _("its levels come from pains and from here")
                    if strategy.from_pains
                    else _("it names no level to be reached")
                )
                advice = _("leave levels empty") if strategy.from_pains else _("name levels, or set from_pains = true")
                yield Problem(("strategies", index, "phases", number, "levels"), wrong, advice)


def _absorption(known: Known) -> Iterator[Problem]:
    for index, strategy in enumerate(known.catalogue.strategies):
        if (strategy.absorption is None) != (strategy.absorption_reason is None):
            wrong = _("absorption and absorption_reason go together")
            yield Problem(("strategies", index, "absorption"), wrong, _("give both, or neither"))


RULES = (_phases, _falls, _pains_or_levels, _absorption)
