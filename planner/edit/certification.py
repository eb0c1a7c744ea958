"""The way to a certificate of a standard: its stages as work, its dates as milestones.

Everything is worked out from one date, that of the deciding audit (``planner.edit.audit_dates``): whoever moves it
moves all that still stands as the catalogue has it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from planner.edit.audit_dates import WORKSTREAM, Slot, Way, way
from planner.edit.made import Made
from planner.edit.materialise import materialise
from planner.edit.refused import checked, need
from planner.graph.closure import levels_required
from planner.model.knowledge import Catalogue
from planner.model.known.standards import Clause, Standard
from planner.model.measures import Milestone
from planner.model.people import Certification
from planner.model.project import Dependency, Pin, ProcessScope, Project, WorkPackage
from planner.model.terms import LAST_DAY
from planner.model.values import LOWEST, Fixed, Words
from planner.text.i18n import _

FIRST_DAY = date(2000, 1, 1)
"""The first day that a plan may name."""


def set_certification(project: Project, catalogue: Catalogue, standard_id: str, audit: date) -> Project:
    """``project`` with the aim to be certified against a standard, its deciding audit on ``audit``.

    No clause may be tailored out (domain.md §7.1): every process that gives evidence comes into scope and has its
    target raised, in all dimensions, to the level that evidence needs; the reason of its target names the clauses. Once
    more for the same standard it moves the audit. Raises Refused.
    """
    standard = _standard(catalogue, standard_id)
    goal = Certification(
        standard=standard.id,
        name=standard.name.in_(project.engagement.language),
        audit=audit,
        operate_months=standard.operate_months,
    )
    held = project.certifications
    goals = tuple(goal if other.standard == goal.standard else other for other in held)
    if goal not in goals:
        goals = (*held, goal)
    after = replace(project, certifications=goals, processes=tuple(_aimed(project, catalogue, standard)))
    return checked(project, materialise(checked(project, after), catalogue))


def remove_certification(project: Project, catalogue: Catalogue, standard_id: str) -> Project:
    """``project`` without the aim to be certified against a standard, its stages and its dates. Raises Refused.

    Targets stay as they are: what they were before is not known any more; only the reason drops the clauses.
    """
    need(standard_id, {goal.standard for goal in project.certifications}, _("certification"))
    standard = _standard_or_none(catalogue, standard_id)
    notes = _notes(project, standard) if standard else {}
    after = replace(
        project,
        certifications=tuple(goal for goal in project.certifications if goal.standard != standard_id),
        processes=tuple(
            replace(process, reason=_without(process.reason, notes[process.id])) if process.id in notes else process
            for process in project.processes
        ),
    )
    return checked(project, materialise(checked(project, after), catalogue))


def made(project: Project, catalogue: Catalogue) -> Made:
    """The packages, pins, dependencies and milestones of every certification that the plan aims at."""
    packages: list[WorkPackage] = []
    dependencies: list[Dependency] = []
    pins: list[Pin] = []
    milestones: list[Milestone] = []
    for goal in project.certifications:
        standard = _standard_or_none(catalogue, goal.standard)
        if standard is None or not standard.stages:
            continue
        found = way(project, catalogue, standard, goal)
        packages += (_package(project, slot) for slot in found.slots)
        dependencies += _evidence(project, standard, found)
        pins += _pins(project, goal, found)
        milestones += _milestones(project, standard, goal, found)
    return Made(
        packages=tuple(packages), dependencies=tuple(dependencies), pins=tuple(pins), milestones=tuple(milestones)
    )


def _standard(catalogue: Catalogue, ident: str) -> Standard:
    known = {standard.id: standard for standard in catalogue.standards}
    need(ident, known, _("standard"))
    return known[ident]


def _standard_or_none(catalogue: Catalogue, ident: str) -> Standard | None:
    return next((standard for standard in catalogue.standards if standard.id == ident), None)


# -- targets --------------------------------------------------------------------------------------------------


def _aimed(project: Project, catalogue: Catalogue, standard: Standard) -> Iterator[ProcessScope]:
    """The processes of the plan, and those it lacks, with targets at which each clause has evidence."""
    levels = levels_required(item for clause in standard.clauses for item in clause.items)
    notes = _notes(project, standard)
    nothing = Fixed(dict.fromkeys(project.dimension_ids, LOWEST))
    lacking = [known for known in catalogue.processes if known.id in levels and known.id not in project.process_by_id]
    new = (
        ProcessScope(id=known.id, name=known.name.in_(project.engagement.language), baseline=nothing, target=nothing)
        for known in lacking
    )
    for process in (*project.processes, *new):
        if process.id not in levels:
            yield process
            continue
        level = levels[process.id]
        target = Fixed({dimension: max(goal, level) for dimension, goal in process.target.items()})
        reason = process.reason
        if (not process.in_scope or target != process.target) and notes[process.id] not in reason:
            reason = "; ".join(part for part in (reason, notes[process.id]) if part)
        yield replace(process, in_scope=True, target=target, reason=reason)


def _notes(project: Project, standard: Standard) -> dict[str, str]:
    """By process the words for why a standard needs it: ``ISO/IEC 20000-1:2018 8.6.1, 8.6.2``."""
    clauses: dict[str, list[str]] = {}
    for clause in standard.clauses:
        for process in levels_required(clause.items):
            clauses.setdefault(process, []).append(clause.id)
    name = standard.name.in_(project.engagement.language)
    return {process: f"{name} {', '.join(ids)}" for process, ids in clauses.items()}


def _without(reason: str, note: str) -> str:
    return "; ".join(part for part in reason.split("; ") if part != note)


# -- what the stages come to ------------------------------------------------------------------------------------


def _package(project: Project, slot: Slot) -> WorkPackage:
    language = project.engagement.language
    return WorkPackage(
        id=slot.id,
        name=slot.work.name.in_(language),
        workstream=WORKSTREAM,
        days=slot.size.days,
        effort=slot.size.effort,
        after=slot.after,
        alongside=slot.alongside,
        deliverables=tuple(words.in_(language) for words in slot.work.deliverables),
        source="catalogue",
        note=slot.size.note,
    )


def _evidence(project: Project, standard: Standard, found: Way) -> Iterator[Dependency]:
    """Operation begins when every capability is reached that gives evidence; without operation, the deciding stage."""
    waiting = [slot for slot in found.slots if slot.runs]
    if not waiting:
        waiting = [slot for slot in found.slots if slot.stage is standard.stages[-1] and not slot.alongside][:1]
    for slot in waiting:
        for item, clauses in standard.clauses_of().items():
            if item in project.packages_of:
                yield Dependency(
                    item=slot.id, needs=item, reason=_because(project, standard, clauses), source="catalogue"
                )


def _because(project: Project, standard: Standard, clauses: Iterable[Clause]) -> str:
    """The clauses for which a capability gives evidence, by name: ``ISO/IEC 20000-1:2018 8.6.3 Problem management``."""
    language = project.engagement.language
    titles = ", ".join(f"{clause.id} {clause.title.in_(language)}" for clause in clauses)
    return f"{standard.name.in_(language)} {titles}"


def _pins(project: Project, goal: Certification, found: Way) -> Iterator[Pin]:
    """The latest finish of each piece of work; and how early it may begin, except in the first stage."""
    language = project.engagement.language
    first = found.windows[0].stage
    for slot in found.slots:
        earliest = slot.earliest(project.calendar)
        bound = slot.stage is not first and earliest > project.engagement.start
        yield Pin(
            item=slot.id,
            not_before=earliest if bound else None,
            deadline=max(slot.finish, FIRST_DAY),
            reason=_rule(goal, slot.stage.rule or slot.stage.gate, language),
            source="catalogue",
        )


def _milestones(project: Project, standard: Standard, goal: Certification, found: Way) -> Iterator[Milestone]:
    language = project.engagement.language
    for event, day in found.events:
        if FIRST_DAY <= day <= LAST_DAY:
            yield Milestone(
                id=f"{standard.id}-{event.id}",
                name=f"{standard.name.in_(language)}: {event.name.in_(language)}",
                kind=event.kind,
                day=day,
                reason=_rule(goal, event.rule, language) if event.rule else "",
                source="catalogue",
            )


def _rule(goal: Certification, words: Words, language: str) -> str:
    """A rule of the templates with the day and the months of this certification in it."""
    return words.in_(language).replace("{audit}", str(goal.audit)).replace("{months}", str(goal.operate_months))
