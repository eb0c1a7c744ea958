"""When and in which phase a roadmap has capabilities and work packages, read off its placements."""

from datetime import date

from planner.model.project import Project, Roadmap


def start_of(project: Project, roadmap: Roadmap, item: str) -> date | None:
    """The first day of a capability or package; None while any of its packages is not placed."""
    return _edge(project, roadmap, item, last=False)


def finish_of(project: Project, roadmap: Roadmap, item: str) -> date | None:
    """The last day of a capability or package; None while any of its packages is not placed."""
    return _edge(project, roadmap, item, last=True)


def phase_of(project: Project, roadmap: Roadmap, item: str) -> str:
    """The phase of a capability or package: that of its first placed package; ``""`` when none is placed."""
    ids = [package.id for package in project.packages_of.get(item, ())] or [item]
    return next((roadmap.packages[i].phase for i in ids if i in roadmap.packages), "")


def end_of_phase(project: Project, roadmap: Roadmap, phase: str) -> date | None:
    """The last day on which anything is worked in a phase; None when nothing stands in it."""
    places = (roadmap.packages[package.id] for package in project.packages if package.id in roadmap.packages)
    return max((place.finish for place in places if place.phase == phase), default=None)


def _edge(project: Project, roadmap: Roadmap, item: str, *, last: bool) -> date | None:
    packages = project.packages_of.get(item) or (
        (project.package_by_id[item],) if item in project.package_by_id else ()
    )
    places = [roadmap.packages.get(package.id) for package in packages]
    if not places:
        return None
    days = [place.finish if last else place.start for place in places if place is not None]
    if len(days) < len(places):
        return None
    return max(days) if last else min(days)
