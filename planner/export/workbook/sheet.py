"""One sheet: a title, texts and tables below each other, widths by what stands in them, and how it is printed."""

from collections.abc import Iterable
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from planner.export.report.parts import Bullets, Figures, HeatMap, Paragraph
from planner.export.theme import Theme
from planner.export.workbook import safe
from planner.export.workbook.grid import Area, Formula, Grid, GridColumn, Value, serial
from planner.export.workbook.look import PLAIN, Look, Looks
from planner.text.i18n import _
from planner.text.width import width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SPARE = 1.25
"""A column becomes so much wider than it should if everything in it then stands on one line."""

ROOM = 110
"""Cells over which a sentence may stretch."""

LINES, SENTENCES = 5, 12
"""Lines that a row of a table may be high, and a text across the sheet; what is longer is read in the cell."""

LINE = 13.5
"""Height of a line, in points."""

HIGH = 8
"""The head of a table stays in sight if it is not below this row."""

POINTS = 5.5
"""Width of a cell of text, in points."""

PAGE = (770.0, 450.0)
"""What an A4 page across holds, in points."""

SQUEEZED = 1.4
"""A sheet that is so much higher than a page is made to fit on one rather than to leave a few lines for the next."""

PAPERS = {"letter": 1, "a3": 8, "a4": 9}
FIGURES = ("number", "days", "money", "level", "share")
INPUT = "fff8e1"
"""Behind figures that a reader is meant to change."""


