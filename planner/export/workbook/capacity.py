"""What is needed of each role in each week beside what it can give, with the load as a figure on a colour."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from planner.export.report.parts import Cell, Table
from planner.export.workbook.grid import Formula, Value, column_name
from planner.export.workbook.look import Look
from planner.export.workbook.periods import WEEK, Period, write_heads
from planner.export.workbook.sheet import Sheet
from planner.model.calendar import ONE_DAY
from planner.text.i18n import _
from planner.text.width import width

WEEKS = "capacity-weeks"
"""The table of the report that this sheet shows with a column for each week."""

PAIR = ("needed", "available")

LEFT = 4
"""Role, what the row tells, its total, its peak; then the weeks."""

CELLS = 5.4
PAGE = 30
"""So many weeks are printed on a page."""

LOADS = ("fbe3b5", "eda15a")
WARNING = "c0392b"

OVER = "!"
"""Stands for the load of a week in which work is asked of a role that can give nothing."""


def write_capacity(sheet: Sheet, table: Table) -> None:
    """Three rows for each role: person-days needed, person-days available, and the load as the one by the other."""
    sheet.say(
        _(
            "Person-days by week. The load follows from the two rows above it; what is needed does not follow from "
            "changes in other sheets. {sign} means work for a role that can give nothing in that week."
        ).format(sign=OVER),
        Look(ink=sheet.theme.grey),
    )
    keys = {column.key: place for place, column in enumerate(table.columns)}
    starts = list(dict.fromkeys(cast(date, row[keys["start"]]) for row in table.rows))
    found = [Period(day, day + WEEK - ONE_DAY) for day in starts]
    sheet.row += 1
    top = sheet.row
    heads = write_heads(sheet, LEFT, found, CELLS)
    dark = Look(bold=True, fill=sheet.theme.primary, ink="ffffff", wrap=True)
    for row in range(top, sheet.row):
        for column, title in enumerate((_("Role"), _("Person-days"), _("In all"), _("Highest"))):
            sheet.put(row, column, title if row == heads[0] else None, dark._replace(middle=column > 1))
    first = sheet.row
    roles = [table.rows[at : at + len(found)] for at in range(0, len(table.rows), len(found))]
    for rows in roles:
        name = str(rows[0][keys["role"]])
        _role(sheet, name, _figures(rows, keys["needed"]), _figures(rows, keys["available"]))
        sheet.widen(0, min(width(name) * 1.08 + 2, 40))
    if len(roles) > 1:
        _everybody(sheet, first, len(roles), [_figures(rows, keys[key]) for rows in roles for key in PAIR])
    for column, cells in ((0, 14), (1, 12), (2, 10), (3, 9)):
        sheet.widen(column, cells)
    sheet.freeze = (heads[1] + 1, LEFT)
    sheet.repeat = (top, heads[1])
    sheet.made.repeat_columns(0, LEFT - 1)
    sheet.across = LEFT
    sheet.pages = 1 + (len(found) - 1) // PAGE


def _figures(rows: Sequence[Sequence[Cell]], place: int) -> list[float]:
    return [cast(float, row[place]) for row in rows]


def _role(
    sheet: Sheet, name: str, needed: list[float], available: list[float], texts: Sequence[list[str]] = ()
) -> None:
    """The three rows of a role; ``texts`` are formulas for the first two where they are sums of others."""
    row = sheet.row
    theme = sheet.theme
    bold = Look(bold=True)
    for offset, (title, figures) in enumerate(((_("needed"), needed), (_("available"), available))):
        sheet.put(row + offset, 0, name, bold if not offset else Look(ink=theme.grey))
        sheet.put(row + offset, 1, title, Look(ink=theme.grey))
        where = _across(row + offset, len(figures))
        days = Look("days", number="#,##0.0;;")
        sheet.put(row + offset, 2, Formula(f"=SUM({where})", round(sum(figures), 6)), Look("days", bold=not offset))
        sheet.put(row + offset, 3, Formula(f"=MAX({where})", max(figures)), Look("days", ink=theme.grey))
        values: list[Value] = list(figures)
        if texts:
            values = [Formula(text, round(figure, 6)) for text, figure in zip(texts[offset], figures, strict=True)]
        for column, value in enumerate(values, LEFT):
            sheet.put(row + offset, column, value, days._replace(size=8, ink="" if not offset else theme.grey))
    _loads(sheet, row + 2, name, needed, available)
    sheet.row += 3


def _loads(sheet: Sheet, row: int, name: str, needed: list[float], available: list[float]) -> None:
    """The row of loads: in all, the highest, and week by week."""
    look = Look("share", ruled=True, number="0%;;")
    sheet.put(row, 0, name, look._replace(kind="text", ink=sheet.theme.grey))
    sheet.put(row, 1, _("load"), look._replace(kind="text", ink=sheet.theme.grey))
    for column, (need, give) in enumerate(
        [(sum(needed), sum(available)), (0.0, 0.0), *zip(needed, available, strict=True)], 2
    ):
        if column != LEFT - 1:
            letter = column_name(column)
            text = f'=IF({letter}{row}>0,{letter}{row - 1}/{letter}{row},IF({letter}{row - 1}>0,"{OVER}",""))'
            known = need / give if give > 0 else OVER if need > 0 else ""
            sheet.put(
                row, column, Formula(text, known), look._replace(size=8 if column >= LEFT else 0, bold=column == 2)
            )
    loads = [need / give for need, give in zip(needed, available, strict=True) if give > 0]
    peak = Formula(f"=MAX({_across(row, len(needed))})", max(loads, default=0.0))
    sheet.put(row, LEFT - 1, peak, look)
    _coloured(sheet, row, LEFT + len(needed) - 1)


def _coloured(sheet: Sheet, row: int, right: int) -> None:
    """From white over the full load to a warning where it is more."""
    theme = sheet.theme
    cell = f"{column_name(LEFT)}{row + 1}"
    warning = {
        "type": "formula",
        "criteria": f'=OR({cell}="{OVER}",AND(ISNUMBER({cell}),ROUND({cell},3)>1))',
        "format": sheet.looks.change(WARNING, bold=True),
        "stop_if_true": True,
    }
    sheet.made.conditional_format(row, LEFT, row, right, warning)
    colours = zip(("min", "mid", "max"), (0, 0.6, 1), (theme.paper, *LOADS), strict=True)
    scale: dict[str, object] = {"type": "3_color_scale"}
    for place, value, colour in colours:
        scale |= {f"{place}_type": "num", f"{place}_value": value, f"{place}_color": f"#{colour}"}
    sheet.made.conditional_format(row, LEFT, row, right, scale)


def _everybody(sheet: Sheet, first: int, roles: int, figures: Sequence[list[float]]) -> None:
    """The sums of all roles, as formulas over the rows above."""
    needed = [sum(column) for column in zip(*figures[0::2], strict=True)]
    available = [sum(column) for column in zip(*figures[1::2], strict=True)]
    last = sheet.row
    sheet.row += 1
    words = f"$B${first + 1}:$B${last}"
    texts = [
        [
            f"=SUMIFS({name}${first + 1}:{name}${last},{words},$B{sheet.row + 1 + offset})"
            for name in (column_name(column) for column in range(LEFT, LEFT + len(needed)))
        ]
        for offset in range(2)
    ]
    _role(sheet, _("All roles"), needed, available, texts)


def _across(row: int, many: int) -> str:
    """The cells of a row under the weeks."""
    return f"{column_name(LEFT)}{row + 1}:{column_name(LEFT + many - 1)}{row + 1}"
