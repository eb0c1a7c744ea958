"""What a change of the roadmap breaks and mends: the constraints that ``verify`` judges, before and after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.model.project import Project
from planner.rollout.result import Rule, Violation
from planner.rollout.verify import verify

GRAVEST: tuple[Rule, ...] = (
    "deadline",
    "pin",
    "dependency",
    "stabilisation",
    "phase",
    "capacity",
    "absorption",
    "calendar",
    "coverage",
)
"""Rules in the order in which people want to hear of them; those that are not named come last."""

_BY_MONTH = ("capacity", "absorption")
"""Rules broken in stretches of days: each month with one counts by itself, whatever work takes part."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A constraint that is broken, at its worst; ``was``: by how much it was broken before, 0 when it was kept."""

    violation: Violation
    was: float = 0.0

    @property
    def worse(self) -> bool:
        """Whether it was broken before, only less."""
        return self.was > 0


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does: constraints that it breaks, or breaks more, and those that it mends, gravest first.

    The first of each rule come before the second of any. ``left``: how many constraints are broken after it.
    """

    broken: tuple[Broken, ...] = ()
    mended: tuple[Violation, ...] = ()
    left: int = 0


def impact(project: Project, moved: Project, known: Sequence[Violation] | None = None) -> Impact:
    """What is broken in ``moved`` and not, or less, in ``project``; ``known`` is what ``verify`` says of that.

    Raises ValueError when one of them has no roadmap.
    """
    before = _worst(verify(project) if known is None else known)
    violations = verify(moved)
    after = _worst(violations)
    broken = {
        key: Broken(violation, before[key].amount if key in before else 0.0)
        for key, violation in after.items()
        if key not in before or violation.amount > before[key].amount + 1e-6
    }
    mended = [violation for key, violation in before.items() if key not in after]
    ordered = _ordered(one.violation for one in broken.values())
    return Impact(tuple(broken[_key(violation)] for violation in ordered), tuple(_ordered(mended)), len(violations))


def _key(violation: Violation) -> Key:
    """What makes a constraint the same one before and after."""
    if violation.rule in _BY_MONTH and violation.day:
        return violation.rule, *violation.about, f"{violation.day:%Y-%m}"
    if violation.rule == "phase" and violation.about:
        return violation.rule, *violation.about
    return violation.rule, *violation.items, *violation.about


def _worst(violations: Sequence[Violation]) -> dict[Key, Violation]:
    found: dict[Key, Violation] = {}
    for violation in violations:
        key = _key(violation)
        if key not in found or violation.amount > found[key].amount:
            found[key] = violation
    return found


def _ordered(violations: Iterable[Violation]) -> list[Violation]:
    rank = {rule: number for number, rule in enumerate(GRAVEST)}
    worst_first = sorted(violations, key=lambda one: (rank.get(one.rule, len(rank)), -one.amount))
    place: dict[str, int] = {}
    turns: list[int] = []
    for one in worst_first:
        turns.append(place.setdefault(one.rule, 0))
        place[one.rule] += 1
    return [one for _turn, one in sorted(zip(turns, worst_first, strict=True), key=lambda pair: pair[0])]
