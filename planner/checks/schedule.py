"""Looks at the roadmap: what it breaks, what it leaves out, how far it is from what was asked for."""

from collections.abc import Iterator
from functools import partial

from planner.checks.registry import Hit, View, looks
from planner.graph.naming import called
from planner.rollout.result import Rule, Violation
from planner.text.i18n import _, listed, ngettext

RULES: dict[str, Rule] = {
    "S02": "calendar",
    "CHK13": "dependency",
    "CHK21": "capacity",
    "CHK25": "stabilisation",
    "S03": "pin",
    "S04": "deadline",
    "S05": "phase",
}
"""Checks that tell what ``verify`` finds, by the rule that is broken."""


def broken(view: View, rule: Rule) -> Iterator[Hit]:
    """What the roadmap breaks of ``rule``. What nobody plans is told by planner.checks.graph, not here."""
    planned = {*view.project.capabilities, *view.project.package_by_id}
    for violation in view.facts.violations:
        if violation.rule == rule and (rule != "dependency" or planned.issuperset(violation.items)):
            yield Hit(violation.message, violation.items)


for _ident, _rule in RULES.items():
    looks(_ident)(partial(broken, rule=_rule))


@looks("S01")
def unplaced(view: View) -> Iterator[Hit]:
    """Work that the roadmap gives no place, all in one."""
    violations: list[Violation] = [v for v in view.facts.violations if v.rule == "coverage"]
    if not violations:
        return
    items = tuple(item for violation in violations for item in violation.items)
    names = listed(called(view.project, item) for item in items[:3])
    told = ngettext(
        "{n} work package is not in the roadmap: {names}",
        "{n} work packages are not in the roadmap: {names}",
        len(items),
    )
    message = told.format(n=len(items), names=names if len(items) <= 3 else _("{names}, ...").format(names=names))
    yield Hit(message, items)


@looks("S06")
def no_roadmap(view: View) -> Iterator[Hit]:
    """Work without a roadmap."""
    if view.project.packages and view.project.roadmap is None:
        yield Hit(_("the plan has {n} work packages but no roadmap").format(n=len(view.project.packages)))


@looks("S07")
def other_strategy(view: View) -> Iterator[Hit]:
    """A roadmap that follows another strategy than was agreed."""
    roadmap, agreed = view.project.roadmap, view.project.engagement.strategy
    if roadmap and roadmap.strategy and agreed and roadmap.strategy != agreed:
        yield Hit(
            _("the roadmap follows {used}, the engagement says {agreed}").format(used=roadmap.strategy, agreed=agreed)
        )


@looks("S08")
def stale(view: View) -> Iterator[Hit]:
    """A roadmap that was found for another plan than the merged one."""
    roadmap = view.project.roadmap
    if roadmap and roadmap.status == "stale":
        yield Hit(_("a merge has changed what the roadmap was found for"))


@looks("CHK14")
def broken_soft(view: View) -> Iterator[Hit]:
    """Work that comes before what would have helped it."""
    from planner.rollout.metrics import broken_soft

    project = view.project
    if project.roadmap is None:
        return
    reasons = {(d.item, d.needs): d.reason for d in project.dependencies if d.strength == "soft"}
    for item, needs in broken_soft(project, project.roadmap):
        reason = reasons[item, needs]
        message = (
            _("{item} comes before {needs}, from which it would gain: {reason}")
            if reason
            else _("{item} comes before {needs}, from which it would gain")
        )
        yield Hit(
            message.format(item=called(project, item), needs=called(project, needs), reason=reason), (item, needs)
        )
