"""From the catalogue into the plan: the work packages and dependencies that its targets call for.

Run after every change of baseline, target, dependency or size. What somebody edited (``source = "own"``) is
kept as it is; what still stands as the catalogue has it comes and goes with the targets.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.edit.foreign import foreign
from planner.edit.made import Made
from planner.edit.refused import Refused
from planner.edit.sizing import sized
from planner.edit.vocabulary import called
from planner.graph.closure import Need, closure
from planner.model.calendar import Role
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue, KnownDependency, PackageTemplate, Stage
from planner.model.project import Dependency, ProcessScope, Project, WorkPackage
from planner.model.values import (
    HIGHEST,
    LOWEST,
    WORKSTREAMS,
    Fixed,
    Workstream,
)
from planner.text.i18n import _

Maker = Callable[[Project, Catalogue], Made]


def makers() -> tuple[Maker, ...]:
    """What else the knowledge brings in, each a function of the plan with the packages of its processes.

    Imported here, not above, because the edits of these parts materialise in turn.
    """
    from planner.edit import certification, indicators, programme, tracks

    return (programme.made, certification.made, tracks.made, indicators.made)


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """A package of the catalogue that the plan does without, and why."""

    package: str
    capability: str
    workstream: str
    reason: str


def materialise(project: Project, catalogue: Catalogue) -> Project:
    """``project`` with the work packages, dependencies and roles that its targets need, and no stale ones.

    Raises Refused when the templates lack a standard, track or programme work of the plan: its work would be lost.
    """
    for lack in foreign(project, catalogue):
        if lack.holds:
            raise Refused(
                _(
                    "the templates have no {kind} {name!r}, on which work of this plan rests - {advice}; if it is in "
                    "templates of your own, name their folder: --templates DIR"
                ).format(kind=lack.kind, name=lack.name, advice=lack.advice)
            )
    needs = closure(project.processes, known_links(project, catalogue))
    project = _with_processes(project, needs, catalogue)
    own = {package.id: package for package in project.packages if package.source == "own"}
    plans = [plan for plan in _plans(project, needs, catalogue) if package_id(plan.template) not in own]
    project = _with_roles(project, plans, catalogue)
    fresh = {package.id: package for package in (_package(project, plan, catalogue) for plan in plans)}
    links = _dependencies(project, needs, catalogue)
    built = replace(project, packages=ordered(project, (own | fresh).values()), dependencies=links)
    made = [maker(built, catalogue) for maker in makers()]
    built = _with_made(built, made, catalogue, project)
    gone = [package for package in project.packages if package.id not in built.package_by_id]
    return drop_dangling(replace(built, packages=bridged(built.packages, gone)))


def _with_made(project: Project, made: Sequence[Made], catalogue: Catalogue, before: Project) -> Project:
    """``project`` with what the parts of the knowledge bring in, except what it holds in a version of its own.

    Packages keep the order that they have in ``before``.
    """
    out = {entry.package for entry in project.left_out}
    packages = {package.id: package for part in made for package in part.packages if package.id not in out}
    order = _merged([package.id for package in before.packages], packages)
    packages |= project.package_by_id
    placed = tuple(packages[ident] for ident in dict.fromkeys((*order, *packages)) if ident in packages)
    known = {dependency.key for dependency in project.dependencies}
    return replace(
        _with_known_roles(project, {role for package in packages.values() for role in package.effort}, catalogue),
        packages=ordered(replace(project, packages=placed), placed),
        dependencies=(
            *(link for link in project.dependencies if link.source == "catalogue"),
            *(link for part in made for link in part.dependencies if link.key not in known),
            *(link for link in project.dependencies if link.source == "own"),
        ),
        pins=_own_and(project.pins, [pin for part in made for pin in part.pins], "item"),
        milestones=_own_and(project.milestones, [stone for part in made for stone in part.milestones], "id"),
        indicators=_own_and(project.indicators, [one for part in made for one in part.indicators], "id"),
        overheads=_own_and(project.overheads, [one for part in made for one in part.overheads], "id"),
    )


def _own_and(present: Sequence[Any], made: Sequence[Any], key: str) -> tuple[Any, ...]:
    """The plan's own entries where they stand, and those of the catalogue made anew for which it has no own one."""
    own = {getattr(entry, key): entry for entry in present if entry.source == "own"}
    fresh = {getattr(entry, key): entry for entry in made}
    order = _merged([getattr(entry, key) for entry in present], fresh)
    fresh |= own
    return tuple(fresh[ident] for ident in order if ident in fresh)


