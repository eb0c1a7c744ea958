"""From the catalogue into the plan: the work packages and dependencies that its targets call for.

Run after every change of baseline, target or size. What somebody edited (``source = "own"``) is kept as it
is; what still stands as the catalogue has it comes and goes with the targets.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.graph.closure import Need, closure
from planner.model.calendar import Role
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue, KnownDependency, PackageTemplate, Stage
from planner.model.project import Dependency, ProcessScope, Project, WorkPackage
from planner.model.values import DIMENSIONS, WORKSTREAMS, Duration, Effort, Fixed, Workstream
from planner.text.i18n import _


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """A package of the catalogue that the plan does without, and why."""

    package: str
    capability: str
    workstream: str
    reason: str


def materialise(project: Project, catalogue: Catalogue) -> Project:
    """``project`` with the work packages, dependencies and roles that its targets need, and no stale ones."""
    needs = closure(project.processes, _links(project, catalogue))
    project = _with_roles(project, needs, catalogue)
    kept = {package.id: package for package in project.packages if package.source == "own"}
    fresh = {
        package.id: package
        for package in _packages(project, needs, catalogue)
        if package.id not in kept and package.id not in {out.package for out in project.left_out}
    }
    packages = tuple(sorted((kept | fresh).values(), key=_order(project)))
    ids = {package.id for package in packages}
    packages = tuple(
        package
        if all(other in ids for other in package.after + package.alongside)
        else replace(
            package,
            after=tuple(other for other in package.after if other in ids),
            alongside=tuple(other for other in package.alongside if other in ids),
        )
        for package in packages
    )
    return drop_dangling(replace(project, packages=packages, dependencies=_dependencies(project, needs, catalogue)))


def not_needed(project: Project, catalogue: Catalogue) -> list[NotNeeded]:
    """What the catalogue would do for the plan's capabilities but the plan leaves out, each with its reason."""
    needs = closure(project.processes, _links(project, catalogue))
    taken_out = {out.package: out.reason for out in project.left_out}
    found: list[NotNeeded] = []
    for need in needs.values():
        process = project.process_by_id[process_of(need.item)]
        for template in catalogue.packages_of.get((process.id, level_of(need.item)), ()):
            ident = package_id(template)
            reason = _why_not(process, need, template)
            if not reason and ident in taken_out:
                reason = _("taken out by hand: {reason}").format(reason=taken_out[ident] or _("no reason given"))
            if reason:
                found.append(NotNeeded(ident, need.item, template.workstream, reason))
    return found


def package_id(template: PackageTemplate) -> str:
    """The id of the work package made from ``template``: ``incident-2-people``."""
    return f"{template.process}-{template.level}-{template.workstream}"


def drop_dangling(project: Project) -> Project:
    """``project`` without dependencies, pins and placements of work packages that are gone."""
    ids = set(project.package_by_id)

    def exists(item: str) -> bool:
        return "@" in item or item in ids

    roadmap = project.roadmap
    if roadmap is not None and not set(roadmap.packages) <= ids:
        roadmap = replace(roadmap, packages=Fixed({k: v for k, v in roadmap.packages.items() if k in ids}))
    return replace(
        project,
        dependencies=tuple(d for d in project.dependencies if exists(d.item) and exists(d.needs)),
        pins=tuple(pin for pin in project.pins if exists(pin.item)),
        roadmap=roadmap,
    )


def _links(project: Project, catalogue: Catalogue) -> list[Dependency | KnownDependency]:
    """Catalogue dependencies as far as the plan does not hold its own version of them, and the plan's."""
    own = {(d.item, d.needs) for d in project.dependencies if d.source == "own"}
    return [
        *(d for d in project.dependencies if d.source == "own"),
        *(k for k in catalogue.dependencies if (k.item, k.needs) not in own),
    ]


def _dependencies(project: Project, needs: dict[str, Need], catalogue: Catalogue) -> tuple[Dependency, ...]:
    language = project.engagement.language
    own = {(d.item, d.needs): d for d in project.dependencies if d.source == "own"}
    position = {item: index for index, item in enumerate(needs)}
    known = [
        Dependency(item=k.item, needs=k.needs, strength=k.strength, reason=k.reason.in_(language), source="catalogue")
        for k in catalogue.dependencies
        if k.item in needs and (k.item, k.needs) not in own
    ]
    known.sort(key=lambda d: position[d.item])
    return (*known, *(d for d in project.dependencies if d.source == "own"))


