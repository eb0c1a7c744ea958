"""What the roadmap does for maturity, process by process and phase by phase."""

from collections.abc import Iterator
from itertools import pairwise

from planner.assessment.dates import end_of_phase, finish_of
from planner.assessment.maturity import organisation_index
from planner.model.capability import process_of
from planner.model.project import Project
from planner.rollout.metrics import maturity_by_phase, organisation_curve
from planner.text.i18n import _, ngettext
from planner.tui.areas.roadmap.heatstrip import Growth, Strip
from planner.tui.widgets.lines import Piece


def growth(project: Project) -> Growth:
    """Levels after each phase that holds work, and the curve of the organisation; nothing while there is no roadmap."""
    roadmap = project.roadmap
    if roadmap is None:
        return Growth()
    table = maturity_by_phase(project, roadmap)
    gates = [end_of_phase(project, roadmap, phase.id) for phase in project.phases]
    held = [phase for phase, gate in zip(project.phases, gates, strict=True) if gate]
    scope = [process for process in project.processes if process.in_scope]

    def level(process: str, phase: str) -> int:
        return table[phase].get(process, project.process_by_id[process].level)

    strips = [
        Strip(
            process.id,
            process.name,
            (process.level, *(level(process.id, phase.id) for phase in held), process.target_level),
        )
        for process in scope
    ]
    rising = [strip for strip in strips if len(set(strip.levels)) > 1]
    still = [strip for strip in strips if len(set(strip.levels)) == 1]
    means = [sum(level(process.id, phase.id) for process in scope) / max(1, len(scope)) for phase in held]
    whole = Strip(
        "", _("Organisation"), (organisation_index(project), *means, organisation_index(project, target=True))
    )
    return Growth(
        tuple((number, phase.name) for number, phase in enumerate(project.phases, 1) if phase in held),
        tuple(gates),
        organisation_curve(project, roadmap),
        (whole, *rising, *still) if strips else (),
    )


def grows(project: Project, process: str) -> list[Piece]:
    """When a process rises, and to what."""
    return [*_grows(project, process)]


def _grows(project: Project, process: str) -> Iterator[Piece]:
    held = project.process_by_id[process]
    yield Piece(
        _(" {name}: level {now} now, {goal} wanted").format(name=held.name, now=held.level, goal=held.target_level)
    )
    roadmap = project.roadmap
    steps = [
        (item, day)
        for item in project.capabilities
        if process_of(item) == process and roadmap and (day := finish_of(project, roadmap, item))
    ]
    if not steps:
        yield Piece(_(" The roadmap does not move it."), "dim")
        return
    steps.sort(key=lambda step: step[1])
    rises = [_("{item} on {day}").format(item=project.title(item), day=day) for item, day in steps]
    yield Piece(" " + _("reached: {steps}").format(steps=_("; ").join(rises)))
    if len(steps) > 1:
        longest = max((later - sooner).days // 7 for (_i, sooner), (_j, later) in pairwise(steps))
        words = ngettext("at most {n} week between two levels", "at most {n} weeks between two levels", longest)
        yield Piece(" " + words.format(n=longest), "dim")
