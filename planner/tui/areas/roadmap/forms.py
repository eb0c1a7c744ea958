"""The forms of the roadmap: pin, phases."""

from typing import Any

from planner.model.project import Phase, Pin
from planner.text.i18n import _
from planner.tui.areas.area import Area, Change
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.typed import day_or_none, positive_or_none, required


async def pin(area: Area, item: str) -> None:
    """Ask what is promised about ``item``, and make the edit; with nothing promised the pin goes."""
    project = area.project
    held = project.pin_by_item.get(item, Pin(item=item))
    phases = (("", _("any")), *((phase.id, f"{n} {phase.name}") for n, phase in enumerate(project.phases, 1)))

    def promised(values: Values) -> bool:
        return bool(values["phase"] or values["not_before"] or values["deadline"])

    def change(values: Values) -> Change:
        from planner.edit.pins import remove_pin, set_pin

        if promised(values):
            promise = {**values, "may_slip": bool(values["may_slip"] and values["deadline"])}
            return lambda plan: set_pin(plan, Pin(item=item, **promise))
        return lambda plan: remove_pin(plan, item) if item in plan.pin_by_item else plan

    def label(values: Values) -> str:
        words = _("{item} pinned") if promised(values) else _("{item} no longer pinned")
        return words.format(item=project.title(item))

    await area.fill(
        _("Pin {item}").format(item=project.title(item)),
        [
            OneOf("phase", _("In phase"), phases, held.phase),
            Text(
                "not_before",
                _("Starts not before"),
                str(held.not_before or ""),
                day_or_none,
                _("a date such as 2027-01-04, or empty"),
            ),
            Text(
                "deadline",
                _("Finished by"),
                str(held.deadline or ""),
                day_or_none,
                _("a date such as 2027-06-30, or empty"),
            ),
            OneOf(
                "may_slip",
                _("If it is missed"),
                (("", _("no roadmap is valid")), ("yes", _("so be it: a wish that may slip"))),
                "yes" if held.may_slip else "",
            ),
            Text("reason", _("Reason"), held.reason, hint=_("who promised it, and why")),
        ],
        change,
        label,
        intro=_("The next proposal keeps what is promised here. Empty fields promise nothing."),
    )


async def new_phase(area: Area, beside: str) -> None:
    """Ask for a new phase, in front of one or last, and make the edit."""
    project = area.project
    places = (("", _("last")), *((phase.id, _("before {name}").format(name=phase.name)) for phase in project.phases))

    def change(values: Values) -> Change:
        from planner.edit.roadmap import add_phase, new_phase_id

        fields = dict(values)
        before = fields.pop("before")
        return lambda plan: add_phase(plan, Phase(id=new_phase_id(plan), **_phase_values(fields)), before)

    await area.fill(
        _("New phase"),
        [*_fields(None), OneOf("before", _("Place"), places)],
        change,
        lambda values: _("New phase: {name}").format(name=values["name"]),
    )


async def change_phase(area: Area, phase_id: str) -> None:
    """Ask what a phase should be, and make the edit."""

    def change(values: Values) -> Change:
        from planner.edit.roadmap import change_phase

        return lambda plan: change_phase(plan, phase_id, **_phase_values(values))

    await area.fill(
        _("Change a phase"),
        _fields(area.project.phase_by_id[phase_id]),
        change,
        lambda values: _("Phase changed: {name}").format(name=values["name"]),
        intro=_("A phase that was changed by hand is kept by the next proposal."),
    )


def _fields(phase: Phase | None) -> list[Text | OneOf]:
    yes_no = (("no", _("no")), ("yes", _("yes")))
    return [
        Text("name", _("Name"), phase.name if phase else "", required),
        Text("goal", _("Goal"), phase.goal if phase else ""),
        Text(
            "not_before", _("Not before"), str((phase and phase.not_before) or ""), day_or_none, _("a date, or empty")
        ),
        Text("not_after", _("Not after"), str((phase and phase.not_after) or ""), day_or_none, _("a date, or empty")),
        Text(
            "limit",
            _("Processes in change"),
            str((phase and phase.limit) or ""),
            positive_or_none,
            _("at most so many on one day; empty: as the plan says"),
        ),
        OneOf("overlap", _("May overlap previous one"), yes_no, "yes" if phase and phase.overlap else "no"),
        Text(
            "exit_criteria",
            _("Gate criteria"),
            "; ".join(phase.exit_criteria) if phase else "",
            _criteria,
            _("with ; between them"),
        ),
    ]


def _criteria(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _phase_values(values: Values) -> dict[str, Any]:
    return {**values, "overlap": values["overlap"] == "yes"}
