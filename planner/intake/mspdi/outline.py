"""What the tasks of a project file are for a plan: phases, capabilities, work packages, milestones."""

from dataclasses import dataclass, field

from planner.intake.mspdi.judge import Judge
from planner.intake.mspdi.naming import Ids, levels
from planner.intake.mspdi.tasks import Task
from planner.model.capability import level_of, process_of
from planner.model.project import Phase, ProcessScope
from planner.model.values import Fixed
from planner.text.i18n import _
from planner.text.mspdi import split_note

BETWEEN = " / "
"""Stands between the names of headings and of the task below them in the name of a package."""

LONGEST = 400
"""Characters of such a name."""


@dataclass
class Outline:
    """Tasks by what they are. ``phase_of``, ``capability_of`` and ``ids`` go by the number of a package's task."""

    phases: list[Phase] = field(default_factory=list)
    processes: dict[str, ProcessScope] = field(default_factory=dict)
    capabilities: dict[int, str] = field(default_factory=dict)
    packages: list[Task] = field(default_factory=list)
    milestones: list[Task] = field(default_factory=list)
    gates: dict[int, str] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    phase_of: dict[int, str] = field(default_factory=dict)
    capability_of: dict[int, str] = field(default_factory=dict)
    phase_ids: dict[int, str] = field(default_factory=dict)


def outline(tasks: list[Task], plan: str, judge: Judge) -> Outline:
    """What ``tasks`` are; ``plan`` names the phase of those that stand under none."""
    found = Outline()
    ids = Ids("phase")
    own = any(task.kind == "phase" for task in tasks)
    chosen = [task for task in tasks if task.kind == "phase"] if own else _headings(tasks)
    known = [ids.own(task.fields.get("id", "")) for task in chosen]
    for task, ident in zip(chosen, known, strict=True):
        ident = ident or ids.made(task.name, task.uid)
        found.phase_ids[task.uid] = ident
        found.phases.append(_phase(task, ident))
    for task in tasks:
        if task.kind == "capability":
            _capability(task, found, judge)
    _leaves(tasks, found, plan, ids, judge)
    return found


def _headings(tasks: list[Task]) -> list[Task]:
    """The tasks that are phases in a file of another tool: the first level of headings of which there are several."""
    tops = [task for task in tasks if task.level and task.parent is None]
    while len(tops) == 1 and any(child.children for child in tops[0].children):
        tops = tops[0].children
    return [task for task in tops if task.children]


def _phase(task: Task, ident: str) -> Phase:
    goal, criteria = split_note(task.note, count(task.facts.get("items", "")))
    goal, name = named(task, goal)
    limit = count(task.facts.get("limit", ""))
    return Phase(
        id=ident,
        name=name or ident,
        goal=goal,
        not_before=task.limit.date() if task.limit and task.constraint == 4 else None,
        not_after=task.deadline.date() if task.deadline else None,
        limit=limit or None,
        overlap="overlap" in task.facts,
        exit_criteria=tuple(criteria),
        source="proposed" if task.facts.get("source") == "proposed" else "own",
    )


def named(task: Task, note: str) -> tuple[str, str]:
    """The note and the name of a task; a name that the format has no room for stands at the head of the note."""
    if task.facts.get("name") != "note":
        return note, task.name
    whole, _blank, rest = note.partition("\n\n")
    return rest, whole if whole.startswith(task.name[:-1]) else task.name


def count(text: str) -> int:
    """A small number, as a fact of the planner tells it; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _capability(task: Task, found: Outline, judge: Judge) -> None:
    """A capability as the planner has written it, with the levels of its process."""
    ident = task.fields.get("id", "")
    process = process_of(ident)
    now, wanted = levels(task.fields.get("now", "")), levels(task.fields.get("wanted", ""))
    if not process or not level_of(ident) or not now or now.keys() != wanted.keys():
        judge.wrong(
            task.where,
            _("Plan: id"),
            _("the fields of this capability are not as the planner has written them"),
            _("restore the fields that begin with 'Plan:' and those of its levels, or export the plan again"),
        )
        return
    found.capabilities[task.uid] = ident
    importance = count(task.facts.get("importance", ""))
    found.processes.setdefault(
        process,
        ProcessScope(
            id=process,
            name=task.fields.get("process", "") or process,
            baseline=Fixed(now),
            target=Fixed(wanted),
            importance=importance if 1 <= importance <= 5 else 3,
            in_scope=task.facts.get("scope") != "0",
        ),
    )


def _leaves(tasks: list[Task], found: Outline, plan: str, phase_ids: Ids, judge: Judge) -> None:
    ids = Ids("task")
    packages = [task for task in tasks if _is_package(task)]
    own = {task.uid: ids.own(task.fields.get("id", "")) for task in packages if task.kind == "package"}
    home = ""
    known = {one.id for one in found.phases}
    for task in tasks:
        phase = _around(task, found.phase_ids)
        if task.facts.get("phase") in known:
            phase = task.facts["phase"]
        if task.kind == "gate":
            found.gates[task.uid] = phase
        elif _is_package(task):
            if not task.active and task.kind != "package":
                judge.note(_("inactive and external tasks are left out: {name}").format(name=task.name))
                continue
            found.packages.append(task)
            note, name = named(task, task.note)
            task.note = note
            found.names[task.uid] = _full(task, name, found)
            found.ids[task.uid] = own.get(task.uid) or ids.made(name, task.uid)
            found.capability_of[task.uid] = _around(task, found.capabilities)
            if not phase and task.kind != "package":
                if not home:
                    home = phase_ids.made(plan, 0)
                    found.phases.insert(0, Phase(id=home, name=plan))
                phase = home
            found.phase_of[task.uid] = phase
        elif _is_milestone(task):
            found.milestones.append(task)


def _is_package(task: Task) -> bool:
    if task.children or not task.level or task.kind in ("phase", "capability", "heading", "gate", "milestone"):
        return False
    return task.kind == "package" or not _is_milestone(task)


def _is_milestone(task: Task) -> bool:
    if task.children or not task.level or task.kind in ("phase", "capability", "heading", "gate", "package"):
        return False
    return task.kind == "milestone" or task.milestone or task.minutes == 0


def _around(task: Task, known: dict[int, str]) -> str:
    """What the nearest of the tasks around ``task`` is by ``known``; empty when none is."""
    above = task.parent
    while above and above.uid not in known:
        above = above.parent
    return known[above.uid] if above else ""


def _full(task: Task, name: str, found: Outline) -> str:
    """The name of a package with those of the headings between it and its phase."""
    if task.kind == "package":
        return name or "?"
    words, above = [name or "?"], task.parent
    while above and above.uid not in found.phase_ids and above.uid not in found.capabilities and not above.kind:
        words.insert(0, above.name)
        above = above.parent
    if above is None and len(words) > 1 and task.level > 1:
        words = words[1:]
    while len(BETWEEN.join(words)) > LONGEST and len(words) > 1:
        del words[0]
    return BETWEEN.join(words)
