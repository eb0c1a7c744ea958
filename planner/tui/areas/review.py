"""Review: what changed since a baseline, what reviewers remark, and what was decided at the gates."""

from planner.text.i18n import N_
from planner.tui.areas.topical import TopicalArea
from planner.tui.topics import REVIEW


class ReviewArea(TopicalArea):
    """What a reviewer reads and writes; nothing here changes the work."""

    titles = REVIEW
    legend = (
        N_("[x]     resolved: the remark is settled; [ ]  it is open"),
        N_("Changes are those since the baseline taken last; Enter on another baseline compares with that"),
    )
