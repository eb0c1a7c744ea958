"""What people write in cells, understood or refused in words."""

import time
from datetime import date

import pytest

from planner.intake import values
from planner.intake.values import Misread


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (5, (5,)),
        ("5", (5,)),
        ("５", (5,)),
        ("5d", (5,)),
        ("5 days", (5,)),
        ("5天", (5,)),
        ("2 weeks", (10,)),
        ("2周", (10,)),
        ("3 个工作日", (3,)),
        ("3个月", (60,)),
        ("1 mon", (20,)),
        ("5 days?", (5,)),
        ("12 man-days", (12,)),
        ("3/5/8", (3, 5, 8)),
        ("3 5 8", (3, 5, 8)),
        ("3-5-8 d", (3, 5, 8)),
    ],
)
def test_days(cell: object, found: tuple[int, ...]) -> None:
    assert values.days(cell, 5) == found  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["five", "2.5", 0, -1, "5001", date(2008, 3, 5), "1/2", "", "9" * 40, "3 5 8 9"])
def test_no_days(cell: object) -> None:
    with pytest.raises(Misread) as error:
        values.days(cell, 5)  # type: ignore[arg-type]
    assert error.value.wrong
    assert error.value.advice


@pytest.mark.parametrize(
    ("cell", "found"),
    [("4,5", 4.5), ("4.5 PD", 4.5), ("12,000", 12000), ("¥ 9 000", 9000), (0.35, 0.35), ("1e-07", 1e-7)],
)
def test_amounts(cell: object, found: float) -> None:
    assert values.amount(cell, "money") == found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2027-01-04", (2027, 1, 4)),
        ("2027/1/4", (2027, 1, 4)),
        ("2027年1月4日", (2027, 1, 4)),
        ("2027-01-04 09:30", (2027, 1, 4)),
        ("4.1.2027", (2027, 1, 4)),
        ("31/01/2027", (2027, 1, 31)),
        ("01/31/2027", (2027, 1, 31)),
        ("4 Jan 2027", (2027, 1, 4)),
        ("January 4, 2027", (2027, 1, 4)),
        ("Mon 1/31/27", (2027, 1, 31)),
        ("Fri 15/1/27 8:00 AM", (2027, 1, 15)),
        ("Monday, January 4, 2027", (2027, 1, 4)),
        ("2027年1月4日 星期一", (2027, 1, 4)),
        ("2027/1/4 周一", (2027, 1, 4)),
        (date(2027, 1, 4), (2027, 1, 4)),
    ],
)
def test_dates(cell: object, found: tuple[int, int, int]) -> None:
    assert values.day(cell) == date(*found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell", ["03/04/2027", "2027-02-30", "soon", 46391, "1850-01-01", "5 Foo 2027", "27/3/1", "27/3/28", "27-03-28"]
)
def test_no_dates(cell: object) -> None:
    with pytest.raises(Misread):
        values.day(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [3, 3.0, "3", "L3", "Level 3", "３级", "三级", "等级3"])
def test_levels(cell: object) -> None:
    assert values.level(cell) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [0, 6, 2.5, "high", "33"])
def test_no_levels(cell: object) -> None:
    with pytest.raises(Misread):
        values.level(cell)  # type: ignore[arg-type]


def test_lists_of_names() -> None:
    assert values.parts("a; b;c") == ("a", "b", "c")
    assert values.parts('"a; b"; c\nd；e') == ("a; b", "c", "d", "e")
    assert values.parts(None) == ()
    assert values.finer("a, b、c，d") == ("a", "b", "c", "d")


def test_long_cells_take_no_time() -> None:
    begin = time.process_time()
    for text in ("1" + " " * 19_000 + "x", "1/" * 9_000, "9" * 20_000, "=" * 20_000):
        for reader in (
            lambda cell: values.days(cell, 5),
            values.day,
            values.level,
            lambda cell: values.amount(cell, ""),
        ):
            with pytest.raises(Misread):
                reader(text)
        values.parts(text)
    assert time.process_time() - begin < 1


def test_other_dates_of_the_sheet_tell_days_from_months() -> None:
    assert values.day_first(["3/4/2027", "3/26/2027", None, 5]) is False
    assert values.day_first(["3/4/2027", "26/3/2027"]) is True
    assert values.day_first(["3/4/2027"]) is values.day_first(["3/26/2027", "26/3/2027"]) is None
    assert values.day("3/4/2027", False) == date(2027, 3, 4)
    assert values.day("3/4/2027", True) == date(2027, 4, 3)
    assert values.day("3.4.2027", False) == date(2027, 4, 3)
