"""Typed cells as text, for formats that have nothing but text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from planner.export.report.parts import Cell, Column, Table
from planner.export.words import number, percent

ID = "id"
"""The key of the column with names for programs."""


def shown(cell: Cell, column: Column) -> str:
    """``cell`` as people read it: ``2027-01-04``, ``12 %``, ``12.5``; nothing where there is nothing to say."""
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case str():
            return cell
    if column.kind == "share":
        return percent(cell)
    if column.kind == "days":
        return number(cell)
    return f"{cell:.2f}".rstrip("0").rstrip(".")


def rows_shown(table: Table) -> Iterator[list[str]]:
    """The rows of ``table`` as text."""
    for row in table.rows:
        yield [shown(cell, column) for cell, column in zip(row, table.columns, strict=True)]


def read_by_people(table: Table) -> Table:
    """``table`` without columns of names for programs, and those in which nothing stands: pages are narrow."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.key != ID and any(row[place] not in (None, "") for row in table.rows)
    ]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def alignment(table: Table) -> str:
    """A character per column: ``>`` for figures, which stand on the right, else ``<``."""
    return "".join(">" if column.right else "<" for column in table.columns)
