"""What must hold for the dates of a plan: certifications and milestones."""

from collections.abc import Callable, Iterator

from planner.model.calendar import months_after
from planner.model.problem import Known, Path, Problem, nearest
from planner.model.project import Project
from planner.model.references import item_known
from planner.text.i18n import _


def _certifications(project: Project, known: Known) -> Iterator[Problem]:
    """The system must have run for some months before the deciding audit (domain.md §7.3)."""
    begin = project.engagement.start
    for index, goal in enumerate(project.certifications):
        earliest = months_after(begin, goal.operate_months)
        if goal.audit < earliest:
            yield Problem(
                ("certifications", index, "audit"),
                _(
                    "{standard}: the audit on {audit} is before {months} months of operation can have passed: "
                    "the project starts on {begin}"
                ).format(standard=goal.standard, audit=goal.audit, months=goal.operate_months, begin=begin),
                _("choose {earliest} or a later day").format(earliest=earliest),
            )


def _milestones(project: Project, known: Known) -> Iterator[Problem]:
    phases = project.phase_by_id
    for index, stone in enumerate(project.milestones):
        where: Path = ("milestones", index)
        if sum(map(bool, (stone.day, stone.item, stone.phase))) != 1:
            yield Problem(
                (*where, "id"),
                _("milestone {stone!r} must have one of day, item and phase").format(stone=stone.id),
                _("say when it is: on a day, when an item is finished, or at the end of a phase"),
            )
        if stone.item:
            yield from item_known((*where, "item"), stone.item, project, known)
        if stone.phase and stone.phase not in phases:
            yield Problem(
                (*where, "phase"), _("unknown phase {name!r}").format(name=stone.phase), nearest(stone.phase, phases)
            )


DATE_RULES: tuple[Callable[[Project, Known], Iterator[Problem]], ...] = (_certifications, _milestones)
