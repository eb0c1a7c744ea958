"""The item in focus between two lists: what it needs on the left, what needs it on the right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from planner.export.outline import outline
from planner.graph.links import links
from planner.model.capability import level_of, process_of
from planner.model.project import Dependency, Project
from planner.text.i18n import N_, _
from planner.text.width import cut, width
from planner.tui.areas.area import Area, nothing_selected
from planner.tui.areas.dependencies.words import fixed_order, order_words, why
from planner.tui.widgets.lines import Drawn, Lines, Piece, Pieces
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

COLUMNS = (Column("", 5), Column("", 12, share=1))

MIDDLE = 20
"""Cells between the lists, as in the stylesheet."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An item beside the focus, why it is one, and the dependency behind it (None: the order of levels or packages)."""

    item: str
    kind: str
    why: str
    dependency: Dependency | None = None


class Heads(Drawn):
    """The line over both lists: what each holds, and between them the item in focus."""

    left = title = right = ""

    def show(self, left: str, title: str, right: str) -> None:
        """Draw these words from now on."""
        self.left, self.title, self.right = left, title, right
        self.refresh()

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        if y:
            return (), ""
        begin = cells - (cells - MIDDLE) // 2  # where the list on the right begins
        room = begin - width(self.left) - 2
        title = f"[ {cut(self.title, room - 6)} ]"
        before = min(max(1, (cells - width(title)) // 2 - width(self.left) - 1), room - width(title))
        gap = " " * (room - before - width(title) + 1)
        pieces = [
            Piece(f" {self.left}" + " " * before, "head"),
            Piece(title, "strong"),
            Piece(f"{gap} {self.right}", "head"),
        ]
        return pieces, ""


class NeighbourLists(Vertical):
    """The lists with the focus between them; the area says what happens to what is selected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "side('needs')", N_("Needs"), id="dependencies.needs", show=False),
        Binding("right,l", "side('needed')", N_("Needed by"), id="dependencies.needed", show=False),
    ]

    def __init__(self, area: Area, *, id: str) -> None:
        super().__init__(id=id)
        self.area = area
        self.focus_item = ""
        self.neighbours: dict[str, list[Neighbour]] = {"needs": [], "needed": []}

    def compose(self) -> ComposeResult:
        yield Heads(id="heads")
        with Horizontal(id="sides"):
            yield Table(COLUMNS, id="needs", heading=False, empty=_nothing)
            yield Unread(id="focus")
            yield Table(COLUMNS, id="needed", heading=False, empty=_nothing)
        yield Unread(id="reason")

    def show(self, project: Project) -> None:
        """Draw ``project`` around the item in focus."""
        focus = self.focus_item
        if focus not in project.package_by_id and process_of(focus) not in project.process_by_id:
            self.focus_item = focus = next(iter(project.capabilities), "")
        self.neighbours = {"needs": list(_needs(project, focus)), "needed": list(_needed(project, focus))}
        for side, found in self.neighbours.items():
            rows = [
                Row(str(n), (Piece(_(one.kind), _STYLE.get(one.kind, "")), project.title(one.item)))
                for n, one in enumerate(found)
            ]
            self.query_one(f"#{side}", Table).show(rows)
        self.query_one(Heads).show(
            _("Needs ({n})").format(n=len(self.neighbours["needs"])),
            project.title(focus) if focus else _("nothing yet"),
            _("Needed by ({n})").format(n=len(self.neighbours["needed"])),
        )
        self.query_one("#focus", Prose).show([*_about(project, focus)])
        self._explain()

    def enter(self) -> None:
        """Give the keyboard to the list of what is needed."""
        self.query_one("#needs", Table).focus()

    @property
    def current(self) -> str:
        """The item in focus."""
        return self.focus_item

    def select(self, item: str) -> bool:
        """Put ``item`` in the middle, a capability or a work package; whether there is such."""
        project = self.area.project
        if item not in project.package_by_id and process_of(item) not in project.process_by_id:
            return False
        self.focus_item = item
        self.show(project)
        for table in self.query(Table):
            table.go(0)
        return True

    def footer(self, action: str, words: str) -> str:
        """What the line of keys says of ``action``."""
        return {"open": _("go there"), "turn": _("drawing")}.get(action, words)

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now; empty when it can."""
        if action == "new":
            return "" if self.focus_item else _("The plan has nothing yet that could depend on something.")
        if action in ("open", "change", "remove"):
            if self.neighbour is None:
                return nothing_selected()
            if action != "open" and self.neighbour.dependency is None:
                return fixed_order()
        return ""

    def follow(self) -> None:
        """Enter: put the neighbour under the cursor in the middle."""
        if self.neighbour:
            self.area.plan.go_to(self.neighbour.item)

    def back(self) -> bool:
        """There is no part to go back from: the way back through items is that of the plan."""
        return False

    def out(self) -> bool:
        """There is nothing going on that one could leave."""
        return False

    def begin(self) -> None:
        """Ask for a new dependency on the side of the cursor."""
        from planner.tui.areas.dependencies.form import new_dependency

        self.area.talk(new_dependency(self.area, self.focus_item, self.side == "needs"))

    def dependencies(self) -> list[Dependency]:
        """The one under the cursor."""
        return [self.neighbour.dependency] if self.neighbour and self.neighbour.dependency else []

    @property
    def side(self) -> str:
        """The list that has the keyboard: ``needs`` or ``needed``."""
        return "needed" if self.query_one("#needed", Table).has_focus else "needs"

    @property
    def neighbour(self) -> Neighbour | None:
        """The neighbour under the cursor."""
        found = self.neighbours[self.side]
        place = self.query_one(f"#{self.side}", Table).cursor
        return found[place] if place < len(found) else None

    def _explain(self) -> None:
        one = self.neighbour
        self.query_one("#reason", Prose).show([Piece(f" {one.why}")] if one else [Piece("")])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._explain()

    def on_descendant_focus(self) -> None:
        self._explain()

    def action_side(self, side: str) -> None:
        self.query_one(f"#{side}", Table).focus()


_STYLE = {
    N_("hard"): "strong",
    N_("soft"): "",
    N_("off"): "dim",
    N_("met"): "dim",
    N_("level"): "dim",
    N_("order"): "dim",
}


def _needs(project: Project, focus: str) -> Iterator[Neighbour]:
    for dependency in project.dependencies:
        if dependency.item == focus:
            met = dependency.strength != "off" and project.stands_at(dependency.needs)
            yield Neighbour(
                dependency.needs, "met" if met else dependency.strength, why(project, dependency), dependency
            )
    for link in links(project):
        if link.item == focus and link.origin != "dependency":
            yield Neighbour(link.needs, _kind(link.origin), order_words(link))


def _needed(project: Project, focus: str) -> Iterator[Neighbour]:
    for dependency in project.dependencies:
        if dependency.needs == focus:
            yield Neighbour(dependency.item, dependency.strength, why(project, dependency), dependency)
    for link in links(project):
        if link.needs == focus and link.origin != "dependency":
            yield Neighbour(link.item, _kind(link.origin), order_words(link))


def _kind(origin: str) -> str:
    return "level" if origin == "level" else "order"


def _about(project: Project, item: str) -> Iterator[Piece]:
    """What is known about the item in the middle, one line each."""
    process = project.process_by_id.get(process_of(item))
    if process is not None:
        words = _("now {now}, target {target}").format(now=process.level, target=process.target_level)
        yield Piece(words)
        if project.stands_at(item):
            yield Piece(_("stands already"), "dim")
        elif item not in project.packages_of:
            yield Piece(_("not in the plan"), "dim")
        else:
            packages = project.packages_of[item]
            yield Piece(_("packages: {n}").format(n=len(packages)))
            yield Piece(_("person-days: {n:.0f}").format(n=sum(p.person_days for p in packages)))
    elif package := project.package_by_id.get(item):
        yield Piece(_("package for"))
        yield Piece(project.title(package.capability) if package.capability else _("the whole programme"))
        yield Piece(_("working days: {n}").format(n=package.days.likely))
    placed = project.roadmap.packages.get(item) if project.roadmap else None
    if placed is not None:
        yield Piece(_("from {day}").format(day=placed.start))
        yield Piece(_("to   {day}").format(day=placed.finish))
    for phase in outline(project) if project.roadmap and level_of(item) else ():
        for entry in phase.items:
            if entry.id == item:
                yield Piece("")
                yield Piece(_("phase {name}").format(name=phase.phase.name))
                yield Piece(_("from {day}").format(day=entry.start))
                yield Piece(_("to   {day}").format(day=entry.finish))
    if pin := project.pin_by_item.get(item):
        yield Piece("")
        yield Piece(_("pinned: {reason}").format(reason=pin.reason or "-"), "warn")


def _nothing(cells: int) -> list[Pieces]:
    return [[Piece("  " + _("nothing"), "dim")]]
