"""Milestones: audits, renewals, benefits, each on its day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.assessment.milestones import dated
from planner.edit.milestones import add_milestone, change_milestone, remove_milestone
from planner.model.knowledge import Catalogue
from planner.model.measures import Milestone
from planner.model.project import Project
from planner.text.i18n import N_, _
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic, fresh_id
from planner.tui.typed import day_or_none, required
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class Milestones(Topic):
    """One row for each, in the order of their days; those without a day come last."""

    columns = (Column(N_("Day"), 10), Column(N_("Kind"), 12, wide=50), Column(N_("Milestone"), 20, share=1))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [
            Row(
                stone.id,
                (str(day or "-"), stone.kind, ("*" if stone.source == "own" else "") + _short(project, stone)),
            )
            for stone, day in dated(project)
        ]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        stone = next(stone for stone in project.milestones if stone.id == key)
        said = [stone.name]
        if stone.item:
            said.append(_("When {item} is reached.").format(item=project.title(stone.item)))
        elif stone.phase and stone.phase in project.phase_by_id:
            said.append(_("At the end of {phase}.").format(phase=project.phase_by_id[stone.phase].name))
        if stone.reason:
            said.append(stone.reason)
        return said

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        stone = next(stone for stone in project.milestones if stone.id == key)
        return _("Taken out: {name}").format(name=stone.name), lambda p: remove_milestone(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        stone = next(stone for stone in area.project.milestones if stone.id == key)

        def change(values: Values) -> "Change":
            return lambda p: change_milestone(p, key, **values)

        await area.fill(
            stone.name, _fields(area.project, stone), change, lambda values: _("{fact} changed").format(fact=stone.name)
        )

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        def change(values: Values) -> "Change":
            ident = fresh_id(values["name"], {stone.id for stone in area.project.milestones}, "milestone")
            return lambda p: add_milestone(p, Milestone(id=ident, **values))

        await area.fill(
            _("New milestone"),
            _fields(area.project, Milestone(id="new", name=" ", kind="benefit")),
            change,
            lambda values: _("New milestone {name}").format(name=values["name"]),
        )


def _short(project: Project, stone: Milestone) -> str:
    """The name without that of the standard aimed at, with which all dates of a certification begin."""
    begins = (f"{goal.name}: " for goal in project.certifications)
    return next((stone.name.removeprefix(begin) for begin in begins if stone.name.startswith(begin)), stone.name)


def _fields(project: Project, stone: Milestone) -> list[Text | OneOf]:
    items = (("", "-"), *((item, project.title(item)) for item in project.capabilities))
    phases = (("", "-"), *((phase.id, phase.name) for phase in project.phases))
    one = _("give a day, a capability or a phase: one of the three")
    return [
        Text("name", _("Name"), stone.name.strip(), required),
        Text("kind", _("Kind"), stone.kind, hint=_("benefit, reassessment, audit, review ...")),
        Text("day", _("On the day"), str(stone.day or ""), day_or_none, one),
        OneOf("item", _("When this is reached"), items, stone.item if stone.item in dict(items) else "", one),
        OneOf("phase", _("At the end of"), phases, stone.phase, one),
    ]


TOPIC = Milestones()
