"""``--section milestones``: everything that happens on a day, in order of the days."""

from collections.abc import Iterator

from planner.assessment.milestones import dated
from planner.cli.layout import paragraph, table, titled
from planner.export.report.measures import why_then
from planner.export.words import number
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import _

OWN = "*"
"""Marks what was added or changed by hand."""


def blocks(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """The milestones with their days; those that have none yet come last and say what they wait for."""
    if not project.milestones:
        yield _("The plan has no milestones.")
        return
    costs = any(stone.cost for stone in project.milestones)
    rows = [
        [
            str(day) if day else _("not known yet"),
            stone.name + (f" {OWN}" if stone.source == "own" else ""),
            stone.kind,
            why_then(project, stone),
            *([number(stone.cost) if stone.cost else ""] if costs else []),
        ]
        for stone, day in dated(project)
    ]
    head = [_("Day"), _("Milestone"), _("Kind"), _("Why then"), *([_("Cost")] if costs else [])]
    yield titled(_("Milestones"), table(head, rows, right="<<<<>" if costs else "", indent=2))
    if any(stone.source == "own" for stone in project.milestones):
        yield paragraph(_("{mark} added or changed by hand").format(mark=OWN))
