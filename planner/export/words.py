"""Small phrases that all formats and the text views share."""

from math import ceil

from planner.model.project import Dependency, Roadmap
from planner.text.i18n import N_, _, ngettext

_UNPROVEN = {"feasible": N_("exact solver"), "heuristic": N_("heuristic")}
"""States of a roadmap that say how it was found and nothing about how good it is."""


def heading(name: str) -> str:
    """A workstream, dimension or other fixed word of the model as a title: ``People``."""
    word = _(name)
    return word[:1].upper() + word[1:]


def number(value: float) -> str:
    """``value`` with at most one decimal: ``12``, ``12.5``."""
    return f"{value:.1f}".removesuffix(".0")


def percent(fraction: float) -> str:
    """``0.985`` as ``98 %``: a load below the full hundred never shows as one."""
    return f"{int(fraction * 100 + 1e-6)} %"


def levels(now: int, goal: int) -> str:
    """``1 -> 3``, or ``2`` when it stays."""
    return f"{now} -> {goal}" if goal != now else str(now)


def days(count: int) -> str:
    """``1 day``, ``2 days``."""
    return ngettext("{n} day", "{n} days", count).format(n=count)


def link(dependency: Dependency) -> str:
    """How the two ends are linked: ``finish-start``, ``start-start + 5 days``."""
    if not dependency.lag:
        return _(dependency.type)
    sign = "+" if dependency.lag > 0 else "-"
    return f"{_(dependency.type)} {sign} {days(abs(dependency.lag))}"


def percent_up(fraction: float) -> str:
    """``0.0312`` as ``3.2 %``, rounded up: what is promised as a limit is never too small."""
    return f"{ceil(fraction * 1000 - 1e-6) / 10:.1f} %"


def quality(status: str, gap: float | None = None) -> str:
    """What is known about how good a roadmap is; ``status`` and ``gap`` as in ``model.Roadmap``."""
    if status == "edited":
        return _("changed by hand since it was proposed")
    if status == "stale":
        return _("stale: a merge has changed what it was found for; propose again")
    if status == "optimal":
        return _("proven optimal for these phases")
    name = _(_UNPROVEN[status])
    if gap is not None and gap < 1:
        return _("{status}; at most {gap} better possible with these phases").format(status=name, gap=percent_up(gap))
    return _("{status}; bound unknown").format(status=name)


def origin(roadmap: Roadmap) -> str:
    """By which strategy and seed a roadmap was found, how good it is known to be, and what it allows on purpose."""
    told = _("{strategy}, seed {seed} ({quality})").format(
        strategy=roadmap.strategy or _("no strategy"),
        seed=roadmap.seed,
        quality=quality(roadmap.status, roadmap.gap),
    )
    if roadmap.absorption is None:
        return told
    return _("{origin}; up to {n} processes change at once, on purpose").format(origin=told, n=roadmap.absorption)
