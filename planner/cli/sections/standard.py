"""``--section standard``: the aim to be certified, its stages on their days, and which clauses are covered when."""

from collections.abc import Iterable, Iterator
from datetime import date

from planner.assessment.coverage import Coverage, coverage, edition, tailored_out
from planner.assessment.dates import finish_of, start_of
from planner.cli.layout import facts, paragraph, table, titled
from planner.edit.audit_dates import Way, way
from planner.export.report.standard import when_covered
from planner.export.words import percent
from planner.model.knowledge import Catalogue
from planner.model.known.standards import Clause, Standard
from planner.model.people import Certification
from planner.model.project import Project
from planner.text.i18n import _, labelled, language, listed, ngettext


def blocks(project: Project, catalogue: Catalogue) -> Iterable[str]:
    """Each certification that the plan aims at; without one the clauses of the newest edition that is valid."""
    known = {standard.id: standard for standard in catalogue.standards}
    for goal in project.certifications:
        if goal.standard in known:
            yield from _goal(project, catalogue, goal, known[goal.standard])
        else:
            yield paragraph(
                _("{name}: the audit is on {audit}; the templates do not have this standard").format(
                    name=goal.name, audit=goal.audit
                )
            )
    if project.certifications:
        return
    yield paragraph(
        _(
            "The plan aims at no certification. To set the goal, open the plan in the planner and add one under "
            "Standard: the standard and the day of the audit; everything else is worked out from it."
        )
    )
    newest = edition(project, catalogue)
    if newest is not None:
        yield from _clauses(project, catalogue, newest)


def _goal(project: Project, catalogue: Catalogue, goal: Certification, standard: Standard) -> Iterator[str]:
    successor = next((other for other in catalogue.standards if other.id == standard.successor), None)
    withdrawn = ""
    if standard.withdrawn:
        withdrawn = _("certificates are not valid after {day}").format(day=standard.withdrawn)
        if successor:
            withdrawn += "; " + _("aim at {successor}").format(successor=successor.name.in_(language()))
    yield facts(
        [
            (_("Certification"), f"{goal.name} ({goal.standard})"),
            (_("Deciding audit"), str(goal.audit)),
            (_("Operation before it"), _("{n} months").format(n=goal.operate_months)),
            (_("Evidence from"), _("level {level}").format(level=standard.level)),
            (_("Certificate valid"), _("{n} months").format(n=standard.valid_months)),
            (_("Withdrawn"), withdrawn),
        ]
    )
    if standard.stages:
        found = way(project, catalogue, standard, goal)
        yield _stages(project, found)
        yield _events(project, standard)
    yield from _clauses(project, catalogue, standard)


def _stages(project: Project, found: Way) -> str:
    """Each stage with the latest days of its work, and where the roadmap has it."""
    roadmap = project.roadmap
    rows = []
    for place, window in enumerate(found.windows, 1):
        rows.append([f"{place}. {window.stage.name.in_(language())}", str(window.first), str(window.last), "", ""])
        for slot in (slot for slot in found.slots if slot.stage is window.stage):
            package = project.package_by_id.get(slot.id)
            start = start_of(project, roadmap, slot.id) if roadmap else None
            finish = finish_of(project, roadmap, slot.id) if roadmap else None
            rows.append(
                [
                    f"- {package.name if package else slot.work.name.in_(language())}",
                    str(slot.start),
                    str(slot.finish),
                    str(start or "-"),
                    str(finish or "-"),
                ]
            )
    head = [_("Stage"), _("Latest start"), _("Latest end"), _("Starts"), _("Ends")]
    gates = (
        paragraph(labelled(_("Gate"), window.stage.gate.in_(language())), indent=4, bullet=f"{place}. ")
        for place, window in enumerate(found.windows, 1)
    )
    return titled(_("Stages, counted back from the audit"), table(head, rows, indent=2), *gates)


def _events(project: Project, standard: Standard) -> str:
    rows = [
        [str(stone.day), stone.name, stone.reason]
        for stone in sorted(project.milestones, key=lambda stone: stone.day or date.max)
        if stone.day and stone.id.startswith(f"{standard.id}-")
    ]
    return titled(_("Dates"), table([_("Day"), _("Milestone"), _("Why then")], rows, indent=2)) if rows else ""


