"""Looks at who carries the work: too much of a phase on one person (domain.md §6, S003 manager worry)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.model.project import Project
from planner.text.i18n import _


@looks("CHK52")
def key_person(view: View) -> Iterator[Hit]:
    """Phases of whose effort one person does a large part."""
    project, roadmap = view.project, view.project.roadmap
    if roadmap is None:
        return
    persons = _persons(project, view.number("person"))
    for phase in project.phases:
        effort: dict[str, float] = {}
        for package in project.packages:
            place = roadmap.packages.get(package.id)
            if place is not None and place.phase == phase.id:
                for role, days in package.effort.items():
                    effort[role] = effort.get(role, 0.0) + days.likely
        total = sum(effort.values())
        if total < view.number("least_days"):
            continue
        for name, roles in persons.items():
            mine = sum(effort.get(role, 0.0) for role in roles)
            if mine > view.number("share") * total:
                yield Hit(
                    _("{person} carries {percent:.0%} of the effort of phase {phase}").format(
                        person=name, percent=mine / total, phase=phase.name
                    ),
                    (phase.id, *roles),
                )


def _persons(project: Project, most: float) -> dict[str, list[str]]:
    """By the name of somebody who carries roles alone, these roles.

    A role that one post fills is carried by that post, whose holder may have others; one that no post fills is
    carried by one person when it never has more than ``most`` full-time equivalents.
    """
    found: dict[str, list[str]] = {}
    for role in project.roles:
        posts = [post for post in project.posts if role.id in post.roles]
        if len(posts) == 1:
            found.setdefault(posts[0].holder or posts[0].name, []).append(role.id)
        elif not posts and role.most <= most:
            found.setdefault(role.name, []).append(role.id)
    return found
