"""Which slides a deck has, and in which order."""

from collections.abc import Callable
from dataclasses import replace

from planner.export.handover import Handover
from planner.export.report.parts import Column, HeatMap, Network, Report, Section, Table, Timeline
from planner.export.slides.cards import arranged
from planner.export.slides.cover import bottom_line, cover
from planner.export.slides.deck import Deck
from planner.export.slides.flow import flow
from planner.export.slides.grid import shown
from planner.export.slides.heat import heat
from planner.export.slides.phase import phase
from planner.export.slides.roadmap import network, roadmap

TOLD = ("summary", "assessment", "roadmap", "phases", "dependencies", "alternatives", "findings", "decisions", "about")
"""What a steering committee is told where nobody has chosen anything; the rest is for those who do the work."""

FINDINGS = 10
"""So many findings are shown."""

ACROSS = 6
"""So many rows of a table become columns at most, where it is turned."""


def tell(handover: Handover) -> Deck:
    """The deck on a plan."""
    deck = Deck(handover)
    report = handover.report
    cover(deck, report)
    for section in report.sections:
        if handover.theme.sections or section.id in TOLD:
            handover.steps.at(section.title)
            _SLIDES.get(section.id, _any)(deck, report, section)
    return deck


def _summary(deck: Deck, report: Report, section: Section) -> None:
    phases = report.section("phases")
    goals = {number: part.lead for number, part in enumerate(phases.parts, 1)} if phases else {}
    bottom_line(deck, section, _timeline(report), goals, section.title)


def _assessment(deck: Deck, report: Report, section: Section) -> None:
    found = [block for block in section.blocks if isinstance(block, HeatMap) and block.rows]
    for block in found:
        heat(deck, block, section.lead or section.title, section.title)
    if not found:
        _any(deck, report, section)


def _roadmap(deck: Deck, report: Report, section: Section) -> None:
    for block in section.blocks:
        if isinstance(block, Timeline):
            roadmap(deck, block, section.lead or section.title, section.title)


def _phases(deck: Deck, report: Report, section: Section) -> None:
    line = _timeline(report)
    spans = {span.number: span for span in line.phases} if line else {}
    for number, part in enumerate(section.parts, 1):
        deck.handover.steps.at(part.title)
        phase(deck, part, spans.get(number), section.title)


def _dependencies(deck: Deck, report: Report, section: Section) -> None:
    found = [block for block in section.blocks if isinstance(block, Network) and block.nodes]
    for block in found:
        network(deck, block, section.lead or section.title, section.title)
    if not found:
        _any(deck, report, section)


def _alternatives(deck: Deck, report: Report, section: Section) -> None:
    tables = [turned(block) for block in section.blocks if isinstance(block, Table)]
    blocks = (*tables, *(block for block in section.blocks if not isinstance(block, Table)))
    flow(deck, replace(section, blocks=blocks), section.title)


def _findings(deck: Deck, report: Report, section: Section) -> None:
    flow(deck, section, section.title, rows=FINDINGS)


def _about(deck: Deck, report: Report, section: Section) -> None:
    found = arranged(section.blocks, deck.body, deck.look.theme)
    if found.whole:
        found.draw(deck.page(section.lead or section.title, section.title))
    else:
        flow(deck, section, section.title, most=3)


def _any(deck: Deck, report: Report, section: Section) -> None:
    flow(deck, section, section.title)


_SLIDES: dict[str, Callable[[Deck, Report, Section], None]] = {
    "summary": _summary,
    "assessment": _assessment,
    "roadmap": _roadmap,
    "phases": _phases,
    "dependencies": _dependencies,
    "alternatives": _alternatives,
    "findings": _findings,
    "about": _about,
}


def turned(table: Table) -> Table:
    """``table`` with a column for each of its rows, where there are few of them and each says much."""
    if len(table.rows) > ACROSS or len(table.columns) <= len(table.rows) + 1:
        return table
    heads = [shown(row[0], table.columns[0]) for row in table.rows]
    columns = (Column("what", table.columns[0].title), *(Column(f"row-{n}", head) for n, head in enumerate(heads)))
    rows = tuple(
        (column.title, *(shown(row[at], column) for row in table.rows)) for at, column in enumerate(table.columns) if at
    )
    return replace(table, columns=columns, rows=rows)


def _timeline(report: Report) -> Timeline | None:
    section = report.section("roadmap")
    blocks = section.blocks if section else ()
    return next((block for block in blocks if isinstance(block, Timeline)), None)
