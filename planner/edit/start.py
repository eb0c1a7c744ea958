"""Starting a project from an engagement template."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from planner.edit.certification import set_certification
from planner.edit.context import materialised
from planner.edit.materialise import materialise
from planner.edit.pains import apply_pain_targets, tick
from planner.edit.posts import suggest_owners
from planner.edit.programme import in_order, usual
from planner.edit.tracks import enrol
from planner.model.calendar import Calendar, Period, Role, months_after
from planner.model.context import CheckSetting
from planner.model.knowledge import Catalogue, EngagementTemplate, YearlyPeriod
from planner.model.measures import Milestone
from planner.model.people import Post, ServiceRole
from planner.model.project import Engagement, Limits, ProcessScope, Project
from planner.model.values import DIMENSIONS, LOWEST, Fixed, Language, Size

YEARS = 5
"""For how many years from the start yearly holidays and blackouts are entered."""

LAST_YEAR = 2199
"""The last year that a plan may name; what a template has in it or later is not entered any more."""

"""Why a level of a template is where it is."""

BENEFIT = "benefit"
"""The kind of milestones at which users notice something."""


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
    """A new project with everything that the template says, counted from ``begin``.

    Every process of the catalogue is scored as the template has it (level 1 unless it says more), with its pains ticked
    and the targets raised that cure them. Certifications and enrolments that would come later than a plan can name are
    left out, and so are benefits of what the plan does not build.
    """
    project = Project(
        engagement=Engagement(
            name=name or template.name.in_(language),
            client=client or template.client.in_(language),
            start=begin,
            language=language,
            size=size or template.size,
            template=template.id,
            strategy=template.strategy,
            sponsor=template.sponsor.in_(language) if template.sponsor else "",
            goal=template.goal.in_(language),
            programme=_programme(template, catalogue),
        ),
        governance=template.governance,
        context=template.context,
        calendar=Calendar(
            working_days=template.working_days,
            holidays=tuple(_every_year(template.holidays, begin, language)),
            blackouts=tuple(_every_year(template.blackouts, begin, language)),
        ),
        limits=Limits(absorption=template.absorption, stabilise_weeks=catalogue.defaults.limits.stabilise_weeks),
        roles=tuple(_roles(template, catalogue, language)),
        posts=tuple(
            Post(id=post.id, name=post.name.in_(language), department=post.department, roles=post.roles)
            for post in template.posts
        ),
        service_roles=tuple(_service_roles(template, catalogue, language)),
        processes=tuple(_processes(template, catalogue, language)),
        checks=tuple(CheckSetting(id=check, mute=why.in_(language)) for check, why in template.mutes.items()),
    )
    known = {modifier.id: modifier for modifier in catalogue.modifiers}
    modifiers = tuple(materialised(known[name], project, count) for name, count in template.modifiers.items())
    project = materialise(suggest_owners(replace(project, modifiers=modifiers), catalogue), catalogue)
    for pain, weight in template.pains.items():
        project = tick(project, catalogue, pain, weight)
    project = apply_pain_targets(project, catalogue)
    for wish in template.certifications:
        if (audit := months_after(begin, wish.months)).year < LAST_YEAR:
            project = set_certification(project, catalogue, wish.standard, audit)
    for entry in template.enrolments:
        if (first := months_after(begin, entry.months)).year < LAST_YEAR:
            project = enrol(project, catalogue, entry.track, entry.level, entry.post, first)
    return replace(project, milestones=(*project.milestones, *_benefits(template, project)))


def _programme(template: EngagementTemplate, catalogue: Catalogue) -> tuple[str, ...]:
    """The programme work of a new plan: what is usual, what the template names, what its circumstances bring."""
    brought = [work for known in catalogue.modifiers if known.id in template.modifiers for work in known.programme]
    return in_order(catalogue, (*usual(catalogue), *template.programme, *brought))


def _roles(template: EngagementTemplate, catalogue: Catalogue, language: str) -> Iterator[Role]:
    """The roles of the template, and those that a post has beside them, with the capacity that is usual."""
    capacity = {entry.role: entry.fte for entry in template.roles}
    for role in (role for post in template.posts for role in post.roles):
        capacity.setdefault(role, catalogue.role_by_id[role].fte)
    for ident, fte in capacity.items():
        yield Role(id=ident, name=catalogue.role_by_id[ident].name.in_(language), fte=fte)


def _processes(template: EngagementTemplate, catalogue: Catalogue, language: str) -> Iterator[ProcessScope]:
    nothing = Fixed(dict.fromkeys(DIMENSIONS, LOWEST))
    owners = {process: post.id for post in template.posts for process in post.owns}
    managers = {process: post.id for post in template.posts for process in post.manages}
    why = template.target_reason.in_(language) if template.target_reason else ""
    for process in catalogue.processes:
        baseline = template.baseline.get(process.id, nothing)
        goal = template.target.get(process.id, LOWEST)
        yield ProcessScope(
            id=process.id,
            name=process.name.in_(language),
            baseline=baseline,
            target=Fixed({dimension: max(level, goal) for dimension, level in baseline.items()}),
            reason=why if process.id in template.target else "",
            owner=owners.get(process.id, ""),
            manager=managers.get(process.id, ""),
        )


def _service_roles(template: EngagementTemplate, catalogue: Catalogue, language: str) -> Iterator[ServiceRole]:
    """The rows of the grid for which the template has a post; that it exists, and no more, is known."""
    posts = {role: post.id for post in reversed(template.posts) for role in post.service_roles}
    for role in catalogue.service_roles:
        if role.id in posts:
            yield ServiceRole(id=role.id, name=role.name.in_(language), post=posts[role.id])


def _benefits(template: EngagementTemplate, project: Project) -> Iterator[Milestone]:
    language = project.engagement.language
    for number, benefit in enumerate(template.benefits, 1):
        if benefit.item in project.packages_of:
            name = benefit.name.in_(language)
            yield Milestone(id=f"{BENEFIT}-{number}", name=name, kind=BENEFIT, item=benefit.item)


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
