"""Looks at effort and benefit: a budget below the need, work of which nobody gains (domain.md §6)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.graph.naming import called
from planner.model.capability import process_of
from planner.model.project import Project
from planner.text.i18n import _, listed


@looks("CHK35")
def far_below_need(view: View) -> Iterator[Hit]:
    """An agreed effort that is a small part of what the low estimates come to."""
    agreed, need = view.project.governance.effort, _least_effort(view.project)
    if agreed is not None and agreed < view.number("share") * need:
        yield Hit(
            _(
                "{agreed:.0f} person-days are agreed, {percent:.0%} of the {need:.0f} that the low estimates add up to"
            ).format(agreed=agreed, percent=agreed / need, need=need)
        )


def _least_effort(project: Project) -> float:
    """Person-days of all work by its low estimates, with what runs beside it."""
    low = sum(effort.low for package in project.packages for effort in package.effort.values())
    return low * (1 + sum(overhead.share for overhead in project.overheads))


@looks("CHK38")
def no_benefit(view: View) -> Iterator[Hit]:
    """Levels from which nobody expects anything that could be seen, or that cost money and have no owner.

    A plan that speaks of no benefit at all is not judged level by level.
    """
    project = view.project
    promised = {stone.item for stone in project.milestones if stone.kind in view.names("kinds")}
    expected = {
        process
        for indicator in project.indicators
        if indicator.baseline is not None and indicator.target is not None
        for process in indicator.processes
    }
    without = [
        item
        for item in project.capabilities
        if process_of(item) not in expected
        and promised.isdisjoint({item, *(package.id for package in project.packages_of[item])})
    ]
    if without and (promised or expected):
        yield Hit(
            _("no benefit is stated for: {items}").format(items=listed(called(project, item) for item in without)),
            tuple(without),
        )
    owned = {process for indicator in project.indicators if indicator.owner for process in indicator.processes}
    for item in project.capabilities:
        cost = sum(package.cost for package in project.packages_of[item])
        process = project.process_by_id[process_of(item)]
        if cost and not process.owner and process.id not in owned:
            yield Hit(
                _("{item} costs {cost:,.0f} {currency}, but nobody answers for its benefit").format(
                    item=called(project, item), cost=cost, currency=project.governance.currency
                ),
                (item,),
            )
