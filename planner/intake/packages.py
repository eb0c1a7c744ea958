"""Work packages of a table: a row each. Every fault of the table is told at once, by row and column.

A row whose id the plan has changes that package; so does one without an id whose name and capability are those of a
package of the plan. What a row has no column for stays as it is in the plan.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import pairwise
from typing import TypeVar

from planner.assessment.deliverables import deliverable_ids, deliverable_words
from planner.edit.entry import USUAL
from planner.edit.work import new_package_id
from planner.intake import names, values
from planner.intake.capabilities import Capabilities, same
from planner.intake.columns import Columns
from planner.intake.effort import bound, effort_of, resized
from planner.intake.headings import NUMBER, OUTLINE, both
from planner.intake.incoming import Incoming
from planner.intake.links import Link, References, links
from planner.intake.places import PHASES, Places
from planner.intake.reading import Reading, Taken
from planner.intake.tables import Row, Sheet, told
from planner.intake.values import Misread, plain_text
from planner.model.knowledge import Catalogue
from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS, Duration, Source, Workstream
from planner.text.clean import clean, clean_name, folded, one_line
from planner.text.i18n import _, listed, ngettext

T = TypeVar("T")


@dataclass
class _Draft:
    """A row as far as it is understood; what it refers to is found once all rows are known."""

    row: Row
    package: WorkPackage
    after: tuple[Link, ...] | None = None
    alongside: tuple[Link, ...] | None = None


def read_packages(sheet: Sheet, columns: Columns, project: Project, catalogue: Catalogue) -> Taken:
    """The work packages of ``sheet`` for ``project``; never raises for what stands in it."""
    reading = _Reading(sheet, columns, project, catalogue)
    reading.faults += columns.faults
    if not reading.faults:
        reading.take()
    return reading.taken()


@dataclass
class _Reading(Reading):
    drafts: list[_Draft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.roles = names.roles(self.project, self.catalogue)
        self.places = Places(self.project, self.columns)
        self.references = References(self.project)
        self.seen: dict[str, int] = {}
        self.known: set[str] = set()
        self.same = self._by_name()
        self.capabilities = Capabilities(self, self.same)
        self.usual = 0
        self.above = self._above()
        dates = (self.columns.cell(row, name) for row in self.sheet.rows for name in ("start", "finish"))
        self.days_first = values.day_first(dates)

    def _above(self) -> set[int]:
        """The rows that stand above others in an outline, by its numbers or by how deep each row is."""
        numbers = {row.number: told(self.columns.cell(row, NUMBER)).strip().rstrip(".") for row in self.sheet.rows}
        higher = {number.rpartition(".")[0] for number in numbers.values()} - {""}
        depths = [(row.number, told(self.columns.cell(row, OUTLINE)).strip()) for row in self.sheet.rows]
        deeper = {
            row
            for (row, depth), (_next, below) in pairwise(depths)
            if depth.isdecimal() and below.isdecimal() and int(depth) < int(below)
        }
        return deeper | {row for row, number in numbers.items() if number in higher}

    def _by_name(self) -> dict[tuple[str, str], list[str]]:
        """The packages of the plan by capability and name, in its order."""
        found: dict[tuple[str, str], list[str]] = {}
        for package in self.project.packages:
            found.setdefault((package.capability, same(package.name)), []).append(package.id)
        return found

    def take(self) -> None:
        if "name" not in self.columns and "id" not in self.columns:
            wrong = _("no column says what the work packages are called")
            advice = _('call one "Work package", or say which it is: --map "Heading=name"')
            return self.of_the_heading("", wrong, advice)
        left: dict[str, list[Row]] = {}
        for row in self.sheet.rows:
            if why := self.no_item(row, "id", "name") or self._heading(row):
                left.setdefault(why, []).append(row)
            else:
                self._row(row)
        self.tell_left(left)
        self._link()
        self._tell()

    def _heading(self, row: Row) -> str:
        """Why ``row`` is a heading among the rows of an outline, empty where it is none."""
        if row.number in self.above and self.columns.cell(row, "workstream") is None:
            return _("headings of an outline, with the work in the rows below")
        if values.no_time(self.columns.cell(row, "days")):
            return _("milestones, which take no time")
        filled = {name for name in self.columns.places if self.columns.cell(row, name) is not None}
        ident = told(self.columns.cell(row, "id")).strip()
        if "name" in self.columns and filled <= {"id", NUMBER, *PHASES} and ident not in self.project.package_by_id:
            return _("headings of an outline, with the work in the rows below")
        return ""

    def _row(self, row: Row) -> None:
        name = clean_name(told(self.columns.cell(row, "name")))
        name = name if self.columns.own else one_line(name)
        item = self.capabilities.of(row)
        ident = clean_name(told(self.columns.cell(row, "id")))
        ident = ident if self.columns.own else ident.strip()
        before = self.project.package_by_id.get(ident) if ident else self._called(item, name)
        if ident and ident in self.seen:
            wrong = _("the id {name!r} stands in row {n} already").format(name=one_line(ident), n=self.seen[ident])
            return self.fault(row, "id", wrong, _("give one of the two another id, or remove it"))
        if before is None and not name:
            return self.fault(row, "name", _("the work package has no name"), _("give it one, or remove the row"))
        ident = before.id if before else ident or self._new_id(name)
        self.seen[ident] = row.number
        if before:
            self.known.add(ident)
        old = before or WorkPackage(id=ident, name=name, workstream="process", days=USUAL)
        package = self._fields(row, old, before is None, item, name)
        draft = _Draft(row, package)
        if "after" in self.columns:
            draft.after = self._links(row, "after")
        if "alongside" in self.columns:
            draft.alongside = self._links(row, "alongside")
        self.drafts.append(draft)
        number = told(self.columns.cell(row, NUMBER))
        self.references.add(ident, package.name, number, package.capability)
        named = next((one for one in PHASES if self.columns.cell(row, one) is not None), "phase")
        phase = self.read(row, named, lambda: self.places.phase(row, ident), "")
        self.read(row, "start", lambda: self.places.take(row, package, phase, self._day), None)

    def _fields(self, row: Row, old: WorkPackage, new: bool, item: str | None, name: str) -> WorkPackage:
        changed = replace(
            old,
            name=name or old.name,
            capability=old.capability if item is None else item,
            workstream=self._workstream(row, old, new),
        )
        changed = replace(changed, days=self._days(row, changed, new))
        changed = replace(
            changed,
            effort=effort_of(row, changed, self.columns, self.roles, self._effort_fault(row), new),
            deliverables=self._deliverables(row, old),
            cost=self._cost(row, old),
            source=self._source(row, old),
        )
        if "note" in self.columns:
            changed = replace(changed, note=clean(told(self.columns.cell(row, "note"))))
        return changed

    def _effort_fault(self, row: Row) -> Callable[[str, str, str], None]:
        def tell(name: str, wrong: str, advice: str) -> None:
            if name:
                self.fault(row, name, wrong, advice)
            else:
                self.of_the_heading(self.columns.heading("effort"), wrong, advice)

        return tell

    def _called(self, item: str | None, name: str) -> WorkPackage | None:
        """The package of the plan that a row without an id is about: the next of the same name and capability."""
        keys = [key for key in self.same if key[1] == same(name)] if item is None else [(item, same(name))]
        free = [ident for key in keys for ident in self.same.get(key, ()) if ident not in self.seen]
        if not free or (item is None and len(keys) > 1):
            return None
        return self.project.package_by_id[free[0]]

    def _new_id(self, name: str) -> str:
        wish = new_package_id(self.project, name)
        ident, number = wish, 2
        while ident in self.seen:
            ident, number = f"{wish}-{number}", number + 1
        return ident

    def _workstream(self, row: Row, old: WorkPackage, new: bool) -> Workstream:
        cell = self.columns.cell(row, "workstream")
        if cell is not None:
            return self.read(row, "workstream", lambda: names.workstream(told(cell)), old.workstream)
        if new:
            words = listed(_(stream) for stream in WORKSTREAMS)
            wrong = _("it is not said in which workstream the work is done")
            if "workstream" in self.columns:
                self.fault(row, "workstream", wrong, _("use one of: {names}").format(names=words))
            else:
                advice = _('add a column "{heading}" with one of: {names}')
                self.of_the_heading("", wrong, advice.format(heading=_("Workstream"), names=words))
        return old.workstream

    def _days(self, row: Row, old: WorkPackage, new: bool) -> Duration:
        week = len(self.project.calendar.working_days)
        given: dict[str, tuple[int, ...]] = {}
        for name in ("days-low", "days", "days-high"):
            if (cell := self.columns.cell(row, name)) is not None:
                nothing: tuple[int, ...] = ()
                given[name] = self.read(row, name, partial(values.days, cell, week), nothing)
                if not given[name]:
                    return old.days
        if len(given.get("days", ())) == 3:
            return Duration(*given["days"])
        if not given:
            counted = self.places.length(row, self._day) if new else None
            self.usual += new and counted is None
            return Duration(counted, counted, counted) if counted else old.days
        likely = given["days"][0] if "days" in given else (given.get("days-high") or given["days-low"])[0]
        if "days" not in given and not new:
            likely = old.days.likely
        low, high = resized(None if new else old.days, likely)
        told_low, told_high = (given[name][0] if name in given else None for name in ("days-low", "days-high"))
        low = bound(told_low, None if new else old.days.low, low)
        return Duration(int(low), likely, int(bound(told_high, None if new else old.days.high, high)))

    def _deliverables(self, row: Row, old: WorkPackage) -> tuple[str, ...]:
        if "deliverables" not in self.columns:
            return old.deliverables
        words = values.parts(self.columns.cell(row, "deliverables"))
        if words == deliverable_words(self.project, self.catalogue, old):
            return old.deliverables
        return deliverable_ids(self.catalogue, words)

    def _cost(self, row: Row, old: WorkPackage) -> float:
        if "cost" not in self.columns:
            return old.cost
        cell = self.columns.cell(row, "cost")
        return self.read(row, "cost", lambda: values.amount(cell, _("money")), old.cost) if cell is not None else 0.0

    def _source(self, row: Row, old: WorkPackage) -> Source:
        said = plain_text(self.columns.cell(row, "source"))
        if said in map(folded, both("catalogue")):
            return "catalogue"
        return "own" if said in map(folded, both("own")) else old.source

    def _links(self, row: Row, name: str) -> tuple[Link, ...]:
        return self.read(row, name, lambda: links(self.columns.cell(row, name)), ())

    def _day(self, row: Row, name: str) -> date | None:
        cell = self.columns.cell(row, name)
        return None if cell is None else self.read(row, name, lambda: values.day(cell, self.days_first), None)

    def _link(self) -> None:
        """Find what each row refers to, now that all are known."""
        for draft in self.drafts:
            found: dict[str, list[str]] = {"after": [], "alongside": []}
            for name, given in (("after", draft.after), ("alongside", draft.alongside)):
                for link in given or ():
                    try:
                        for side, ident in self.references.find(link, name, draft.package):
                            found[side].append(ident)
                    except Misread as error:
                        self.fault(draft.row, name, error.wrong, error.advice)
            if draft.after is not None:
                draft.package = replace(draft.package, after=tuple(dict.fromkeys(found["after"])))
            if draft.alongside is not None or found["alongside"]:
                draft.package = replace(draft.package, alongside=tuple(dict.fromkeys(found["alongside"])))

    def _tell(self) -> None:
        """What the reader should know of how the table was understood."""
        new = [draft.package for draft in self.drafts if draft.package.id not in self.known]
        programme = sum(not package.capability for package in new)
        if programme and len(new) > programme:
            words = ngettext(
                "{n} new work package names no process, and is work of the whole programme",
                "{n} new work packages name no process, and are work of the whole programme",
                programme,
            )
            self.notes.append(words.format(n=programme))
        if self.usual:
            words = ngettext(
                "{n} work package has no length: {low}, {likely} or {high} days are assumed",
                "{n} work packages have no length: {low}, {likely} or {high} days are assumed",
                self.usual,
            )
            self.notes.append(words.format(n=self.usual, **USUAL._asdict()))
        missing = len(self.project.packages) - len(self.known)
        if self.known and missing:
            words = ngettext(
                "{n} work package of the plan is not in the file, and stays as it is",
                "{n} work packages of the plan are not in the file, and stay as they are",
                missing,
            )
            self.notes.append(words.format(n=missing))
        self.notes += self.places.notes()

    def taken(self) -> Taken:
        incoming = Incoming(
            packages=tuple(draft.package for draft in self.drafts),
            phases=self.places.phases,
            roadmap=self.places.roadmap(),
            whole=True,
            faults=self.all_faults,
            notes=self.all_notes,
        )
        return Taken(incoming, dict(self.seen))
