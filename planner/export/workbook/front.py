"""The first sheet, which says what the plan comes to, and the last one, which says how to read the workbook."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from planner.export.report.parts import Bullets, Section, Table
from planner.export.workbook.blocks import write_blocks, write_section
from planner.export.workbook.book import Book
from planner.export.workbook.grid import Formula, Grid, Value, grid_of
from planner.export.workbook.look import Look
from planner.export.workbook.sheet import Sheet
from planner.export.workbook.work import PACKAGES
from planner.text.i18n import _

LOGO = (180, 64)
"""Room for a logo: width and height in parts of an inch, as many as ``PARTS``."""

LOGO_COLUMN, PARTS = 3, 96

DAYS = ("start", "finish")

PHASES = "phases"
"""The table of the report that the first sheet takes from the section on the roadmap."""


def write_front(book: Book, sheet: Sheet, section: Section) -> None:
    """For whom it is and as of when, the bottom line, the phases with their days and effort."""
    about = book.handover.identity
    if sheet.theme.logo:
        _logo(sheet, sheet.theme.logo)
    facts = ((_("Client"), about.client), (_("Plan"), about.plan), (_("Version"), about.version))
    for label, value in (*facts, (_("As of"), about.as_of)):
        if value:
            sheet.put(sheet.row, 0, label, Look(ink=sheet.theme.grey))
            sheet.put(sheet.row, 1, value, Look("text" if isinstance(value, str) else "date", left=True))
            sheet.row += 1
    sheet.row += 1
    write_section(sheet, section)
    roadmap = book.handover.report.section("roadmap")
    for block in roadmap.blocks if roadmap else ():
        if isinstance(block, Table) and block.name == PHASES:
            sheet.heading(block.title)
            grid = grid_of(block)
            sheet.grid(Grid(grid.columns, [[*_linked(book, block, row)] for row in block.rows]), filtered=False)
        else:
            write_blocks(sheet, (block,))


def _logo(sheet: Sheet, picture: bytes) -> None:
    """The mark of the house beside what the plan is, as large as there is room, whatever its resolution."""
    from xlsxwriter.image import Image

    image = Image(BytesIO(picture))
    wide, high = image.width * PARTS / image.x_dpi, image.height * PARTS / image.y_dpi
    scale = min(LOGO[0] / wide, LOGO[1] / high)
    options = {"x_scale": scale, "y_scale": scale, "x_offset": 4, "y_offset": 4, "decorative": True}
    sheet.made.insert_image(0, LOGO_COLUMN, image, options)


def _linked(book: Book, table: Table, row: Sequence[Value]) -> Iterator[Value]:
    """A row of phases whose days and effort follow the sheets with the roadmap and the work packages."""
    known = dict(zip((column.key for column in table.columns), row, strict=True))
    number = known["number"]
    days = book.phase_days.get(number) if isinstance(number, int) else None
    packages = book.areas.get(PACKAGES)
    for key, value in known.items():
        if value is None or isinstance(value, Formula):
            yield value
        elif key in DAYS and days:
            yield Formula(f"={days[DAYS.index(key)]}", value)
        elif key == "person_days" and packages:
            sums = f"SUMIFS({packages.away('person_days')},{packages.away('phase')},{number})"
            yield Formula(f"=ROUND({sums},2)", value)
        else:
            yield value


def write_reading(sheet: Sheet, section: Section) -> None:
    """How to use the workbook, then what the report says about itself; what a copy goes without comes last."""
    sheet.say(section.lead, Look(size=11))
    sheet.bullets(
        Bullets(
            (
                _("Figures on a yellow ground may be changed; what follows from them is a formula."),
                _("Tables can be filtered and sorted by the arrows in their heads."),
                _("Rows and columns that are folded away open with the plus signs at the edge."),
                _(
                    "Changes do not come back into the plan by themselves: send the workbook back, and work packages, "
                    "levels and importance are taken in. All other figures are there to try out what would follow."
                ),
            ),
            _("How to use this workbook"),
        )
    )
    write_blocks(sheet, section.blocks)
