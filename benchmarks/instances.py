"""Plans for benchmarks: every process from level 1 to 3, and the same many times over."""

from dataclasses import replace
from datetime import date

from planner.catalog.load import load
from planner.edit.materialise import materialise
from planner.edit.start import start
from planner.model.capability import level_of, process_of
from planner.model.project import Project
from planner.model.values import DIMENSIONS, Fixed


def everything() -> Project:
    """All processes of the catalogue from level 1 to 3 in every dimension, with the bank template's staff."""
    catalogue = load()
    project = start(catalogue.engagement_by_id["bank-change-first"], catalogue, begin=date(2027, 1, 4), size="medium")
    one, three = Fixed(dict.fromkeys(DIMENSIONS, 1)), Fixed(dict.fromkeys(DIMENSIONS, 3))
    processes = tuple(replace(process, baseline=one, target=three) for process in project.processes)
    bare = replace(project.engagement, programme=())
    return materialise(replace(project, engagement=bare, processes=processes, packages=(), dependencies=()), catalogue)


def times(project: Project, count: int) -> Project:
    """``count`` copies of the plan's processes, packages and dependencies, with the same staff and limits."""

    def renamed(item: str, copy: int) -> str:
        return f"{process_of(item)}-x{copy}@{level_of(item)}" if "@" in item else f"{item}-x{copy}"

    copies = range(1, count + 1)
    return replace(
        project,
        processes=tuple(replace(p, id=f"{p.id}-x{n}") for n in copies for p in project.processes),
        packages=tuple(
            replace(
                p,
                id=renamed(p.id, n),
                capability=renamed(p.capability, n),
                after=tuple(renamed(other, n) for other in p.after),
                alongside=tuple(renamed(other, n) for other in p.alongside),
            )
            for n in copies
            for p in project.packages
        ),
        dependencies=tuple(
            replace(d, item=renamed(d.item, n), needs=renamed(d.needs, n)) for n in copies for d in project.dependencies
        ),
    )
