"""What a foreign file holds becomes part of a plan, all of it or nothing.

What the plan has under the same id is changed, what it does not have is added, and nothing is removed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, fields, replace
from datetime import date
from math import ceil
from typing import Any, TypeVar

from planner.edit.materialise import materialise, ordered, package_id
from planner.edit.refused import Refused, checked
from planner.intake.incoming import Incoming
from planner.model.calendar import Role
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.measures import Milestone
from planner.model.project import Dependency, Engagement, LeftOut, Pin, ProcessScope, Project, Roadmap, WorkPackage
from planner.model.values import LOWEST, Fixed, Language
from planner.text.i18n import _

Row = TypeVar("Row")
Sourced = TypeVar("Sourced", Dependency, Pin, Milestone)


def merged(project: Project, incoming: Incoming, catalogue: Catalogue | None = None) -> Project:
    """``project`` with what ``incoming`` holds. Raises Refused, also for a file with faults.

    With ``catalogue`` what follows from the change follows at once, as with every edit.
    """
    if incoming.faults:
        fault = incoming.faults[0]
        raise Refused(f"{fault.where}: {fault.wrong} - {fault.advice}")
    after = candidate(project, incoming, catalogue)
    after = checked(project, after)
    if after == project:
        return project
    after = _claims_judged(project, after, catalogue)
    return checked(project, materialise(after, catalogue)) if catalogue else checked(project, after)


def candidate(project: Project, incoming: Incoming, catalogue: Catalogue | None = None) -> Project:
    """``project`` with what ``incoming`` holds, whatever the rules of a plan say of it. Raises Refused."""
    wanted = [dimension.id for dimension in incoming.dimensions]
    if wanted and tuple(wanted) != project.dimension_ids:
        raise Refused(_("the file has levels for other dimensions than the plan - import it as a new plan"))
    blend = _complete if incoming.whole else _partly
    roles = _put(project.roles, incoming.roles, "id", blend)
    after = replace(
        project,
        engagement=_engagement(project.engagement, incoming.engagement),
        calendar=incoming.calendar or project.calendar,
        limits=incoming.limits or project.limits,
        roles=_with_needed_roles(roles, incoming.packages, catalogue, project.engagement.language),
        processes=_put(project.processes, incoming.processes, "id", blend),
        phases=_put(project.phases, incoming.phases, "id", _partly),
        packages=_put(project.packages, incoming.packages, "id", lambda old, new: _package(old, new, blend)),
        dependencies=_put(project.dependencies, incoming.dependencies, "key", _own),
        pins=_put(project.pins, incoming.pins, "item", _own),
        progress=_put(project.progress, incoming.progress, "package", _partly),
        milestones=_put(project.milestones, incoming.milestones, "id", _own),
        left_out=_still_out(project, incoming),
        baselines=_put(project.baselines, incoming.baselines, "id", lambda old, _new: old),
        roadmap=_roadmap(project.roadmap, incoming.roadmap),
    )
    return after if after.packages == project.packages else replace(after, packages=ordered(after, after.packages))


def begun(
    incoming: Incoming,
    *,
    name: str = "",
    client: str = "",
    start: date | None = None,
    language: Language = "en",
    catalogue: Catalogue | None = None,
) -> Project:
    """A new plan of what ``incoming`` holds. Raises Refused, also where no day is known on which it starts.

    Processes and roles that its work names come from ``catalogue``. A process of which the file has work and no levels
    stands below the first level that the work leads to and is to reach the last one; what the catalogue would add to
    these levels is left out, since the file has work of its own for them.
    """
    about = incoming.engagement
    day = start or (about.start if about else None) or _first_day(incoming)
    if day is None:
        raise Refused(_("it is not known when the plan starts - give a day with --start"))
    empty = Project(
        engagement=replace(
            about or Engagement(name=_("Imported plan"), start=day, language=language),
            start=day,
            name=name or (about.name if about else _("Imported plan")),
            client=client or (about.client if about else ""),
        ),
        dimensions=incoming.dimensions,
    )
    listed = tuple(_processes(incoming, empty, catalogue))
    with_processes = replace(incoming, processes=listed, dimensions=())
    base = checked(empty, replace(empty, left_out=tuple(_covered(incoming, catalogue))))
    if incoming.faults:
        return merged(base, incoming)
    after = checked(base, candidate(base, with_processes, catalogue))
    return checked(base, _claims_judged(base, after, catalogue))


def _first_day(incoming: Incoming) -> date | None:
    places = incoming.roadmap.packages.values() if incoming.roadmap else ()
    return min((place.start for place in places), default=None)


def _processes(incoming: Incoming, plan: Project, catalogue: Catalogue | None) -> Iterator[ProcessScope]:
    """The processes of the file, and those of the catalogue that its work is for or rests on.

    What work rests on without any work leading there stands already.
    """
    told = {process.id for process in incoming.processes}
    reached: dict[str, list[int]] = {}
    needed: dict[str, list[int]] = {}
    for items, levels in (
        ([package.capability for package in incoming.packages], reached),
        ([item for link in incoming.dependencies for item in (link.item, link.needs)], needed),
    ):
        for item in items:
            if level_of(item) and process_of(item) not in told:
                levels.setdefault(process_of(item), []).append(level_of(item))
    yield from incoming.processes
    for process in catalogue.processes if catalogue else ():
        if work := reached.get(process.id):
            now, goal = max(LOWEST, min(work) - 1), max(work)
        elif process.id in needed:
            now = goal = max(needed[process.id])
        else:
            continue
        yield ProcessScope(
            id=process.id,
            name=process.name.in_(plan.engagement.language),
            in_scope=process.id in reached,
            baseline=Fixed(dict.fromkeys(plan.dimension_ids, now)),
            target=Fixed(dict.fromkeys(plan.dimension_ids, goal)),
        )


def _covered(incoming: Incoming, catalogue: Catalogue | None) -> Iterator[LeftOut]:
    """The packages of the catalogue for which the file has work of its own."""
    told = {process.id for process in incoming.processes}
    has = {package.id for package in incoming.packages}
    reached = {process_of(package.capability) for package in incoming.packages if package.capability} - told
    for template in catalogue.packages if catalogue else ():
        if template.process in reached and package_id(template) not in has:
            yield LeftOut(package=package_id(template), reason=_("The plan was begun from a list of work of its own."))


def _put(present: Iterable[Row], coming: Iterable[Row], key: str, blend: Callable[[Row, Row], Row]) -> tuple[Row, ...]:
    """``present`` in its order, where what is ``coming`` under the same key is blended in, and the rest behind it."""
    rows = {getattr(row, key): row for row in present}
    for row in coming:
        name = getattr(row, key)
        rows[name] = blend(rows[name], row) if name in rows else row
    return tuple(rows.values())


def _complete(_old: Row, new: Row) -> Row:
    return new


def _partly(old: Row, new: Row) -> Row:
    """``new`` where what it says nothing of is as in ``old``."""
    told: Any = new
    silent = {one.name: getattr(old, one.name) for one in _fields(old) if getattr(new, one.name) == _default(one)}
    kept: Row = replace(told, **silent)
    return kept


def _own(old: Sourced, new: Sourced) -> Sourced:
    """The same for what the catalogue may have made: from a change on it is the plan's own."""
    both = replace(_partly(old, new), source=old.source)
    return old if both == old else replace(both, source="own")


