"""Maturity by process: now, after each phase, as wanted. The figure says the level, the colour repeats it."""

from planner.export.chart.colour import darker
from planner.export.chart.fit import fitted, lines, measured
from planner.export.chart.legend import Sign, filled, legend, marked, worded
from planner.export.chart.scene import LEADING, PAD, Box, Mark, Scene, Shape
from planner.export.report.parts import HeatMap, HeatRow
from planner.export.theme import Theme, ink_on
from planner.text.i18n import _, labelled, listed

ROW = 16.0
"""The height of a row in points."""

GAP = 1.5
"""Between cells."""

HEAD_SIZE, SIZE = 8.5, 9.0

CELL = (34.0, 110.0)
"""The narrowest and the widest column of levels in points."""

FOOT = 20.0
"""The height of the line that explains the signs."""


def heat_scene(heat: HeatMap, theme: Theme, width: float) -> Scene:
    """``heat`` in a picture ``width`` points wide and as high as its rows need."""
    count = max(len(heat.columns), 1)
    longest = max((measured(row.name[:80], SIZE) for row in heat.rows), default=0.0) + 2 * PAD + GAP
    names = min(max(longest, 80.0), max(0.45 * width, width - count * CELL[1]))
    names = min(names, max(width - count * CELL[0], 0.2 * width))
    cell = min((width - names) / count, CELL[1])
    heads = [lines(column, cell - GAP - 2 * PAD, HEAD_SIZE, 3, bold=True) for column in heat.columns]
    top = max((len(head) for head in heads), default=1) * HEAD_SIZE * LEADING + 6.0
    shapes: list[Shape] = [
        Box(
            0.0, 0.0, names - GAP, top - GAP, fill=theme.primary, text=_("Process"), ink=ink_on(theme.primary),
            size=HEAD_SIZE, bold=True,
        )
    ]  # fmt: skip
    for place, (head, column) in enumerate(zip(heads, heat.columns, strict=True)):
        shapes.append(
            Box(
                names + place * cell, 0.0, cell - GAP, top - GAP, fill=theme.primary, text="\n".join(head),
                ink=ink_on(theme.primary), size=HEAD_SIZE, bold=True, align="centre", title=column,
            )
        )  # fmt: skip
    for number, row in enumerate(heat.rows):
        y = top + number * ROW
        shapes.append(
            Box(
                0.0, y, names - GAP, ROW - GAP, fill=theme.pale if number % 2 else "", ink=theme.ink, size=SIZE,
                text=fitted(row.name, names - GAP - 2 * PAD, SIZE), title=row.name, id=row.id,
            )
        )  # fmt: skip
        shapes += _levels(heat, row, theme, names, cell, y)
    bottom = top + len(heat.rows) * ROW
    foot = legend(_signs(theme), theme.grey, 0.0, width, bottom + 5.0)
    return Scene(width, bottom + FOOT, (*shapes, *foot), heat.title, _told(heat))


def _levels(heat: HeatMap, row: HeatRow, theme: Theme, left: float, cell: float, y: float) -> list[Shape]:
    shapes: list[Shape] = []
    for place, level in enumerate(row.levels):
        last = place == len(heat.columns) - 1
        rises = place > 0 and not last and level > row.levels[place - 1]
        x = left + place * cell
        fill = theme.level(level)
        title = labelled(f"{row.name}, {heat.columns[place]}", str(level))
        shapes.append(
            Box(
                x, y, cell - GAP, ROW - GAP, fill=fill, line=theme.grey if last else "", text=str(level),
                ink=ink_on(fill), size=SIZE, bold=rises, align="centre", title=title,
                data={"process": row.id, "column": str(place)},
            )
        )  # fmt: skip
        if rises:
            at = x + (cell - GAP) / 2 + 9.0
            shapes.append(Mark(at, y + (ROW - GAP) / 2, 5.0, "triangle", darker(fill, 0.7)))
    return shapes


def _signs(theme: Theme) -> list[Sign]:
    """The levels with their colours, and the sign of a rise."""
    levels = range(1, len(theme.levels) + 1)
    fills = [theme.level(level) for level in levels]
    boxes = [filled(fill, "", str(level), ink_on(fill)) for level, fill in zip(levels, fills, strict=True)]
    rise = marked(Mark(0.0, 0.0, 5.0, "triangle", theme.ink), _("rises in this phase"))
    return [worded(_("Maturity level")), *boxes, rise]


def _told(heat: HeatMap) -> str:
    """The picture in words."""
    return "\n".join(
        labelled(
            row.name,
            listed(
                _("{column} {level}").format(column=column, level=level)
                for column, level in zip(heat.columns, row.levels, strict=True)
            ),
        )
        for row in heat.rows
    )
