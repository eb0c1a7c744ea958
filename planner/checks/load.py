"""Looks at how much change people have to bear at once, and when (domain.md §5.2, §6)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

from planner.assessment.service_roles import owner_load
from planner.checks.registry import Hit, View, looks
from planner.graph.naming import called
from planner.model.calendar import months_after
from planner.model.capability import level_of, process_of
from planner.text.i18n import _, listed


@looks("CHK20")
def too_many(view: View) -> Iterator[Hit]:
    """More processes in change on a day than the plan bears, and a roadmap that is allowed more on purpose."""
    project = view.project
    limit, allowed = project.limits.absorption, project.roadmap.absorption if project.roadmap else None
    for violation in view.facts.violations:
        if violation.rule == "absorption":
            many = len({process_of(item) for item in violation.items}) > view.number("error")
            yield Hit(violation.message, violation.items, "error" if many else None)
    if project.roadmap and allowed and allowed > limit:
        strategy = view.catalogue.strategy_by_id.get(project.roadmap.strategy)
        why = strategy.absorption_reason if strategy else None
        message = (
            _("up to {n} processes may change at once, where the plan bears {limit}, on purpose: {reason}")
            if why
            else _("up to {n} processes may change at once, where the plan bears {limit}, on purpose")
        )
        reason = why.in_(project.engagement.language) if why else ""
        yield Hit(message.format(n=allowed, limit=limit, reason=reason), severity="info")


@looks("CHK22")
def busy_owner(view: View) -> Iterator[Hit]:
    """People who own more increments in work on one day than they can look after."""
    posts = {post.id: post.holder or post.name for post in view.project.posts}
    for load in owner_load(view.project):
        if len(load.capabilities) > view.number("increments"):
            message = _("{person} owns {n} increments that are worked at the same time: {items}")
            names = listed(called(view.project, item) for item in load.capabilities)
            person = posts.get(load.post, load.post)
            yield Hit(message.format(person=person, n=len(load.capabilities), items=names), load.capabilities)


@looks("CHK23")
def close_go_lives(view: View) -> Iterator[Hit]:
    """Go-lives that reach the same users too soon after each other, once the plan says who its users are.

    A process without groups touches all of them.
    """
    project = view.project
    groups = dict.fromkeys(group for process in project.processes for group in process.groups)
    gap = timedelta(weeks=view.number("weeks"))
    for group in groups:
        days = sorted(
            (day, item)
            for item, day in view.facts.go_lives.items()
            if group in (project.process_by_id[process_of(item)].groups or groups)
        )
        run: list[str] = []
        for index, (day, item) in enumerate(days):
            run.append(item)
            following = days[index + 1][0] if index + 1 < len(days) else None
            if following and following - day < gap:
                continue
            if len(run) > 1:
                message = _("these go live less than {weeks:g} weeks after each other for {group}: {items}")
                names = listed(called(project, one) for one in run)
                yield Hit(message.format(weeks=view.number("weeks"), group=group, items=names), tuple(run))
            run = []


@looks("L01")
def change_load(view: View) -> Iterator[Hit]:
    """Users who are asked to learn more in a quarter than they bear: points of the levels that go live for them.

    Quarters are counted from the start of the project. A process without groups touches all users. An active sponsor
    (one who is named, with a steering group that meets often enough) lets people bear more.
    """
    project = view.project
    start, weeks = project.engagement.start, project.governance.steering_weeks
    active = project.engagement.sponsor and weeks is not None and weeks <= view.number("active_weeks")
    budget = view.number("points_sponsored" if active else "points")
    groups = tuple(dict.fromkeys(group for process in project.processes for group in process.groups)) or ("",)
    borne: dict[tuple[int, str], list[str]] = {}
    for item, day in sorted(view.facts.go_lives.items(), key=lambda pair: (pair[1], pair[0])):
        quarter = next(n for n in count() if day < months_after(start, 3 * (n + 1)))
        for group in project.process_by_id[process_of(item)].groups or groups:
            borne.setdefault((quarter, group), []).append(item)
    for (quarter, group), items in borne.items():
        points = sum(view.number(f"level_{level_of(item)}") for item in items)
        if points > budget:
            message = _(
                "{group}: {points:g} points of change from {first} on, where {budget:g} a quarter are borne: {items}"
            )
            yield Hit(
                message.format(
                    group=group or _("all users"),
                    points=points,
                    first=months_after(start, 3 * quarter),
                    budget=budget,
                    items=listed(called(project, item) for item in items),
                ),
                tuple(items),
            )


@looks("CHK24")
def frozen(view: View) -> Iterator[Hit]:
    """Go-lives on days on which the client lets nothing change."""
    project = view.project
    days = [(item, called(project, item), day) for item, day in view.facts.go_lives.items()]
    days += [(stone.id, stone.name, day) for stone, day in view.facts.milestones if stone.kind in view.names("kinds")]
    for ident, name, day in days:
        for period in (*project.calendar.blackouts, *project.calendar.holidays):
            if day in period:
                message = _("{item} goes live on {day}, inside {period} ({first} to {last})")
                closed = period.name or _("a time in which nothing may change")
                yield Hit(
                    message.format(item=name, day=day, period=closed, first=period.first, last=period.last), (ident,)
                )
                break