def _merged(present: Sequence[str], made: Iterable[str]) -> list[str]:
    """The ids ``present`` in their order, with each new one of ``made`` behind the one that is made before it."""
    order, before = [*present], -1
    for ident in made:
        if ident not in order:
            order.insert(before + 1, ident)
        before = order.index(ident)
    return order


def bridged(packages: Iterable[WorkPackage], gone: Iterable[WorkPackage]) -> tuple[WorkPackage, ...]:
    """``packages`` where what waited for one that is gone waits for what that one waited for."""
    lost = {package.id: package for package in gone}

    def reach(names: tuple[str, ...], key: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        for name in names:
            if name not in lost:
                yield name
            elif name not in seen:
                yield from reach(getattr(lost[name], key), key, seen | {name})

    def bridge(package: WorkPackage) -> WorkPackage:
        if lost.keys().isdisjoint(package.after + package.alongside):
            return package
        after = tuple(dict.fromkeys(name for name in reach(package.after, "after") if name != package.id))
        along = tuple(dict.fromkeys(name for name in reach(package.alongside, "alongside") if name != package.id))
        return replace(package, after=after, alongside=along)

    return tuple(bridge(package) for package in packages)


def not_needed(project: Project, catalogue: Catalogue) -> list[NotNeeded]:
    """What the catalogue would do for the plan's capabilities but the plan leaves out, each with its reason."""
    needs = closure(project.processes, known_links(project, catalogue))
    taken_out = {out.package: out.reason for out in project.left_out}
    found: list[NotNeeded] = []
    for need in needs.values():
        process = project.process_by_id.get(process_of(need.item))
        if process is None:
            continue
        for template in catalogue.packages_of.get((process.id, level_of(need.item)), ()):
            ident = package_id(template)
            reason = _why_not(project, process, need, template)
            if not reason and ident in taken_out:
                reason = _("taken out by hand: {reason}").format(reason=taken_out[ident] or _("no reason given"))
            if reason:
                found.append(NotNeeded(ident, need.item, template.workstream, reason))
    return found


def package_id(template: PackageTemplate) -> str:
    """The id of the work package made from ``template``: ``incident-2-people``."""
    return f"{template.process}-{template.level}-{template.workstream}"


def is_catalogue_id(project: Project, ident: str) -> bool:
    """Whether ``ident`` is what the catalogue would call a package of the plan: of a process, of the programme, of a
    certification or of somebody on a track."""
    process, _dash, rest = ident.rpartition("-")[0].rpartition("-")
    begins = tuple(
        f"{name}-" for name in (*(c.standard for c in project.certifications), *(e.id for e in project.enrolments))
    )
    return (ident in project.engagement.programme or ident.startswith(begins)) or (
        process in project.process_by_id
        and rest in {str(level) for level in range(LOWEST + 1, HIGHEST + 1)}
        and ident.rpartition("-")[2] in WORKSTREAMS
    )


def drop_dangling(project: Project) -> Project:
    """``project`` without what its tables say of work packages that are gone: dependencies, pins, progress, places."""
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
        progress=tuple(told for told in project.progress if told.package in ids),
        scenarios=tuple(
            scenario
            if all(map(exists, scenario.deadlines))
            else replace(scenario, deadlines=Fixed({k: day for k, day in scenario.deadlines.items() if exists(k)}))
            for scenario in project.scenarios
        ),
        milestones=tuple(stone for stone in project.milestones if not stone.item or exists(stone.item)),
        roadmap=roadmap,
    )


def known_links(project: Project, catalogue: Catalogue) -> list[Dependency | KnownDependency]:
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
        if k.item in needs and process_of(k.needs) in project.process_by_id and (k.item, k.needs) not in own
    ]
    known.sort(key=lambda d: position[d.item])
    return (*known, *(d for d in project.dependencies if d.source == "own"))


@dataclass(frozen=True, slots=True)
class _Plan:
    """A package to be made: for which capability, from what, beside which others of its capability."""

    capability: str
    template: PackageTemplate
    present: Mapping[Workstream, str]


