"""When no roadmap keeps everything: what stands in the way, the fewest demands that clash, repairs to choose from."""

from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.catalog.load import load
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.remedies import Remedy
from planner.rollout.repairs import Diagnosis, explain_infeasible
from planner.rollout.result import Infeasible, Unsuited
from planner.rollout.watch import Watch
from planner.text.i18n import N_, _
from planner.tui.areas.area import Area
from planner.tui.areas.roadmap.ways import Ways
from planner.tui.named import in_names
from planner.tui.screens.dialog import Notice
from planner.tui.screens.working import Searching
from planner.tui.widgets.lines import Piece

Again = Callable[[int | None], Awaitable[bool]]
"""Proposes again, with so many phases; whether a roadmap was adopted."""


async def tell_infeasible(
    area: Area,
    project: Project,
    error: Infeasible,
    strategy: Strategy,
    phases: int | None,
    again: Again,
    early: bool = False,
) -> bool:
    """Tell why ``project`` has no roadmap; look for repairs when wanted, make the chosen one an edit, do ``again``.

    Whether a roadmap was adopted in the end; a repair that stays without one is said to.
    """
    remedy = await mended(area, project, error, strategy, phases, early)
    if remedy is None:
        return False
    repaired = remedy.edit(project) != project
    adopted = await again(phases if repaired else None)
    if repaired and not adopted:
        words = _("The repair stays ({what}), but no new roadmap was adopted: g proposes one, u takes the repair back.")
        area.plan.say(words.format(what=remedy.said()), warn=True)
    return adopted


async def mended(
    area: Area, project: Project, error: Infeasible, strategy: Strategy, phases: int | None, early: bool = False
) -> Remedy | None:
    """Tell why ``project`` has no roadmap, look for repairs when wanted, and make the chosen one an edit.

    None when none was. ``phases`` is the number that was asked for; a remedy may be to ask for none, which is no edit.
    ``early`` when the search was ended before its time.
    """
    conflicts = [Piece(f"- {in_names(project, conflict.message)}") for conflict in error.conflicts]
    title = _("No feasible roadmap")
    intro = Piece(_("No roadmap keeps everything that the plan promises:"))
    if isinstance(error, Unsuited):
        await area.ask(Notice(title, [intro, Piece(""), *conflicts, Piece(""), Piece(error.advice, "dim")]))
        return None
    if early:
        intro = Piece(_("The search was ended before it found a roadmap that keeps everything:"), "warn")
    if not await area.ask(Clash(title, [intro, Piece(""), *conflicts])):
        return None
    search = Searching(
        _("Looking for repairs"),
        lambda watch: _diagnosed(project, strategy, error, phases, watch),
    )
    found = await area.ask(search)
    if found is None:
        area.plan.say(_("Given up: the plan is as it was."))
        return None
    number = await area.ask(Repairs(project, found))
    if number is None:
        return None
    remedy = found.repairs[number]
    edits = remedy.edit(area.project) != area.project
    if edits and not area.plan.apply(_("Repair: {what}").format(what=in_names(project, remedy.said())), remedy.edit):
        return None
    return remedy


def _diagnosed(project: Project, strategy: Strategy, error: Infeasible, phases: int | None, watch: Watch) -> Diagnosis:
    return explain_infeasible(project, strategy, error.conflicts, phases=phases, catalogue=load(), watch=watch)


class Clash(Notice):
    """What stands in the way; returns True when repairs are wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "mend",
            N_("look for repairs"),
            id="conflict.mend",
            tooltip=N_("Find what clashes, and what would mend it"),
        )
    ]

    def __init__(self, title: str, paragraphs: list[Piece]) -> None:
        advice = _(
            "Move a deadline, give a role more capacity, allow more change at once, or take work out; "
            "then propose again. Enter looks for what would mend it."
        )
        super().__init__(title, [*paragraphs, Piece(""), Piece(advice, "dim")], hang=2)

    def action_mend(self) -> None:
        self.dismiss(True)


class Repairs(Ways):
    """The demands that clash, and repairs, the cheapest first; returns the number of the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            N_("apply, propose again"),
            id="repairs.choose",
            tooltip=N_("Apply the repair as an edit, and propose again"),
        )
    ]

    def __init__(self, project: Project, found: Diagnosis) -> None:
        super().__init__(
            _("What would mend it?"), project, [*_clash(project, found)], found.repairs, nothing=_none(found)
        )


def _clash(project: Project, found: Diagnosis) -> Iterator[Piece]:
    """The fewest demands that cannot hold together, and how sure that is."""
    if found.core:
        sure = _("These demands cannot hold together:")
        likely = _("These demands cannot hold together, as far as was found:")
        yield Piece(sure if found.proof else likely, "head")
        yield from (Piece(f"- {in_names(project, constraint.text)}") for constraint in found.core)
    else:
        yield Piece(_("What stands in the way:"), "head")
        yield from (Piece(f"- {in_names(project, conflict.message)}") for conflict in found.conflicts)
    if not found.complete:
        yield Piece(_("Not everything was tried: the search was ended, or had many things to try."), "dim")


def _none(found: Diagnosis) -> str:
    if found.complete:
        return _("No single repair was found: relax several of these demands, or take work out.")
    return _("No repair was found yet; look again without ending the search early.")
