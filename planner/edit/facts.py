"""Facts of the engagement: client, limits, calendar, roles, size."""

from dataclasses import replace
from typing import Any

from planner.edit.materialise import materialise
from planner.edit.refused import Refused, checked, need, some
from planner.model.calendar import Role
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Fixed, Size
from planner.text.i18n import _


def change_engagement(project: Project, **fields: Any) -> Project:
    """``project`` with some facts of its engagement changed; its size is changed by ``set_size``. Raises Refused."""
    return checked(project, replace(project, engagement=replace(project.engagement, **fields)))


def change_limits(project: Project, **fields: Any) -> Project:
    """``project`` with other limits of how much change the organisation bears. Raises Refused."""
    return checked(project, replace(project, limits=replace(project.limits, **fields)))


def change_calendar(project: Project, catalogue: Catalogue | None = None, **fields: Any) -> Project:
    """``project`` with another working week, other holidays or blackout periods. Raises Refused.

    With ``catalogue`` the days that are counted in working days, such as those before an audit, follow.
    """
    after = checked(project, replace(project, calendar=replace(project.calendar, **fields)))
    return checked(project, materialise(after, catalogue)) if catalogue else after


def set_size(project: Project, catalogue: Catalogue, size: Size) -> Project:
    """``project`` for a client of another size: the catalogue's packages are estimated anew. Raises Refused."""
    after = checked(project, replace(project, engagement=replace(project.engagement, size=size)))
    return checked(project, materialise(after, catalogue))


def add_role(project: Project, role: Role) -> Project:
    """``project`` with another role. Raises Refused."""
    return checked(project, replace(project, roles=(*project.roles, role)))


def change_role(project: Project, role_id: str, catalogue: Catalogue | None = None, **fields: Any) -> Project:
    """``project`` with another name or capacity of a role.

    With ``catalogue`` the catalogue's packages last as long as the new capacity needs them to; own packages that
    the role can no longer carry, and without ``catalogue`` any, are a reason to raise Refused.
    """
    need(role_id, project.role_by_id, _("role"))
    if fields.get("id", role_id) != role_id:
        raise Refused(_("a role keeps its id {item!r} - give it another name instead").format(item=role_id))
    roles = tuple(replace(role, **fields) if role.id == role_id else role for role in project.roles)
    after = replace(project, roles=roles)
    return checked(project, materialise(after, catalogue) if catalogue else after)


def remove_role(project: Project, role_id: str) -> Project:
    """``project`` without a role. Posts that fill it fill it no more, and scenarios say nothing of it.

    Raises Refused while work packages need it.
    """
    need(role_id, project.role_by_id, _("role"))
    users = [package.id for package in project.packages if role_id in package.effort]
    if users:
        raise Refused(
            _("{role} still works on {packages} - give their effort to another role first").format(
                role=project.role_by_id[role_id].name, packages=some(users)
            )
        )
    roles = tuple(role for role in project.roles if role.id != role_id)
    posts = tuple(
        replace(post, roles=tuple(role for role in post.roles if role != role_id)) if role_id in post.roles else post
        for post in project.posts
    )
    scenarios = tuple(
        replace(scenario, capacity=Fixed({role: fte for role, fte in scenario.capacity.items() if role != role_id}))
        if role_id in scenario.capacity
        else scenario
        for scenario in project.scenarios
    )
    return checked(project, replace(project, roles=roles, posts=posts, scenarios=scenarios))
