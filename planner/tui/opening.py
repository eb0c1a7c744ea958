"""Opening a plan: to be worked on, or to be reviewed."""

from pathlib import Path
from typing import TYPE_CHECKING

from planner.tui.screens.plan import PlanScreen

if TYPE_CHECKING:
    from planner.tui.reviewing import Reviewer


def plan_screen(path: Path, reviewer: "Reviewer | None" = None, area: str = "") -> PlanScreen:
    """The screen on the plan in ``path``, to be worked on, or to be reviewed by ``reviewer``.

    Raises PlanUnreadable with every fault of the plan, or of the review that is kept of it.
    """
    from planner.catalog.ids import process_ids
    from planner.store.load import load

    if reviewer is None:
        return PlanScreen(load(path, process_ids()), area)
    from planner.tui.reviewing import review

    loaded, access = review(path, reviewer)
    return PlanScreen(loaded, access=access)


def plan_or_what_was_left(path: Path, reviewer: "Reviewer | None" = None) -> PlanScreen:
    """:func:`plan_screen`; a plan that is gone or broken as an ended session had it on the screen, if any has left it.

    Raises PlanUnreadable where none has, and to a reviewer.
    """
    from planner.store.load import PlanUnreadable

    try:
        return plan_screen(path, reviewer)
    except PlanUnreadable as error:
        if reviewer is not None:
            raise
        from planner.tui.plans.recovery import screen_over

        return screen_over(path, error)
