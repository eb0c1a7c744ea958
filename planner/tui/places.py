"""The places of an open plan: the key that leads to each, its name, and the line that shows them all."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from planner.text.i18n import N_, _
from planner.text.width import width
from planner.tui.areas.area import Area
from planner.tui.keynames import first_key
from planner.tui.widgets.lines import Drawn, Piece, Pieces

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp


class Place(NamedTuple):
    """``title`` and its ``short`` form are marked for translation.

    ``kind`` is the class of the area, in ``module`` of ``planner.tui.areas``.
    """

    key: str
    title: str
    short: str
    module: str
    kind: str


PLACES = {
    "assessment": Place("a", N_("Assessment"), N_("Assess"), "assessment.area", "AssessmentArea"),
    "work": Place("w", N_("Work"), N_("Work"), "work.area", "WorkArea"),
    "dependencies": Place("d", N_("Dependencies"), N_("Depend"), "dependencies.area", "DependenciesArea"),
    "roadmap": Place("r", N_("Roadmap"), N_("Roadmap"), "roadmap.area", "RoadmapArea"),
    "propose": Place("g", N_("Propose"), N_("Propose"), "propose.area", "ProposeArea"),
    "checks": Place("v", N_("Checks"), N_("Checks"), "checks.area", "ChecksArea"),
    "review": Place("R", N_("Review"), N_("Review"), "review", "ReviewArea"),
    "organisation": Place("o", N_("Organisation"), N_("Client"), "organisation", "OrganisationArea"),
}
"""By name, which is also the id of the area; in the order of the line of places."""


def make_area(name: str) -> Area:
    """A new area; its module is imported now, so that the first screen does not wait for the others."""
    area: Area = getattr(import_module(f"planner.tui.areas.{PLACES[name].module}"), PLACES[name].kind)(id=name)
    return area


class PlaceBar(Drawn):
    """The line of places, the one in view in brackets: full names where they fit, else short ones, else the keys."""

    def __init__(self, current: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.current = current

    def show(self, current: str) -> None:
        """Put another place in brackets."""
        if current != self.current:
            self.current = current
            self.refresh()

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if y:
            return (), ""
        full = {name: _(place.title) for name, place in PLACES.items()}
        short = {name: _(place.short) for name, place in PLACES.items()}
        keys = {self.current: short[self.current]}
        lines = [self._line(words) for words in (full, short, keys)]
        return next((line for line in lines if sum(width(piece.text) for piece in line) <= cells), lines[-1]), ""

    def _line(self, words: Mapping[str, str]) -> list[Piece]:
        pieces = []
        other = cast("PlannerApp", self.app).settings.keys
        for name, place in PLACES.items():
            key = first_key(other, f"go.{name}", place.key)
            if name == self.current:
                pieces.append(Piece(f"[{key} {words[name]}]", "strong"))
            else:
                pieces += [Piece(f" {key} ", "key"), Piece(f"{words[name]} " if name in words else "")]
        return pieces
