"""Weeks, and where a plan is long months behind them, as columns: their days, and the heads above them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from planner.export.workbook.grid import column_name
from planner.export.workbook.look import Look
from planner.export.workbook.sheet import Sheet
from planner.model.calendar import ONE_DAY, months_after

WEEK = timedelta(days=7)
MOST_WEEKS = 156
"""Weeks that are shown one by one: three years. What comes later stands month by month."""


class Period(NamedTuple):
    """First and last day of a week or month."""

    first: date
    last: date


def periods(first: date, last: date) -> tuple[Period, ...]:
    """Whole weeks from that of ``first`` to that of ``last``; months after so many weeks."""
    return tuple(_periods(first - timedelta(days=first.weekday()), last))


def _periods(day: date, last: date) -> Iterator[Period]:
    weeks = 0
    while day <= last and weeks < MOST_WEEKS:
        yield Period(day, day + WEEK - ONE_DAY)
        day, weeks = day + WEEK, weeks + 1
    while day <= last:
        following = months_after(day.replace(day=1), 1)
        yield Period(day, following - ONE_DAY)
        day = following


def write_heads(sheet: Sheet, left: int, found: Sequence[Period], cells: float) -> tuple[int, int]:
    """Quarters, months and first days above the columns from ``left`` on, and a hidden row with their last days.

    Returns the rows of the first and of the last days: formulas read them.
    """
    theme, top = sheet.theme, sheet.row
    dark = Look(bold=True, fill=theme.primary, ink="ffffff", middle=True, edged=True)
    light = Look("date", fill=theme.pale, ink=theme.ink, middle=True, size=8, edged=True)
    _grouped(sheet, top, left, found, lambda period: f"{period.first.year} Q{(period.first.month + 2) // 3}", dark)
    _grouped(sheet, top + 1, left, found, lambda period: period.first.replace(day=1), light._replace(number="mm"))
    for column, period in enumerate(found, left):
        sheet.put(top + 2, column, period.first, light._replace(number="dd", edged=False))
        sheet.put(top + 3, column, period.last, light._replace(number="dd"))
    sheet.made.set_column(left, left + len(found) - 1, cells)
    sheet.made.set_row(top + 3, None, None, {"hidden": True})
    sheet.row = top + 4
    return top + 2, top + 3


def _grouped(
    sheet: Sheet,
    row: int,
    left: int,
    found: Iterable[Period],
    key: Callable[[Period], str | date],
    look: Look,
) -> None:
    column = left
    for told, members in groupby(found, key):
        many = len([*members])
        if many > 1:
            sheet.made.merge_range(row, column, row, column + many - 1, "", sheet.looks.of(look))
        sheet.put(row, column, told, look)
        column += many


def during(row: int, column: int, heads: tuple[int, int], start: str, finish: str) -> str:
    """The condition that the days in columns ``start`` to ``finish`` of a row meet the period of a column."""
    name, (first, last) = column_name(column), heads
    return f"AND(${start}{row + 1}<={name}${last + 1},${finish}{row + 1}>={name}${first + 1})"
