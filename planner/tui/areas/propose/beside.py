"""Roadmaps in columns: their figures, and phase by phase what stands in each, with signs for what differs."""

from collections.abc import Collection, Sequence

from planner.export.outline import outline
from planner.model.capability import process_of
from planner.model.project import Project
from planner.rollout.compare import Column as Compared
from planner.rollout.compare import Comparison
from planner.rollout.compared.figures import JUDGED
from planner.text.i18n import _
from planner.text.width import fit, wrap
from planner.tui.areas.propose.rows import SAID, difference, shown
from planner.tui.widgets.lines import Lines, Piece, Pieces

MOST = 4
"""So many roadmaps stand side by side at most."""

LABEL = 13
"""Cells of the first column."""

Rows = list[tuple[Piece, tuple[Piece, ...]]]
"""A label, and a piece for each roadmap."""


class Beside(Lines):
    """The roadmaps given, the first of them the one that the others are compared with."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.names: Sequence[str] = ()
        self.cells: Rows = []
        self.words: Sequence[str] = ()
        self._wrapped: tuple[int, list[str]] = (-1, [])

    def show(self, project: Project, found: Comparison, columns: Sequence[Compared]) -> None:
        """Draw these."""
        self.names = [column.candidate.name for column in columns]
        self.cells = beside(project, columns)
        self.words = [found.tradeoff(column.candidate.id, columns[0].candidate.id).words for column in columns[1:]]
        self.words = [
            _("{name}, {what}").format(name=n, what=w) for n, w in zip(self.names[1:], self.words, strict=True)
        ]
        self._wrapped = (-1, [])
        self.rebuild(self._count(), 0)

    def _count(self) -> int:
        return len(self.cells) + len(self._lines(self.size.width or 80))

    def _lines(self, cells: int) -> list[str]:
        """What each wins and costs, as it fits."""
        if self._wrapped[0] != cells:
            self._wrapped = (cells, [line for words in self.words for line in ("", *wrap(words, max(8, cells - 2)))])
        return self._wrapped[1]

    def draw_head(self, cells: int) -> list[Pieces]:
        return [self._line("  ", Piece("", "head"), [Piece(name, "head") for name in self.names], cells)]

    def draw_row(self, index: int, cells: int, under_cursor: bool) -> Pieces:
        mark = "> " if under_cursor else "  "
        if index >= len(self.cells):
            place = index - len(self.cells)
            lines = self._lines(cells)
            return [Piece(mark), Piece(lines[place] if place < len(lines) else "")]
        label, pieces = self.cells[index]
        return self._line(mark, label, pieces, cells)

    def _line(self, mark: str, label: Piece, pieces: Sequence[Piece], cells: int) -> list[Piece]:
        each = max(6, (cells - 2 - LABEL) // max(1, len(self.names)))
        drawn = [Piece(mark), Piece(fit(label.text, LABEL), label.style)]
        return [*drawn, *(Piece(fit(piece.text, each - 1) + " ", piece.style) for piece in pieces)]


def chosen(found: Comparison, marked: Collection[str], here: str) -> list[Compared]:
    """The marked roadmaps, the base of the comparison first; without two marks the base, and the one of the cursor."""
    columns = {column.candidate.id: column for column in found.columns}
    idents = [ident for ident in columns if ident in marked]
    if len(idents) < 2:
        wanted = dict.fromkeys((found.reference, *idents, here, *columns))
        idents = [ident for ident in wanted if ident in columns][:2]
    idents.sort(key=lambda ident: ident != found.reference)
    return [columns[ident] for ident in idents][:MOST]


def beside(project: Project, columns: Sequence[Compared]) -> Rows:
    """The lines of the comparison; ``<`` before what stands in an earlier phase than in the first column."""
    rows: Rows = []
    for metric in JUDGED:
        rows.append((Piece(_(SAID[metric])), tuple(_figure(column, columns[0], metric) for column in columns)))
    outlines = [outline(project, c.candidate.roadmap, c.candidate.phases) for c in columns]
    stands = [{item.id: phase.number for phase in one for item in phase.items} for one in outlines]
    first = stands[0]

    def told(item: str) -> bool:
        """Packages of the whole programme only where they stand in different phases."""
        return bool(process_of(item)) or any(other.get(item) != first.get(item) for other in stands)

    for number in range(max(map(len, outlines))):
        rows.append((Piece(""), ()))
        phases = [one[number] if number < len(one) else None for one in outlines]
        rows.append(
            (
                Piece(_("Phase {n}").format(n=number + 1), "head"),
                tuple(Piece(phase.phase.name if phase else "-", "head") for phase in phases),
            )
        )
        rows.append((Piece(_("until"), "dim"), tuple(Piece(str(p.finish or "-") if p else "", "dim") for p in phases)))
        held = [[item.id for item in phase.items if told(item.id)] if phase else [] for phase in phases]
        for line in range(max(map(len, held))):
            names = [items[line] if line < len(items) else "" for items in held]
            rows.append((Piece(""), tuple(_item(project, name, number + 1, first) for name in names)))
    return rows


def _figure(column: Compared, base: Compared, metric: str) -> Piece:
    told = shown(column, metric)
    if column is base:
        return Piece(told)
    by = difference(column, base, metric)
    return Piece(told if by.text == "=" else f"{told} {by.text}", by.style if by.text != "=" else "")


def _item(project: Project, name: str, number: int, first: dict[str, int]) -> Piece:
    if not name:
        return Piece("")
    was = first.get(name, number)
    sign, style = ("<", "good") if number < was else (">", "warn") if number > was else (" ", "")
    return Piece(f"{sign} {project.title(name)}", style)
