"""What a table of a workbook is made of: typed columns, and rows of values and formulas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from planner.export.report.parts import Cell, Column, Kind, Table

SIGNS = ("number", "phase", "rank")
"""Columns with numbers that nobody adds up."""

BEGIN = date(1899, 12, 30)
"""The day from which workbooks count days."""


class Formula(NamedTuple):
    """A formula, and what it gives: programs that do not work it out show that."""

    text: str
    value: str | float | date | None


Value = Cell | Formula


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column. ``most`` is how wide it may become, in cells; longer text goes on in further lines.

    ``edited``: somebody is meant to change its figures. ``folded``: shown when asked for. ``middle``: short figures
    that tell one thing from another stand in the middle.
    """

    key: str
    title: str
    kind: Kind = "text"
    most: int = 44
    edited: bool = False
    folded: bool = False
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its rows."""

    columns: tuple[GridColumn, ...]
    rows: Sequence[Sequence[Value]]


class Area(NamedTuple):
    """Where a grid stands on its sheet: rows of its head, of its first and of its last line, columns by key."""

    sheet: str
    head: int
    first: int
    last: int
    columns: dict[str, int]

    def of(self, key: str) -> str:
        """The cells of a column, as a formula on the same sheet names them."""
        letter = column_name(self.columns[key])
        return f"${letter}${self.first + 1}:${letter}${self.last + 1}"

    def away(self, key: str) -> str:
        """The same from another sheet."""
        return f"{self.sheet}!{self.of(key)}"

    def cell(self, key: str, row: int) -> str:
        """The cell of a column in a row of the sheet."""
        return f"{column_name(self.columns[key])}{row + 1}"


def grid_of(table: Table) -> Grid:
    """A table of the report as it is."""
    return Grid(tuple(column_of(one) for one in table.columns), table.rows)


def column_of(column: Column, most: int = 44, *, edited: bool = False) -> GridColumn:
    """A column of the report as one of the workbook."""
    return GridColumn(
        column.key, column.title, column.kind, most, edited, middle=column.kind == "number" and column.key in SIGNS
    )


def serial(day: date) -> int:
    """The number by which a workbook holds ``day``."""
    return (day - BEGIN).days


def column_name(column: int) -> str:
    """``0`` is ``A``, ``26`` is ``AA``."""
    name, rest = "", column + 1
    while rest:
        rest, sign = divmod(rest - 1, 26)
        name = chr(65 + sign) + name
    return name
