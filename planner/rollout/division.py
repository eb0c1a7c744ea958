"""A division of the work into phases: which phases there are, and which of them each group stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.model.project import Phase
from planner.rollout.problem import Problem


@dataclass(frozen=True, slots=True)
class Window:
    """What a phase demands of its tasks, in working days.

    ``first``: none starts before it. ``last``: none should finish after it (None: no end). ``limit``: how much change
    there may be among its own capabilities. ``overlap``: it may begin when the phase before it has begun; otherwise
    only after everything in all phases before it has finished.
    """

    first: int = 0
    last: int | None = None
    limit: int | None = None
    overlap: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """``phase_of`` gives, by group number, the index of its phase in ``phases`` and ``windows``."""

    phases: tuple[Phase, ...]
    windows: tuple[Window, ...]
    phase_of: tuple[int, ...]


def undivided(problem: Problem) -> Division:
    """All work in one phase without any demands."""
    return Division((Phase(id="all", name="all"),), (Window(),), (0,) * len(problem.groups))


def divided(problem: Problem, phases: Sequence[Phase], phase_of: Sequence[int]) -> Division:
    """``phases`` with their dates in working days."""
    return Division(tuple(phases), tuple(window(problem, phase) for phase in phases), tuple(phase_of))


def window(problem: Problem, phase: Phase) -> Window:
    """What ``phase`` demands, in working days."""
    days = problem.workdays
    return Window(
        first=days.on_or_after(phase.not_before) if phase.not_before else 0,
        last=days.on_or_before(phase.not_after) if phase.not_after else None,
        limit=phase.limit,
        overlap=phase.overlap,
    )