class Sheet:
    """A sheet that is being written from top to bottom; ``row`` is the next free row.

    ``freeze``: how many rows and columns stay in sight; ``repeat``: first and last row that every printed page begins
    with; where they are None, both follow from the one table of the sheet. ``pages``: how wide it is when printed.
    ``across``: over how many columns sentences go, as many as they need where it is 0.
    """

    def __init__(self, made: "Worksheet", looks: Looks, theme: Theme, title: str, tables: list[str]) -> None:
        self.made, self.looks, self.theme = made, looks, theme
        self.name = safe.quoted(made.get_name())
        self.row = 0
        self.heads: list[int] = []
        self.freeze: tuple[int, int] | None = None
        self.repeat: tuple[int, int] | None = None
        self.pages = 1
        self.across = 0
        self._title, self._tables = title, tables
        self._widths: dict[int, float] = {}
        self._wide: list[tuple[int, str, Look]] = []
        self._tall: dict[int, list[tuple[int, str]]] = {}
        self._folded: set[int] = set()
        made.hide_gridlines(2)
        self.say(title, Look(bold=True, size=16, ink=theme.primary))

    def put(self, row: int, column: int, value: Value, look: Look) -> None:
        """Write ``value`` as what it is; a text is never anything but a text."""
        made = self.made
        if value is None or value == "":
            made.write_blank(row, column, None, self.looks.of(look))
        elif isinstance(value, str):
            shown = safe.text(value)
            made.write_string(row, column, shown, self.looks.of(look._replace(quote=safe.looks_active(shown))))
        elif isinstance(value, Formula):
            made.write_formula(row, column, value.text, self.looks.of(look), _result(value))
        elif isinstance(value, date):
            made.write_number(row, column, serial(value), self.looks.of(look))
        else:
            made.write_number(row, column, value, self.looks.of(look))

    def widen(self, column: int, cells: float) -> None:
        """Let a column be at least ``cells`` wide."""
        self._widths[column] = max(self._widths.get(column, 0), cells)

    def say(self, text: str, look: Look = PLAIN) -> None:
        """A text across the sheet."""
        if text.strip():
            self._wide.append((self.row, safe.text(text.strip()), look))
            self.row += 1

    def paragraph(self, block: Paragraph) -> None:
        """Some sentences."""
        self.say(block.text, Look(bold=block.strong, size=11 if block.strong else 0))

    def heading(self, text: str) -> None:
        """A heading inside the sheet, with room above it; only the room where it says no more than the title."""
        if text:
            self.row += 1
        if text and text != self._title:
            self.say(text, Look(bold=True, size=12, ink=self.theme.primary))

    def bullets(self, block: Bullets) -> None:
        """A list under its heading."""
        self.heading(block.title)
        for item in block.items:
            self.say(f"• {item}")

    def figures(self, block: Figures) -> None:
        """Figures below each other: what it is, the figure, what it means."""
        self.row += 1
        for figure in block.figures:
            self.put(self.row, 0, figure.label, Look(ink=self.theme.grey))
            self.put(self.row, 1, figure.value, Look(bold=True, size=12, ink=self.theme.primary))
            self.put(self.row, 2, safe.drawn(figure.note), Look(ink=self.theme.grey))
            self.widen(0, min(width(figure.label) * 1.1 + 3, 24))
            self.widen(1, min(width(figure.value) * 1.3 + 3, 40))
            self.row += 1
        self.row += 1

    def heat(self, block: HeatMap) -> Area:
        """Levels as coloured figures."""
        columns = (
            GridColumn("process", _("Process")),
            *(GridColumn(f"level-{number}", title, "level", 14) for number, title in enumerate(block.columns)),
        )
        self.heading(block.title)
        return self.grid(Grid(columns, [[row.name, *row.levels] for row in block.rows]))

    def grid(self, grid: Grid, *, filtered: bool = True) -> Area:
        """A table with its head, each cell as what it is."""
        head = self.row
        area = Area(self.name, head, head + 1, head + len(grid.rows), {c.key: n for n, c in enumerate(grid.columns)})
        titles = safe.heads(column.title for column in grid.columns)
        looks = [
            Look(
                column.kind,
                wrap=column.kind == "text",
                ruled=True,
                fill=INPUT if column.edited else "",
                middle=column.middle,
                indent=int(column.kind == "text" and place > 0),
                number=_written(grid, place),
            )
            for place, column in enumerate(grid.columns)
        ]
        for offset, row in enumerate(grid.rows, head + 1):
            for column, value in enumerate(row):
                self.put(offset, column, value, looks[column])
        self._measure(grid, titles, head + 1)
        self._head(head, grid, titles, filtered)
        for column, one in enumerate(grid.columns):
            if one.kind == "level" and grid.rows:
                self.levels(area.first, column, area.last, column)
            if one.folded:
                self._folded.add(column)
        self.heads.append(head)
        self.row = area.last + 2
        return area

    def allow(self, area: Area, key: str, rule: dict[str, object]) -> None:
        """What may be entered into a column."""
        column = area.columns[key]
        self.made.data_validation(area.first, column, area.last, column, rule)

    def levels(self, first: int, left: int, last: int, right: int) -> None:
        """Colour maturity levels, also those that are changed later."""
        for level in range(1, 6):
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": level,
                "format": self.looks.change(self.theme.level(level)),
            }
            self.made.conditional_format(first, left, last, right, rule)

    def words(self, first: int, column: int, last: int, words: Iterable[tuple[str, str]]) -> None:
        """Colour cells that hold exactly a word; ``words`` are words of ours with their colours."""
        for word, fill in words:
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": '"' + word.replace('"', '""') + '"',
                "format": self.looks.change(fill),
            }
            self.made.conditional_format(first, column, last, column, rule)

    def _head(self, row: int, grid: Grid, titles: list[str], filtered: bool) -> None:
        plain = Look(bold=True, fill=self.theme.primary, ink="ffffff", wrap=True)
        heads = [
            plain._replace(middle=column.kind != "text", indent=int(column.kind == "text" and place > 0))
            for place, column in enumerate(grid.columns)
        ]
        if filtered and grid.rows:
            name = f"Table{len(self._tables) + 1}"
            self._tables.append(name)
            columns = [
                {"header": title, "header_format": self.looks.of(look)}
                for title, look in zip(titles, heads, strict=True)
            ]
            options = {"columns": columns, "style": None, "name": name}
            self.made.add_table(row, 0, row + len(grid.rows), len(titles) - 1, options)
            return
        for column, title in enumerate(titles):
            self.put(row, column, title, heads[column])

    def _measure(self, grid: Grid, titles: list[str], first: int) -> None:
        for column, one in enumerate(grid.columns):
            longest = max((width(word) for word in titles[column].split()), default=0) + 4
            widest: float = min(max(longest, width(titles[column]) // 2 + 5, 7), 22)
            if one.kind == "date":
                widest = max(widest, 12)
            elif one.kind in FIGURES:
                widest = max(widest, 8)
            else:
                needed = 0
                for row, line in enumerate(grid.rows, first):
                    text = _told(line[column])
                    cells = max(map(width, text.split("\n")))
                    needed = max(needed, cells)
                    if cells > one.most or "\n" in text:
                        self._tall.setdefault(row, []).append((column, text))
                widest = max(widest, needed + 3 if needed <= one.most * SPARE else one.most)
            self.widen(column, widest)
        self._tall.setdefault(first - 1, []).extend(enumerate(titles))

    def finish(self, header: str, footer: str) -> None:
        """Set widths and heights, what stays in sight, and how it is printed."""
        made = self.made
        for column, cells in self._widths.items():
            options = {"level": 1, "hidden": True} if column in self._folded else {}
            made.set_column(column, column, cells, None, options)
        height = self.row * LINE
        for row, text, look in self._wide:
            height += self._across(row, text, look) - LINE
        for row, cells_of in self._tall.items():
            lines = max(_lines(text, self._widths.get(column, 8.43)) for column, text in cells_of)
            if lines > 1:
                made.set_row(row, LINE * min(lines, LINES) + 3)
                height += LINE * (min(lines, LINES) - 1)
        freeze, repeat = self.freeze, self.repeat
        if freeze is None and len(self.heads) == 1 and self.heads[0] <= HIGH:
            freeze = (self.heads[0] + 1, 1)
        if freeze is not None:
            made.freeze_panes(*freeze)
            made.repeat_rows(*(repeat or (freeze[0] - 1, freeze[0] - 1)))
        made.set_landscape()
        made.set_paper(PAPERS[self.theme.size])
        made.fit_to_pages(self.pages, int(self._fits(height)))
        made.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        made.set_header(header, {"scale_with_doc": False})
        made.set_footer(footer, {"scale_with_doc": False})

    def _fits(self, height: float) -> bool:
        """Whether all of it can be read on one page; ``height`` is in points, before it is made to fit in width."""
        wide = sum(cells for column, cells in self._widths.items() if column not in self._folded) * POINTS
        return self.pages == 1 and height * min(1.0, PAGE[0] / max(wide, 1)) <= PAGE[1] * SQUEEZED

    def _across(self, row: int, text: str, look: Look) -> float:
        """Write a text over as many columns as it may take, and make its row as high as it needs: so many points."""
        room, last = 0.0, -1
        while room < ROOM and (not self.across or last + 1 < self.across):
            last += 1
            if last not in self._folded:
                room += self._widths.get(last, 8.43)
        look = look._replace(wrap=True, quote=safe.looks_active(text))
        scale = (look.size or 10) / 10
        height = LINE * scale * min(_lines(text, room / scale), SENTENCES) + 3
        self.made.set_row(row, height)
        if last:
            self.made.merge_range(row, 0, row, last, "", self.looks.of(look))
        self.made.write_string(row, 0, text, self.looks.of(look))
        return height


def _result(formula: Formula) -> str | float:
    """What a formula gives, as the file holds it."""
    known = formula.value
    if isinstance(known, date):
        return serial(known)
    return safe.result(known or "") if known is None or isinstance(known, str) else known


def _told(value: Value) -> str:
    """The text of a cell; nothing for any other."""
    told = value.value if isinstance(value, Formula) else value
    return told if isinstance(told, str) else ""


def _written(grid: Grid, place: int) -> str:
    """How the figures of a column are written where that is not as usual: counts with parts, days without any.

    Days that somebody may change show all that they have: spreadsheets save as CSV what they show.
    """
    kind = grid.columns[place].kind
    if kind not in ("number", "days"):
        return ""
    cells = (line[place] for line in grid.rows)
    values = [cell.value if isinstance(cell, Formula) else cell for cell in cells]
    if kind == "days":
        whole = values and all(isinstance(value, int) for value in values)
        return "#,##0" if whole else "#,##0.0##" if grid.columns[place].edited else ""
    return "#,##0.0#" if any(isinstance(value, float) and not value.is_integer() for value in values) else ""


def _lines(text: str, cells: float) -> int:
    """How many lines ``text`` takes where ``cells`` stand on each."""
    return sum(max(1, ceil(width(line) / max(cells, 1))) for line in text.split("\n"))
