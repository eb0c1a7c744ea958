"""Figures beside each other, each on a tile: what it is, the figure itself, a remark."""

from collections.abc import Sequence

from pptx.enum.text import MSO_ANCHOR

from planner.export.report.parts import Figure
from planner.export.slides.frame import Rect
from planner.export.slides.page import Page
from planner.export.slides.words import LEADING, Para, count, shortened
from planner.text.i18n import labelled

HIGH = 84.0
"""The height of a tile in points."""

GAP, SIDES, ENDS = 10.0, 10.0, 8.0
"""Between two tiles, and between a text and the sides, the top and the bottom of its tile, in points."""

WIDE = 120.0
"""A tile that is narrower has half the room at its sides."""

VALUE = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
LABEL, NOTE = 10.5, 10.0
"""Font sizes in points."""


def tiles(page: Page, figures: Sequence[Figure], rect: Rect) -> None:
    """``figures`` in ``rect``, all with their values in the same size."""
    if not figures:
        return
    theme = page.look.theme
    columns = rect.columns(len(figures), GAP)
    sides = SIDES if columns[0].w >= WIDE else SIDES / 2
    width = columns[0].w - 2 * sides
    most = (rect.h - 2 * ENDS - 2 * NOTE * LEADING) / LEADING - LABEL  # so that two lines of a remark have room
    sizes = [size for size in VALUE if size <= most] or VALUE[-1:]
    size = next((s for s in sizes if all(count(f.value, width, s, True, 2) <= 1 for f in figures)), sizes[-1])
    lines = max(int((rect.h - 2 * ENDS - (LABEL + size) * LEADING) / (NOTE * LEADING)), 1)
    for figure, column in zip(figures, columns, strict=True):
        paras = (
            Para(shortened(figure.label, width, LABEL, 1), LABEL, ink=theme.grey),
            Para(shortened(figure.value, width, size, 1, True), size, True, theme.primary),
            Para(shortened(figure.note, width, NOTE, lines), NOTE, ink=theme.ink),
        )
        page.box(
            column, labelled(figure.label, figure.value), fill=theme.pale, paras=[p for p in paras if p.text],
            anchor=MSO_ANCHOR.TOP, sides=sides, ends=ENDS,
        )  # fmt: skip
        page.box(Rect(column.x, column.y, 3.0, column.h), figure.label, fill=theme.accent)
        if any(p.text != whole for p, whole in zip(paras, (figure.label, figure.value, figure.note), strict=True)):
            page.note(labelled(figure.label, f"{figure.value} {figure.note}".rstrip()))
