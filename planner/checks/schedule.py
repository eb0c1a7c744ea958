"""Findings on the roadmap."""

from collections.abc import Iterator

from planner.checks.finding import Finding
from planner.graph.naming import called
from planner.model.project import Project, Roadmap
from planner.rollout.result import Rule, Violation
from planner.text.i18n import N_, _, listed

_BROKEN: dict[Rule, tuple[str, str, str]] = {
    N_("coverage"): ("S01", N_("Work without a place"), N_("propose again, or move it into a phase")),
    N_("calendar"): ("S02", N_("Work on days that are not worked"), N_("move it, or propose again")),
    N_("dependency"): ("CHK13", N_("Hard dependency broken"), N_("re-order, or raise the prerequisite first")),
    N_("stabilisation"): ("CHK25", N_("No stabilisation time"), N_("let the level settle and collect evidence first")),
    N_("capacity"): (
        "CHK21",
        N_("Role overload"),
        N_("level the work, extend its duration, or give the role more capacity"),
    ),
    N_("absorption"): (
        "CHK20",
        N_("Too many increments in parallel"),
        N_("stagger them, or raise the limit on purpose"),
    ),
    N_("pin"): ("S03", N_("A pin is not kept"), N_("move the item where the pin has it, or change the pin")),
    N_("deadline"): ("S04", N_("A deadline is missed"), N_("move the item earlier, or agree a later deadline")),
    N_("phase"): ("S05", N_("A phase is not kept"), N_("move the items, change the phase, or let the phases overlap")),
    N_("cycle"): ("G01", N_("Dependencies go in a circle"), N_("open the circle")),
}


def findings(project: Project) -> Iterator[Finding]:
    """What the roadmap breaks, what it leaves out, how far it is from what was asked for."""
    roadmap = project.roadmap
    if roadmap is None:
        if project.packages:
            yield Finding(
                "S06",
                "info",
                _("No roadmap yet"),
                _("the plan has {n} work packages but no roadmap").format(n=len(project.packages)),
                _("propose one"),
            )
        return
    yield from _violations(project)
    yield from _broken_soft(project, roadmap)
    yield from _other_strategy(project, roadmap)


def _violations(project: Project) -> Iterator[Finding]:
    from planner.rollout.verify import verify

    unplaced: list[Violation] = []
    planned = {*project.capabilities, *project.package_by_id}
    for violation in verify(project):
        if violation.rule == "coverage":
            unplaced.append(violation)
        # Circles and what nobody plans are told by planner.checks.graph.
        elif violation.rule != "cycle" and (violation.rule != "dependency" or planned.issuperset(violation.items)):
            ident, title, advice = _BROKEN[violation.rule]
            yield Finding(ident, "error", _(title), violation.message, _(advice), violation.items)
    if unplaced:
        ident, title, advice = _BROKEN["coverage"]
        items = tuple(item for violation in unplaced for item in violation.items)
        names = listed(called(project, item) for item in items[:3])
        yield Finding(
            ident,
            "error",
            _(title),
            _("{n} work packages are not in the roadmap: {names}").format(
                n=len(items), names=names if len(items) <= 3 else f"{names}, ..."
            ),
            _(advice),
            items,
        )


def _broken_soft(project: Project, roadmap: Roadmap) -> Iterator[Finding]:
    from planner.rollout.metrics import broken_soft

    reasons = {(d.item, d.needs): d.reason for d in project.dependencies if d.strength == "soft"}
    for item, needs in broken_soft(project, roadmap):
        reason = reasons[item, needs]
        message = (
            _("{item} comes before {needs}, from which it would gain: {reason}")
            if reason
            else _("{item} comes before {needs}, from which it would gain")
        )
        yield Finding(
            "CHK14",
            "info",
            _("Soft dependency broken"),
            message.format(item=called(project, item), needs=called(project, needs), reason=reason),
            _("accept it on purpose and note the workaround"),
            (item, needs),
        )


def _other_strategy(project: Project, roadmap: Roadmap) -> Iterator[Finding]:
    agreed = project.engagement.strategy
    if roadmap.strategy and agreed and roadmap.strategy != agreed:
        yield Finding(
            "S07",
            "info",
            _("Another strategy than agreed"),
            _("the roadmap follows {used}, the engagement says {agreed}").format(used=roadmap.strategy, agreed=agreed),
            _("propose again with the agreed strategy, or change the engagement"),
        )
