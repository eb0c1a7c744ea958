"""What the line at the top says of an open plan: whether it is saved, who has it, and what is wrong with it."""

from typing import TYPE_CHECKING, cast

from planner.text.i18n import _, ngettext
from planner.tui.files import writable
from planner.tui.keynames import first_key
from planner.tui.widgets.lines import Piece

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp
    from planner.tui.screens.plan import PlanScreen


def state(screen: "PlanScreen") -> list[Piece]:
    """Whether the plan is saved, or what runs in the background."""
    if screen.saving:
        return [Piece(_("saving..."), "warn")]
    if screen.work_told:
        return [Piece(screen.work_told, "key")]
    pieces = [Piece(_("saved"), "good")]
    if screen.history.dirty:
        pieces = [
            Piece(_("unsaved changes"), "warn"),
            Piece(" ("),
            Piece(_key(screen, "plan.save", "s"), "key"),
            Piece(")"),
        ]
    if disk := screen.holding.words():
        pieces += [Piece(_(", ")), Piece(disk, "warn")]
    if screen.access.label:
        return [Piece(screen.access.label, "key"), Piece(_(", ")), *pieces]
    if screen.holding.read_only or not writable(screen.path):
        return [Piece(_("read-only, "), "warn"), *pieces]
    return pieces


def counts(screen: "PlanScreen") -> list[Piece]:
    """How many conflicts and findings there are, as far as they are known."""
    n = len(screen.project.conflicts)
    counted = [Piece(" | "), Piece(ngettext("{n} conflict", "{n} conflicts", n).format(n=n), "bad")] if n else []
    judgement = screen.judgement
    if judgement is None:
        return [*counted, Piece(_(" | checking..."), "dim")]
    style = "bad" if judgement.errors else "warn" if judgement.findings else "dim"
    return [*counted, Piece(" | "), Piece(judgement.count, style)]


def open_conflicts(screen: "PlanScreen") -> str:
    """That a merge has left conflicts, and where they are settled."""
    n = len(screen.project.conflicts)
    words = ngettext(
        "A merge has left {n} conflict: {key} shows it and settles it.",
        "A merge has left {n} conflicts: {key} shows and settles them.",
        n,
    )
    return words.format(n=n, key=_key(screen, "go.review", "R"))


def _key(screen: "PlanScreen", binding: str, usual: str) -> str:
    return first_key(cast("PlannerApp", screen.app).settings.keys, binding, usual)
