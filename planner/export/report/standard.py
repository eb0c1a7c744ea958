"""The section ``standard`` of the report: which clauses have evidence, now and after each phase."""

from collections.abc import Iterator

from planner.assessment.coverage import ClauseCoverage, Coverage, coverage, edition, tailored_out
from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Cell, Column, Paragraph, Section, Table
from planner.export.words import percent
from planner.model.project import Project
from planner.text.i18n import _, language, listed


def section(handover: Handover) -> Section | None:
    """The clauses of each standard that the plan aims at, else of the newest; nothing without any standard."""
    facts = handover.facts
    known = {standard.id for standard in facts.catalogue.standards}
    aims = list(dict.fromkeys(goal.standard for goal in facts.project.certifications if goal.standard in known))
    newest = edition(facts.project, facts.catalogue)
    if newest is None or not facts.project.processes:
        return None
    found = [coverage(facts.project, facts.catalogue, ident) for ident in aims or [newest.id]]
    title = _("Coverage of the standard")
    if len(found) == 1:
        return Section("standard", title, tuple(_blocks(facts, found[0])), _lead(facts, found[0]))
    parts = tuple(
        Section(one.standard.id, one.standard.name.in_(language()), tuple(_blocks(facts, one)), _lead(facts, one))
        for one in found
    )
    return Section("standard", title, (), _lead(facts, found[0]), parts)


def _lead(facts: Facts, found: Coverage) -> str:
    name = found.standard.name.in_(language())
    if not facts.project.phases:
        told = _("{name}: {now} of the clauses have evidence today.")
        return told.format(name=name, now=percent(found.share()))
    last = facts.project.phases[-1].id
    told = _("{name}: {now} of the clauses have evidence today, {then} at the end of the roadmap.")
    return told.format(name=name, now=percent(found.share()), then=percent(found.share(last)))


def _blocks(facts: Facts, found: Coverage) -> Iterator[Block]:
    goals = [goal for goal in facts.project.certifications if goal.standard == found.standard.id]
    for goal in goals:
        yield Paragraph(
            _("{name}: the deciding audit is on {day}.").format(name=goal.name, day=goal.audit), strong=True
        )
    if not goals:
        yield Paragraph(_("The plan aims at no certification: this shows what it would be worth for one."))
    suffix = "" if len(facts.project.certifications) < 2 else f"-{found.standard.id}"
    yield _shares(facts, found, suffix)
    yield _clauses(facts, found, suffix)


def _shares(facts: Facts, found: Coverage, suffix: str) -> Table:
    columns = (
        Column("when", _("When")),
        Column("clauses", _("Clauses covered"), "number"),
        Column("share", _("Share"), "share"),
    )
    rows: list[tuple[Cell, ...]] = [(_("now"), found.now, found.share())]
    rows += [
        (_("after {phase}").format(phase=phase.name), found.after[phase.id], found.share(phase.id))
        for phase in facts.project.phases
    ]
    title = _("Clauses with evidence, of {n}").format(n=found.total)
    return Table(f"coverage{suffix}", title, columns, tuple(rows))


def _clauses(facts: Facts, found: Coverage, suffix: str) -> Table:
    project, tongue = facts.project, language()
    out = dict(tailored_out(project, facts.catalogue, found.standard.id))
    columns = (
        Column("clause", _("Clause")),
        Column("title", _("Title")),
        Column("evidence_by", _("Evidence by")),
        Column("covered", _("Covered")),
        Column("missing", _("What is missing")),
        Column("evidence", _("Expected evidence")),
    )
    rows = tuple(
        (
            part.clause.id,
            part.clause.title.in_(tongue),
            _names(facts, part.items),
            when_covered(project, part),
            _missing(facts, part, out.get(part.clause, ())),
            part.clause.evidence.in_(tongue) if part.clause.evidence else "",
        )
        for part in found.clauses
    )
    return Table(f"clauses{suffix}", _("Clauses"), columns, rows)


def when_covered(project: Project, part: ClauseCoverage) -> str:
    """From when on a clause has evidence, in words."""
    if part.now:
        return _("now")
    if part.phase:
        return _("after {phase}").format(phase=project.phase_by_id[part.phase].name)
    if part.standing:
        return _("no; {n} of {all} stand now").format(n=len(part.standing), all=len(part.items))
    return _("no")


def _missing(facts: Facts, part: ClauseCoverage, lacking: tuple[str, ...]) -> str:
    """Why a clause is never covered; nothing for one that is, and for one above others."""
    if part.now or part.phase or not part.clause.items:
        return ""
    if lacking:
        return _("no target asks for {items}").format(items=_names(facts, lacking))
    waiting = [item for item in part.clause.items if not facts.project.stands_at(item)]
    return _("the roadmap does not reach {items}").format(items=_names(facts, waiting))


def _names(facts: Facts, items: "tuple[str, ...] | list[str]") -> str:
    return listed(facts.title(item) for item in items)
