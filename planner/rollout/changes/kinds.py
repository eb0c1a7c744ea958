"""Changes of a plan that could move an item or mend a plan without a feasible roadmap: each a value that can be shown,
compared, written down and applied.

``cost`` is judgement, in weeks: a point is about a week by which something promised comes later, or a week of one
person's work. It orders changes the way a consultant would offer them: dates that nobody gave a reason for and the
project's own rules first, then more staff and later promises, then what the whole organisation has to bear, at last
knowledge (links, the time that levels settle) and the goals themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from planner.model.calendar import ONE_DAY, CapacityChange, Period, Role
from planner.model.project import Project
from planner.text.i18n import _, ngettext


class Change(Protocol):
    """One change of a plan."""

    def apply(self, project: Project) -> Project:
        """``project`` with it. Raises Refused where the plan would not be one."""
        ...

    def said(self) -> str:
        """What it is, in words."""
        ...

    def toml(self, project: Project) -> str:
        """What to write in the plan file to have it, as one line."""
        ...

    def cost(self, project: Project) -> float:
        """How much it asks for; see the module."""
        ...


@dataclass(frozen=True, slots=True)
class MoreCapacity:
    """``more`` full-time equivalents of a role, for the whole time or from ``first`` to ``last``."""

    role: str
    more: float
    first: date | None = None
    last: date | None = None

    def apply(self, project: Project) -> Project:
        from planner.edit.facts import change_role
        from planner.edit.refused import need

        need(self.role, project.role_by_id, _("role"))
        role = self.of(project.role_by_id[self.role])
        return change_role(project, self.role, fte=role.fte, changes=role.changes)

    def of(self, role: Role) -> Role:
        """``role`` with it."""
        first = self.first or date.min
        after = self.last + ONE_DAY if self.last else date.max
        steps = [(date.min, role.fte), *((change.since, change.fte) for change in role.changes)]
        days = sorted({day for day, _fte in steps} | {first, after} - {date.max})

        def had(day: date) -> float:
            return [fte for since, fte in steps if since <= day][-1]

        now = [(day, round(had(day) + (self.more if first <= day < after else 0.0), 4)) for day in days]
        changes: list[CapacityChange] = []
        before = now[0][1]
        for day, fte in now[1:]:
            if fte != before:
                changes.append(CapacityChange(since=day, fte=fte))
                before = fte
        return replace(role, fte=now[0][1], changes=tuple(changes))

    def said(self) -> str:
        if self.first and self.last:
            text = _("{more:g} FTE more of {role} from {first} to {last}")
            return text.format(more=self.more, role=self.role, first=self.first, last=self.last)
        if self.first:
            return _("{more:g} FTE more of {role} from {first} on").format(
                more=self.more, role=self.role, first=self.first
            )
        return _("{more:g} FTE more of {role} for the whole time").format(more=self.more, role=self.role)

    def toml(self, project: Project) -> str:
        role = self.of(project.role_by_id[self.role])
        steps = ", ".join(f"{{ since = {change.since}, fte = {change.fte:g} }}" for change in role.changes)
        line = f'[[roles]] id = "{self.role}": fte = {role.fte:g}'
        return f"{line}, changes = [{steps}]" if steps else line

    def cost(self, project: Project) -> float:
        begin = max(self.first or project.engagement.start, project.engagement.start)
        weeks = ((self.last - begin).days + 1) / 7 if self.last else 52.0
        return 2 + self.more * max(weeks, 1.0)


@dataclass(frozen=True, slots=True)
class HigherLimit:
    """As much change at once as ``limit`` says, in the plan or (``phase`` given) in a phase."""

    limit: int
    phase: str = ""

    def apply(self, project: Project) -> Project:
        from planner.edit.facts import change_limits
        from planner.edit.roadmap import change_phase

        if self.phase:
            return change_phase(project, self.phase, limit=self.limit)
        return change_limits(project, absorption=self.limit)

    def said(self) -> str:
        if self.phase:
            return _("a limit on change of {limit} in phase {phase}").format(limit=self.limit, phase=self.phase)
        return _("a limit on change of {limit} in the whole plan").format(limit=self.limit)

    def toml(self, project: Project) -> str:
        if self.phase:
            return phase_edit(project, self.phase, f"limit = {self.limit}")
        return f"[limits] absorption = {self.limit}"

    def cost(self, project: Project) -> float:
        if self.phase:
            return 5.0 * max(1, self.limit - (project.phase_by_id[self.phase].limit or self.limit))
        return 8.0 * max(1, self.limit - project.limits.absorption)


@dataclass(frozen=True, slots=True)
class RelaxedLink:
    """A dependency that is only wished for (soft) instead of demanded; ``key`` as of ``Dependency.key``."""

    key: tuple[str, str, str]

    def apply(self, project: Project) -> Project:
        from planner.edit.dependencies import change_dependency

        return change_dependency(project, self.key, strength="soft")

    def said(self) -> str:
        return _("the link of {item} to {needs} a wish only (soft)").format(item=self.key[0], needs=self.key[1])

    def toml(self, project: Project) -> str:
        return f'[[dependencies]] item = "{self.key[0]}", needs = "{self.key[1]}": strength = "soft"'

    def cost(self, project: Project) -> float:
        link = next((d for d in project.dependencies if d.key == self.key), None)
        return 12.0 if link is None or link.source == "catalogue" else 8.0


@dataclass(frozen=True, slots=True)
class FreedPackage:
    """A work package that no longer waits for ``other`` (in its ``after`` or ``alongside``)."""

    package: str
    other: str

    def apply(self, project: Project) -> Project:
        from planner.edit.work import change_package

        package = project.package_by_id[self.package]
        after = tuple(name for name in package.after if name != self.other)
        alongside = tuple(name for name in package.alongside if name != self.other)
        return change_package(project, self.package, after=after, alongside=alongside)

    def said(self) -> str:
        return _("{package} not waiting for {other}").format(package=self.package, other=self.other)

    def toml(self, project: Project) -> str:
        package = project.package_by_id[self.package]
        key = "after" if self.other in package.after else "alongside"
        return f'[[packages]] id = "{self.package}": {key} without "{self.other}"'

    def cost(self, project: Project) -> float:
        return 10.0


@dataclass(frozen=True, slots=True)
class ShorterSettling:
    """Fewer ``weeks`` for which a level must settle before work on the next one."""

    level: int
    weeks: int

    def apply(self, project: Project) -> Project:
        from planner.edit.facts import change_limits

        weeks = project.limits.stabilise_weeks.with_item(str(self.level), self.weeks)
        return change_limits(project, stabilise_weeks=weeks)

    def said(self) -> str:
        text = ngettext(
            "{weeks} week for level {level} to settle before the next",
            "{weeks} weeks for level {level} to settle before the next",
            self.weeks,
        )
        return text.format(weeks=self.weeks, level=self.level)

    def toml(self, project: Project) -> str:
        return f"[limits] stabilise_weeks.{self.level} = {self.weeks}"

    def cost(self, project: Project) -> float:
        return 6 + 2.0 * max(0, project.limits.settle(self.level) - self.weeks)


@dataclass(frozen=True, slots=True)
class ShorterBreak:
    """A blackout or holiday period that ends on ``last`` instead; it falls away when that is before its first day."""

    period: Period
    last: date
    table: Literal["blackouts", "holidays"] = "blackouts"

    def apply(self, project: Project) -> Project:
        from planner.edit.facts import change_calendar

        held = project.calendar.blackouts if self.table == "blackouts" else project.calendar.holidays
        kept = (replace(p, last=self.last) if p == self.period else p for p in held)
        periods = tuple(p for p in kept if p.first <= p.last)
        if self.table == "blackouts":
            return change_calendar(project, blackouts=periods)
        return change_calendar(project, holidays=periods)

    def said(self) -> str:
        name = self.period.name or f"{self.period.first}"
        if self.last < self.period.first:
            return _("work from {first} to {last} ({name})").format(
                first=self.period.first, last=self.period.last, name=name
            )
        return _("work again after {last}, not only after {was} ({name})").format(
            last=self.last, was=self.period.last, name=name
        )

    def toml(self, project: Project) -> str:
        entry = f"{{ first = {self.period.first}, last = {self.period.last} }}"
        if self.last < self.period.first:
            return _("[calendar] {table}: remove {entry}").format(table=self.table, entry=entry)
        return f"[calendar] {self.table}: {entry} -> last = {self.last}"

    def cost(self, project: Project) -> float:
        first = max(self.period.first, self.last + ONE_DAY)
        return 8 + ((self.period.last - first).days + 1) * 2 / 7


def phase_edit(project: Project, phase: str, entry: str) -> str:
    """What to write in the plan file for ``entry`` of a phase; a proposed one is made an own one, or it is lost."""
    kept = "" if project.phase_by_id[phase].source == "own" else ', source = "own"'
    return f'[[phases]] id = "{phase}": {entry}{kept}'


def applied(project: Project, changes: Sequence[Change]) -> Project:
    """``project`` with all ``changes``, one after another. Raises Refused."""
    for change in changes:
        project = change.apply(project)
    return project