def _package(
    old: WorkPackage, new: WorkPackage, blend: Callable[[WorkPackage, WorkPackage], WorkPackage]
) -> WorkPackage:
    """A package after a file: what it comes after and whose work it is are told by every file."""
    both = replace(blend(old, new), effort=new.effort, after=new.after, alongside=new.alongside)
    return old if replace(both, source=old.source) == old else both


def _fields(noun: Any) -> "tuple[Field[Any], ...]":
    return tuple(one for one in fields(noun) if one.init)


def _default(one: "Field[Any]") -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _engagement(old: Engagement, new: Engagement | None) -> Engagement:
    """The plan keeps its name and client; when it starts, and up to when it is known, may be told anew."""
    if new is None:
        return old
    return replace(old, start=new.start, as_of=new.as_of or old.as_of)


def _with_needed_roles(
    roles: tuple[Role, ...], packages: Iterable[WorkPackage], catalogue: Catalogue | None, language: Language
) -> tuple[Role, ...]:
    """``roles`` with those of the catalogue that ``packages`` name and the plan does not have.

    They have the capacity that is usual, or as much as the file's heaviest work asks for: of nobody is more known.
    """
    has = {role.id for role in roles}
    loads: dict[str, float] = {}
    for package in packages:
        for role in package.effort.keys() - has:
            loads[role] = max(loads.get(role, 0.0), package.load(role))
    known = [role for role in (catalogue.roles if catalogue else ()) if role.id in loads]
    usual = {role.id: max(role.fte, ceil(loads[role.id] * 10 - 1e-9) / 10) for role in known}
    return (*roles, *(Role(id=r.id, name=r.name.in_(language), fte=usual[r.id]) for r in known))


def _still_out(project: Project, incoming: Incoming) -> tuple[LeftOut, ...]:
    """What stays left out: a package that the file brings back does not."""
    back = {package.id for package in incoming.packages}
    return tuple(out for out in project.left_out if out.package not in back)


def _roadmap(old: Roadmap | None, new: Roadmap | None) -> Roadmap | None:
    if old is None or new is None:
        return new or old
    packages = Fixed({**old.packages, **new.packages})
    return old if packages == old.packages else replace(old, packages=packages, status="edited", gap=None)


def _claims_judged(before: Project, after: Project, catalogue: Catalogue | None) -> Project:
    """``after`` where a changed or new package is the catalogue's only when it is as the catalogue would make it.

    A file may say that it is, after somebody has changed it in the spreadsheet: it would be made anew, and the change
    be lost.
    """
    claimed = {p.id for p in after.packages if p.source == "catalogue" and before.package_by_id.get(p.id) != p}
    made = materialise(after, catalogue).package_by_id if claimed and catalogue else {}
    packages = tuple(
        replace(package, source="own") if package.id in claimed and made.get(package.id) != package else package
        for package in after.packages
    )
    return replace(after, packages=packages) if claimed else after
