"""What the rollout room answers with: proposals, violations, conflicts, explanations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from planner.model.project import Phase, Roadmap
from planner.text.i18n import N_, _

if TYPE_CHECKING:
    from planner.rollout.changes.kinds import Change

Rule = Literal[
    "coverage",
    "calendar",
    "dependency",
    "stabilisation",
    "capacity",
    "absorption",
    "pin",
    "deadline",
    "phase",
    "cycle",
    "strategy",
    "objective",
]
RULES: tuple[Rule, ...] = (
    N_("coverage"),
    N_("calendar"),
    N_("dependency"),
    N_("stabilisation"),
    N_("capacity"),
    N_("absorption"),
    N_("pin"),
    N_("deadline"),
    N_("phase"),
    N_("cycle"),
    N_("strategy"),
    N_("objective"),
)
"""Every rule, in the order in which they are explained."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A constraint that a roadmap breaks: which, between which items, when and by how much.

    ``amount`` is in days, worked ones for a dependency; in full-time equivalents for capacity; in processes (or their
    weights) for absorption. ``about`` tells it from others of the same rule: the role, the
    phase and the side of it, the type of the link.
    """

    rule: Rule
    items: tuple[str, ...]
    message: str
    day: date | None = None
    amount: float = 0.0
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a roadmap is worth.

    ``days_to_first_value``: calendar days from the project start until the first capability is reached.
    ``working_days``: worked days from the first start to the last finish. ``peak_load``: by role, the highest
    daily share of its capacity. ``maturity_by_phase``: by phase id, the level of each moving process at its end.
    """

    days_to_first_value: int
    working_days: int
    peak_load: Mapping[str, float]
    maturity_by_phase: Mapping[str, Mapping[str, int]]
    broken_soft_dependencies: int


@dataclass(frozen=True, slots=True)
class Objective:
    """The weighted sum that a strategy minimises, its terms (unweighted), and a bound when one is known."""

    value: float
    terms: Mapping[str, float]
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """How far above the best possible the value may be, as a fraction."""
        if self.bound is None:
            return None
        return 0.0 if self.value <= self.bound else (self.value - self.bound) / max(abs(self.value), 1e-9)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A roadmap with its phases, not yet adopted; it has passed ``verify``. ``solver`` had the last word."""

    roadmap: Roadmap
    phases: tuple[Phase, ...]
    objective: Objective
    metrics: Metrics
    solver: Literal["heuristic", "exact"] = "heuristic"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why there is no feasible roadmap: the promise that cannot be kept, by how much, and what stands in its way.

    ``brief`` is the message without what stands in its way, where there is such a part.
    """

    rule: Rule
    items: tuple[str, ...]
    message: str
    days: int = 0
    brief: str = ""


class Infeasible(Exception):
    """No roadmap keeps all constraints; ``conflicts`` says which and by how much."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(_("; ").join(conflict.message for conflict in conflicts))
        self.conflicts = conflicts


class Unsuited(Infeasible):
    """The strategy cannot be followed in this plan at all; ``advice`` says what to do instead."""

    def __init__(self, conflicts: tuple[Conflict, ...], advice: str) -> None:
        super().__init__(conflicts)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps an item from being earlier, in words, with the items it comes from.

    ``first`` and ``last``: the days of the stretch it is about. ``lift``: the smallest change of the plan that takes it
    away, where there is one. ``follows``: the item whose place decides, for the chain of reasons.
    """

    rule: Rule
    items: tuple[str, ...]
    message: str
    first: date | None = None
    last: date | None = None
    lift: "Change | None" = None
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain from an item back to the project start: what ``item`` waits for where it stands.

    ``breaks`` are the blackout and holiday periods in which its work, or the wait for it, pauses.
    """

    item: str
    start: date
    finish: date
    reason: Reason
    breaks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slack:
    """By how many working days an item can start later.

    ``free``: with everything else where it is. ``total``: when others make way, within their roles and the limits on
    change, and the roadmap ends no later and keeps its promises (as far as was found). ``links``: the same if staff
    had no limit: by links, calendar and phases alone.
    """

    free: int
    total: int
    links: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an item is where it is.

    ``earliest`` is the first day on which it could start if everything else stayed where it is; equal to
    ``start`` when ``reasons`` bind. ``preference`` says, when it could start earlier, what that would do to the
    roadmap's value. ``broken`` is what the item breaks where it stands now. ``chain`` leads from it back to the project
    start. ``slack`` is None where the roadmap is not whole.
    """

    item: str
    phase: str
    start: date
    finish: date
    because: tuple[str, ...]
    reasons: tuple[Reason, ...]
    earliest: date
    parts: tuple[str, ...] = field(default=())
    broken: tuple[str, ...] = field(default=())
    preference: Reason | None = None
    chain: tuple[Step, ...] = ()
    slack: Slack | None = None
