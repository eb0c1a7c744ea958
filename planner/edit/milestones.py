"""Milestones: add, change, remove."""

from dataclasses import replace
from typing import Any

from planner.edit.refused import Refused, checked, need
from planner.model.measures import Milestone
from planner.model.project import Project
from planner.text.i18n import _


def add_milestone(project: Project, milestone: Milestone) -> Project:
    """``project`` with another milestone. Raises Refused."""
    if any(other.id == milestone.id for other in project.milestones):
        raise Refused(_("there is a milestone {item!r} already - give this one another id").format(item=milestone.id))
    return checked(project, replace(project, milestones=(*project.milestones, milestone)))


def change_milestone(project: Project, milestone_id: str, **fields: Any) -> Project:
    """``project`` with some fields of a milestone changed; from then on it is the plan's own. Raises Refused.

    A day, item or phase that is given takes the place of whichever of the three it had.
    """
    milestone = _milestone(project, milestone_id)
    if fields.get("id", milestone_id) != milestone_id:
        raise Refused(_("a milestone keeps its id {item!r} - give it another name instead").format(item=milestone_id))
    if any(fields.get(key) for key in ("day", "item", "phase")):
        fields = {"day": None, "item": "", "phase": "", **fields}
    changed = replace(milestone, **fields)
    if changed == milestone:
        return project
    changed = replace(changed, source="own")
    return checked(
        project, replace(project, milestones=tuple(changed if m is milestone else m for m in project.milestones))
    )


def remove_milestone(project: Project, milestone_id: str) -> Project:
    """``project`` without one of its own milestones. Raises Refused for one that the catalogue would bring back."""
    milestone = _milestone(project, milestone_id)
    if milestone.source == "catalogue":
        raise Refused(
            _("{name} follows from the templates - change its day, or remove what brings it in").format(
                name=milestone.name
            )
        )
    return checked(project, replace(project, milestones=tuple(m for m in project.milestones if m is not milestone)))


def _milestone(project: Project, ident: str) -> Milestone:
    found = {milestone.id: milestone for milestone in project.milestones}
    need(ident, found, _("milestone"))
    return found[ident]
