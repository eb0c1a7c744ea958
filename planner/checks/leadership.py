"""Looks at what makes people do it: duties of leaders, needs of those who are led (domain.md §6, execution)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.checks.told import handed_over, items, ticked
from planner.text.i18n import _, listed


@looks("CHK33")
def duties_open(view: View) -> Iterator[Hit]:
    """Duties of leaders that nobody has ticked; what the plan states in its own fields counts as ticked.

    A note only where the list is not filled in, and nothing before the work of the programme is chosen.
    """
    has = ticked(view, view.project.context.ticks)
    if has is None and not view.project.engagement.programme:
        return
    governance = view.project.governance
    stated = {
        *(has or ()),
        *(view.names("goal") if view.project.engagement.goal else ()),
        *(view.names("resources") if governance.effort or governance.budget else ()),
    }
    missing = [name for ident, name in items(view).items() if ident not in stated]
    if missing:
        text = (
            _("of what leaders give, nobody has said yet whether there is: {missing}")
            if has is None
            else _("of what leaders give, there is no: {missing}")
        )
        yield Hit(text.format(missing=listed(missing)), severity="info" if has is None else None)


@looks("CHK34")
def conditions_open(view: View) -> Iterator[Hit]:
    """Conditions of those who are led that no People work brings about and nobody has ticked."""
    people = [package for package in view.project.packages if package.workstream == "people"]
    given = {*handed_over(people), *(package.id for package in people)}
    has = ticked(view, view.project.context.ticks) or frozenset()

    def met(condition: str) -> bool:
        brings = view.names(condition) if condition in view.known.names else ()
        return condition in has or not given.isdisjoint(brings)

    missing = [name for ident, name in items(view).items() if not met(ident)]
    if view.project.packages and len(missing) > view.number("most_open"):
        yield Hit(_("no work with people brings about: {missing}").format(missing=listed(missing)))
