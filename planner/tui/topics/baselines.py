"""Baselines: the plan as it was agreed on some day, to compare with."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from planner.edit.review import change_baseline, remove_baseline, take_baseline
from planner.model.knowledge import Catalogue
from planner.model.project import Baseline, Project
from planner.review.changes import changes
from planner.text.i18n import N_, _, labelled, ngettext
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.screens.pick import Option, Pick
from planner.tui.topics.topic import Step, Topic
from planner.tui.typed import day, required
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

NOW = "(now)"
"""Stands for the plan as it is now where a baseline is picked; no baseline that is taken has such an id."""


class Baselines(Topic):
    """One row for each, the newest last."""

    findable = False
    says: ClassVar[Mapping[str, str]] = {"change": N_("compare"), "new": N_("take a baseline"), "alter": N_("approve")}
    looks = frozenset({"change"})
    empty = N_("n takes a baseline: the plan as it is now, to compare with later.")
    columns = (
        Column(N_("Taken"), 10),
        Column(N_("Baseline"), 16, share=2),
        Column(N_("Approved by"), 12, share=1),
        Column(N_("Changes"), 8, align=">"),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [
            Row(
                baseline.id,
                (str(baseline.taken), baseline.name, baseline.approved_by or "-", _count(project, baseline)),
            )
            for baseline in project.baselines
        ]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        baseline = next(one for one in project.baselines if one.id == key)
        count = ngettext("{n} work package", "{n} work packages", len(baseline.packages))
        approved = _("Approved by {who}.") if baseline.approved_by else _("Not approved: c says by whom it was.")
        said = [baseline.note or _("No note."), approved.format(who=baseline.approved_by)]
        return [*said, count.format(n=len(baseline.packages))]

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        name = next(one.name for one in project.baselines if one.id == key)
        return _("Baseline taken out: {name}").format(name=name), lambda p: remove_baseline(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        from planner.tui.screens.differences import show_changes

        project = area.project
        baseline = next(one for one in project.baselines if one.id == key)
        others = {one.id: one for one in project.baselines if one.id != key}
        chosen: str | None = NOW
        if others:
            choices = [Option(one.id, one.name, str(one.taken)) for one in others.values()]
            title = _("Compare {name} with").format(name=baseline.name)
            chosen = await area.ask(Pick(title, [Option(NOW, _("the plan as it is now")), *choices]))
        if chosen is None:
            return
        other = others.get(chosen)
        if other is None:
            title = _("Since {name} of {day}").format(name=baseline.name, day=baseline.taken)
            await show_changes(area.plan, title, baseline, project, project)
            return
        first, last = sorted((baseline, other), key=lambda one: one.taken)
        title = _("From {name} of {day} to {other}").format(name=first.name, day=first.taken, other=last.name)
        await show_changes(area.plan, title, first, last, project)

    async def alter(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        had = next(one for one in area.project.baselines if one.id == key)
        fields: list[Text | OneOf] = [
            Text("approved_by", _("Approved by"), had.approved_by, hint=_("empty while nobody has approved it")),
            Text("name", _("Name"), had.name, required),
            Text("note", _("Note"), had.note, hint=_("what was agreed, and with whom")),
        ]

        def change(values: Values) -> "Change":
            return lambda project: change_baseline(project, key, **values)

        def label(values: Values) -> str:
            who = values["approved_by"]
            return labelled(values["name"], _("approved by {who}").format(who=who) if who else _("not approved"))

        await area.fill(_("Baseline of {day}").format(day=had.taken), fields, change, label)

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        await take(area)


def _count(project: Project, baseline: Baseline) -> str:
    """How much is otherwise now than in ``baseline``."""
    return str(len(changes(project, baseline)))


async def take(area: "Area") -> None:
    """Ask for the name of a baseline, and take it."""
    number = len(area.project.baselines) + 1
    fields: list[Text | OneOf] = [
        Text("name", _("Name"), _("Baseline {n}").format(n=number), required, _("such as: agreed with the sponsor")),
        Text("taken", _("On"), suggested_day(area.project), day),
        Text("approved_by", _("Approved by"), hint=_("empty while nobody has approved it")),
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
