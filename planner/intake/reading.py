"""What all tables have in common while they are read: faults by row and column, collected until the end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from planner.intake.columns import Columns
from planner.intake.incoming import Fault, Incoming
from planner.intake.tables import Row, Sheet, in_row
from planner.intake.values import Misread, plain_text
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import _, listed, ngettext

T = TypeVar("T")

_SUMS = frozenset(
    ("total", "sum", "subtotal", "grand total", "合计", "总计", "小计", "总和", "average", "mean", "平均")
)
"""How a row with sums is called."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a table says, and from which row each of its packages or processes is."""

    incoming: Incoming
    rows: Mapping[str, int]


@dataclass
class Reading:
    """A table as far as it is read."""

    sheet: Sheet
    columns: Columns
    project: Project
    catalogue: Catalogue
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def tell_left(self, left: Mapping[str, Sequence[Row]]) -> None:
        """Tell which rows are left out, by the reason for it."""
        for why, rows in left.items():
            numbers = [str(row.number) for row in rows[:8]]
            shown = listed([*numbers, "..."] if len(rows) > 8 else numbers)
            words = ngettext("row {rows} is left out as {why}", "rows {rows} are left out as {why}", len(rows))
            self.notes.append(words.format(rows=shown, why=why))

    def no_item(self, row: Row, *names: str) -> str:
        """Why ``row`` tells of nothing, though something stands in it; empty where it does.

        ``names``: the columns by which one thing is known from another, what it is called last.
        """
        idents = [plain_text(self.columns.cell(row, name)) for name in names[:-1]]
        name = plain_text(self.columns.cell(row, names[-1]) if names[-1] in self.columns else row.cells[0])
        first = plain_text(next(cell for cell in row.cells if cell is not None))
        if (name in _SUMS or first.rstrip(":：") in _SUMS) and not [one for one in idents if one and one != first]:
            return _("sums")
        if sum(cell is not None for cell in row.cells) == 1 and len(self.columns.places) > 1 and not any(idents):
            return _("headings, since only one cell is filled")
        return ""

    def fault(self, row: Row, name: str, wrong: str, advice: str) -> None:
        """Tell what is wrong in ``row``, in the column of the field ``name``."""
        self.faults.append(Fault(in_row(row.number), self.columns.heading(name), wrong, advice, row.number))

    def of_the_heading(self, name: str, wrong: str, advice: str) -> None:
        """Tell what is wrong with the column called ``name``; the same of many rows is told once."""
        found = Fault(in_row(self.sheet.number), name, wrong, advice, self.sheet.number)
        if found not in self.faults:
            self.faults.append(found)

    def read(self, row: Row, name: str, reader: Callable[[], T], otherwise: T) -> T:
        """What ``reader`` makes of a cell, or ``otherwise`` once it is told why it cannot."""
        try:
            return reader()
        except Misread as error:
            self.fault(row, name, error.wrong, error.advice)
            return otherwise

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """The faults in the order of the rows, each once."""
        return tuple(sorted(dict.fromkeys(self.faults), key=lambda fault: fault.row))

    @property
    def all_notes(self) -> tuple[str, ...]:
        """What the reader of the file should know."""
        return (*self.sheet.notes, *self.columns.notes, *self.notes)
