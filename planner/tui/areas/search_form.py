"""What a person is asked before a search: which solver, and for how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.rollout.propose import EXACT_SECONDS, Solver
from planner.text.i18n import _
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.typed import seconds_or_none


@dataclass(frozen=True, slots=True)
class Effort:
    """Which solver searches, and for how many seconds; without a limit for as long as it needs."""

    solver: Solver = "heuristic"
    time_limit: float | None = None


def effort_fields() -> Sequence[Text | OneOf]:
    """The fields that :func:`effort` reads."""
    exact = _("Goes on from the best plan of the heuristic, and proves how good it is; {n:.0f} s without a limit.")
    return (
        OneOf(
            "solver",
            _("Solver"),
            (("heuristic", _("heuristic")), ("exact", _("exact") if _installed() else _("exact (not installed)"))),
            "heuristic",
            notes={
                "heuristic": _("Without a time limit it is quick and always finds the same."),
                "exact": exact.format(n=EXACT_SECONDS) if _installed() else no_solver(),
            },
        ),
        Text(
            "time_limit",
            _("Time limit in seconds"),
            "",
            seconds_or_none,
            _("empty: as the solver needs; t takes the best so far at any moment"),
        ),
    )


def effort(values: Values) -> Effort:
    """What was asked for in the fields."""
    return Effort(values["solver"], values["time_limit"])


def cannot(values: Values) -> str:
    """Why there can be no such search; empty when there can."""
    return no_solver() if values["solver"] == "exact" and not _installed() else ""


def no_solver() -> str:
    """What to do to have the exact solver."""
    return _("The exact solver is not installed; install it with: pip install 'itsm-planner[optimal]'")


def _installed() -> bool:
    from planner.rollout import optimal

    return optimal.installed()
