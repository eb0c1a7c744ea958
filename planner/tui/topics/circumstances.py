"""Circumstances that make work larger or smaller: sites, regulation, a tool in place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.edit.context import remove_modifier, set_modifier
from planner.model.context import Modifier
from planner.model.knowledge import Catalogue
from planner.model.known.work import KnownModifier
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, listed
from planner.tui.named import named
from planner.tui.screens.form import Text, Values
from planner.tui.topics.topic import Step, Topic, mark, source
from planner.tui.typed import among, positive_or_none, show_among
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class Circumstances(Topic):
    """One row for each circumstance of the catalogue, ticked where it applies."""

    columns = (
        Column("", 3),
        Column(N_("Circumstance"), 24, share=3),
        Column(N_("How many"), 8, align=">"),
        Column(N_("What it does"), 12, share=2),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        held = {modifier.id: modifier for modifier in project.modifiers}
        rows = []
        for known in catalogue.modifiers:
            modifier = held.pop(known.id, None)
            count = str(modifier.count) if modifier and known.counted else ""
            star = "*" if modifier and modifier.source == "own" else ""
            does = effects(modifier) if modifier else ""
            rows.append(Row(known.id, (mark(modifier is not None), _title(known), count, star + does)))
        rows += [Row(m.id, (mark(True), f"*{m.name}", str(m.count), effects(m))) for m in held.values()]
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        known = _known(catalogue, key)
        held = next((modifier for modifier in project.modifiers if modifier.id == key), None)
        name = _title(known) if known else held.name if held else key
        said = [labelled(name, effects(held) if held else _("does not apply"))]
        if held and held.processes:
            names = listed(named(project, process) for process in held.processes)
            said.append(_("Only for: {processes}").format(processes=names))
        return [*said, source(known.source)] if known else said

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        known = _known(catalogue, key)
        name = _title(known) if known else key
        if any(modifier.id == key for modifier in project.modifiers):
            return _("{name} no longer applies").format(name=name), lambda p: remove_modifier(p, catalogue, key)
        if known and known.counted:
            return _("Press Enter and say how many there are.")
        return _("{name} applies").format(name=name), lambda p: set_modifier(p, catalogue, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        known = _known(catalogue, key)
        if known is None:
            area.plan.say(_("This one is the plan's own: change it in the file."), warn=True)
            return
        held = next((modifier for modifier in area.project.modifiers if modifier.id == key), None)
        names = {process.id: process.name for process in area.project.processes}
        fields = [
            Text(
                "processes",
                _("Only for"),
                show_among(names, held.processes if held else ()),
                among(names),
                _("processes with commas between, or empty for all"),
            )
        ]
        if known.counted:
            fields.insert(0, Text("count", _("How many"), str(held.count if held else 1), positive_or_none))

        def change(values: Values) -> "Change":
            count = values.get("count") or 1
            return lambda p: set_modifier(p, catalogue, key, count=count, processes=values["processes"])

        name = _title(known)
        await area.fill(name, fields, change, lambda values: _("{name} applies").format(name=name))


def effects(modifier: Modifier) -> str:
    """What a circumstance does, in words: factors on effort by workstream and on length."""
    parts = [
        _("{workstream} effort x{factor:g}").format(workstream=_(workstream), factor=round(factor, 3))
        for workstream, factor in modifier.effort.items()
        if factor != 1
    ]
    if modifier.duration != 1:
        parts.append(_("length x{factor:g}").format(factor=round(modifier.duration, 3)))
    return listed(parts) or _("no effect")


def _title(known: KnownModifier) -> str:
    """The name as a line begins with it: those that are counted are written to follow a number."""
    name = known.name.in_(language())
    return name[:1].upper() + name[1:]


def _known(catalogue: Catalogue, key: str) -> KnownModifier | None:
    return next((known for known in catalogue.modifiers if known.id == key), None)


TOPIC = Circumstances()
