"""Work: the packages of the four workstreams."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.model.capability import process_of
from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS
from planner.text.i18n import N_, _, listed, ngettext
from planner.text.width import wrap
from planner.tui.areas.area import Area, Change, nothing_selected
from planner.tui.areas.roadmap_rows import progress_words
from planner.tui.typed import show
from planner.tui.widgets.lines import Bar, Block, Lines, Piece, Pieces
from planner.tui.widgets.table import Column, Row, Table

WIDE = 110
"""Cells from which on dates and names of phases are shown."""

COLUMNS = (
    Column(N_("Stream"), 8),
    Column(N_("Work package"), 20, share=4),
    Column(N_("For"), 20, share=1),
    Column(N_("Days"), 4, align=">"),
    Column(N_("Effort"), 6, align=">"),
    Column(N_("Phase"), 5, align=">", narrow=WIDE),
    Column(N_("Phase"), 12, share=1, wide=WIDE),
    Column(N_("Start"), 10, wide=WIDE),
    Column(N_("Finish"), 10, wide=WIDE),
)


class WorkArea(Area):
    """All packages in one table, or those of one workstream; what the selected one is made of stands below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", N_("change"), tooltip=N_("Change the work package")),
        Binding("n", "new", N_("new"), tooltip=N_("Add a work package of your own")),
        Binding("x", "remove", N_("remove"), tooltip=N_("Take the work package out of the plan")),
        Binding("f", "filter", N_("stream"), tooltip=N_("Show one workstream, the next, all")),
        *(Binding(str(n), f"filter({n})", show=False) for n in range(5)),
        Binding("P", "progress", N_("progress"), show=False, tooltip=N_("Progress: begun, done, what is left")),
        Binding(
            "b", "left_out", N_("left out"), tooltip=N_("What is left out or was not needed, and why; bring it back")
        ),
    ]
    legend = (
        N_("0-4     all workstreams, or only People, Process, Tech, Standard"),
        N_("*       added or changed by hand; the others stand as the catalogue has them"),
        N_("Days    working days, likely; Effort: person-days of all roles, likely"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.shown = 0
        """Which workstream is shown: 0 for all, else its place among the four, counted from 1."""

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        yield Table(COLUMNS, id="packages", empty=self._empty)
        yield Block(id="details")

    @property
    def table(self) -> Table:
        """The table of packages."""
        return self.query_one("#packages", Table)

    @property
    def selected(self) -> WorkPackage | None:
        """The package under the cursor."""
        return self.project.package_by_id.get(self.table.key)

    def show(self, project: Project) -> None:
        packages = [p for p in project.packages if not self.shown or p.workstream == WORKSTREAMS[self.shown - 1]]
        self.table.show([_row(project, package) for package in packages])
        stream = _(WORKSTREAMS[self.shown - 1]) if self.shown else _("all workstreams")
        count = ngettext("{n} package", "{n} packages", len(packages)).format(n=len(packages))
        effort = sum(package.person_days for package in packages)
        words = _(" {stream}: {count}, {effort} person-days").format(stream=stream, count=count, effort=f"{effort:.0f}")
        left_out = len(project.left_out)
        right = [Piece(_("{n} left out by hand ").format(n=left_out), "warn")] if left_out else []
        self.query_one("#summary", Bar).show([Piece(words)], right)
        self._detail()

    def enter(self) -> None:
        self.table.focus()

    def select(self, item: str) -> bool:
        fitting = [
            package
            for package in self.project.packages
            if item in (package.id, package.capability, process_of(package.capability))
        ]
        if self.selected in fitting:
            return True
        if fitting and not self.table.find(fitting[0].id):
            self.action_filter(0)
            self.table.find(fitting[0].id)
        return bool(fitting)

    @property
    def current(self) -> str:
        return self.table.key

    def why_not(self, action: str) -> str:
        if action in ("change", "remove", "progress") and self.selected is None:
            return nothing_selected()
        return ""

    def _empty(self, cells: int) -> list[Pieces]:
        text = _(
            "There is no work here yet. Raise a target in Assessment (a), and the packages it takes appear; "
            "or press n to add your own."
        )
        return [(), *([Piece(f"  {line}", "dim")] for line in wrap(text, cells - 4))]

    def _detail(self) -> None:
        package = self.selected
        self.query_one("#details", Block).show([*_details(self.project, package)] if package else [])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._detail()

    def action_filter(self, number: int = -1) -> None:
        self.shown = number if number >= 0 else (self.shown + 1) % (len(WORKSTREAMS) + 1)
        self.show(self.project)

    def action_change(self) -> None:
        package = self.selected
        if self.may("change") and package is not None:
            from planner.tui.areas.package_form import change_package

            self.talk(change_package(self, package))

    def action_new(self) -> None:
        from planner.tui.areas.package_form import new_package

        self.talk(new_package(self, self.selected))

    def action_remove(self) -> None:
        package = self.selected
        if self.may("remove") and package is not None:
            self.talk(self._remove(package))

    async def _remove(self, package: WorkPackage) -> None:
        from planner.tui.screens.form import Text

        intro = _("{name}, for {item}").format(name=package.name, item=self.project.title(package.capability))
        if package.source == "catalogue":
            intro = _("{intro}. It can be brought back (b).").format(intro=intro)

        def change(values: object) -> Change:
            from planner.catalog.load import load
            from planner.edit.work import remove_package

            reason = values["reason"]  # type: ignore[index]
            return lambda project: remove_package(project, package.id, reason, load())

        await self.fill(
            _("Take out a work package"),
            [Text("reason", _("Why (may be empty)"))],
            change,
            lambda values: _("Taken out: {name}").format(name=package.name),
            intro,
        )

    def action_progress(self) -> None:
        if self.may("progress"):
            from planner.tui.areas.progress import tell_progress

            self.talk(tell_progress(self, self.current))

    def action_left_out(self) -> None:
        from planner.tui.areas.left_out import left_out

        self.talk(left_out(self))


def _details(project: Project, package: WorkPackage) -> Iterator[Piece]:
    roles = [
        _("{role} {days}").format(
            role=project.role_by_id[role].name if role in project.role_by_id else role, days=show(effort.likely)
        )
        for role, effort in package.effort.items()
    ]
    yield Piece(_(" Person-days: {roles}").format(roles=listed(roles) or "-"))
    after = [project.title(other) for other in package.after]
    along = [project.title(other) for other in package.alongside]
    words = _(" After: {after}").format(after=listed(after) or "-")
    if along:
        words += _("; starts with: {along}").format(along=listed(along))
    yield Piece(words)
    words = _(" Id: {id}").format(id=package.id)
    if told := progress_words(project, [package.id]):
        words += _("; {progress}").format(progress=told)
    if package.note:
        words += _("; note: {note}").format(note=" ".join(package.note.split()))
    yield Piece(words, "dim")


def _row(project: Project, package: WorkPackage) -> Row:
    placed = project.roadmap.packages.get(package.id) if project.roadmap else None
    ids = [phase.id for phase in project.phases]
    number = ids.index(placed.phase) + 1 if placed and placed.phase in ids else 0
    name = project.phases[number - 1].name if number else ""
    own = "*" if package.source == "own" else ""
    return Row(
        package.id,
        (
            _(package.workstream),
            f"{own}{package.name}",
            project.title(package.capability) if package.capability else _("whole programme"),
            str(package.days.likely),
            show(round(package.person_days, 1)),
            str(number or "-"),
            f"{number} {name}" if number else "-",
            str(placed.start) if placed else "-",
            str(placed.finish) if placed else "-",
        ),
    )
