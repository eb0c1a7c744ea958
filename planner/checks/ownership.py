"""Looks at who answers for a process and who does its work (domain.md §6)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.checks.told import handed_over
from planner.model.capability import process_of
from planner.text.i18n import _, listed


@looks("CHK27")
def unowned(view: View) -> Iterator[Hit]:
    """Processes that reach the level at which they need an owner and a manager, and have not got both."""
    for process in view.project.processes:
        if view.facts.reaches.get(process.id, 0) < view.number("level"):
            continue
        if not process.owner and not process.manager:
            message = _("{process} has neither an owner nor a manager")
        elif not process.owner:
            message = _("{process} has no owner")
        elif not process.manager:
            message = _("{process} has no manager")
        else:
            continue
        yield Hit(message.format(process=process.name), (process.id,))


@looks("CHK28")
def unmapped(view: View) -> Iterator[Hit]:
    """Roles of a process that no post takes when it goes live.

    Where no role is given a post yet, the plan must have the work that does so; work of which nobody says what it
    hands over is not judged.
    """
    project = view.project
    posts = {post.id for post in project.posts}
    for item, packages in view.facts.lifting(int(view.number("level"))):
        process = project.process_by_id[process_of(item)]
        empty = [role for role, post in process.posts.items() if post not in posts]
        if empty:
            names = listed(project.role_by_id[role].name if role in project.role_by_id else role for role in empty)
            message = _("{process} goes live, but these of its roles have no post: {roles}")
            yield Hit(message.format(process=process.name, roles=names), (process.id, item))
        elif not process.posts:
            designs = [package for package in packages if package.workstream in view.names("design")]
            given = handed_over(designs)
            if given and not given.intersection(view.names("deliverables")):
                message = _("{process} goes live, but nothing maps its roles to posts")
                yield Hit(message.format(process=process.name), (process.id, item))
