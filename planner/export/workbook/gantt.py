"""The roadmap as a chart of cells: a changed day moves its bar, since the bars are rules that read the days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.export.outline import PhaseOutline
from planner.export.report.parts import Timeline
from planner.export.words import heading
from planner.export.workbook import safe
from planner.export.workbook.blocks import tint
from planner.export.workbook.book import Book
from planner.export.workbook.grid import Formula, Value, column_name
from planner.export.workbook.look import Look
from planner.export.workbook.periods import Period, during, periods, write_heads
from planner.export.workbook.sheet import Sheet
from planner.export.workbook.work import PACKAGES
from planner.text.i18n import _
from planner.text.width import width

COLUMNS = ("number", "name", "phase", "workstream", "start", "finish", "done")
LEFT = len(COLUMNS)
START, FINISH = (column_name(COLUMNS.index(key)) for key in ("start", "finish"))
SPARE = timedelta(weeks=4)
"""Room behind the last day, for days that are moved."""

SIGN = "◆"
"""Stands in the week of a gate or of another dated event."""

FOLDED = 60
"""With more rows than so many the packages are folded away at first, so that one sees the whole."""

CELLS = 2.9
"""How wide a week is."""

NAME, WIDEST = 66, 60
"""Cells of a name in the chart, and of its column; the sheet with the work packages has the whole of it."""

PAGE = 60
"""So many weeks are printed on a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the chart: ``depth`` 0 for a phase, 1 for what it delivers, 2 for the packages of that.

    ``number`` is that of its work package, if it is one; ``below`` is how many rows right below belong to it.
    """

    depth: int
    name: str
    start: date
    finish: date
    done: float
    workstream: str = ""
    number: int | None = None
    below: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """The columns of the chart: periods, the rows with their first and last days, the cell with the as-of day."""

    periods: Sequence[Period]
    heads: tuple[int, int]
    as_of: str

    @property
    def right(self) -> int:
        """The last column."""
        return LEFT + len(self.periods) - 1


def write_gantt(book: Book, sheet: Sheet, lead: str, timeline: Timeline) -> None:
    """Phases, what they deliver and the packages, with bars by week; dates and gates below."""
    sheet.say(lead, Look(size=11))
    sheet.say(
        _(
            "Days are those of the sheet with the work packages: change them there, and the bars move. "
            "{sign} is a gate or another dated event."
        ).format(sign=SIGN),
        Look(ink=sheet.theme.grey),
    )
    numbers = {package.id: place for place, package in enumerate(book.handover.project.packages, 1)}
    lines = {part.number: [*_lines(book, part, numbers)] for part in book.handover.facts.phases if part.items}
    calendar = _calendar(book, sheet, timeline)
    folded = sum(map(len, lines.values())) > FOLDED
    for number, found in lines.items():
        _phase(book, sheet, number, found, calendar, folded)
    _stones(sheet, timeline, calendar)
    _as_of(sheet, calendar)
    _months(sheet, calendar)
    names = [line.name for found in lines.values() for line in found]
    sheet.widen(1, min(max(map(width, names), default=0) + 5, WIDEST))
    for column, cells in ((0, 6), (2, 8), (3, 12), (4, 11.5), (5, 11.5), (6, 10)):
        sheet.widen(column, cells)
    sheet.made.outline_settings(symbols_below=False)
    sheet.freeze = (calendar.heads[1] + 1, 2)
    sheet.repeat = (calendar.heads[0] - 2, calendar.heads[1])
    sheet.made.repeat_columns(0, LEFT - 1)
    sheet.across = LEFT
    sheet.pages = 1 + (len(calendar.periods) - 1) // PAGE


def _calendar(book: Book, sheet: Sheet, timeline: Timeline) -> Calendar:
    """The heads of all columns, and the day up to which the plan is known."""
    look = Look(bold=True, ink=sheet.theme.accent)
    sheet.put(sheet.row, 1, _("As of"), look)
    sheet.put(sheet.row, COLUMNS.index("start"), book.handover.identity.as_of, look._replace(kind="date"))
    as_of = f"${START}${sheet.row + 1}"
    sheet.row += 2
    found = periods(timeline.first, timeline.last + SPARE)
    top = sheet.row
    heads = write_heads(sheet, LEFT, found, CELLS)
    dark = Look(bold=True, fill=sheet.theme.primary, ink="ffffff", wrap=True)
    titles = (_("No."), _("Item"), _("Phase"), _("Workstream"), _("Start"), _("Finish"), _("Finished"))
    for row in range(top, sheet.row):
        for column, title in enumerate(titles):
            sheet.put(row, column, title if row == heads[0] else None, dark._replace(middle=column != 1))
    return Calendar(found, heads, as_of)


def _lines(book: Book, part: PhaseOutline, numbers: dict[str, int]) -> Iterator[Line]:
    """The rows of a phase."""
    facts = book.handover.facts
    project, done = facts.project, facts.done
    below: list[Line] = []
    finished = []
    for item in part.items:
        packages = [package for package in item.packages if package.id in facts.placed]
        shares = [float(package.id in done) for package in packages]
        finished += shares
        rows = [
            Line(2, package.name, place.start, place.finish, share, heading(package.workstream), numbers[package.id])
            for package, share in zip(packages, shares, strict=True)
            for place in (facts.placed[package.id],)
        ]
        if item.id in project.package_by_id:
            below += [Line(1, one.name, one.start, one.finish, one.done, one.workstream, one.number) for one in rows]
            continue
        rows.sort(key=lambda line: (line.start, line.number))
        share = sum(shares) / len(shares)
        below.append(Line(1, project.title(item.id), item.start, item.finish, share, below=len(rows)))
        below += rows
    start, finish = min(line.start for line in below), max(line.finish for line in below)
    share = sum(finished) / len(finished)
    yield Line(0, f"{part.number}. {part.phase.name}", start, finish, share, below=len(below))
    yield from below


def _phase(book: Book, sheet: Sheet, number: int, lines: list[Line], calendar: Calendar, folded: bool) -> None:
    theme, top = sheet.theme, sheet.row
    colour = theme.phase(number)
    book.phase_days[number] = (f"{sheet.name}!${START}${top + 1}", f"{sheet.name}!${FINISH}${top + 1}")
    for line in lines:
        _line(book, sheet, number, line)
        options = {"level": line.depth, "hidden": folded and line.depth == 2}
        if folded and line.below and line.depth == 1:
            options["collapsed"] = True
        sheet.made.set_row(sheet.row, None, None, options)
        sheet.row += 1
    _gate(sheet, top, calendar, lines[0].finish, top)
    bar = during(top, LEFT, calendar.heads, START, FINISH)
    sheet.made.conditional_format(top, LEFT, top, calendar.right, _rule(sheet, bar, theme.ink))
    below = during(top + 1, LEFT, calendar.heads, START, FINISH)
    whole = f'AND($A{top + 2}="",{below})'
    for condition, fill in ((whole, colour), (below, tint(colour, 0.45))):
        rule = _rule(sheet, condition, fill)
        sheet.made.conditional_format(top + 1, LEFT, sheet.row - 1, calendar.right, rule)


def _rule(sheet: Sheet, condition: str, fill: str) -> dict[str, object]:
    return {"type": "formula", "criteria": f"={condition}", "format": sheet.looks.bar(fill), "stop_if_true": True}


def _line(book: Book, sheet: Sheet, phase: int, line: Line) -> None:
    """The cells of a row at the left of its bar."""
    row = sheet.row
    look = Look(bold=line.depth < 2 and line.number is None, fill=sheet.theme.pale if line.depth == 0 else "")
    days: list[Value] = [line.start, line.finish]
    packages = book.areas.get(PACKAGES)
    if line.below:
        first, last = row + 2, row + 1 + line.below
        days = [
            Formula(f"=MIN({START}{first}:{START}{last})", line.start),
            Formula(f"=MAX({FINISH}{first}:{FINISH}{last})", line.finish),
        ]
    elif packages:
        where = f"MATCH($A{row + 1},{packages.away('number')},0)"
        days = [
            Formula(f"=INDEX({packages.away(key)},{where})", day)
            for key, day in (("start", line.start), ("finish", line.finish))
        ]
    sheet.put(row, 0, line.number, look._replace(kind="number", ink=sheet.theme.grey))
    sheet.put(row, 1, safe.drawn(line.name, NAME), look._replace(indent=line.depth))
    sheet.put(row, 2, phase, look._replace(kind="level"))
    sheet.put(row, 3, line.workstream, look)
    for column, day in enumerate(days, COLUMNS.index("start")):
        sheet.put(row, column, day, look._replace(kind="date"))
    sheet.put(row, 6, line.done or None, look._replace(kind="share", ink=sheet.theme.grey))


def _gate(sheet: Sheet, row: int, calendar: Calendar, day: date, source: int, ink: str = "ffffff") -> None:
    """The sign in the period of the day in the column of finishes, wherever that is moved."""
    first, last = calendar.heads
    look = Look(bold=True, ink=ink, middle=True)
    for column, period in enumerate(calendar.periods, LEFT):
        name = column_name(column)
        condition = f"AND(${FINISH}{source + 1}>={name}${first + 1},${FINISH}{source + 1}<={name}${last + 1})"
        known = SIGN if period.first <= day <= period.last else ""
        sheet.put(row, column, Formula(f'=IF({condition},"{SIGN}","")', known), look)


def _stones(sheet: Sheet, timeline: Timeline, calendar: Calendar) -> None:
    """A row for each dated event; gates stand at the end of their phases already."""
    stones = [stone for stone in timeline.stones if stone.kind != "gate"]
    if not stones:
        return
    look = Look(bold=True, fill=sheet.theme.pale)
    for column in range(LEFT):
        sheet.put(sheet.row, column, _("Dates") if column == 1 else None, look)
    sheet.row += 1
    for stone in stones:
        sheet.put(sheet.row, 1, safe.drawn(stone.name, 100), Look(indent=1))
        sheet.put(sheet.row, COLUMNS.index("finish"), stone.day, Look("date"))
        _gate(sheet, sheet.row, calendar, stone.day, sheet.row, ink=sheet.theme.accent)
        sheet.row += 1


def _as_of(sheet: Sheet, calendar: Calendar) -> None:
    """Mark the period of the as-of day, in the heads and down the chart behind the bars."""
    first, last = calendar.heads
    name = column_name(LEFT)
    condition = f"=AND({calendar.as_of}>={name}${first + 1},{calendar.as_of}<={name}${last + 1})"
    ground = sheet.looks.change(tint(sheet.theme.accent, 0.85))
    head = sheet.looks.change(sheet.theme.accent, bold=True)
    for top, bottom, change in ((first, first, head), (last + 1, sheet.row - 1, ground)):
        if bottom >= top:
            rule = {"type": "formula", "criteria": condition, "format": change}
            sheet.made.conditional_format(top, LEFT, bottom, calendar.right, rule)


def _months(sheet: Sheet, calendar: Calendar) -> None:
    """A fine line where a month begins."""
    first = f"{column_name(LEFT)}${calendar.heads[0] + 1}"
    line = sheet.looks.line(tint(sheet.theme.grey, 0.7))
    rule = {"type": "formula", "criteria": f"=DAY({first})<=7", "format": line}
    sheet.made.conditional_format(calendar.heads[1] + 1, LEFT, sheet.row - 1, calendar.right, rule)