def _clauses(project: Project, catalogue: Catalogue, standard: Standard) -> Iterator[str]:
    found = coverage(project, catalogue, standard.id)
    yield _shares(project, found)
    yield _table(project, catalogue, found)
    yield _gaps(project, catalogue, found)
    yield _asked(standard)
    yield _sources(standard)


def _shares(project: Project, found: Coverage) -> str:
    rows = [[_("now"), str(found.now), percent(found.share())]]
    rows += [
        [_("after {phase}").format(phase=phase.name), str(found.after[phase.id]), percent(found.share(phase.id))]
        for phase in project.phases
    ]
    title = ngettext("{name}: covered of {n} clause", "{name}: covered of {n} clauses", found.total).format(
        name=found.standard.name.in_(language()), n=found.total
    )
    return titled(title, table([_("When"), _("Clauses"), _("Share")], rows, right="<>>", indent=2))


def _table(project: Project, catalogue: Catalogue, found: Coverage) -> str:
    """The clauses with what gives evidence, when they are covered, and the same in the other editions."""
    others = [o for o in catalogue.standards if any(o.id in part.clause.same for part in found.clauses)]
    rows = [
        [
            part.clause.id,
            part.clause.title.in_(language()),
            listed(part.clause.items),
            when_covered(project, part),
            *(listed(_narrowest(part.clause.same.get(other.id, ()))) for other in others),
        ]
        for part in found.clauses
    ]
    names = [_("in {name}").format(name=other.name.in_(language())) for other in others]
    return titled(
        _("Clauses"), table([_("Clause"), _("Title"), _("Evidence by"), _("Covered"), *names], rows, indent=2)
    )


def _narrowest(ids: Iterable[str]) -> list[str]:
    """``ids`` without the clauses above others of them."""
    every = list(ids)
    return [ident for ident in every if not any(other.startswith(f"{ident}.") for other in every)]


def _gaps(project: Project, catalogue: Catalogue, found: Coverage) -> str:
    """What no phase covers, and what the plan does not even aim at."""
    out = dict(tailored_out(project, catalogue, found.standard.id))
    rows = []
    for part in found.clauses:
        if part.clause.items and not part.now and not part.phase:
            lacking = out.get(part.clause, ())
            rows.append([part.clause.id, part.clause.title.in_(language()), _why(project, part.clause, lacking)])
    if not rows:
        return paragraph(_("Every clause is covered at the end of the roadmap."))
    return titled(_("Not covered"), table([_("Clause"), _("Title"), _("What is missing")], rows, indent=2))


def _why(project: Project, clause: Clause, lacking: tuple[str, ...]) -> str:
    if lacking:
        return _("no target asks for {items}: no clause may be left out").format(items=listed(lacking))
    waiting = [item for item in clause.items if not project.stands_at(item)]
    return _("the roadmap does not reach {items}").format(items=listed(waiting))


def _asked(standard: Standard) -> str:
    """What each clause expects to see."""
    lines = []
    for clause in standard.clauses:
        words = [words.in_(language()) for words in (clause.evidence, clause.stresses) if words]
        if words:
            lines.append(paragraph(" - ".join(words), indent=2, bullet=f"{clause.id}  "))
    return titled(_("Expected evidence - and what the sources stress"), *lines) if lines else ""


def _sources(standard: Standard) -> str:
    counts: dict[str, int] = {}
    for clause in standard.clauses:
        counts[clause.source] = counts.get(clause.source, 0) + 1
    texts = [
        ngettext("{source} ({n} clause)", "{source} ({n} clauses)", n).format(source=source, n=n)
        for source, n in counts.items()
    ]
    texts += dict.fromkeys(_("{source} (stages)").format(source=stage.source) for stage in standard.stages)
    texts += dict.fromkeys(
        _("{source} (after the certificate)").format(source=event.source) for event in standard.cycle
    )
    return titled(_("Sources"), *(paragraph(text, indent=2, bullet="- ") for text in texts))
