"""Baselines: the plan as it was agreed on some day, to compare with."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from planner.edit.review import remove_baseline, take_baseline
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.review.changes import changes
from planner.text.i18n import N_, _, ngettext
from planner.tui.screens.dialog import Notice
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic
from planner.tui.typed import day, required
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class Baselines(Topic):
    """One row for each, the newest last."""

    findable = False
    says: ClassVar[Mapping[str, str]] = {"change": N_("compare"), "new": N_("take a baseline")}
    empty = N_("n takes a baseline: the plan as it is now, to compare with later.")
    columns = (Column(N_("Taken"), 10), Column(N_("Baseline"), 20, share=1), Column(N_("Changes"), 8, align=">"))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [
            Row(baseline.id, (str(baseline.taken), baseline.name, str(len(changes(project, baseline)))))
            for baseline in project.baselines
        ]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        baseline = next(one for one in project.baselines if one.id == key)
        count = ngettext("{n} work package", "{n} work packages", len(baseline.packages))
        return [baseline.note or _("No note."), count.format(n=len(baseline.packages))]

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        name = next(one.name for one in project.baselines if one.id == key)
        return _("Baseline taken out: {name}").format(name=name), lambda p: remove_baseline(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        baseline = next(one for one in area.project.baselines if one.id == key)
        told = [change.words for change in changes(area.project, baseline)]
        title = _("Since {name} of {day}").format(name=baseline.name, day=baseline.taken)
        await area.ask(Notice(title, told or [_("Nothing has changed.")]))

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        await take(area)


async def take(area: "Area") -> None:
    """Ask for the name of a baseline, and take it."""
    number = len(area.project.baselines) + 1
    fields: list[Text | OneOf] = [
        Text("name", _("Name"), _("Baseline {n}").format(n=number), required, _("such as: agreed with the sponsor")),
        Text("taken", _("On"), suggested_day(area.project), day),
        Text("note", _("Note"), hint=_("what was agreed, and with whom")),
    ]

    def change(values: Values) -> "Change":
        return lambda project: take_baseline(project, **values)

    await area.fill(
        _("Take a baseline"), fields, change, lambda values: _("Baseline taken: {name}").format(name=values["name"])
    )


def suggested_day(project: Project) -> str:
    """The day to suggest in a form: that of the plan's progress when it has one, else the one on the calendar."""
    return str(project.engagement.as_of or date.today())


TOPIC = Baselines()
