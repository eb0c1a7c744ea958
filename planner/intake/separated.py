"""Comma-separated values as people's spreadsheets write them: any usual encoding, commas, semicolons or tabs."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from planner.intake.tables import MOST_COLUMNS, TITLES, Fits, Grid, Sheet, rows_of, unreadable, with_heading
from planner.store.answers_read import SEPARATOR
from planner.text.i18n import _

DELIMITERS = ",;\t"

_PAIRS = re.compile(rb"[\x80-\xff]+")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gz"),
)
"""How files begin that are often given and are no table that can be read."""


def read_separated(data: bytes, fits: Fits) -> Sheet:
    """The table in ``data``. Raises Unreadable."""
    text, note = _text(data)
    said, skipped = "", 0
    first, line_end, rest = text.partition("\n")
    if separator := SEPARATOR.fullmatch(first.rstrip("\r") + line_end):
        said, text, skipped = separator[1], rest, 1
    delimiter = said or max(DELIMITERS, key=lambda sign: _score(text, sign, fits))
    rows = rows_of(_records(text, delimiter, skipped))
    sheet = with_heading(Grid("", rows), fits)
    if sheet is None:
        raise unreadable(_("there is nothing in the file"), _("choose another file"))
    return replace(sheet, notes=(note,)) if note else sheet


def _score(text: str, delimiter: str, fits: Fits) -> tuple[int, int]:
    """How well ``delimiter`` parts the first rows: headings understood, then cells."""
    best, cells = 0, 0
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for _number, row in zip(range(TITLES), reader, strict=False):
            best = max(best, fits(row[:MOST_COLUMNS]))
            cells += len(row)
    except csv.Error:
        return (0, 0)
    return best, cells


def _records(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, Sequence[str]]]:
    number = skipped
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, skipped + 1):
            yield number, row
    except csv.Error as error:
        wrong = _("this row is no CSV: {reason}").format(reason=error)
        raise unreadable(wrong, _("save the file from the spreadsheet again"), number + 1) from None


def _text(data: bytes) -> tuple[str, str]:
    """``data`` as text, and a note where its encoding had to be guessed. Raises Unreadable."""
    for magic, name in _FOREIGN:
        if data.startswith(magic):
            wrong = _("this is a {kind} file, or one with a password, and not a table that can be read")
            raise unreadable(wrong.format(kind=name), _('save it as .xlsx without a password, or as "CSV UTF-8"'))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16"), ""
    if data.startswith(b"\xef\xbb\xbf"):
        return _decoded(data, "utf-8-sig"), ""
    if b"\0" in data:
        little = data[1::2].count(0) > data[::2].count(0)
        if max(data[1::2].count(0), data[::2].count(0)) * 4 > len(data):
            return _decoded(data, "utf-16-le" if little else "utf-16-be"), _guessed("UTF-16")
        raise unreadable(_("this is no text"), _('save it from the spreadsheet as .xlsx or "CSV UTF-8"'))
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        return _national(data)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise unreadable(
            _("this is not text in {encoding}").format(encoding=encoding.removesuffix("-sig").upper()),
            _('save it from the spreadsheet as "CSV UTF-8"'),
            row,
        ) from None


def _national(data: bytes) -> tuple[str, str]:
    """Text in the encoding of a Chinese or a western computer: only the Chinese one has its high bytes in pairs."""
    runs = _PAIRS.findall(data)
    paired = sum(len(run) for run in runs if len(run) % 2 == 0 and min(run) > 0xA0)
    if paired * 2 > sum(map(len, runs)):
        try:
            return data.decode("gb18030"), _guessed("GB 18030")
        except UnicodeDecodeError:
            pass
    try:
        return data.decode("cp1252"), _guessed("Windows-1252")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030"), _guessed("GB 18030")


def _guessed(encoding: str) -> str:
    words = _(
        'the file does not say its encoding and is read as {encoding}: if names look wrong, save it as "CSV UTF-8"'
    )
    return words.format(encoding=encoding)
