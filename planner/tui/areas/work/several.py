"""The forms that change work packages, or take them out, several at once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from planner.edit.work import change_packages, remove_packages, scaled, with_effort_times, with_role_replaced
from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS, Duration
from planner.text.i18n import _, labelled, listed, ngettext
from planner.tui.areas.area import Area, Change
from planner.tui.named import work_named
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.typed import duration, show_three

AS_IS = "as-is"
"""The choice that leaves a field of each package as it is."""

NO_PIN = ""
"""The choice that takes pins to a phase away."""

NAMED = 3
"""So many of the packages are named in the form."""

Longer = Callable[[Duration], Duration]


async def change_several(area: Area, keys: Sequence[str]) -> None:
    """Ask what is to be otherwise in all these packages, and make one edit of it; what is not filled in stays."""
    project = area.project
    packages = [project.package_by_id[key] for key in keys]
    count = ngettext("{n} package", "{n} packages", len(keys)).format(n=len(keys))
    names = [work_named(project, key) for key in keys[:NAMED]]
    if len(packages) > NAMED:
        names.append(_("{n} more").format(n=len(packages) - NAMED))

    def change(values: Values) -> Change:
        from planner.catalog.load import load

        phase = None if values["phase"] == AS_IS else values["phase"]
        return lambda project: change_packages(project, keys, _changing(values), load(), phase)

    def objection(values: Values) -> str:
        if not _told(values):
            return _("Nothing is to change yet: fill in or choose something, or leave with Esc.")
        if AS_IS in (values["role"], values["by"]) and values["role"] != values["by"]:
            return _("Choose both: which role is replaced, and by which one.")
        return ""

    await area.fill(
        _("Change {count}").format(count=count),
        _fields(project, packages),
        change,
        lambda values: labelled(_("Changed {count}").format(count=count), listed(_told(values))),
        listed(names),
        objection,
    )


async def take_out(area: Area, keys: Sequence[str]) -> None:
    """Ask why these packages are taken out of the plan, and make one edit of it."""
    packages = [area.project.package_by_id[key] for key in keys]
    if len(packages) == 1:
        title, name = _("Take out a work package"), packages[0].name
        intro = _("{name}, for {item}").format(name=name, item=area.project.title(packages[0].capability))
    else:
        title = _("Take out work packages")
        intro = name = ngettext("{n} package", "{n} packages", len(keys)).format(n=len(keys))
    if any(package.source == "catalogue" for package in packages):
        words = _("{intro}. It can be brought back (L).") if len(keys) == 1 else _("{intro}. L brings them back.")
        intro = words.format(intro=intro)

    def change(values: Values) -> Change:
        from planner.catalog.load import load

        return lambda project: remove_packages(project, keys, values["reason"], load())

    reason = Text("reason", _("Why (may be empty)"))
    await area.fill(title, [reason], change, lambda values: _("Taken out: {name}").format(name=name), intro)


def _fields(project: Project, packages: Sequence[WorkPackage]) -> list[Text | OneOf]:
    as_is = (AS_IS, _("as it is"))
    working = {role for package in packages for role in package.effort}
    roles = [(role.id, role.name) for role in project.roles]
    first = packages[0]
    example = show_three(*scaled(first.days, 1.2))
    return [
        OneOf("workstream", _("Workstream"), (as_is, *((w, _(w)) for w in WORKSTREAMS)), AS_IS),
        Text(
            "days",
            _("Working days"),
            "",
            longer,
            _("x1.2, +2, -1, or new days; {name}: {days} is {then} with x1.2").format(
                name=first.name, days=show_three(*first.days), then=example
            ),
        ),
        Text("effort", _("Effort"), "", factor, _("x1.2: the person-days of every role times 1.2")),
        OneOf("role", _("Instead of role"), (as_is, *(role for role in roles if role[0] in working)), AS_IS),
        OneOf("by", _("works role"), (as_is, *roles), AS_IS),
        OneOf(
            "phase",
            _("Pin to phase"),
            (as_is, (NO_PIN, _("to none")), *((phase.id, phase.name) for phase in project.phases)),
            AS_IS,
        ),
        Text("note", _("Note"), "", hint=_("in place of the note that each has")),
    ]


def longer(text: str) -> Longer | None:
    """What becomes of the days of a package: ``x1.2``, ``+2``, ``-1`` or new ones; None for an empty field."""
    text = text.strip()
    if not text:
        return None
    if found := re.fullmatch(r"([+-])\s*(\d{1,4})", text):
        more = int(found[1] + found[2])
        return lambda days: scaled(days, more=more)
    if text[0] in "x*×":
        times = factor(text)
        assert times is not None
        return lambda days: scaled(days, times)
    fresh = duration(text)
    return lambda days: fresh


def factor(text: str) -> float | None:
    """A factor such as ``x1.2``; None for an empty field."""
    text = text.strip().lstrip("x*×").strip()
    if not text:
        return None
    found = re.fullmatch(r"\d{1,3}(\.\d+)?", text)
    if found is None or not float(text):
        raise ValueError(_("write a factor such as x1.2"))
    return float(text)


def _changing(values: Values) -> Callable[[WorkPackage], WorkPackage]:
    def change(package: WorkPackage) -> WorkPackage:
        if values["workstream"] != AS_IS:
            package = replace(package, workstream=values["workstream"])
        if values["days"]:
            package = replace(package, days=values["days"](package.days))
        if values["effort"]:
            package = with_effort_times(package, values["effort"])
        if values["role"] != AS_IS:
            package = with_role_replaced(package, values["role"], values["by"])
        return replace(package, note=values["note"]) if values["note"] else package

    return change


def _told(values: Values) -> list[str]:
    """What is changed, for the name of the edit."""
    words = {
        "workstream": _("workstream"),
        "days": _("days"),
        "effort": _("effort"),
        "role": _("role"),
        "phase": _("phase"),
        "note": _("note"),
    }
    return [words[name] for name in words if values[name] not in (AS_IS, None) and (values[name] or name == "phase")]
