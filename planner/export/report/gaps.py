"""The section ``gaps`` of the report: what to lift first and why, which pains that cures, what comes in besides."""

from collections.abc import Iterator, Mapping

from planner.assessment.ranking import Ranked, ranked
from planner.edit.pains import propose_targets
from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Bullets, Column, Section, Table
from planner.export.report.wording import some
from planner.text.i18n import _, listed

NAMED = 3
"""So many processes are named in the headline."""


def section(handover: Handover) -> Section | None:
    """Processes by priority, pains with what cures them, capabilities that only others need."""
    facts = handover.facts
    found = ranked(facts.project, facts.catalogue)
    if not found:
        return None
    blocks: list[Block] = [_ranks(facts, found)]
    blocks += _pains(facts)
    blocks += _pulled(facts)
    return Section("gaps", _("Gaps and priorities"), tuple(blocks), _lead(facts, found))


def _lead(facts: Facts, found: tuple[Ranked, ...]) -> str:
    names = [facts.project.process_by_id[one.process].name for one in found if one.priority]
    if not names:
        return _("No target of its own asks for more; what is built, others need.")
    return _("The most urgent to lift: {names}.").format(names=some(names, NAMED))


def _ranks(facts: Facts, found: tuple[Ranked, ...]) -> Table:
    project = facts.project
    pains = {pain.id: pain.name for pain in project.pains}
    rows = []
    for place, one in enumerate(found, 1):
        process, own = project.process_by_id[one.process], one.priority
        rows.append(
            (
                place,
                process.name,
                process.level,
                facts.wanted[process.id],
                own.gap if own else None,
                process.importance,
                own.pain_factor if own else None,
                own.value if own else None,
                listed(pains[pain] for pain in own.pains) if own else "",
                len(one.waiting),
                round(one.days, 2),
                process.reason if own else _("needed by {other}").format(other=project.title(one.pulled_by)),
            )
        )
    columns = (
        Column("rank", _("Rank"), "number"),
        Column("process", _("Process")),
        Column("level_now", _("Level now"), "level"),
        Column("level_planned", _("Level planned"), "level"),
        Column("gap", _("Gap"), "number"),
        Column("importance", _("Importance"), "number"),
        Column("pain_factor", _("Pain"), "number"),
        Column("priority", _("Priority"), "number"),
        Column("pains", _("Pains")),
        Column("waiting", _("Processes that wait for it"), "number"),
        Column("person_days", _("Person-days"), "days"),
        Column("why", _("Why")),
    )
    note = _("Priority is gap x importance x pain.")
    if any(one.priority is None for one in found):
        note = f"{note} " + _("What only others need has no gap and no priority of its own.")
    return Table("priorities", _("Processes by priority"), columns, tuple(rows), note)


def _pains(facts: Facts) -> Iterator[Block]:
    project = facts.project
    if not project.pains:
        return
    notes = any(pain.note for pain in project.pains)
    rows = []
    for pain in sorted(project.pains, key=lambda pain: -pain.weight):
        cure = listed(f"{facts.process(process)} {level}" for process, level in pain.levels.items())
        row = (pain.name, pain.weight, cure, _cured(facts, pain.levels))
        rows.append((*row, pain.note) if notes else row)
    columns = (
        Column("pain", _("Pain")),
        Column("weight", _("Hurts"), "number"),
        Column("cure", _("Cured by")),
        Column("when", _("Cured")),
        *((Column("note", _("Note")),) if notes else ()),
    )
    yield Table("pains", _("Pains and their cure"), columns, tuple(rows))
    short = [target for target in propose_targets(project, facts.catalogue) if target.raises]
    if short:
        names = (f"{facts.process(target.process)} {target.level}" for target in short)
        yield Bullets((_("The targets do not reach that far yet: {items}").format(items=listed(names)),))


def _cured(facts: Facts, asked: Mapping[str, int]) -> str:
    """After which phase every level that a pain asks for is reached."""
    if _stands(facts.now, asked):
        return _("stands already")
    for part, levels in zip(facts.phases, facts.levels_after, strict=True):
        if _stands(levels, asked):
            return _("after {phase}").format(phase=part.phase.name)
    return _("not by this roadmap") if facts.placed else ""


def _stands(levels: Mapping[str, int], asked: Mapping[str, int]) -> bool:
    return all(levels.get(process, 0) >= level for process, level in asked.items())


def _pulled(facts: Facts) -> Iterator[Block]:
    rows = tuple(
        (facts.project.title(need.item), facts.project.title(need.pulled_by), need.reason)
        for need in facts.needs.values()
        if need.pulled
    )
    if rows:
        columns = (Column("item", _("Capability")), Column("needed_by", _("Needed by")), Column("why", _("Why")))
        yield Table("pulled_in", _("No target asks for these, but others need them"), columns, rows)
