"""Starting a project from an engagement template."""

from collections.abc import Iterator
from datetime import date

from planner.edit.materialise import materialise
from planner.model.calendar import Calendar, Period, Role
from planner.model.knowledge import Catalogue, EngagementTemplate, YearlyPeriod
from planner.model.project import Engagement, Limits, ProcessScope, Project
from planner.model.values import DIMENSIONS, Fixed, Language, Size

YEARS = 5
"""For how many years from the start yearly holidays and blackouts are entered."""

LAST_YEAR = 2199
"""The last year that a plan may name; a yearly period that ends in it is not entered any more."""


def start(
    template: EngagementTemplate,
    catalogue: Catalogue,
    *,
    begin: date,
    name: str = "",
    client: str = "",
    size: Size | None = None,
    language: Language = "en",
) -> Project:
    """A new project with every process of the catalogue scored as the template has it (level 1 unless it says more)."""
    nothing = Fixed(dict.fromkeys(DIMENSIONS, 1))
    processes = []
    for process in catalogue.processes:
        baseline = template.baseline.get(process.id, nothing)
        goal = template.target.get(process.id, 1)
        target = Fixed({dimension: max(level, goal) for dimension, level in baseline.items()})
        processes.append(ProcessScope(id=process.id, name=process.name.in_(language), baseline=baseline, target=target))
    project = Project(
        engagement=Engagement(
            name=name or template.name.in_(language),
            client=client or template.client.in_(language),
            start=begin,
            language=language,
            size=size or template.size,
            template=template.id,
            strategy=template.strategy,
            goal=template.goal.in_(language),
        ),
        calendar=Calendar(
            working_days=template.working_days,
            holidays=tuple(_every_year(template.holidays, begin, language)),
            blackouts=tuple(_every_year(template.blackouts, begin, language)),
        ),
        limits=Limits(absorption=template.absorption, stabilise_weeks=catalogue.defaults.limits.stabilise_weeks),
        roles=tuple(
            Role(id=entry.role, name=catalogue.role_by_id[entry.role].name.in_(language), fte=entry.fte)
            for entry in template.roles
        ),
        processes=tuple(processes),
    )
    return materialise(project, catalogue)


def _every_year(periods: tuple[YearlyPeriod, ...], begin: date, language: str) -> Iterator[Period]:
    for year in range(begin.year, min(begin.year + YEARS, LAST_YEAR)):
        for period in periods:
            first, last = _on(period.first, year), _on(period.last, year)
            if last < first:
                last = _on(period.last, year + 1)
            yield Period(first=first, last=last, name=period.name.in_(language))


def _on(day: str, year: int) -> date:
    """The ``MM-DD`` of a template in ``year``."""
    month, number = day.split("-")
    return date(year, int(month), int(number))
