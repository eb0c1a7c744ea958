"""Levels of a table: a row for each process and dimension, or for each process with a column for each dimension.

A level now that is not the plan's is set by hand from then on, with the reason that the row gives, else with the name
of the file. What a row leaves empty stays as it is.
"""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from planner.intake import names, values
from planner.intake.columns import Columns
from planner.intake.headings import both, dimension_words
from planner.intake.incoming import Incoming
from planner.intake.reading import Reading, Taken
from planner.intake.tables import Row, Sheet, told
from planner.intake.values import Misread
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project
from planner.model.values import Fixed
from planner.text.clean import clean, one_line
from planner.text.i18n import _

T = TypeVar("T")


def read_levels(sheet: Sheet, columns: Columns, project: Project, catalogue: Catalogue, file: str) -> Taken:
    """The levels of ``sheet`` for ``project``; ``file`` is its name. Never raises for what stands in it."""
    reading = _Reading(sheet, columns, project, catalogue, file=file)
    reading.faults += columns.faults
    if not reading.faults:
        reading.take()
    processes = tuple(process for process in reading.scopes.values() if process != project.process_by_id[process.id])
    return Taken(
        Incoming(processes=processes, whole=True, faults=reading.all_faults, notes=reading.all_notes), reading.rows
    )


@dataclass
class _Reading(Reading):
    file: str = ""
    scopes: dict[str, ProcessScope] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    said: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.processes = names.processes(self.project, self.catalogue)
        self.dimensions = names.Names(
            _("dimension"), ((one, [dimension_words(self.project, one)]) for one in self.project.dimension_ids)
        )

    def take(self) -> None:
        of_dimensions = [name for name in self.columns.places if name.startswith(("now:", "target:"))]
        if not {"process", "process-id"} & set(self.columns.places):
            wrong, advice = (
                _("no column names the processes"),
                _('call one "Process", or say which: --map "Heading=process"'),
            )
        elif not of_dimensions and not {"now", "target", "scope", "importance", "reason"} & set(self.columns.places):
            wrong = _("no column has levels")
            advice = _('call them "Level now" and "Target level", or say which: --map "Heading=now"')
        else:
            return self._rows()
        self.of_the_heading("", wrong, advice)

    def _rows(self) -> None:
        left: dict[str, list[Row]] = {}
        for row in self.sheet.rows:
            if why := self.no_item(row, "process-id", "process") or self._no_process(row):
                left.setdefault(why, []).append(row)
            else:
                self._row(row)
        self.tell_left(left)

    def _no_process(self, row: Row) -> str:
        cells = (self.columns.cell(row, name) for name in ("process-id", "process"))
        return "" if any(cell is not None for cell in cells) else _("naming no process")

    def _row(self, row: Row) -> None:
        name = "process-id" if self.columns.cell(row, "process-id") is not None else "process"
        cell = self.columns.cell(row, name)
        ident = self.read(row, name, lambda: self.processes.one(told(cell)), "")
        dimensions = self._dimensions(row)
        if not ident or not dimensions:
            return
        before = self.scopes.get(ident, self.project.process_by_id[ident])
        self.rows.setdefault(ident, row.number)
        changed = self._whole(row, before)
        for dimension in dimensions:
            if self.said.setdefault((ident, dimension), row.number) != row.number:
                wrong = _("the level of this process stands in row {n} already").format(n=self.said[ident, dimension])
                self.fault(row, name, wrong, _("remove one of the two rows"))
                return
            changed = self._levels(row, changed, dimension)
        self.scopes[ident] = changed

    def _dimensions(self, row: Row) -> tuple[str, ...]:
        """The dimensions that a row is about: all where it names none."""
        for name in ("dimension-id", "dimension"):
            if (cell := self.columns.cell(row, name)) is not None:
                found = self.read(row, name, lambda cell=cell: self.dimensions.one(told(cell)), "")  # type: ignore[misc]
                return (found,) if found else ()
        return self.project.dimension_ids

    def _names_dimension(self, row: Row) -> bool:
        """Whether a row is about one dimension, so that its reason is, too."""
        return any(self.columns.cell(row, name) is not None for name in ("dimension-id", "dimension"))

    def _whole(self, row: Row, before: ProcessScope) -> ProcessScope:
        """What a row says of its process in all dimensions."""
        cells = {name: self.columns.cell(row, name) for name in ("scope", "importance", "reason")}
        changed = before
        if (cell := cells["scope"]) is not None:
            flag = self.read(row, "scope", lambda: values.flag(cell, both("yes"), both("no")), before.in_scope)
            changed = replace(changed, in_scope=flag)
        if (grade := cells["importance"]) is not None:
            changed = replace(changed, importance=self.read(row, "importance", lambda: _grade(told(grade)), 3))
        if cells["reason"] is not None:
            changed = replace(changed, reason=clean(told(cells["reason"])))
        return changed

    def _levels(self, row: Row, before: ProcessScope, dimension: str) -> ProcessScope:
        plan = self.project.process_by_id[before.id]
        now = self._level(row, "now", dimension, before.baseline[dimension], plan.level)
        target = self._level(row, "target", dimension, max(now, before.target[dimension]), plan.target_level)
        reason = clean(told(self.columns.cell(row, "by-hand")))
        changed = before
        if target < now:
            column = f"target:{dimension}" if f"target:{dimension}" in self.columns else "target"
            wrong = _("the target {goal} is below the level now, {now}").format(goal=target, now=now)
            self.fault(row, column, wrong, _("raise the target, or correct the level now"))
            return before
        if now != before.baseline[dimension]:
            reason = reason or _("As in {file}").format(file=one_line(self.file))
            changed = replace(changed, baseline=before.baseline.with_item(dimension, now))
        about = changed != before or dimension in before.by_hand or self._names_dimension(row)
        if reason and about and reason != before.by_hand.get(dimension):
            changed = replace(changed, by_hand=Fixed({**before.by_hand, dimension: reason}))
        return replace(changed, target=before.target.with_item(dimension, target))

    def _level(self, row: Row, name: str, dimension: str, otherwise: int, weakest: int) -> int:
        """The level of ``dimension``; a row about a whole process that says no more than its ``weakest`` changes none.

        The level of a process is that of its weakest dimension (domain.md §3.4).
        """
        for column in (f"{name}:{dimension}", name):
            if (cell := self.columns.cell(row, column)) is not None:
                said = self.read(row, column, lambda cell=cell: values.level(cell), otherwise)  # type: ignore[misc]
                whole = column == name and not self._names_dimension(row)
                return otherwise if whole and said == weakest else said
        return otherwise


def _grade(text: str) -> int:
    if text.strip() not in ("1", "2", "3", "4", "5"):
        raise Misread(_("{value!r} is no importance").format(value=one_line(text)[:60]), _("write 1 to 5"))
    return int(text)
