"""Edits that a session left behind when it was ended by force: what they are, and how they get into their plan."""

from dataclasses import dataclass, replace
from pathlib import Path

from planner.model.project import Project
from planner.store.kept import plan_of
from planner.store.listing import stamp_of
from planner.store.load import Loaded, PlanUnreadable, load
from planner.text.i18n import _
from planner.tui.differences import difference
from planner.tui.screens.plan import PlanScreen
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Row


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept edits: the plan with them, and the plan as it stands in its file, None where that is gone or broken."""

    path: Path
    plan: Path
    edited: Project
    stands: Loaded | None


def read_kept(path: Path) -> Kept:
    """Read kept edits and their plan. Raises PlanUnreadable when the edits themselves cannot be read."""
    plan = plan_of(path) or path
    edited = load(path).project
    try:
        stands = load(plan)
    except PlanUnreadable:
        stands = None
    return Kept(path, plan, edited, stands)


def what_they_are(kept: Kept) -> str:
    """What the edits are, seen from the plan as it stands now."""
    if kept.stands is None:
        return _("all that is left: the plan itself is gone or broken")
    if kept.stands.project == kept.edited:
        return _("nothing that the plan does not have: x")
    return difference(kept.stands.project, kept.edited) or _("edits that the plan does not have")


def kept_row(path: Path) -> Row:
    """A row of the view of kept edits."""
    try:
        kept = read_kept(path)
    except PlanUnreadable as error:
        return Row(
            str(path), banner=_("{file}: cannot be read").format(file=path.name) + f" ({error.faults[0].message})"
        )
    when = _when(path)
    return Row(str(path), (Piece(kept.plan.stem, "strong"), when, what_they_are(kept), Piece(path.stem, "dim")))


def screen_over(path: Path) -> PlanScreen:
    """The plan, with the kept edits as one edit that is not saved: ``s`` takes them in, ``u`` takes them off.

    Where the plan is gone a save writes it anew; where it is broken the edits are opened as a plan of their own, so
    that nothing is written over it. Raises PlanUnreadable when the edits cannot be read.
    """
    kept = read_kept(path)
    if kept.stands is not None:
        screen = PlanScreen(kept.stands)
        screen.history = screen.history.do(_("Edits kept in {file}").format(file=path.name), kept.edited)
        screen.safe = kept.edited
    elif kept.plan.exists():
        screen = PlanScreen(load(path))
    else:
        screen = PlanScreen(replace(load(path), path=kept.plan))
        screen.text = None
    return screen


def _when(path: Path) -> str:
    stamp = stamp_of(path)
    return stamp.saved.astimezone().strftime("%Y-%m-%d %H:%M") if stamp else ""
