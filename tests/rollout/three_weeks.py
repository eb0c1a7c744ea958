"""A plan so small that every day of it is known by heart: three processes one after another, a week each."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner.model.calendar import Role
from planner.model.project import (
    Dependency,
    Engagement,
    Limits,
    Phase,
    Placement,
    ProcessScope,
    Progress,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import Duration, Effort, Fixed

LEVEL = Fixed(dict.fromkeys(("people", "process", "tech"), 1))
GOAL = Fixed(dict.fromkeys(("people", "process", "tech"), 2))
MONDAY = date(2027, 1, 4)
FRIDAY = date(2027, 1, 8)
PLACES = {
    "a-2": ("p1", MONDAY, FRIDAY),
    "b-2": ("p1", date(2027, 1, 11), date(2027, 1, 15)),
    "c-2": ("p2", date(2027, 1, 18), date(2027, 1, 22)),
}


def package(name: str, **fields: object) -> WorkPackage:
    process = name.partition("-")[0]
    return WorkPackage(
        id=name,
        name=name,
        capability=f"{process}@2",
        workstream="process",
        days=Duration(5, 5, 5),
        effort=Fixed({"lead": Effort(3.0, 3.0, 3.0)}),
        **fields,  # type: ignore[arg-type]
    )


def project(**fields: object) -> Project:
    """Three processes one after another, a week each; two may change at once, and the lead can do one at a time."""
    plan = Project(
        engagement=Engagement(name="Three", start=MONDAY),
        limits=Limits(absorption=2),
        roles=(Role(id="lead", name="Lead", fte=1.0),),
        processes=tuple(ProcessScope(id=p, name=p, baseline=LEVEL, target=GOAL) for p in "abc"),
        phases=(Phase(id="p1", name="One"), Phase(id="p2", name="Two")),
        packages=tuple(map(package, PLACES)),
        dependencies=(Dependency(item="b@2", needs="a@2"),),
    )
    return replace(placed(plan, {}), **fields)  # type: ignore[arg-type]


def placed(plan: Project, places: Mapping[str, tuple[str, date, date]]) -> Project:
    """``plan`` with the roadmap above, but for ``places``."""
    packages = {
        name: Placement(phase=phase, start=start, finish=finish)
        for name, (phase, start, finish) in {**PLACES, **places}.items()
    }
    return replace(plan, roadmap=Roadmap(packages=Fixed(packages)))


def told(plan: Project, as_of: date, *progress: Progress) -> Project:
    return replace(plan, engagement=replace(plan.engagement, as_of=as_of), progress=progress)
