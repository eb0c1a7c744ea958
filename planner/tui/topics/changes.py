"""Changes: what is otherwise in the plan than when the last baseline was taken."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.model.knowledge import Catalogue
from planner.model.project import Baseline, Project
from planner.review.changes import KINDS, Change, changes, newest
from planner.text.i18n import N_, _
from planner.tui.topics.baselines import take
from planner.tui.topics.topic import Topic
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area


class Changes(Topic):
    """One row for each change, under a heading for each kind."""

    empty = N_(
        "There is no baseline yet. Take one with n when the plan is agreed, and what changes afterwards stands here."
    )
    columns = (Column("", 20, share=1),)

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        baseline = newest(project.baselines)
        return change_rows(project, baseline) if baseline else []

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        baseline = newest(project.baselines)
        change = _found(project, baseline, key)
        if change is None or baseline is None:
            return ()
        since = _("Since the baseline {name} of {day}").format(name=baseline.name, day=baseline.taken)
        if change.was and change.now:
            return (change.words, _("Was: {was}; is: {now}").format(was=change.was, now=change.now), since)
        return (change.words, since)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        change = _found(area.project, newest(area.project.baselines), key)
        if change is None:
            area.plan.say(_("This is a heading; the changes stand below it."), warn=True)
        else:
            area.plan.go_to(change.item)

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        await take(area)


def change_rows(project: Project, baseline: Baseline) -> list[Row]:
    """Every change since ``baseline``; the key is its number, the rows of headings have none."""
    rows: list[Row] = []
    kind = ""
    found = changes(project, baseline)
    for number, change in enumerate(found):
        if change.kind != kind:
            kind = change.kind
            count = sum(other.kind == kind for other in found)
            heading = _("{kind}: {n}").format(kind=_(KINDS[change.kind]), n=count)
            rows.append(Row(f"kind:{kind}", banner=heading, style="head"))
        rows.append(Row(str(number), (f"  {change.words}",)))
    if not found:
        words = _("Nothing has changed since the baseline {name} of {day}.")
        rows.append(Row("kind:none", banner=words.format(name=baseline.name, day=baseline.taken)))
    return rows


def _found(project: Project, baseline: Baseline | None, key: str) -> Change | None:
    return changes(project, baseline)[int(key)] if baseline and key.isdigit() else None


TOPIC = Changes()
