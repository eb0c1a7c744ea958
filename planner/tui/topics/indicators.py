"""Indicators: KPIs of processes and the scorecard, with baseline, target and what a gate asks for."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.edit.indicators import add_indicator, change_indicator, remove_indicator, set_gate
from planner.model.knowledge import Catalogue
from planner.model.measures import Indicator
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, listed
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic, fresh_id, source
from planner.tui.typed import among, number_or_none, required, show
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class Indicators(Topic):
    """The scorecard by perspective, then the processes."""

    columns = (
        Column(N_("Indicator"), 20, share=3),
        Column(N_("Now"), 6, align=">"),
        Column(N_("Target"), 6, align=">"),
        Column(N_("Unit"), 6, share=1, wide=50),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        rows = []
        for title, found in _grouped(project, catalogue):
            rows.append(Row(f"group {title}", banner=title, style="head"))
            rows += [
                Row(
                    one.id,
                    (
                        ("*" if one.source == "own" else "") + one.name,
                        _number(one.baseline),
                        _number(one.target),
                        one.unit,
                    ),
                )
                for one in found
            ]
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        one = next((one for one in project.indicators if one.id == key), None)
        if one is None:
            return ()
        ways = {"up": _("higher is better"), "down": _("lower is better"), "range": _("best inside a range")}
        gates = listed(
            f"{project.phase_by_id[phase].name} {value:g}"
            for phase, value in one.gates.items()
            if phase in project.phase_by_id
        )
        said = [labelled(one.name, listed([_(one.kind.upper()), ways[one.direction]]))]
        if gates:
            said.append(_("To be reached by the end of: {gates}").format(gates=gates))
        if one.source == "catalogue":
            known = next((known for known in catalogue.indicators if known.id == key), None)
            said.append(_("Now and target are assumptions until they are measured and agreed."))
            return [*said, source(known.source)] if known else said
        return said

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        one = next((one for one in project.indicators if one.id == key), None)
        if one is None:
            return _("Nothing can be removed here.")
        return _("Taken out: {name}").format(name=one.name), lambda p: remove_indicator(p, catalogue, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        one = next((one for one in area.project.indicators if one.id == key), None)
        if one is None:
            await super().change(area, catalogue, key)
            return
        phases = area.project.phases
        fields: list[Text | OneOf] = [
            Text("baseline", _("Now"), _typed(one.baseline), number_or_none),
            Text("target", _("Target"), _typed(one.target), number_or_none),
            Text("limit", _("Act at"), _typed(one.limit), number_or_none, _("the value at which somebody must act")),
            Text("owner", _("Owner"), one.owner),
            Text("collected", _("Collected by"), one.collected, hint=_("the tool that measures")),
            Text("platform", _("Worked out in"), one.platform, hint=_("the platform that holds the figures")),
            Text("report", _("Shown in"), one.report, hint=_("the report people see")),
            *(
                Text(
                    f"gate {p.id}",
                    _("Gate of {phase}").format(phase=p.name),
                    _typed(one.gates.get(p.id)),
                    number_or_none,
                )
                for p in phases
            ),
        ]

        def change(values: Values) -> "Change":
            facts: dict[str, Any] = {name: value for name, value in values.items() if not name.startswith("gate ")}

            def edit(project: Project) -> Project:
                project = change_indicator(project, key, **facts)
                for phase in phases:
                    project = set_gate(project, key, phase.id, values[f"gate {phase.id}"])
                return project

            return edit

        await area.fill(one.name, fields, change, lambda values: _("{fact} changed").format(fact=one.name))

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        tongue = language()
        perspectives = (("", _("none")), *((p.id, p.name.in_(tongue)) for p in catalogue.perspectives))
        ways = (("up", _("higher is better")), ("down", _("lower is better")), ("range", _("best inside a range")))
        kinds = (("kpi", _("KPI: done right")), ("kgi", _("KGI: the right things")))

        def change(values: Values) -> "Change":
            ident = fresh_id(values["name"], {one.id for one in area.project.indicators}, "indicator")
            return lambda p: add_indicator(p, Indicator(id=ident, **values))

        await area.fill(
            _("New indicator"),
            [
                Text("name", _("Name"), read=required),
                OneOf("kind", _("Kind"), kinds, "kpi"),
                Text(
                    "processes",
                    _("Processes"),
                    "",
                    among({process.id: process.name for process in area.project.processes}),
                    _("with commas between, or empty"),
                ),
                OneOf("perspective", _("Perspective"), perspectives, ""),
                Text("unit", _("Unit")),
                OneOf("direction", _("Direction"), ways, "up"),
                Text("baseline", _("Now"), "", number_or_none),
                Text("target", _("Target"), "", number_or_none),
            ],
            change,
            lambda values: _("New indicator {name}").format(name=values["name"]),
        )


def _grouped(project: Project, catalogue: Catalogue) -> Iterator[tuple[str, list[Indicator]]]:
    """Indicators by perspective, then by their first process, in the order of the catalogue and the plan."""
    tongue = language()
    known = {perspective.id: perspective.name.in_(tongue) for perspective in catalogue.perspectives}
    for perspective in {**known, **dict.fromkeys(one.perspective for one in project.indicators if one.perspective)}:
        if found := [one for one in project.indicators if one.perspective == perspective]:
            yield known.get(perspective, perspective), found
    rest = [one for one in project.indicators if not one.perspective]
    for process in project.processes:
        if found := [one for one in rest if one.processes[:1] == (process.id,)]:
            yield process.name, found
    if found := [one for one in rest if not one.processes or one.processes[0] not in project.process_by_id]:
        yield _("others"), found


def _number(value: float | None) -> str:
    return "-" if value is None else show(value)


def _typed(value: float | None) -> str:
    return "" if value is None else show(value)


TOPIC = Indicators()
