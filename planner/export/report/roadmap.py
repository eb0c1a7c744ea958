"""The section ``roadmap`` of the report: what comes when."""

from collections.abc import Iterator, Sequence

from planner.assessment.milestones import dated
from planner.export.handover import Handover
from planner.export.outline import Item
from planner.export.report.facts import Facts
from planner.export.report.parts import Bar, Block, Bullets, Column, Section, Stone, Table, Timeline
from planner.export.report.wording import from_to, lasting, person_days
from planner.graph.links import links
from planner.model.calendar import months_after
from planner.model.values import WORKSTREAMS
from planner.text.i18n import _, labelled, listed, ngettext

GATE, AUDIT = "gate", "audit"
"""The kinds of a stone at the end of a phase, and at the day on which a certificate is decided."""

BEYOND = 12
"""Months before and after all work of which the time line shows the milestones: with more, the work itself shrinks."""


def section(handover: Handover) -> Section | None:
    """The time line, the phases with their days, and what has no place yet; nothing without a roadmap."""
    facts = handover.facts
    line = timeline(handover)
    if line is None:
        return None
    blocks: list[Block] = [line, _phases(facts), *_later(facts, line), *_waiting(facts)]
    return Section("roadmap", _("Roadmap"), tuple(blocks), _lead(facts))


def _lead(facts: Facts) -> str:
    assert facts.first is not None
    assert facts.last is not None
    count = sum(bool(part.items) for part in facts.phases)
    told = ngettext(
        "The work takes {time}, from {first} to {last}, in {n} phase.",
        "The work takes {time}, from {first} to {last}, in {n} phases.",
        count,
    )
    return told.format(time=lasting(facts.first, facts.last), first=facts.first, last=facts.last, n=count)


def timeline(handover: Handover) -> Timeline | None:
    """The roadmap in time; None while nothing is placed."""
    facts = handover.facts
    if facts.first is None or facts.last is None:
        return None
    needs = _needs(facts)
    bars = tuple(_bar(facts, number, item, needs.get(item.id, ())) for number, item in facts.placed_items)
    first, last = months_after(facts.first, -BEYOND), months_after(facts.last, BEYOND)
    stones = tuple(stone for stone in _stones(facts) if first <= stone.day <= last)
    days = [facts.first, facts.last, *(stone.day for stone in stones)]
    return Timeline(_("Roadmap"), min(days), max(days), facts.spans, bars, stones, facts.project.engagement.as_of)


def _needs(facts: Facts) -> dict[str, list[str]]:
    """By bar: the other bars that it must wait for."""
    bar = {package.id: item.id for _number, item in facts.placed_items for package in item.packages}
    bar |= {item.id: item.id for _number, item in facts.placed_items}
    found: dict[str, dict[str, None]] = {}
    for link in links(facts.project):
        before, after = bar.get(link.needs, ""), bar.get(link.item, "")
        if link.hard and before and after and before != after:
            found.setdefault(after, {})[before] = None
    return {after: [*before] for after, before in found.items()}


def _bar(facts: Facts, number: int, item: Item, needs: Sequence[str]) -> Bar:
    used = {package.workstream for package in item.packages}
    done = sum(package.id in facts.done for package in item.packages) / len(item.packages)
    return Bar(
        item.id,
        facts.project.title(item.id),
        number,
        item.start,
        item.finish,
        tuple(stream for stream in WORKSTREAMS if stream in used),
        round(item.person_days, 2),
        done,
        tuple(_detail(facts, number, item, done)),
        tuple(needs),
    )


def _detail(facts: Facts, number: int, item: Item, done: float) -> Iterator[str]:
    part = facts.phases[number - 1]
    yield labelled(_("Phase"), f"{part.number}. {part.phase.name}")
    yield _("{days}; {effort}").format(days=from_to(item.start, item.finish), effort=person_days(item.person_days))
    if "@" in item.id:
        yield labelled(_("Work packages"), listed(package.name for package in item.packages))
    if done:
        yield _("{share:.0f} % finished").format(share=done * 100)


def _stones(facts: Facts) -> list[Stone]:
    """Gates, milestones and audits in order of their days; certificates and their renewals are milestones, too."""
    found = [
        Stone(f"{GATE}-{part.phase.id}", _("Gate: {phase}").format(phase=part.phase.name), part.finish, GATE)
        for part in facts.phases
        if part.finish
    ]
    known = [(stone, day) for stone, day in dated(facts.project) if day]
    found += [Stone(stone.id, stone.name, day, stone.kind) for stone, day in known]
    days = {(stone.kind, day) for stone, day in known}
    found += [
        Stone(f"{AUDIT}-{goal.standard}", _("Audit: {name}").format(name=goal.name), goal.audit, AUDIT)
        for goal in facts.project.certifications
        if (AUDIT, goal.audit) not in days
    ]
    return sorted(found, key=lambda stone: stone.day)


def _phases(facts: Facts) -> Table:
    columns = (
        Column("number", _("Number"), "number"),
        Column("phase", _("Phase")),
        Column("start", _("Start"), "date"),
        Column("finish", _("Finish"), "date"),
        Column("working_days", _("Working days"), "days"),
        Column("person_days", _("Person-days"), "days"),
        Column("capabilities", _("Capabilities"), "number"),
        Column("maturity", _("Maturity at its end"), "number"),
        Column("delivers", _("What it delivers")),
    )
    rows = tuple(
        (
            part.number,
            part.phase.name,
            part.start,
            part.finish,
            facts.project.calendar.count(part.start, part.finish) if part.start and part.finish else None,
            round(facts.effort_by_phase[part.phase.id].likely, 2),
            len(part.capabilities),
            round(facts.index(facts.levels_after[part.number - 1]), 2),
            listed(facts.project.title(item) for item in part.capabilities),
        )
        for part in facts.phases
    )
    return Table("phases", _("Phases"), columns, rows)


def _later(facts: Facts, line: Timeline) -> Iterator[Block]:
    """The milestones that lie too far away for the time line."""
    later = tuple(
        _("{day}: {name}").format(day=stone.day, name=stone.name)
        for stone in _stones(facts)
        if not line.first <= stone.day <= line.last
    )
    if later:
        yield Bullets(later, _("Long before or after this work"))


def _waiting(facts: Facts) -> Iterator[Block]:
    if facts.waiting:
        yield Bullets(tuple(package.name for package in facts.waiting), _("Not placed yet"))
