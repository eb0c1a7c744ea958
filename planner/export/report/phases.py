"""The section ``phases`` of the report: each phase as the people see it who decide at its gate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.assessment.gates import exit_criteria
from planner.export.handover import Handover
from planner.export.outline import PhaseOutline
from planner.export.report.facts import Facts
from planner.export.report.naming import said
from planner.export.report.parts import Block, Bullets, Column, Figure, Figures, Paragraph, Section, Table
from planner.export.report.wording import from_to, lasting, person_days, sentence
from planner.export.words import percent
from planner.model.project import Decision
from planner.model.remarks import VERDICTS
from planner.rollout.metrics import broken_soft
from planner.text.i18n import _, labelled, language, ngettext

FULL = 0.9
"""From this share of its capacity on a role has little left for what goes wrong."""

MOST = 6
"""So many risks of a kind are told in a phase; the section of findings has them all."""


def section(handover: Handover) -> Section | None:
    """A part for each phase; nothing while there are none."""
    facts = handover.facts
    if not facts.phases:
        return None
    told = _Told(handover)
    parts = tuple(told.part(part) for part in facts.phases)
    return Section("phases", _("Phases"), (), _lead(len(parts)), parts)


def _lead(n: int) -> str:
    return ngettext(
        "The rollout goes in {n} phase, with a decision at its end.",
        "The rollout goes in {n} phases, with a decision at the end of each.",
        n,
    ).format(n=n)


@dataclass(frozen=True)
class _Told:
    """The phases of a plan, with what is needed to tell of them, worked out once."""

    handover: Handover

    @property
    def facts(self) -> Facts:
        return self.handover.facts

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """What was decided at the gates, by phase."""
        return {decision.phase: decision for decision in self.facts.project.decisions}

    @cached_property
    def needed(self) -> dict[str, dict[str, float]]:
        """Person-days of each role, by phase."""
        found: dict[str, dict[str, float]] = {}
        for package in self.facts.project.packages:
            if place := self.facts.placed.get(package.id):
                own = found.setdefault(place.phase, {})
                for role, effort in package.effort.items():
                    own[role] = own.get(role, 0.0) + effort.likely
        return found

    @cached_property
    def phase_of(self) -> dict[str, str]:
        """The phase of everything that a finding may be about: phases, capabilities and work packages."""
        found = {part.phase.id: part.phase.id for part in self.facts.phases}
        for part in self.facts.phases:
            for item in part.items:
                found[item.id] = part.phase.id
                found.update((package.id, part.phase.id) for package in item.packages)
        return found

    @cached_property
    def risks(self) -> dict[str, list[str]]:
        """What was found, by phase: errors and warnings about it or about what stands in it.

        What is about many phases is a risk of none of them.
        """
        found: dict[str, list[str]] = {}
        for finding in self.handover.findings:
            phases = dict.fromkeys(self.phase_of[item] for item in finding.items if item in self.phase_of)
            if finding.severity != "info" and 0 < len(phases) <= 2:
                for phase in phases:
                    found.setdefault(phase, []).append(said(self.facts.project, finding))
        return found

    @cached_property
    def broken(self) -> dict[str, list[str]]:
        """Soft dependencies that are not kept, in words, by the phase of what would gain."""
        project, found = self.facts.project, dict[str, list[str]]()
        for item, needs in broken_soft(project, project.roadmap) if project.roadmap else ():
            words = _("{item} comes before {needs}, from which it would gain.").format(
                item=project.title(item), needs=project.title(needs)
            )
            found.setdefault(self.phase_of.get(item, ""), []).append(words)
        return found

    def part(self, part: PhaseOutline) -> Section:
        """A phase."""
        blocks = tuple(self._blocks(part))
        goal = part.phase.goal or self.facts.said[part.phase.id].goal
        return Section(f"phase-{part.number}", f"{part.number}. {part.phase.name}", blocks, sentence(goal))

    def _blocks(self, part: PhaseOutline) -> Iterator[Block]:
        project, said_of = self.facts.project, self.facts.said[part.phase.id]
        peak = self._peak(part)
        if part.start and part.finish:
            yield Figures(tuple(self._figures(part, peak)))
        else:
            yield Paragraph(_("Nothing stands in this phase"))
        if part.capabilities:
            yield Bullets(tuple(self._delivered(part)), _("It delivers"))
        if said_of.benefit:
            yield Paragraph(labelled(_("The first thing users notice"), said_of.benefit.name), strong=True)
        programme = [project.title(item.id) for item in part.items if "@" not in item.id]
        if programme:
            yield Bullets(tuple(programme), _("Work of the whole programme"))
        criteria = tuple(exit_criteria(project, part.phase)) or said_of.gate
        if criteria:
            yield Bullets(criteria, _("The phase ends when"))
        if risks := tuple(self._risks(part, peak)):
            yield Bullets(risks, _("Risks"))
        if (decision := self.decisions.get(part.phase.id)) is not None:
            yield Paragraph(decided(decision))
        if part.start and part.finish:
            yield self._capacity(part, part.start, part.finish)

    def _figures(self, part: PhaseOutline, peak: tuple[str, float, date] | None) -> Iterator[Figure]:
        assert part.start is not None
        assert part.finish is not None
        when = from_to(part.start, part.finish)
        yield Figure(_("Duration"), lasting(part.start, part.finish), when)
        effort = self.facts.effort_by_phase[part.phase.id]
        spread = _("{low:.0f} to {high:.0f} as estimated").format(low=effort.low, high=effort.high)
        yield Figure(_("Effort"), person_days(effort.likely), spread)
        count = len(part.capabilities)
        yield Figure(_("Result"), ngettext("{n} capability", "{n} capabilities", count).format(n=count))
        levels = self.facts.levels_after
        before = levels[part.number - 2] if part.number > 1 else self.facts.now
        now, then = self.facts.index(before), self.facts.index(levels[part.number - 1])
        yield Figure(_("Maturity"), _("{now:.1f} to {goal:.1f}").format(now=now, goal=then))
        if peak:
            yield Figure(_("Highest load"), percent(peak[1]), peak[0])
        if (horizon := self.facts.said[part.phase.id].horizon) is not None:
            yield Figure(_("Horizon"), horizon.name.in_(language()))

    def _delivered(self, part: PhaseOutline) -> Iterator[str]:
        for item in part.items:
            if "@" in item.id:
                days = from_to(item.start, item.finish)
                yield _("{name} ({days})").format(name=self.facts.project.title(item.id), days=days)

    def _risks(self, part: PhaseOutline, peak: tuple[str, float, date] | None) -> Iterator[str]:
        if peak and peak[1] >= FULL:
            words = _("{role} is loaded with {share} on {day}: little is left for what goes wrong.")
            yield words.format(role=peak[0], share=percent(peak[1]), day=peak[2])
        for told in (self.risks.get(part.phase.id, []), self.broken.get(part.phase.id, [])):
            yield from told[:MOST]
            if (more := len(told) - MOST) > 0:
                yield ngettext("{n} more of the kind.", "{n} more of the kind.", more).format(n=more)

    def _peak(self, part: PhaseOutline) -> tuple[str, float, date] | None:
        """The role with the highest share of its capacity in use on a day of the phase, that share and that day."""
        if part.start is None or part.finish is None:
            return None
        shares = (
            (load / gives, day, role.name)
            for role in self.facts.project.roles
            for day, load in self.facts.loads.get(role.id, {}).items()
            if part.start <= day <= part.finish and (gives := role.capacity(day)) > 0
        )
        share, day, name = max(shares, key=lambda entry: entry[0], default=(0.0, part.start, ""))
        return (name, share, day) if name else None

    def _capacity(self, part: PhaseOutline, start: date, finish: date) -> Table:
        needed, gives = self.needed.get(part.phase.id, {}), self.facts.available(start, finish)
        rows = tuple(
            (
                role.name,
                round(needed[role.id], 2),
                round(gives[role.id], 2),
                round(needed[role.id] / gives[role.id], 4) if gives[role.id] else None,
            )
            for role in self.facts.project.roles
            if needed.get(role.id)
        )
        columns = (
            Column("role", _("Role")),
            Column("person_days", _("Person-days needed"), "days"),
            Column("available", _("Person-days available"), "days"),
            Column("load", _("Load"), "share"),
        )
        return Table(f"phase-{part.number}-capacity", _("Capacity"), columns, rows)


def decided(decision: Decision) -> str:
    """A decision at a gate: what, who and when."""
    who = _("{author}, {day}").format(author=decision.author or _("somebody"), day=decision.made)
    told = labelled(
        _("Decided at its gate"), _("{verdict} ({who})").format(verdict=_(VERDICTS[decision.verdict]), who=who)
    )
    return f"{sentence(told)} {sentence(decision.note)}".rstrip()
