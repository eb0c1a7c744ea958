"""Dependencies: the item in focus, what it needs on the left, what needs it on the right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from planner.export.outline import outline
from planner.graph.links import links
from planner.model.capability import capability, level_of, process_of
from planner.model.project import Dependency, Project
from planner.text.i18n import N_, _
from planner.text.width import cut, width
from planner.tui.areas.area import Area, nothing_selected
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


class DependenciesArea(Area):
    """Two lists with the focus between them; Enter moves the focus to a neighbour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "follow", N_("go there"), tooltip=N_("Put the selected neighbour in the middle")),
        Binding("backspace", "return", N_("go back"), tooltip=N_("Put back in the middle what was there before")),
        Binding("left,h", "side('needs')", N_("Needs"), show=False),
        Binding("right,l", "side('needed')", N_("Needed by"), show=False),
        Binding("n", "new", N_("add"), tooltip=N_("Add a dependency on this side")),
        Binding("c", "change", N_("change"), tooltip=N_("Change type, lag, strength or reason")),
        Binding("x", "remove", N_("remove"), tooltip=N_("Remove the dependency, or switch the catalogue's off")),
        Binding("slash", "screen.find", N_("find"), tooltip=N_("Type to find what to put in the middle")),
    ]
    legend = (
        N_("hard    must be finished first; soft: should be, and a proposal counts where it is not"),
        N_("off     a dependency of the catalogue that this plan does not follow"),
        N_("met     what it needs stands already"),
        N_("level   the level below of the same process; order: the place among the packages of one capability"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.focus_item = ""
        self.trail: list[str] = []
        self.neighbours: dict[str, list[Neighbour]] = {"needs": [], "needed": []}

    def compose(self) -> ComposeResult:
        yield Heads(id="heads")
        with Horizontal(id="sides"):
            yield Table(COLUMNS, id="needs", heading=False, empty=_nothing)
            yield Unread(id="focus")
            yield Table(COLUMNS, id="needed", heading=False, empty=_nothing)
        yield Unread(id="reason")

    def show(self, project: Project) -> None:
        if not _exists(project, self.focus_item):
            self.focus_item = next(iter(project.capabilities), "")
        self.neighbours = {
            "needs": list(_needs(project, self.focus_item)),
            "needed": list(_needed(project, self.focus_item)),
        }
        for side, found in self.neighbours.items():
            rows = [
                Row(str(n), (Piece(_(one.kind), _STYLE.get(one.kind, "")), project.title(one.item)))
                for n, one in enumerate(found)
            ]
            self.query_one(f"#{side}", Table).show(rows)
        self.query_one(Heads).show(
            _("Needs ({n})").format(n=len(self.neighbours["needs"])),
            project.title(self.focus_item) if self.focus_item else _("nothing yet"),
            _("Needed by ({n})").format(n=len(self.neighbours["needed"])),
        )
        self.query_one("#focus", Prose).show([*_about(project, self.focus_item)])
        self._explain()

    def enter(self) -> None:
        self.query_one("#needs", Table).focus()

    def select(self, item: str) -> bool:
        project = self.project
        if item not in project.process_by_id and item not in project.package_by_id and not process_of(item):
            return False
        if item in project.process_by_id:
            if process_of(self.focus_item) == item:
                return True
            levels = [c for c in project.capabilities if process_of(c) == item]
            item = levels[-1] if levels else capability(item, max(2, project.process_by_id[item].level))
        if item != self.focus_item:
            self.trail += [self.focus_item] if self.focus_item else []
            self.focus_item = item
            self.show(project)
            for side in ("needs", "needed"):
                self.query_one(f"#{side}", Table).go(0)
        return True

    @property
    def current(self) -> str:
        return self.focus_item

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

    def why_not(self, action: str) -> str:
        if action == "return":
            return "" if self.trail else _("There is nothing to go back to.")
        if action == "new":
            return "" if self.focus_item else _("The plan has nothing yet that could depend on something.")
        if action in ("follow", "change", "remove"):
            if self.neighbour is None:
                return nothing_selected()
            if action != "follow" and self.neighbour.dependency is None:
                return _(
                    "This is the order of levels and packages, not a dependency of its own: it cannot be changed here."
                )
        return ""

    def _explain(self) -> None:
        one = self.neighbour
        self.query_one("#reason", Prose).show([Piece(f" {one.why}")] if one else [Piece("")])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._explain()

    def on_descendant_focus(self) -> None:
        self._explain()

    def action_side(self, side: str) -> None:
        self.query_one(f"#{side}", Table).focus()

    def action_follow(self) -> None:
        if self.may("follow") and self.neighbour is not None:
            self.select(self.neighbour.item)

    def action_return(self) -> None:
        if self.may("return"):
            self.focus_item = self.trail.pop()
            self.show(self.project)

    def action_new(self) -> None:
        if self.may("new"):
            from planner.tui.areas.dependency_form import new_dependency

            self.talk(new_dependency(self, self.focus_item, self.side == "needs"))

    def action_change(self) -> None:
        if self.may("change") and self.neighbour is not None and self.neighbour.dependency is not None:
            from planner.tui.areas.dependency_form import change_dependency

            self.talk(change_dependency(self, self.neighbour.dependency))

    def action_remove(self) -> None:
        if self.may("remove") and self.neighbour is not None and self.neighbour.dependency is not None:
            from planner.tui.areas.dependency_form import remove_dependency

            self.talk(remove_dependency(self, self.neighbour.dependency))


_STYLE = {
    N_("hard"): "strong",
    N_("soft"): "",
    N_("off"): "dim",
    N_("met"): "dim",
    N_("level"): "dim",
    N_("order"): "dim",
}


def _exists(project: Project, item: str) -> bool:
    return item in project.package_by_id or process_of(item) in project.process_by_id


def _needs(project: Project, focus: str) -> Iterator[Neighbour]:
    for dependency in project.dependencies:
        if dependency.item == focus:
            met = dependency.strength != "off" and project.stands_at(dependency.needs)
            yield Neighbour(
                dependency.needs, "met" if met else dependency.strength, _why(project, dependency), dependency
            )
    for link in links(project):
        if link.item == focus and link.origin != "dependency":
            yield Neighbour(link.needs, _kind(link.origin), _order(link.origin, link.weeks))


def _needed(project: Project, focus: str) -> Iterator[Neighbour]:
    for dependency in project.dependencies:
        if dependency.needs == focus:
            yield Neighbour(dependency.item, dependency.strength, _why(project, dependency), dependency)
    for link in links(project):
        if link.needs == focus and link.origin != "dependency":
            yield Neighbour(link.item, _kind(link.origin), _order(link.origin, link.weeks))


def _kind(origin: str) -> str:
    return "level" if origin == "level" else "order"


def _order(origin: str, weeks: int) -> str:
    if origin != "level":
        return _("The order of packages inside one capability.")
    if weeks:
        return _("The level below comes first and settles for {n} weeks.").format(n=weeks)
    return _("The level below comes first.")


def _why(project: Project, dependency: Dependency) -> str:
    from planner.export.words import link

    words = _("{item} needs {needs}: {strength}, {link}").format(
        item=project.title(dependency.item),
        needs=project.title(dependency.needs),
        strength=_(dependency.strength),
        link=link(dependency),
    )
    source = _("from the catalogue") if dependency.source == "catalogue" else _("of this plan")
    return _("{words}, {source}. {reason}").format(words=words, source=source, reason=dependency.reason)


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
