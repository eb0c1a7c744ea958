"""Looks at the way to a certificate of a standard: clauses, operation, audits, editions (domain.md §6, §7)."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.checks.registry import Hit, View, looks
from planner.checks.told import processes, ticked
from planner.graph.closure import levels_required
from planner.model.calendar import months_after
from planner.model.capability import capability, level_of, process_of
from planner.model.known.standards import Standard
from planner.model.people import Certification
from planner.text.i18n import _, language, listed


def _aims(view: View) -> Iterator[tuple[Certification, Standard]]:
    """The certifications that the plan aims at, with what the catalogue knows of their standards."""
    known = {standard.id: standard for standard in view.catalogue.standards}
    for aim in view.project.certifications:
        if aim.standard in known:
            yield aim, known[aim.standard]


def _evidence(standard: Standard) -> dict[str, list[str]]:
    """The capabilities that give evidence for the standard, a process at the highest level asked, and their clauses."""
    levels = levels_required(item for clause in standard.clauses for item in clause.items)
    asked: dict[str, list[str]] = {capability(process, level): [] for process, level in levels.items()}
    for clause in standard.clauses:
        for item in {capability(process_of(item), levels[process_of(item)]) for item in clause.items}:
            asked[item].append(clause.id)
    return asked


@looks("CHK46")
def tailored_out(view: View) -> Iterator[Hit]:
    """Clauses for which the plan does not bring every process to the level that evidence needs."""
    project, reaches = view.project, view.facts.reaches

    def aimed(item: str) -> bool:
        """Whether the process stands there, or both its targets and its work lead there."""
        process = project.process_by_id.get(process_of(item))
        if process is None or not process.in_scope:
            return False
        planned = process.target_level >= level_of(item) and reaches.get(process.id, 0) >= level_of(item)
        return project.stands_at(item) or planned

    for aim, standard in _aims(view):
        low = {item: clauses for item, clauses in _evidence(standard).items() if not aimed(item)}
        if low:
            missing = {clause for clauses in low.values() for clause in clauses}
            yield Hit(
                _("{aim}: clauses {clauses} lack evidence, as these are neither reached nor planned: {items}").format(
                    aim=aim.name,
                    clauses=listed(clause.id for clause in standard.clauses if clause.id in missing),
                    items=listed(_title(view, item) for item in low),
                ),
                (aim.standard, *low),
            )


def _title(view: View, item: str) -> str:
    """A capability as the plan calls it, or as the catalogue does where the plan does not have its process."""
    return f"{processes(view, [process_of(item)])} {level_of(item)}"


@looks("CHK47")
def evidence_too_short(view: View) -> Iterator[Hit]:
    """Audits that come before the system has run long enough, been audited inside and reviewed by the management."""
    for aim, standard in _aims(view):
        lives = [(day, item) for item in _evidence(standard) if (day := view.facts.go_lives.get(item))]
        last, item = max(lives, default=(view.project.engagement.start, ""))
        ready = months_after(last, aim.operate_months)
        names = {"aim": aim.name, "audit": aim.audit, "months": aim.operate_months, "ready": ready, "day": last}
        if ready > aim.audit and item:
            yield Hit(
                _(
                    "{aim}: the audit is on {audit}; {item} goes live on {day}, so {months} months of operation are "
                    "over on {ready}"
                ).format(item=view.project.title(item), **names),
                (aim.standard, item),
            )
        elif ready > aim.audit and not all(view.project.stands_at(item) for item in _evidence(standard)):
            yield Hit(
                _("{aim}: the audit is on {audit}; {months} months after the project starts it is {ready}").format(
                    **names
                ),
                (aim.standard,),
            )
        for kind, message in (
            ("internal_audit", _("{aim}: no internal audit is planned before the audit on {audit}")),
            ("management_review", _("{aim}: no management review is planned before the audit on {audit}")),
        ):
            if not _planned_before(view, aim, view.names(kind)):
                yield Hit(message.format(**names), (aim.standard,))


def _planned_before(view: View, aim: Certification, names: tuple[str, ...]) -> bool:
    """Whether a milestone of one of the kinds ``names``, or work that is called or hands over such, precedes the audit.

    Work of one process does not count: it audits that process, and not the system.
    """
    if any(stone.kind in names and day < aim.audit for stone, day in view.facts.milestones):
        return True
    ids = {*names, *(f"{aim.standard}-{name}" for name in names)}
    spans = view.facts.spans
    return any(
        (package.id in ids or not ids.isdisjoint(package.deliverables))
        and (package.id not in spans or spans[package.id].finish < aim.audit)
        for package in view.project.packages_of.get("", ())
    )


@looks("CHK48")
def surveillance_missing(view: View) -> Iterator[Hit]:
    """Audits that must follow a certificate and have no milestone in time."""
    for aim, standard in _aims(view):
        certified = _certified(view, aim)
        end = months_after(certified, standard.valid_months)
        free = [
            (stone, day) for stone, day in view.facts.milestones if day > certified and _belongs(view, aim, stone.id)
        ]
        for event in sorted(standard.cycle, key=lambda event: event.months):
            latest = months_after(certified, event.months) + timedelta(days=view.number("days"))
            found = next((pair for pair in free if pair[0].kind == event.kind and pair[1] <= min(latest, end)), None)
            if found:
                free.remove(found)
            else:
                yield Hit(
                    _("{aim}: nothing is planned for {event}, due by {day}").format(
                        aim=aim.name,
                        event=event.name.in_(language()),
                        day=min(months_after(certified, event.months), end),
                    ),
                    (aim.standard,),
                )


def _certified(view: View, aim: Certification) -> date:
    """The day of the certificate: that of its milestone, else that of the audit."""
    kinds = view.names("certificate")
    days = (
        day for stone, day in view.facts.milestones if stone.kind in kinds and stone.id.startswith(f"{aim.standard}-")
    )
    return next(days, aim.audit)


def _belongs(view: View, aim: Certification, milestone: str) -> bool:
    """Whether a milestone is of this certification; where there is only one, every milestone is."""
    return len(view.project.certifications) == 1 or milestone.startswith(f"{aim.standard}-")


@looks("CHK50")
def security_audit_replaced(view: View) -> Iterator[Hit]:
    """An internal security audit for which another audit is to stand."""
    has = ticked(view, view.project.context.ticks) or frozenset()
    if not has.isdisjoint(view.names("replaced")):
        yield Hit(_("another audit is to take the place of the internal audit of information security"))


@looks("CHK51")
def withdrawn(view: View) -> Iterator[Hit]:
    """Audits against an edition that is not valid any more on that day."""
    names = {standard.id: standard.name.in_(language()) for standard in view.catalogue.standards}
    for aim, standard in _aims(view):
        if standard.withdrawn and aim.audit > standard.withdrawn:
            text = (
                _("{aim}: the audit is on {audit}, but this edition is not valid after {day}; {successor} is")
                if standard.successor
                else _("{aim}: the audit is on {audit}, but this edition is not valid after {day}")
            )
            yield Hit(
                text.format(
                    aim=aim.name,
                    audit=aim.audit,
                    day=standard.withdrawn,
                    successor=names.get(standard.successor, standard.successor),
                ),
                (aim.standard,),
            )
