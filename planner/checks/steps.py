"""Looks at the steps of the rollout: everything at once, levels that are only half landed (domain.md §6)."""

from collections.abc import Iterator
from datetime import date

from planner.assessment.dates import phase_of
from planner.checks.registry import Hit, View, looks
from planner.graph.naming import called
from planner.model.capability import level_of, process_of
from planner.model.project import Project
from planner.text.i18n import _, listed


@looks("CHK36")
def one_shot(view: View) -> Iterator[Hit]:
    """Many processes that go live on one day, or all in the only step there is."""
    project, roadmap = view.project, view.project.roadmap
    most = view.number("processes")
    on: dict[date, list[str]] = {}
    for item, day in view.facts.go_lives.items():
        on.setdefault(day, []).append(item)
    for day, found in sorted(on.items()):
        together = dict.fromkeys(process_of(item) for item in found)
        if len(together) > most:
            yield Hit(
                _("{n} processes go live together on {day}: {items}").format(
                    n=len(together), day=day, items=listed(called(project, item) for item in found)
                ),
                tuple(found),
            )
    if roadmap is None:
        return
    moved = dict.fromkeys(process_of(item) for item in view.facts.go_lives)
    steps = {phase_of(project, roadmap, item) for item in view.facts.go_lives}
    if len(moved) > most and len(steps) == 1:
        yield Hit(
            _("{n} processes are delivered in one step: there is no second one in which to learn").format(n=len(moved)),
            tuple(steps),
        )


@looks("CHK44")
def landing_missing(view: View) -> Iterator[Hit]:
    """Levels that arrive in heads, in rules or in the tool only, unless the missing one stands already."""
    project = view.project
    for item, packages in view.facts.lifting(int(view.number("level"))):
        present = {package.workstream for package in packages}
        missing = [
            workstream
            for workstream in view.names("workstreams")
            if workstream not in present and not _stands(project, item, workstream)
        ]
        if missing:
            yield Hit(
                _("{item} has no work in: {workstreams}").format(
                    item=called(project, item), workstreams=listed(_(workstream) for workstream in missing)
                ),
                (item,),
            )


def _stands(project: Project, item: str, workstream: str) -> bool:
    """Whether what the work of ``workstream`` would lift has the level of the capability ``item`` already."""
    process = project.process_by_id[process_of(item)]
    lifted = project.lifted_by(workstream)
    return bool(lifted) and all(process.baseline[dimension] >= level_of(item) for dimension in lifted)
