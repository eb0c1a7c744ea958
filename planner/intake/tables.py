"""Foreign tables as plain rows, whatever file they come in: bounded, cleaned, numbered as a spreadsheet does.

Readers of one kind of file are ``planner.intake.separated`` (CSV) and ``planner.intake.workbook`` (XLSX).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from planner.intake.incoming import Fault
from planner.model.decode import LONGEST
from planner.text.clean import clean, folded, one_line
from planner.text.i18n import _, listed, ngettext
from planner.text.spreadsheet import unguarded

LARGEST = 20_000_000
"""Bytes of the largest file that is read; a workbook of ten thousand work packages has two million."""

MOST_ROWS = 10_000
"""Rows with something in them that are taken; a plan holds no more of anything."""

MOST_COLUMNS = 300
"""Columns that are looked at; what stands further to the right is a fault."""

TITLES = 30
"""So many rows with something in them may stand above the heading, the heading with them."""

NAMED = 5
"""So many of the sheets that are not read are named."""

Cell = str | int | float | date | None
"""None for an empty one. A text is clean and not blank."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has something in it; ``number`` from 1, as a spreadsheet counts."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything in a table, row by row, before it is known what is the heading. ``name``: of the sheet, if any.

    ``notes``: what its reader should know of it.
    """

    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading, which stands in row ``number``. ``notes``: how it was read, where that is unusual.

    ``others``: those of the same workbook, which are not read.
    """

    name: str
    number: int
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    others: "tuple[Sheet, ...]" = ()


class Unreadable(Exception):
    """A file holds no table that can be taken; ``faults`` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.wrong for fault in faults))
        self.faults = faults


Fits = Callable[[Sequence[str]], int]
"""How many headings of a row are understood."""


def unreadable(wrong: str, advice: str, row: int = 0) -> Unreadable:
    """The exception for a file of which nothing can be read, at ``row`` if there is one."""
    return Unreadable(Fault(in_row(row) if row else _("the file"), "", wrong, advice, row))


def in_row(number: int) -> str:
    """How a row is named where something is wrong with it."""
    return _("row {n}").format(n=number)


def read_sheet(data: bytes, fits: Fits, wanted: str = "") -> Sheet:
    """The table in ``data``: the sheet called ``wanted``, else the one whose heading ``fits`` best, the first of these.

    Raises Unreadable.
    """
    from planner.intake.separated import read_separated
    from planner.intake.workbook import is_workbook, read_workbook

    if len(data) > LARGEST:
        size = _("the file is larger than {n} MB").format(n=LARGEST // 1_000_000)
        raise unreadable(size, _("take out what is not needed, such as pictures"))
    if not is_workbook(data):
        if wanted:
            raise unreadable(_("only a workbook has sheets"), _("leave --sheet out"))
        return read_separated(data, fits)
    grids = read_workbook(data)
    if wanted:
        grids = tuple(grid for grid in grids if folded(grid.name.strip()) == folded(wanted.strip())) or _none(
            grids, wanted
        )
    sheets = [sheet for grid in grids if (sheet := with_heading(grid, fits)) is not None]
    if not sheets:
        raise unreadable(_("there is nothing in the sheets"), _("choose another file, or another sheet with --sheet"))
    best = max(sheets, key=lambda sheet: fits(sheet.head))
    if len(sheets) > 1:
        others = tuple(sheet for sheet in sheets if sheet is not best)
        names = [f'"{one_line(sheet.name)}"' for sheet in others[:NAMED]]
        if more := len(others) - NAMED if len(others) > NAMED else 0:
            names.append(ngettext("{n} more", "{n} more", more).format(n=more))
        words = _('the sheet "{name}" is read; the others are {others} (--sheet chooses)')
        told = words.format(name=one_line(best.name), others=listed(names))
        return replace(best, notes=(told, *best.notes), others=others)
    return best


def _none(grids: Sequence[Grid], wanted: str) -> tuple[Grid, ...]:
    """Raise Unreadable for a sheet that is not there."""
    names = listed(f'"{one_line(grid.name)}"' for grid in grids[:8])
    raise unreadable(
        _("there is no sheet {name!r}").format(name=one_line(wanted)), _("use one of: {names}").format(names=names)
    )


def with_heading(grid: Grid, fits: Fits) -> Sheet | None:
    """``grid`` with the row that ``fits`` best among the first as its heading, the first row of equals.

    None where nothing stands in it.
    """
    if not grid.rows:
        return None
    scored = [(fits(_words(row)), index) for index, row in enumerate(grid.rows[:TITLES])]
    index = max(scored, key=lambda one: (one[0], -one[1]))[1]
    head = grid.rows[index]
    return Sheet(grid.name, head.number, _words(head), grid.rows[index + 1 :], grid.notes)


def _words(row: Row) -> tuple[str, ...]:
    return tuple(one_line(told(cell)) for cell in row.cells)


def told(cell: Cell) -> str:
    """``cell`` as text: a whole number without a point, a day as 2027-01-04."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def cleaned(value: object) -> Cell:
    """``value`` of a cell, of whatever kind, as a cell: a time of day is left away, texts are made harmless."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (int, float, date)):
        return value
    text = clean(unguarded(str(value)))
    return text if text.strip() else None


def rows_of(numbered: Iterable[tuple[int, Sequence[object]]]) -> tuple[Row, ...]:
    """The rows that have something in them. Raises Unreadable for what is out of all proportion."""
    found: list[Row] = []
    for number, values in numbered:
        cells = [cleaned(value) for value in values]
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            wrong = _("there are more than {n} columns").format(n=MOST_COLUMNS)
            raise unreadable(wrong, _("take out the columns that are not needed"), number)
        longest = max((cell for cell in cells if isinstance(cell, str)), key=len, default="")
        if len(longest) > LONGEST:
            wrong = _("a cell has {n} characters; at most {most} are read").format(n=len(longest), most=LONGEST)
            raise unreadable(wrong, _("shorten it; a quote that is not closed also makes one cell of many"), number)
        if len(found) > MOST_ROWS + TITLES:
            wrong = _("there are more than {n} rows").format(n=MOST_ROWS)
            raise unreadable(wrong, _("take out what is not needed, or split the file"), number)
        found.append(Row(number, tuple(cells)))
    return tuple(found)