def _with_processes(project: Project, needs: dict[str, Need], catalogue: Catalogue) -> Project:
    """``project`` with the needed processes that its list does not have, at level 1 and out of scope."""
    nothing = Fixed(dict.fromkeys(project.dimension_ids, LOWEST))
    needed = {process_of(item) for item in needs} - set(project.process_by_id)
    listed = [process for process in catalogue.processes if process.id in needed | set(project.process_by_id)]
    names = called(listed, project.engagement.vocabulary, project.engagement.language)
    added = tuple(
        ProcessScope(
            id=process.id,
            name=names[process.id],
            in_scope=False,
            baseline=nothing,
            target=nothing,
        )
        for process in catalogue.processes
        if process.id in needed
    )
    return replace(project, processes=project.processes + added) if added else project


def _with_roles(project: Project, plans: Iterable[_Plan], catalogue: Catalogue) -> Project:
    """``project`` with the catalogue's roles that its packages use and it does not have yet."""
    return _with_known_roles(project, {role for plan in plans for role in plan.template.roles}, catalogue)


def _with_known_roles(project: Project, used: Collection[str], catalogue: Catalogue) -> Project:
    language = project.engagement.language
    added = tuple(
        Role(id=role.id, name=role.name.in_(language), fte=role.fte)
        for role in catalogue.roles
        if role.id in used and role.id not in project.role_by_id
    )
    return replace(project, roles=project.roles + added) if added else project


def _plans(project: Project, needs: dict[str, Need], catalogue: Catalogue) -> Iterator[_Plan]:
    left_out = {out.package for out in project.left_out}
    for need in needs.values():
        process = project.process_by_id[process_of(need.item)]
        templates = [
            template
            for template in catalogue.packages_of.get((process.id, level_of(need.item)), ())
            if not _why_not(project, process, need, template) and package_id(template) not in left_out
        ]
        present = {template.workstream: package_id(template) for template in templates}
        for template in templates:
            yield _Plan(need.item, template, present)


def _why_not(project: Project, process: ProcessScope, need: Need, template: PackageTemplate) -> str:
    """Why a capability gets by without this package; empty when it does not."""
    lifted = project.lifted_by(template.workstream)
    if not lifted:
        if not need.whole and process.target_level < template.level:
            return _("the process as a whole stays at level {level}").format(level=process.target_level)
        return ""
    rising = [dimension for dimension in lifted if process.baseline[dimension] < template.level]
    workstream = _(template.workstream)
    if not rising:
        level = min(process.baseline[dimension] for dimension in lifted)
        return _("{workstream} already stands at level {level}").format(workstream=workstream, level=level)
    goal = max(process.target[dimension] for dimension in rising)
    if not need.whole and goal < template.level:
        return _("the target for {workstream} is level {level}").format(workstream=workstream, level=goal)
    return ""


def _package(project: Project, plan: _Plan, catalogue: Catalogue) -> WorkPackage:
    template = plan.template
    stages = {stage.workstream: stage for stage in catalogue.defaults.stages}
    stage = stages[template.workstream]
    size = sized(
        project,
        catalogue,
        workstream=template.workstream,
        roles=template.roles,
        effort=template.effort,
        weeks=template.weeks,
        process=template.process,
        share=stage.share,
    )
    return WorkPackage(
        id=package_id(template),
        name=template.name.in_(project.engagement.language),
        capability=plan.capability,
        workstream=template.workstream,
        days=size.days,
        effort=size.effort,
        after=_present(stage, stages, plan.present, "after"),
        alongside=_present(stage, stages, plan.present, "alongside"),
        deliverables=catalogue.deliverables_of.get((template.workstream, template.level), ()),
        source="catalogue",
        note=size.note,
    )


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


def ordered(project: Project, packages: Iterable[WorkPackage]) -> tuple[WorkPackage, ...]:
    """``packages`` as a plan lists them: by process as in ``project``, level and workstream; programme work last.

    Among equals the catalogue's comes first, changed or not; then those of ``project`` in its order.
    """
    processes = {process.id: index for index, process in enumerate(project.processes)}
    before = {package.id: index for index, package in enumerate(project.packages)}

    def key(package: WorkPackage) -> tuple[int, int, int, bool, int]:
        return (
            processes.get(process_of(package.capability), len(processes)),
            level_of(package.capability),
            WORKSTREAMS.index(package.workstream),
            not is_catalogue_id(project, package.id),
            before.get(package.id, len(before)),
        )

    return tuple(sorted(packages, key=key))
