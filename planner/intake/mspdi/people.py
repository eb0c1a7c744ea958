"""Who does how much of which work: resources as roles, assignments as effort."""

from collections.abc import Mapping
from datetime import date

from planner.intake.mspdi.judge import Judge
from planner.intake.mspdi.naming import Ids
from planner.intake.mspdi.records import Records
from planner.intake.mspdi.tasks import Resource, Task
from planner.model.calendar import CapacityChange, Role
from planner.model.values import WORKSTREAMS, Effort, Fixed, Workstream
from planner.text.i18n import _
from planner.text.mspdi import in_any_language, told

CLOSE = 0.01
"""Person-days by which work that was not changed may differ, since files count it in seconds."""


def workstream(word: str) -> Workstream | None:
    """The workstream that ``word`` names in any language; None for another word."""
    return next((stream for stream in WORKSTREAMS if word in in_any_language(stream) or word == stream), None)


def roles(resources: Mapping[int, Resource | None]) -> dict[int, Role]:
    """Roles by the number of their resource."""
    ids = Ids("role")
    found = {uid: resource for uid, resource in resources.items() if resource}
    own = {uid: ids.own(resource.fields.get("id", "")) for uid, resource in found.items()}
    made = {}
    for uid, resource in found.items():
        first, *later = resource.changes or ((date.min, resource.units),)
        name = resource.fields.get("name") or resource.name
        changes = tuple(CapacityChange(since=since, fte=units) for since, units in later)
        made[uid] = Role(id=own[uid] or ids.made(name, uid), name=name, fte=first[1], changes=changes)
    return made


def assigned(
    records: Records, tasks: list[Task], resources: Mapping[int, Resource | None], per_day: float, judge: Judge
) -> dict[int, dict[int, float]]:
    """Person-days by task and resource. ``per_day``: working minutes of a day."""
    found: dict[int, dict[int, float]] = {}
    known = {task.uid: task for task in tasks}
    for place, entry in enumerate(records.assignments, 1):
        texts = entry.texts
        where = _("assignment {number}").format(number=texts.get("UID") or place)
        task = judge.whole(texts.get("TaskUID"), where, "TaskUID", 0, 2**31)
        resource = judge.whole(texts.get("ResourceUID"), where, "ResourceUID", -(2**31), 2**31)
        work = judge.minutes(texts.get("Work"), where, "Work")
        if task is None or resource is None or resource < 1:
            continue
        missing = [("TaskUID", task)] if task not in known else []
        missing += [("ResourceUID", resource)] if resource not in resources else []
        for column, uid in missing:
            words = _("{uid} is not in the file").format(uid=uid)
            judge.wrong(where, column, words, _("take the assignment out, or add what it names"))
        if missing or resources[resource] is None:
            continue
        if work is None:
            work = (judge.number(texts.get("Units"), where, "Units", 0, 1e6) or 0.0) * (known[task].minutes or 0.0)
        efforts = found.setdefault(task, {})
        efforts[resource] = efforts.get(resource, 0.0) + work / per_day
    return found


def efforts(task: Task, work: Mapping[int, float], roles: Mapping[int, Role]) -> Fixed[str, Effort]:
    """The effort of a package by role: as the planner has written it where the work of the file is still the same."""
    found: dict[str, Effort] = {}
    stated = told(task.fields.get("effort", ""))
    for number, text in stated.items():
        uid = int(number) if number.isdecimal() and len(number) < 9 else -1
        effort = _effort(text)
        if uid not in roles or effort is None:
            continue
        if not task.active or not effort.likely or abs(work.get(uid, -1.0) - effort.likely) < CLOSE:
            found[roles[uid].id] = effort
        elif uid in work:
            done = round(work[uid], 6)
            found[roles[uid].id] = Effort(min(effort.low, done), done, max(effort.high, done))
    for uid, days in work.items():
        if str(uid) not in stated and uid in roles:
            found[roles[uid].id] = Effort(*[round(days, 6)] * 3)
    return Fixed(found)


def _effort(text: str) -> Effort | None:
    try:
        low, likely, high = (float(word) for word in text.split("/"))
    except ValueError:
        return None
    return Effort(low, likely, high) if 0 <= low <= likely <= high < 1e9 else None
