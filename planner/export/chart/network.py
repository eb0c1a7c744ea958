"""What needs what: a column for each phase, boxes for capabilities, lines from what is needed to what needs it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.export.chart.colour import inked, paler
from planner.export.chart.fit import fitted, lines, measured
from planner.export.chart.legend import HEIGHT as LINE
from planner.export.chart.legend import drawn, legend
from planner.export.chart.scene import LEADING, PAD, Box, Line, Scene, Shape
from planner.export.chart.web import Web, web
from planner.export.report.parts import Network, Node, Tie
from planner.export.theme import Theme, ink_on
from planner.text.i18n import _, labelled, listed, ngettext

HEAD = 32.0
"""The height of the headings of the columns in points."""

UNIT, LEAST, MOST = 13.0, 7.5, 17.0
"""Half the distance of two boxes in points; the least at which names can still be read, and the most that is of use."""

BOX = 1.5
"""The height of a box in such units."""

PORT = 0.2
"""How far from the middle of a box lines end, in such units: those that must be kept above, others below."""

FOOT = 18.0
"""The height of the line that explains the signs."""

CHANNEL = (0.3, 60.0)
"""The room between two columns: as a share of a column, and at most, in points."""


def network_scene(network: Network, theme: Theme, width: float, height: float | None = None) -> Scene:
    """``network`` in a picture ``width`` points wide.

    Without ``height`` it is as high as its boxes need. Otherwise boxes become lower first; then those with the fewest
    ties are left out, and a last line says how many.
    """
    nodes = network.nodes
    placed = web(network, nodes)
    if height is not None:
        most = max(int((height - HEAD - FOOT) / LEAST) - 1, 1)
        while placed.rows > most and len(nodes) > 1:
            nodes = _fewer(network, nodes, most / placed.rows)
            placed = web(network, nodes)
    unit = UNIT if height is None else min(MOST, (height - HEAD - FOOT) / (placed.rows + 1))
    plan = _Drawing(network, theme, placed, width, unit)
    bottom = HEAD + (placed.rows + 1) * unit
    foot = plan.foot(bottom + 4.0, len(network.nodes) - len(nodes))
    shapes = (*plan.grounds(bottom), *plan.ties(), *plan.boxes(), *foot)
    return Scene(width, bottom + FOOT, shapes, network.title, _told(network))


def _fewer(network: Network, nodes: Sequence[Node], share: float) -> tuple[Node, ...]:
    """A ``share`` of ``nodes``, at least one less, in their order: those with the most ties."""
    here = {node.id for node in nodes}
    count = dict.fromkeys(here, 0)
    for tie in network.ties:
        if tie.needs in here and tie.item in here:
            count[tie.needs] += 1
            count[tie.item] += 1
    kept = max(min(int(len(nodes) * share), len(nodes) - 1), 1)
    best = sorted(range(len(nodes)), key=lambda place: (-count[nodes[place].id], place))[:kept]
    return tuple(nodes[place] for place in sorted(best))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What every part of the picture is drawn with."""

    network: Network
    theme: Theme
    web: Web
    width: float
    unit: float

    @property
    def column(self) -> float:
        """The width of a column with the channel on its right."""
        return self.width / max(len(self.web.phases), 1)

    @property
    def box(self) -> float:
        """The width of a box."""
        return self.column - min(CHANNEL[0] * self.column, CHANNEL[1])

    def left(self, column: int) -> float:
        """Where the boxes of a column begin."""
        return column * self.column + (self.column - self.box) / 2

    def middle(self, row: int) -> float:
        """Halfway up a row."""
        return HEAD + (row + 1) * self.unit

    def grounds(self, bottom: float) -> list[Shape]:
        """A pale ground and a heading for every column."""
        spans = {span.number: span.name for span in self.network.phases}
        shapes: list[Shape] = []
        for place, number in enumerate(self.web.phases):
            colour = self.theme.phase(number)
            x, wide = place * self.column + 2.0, self.column - 4.0
            name = f"{number}  {spans.get(number, '')}".rstrip() if number else _("In no phase")
            head = lines(name, wide - 2 * PAD, 9.0, 2, bold=True)
            shapes.append(Box(x, HEAD, wide, bottom - HEAD, fill=paler(colour, 0.93), data={"phase": str(number)}))
            shapes.append(
                Box(
                    x, 0.0, wide, HEAD - 4.0, fill=colour, text="\n".join(head), ink=ink_on(colour), size=9.0,
                    bold=True, align="centre", title=name, data={"phase": str(number)},
                )
            )  # fmt: skip
        return shapes

    def boxes(self) -> list[Shape]:
        """The capabilities."""
        high = BOX * self.unit
        size = 9.0 if high >= 23.0 else 7.5 if high >= 12.0 else 7.0
        most = max(int(high / (size * LEADING)), 1)
        shapes: list[Shape] = []
        for node, (column, row) in self.web.places.items():
            number = self.web.phases[column]
            colour = self.theme.phase(number)
            name = self.web.names[node]
            shapes.append(
                Box(
                    self.left(column), self.middle(row) - high / 2, self.box, high, fill=self.theme.paper, line=colour,
                    text="\n".join(lines(name, self.box - 2 * PAD, size, most)), size=size,
                    ink=inked(colour, self.theme.paper), round=True, id=node, title=name, data={"phase": str(number)},
                )
            )  # fmt: skip
        return shapes

    def ties(self) -> list[Shape]:
        """Curves between columns, brackets inside one; soft ones dashed."""
        shapes: list[Shape] = []
        for tie, stops in self.web.runs:
            line = replace(
                self._line(tie.hard),
                points=self._path(tie, stops),
                curved=stops[0][0] != stops[-1][0],
                joins=(tie.needs, tie.item),
                data={"from": tie.needs, "to": tie.item},
            )
            shapes.append(line)
        return shapes

    def _path(self, tie: Tie, stops: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
        (first, row), (last, end) = stops[0], stops[-1]
        port = PORT * self.unit * (-1 if tie.hard else 1)
        if first == last:
            right = self.left(first) + self.box
            out = right + (self.column - self.box) / 2 * self.web.tracks[tie.needs]
            y, to = self.middle(row) + port, self.middle(end) + port
            return (right, y), (out, y), (out, to), (right, to)
        points = []
        for place, (column, at) in enumerate(stops):
            sides = [self.left(column), self.left(column) + self.box]
            sides = sides if first < last else sides[::-1]
            kept = sides[1:] if place == 0 else sides[:1] if place == len(stops) - 1 else sides
            ending = place in (0, len(stops) - 1)
            points += [(x, self.middle(at) + (port if ending else 0.0)) for x in kept]
        return tuple(points)

    def foot(self, y: float, left_out: int) -> list[Shape]:
        """How much is left out, and what the lines mean."""
        theme = self.theme
        shapes: list[Shape] = []
        x = 0.0
        if left_out:
            text = ngettext("and {n} more", "and {n} more", left_out).format(n=left_out)
            text = fitted(text, self.width - 2 * PAD, 8.5, bold=True)
            x = measured(text, 8.5, bold=True) + 2 * PAD
            shapes.append(Box(0.0, y, x, LINE, text=text, ink=theme.ink, size=8.5, bold=True))
        used = {tie.hard for tie, _stops in self.web.runs}
        words = {True: _("is needed by"), False: _("should come before")}
        signs = [drawn(self._line(hard), text) for hard, text in words.items() if hard in used]
        return [*shapes, *legend(signs, theme.grey, x, self.width, y)]

    def _line(self, hard: bool) -> Line:
        return Line((), self.theme.grey if hard else self.theme.accent, 0.8, dashed=not hard, arrow=True)


def _told(network: Network) -> str:
    """The picture in words: what each needs."""
    names = {node.id: node.name for node in network.nodes}
    needs: dict[str, list[str]] = {}
    for tie in network.ties:
        if tie.needs in names and tie.item in names:
            needs.setdefault(tie.item, []).append(names[tie.needs])
    told = [_("{item} needs {other}").format(item=names[item], other=listed(found)) for item, found in needs.items()]
    free = [node.name for node in network.nodes if node.id not in needs]
    return "\n".join([*told, labelled(_("Needs nothing else"), listed(free))] if free else told)
