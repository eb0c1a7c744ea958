"""How large a piece of the catalogue's work is for this client (domain.md §4.2, §4.4): its size, its circumstances,
and what its roles can carry in a day."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from planner.model.context import Modifier
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Duration, Effort, Fixed, Size, WeekRange, Words, Workstream

NO_CHANGE = 1.0

# What stays in a plan is in the plan's language, whoever edits it in which language.
CLIENT: dict[Size, Words] = {
    "small": Words(en="small client", zh="小型客户"),
    "medium": Words(en="medium client", zh="中型客户"),
    "large": Words(en="large client", zh="大型客户"),
}
COUNTED = Words(en="{n} {name}", zh="{n}{name}")
CHANGED = {
    (True, False): Words(en="{name}: effort x{effort}", zh="{name}：工作量×{effort}"),
    (False, True): Words(en="{name}: duration x{duration}", zh="{name}：工期×{duration}"),
    (True, True): Words(
        en="{name}: effort x{effort}, duration x{duration}", zh="{name}：工作量×{effort}，工期×{duration}"
    ),
}
"""What a rule does to a package, by whether it changes its effort and its length."""

LENGTHENED = Words(
    en="{planned} days became {days}, so that each role can carry its share",
    zh="由 {planned} 天延长到 {days} 天，使各角色承担得起自己的工作量",
)
BETWEEN = Words(en="; ", zh="；")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """Person-days by role and working days of a work package, with the rules by which they came about."""

    effort: Fixed[str, Effort]
    days: Duration
    note: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What one circumstance does to a package: its name and its factors on effort and on length."""

    name: str
    effort: float
    duration: float

    @property
    def changes(self) -> bool:
        """Whether it does anything to the package."""
        return (self.effort, self.duration) != (NO_CHANGE, NO_CHANGE)

    def said(self, language: str) -> str:
        """A rule that changes anything, as a note says it: ``3 sites: effort x1.1, duration x1.04``."""
        words = CHANGED[self.effort != NO_CHANGE, self.duration != NO_CHANGE]
        return words.in_(language).format(name=self.name, effort=factor(self.effort), duration=factor(self.duration))


def sized(
    project: Project,
    catalogue: Catalogue,
    *,
    workstream: Workstream,
    roles: Sequence[str],
    effort: Effort,
    weeks: WeekRange,
    process: str = "",
    share: float = 1.0,
    weeks_fit: bool = False,
) -> Sized:
    """Work that the catalogue estimates for a medium client, as this one needs it.

    ``effort`` is person-days of all ``roles`` together, shared among them by ``role_share`` of the defaults, the first
    role leading; of ``weeks`` the work takes ``share``. ``process`` is the one that it lifts; empty for work of the
    whole programme, which only circumstances of the whole engagement touch. ``weeks_fit``: they are those of a client
    of this size already.
    """
    defaults, language = catalogue.defaults, project.engagement.language
    rules = [*rules_for(project, catalogue, workstream, process)]
    if weeks_fit:
        rules[0] = replace(rules[0], duration=NO_CHANGE)
    more, longer = prod(rule.effort for rule in rules), prod(rule.duration for rule in rules)
    shared = {
        role: Effort(*(round(days * part * more, 1) for days in effort))
        for role, part in zip(roles, defaults.role_share[str(len(roles))], strict=True)
    }
    planned = Duration(*(max(1, round(number * defaults.days_per_week * share * longer)) for number in weeks))
    days = long_enough(planned, shared, role_capacities(project, catalogue))
    notes = [rule.said(language) for rule in rules if rule.changes]
    if days != planned:
        notes.append(LENGTHENED.in_(language).format(planned=planned.likely, days=days.likely))
    return Sized(
        effort=Fixed({role: estimate for role, estimate in shared.items() if estimate.high > 0}),
        days=days,
        note=BETWEEN.in_(language).join(notes),
    )


def rules_for(project: Project, catalogue: Catalogue, workstream: Workstream, process: str) -> Iterator[Rule]:
    """The size of the client and each circumstance that touches work of ``workstream`` on ``process``."""
    size, language = project.engagement.size, project.engagement.language
    factors = catalogue.defaults.size[size]
    yield Rule(CLIENT[size].in_(language), factors.effort, factors.duration)
    for modifier in project.modifiers:
        if not modifier.processes or process in modifier.processes:
            yield Rule(circumstance(modifier, language), modifier.effort.get(workstream, NO_CHANGE), modifier.duration)


def circumstance(modifier: Modifier, language: str) -> str:
    """What a person calls a circumstance, with how many there are of it: ``3 sites``."""
    if modifier.count == 1:
        return modifier.name
    return COUNTED.in_(language).format(n=modifier.count, name=modifier.name)


def factor(value: float) -> str:
    """A factor as people write it: ``1.15``, ``0.7``."""
    return f"{round(value, 3):g}"


def role_capacities(project: Project, catalogue: Catalogue) -> dict[str, float]:
    """The highest daily capacity of each role; a role that the plan takes from the catalogue has the catalogue's."""
    known = {role.id: role.fte for role in catalogue.roles}
    return known | {role.id: role.most for role in project.roles}


def long_enough(days: Duration, effort: Mapping[str, Effort], capacities: Mapping[str, float]) -> Duration:
    """``days``, lengthened where a role's daily capacity could not carry the likely effort otherwise."""
    least = max(
        (
            math.ceil(round(estimate.likely / capacities[role], 6))
            for role, estimate in effort.items()
            if capacities.get(role, 0) > 0
        ),
        default=1,
    )
    likely = max(days.likely, least)
    return Duration(min(days.low, likely), likely, max(days.high, likely))
