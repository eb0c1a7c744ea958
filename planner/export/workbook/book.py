"""The workbook as a whole: its sheets in order, what all of them share, and the bytes in the end."""

import io
from datetime import datetime
from typing import TYPE_CHECKING

from planner.export.handover import Handover
from planner.export.workbook import safe
from planner.export.workbook.grid import Area
from planner.export.workbook.look import Looks
from planner.export.workbook.sheet import Sheet
from planner.text.i18n import _, language

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
LINE = 118
"""Signs that one side of a printed header may take: both together and the codes stay within 255."""


class Book:
    """A workbook that is being made. ``areas`` are the tables of which other sheets read.

    ``phase_days``: by number of a phase the cells with its first and its last day.
    """

    def __init__(self, handover: Handover) -> None:
        from xlsxwriter import Workbook

        self.handover, self.theme = handover, handover.theme
        self.areas: dict[str, Area] = {}
        self.phase_days: dict[int, tuple[str, str]] = {}
        self._file = io.BytesIO()
        self._made = Workbook(
            self._file,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        own = self.theme.chinese_font if language() == "zh" and self.theme.chinese_font else self.theme.font
        font = own or FONTS[language()]
        self._made.formats[0].set_font_name(font)
        self._made.formats[0].set_font_size(10)
        self.looks = Looks(self._made, self.theme, font)
        self._tables: list[str] = []
        self._names: list[str] = []
        self._sheets: list[Sheet] = []
        self._tell_of_itself()

    def sheet(self, title: str) -> Sheet:
        """A further sheet, behind those that are there."""
        name = safe.sheet_name(title, self._names)
        self._names.append(name)
        made: Worksheet = self._made.add_worksheet(name)
        if len(self._names) == 1:
            made.activate()
        made.set_tab_color(f"#{self.theme.primary if len(self._names) == 1 else self.theme.grey}")
        self._sheets.append(Sheet(made, self.looks, self.theme, title, self._tables))
        return self._sheets[-1]

    @property
    def header(self) -> str:
        """What stands above each printed page: for whom it is, and which state of the plan."""
        about = self.handover.identity
        left = safe.printed((about.client, about.plan), LINE)
        right = safe.printed((about.version, about.lines[-1]), LINE)
        return f"&L&9 {left}&R&9 {right}"

    @property
    def footer(self) -> str:
        """What stands below it: the house's own line, and which page it is."""
        page = _("Page {page} of {pages}").replace("&", "&&").format(page="&P", pages="&N")
        return f"&L&9 {safe.printed((self.theme.footer,), LINE)}&C&9 &A&R&9 {page}"

    def bytes(self) -> bytes:
        """The finished file."""
        for sheet in self._sheets:
            sheet.finish(self.header, self.footer)
        self._made.close()
        return self._file.getvalue()

    def _tell_of_itself(self) -> None:
        about = self.handover.identity
        self._made.set_properties(
            {
                "title": safe.drawn(about.plan),
                "subject": safe.drawn(about.client),
                "comments": safe.text("; ".join(safe.drawn(line) for line in about.lines)),
                "created": datetime(about.as_of.year, about.as_of.month, about.as_of.day),
            }
        )
