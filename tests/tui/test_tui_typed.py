"""What people type in forms."""

from datetime import date

import pytest

from planner.model.values import Duration, Effort
from planner.tui import typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", Duration(5, 5, 5)),
        (" 5 8 12 ", Duration(5, 8, 12)),
        ("5/8/12", Duration(5, 8, 12)),
        ("1, 1, 2", Duration(1, 1, 2)),
    ],
)
def test_durations(text: str, value: Duration) -> None:
    assert typed.duration(text) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "write the working days"),
        ("twelve", "write the working days"),
        ("5 8", "write the working days"),
        ("0", "at least 1"),
        ("2.5", "whole numbers"),
        ("-3", "write the working days"),
        ("nan", "write the working days"),
        ("1e9", "write the working days"),
        ("8 5 12", "must rise: 5 8 12"),
    ],
)
def test_durations_that_are_none(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        typed.duration(text)


def test_effort_may_be_empty_and_have_decimals() -> None:
    assert typed.effort("") is None
    assert typed.effort("0.5 1 2.5") == Effort(0.5, 1, 2.5)
    with pytest.raises(ValueError, match="write person-days"):
        typed.effort("half a day")


def test_dates() -> None:
    assert typed.day(" 2027-01-04 ") == date(2027, 1, 4)
    assert typed.day_or_none(" ") is None
    for text in ("2027-02-30", "4.1.2027", "tomorrow"):
        with pytest.raises(ValueError, match="write a date such as 2027-01-04"):
            typed.day(text)


def test_numbers() -> None:
    assert typed.whole("") == 0
    assert typed.whole("-5") == -5
    assert typed.positive_or_none("") is None
    with pytest.raises(ValueError, match="at least 1"):
        typed.positive_or_none("0")
    with pytest.raises(ValueError, match="write a whole number"):
        typed.whole("five")


def test_ids_name_the_nearest_one() -> None:
    read = typed.ids(["incident-2-people", "change-2-tech"])
    assert read("incident-2-people, change-2-tech incident-2-people") == ("incident-2-people", "change-2-tech")
    assert read("") == ()
    with pytest.raises(ValueError, match="did you mean 'incident-2-people'"):
        read("incident-2-peple")


@pytest.mark.parametrize("value", [Effort(1, 2, 3), Effort(0.5, 0.5, 0.5), Effort(0, 1.5, 2)])
def test_what_is_shown_reads_back(value: Effort) -> None:
    assert typed.effort(typed.show_three(*value)) == value


@pytest.mark.parametrize("text", ["0001-01-01", "0207-01-04", "9999-12-31"])
def test_a_year_that_no_plan_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="choose a year from 2000 to 2199"):
        typed.day(text)
