"""The section ``raci`` of the report: who does what, and who that is."""

from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Cell, Column, Section, Table
from planner.model.capability import process_of
from planner.model.known.work import RaciParty
from planner.model.project import ProcessScope, Project
from planner.model.terms import post_of
from planner.text.i18n import _, language, ngettext


def section(handover: Handover) -> Section | None:
    """The matrix of activities and parties, and who these are; nothing where the catalogue has none."""
    facts = handover.facts
    moving = built(facts.project)
    if not facts.catalogue.raci or not moving:
        return None
    blocks: list[Block] = [_matrix(facts)]
    parties = [party for party in facts.catalogue.parties if party.post]
    if parties:
        blocks.append(_posts(facts, moving, parties))
    return Section("raci", _("Responsibilities"), tuple(blocks), _lead(moving))


def built(project: Project) -> tuple[ProcessScope, ...]:
    """The processes that the plan lifts, in plan order."""
    worked = {process_of(item) for item in project.capabilities}
    return tuple(process for process in project.processes if process.id in worked)


def _lead(moving: tuple[ProcessScope, ...]) -> str:
    without = sum(not process.owner for process in moving)
    if not without:
        return _("Every process that is lifted has an owner who answers for it.")
    told = ngettext(
        "{n} process that is lifted has no owner yet.", "{n} processes that are lifted have no owner yet.", without
    )
    return told.format(n=without)


def _matrix(facts: Facts) -> Table:
    tongue, parties = language(), facts.catalogue.parties
    columns = (
        Column("activity", _("Activity")),
        *(Column(party.id.replace("-", "_"), party.name.in_(tongue)) for party in parties),
    )
    rows = tuple(
        (activity.name.in_(tongue), *(activity.parts.get(party.id, "") for party in parties))
        for activity in facts.catalogue.raci
    )
    note = _("R responsible, A accountable, C consulted, I informed")
    return Table("raci", _("Who does what in each step of a process"), columns, rows, note)


def _posts(facts: Facts, moving: tuple[ProcessScope, ...], parties: list[RaciParty]) -> Table:
    columns = (
        Column("process", _("Process")),
        *(Column(party.id.replace("-", "_"), party.name.in_(language())) for party in parties),
    )
    rows: list[tuple[Cell, ...]] = [
        (process.name, *(stands_for(facts.project, process, party) for party in parties)) for process in moving
    ]
    return Table("posts", _("Which posts these are"), columns, tuple(rows))


def stands_for(project: Project, process: ProcessScope, party: RaciParty) -> str:
    """Who stands for ``party`` in ``process``: the post and who is on it; empty where nobody is named."""
    named = {"owner": process.owner, "manager": process.manager, "sponsor": project.engagement.sponsor}[party.post]
    post = post_of(project, named)
    if post is None:
        return named
    return _("{post} ({holder})").format(post=post.name, holder=post.holder) if post.holder else post.name
