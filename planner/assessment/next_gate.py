"""Which gate comes next in a plan: the end of a phase, where somebody decides whether to go on."""

from dataclasses import dataclass
from datetime import date

from planner.model.project import Phase, Project


@dataclass(frozen=True, slots=True)
class NextGate:
    """The end of ``phase``, on the last day on which anything is worked in it."""

    phase: Phase
    day: date


def next_gate(project: Project) -> NextGate | None:
    """The first gate that is not passed yet, going by the roadmap; None without one, and when all are passed.

    Passed are those of phases whose work is all done, and those up to the day up to which progress is known: the plan
    says how far it is, never the clock.
    """
    if project.roadmap is None:
        return None
    done = {progress.package for progress in project.progress if progress.finish}
    ends: dict[str, date] = {}
    open_phases: set[str] = set()
    for package in project.packages:
        place = project.roadmap.packages.get(package.id)
        if place is None:
            continue
        ends[place.phase] = max(ends.get(place.phase, place.finish), place.finish)
        if package.id not in done:
            open_phases.add(place.phase)
    known = project.engagement.as_of
    coming = [
        NextGate(phase, ends[phase.id])
        for phase in project.phases
        if phase.id in open_phases and (known is None or ends[phase.id] > known)
    ]
    return min(coming, key=lambda gate: gate.day, default=None)
