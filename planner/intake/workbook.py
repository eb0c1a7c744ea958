"""Workbooks (XLSX) as plain rows, with what is calculated as it was last seen, and nothing in them acted upon.

What would unpack to more than any workbook of this kind is refused before it is opened; XML with entities is not read.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from planner.intake.tables import MOST_COLUMNS, MOST_ROWS, TITLES, Grid, rows_of, unreadable
from planner.text.i18n import _, ngettext

UNPACKED = 60_000_000
"""Bytes of all parts of a workbook but its pictures, unpacked."""

MOST_PARTS = 2_000
"""Files in the package of a workbook."""

LAST_ROW = 2 * MOST_ROWS
"""Rows that are looked at, empty ones with them."""

_NOT_READ = ("xl/media/", "xl/embeddings/", "xl/vbaProject", "xl/printerSettings/")
"""Where parts stand that are not read."""

_MERGE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
_CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"
_ROW = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"


def is_workbook(data: bytes) -> bool:
    """Whether ``data`` begins as a workbook does."""
    return data.startswith(b"PK\x03\x04")


def read_workbook(data: bytes) -> tuple[Grid, ...]:
    """Every sheet that is shown and has cells, in order. Raises Unreadable."""
    _bounded(data)
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise unreadable(
            _("workbooks need openpyxl, which is not installed"),
            _("install it: pip install 'itsm-planner[documents]', or save the sheet as CSV"),
        ) from None
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return tuple(_grid(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible")
    except _damage() as error:
        kind = type(error).__name__
        wrong = _("the workbook is damaged, or no workbook ({kind})").format(kind=kind)
        raise unreadable(wrong, _('open it in the spreadsheet and save it as .xlsx or "CSV UTF-8"')) from None


def _damage() -> tuple[type[Exception], ...]:
    """What openpyxl and the libraries below it raise for a file that is not as it should be."""
    from xml.etree.ElementTree import ParseError
    from zlib import error as zlib_error

    from defusedxml import DefusedXmlException
    from openpyxl.utils.exceptions import InvalidFileException

    return (
        zipfile.BadZipFile,
        ParseError,
        SyntaxError,
        zlib_error,
        DefusedXmlException,
        InvalidFileException,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    )


def _bounded(data: bytes) -> None:
    """Raise Unreadable for a package that would unpack to too much: what it says of its parts is all that is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise unreadable(
            _("the workbook is damaged, or no workbook"), _("save it from the spreadsheet again")
        ) from None
    size = sum(part.file_size for part in parts if not part.filename.startswith(_NOT_READ))
    if len(parts) > MOST_PARTS or size > UNPACKED:
        wrong = _("the workbook unpacks to {size} MB in {n} parts, which no list of work does")
        raise unreadable(
            wrong.format(size=size // 1_000_000, n=len(parts)), _("take the sheet out into a workbook of its own")
        )
    if "[Content_Types].xml" not in {part.filename for part in parts}:
        raise unreadable(_("this is a ZIP file and no workbook"), _('save it as .xlsx, or as "CSV UTF-8"'))


def _grid(sheet: Any) -> Grid:
    sheet.reset_dimensions()  # some programs write a size that is not that of the sheet
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS + 1, values_only=True)
    merged, unknown = _beside(sheet)
    words = ngettext(
        "{n} cell holds a formula whose result is not in the file, and is read as empty: open it in a spreadsheet and "
        "save it",
        "{n} cells hold formulas whose results are not in the file, and are read as empty: open it in a spreadsheet "
        "and save it",
        unknown,
    )
    notes = (words.format(n=unknown),) if unknown else ()
    return Grid(str(sheet.title), rows_of(_filled(enumerate(rows, 1), merged)), notes)


def _filled(
    rows: "enumerate[Sequence[Any]]", merged: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, Sequence[object]]]:
    """``rows`` where every row of cells that are merged downwards has their value."""
    held: dict[int, tuple[int, object]] = {}
    for number, values in rows:
        if not held and number not in merged:
            yield number, values
            continue
        cells = list(values)
        for column, (last, value) in [*held.items()]:
            if number > last:
                del held[column]
            elif column < len(cells) and cells[column] is None:
                cells[column] = value
        for column, last in merged.get(number, ()):
            if column < len(cells):
                held[column] = (last, cells[column])
        yield number, cells


def _beside(sheet: Any) -> tuple[dict[int, list[tuple[int, int]]], int]:
    """What openpyxl does not tell where it reads rows one by one.

    By its first row the column (from 0) and last row of what is merged downwards; and how many cells have a formula
    that nobody has calculated.
    """
    from defusedxml.ElementTree import iterparse
    from openpyxl.utils import range_boundaries

    found: dict[int, list[tuple[int, int]]] = {}
    unknown = 0
    with sheet._get_source() as source:
        for _event, node in iterparse(source):
            if node.tag == _CELL:
                parts = {part.tag.rpartition("}")[2]: part.text for part in node}
                unknown += "f" in parts and not parts.get("v")
            elif node.tag == _ROW:
                node.clear()
            elif node.tag == _MERGE:
                left, top, _right, bottom = range_boundaries(node.get("ref", ""))
                if left and top and bottom and bottom > top and len(found) <= MOST_ROWS + TITLES:
                    found.setdefault(top, []).append((left - 1, min(bottom, LAST_ROW)))
    return found, unknown
