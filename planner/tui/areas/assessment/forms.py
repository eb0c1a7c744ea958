"""The form of a process: how important it is, why its target, who runs it, whom it touches."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planner.model.project import Project
from planner.text.i18n import _, ngettext
from planner.tui.areas.area import Area, Change
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.typed import required

if TYPE_CHECKING:
    from planner.tui.areas.assessment.area import AssessmentArea


async def change_process(area: Area, process_id: str) -> None:
    """Ask for the facts of a process that are no levels."""
    process = area.project.process_by_id[process_id]

    def change(values: Values) -> Change:
        from planner.edit.scope import change_process

        def edit(project: Project) -> Project:
            return change_process(
                project,
                process_id,
                importance=int(values["importance"]),
                reason=values["reason"],
                operated_by=values["operated_by"],
                groups=tuple(name.strip() for name in values["groups"].split(",") if name.strip()),
            )

        return edit

    await area.fill(
        process.name,
        [
            _importance(process.importance),
            Text("reason", _("Why this target"), process.reason),
            Text("operated_by", _("Run by another party"), process.operated_by, hint=_("its name, or empty")),
            Text(
                "groups",
                _("User groups touched"),
                ", ".join(process.groups),
                hint=_("commas between; empty: all users"),
            ),
        ],
        change,
        lambda values: _("{fact} changed").format(fact=process.name),
    )


async def rank_processes(area: Area, process_ids: list[str]) -> None:
    """Ask how important several processes are, in one go."""
    from planner.tui.areas.assessment.edits import set_importance

    n = len(process_ids)
    title = ngettext("{n} process", "{n} processes", n).format(n=n)
    usual = area.project.process_by_id[process_ids[0]].importance

    def change(values: Values) -> Change:
        return set_importance(dict.fromkeys(process_ids, int(values["importance"])))

    def label(values: Values) -> str:
        return _("{names}: importance {value}").format(names=title, value=values["importance"])

    await area.fill(title, [_importance(usual)], change, label)


async def set_by_hand(area: "AssessmentArea", levels: Mapping[str, Mapping[str, int]], label: str) -> None:
    """Ask why levels are set without answers; the reason given last needs only Enter."""
    from planner.tui.areas.assessment.edits import set_levels

    def change(values: Values) -> Change:
        return set_levels(levels, values["reason"])

    def named(values: Values) -> str:
        area.reason = values["reason"]
        return label

    hint = _("what the level rests on, when it is not the questionnaire (Enter on the process)")
    await area.fill(label, [Text("reason", _("Set by hand because"), area.reason, required, hint)], change, named)


def _importance(value: int) -> OneOf:
    ranks = (
        ("1", _("1 hardly")),
        ("2", _("2 little")),
        ("3", _("3 usual")),
        ("4", _("4 much")),
        ("5", _("5 vital")),
    )
    return OneOf("importance", _("Important to business"), ranks, str(value))
