"""The section ``about`` of the report: how to read it, and what it goes without. It always comes last."""

from collections.abc import Iterator

from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Bullets, Section
from planner.export.report.summary import known_good
from planner.model.rating import profile_of
from planner.text.i18n import _, labelled, language, listed, ngettext


def section(handover: Handover) -> Section:
    """How levels, effort and days are meant; for a client's copy what it leaves out, as the last thing."""
    facts = handover.facts
    blocks: list[Block] = [Bullets(tuple(_reading(facts)), _("How to read this"))]
    if levels := tuple(_levels(facts)):
        blocks.append(Bullets(levels, _("Levels of maturity")))
    blocks.append(Bullets(tuple(_sources(handover)), _("What it rests on")))
    if handover.left_out:
        blocks.append(Bullets(handover.left_out, _("This copy is for the client. It goes without")))
        lead = _("How to read this document, and what this copy goes without.")
    else:
        lead = _("How to read this document, and what it rests on.")
    return Section("about", _("About this document"), tuple(blocks), lead)


def _reading(facts: Facts) -> Iterator[str]:
    yield _("The level of a process is that of its weakest dimension; maturity is the mean of the processes in scope.")
    yield _("A person-day is the work of one person on one working day; planning uses likely values.")
    yield _("Wanted is what the client aims at; planned is that and what other processes need of it.")
    yield _("A hard dependency must be kept; a soft one helps and may be broken at a price.")
    yield _("The work of a capability lifts a process by one level; it is reached when all its work is finished.")
    if facts.project.phases:
        yield _("A phase ends at its gate: somebody decides by the exit criteria whether to go on.")
    if facts.placed:
        yield _("Days follow from dependencies, capacity, holidays and limits on change; overloaded roles are named.")


def _levels(facts: Facts) -> Iterator[str]:
    tongue = language()
    for level in facts.catalogue.levels:
        yield labelled(f"{level.number} {level.name.in_(tongue)}", level.picture.in_(tongue))


def _sources(handover: Handover) -> Iterator[str]:
    facts, project = handover.facts, handover.project
    yield labelled(_("Plan"), listed((project.engagement.name, handover.identity.version)))
    yield _("As of {day}: nothing later is known to this document.").format(day=handover.identity.as_of)
    if profile := profile_of(project, facts.catalogue):
        yield labelled(_("Questionnaire"), profile.name.in_(language()))
    if project.roadmap is not None:
        strategy = facts.strategy_name or _("no strategy")
        told = _("{strategy}; {quality}").format(strategy=strategy, quality=known_good(facts))
        if project.roadmap.absorption is not None:
            told = _("{origin}; up to {n} processes change at once, on purpose").format(
                origin=told, n=project.roadmap.absorption
            )
        yield labelled(_("Roadmap"), told)
    for baseline in project.baselines:
        told = labelled(_("Baseline"), _("{name}, {day}").format(name=baseline.name, day=baseline.taken))
        by = _("{told}, agreed to by {name}").format(told=told, name=baseline.approved_by)
        yield by if baseline.approved_by else told
    if sheets := len(project.answer_sheets):
        yield ngettext("{n} sheet of answers", "{n} sheets of answers", sheets).format(n=sheets)
