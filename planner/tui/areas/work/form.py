"""The forms for a work package: change one, add one."""

from collections.abc import Sequence
from typing import Any

from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS, Effort, Fixed
from planner.text.i18n import _
from planner.tui.areas.area import Area, Change
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.typed import duration, effort, ids, required, show, show_three

ROLE = "role:"
"""Prefix of the names of the fields for effort."""


async def change_package(area: Area, package: WorkPackage) -> None:
    """Ask what ``package`` should be, and make the edit."""

    def change(values: Values) -> Change:
        from planner.catalog.load import load
        from planner.edit.work import change_package

        fields = _fields_of(values)
        return lambda project: change_package(project, package.id, load(), **fields)

    await area.fill(
        _("Change a work package"),
        [Text("name", _("Name"), package.name, required), *_common(area.project, package)],
        change,
        lambda values: _("Changed: {name}").format(name=values["name"]),
        intro=_("{item}, {stream}; id: {id}").format(
            item=_for(area.project, package.capability), stream=_(package.workstream), id=package.id
        ),
    )


async def new_package(area: Area, begun: WorkPackage) -> None:
    """Ask for a package of one's own, with what is known of it already, and make the edit."""
    project = area.project
    items = ((item, project.title(item)) for item in project.capabilities)
    options = (("", _("the whole programme")), *items)

    def change(values: Values) -> Change:
        from planner.catalog.load import load
        from planner.edit.work import add_package, new_package_id

        def add(project: Project) -> Project:
            package = WorkPackage(
                id=new_package_id(project, values["name"]),
                capability=values["capability"],
                workstream=values["workstream"],
                **_fields_of(values),
            )
            return add_package(project, package, load())

        return add

    await area.fill(
        _("A work package of your own"),
        [
            Text("name", _("Name"), begun.name, required),
            OneOf("capability", _("For"), options, begun.capability),
            OneOf("workstream", _("Workstream"), tuple((w, _(w)) for w in WORKSTREAMS), begun.workstream),
            *_common(project, begun),
        ],
        change,
        lambda values: _("Added: {name}").format(name=values["name"]),
    )


def _common(project: Project, package: WorkPackage) -> Sequence[Text | OneOf]:
    three = _("one number, or low, likely and high")
    others = [other for other in project.package_by_id if other != package.id]
    first = [*package.effort, *(role for role in project.role_by_id if role not in package.effort)]
    roles = [
        Text(
            ROLE + role,
            project.role_by_id[role].name,
            show_three(*package.effort[role]) if role in package.effort else "",
            effort,
            _("person-days: {three}; empty for none. Gives {fte} of a full-time person").format(
                three=three, fte=show(project.role_by_id[role].fte)
            ),
        )
        for role in first
        if role in project.role_by_id
    ]
    return [
        Text(
            "days",
            _("Working days"),
            show_three(*package.days),
            duration,
            _("how long it lasts: {three}").format(three=three),
        ),
        *roles,
        Text(
            "after", _("After"), " ".join(package.after), ids(others), _("ids of packages that must be finished first")
        ),
        Text("note", _("Note"), package.note),
    ]


def _fields_of(values: Values) -> dict[str, Any]:
    """The fields of a package as typed; roles without effort are left out."""
    worked: dict[str, Effort] = {
        name.removeprefix(ROLE): value
        for name, value in values.items()
        if name.startswith(ROLE) and value and value.high
    }
    return {
        "name": values["name"],
        "days": values["days"],
        "effort": Fixed(worked),
        "after": values["after"],
        "note": values["note"],
    }


def _for(project: Project, capability: str) -> str:
    return project.title(capability) if capability else _("the whole programme")