def _with_roles(project: Project, needs: dict[str, Need], catalogue: Catalogue) -> Project:
    """``project`` with the catalogue's roles that its packages use and it does not have yet."""
    language = project.engagement.language
    used = {
        role
        for item in needs
        for template in catalogue.packages_of.get((process_of(item), level_of(item)), ())
        for role in template.roles
    }
    added = tuple(
        Role(id=role.id, name=role.name.in_(language), fte=role.fte)
        for role in catalogue.roles
        if role.id in used and role.id not in project.role_by_id
    )
    return replace(project, roles=project.roles + added) if added else project


def _packages(project: Project, needs: dict[str, Need], catalogue: Catalogue) -> Iterator[WorkPackage]:
    for need in needs.values():
        process = project.process_by_id[process_of(need.item)]
        templates = [
            template
            for template in catalogue.packages_of.get((process.id, level_of(need.item)), ())
            if not _why_not(process, need, template)
        ]
        present = {template.workstream: package_id(template) for template in templates}
        for template in templates:
            yield _package(project, need.item, template, present, catalogue)


def _why_not(process: ProcessScope, need: Need, template: PackageTemplate) -> str:
    """Why a capability gets by without this package; empty when it does not."""
    if template.workstream in DIMENSIONS:
        now, goal = process.baseline[template.workstream], process.target[template.workstream]
        if now >= template.level:
            return _("{workstream} already stands at level {level}").format(
                workstream=_(template.workstream), level=now
            )
        if not need.pulled and goal < template.level:
            return _("the target for {workstream} is level {level}").format(
                workstream=_(template.workstream), level=goal
            )
    elif not need.pulled and process.target_level < template.level:
        return _("the process as a whole stays at level {level}").format(level=process.target_level)
    return ""


def _package(
    project: Project, item: str, template: PackageTemplate, present: Mapping[Workstream, str], catalogue: Catalogue
) -> WorkPackage:
    rules = catalogue.defaults
    size = rules.size[project.engagement.size]
    stages = {stage.workstream: stage for stage in rules.stages}
    stage = stages[template.workstream]
    effort = {
        role: Effort(*(round(days * share * size.effort, 1) for days in template.effort))
        for role, share in zip(template.roles, rules.role_share[str(len(template.roles))], strict=True)
    }
    planned = Duration(
        *(max(1, round(weeks * rules.days_per_week * stage.share * size.duration)) for weeks in template.weeks)
    )
    days = _long_enough(planned, effort, project)
    note = ""
    if days != planned:
        note = _("{planned} days became {days}, so that each role can carry its share").format(
            planned=planned.likely, days=days.likely
        )
    return WorkPackage(
        id=package_id(template),
        name=template.name.in_(project.engagement.language),
        capability=item,
        workstream=template.workstream,
        days=days,
        effort=Fixed({role: e for role, e in effort.items() if e.high > 0}),
        after=_present(stage, stages, present, "after"),
        alongside=_present(stage, stages, present, "alongside"),
        source="catalogue",
        note=note,
    )


def _long_enough(days: Duration, effort: dict[str, Effort], project: Project) -> Duration:
    """``days``, lengthened where a role's daily capacity could not carry the likely effort otherwise."""
    least = max(
        (
            math.ceil(round(e.likely / project.role_by_id[role].most, 6))
            for role, e in effort.items()
            if role in project.role_by_id and project.role_by_id[role].most > 0
        ),
        default=1,
    )
    likely = max(days.likely, least)
    return Duration(min(days.low, likely), likely, max(days.high, likely))


def _present(
    stage: Stage, stages: Mapping[Workstream, Stage], present: Mapping[Workstream, str], key: str
) -> tuple[str, ...]:
    """The packages a stage follows; for a stage the capability leaves out, those that one would have followed."""
    found: list[str] = []
    for workstream in getattr(stage, key):
        if workstream in present:
            found.append(present[workstream])
        else:
            found += _present(stages[workstream], stages, present, key)
    return tuple(found)


def _order(project: Project) -> Callable[[WorkPackage], tuple[int, int, int, bool, int]]:
    """Sort key of packages: as the processes stand in the plan, by level and workstream; programme work last."""
    processes = {process.id: index for index, process in enumerate(project.processes)}
    before = {package.id: index for index, package in enumerate(project.packages)}

    def key(package: WorkPackage) -> tuple[int, int, int, bool, int]:
        return (
            processes.get(process_of(package.capability), len(processes)),
            level_of(package.capability),
            WORKSTREAMS.index(package.workstream),
            package.source == "own" and package.id not in before,
            before.get(package.id, 0),
        )

    return key
