"""How a search is to go: what a person is asked, and the line that says what was answered."""

from collections.abc import Sequence

from planner.rollout.found import Asked
from planner.rollout.propose import EXACT_SECONDS
from planner.text.i18n import _, ngettext
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.typed import positive_or_none, seconds_or_none, whole_or_none


def asked_fields(asked: Asked) -> Sequence[Text | OneOf]:
    """The fields that :func:`asked_in` reads, as they are now."""
    exact = _("Goes on from the best plan of the heuristic, and proves how good it is; {n:.0f} s without a limit.")
    return (
        OneOf(
            "solver",
            _("Solver"),
            (("heuristic", _("heuristic")), ("exact", _("exact") if installed() else _("exact (not installed)"))),
            asked.solver,
            notes={
                "heuristic": _("Without a time limit it is quick and always finds the same."),
                "exact": exact.format(n=EXACT_SECONDS) if installed() else no_solver(),
            },
        ),
        Text(
            "time_limit",
            _("Time limit in seconds"),
            "" if asked.time_limit is None else f"{asked.time_limit:g}",
            seconds_or_none,
            _("empty: as the solver needs; T takes the best so far at any moment"),
        ),
        Text(
            "phases",
            _("Number of phases"),
            str(asked.phases or ""),
            positive_or_none,
            _("empty: as many as fit the work"),
        ),
        Text("seed", _("Seed of chance"), str(asked.seed), _seed, _("another number searches in another way")),
    )


def asked_in(values: Values) -> Asked:
    """What was asked for in the fields."""
    return Asked(values["solver"], values["time_limit"], values["phases"], values["seed"])


def cannot(values: Values) -> str:
    """Why there can be no such search; empty when there can."""
    return no_solver() if values["solver"] == "exact" and not installed() else ""


def said(asked: Asked) -> str:
    """How a search is to go, in one line."""
    solver = _("exact solver") if asked.solver == "exact" else _("heuristic")
    seconds = asked.time_limit if asked.time_limit or asked.solver == "heuristic" else EXACT_SECONDS
    limit = _("at most {n:g} s").format(n=seconds) if seconds else _("no time limit")
    phases = ngettext("{n} phase", "{n} phases", asked.phases or 0).format(n=asked.phases)
    told = _("{solver}, {limit}; {phases}; seed {seed}")
    return told.format(
        solver=solver, limit=limit, phases=phases if asked.phases else _("as many phases as fit"), seed=asked.seed
    )


def no_solver() -> str:
    """What to do to have the exact solver."""
    return _("The exact solver is not installed; install it with: pip install 'itsm-planner[optimal]'")


def installed() -> bool:
    """Whether there is the exact solver."""
    from planner.rollout import optimal

    return optimal.installed()


def _seed(text: str) -> int:
    return whole_or_none(text) or 0
