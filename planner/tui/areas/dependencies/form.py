"""The forms for a dependency: add, change, remove or switch off."""

from typing import get_args

from planner.model.project import Dependency, Project
from planner.model.values import LinkType
from planner.text.i18n import N_, _, labelled
from planner.tui.areas.area import Area, Change
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.screens.pick import Option, Pick
from planner.tui.typed import whole

TYPES = get_args(LinkType)
MEANING = {
    N_("finish-start"): N_("it starts after the other has finished"),
    N_("start-start"): N_("it starts after the other has started"),
    N_("finish-finish"): N_("it finishes after the other has finished"),
    N_("start-finish"): N_("it finishes after the other has started"),
}


async def new_dependency(area: Area, focus: str, needs: bool) -> None:
    """Ask what ``focus`` needs (or, without ``needs``, what needs it), and make the edit."""
    project = area.project
    title = _("{item} needs ...") if needs else _("What needs {item}?")
    other = await area.ask(Pick(title.format(item=project.title(focus)), [*_ends(project, focus)]))
    if not other:
        return
    await join(area, *((focus, other) if needs else (other, focus)))


async def join(area: Area, item: str, needed: str) -> None:
    """Ask what kind of dependency of ``item`` on ``needed`` there is to be, and make the edit."""
    project = area.project

    def build(values: Values) -> Dependency:
        return Dependency(
            item=item,
            needs=needed,
            type=values["type"],
            lag=values["lag"],
            strength=values["strength"],
            reason=values["reason"],
        )

    def change(values: Values) -> Change:
        from planner.catalog.load import load
        from planner.edit.dependencies import add_dependency

        return lambda project: add_dependency(project, build(values), load())

    await area.fill(
        _("{item} needs {needs}").format(item=project.title(item), needs=project.title(needed)),
        _fields(Dependency(item=item, needs=needed)),
        change,
        lambda values: _("{item} needs {needs}").format(item=project.title(item), needs=project.title(needed)),
        objection=lambda values: circle(area.project, build(values)),
    )


async def change_dependency(area: Area, dependency: Dependency) -> None:
    """Ask what ``dependency`` should be, and make the edit."""
    project = area.project
    names = _("{item} needs {needs}").format(item=project.title(dependency.item), needs=project.title(dependency.needs))

    def change(values: Values) -> Change:
        from planner.catalog.load import load
        from planner.edit.dependencies import change_dependency

        return lambda project: change_dependency(project, dependency.key, load(), **values)

    await area.fill(names, _fields(dependency), change, lambda values: _("Changed: {names}").format(names=names))


async def remove_dependency(area: Area, dependency: Dependency) -> None:
    """Ask why, and remove ``dependency`` or switch it off."""
    project = area.project
    names = _("{item} needs {needs}").format(item=project.title(dependency.item), needs=project.title(dependency.needs))

    def change(values: Values) -> Change:
        from planner.catalog.load import load
        from planner.edit.dependencies import remove_dependency

        return lambda project: remove_dependency(project, dependency.key, values["reason"], load())

    intro = _("{names}. One of the catalogue stays listed as off; to follow it again, change its strength.").format(
        names=names
    )
    await area.fill(
        _("Do without a dependency"),
        [Text("reason", _("Why (may be empty)"))],
        change,
        lambda values: _("Without: {names}").format(names=names),
        intro,
    )


def circle(project: Project, dependency: Dependency) -> str:
    """The circle that ``dependency`` would close and the ways out of it, one a line; empty when there is none."""
    from planner.graph.cycles import cycle_if_added

    if dependency.strength == "off":
        return ""
    found = cycle_if_added(project, dependency)
    if found is None:
        return ""
    lines = [_("That would make a circle"), found.describe(project), "", _("Ways out of it:")]
    lines += [f"- {way}" for way in found.ways_out]
    return "\n".join([*lines, "", _("Nothing has been changed. Esc goes back to the form.")])


def _fields(dependency: Dependency) -> list[Text | OneOf]:
    strengths = (
        ("hard", "soft") if dependency.source == "own" and dependency.strength != "off" else ("hard", "soft", "off")
    )
    return [
        OneOf(
            "strength",
            _("Strength"),
            tuple((s, _(s)) for s in strengths),
            dependency.strength,
            _("hard: must; soft: should, and it is counted where it is not kept"),
        ),
        OneOf("type", _("Type"), tuple((t, labelled(_(t), _(MEANING[t]))) for t in TYPES), dependency.type),
        Text(
            "lag",
            _("Lag in working days"),
            str(dependency.lag),
            whole,
            _("how long to wait in between; may be negative"),
        ),
        Text("reason", _("Reason"), dependency.reason),
    ]


def _ends(project: Project, focus: str) -> list[Option]:
    """What a dependency may join to ``focus``: capabilities of the plan, of its processes, and work packages."""
    from planner.model.capability import capability
    from planner.model.values import HIGHEST

    found = [Option(item, project.title(item), _("capability")) for item in project.capabilities if item != focus]
    planned = set(project.capabilities)
    for process in project.processes:
        for level in range(process.level + 1, HIGHEST + 1):
            item = capability(process.id, level)
            if item not in planned and item != focus:
                found.append(Option(item, project.title(item), _("not in the plan yet")))
    found += [Option(p.id, p.name, project.title(p.capability)) for p in project.packages if p.id != focus]
    return found
