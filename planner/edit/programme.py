"""Work of the whole programme (domain.md §4.4, §8.5): taken into a plan by id, sized like all other work.

What comes first and what comes last is held by dependencies on as few items as will do: on the capabilities that wait
for no other one, and on those for which no other one waits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.edit.made import Made
from planner.edit.materialise import bridged, drop_dangling, materialise
from planner.edit.refused import Refused, checked, meant
from planner.edit.sizing import sized
from planner.graph.links import links
from planner.model.context import Overhead
from planner.model.knowledge import Catalogue
from planner.model.known.work import ProgrammeWork
from planner.model.project import Dependency, Project, WorkPackage
from planner.model.values import Effort, WeekRange, Words
from planner.text.i18n import _

# Reasons stay in a plan, hence in its language.
FIRST = Words(en="comes before the work on any process", zh="先于所有流程的工作")
LAST = Words(en="comes when the work on all processes is done", zh="在所有流程的工作完成之后")


def add_programme(project: Project, catalogue: Catalogue, work_id: str) -> Project:
    """``project`` with a piece of programme work of the catalogue, or one that was left out again. Raises Refused."""
    meant(work_id, [work.id for work in catalogue.programme], _("programme work"))
    taken = (*project.engagement.programme, *(() if work_id in project.engagement.programme else (work_id,)))
    after = replace(
        project,
        engagement=replace(project.engagement, programme=in_order(catalogue, taken)),
        left_out=tuple(out for out in project.left_out if out.package != work_id),
    )
    return checked(project, materialise(after, catalogue))


def remove_programme(project: Project, catalogue: Catalogue, work_id: str) -> Project:
    """``project`` without a piece of programme work, also where it was changed by hand. Raises Refused."""
    meant(work_id, project.engagement.programme, _("programme work in the plan"))
    gone = [package for package in project.packages if package.id == work_id]
    after = replace(
        project,
        engagement=replace(
            project.engagement, programme=tuple(one for one in project.engagement.programme if one != work_id)
        ),
        packages=bridged((package for package in project.packages if package.id != work_id), gone),
        overheads=tuple(overhead for overhead in project.overheads if overhead.id != work_id),
        left_out=tuple(out for out in project.left_out if out.package != work_id),
    )
    return checked(project, materialise(drop_dangling(after), catalogue))


def change_overhead(project: Project, overhead_id: str, share: float) -> Project:
    """``project`` with another share (0.12 is 12 %) of work that runs beside everything. Raises Refused."""
    meant(overhead_id, [overhead.id for overhead in project.overheads], _("overhead"))
    if share < 0:
        raise Refused(_("a share of effort cannot be below zero - give 0 to have none"))
    overheads = tuple(
        replace(overhead, share=share, source="own")
        if overhead.id == overhead_id and overhead.share != share
        else overhead
        for overhead in project.overheads
    )
    return checked(project, replace(project, overheads=overheads))


def usual(catalogue: Catalogue) -> tuple[str, ...]:
    """The programme work that a new plan takes, by id."""
    return tuple(work.id for work in catalogue.programme if work.usual)


def in_order(catalogue: Catalogue, taken: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of programme work as the catalogue lists them; those that it does not know follow."""
    place = {work.id: index for index, work in enumerate(catalogue.programme)}
    return tuple(sorted(dict.fromkeys(taken), key=lambda one: place.get(one, len(place))))


def made(project: Project, catalogue: Catalogue) -> Made:
    """The packages, dependencies and overheads of the programme work that the plan takes."""
    left_out = {out.package for out in project.left_out}
    taken = [work for work in catalogue.programme if work.id in project.engagement.programme]
    worked = {work.id: work for work in taken if work.effort and work.id not in left_out}
    packages = {work.id: _package(project, catalogue, work, worked) for work in worked.values()}
    held = {ident: project.package_by_id.get(ident, package) for ident, package in packages.items()}
    return Made(
        packages=tuple(packages.values()),
        dependencies=tuple(_links(project, worked, held)),
        overheads=tuple(
            Overhead(id=work.id, name=work.name.in_(project.engagement.language), share=work.share, source="catalogue")
            for work in taken
            if work.share
        ),
    )


def _package(
    project: Project, catalogue: Catalogue, work: ProgrammeWork, worked: Mapping[str, ProgrammeWork]
) -> WorkPackage:
    known = {entry.id: entry for entry in catalogue.programme}
    size = sized(
        project,
        catalogue,
        workstream=work.workstream,
        roles=work.roles,
        effort=work.effort or Effort(0, 0, 0),
        weeks=work.weeks or WeekRange(1, 1, 1),
    )
    return WorkPackage(
        id=work.id,
        name=work.name.in_(project.engagement.language),
        workstream=work.workstream,
        days=size.days,
        effort=size.effort,
        after=tuple(dict.fromkeys(_before(work, known, worked))),
        deliverables=work.deliverables,
        source="catalogue",
        note=size.note,
    )


def _before(work: ProgrammeWork, known: Mapping[str, ProgrammeWork], worked: Mapping[str, object]) -> Iterator[str]:
    """What ``work`` follows in the plan; instead of work that the plan does not take, what that would follow."""
    for other in work.after:
        if other in worked:
            yield other
        elif other in known:
            yield from _before(known[other], known, worked)


def _links(
    project: Project, worked: Mapping[str, ProgrammeWork], packages: Mapping[str, WorkPackage]
) -> Iterator[Dependency]:
    """The dependencies that hold what comes first before all work on processes, and what comes last after it."""
    firsts = {work.id for work in worked.values() if work.first}
    lasts = {work.id for work in worked.values() if work.last}
    gates = firsts - {other for one in firsts for other in packages[one].after}
    ends = lasts - {one for one in lasts if lasts.intersection(packages[one].after)}
    language = project.engagement.language
    capabilities = set(project.capabilities)
    chained = [
        link
        for link in links(project)
        if link.hard and link.type == "finish-start" and link.lag >= 0 and {link.item, link.needs} <= capabilities
    ]
    waiting, waited_for = {link.item for link in chained}, {link.needs for link in chained}
    for work in worked.values():
        if work.id in gates:
            roots = [item for item in project.capabilities if item not in waiting]
            yield from (_link(item, work.id, FIRST.in_(language)) for item in roots)
        if work.id in ends:
            tips = [item for item in project.capabilities if item not in waited_for]
            yield from (_link(work.id, item, LAST.in_(language)) for item in tips)


def _link(item: str, needs: str, reason: str) -> Dependency:
    return Dependency(item=item, needs=needs, reason=reason, source="catalogue")
