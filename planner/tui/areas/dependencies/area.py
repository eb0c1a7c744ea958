"""Dependencies: the graph drawn, or one item between two lists; links are added by picking both ends."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key

from planner.model.capability import process_of
from planner.model.project import Dependency, Project
from planner.text.i18n import N_, _
from planner.tui.areas.area import Area
from planner.tui.areas.dependencies.graph import DependencyGraph
from planner.tui.areas.dependencies.lists import NeighbourLists


class DependenciesArea(Area):
    """Two views of the same; ``t`` changes between them, the item stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            N_("around it"),
            id="dependencies.open",
            tooltip=N_(
                "Only this and what lies around it, or all again; along the chosen link; in the lists: go there"
            ),
        ),
        Binding("n", "new", N_("add"), id="dependencies.new", tooltip=N_("Add a dependency: pick the other end")),
        Binding("t", "turn", N_("lists"), id="dependencies.turn", tooltip=N_("The graph drawn, or two lists")),
        Binding(
            "c",
            "change",
            N_("change"),
            id="dependencies.change",
            tooltip=N_("Change strength, type, lag or reason of the chosen link"),
        ),
        Binding(
            "x",
            "remove",
            N_("remove"),
            id="dependencies.remove",
            tooltip=N_("Remove the chosen link, or switch the catalogue's off"),
        ),
        Binding(
            "backspace",
            "return",
            N_("go back"),
            id="dependencies.return",
            show=False,
            tooltip=N_("Back to what was shown before"),
        ),
        Binding(
            "escape",
            "out",
            N_("back"),
            id="dependencies.leave",
            show=False,
            tooltip=N_("Out of what is going on: link, ways, part, filter; else to the list of plans"),
        ),
    ]
    edits = frozenset({"new", "change", "remove"})
    legend = (
        N_("solid   hard: must be finished first; dashed: soft, should be, and a proposal counts where it is not"),
        N_("-|-     lines that cross; they join only where a sign has three or four arms"),
        N_(">  <    what it points to needs the other; < leads back, as a soft link against the order does"),
        N_("( ) { } what the selected item needs; what needs it"),
        N_("* *     the other end of the chosen link;  + marked, + + on a way between two"),
        N_("# ^ =   on the longest chain of work; no target asks for it; stands already"),
        N_("off     in the lists: a dependency of the catalogue that this plan does not follow; met: it stands"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.part: DependencyGraph | NeighbourLists = DependencyGraph(self, id="drawn")
        """The view that is shown."""
        self._package = ""
        """The work package that was to be selected: it stays so while the drawing is at its capability."""

    def compose(self) -> ComposeResult:
        yield self.part

    def show(self, project: Project) -> None:
        self.part.show(project)

    def enter(self) -> None:
        self.query_one(
            DependencyGraph
        ).trail.clear()  # Backspace leads where one came from, not back in what was before
        self.part.enter()

    @property
    def current(self) -> str:
        package = self.project.package_by_id.get(self._package)
        return self._package if package and package.capability == self.part.current else self.part.current

    def select(self, item: str) -> bool:
        project = self.project
        self._package = item if item in project.package_by_id else ""
        if item in project.process_by_id:
            if item == self.part.current or process_of(self.part.current) == item:
                return True
            item = next((c for c in reversed(project.capabilities) if process_of(c) == item), item)
        elif self._package and isinstance(self.part, DependencyGraph):
            item = project.package_by_id[item].capability
        if item == self.part.current or self.part.select(item):
            return True
        if process_of(item) not in project.process_by_id or isinstance(self.part, NeighbourLists):
            return False
        self.run_worker(self._turn_to(item))  # what has no work is not drawn; the lists show all
        return True

    def why_not(self, action: str) -> str:
        return self.part.why_not(action)

    def footer(self, action: str, words: str) -> str:
        return self.part.footer(action, words)

    def on_key(self, event: Key) -> None:
        """A key of the drawing says in the lists where it works; Tab goes to the other list."""
        drawn = self.query_one(DependencyGraph)
        if self.part is not drawn and event.key in {*drawn._bindings.key_to_bindings} - {"tab", "shift+tab"}:
            event.stop()
            self.plan.say(_("That is for the drawing; t goes back to it."), warn=True)

    async def action_turn(self) -> None:
        await self._turn_to(self.current)

    async def _turn_to(self, item: str) -> None:
        """Show the other view, with ``item`` in it."""
        drawn = self.query_one(DependencyGraph)
        before, project = self.part, self.project
        if before is drawn:
            if item in project.process_by_id:
                item = next((c for c in reversed(project.capabilities) if process_of(c) == item), "")
            drawn.display = False
            self.part = NeighbourLists(self, id="lists")
            await self.mount(self.part)
            self.part.focus_item = item
            self.part.show(project)
        else:
            self.part = drawn
            drawn.display = True
            await before.remove()
            drawn.show(project)
            self.select(item)
        self.part.enter()

    def action_open(self) -> None:
        if self.may("open"):
            self.part.follow()

    async def action_return(self) -> None:
        if not self.part.back():
            await self.plan.action_return()

    def action_out(self) -> None:
        """Out of what is going on here; to the list of plans when nothing is."""
        if not self.part.out():
            self.plan.action_back()

    def action_new(self) -> None:
        if self.may("new"):
            self.part.begin()

    async def _edited(self) -> Dependency | None:
        """The dependency to change; asks which where there are several."""
        found = self.part.dependencies()
        if len(found) == 1:
            return found[0]
        from planner.tui.areas.dependencies.words import why
        from planner.tui.screens.pick import Option, Pick

        options = [Option(str(n), why(self.project, one)) for n, one in enumerate(found)]
        chosen = await self.ask(Pick(_("Which of them?"), options))
        return found[int(chosen)] if chosen else None

    def action_change(self) -> None:
        if self.may("change"):
            self.talk(self._change())

    async def _change(self) -> None:
        from planner.tui.areas.dependencies.form import change_dependency

        if dependency := await self._edited():
            await change_dependency(self, dependency)

    def action_remove(self) -> None:
        if self.may("remove"):
            self.talk(self._remove())

    async def _remove(self) -> None:
        from planner.tui.areas.dependencies.form import remove_dependency

        if dependency := await self._edited():
            await remove_dependency(self, dependency)
