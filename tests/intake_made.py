"""Files as consultants and their clients have them, made for the tests of import."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.catalog.load import load
from planner.intake import Preview, read
from planner.model.project import Project

Rows = Sequence[Sequence[Any]]


def taken(folder: Path, rows: Rows, project: Project | None, *, name: str = "work.csv", **options: Any) -> Preview:
    """What becomes of ``rows`` as a CSV file."""
    return read(written(folder, rows, name), project, catalogue=load(), **options)


def written(folder: Path, rows: Rows, name: str = "work.csv", *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """``rows`` as a CSV file in ``folder``."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def workbook(folder: Path, sheets: Mapping[str, Rows], merged: Sequence[str] = (), name: str = "work.xlsx") -> Path:
    """``sheets`` as a workbook made by openpyxl; ``merged`` are ranges of the last sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        last = sheet
    for cells in merged:
        last.merge_cells(cells)
    path = folder / name
    book.save(path)
    return path


def wrong(preview: Preview) -> list[tuple[int, str, str]]:
    """Row, column and what is wrong, of every fault."""
    return [(fault.row, fault.column, fault.wrong) for fault in preview.faults]
