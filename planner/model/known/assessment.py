"""Knowledge nouns: questionnaires, pains and quick wins (domain.md §3, §5.3, §5.4)."""

from dataclasses import dataclass

from planner.model.values import (
    Amount,
    Effort,
    Fixed,
    Level,
    Name,
    Percent,
    Share,
    WeekRange,
    Words,
    Workstream,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDimension:
    """What a process is scored on, and the workstream whose work lifts it."""

    id: Name
    name: Words
    workstream: Workstream


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question of a questionnaire. A ``symptom`` describes the floor: it is shown and not scored.

    ``processes``: the only ones it is asked about; all when empty.
    """

    code: Name
    dimension: Name
    level: Level
    text: Words
    symptom: bool = False
    processes: tuple[Name, ...] = ()
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentProfile:
    """A questionnaire: the dimensions it scores and its criteria. The usual one scores ``values.DIMENSIONS``."""

    id: Name
    name: Words
    dimensions: tuple[KnownDimension, ...]
    criteria: tuple[Criterion, ...]
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How answers become levels (domain.md §3.4; judgement).

    ``values``: by reply what it counts, 0 to 1; a reply that is not there does not count at all. A cell is rated by
    its percentage: above ``partly`` P, above ``largely`` L, above ``fully`` F, else N. ``pain_weight`` is what each
    point of a pain adds to the factor on the priority of the processes that cure it.
    """

    values: Fixed[str, Share]
    partly: Percent
    largely: Percent
    fully: Percent
    pain_weight: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPain:
    """A complaint that is heard from ``voice``, and the levels that cure it."""

    id: Name
    voice: Words
    name: Words
    levels: Fixed[str, Level]
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWin:
    """Something small that gives a visible benefit on the way to a capability."""

    item: Name
    name: Words
    weeks: WeekRange
    effort: Effort
    source: Name
