"""Foreign tables become rows, whatever file they come in; what is hostile or out of proportion is refused in words."""

import io
import time
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from intake_made import workbook, written

from planner.intake import tables
from planner.intake.tables import Sheet, Unreadable, read_sheet

HEAD = ("ID", "Task", "Days")


def fits(head: Sequence[str]) -> int:
    return sum(word in HEAD for word in head)


def sheet_of(data: bytes, wanted: str = "") -> Sheet:
    return read_sheet(data, fits, wanted)


def refused(data: bytes, wanted: str = "") -> str:
    with pytest.raises(Unreadable) as error:
        sheet_of(data, wanted)
    return str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_any_usual_encoding_and_with_any_usual_separator(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [HEAD, ("a", "服务台电话号码公布，全员", "3"), ("b", "x; y, z", "5")]
    sheet = sheet_of(written(tmp_path, rows, delimiter=delimiter, encoding=encoding).read_bytes())
    assert sheet.head == HEAD
    assert [row.cells for row in sheet.rows] == rows[1:]
    assert bool(sheet.notes) == (encoding in ("utf-16-le", "gb18030"))


def test_western_text_is_not_taken_for_chinese() -> None:
    data = "ID;Task;Days\na;Général à Zürich;3\nb;Überblick für Käufer;4\n".encode("cp1252")
    sheet = sheet_of(data)
    assert [row.cells[1] for row in sheet.rows] == ["Général à Zürich", "Überblick für Käufer"]
    assert "Windows-1252" in sheet.notes[0]


def test_the_separator_line_of_excel_and_titles_above_the_heading() -> None:
    sheet = sheet_of(b"sep=;\r\nWork of Lantern, 2027;;\r\n;;\r\nID;Task;Days\r\na;One;3\r\n;;\r\nb;Two;4\r\n")
    assert (sheet.number, sheet.head) == (4, HEAD)
    assert [row.number for row in sheet.rows] == [5, 7], "rows as the spreadsheet counts them, empty ones left out"


def test_guarded_cells_lose_their_apostrophe_and_nothing_else() -> None:
    sheet = sheet_of(b"ID,Task,Days\n'=a,''+b,'plain\n")
    assert sheet.rows[0].cells == ("=a", "'+b", "'plain")


def test_a_workbook_with_dates_numbers_and_merged_cells(tmp_path: Path) -> None:
    rows = [
        ("Plan", None, None),
        (None, None, None),
        HEAD,
        ("a", "One", 3),
        (None, "Two", 4.5),
        (None, datetime(2027, 3, 1, 8, 30), date(2027, 3, 2)),
        (7.0, True, "'=1"),
    ]
    sheet = sheet_of(workbook(tmp_path, {"Cover": [("hello",)], "Work": rows}, ["A4:A6"]).read_bytes())
    assert (sheet.name, sheet.number) == ("Work", 3)
    assert [row.cells for row in sheet.rows] == [
        ("a", "One", 3),
        ("a", "Two", 4.5),
        ("a", date(2027, 3, 1), date(2027, 3, 2)),
        (7, "yes", "=1"),
    ]
    assert '"Cover"' in sheet.notes[0]


def test_a_workbook_of_another_library_and_a_sheet_by_name(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("First", "工作包"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, HEAD)
            page.write_row(1, 0, ["a", name, 3])
            page.write_formula(2, 0, "=1+1", None, 2)
    data = path.read_bytes()
    assert sheet_of(data).rows[0].cells == ("a", "First", 3)
    assert [row.cells for row in sheet_of(data, " 工作包 ").rows] == [("a", "工作包", 3), (2,)]
    assert "'Sheet9'" in refused(data, "Sheet9")


def bomb(parts: int, size: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for number in range(parts):
            package.writestr(f"xl/worksheets/sheet{number}.xml", b" " * size)
    return data.getvalue()


def with_part(path: Path, name: str, change: bytes) -> bytes:
    """A workbook in which one part is ``change``."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change if part.filename == name else old.read(part))
    return data.getvalue()


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"""


def test_bombs_are_refused_before_they_are_opened(tmp_path: Path) -> None:
    begin = time.process_time()
    assert "unpacks to" in refused(bomb(1, tables.LARGEST * 4))
    assert "unpacks to" in refused(bomb(2500, 10))
    made = workbook(tmp_path, {"Work": [HEAD, ("a", "One", 3)]})
    assert "damaged" in refused(with_part(made, "xl/worksheets/sheet1.xml", LAUGHS))
    assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing in the file"),
        (b"\n\n , \n", "nothing in the file"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1 old or with a password", "xls file"),
        (b"%PDF-1.7 \x00", "pdf file"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\x02 \x00 x y z", "no text"),
        (b'ID,Task,Days\na,"never closed,3\n' + b"b,x,3\n" * 4000, "no CSV"),
        (b"ID,Task,Days\na," + b"x" * 20_001 + b",3\n", "20001 characters"),
        (b"ID,Task,Days\n" + b"," * 400 + b"x\n", "more than 300 columns"),
        (b"ID,Task,Days\n" + b"a,b,3\n" * 10_050, "more than 10000 rows"),
        (b"x" * (tables.LARGEST + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_a_zip_that_is_no_workbook_and_a_sheet_with_a_lying_size(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("a.txt", "hello")
    assert "no workbook" in refused(data.getvalue())
    made = workbook(tmp_path, {"Work": [HEAD, ("a", "One", 3)]})
    with zipfile.ZipFile(made) as package:
        text = package.read("xl/worksheets/sheet1.xml")
    assert b'ref="A1:C2"' in text
    for size in (b"A1", b"A1:XFD1048576"):
        sheet = sheet_of(with_part(made, "xl/worksheets/sheet1.xml", text.replace(b'ref="A1:C2"', b'ref="%s"' % size)))
        assert sheet.rows[0].cells == ("a", "One", 3)


def test_steering_signs_are_made_harmless() -> None:
    assert sheet_of("ID,Task,Days\n\x1b[31ma,x\u202ey,3\n".encode()).rows[0].cells == ("\ufffd[31ma", "x\ufffdy", "3")
