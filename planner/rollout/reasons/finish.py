"""What decides when the roadmap is finished: the chain of work, by adopted dates, from its last day to its first."""

from planner.model.project import Project
from planner.rollout.problem import Circular, Problem, TooFar
from planner.rollout.reasons.chain import chain
from planner.rollout.reasons.placed import Placed
from planner.rollout.result import Reason


def deciding(project: Project) -> dict[str, Reason]:
    """The packages of that chain and their capabilities, each with what keeps it from being earlier; latest first.

    It is the critical path of the plan as adopted: links, staff, limits on change and phases count, not links alone.
    Empty where there is no roadmap, or none that could be judged.
    """
    roadmap = project.roadmap
    places = (
        {item: place for item, place in roadmap.packages.items() if item in project.package_by_id} if roadmap else {}
    )
    if roadmap is None or not places:
        return {}
    last = max(places, key=lambda item: places[item].finish)
    try:
        steps = chain(Placed.of(Problem(project, roadmap.absorption), roadmap), last)
    except (Circular, TooFar):
        return {}
    found: dict[str, Reason] = {}
    for step in steps:
        capability = project.package_by_id[step.item].capability
        for item in filter(None, (step.item, capability)):
            found[item] = step.reason  # of a capability that of its first package in the chain: how it began
    return found
