"""Looks at the order in which the lifecycle is built (domain.md §6, S003 advice)."""

from collections.abc import Iterator
from datetime import date

from planner.checks.registry import Hit, View, looks
from planner.checks.told import processes
from planner.model.calendar import months_after
from planner.model.capability import capability, process_of
from planner.text.i18n import _


@looks("CHK45")
def strategy_before_support(view: View) -> Iterator[Hit]:
    """Processes of the strategy stage that begin early, while the classic ones have not got off the ground."""
    project, facts = view.project, view.facts
    level = int(view.number("level"))
    near = months_after(project.engagement.start, int(view.number("months")))
    begins: dict[str, date] = {}
    for item in project.capabilities:
        process = process_of(item)
        if process in view.names("strategy") and item in facts.spans:
            begins[process] = min(begins.get(process, facts.spans[item].start), facts.spans[item].start)
    for process, begin in begins.items():
        behind = [
            ident
            for ident in view.names("classic")
            if not project.stands_at(capability(ident, level))
            and not (facts.go_lives.get(capability(ident, level), date.max) < begin)
        ]
        if begin < near and behind:
            yield Hit(
                _("{process} begins on {day}, when these are not at level {level} yet: {others}").format(
                    process=project.process_by_id[process].name,
                    day=begin,
                    level=level,
                    others=processes(view, behind),
                ),
                (process, *behind),
            )
