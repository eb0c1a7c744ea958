"""Changes: what is otherwise in the plan than when the last baseline was taken."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.model.knowledge import Catalogue
from planner.model.project import Baseline, Project
from planner.review.changes import KINDS, Change, Kind, agreed, changes
from planner.text.i18n import N_, _
from planner.tui.topics.baselines import take
from planner.tui.topics.topic import Topic
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area


PLACES: Mapping[Kind, Sequence[str]] = {
    "target": ("assessment",),
    "frame": ("roadmap",),
    "promise": ("roadmap", "work"),
    "phase": ("roadmap",),
    "dates": ("roadmap",),
    "effort": ("work", "roadmap"),
    "work": ("work", "roadmap", "dependencies"),
    "need": ("dependencies",),
    "progress": ("work",),
}
"""Where a change is looked at, by its kind, the best place first."""


class Changes(Topic):
    """One row for each change, under a heading for each kind."""

    says: ClassVar[Mapping[str, str]] = {"change": N_("go there"), "new": N_("take a baseline")}
    looks = frozenset({"change"})
    empty = N_(
        "There is no baseline yet. Take one with n when the plan is agreed, and what changes afterwards stands here."
    )
    bare = N_("There is no baseline yet: nobody has said since when changes are to be told.")
    columns = (Column("", 20, share=1),)

    def __init__(self) -> None:
        self._seen: tuple[Project, Baseline, tuple[Change, ...]] | None = None
        """What was worked out last: every move of the cursor asks for it again."""

    def _since(self, project: Project, baseline: Baseline) -> tuple[Change, ...]:
        if self._seen is None or self._seen[0] is not project or self._seen[1] is not baseline:
            self._seen = project, baseline, changes(project, baseline)
        return self._seen[2]

    def _found(self, project: Project, key: str) -> Change | None:
        baseline = agreed(project.baselines)
        found = self._since(project, baseline) if baseline and key.isdigit() else ()
        return found[int(key)] if found and int(key) < len(found) else None

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        baseline = agreed(project.baselines)
        return change_rows(baseline, self._since(project, baseline)) if baseline else []

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        baseline = agreed(project.baselines)
        change = self._found(project, key)
        if baseline is None:
            return ()
        since = _("Since {name} of {day}").format(name=baseline.name, day=baseline.taken)
        if baseline.approved_by:
            since = _("{since}, approved by {who}").format(since=since, who=baseline.approved_by)
        if change is None:
            return (since, baseline.note) if baseline.note else (since,)
        if change.was and change.now:
            return (change.words, _("Was: {was}; is: {now}").format(was=change.was, now=change.now), since)
        return (change.words, since)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        change = self._found(area.project, key)
        if change is None:
            area.plan.say(_("This is a heading; the changes stand below it."), warn=True)
        elif not change.item:
            area.plan.say(_("This is about the whole plan."), warn=True)
        else:
            area.plan.go_to(change.item, PLACES[change.kind])

    def item(self, project: Project, key: str) -> str:
        change = self._found(project, key)
        return change.item if change else ""

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        await take(area)


def change_rows(baseline: Baseline, found: Sequence[Change]) -> list[Row]:
    """Every change ``found`` since ``baseline``; the key is its number, the rows of headings have none."""
    rows: list[Row] = []
    kind = ""
    for number, change in enumerate(found):
        if change.kind != kind:
            kind = change.kind
            count = sum(other.kind == kind for other in found)
            heading = _("{kind}: {n}").format(kind=_(KINDS[change.kind]), n=count)
            rows.append(Row(f"kind:{kind}", banner=heading, style="head"))
        rows.append(Row(str(number), (f"  {change.words}",)))
    if not found:
        words = _("Nothing has changed since {name} of {day}.")
        rows.append(Row("kind:none", banner=words.format(name=baseline.name, day=baseline.taken)))
    return rows


TOPIC = Changes()
