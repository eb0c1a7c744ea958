"""Work: the packages of the four workstreams, as a table, as columns, and as the load of those who do them."""

from collections.abc import Collection, Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType

from planner.model.capability import process_of
from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS
from planner.text.i18n import N_, _, ngettext
from planner.text.width import wrap
from planner.tui.areas.area import Area, nothing_selected
from planner.tui.areas.work.columns import Columns, Lane
from planner.tui.areas.work.keys import KEYS
from planner.tui.areas.work.load import WorkLoad
from planner.tui.areas.work.rows import COLUMNS, WorkFacts
from planner.tui.filtering import Field
from planner.tui.widgets.filterline import FilterLine
from planner.tui.widgets.lines import Bar, Block, Lines, Piece, Pieces
from planner.tui.widgets.table import MarkTable, Rows

VIEWS = {"packages": N_("table"), "columns": N_("columns"), "load": N_("load")}
"""The views by the ids of their widgets, in the order in which ``t`` goes through them."""

OF_PACKAGES = frozenset({"change", "remove", "progress", "explain", "pin"})
"""What is done to packages: in the load, where none is under the cursor, to marked ones only."""


class WorkArea(Area):
    """One selection and one filter over three views; what the selected package is made of stands below."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS
    edits = frozenset({"new", "change", "remove", "progress", "pin"})
    legend = (
        N_("0-4     all workstreams, or only People, Process, Tech, Standard"),
        N_("+       marked with Space: c, x and P then do it to all marked ones"),
        N_("*       added or changed by hand; the others stand as the catalogue has them"),
        N_("Days    working days, likely; Effort: person-days of all roles, likely"),
        N_("!       in Load: more work than the role can do on some day"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.shown = 0
        """Which workstream is shown: 0 for all, else its place among the four, counted from 1."""
        self.view = "packages"
        self.facts: WorkFacts | None = None
        """The plan shown, looked at package by package."""
        self._selected = ""

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        yield FilterLine(self.filter_fields)
        marks: dict[str, None] = {}
        yield MarkTable(COLUMNS, marks, id="packages", empty=self._empty)
        yield Columns(lambda key: self._look.card(key), marks, id="columns", empty=self._empty)
        yield WorkLoad(id="load")
        details = Block(id="details")
        details.styles.height = 4
        yield details

    def on_mount(self) -> None:
        self._turn_to(self.view)

    @property
    def table(self) -> MarkTable:
        """The table of packages; it also keeps the marks."""
        return self.query_one("#packages", MarkTable)

    @property
    def columns(self) -> Columns:
        """The workstreams side by side."""
        return self.query_one("#columns", Columns)

    @property
    def load(self) -> WorkLoad:
        """The load of the roles."""
        return self.query_one("#load", WorkLoad)

    @property
    def line(self) -> FilterLine:
        """The line in which packages are filtered."""
        return self.query_one(FilterLine)

    @property
    def _look(self) -> WorkFacts:
        if self.facts is None or self.facts.project is not self.project:
            self.facts = WorkFacts(self.project)
            self.line.renew()
        return self.facts

    @property
    def selected(self) -> WorkPackage | None:
        """The package under the cursor; in the load the one that was selected last."""
        return self.project.package_by_id.get(self._selected)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What ``c``, ``x`` and ``P`` are about: the marked packages, else the one under the cursor."""
        return self.table.marked or ((self._selected,) if self.selected else ())

    # Showing

    def filter_fields(self) -> Sequence[Field]:
        """What packages are filtered by."""
        return self._look.fields()

    def kept(self) -> list[WorkPackage]:
        """The packages of the chosen workstream that the filter keeps."""
        look = self._look  # first: for another plan the filter is read again
        keeps = self.line.filter
        stream = WORKSTREAMS[self.shown - 1] if self.shown else ""
        packages = [p for p in self.project.packages if not stream or p.workstream == stream]
        return packages if keeps.empty else [p for p in packages if keeps.keeps(look.facts(p.id))]

    def show(self, project: Project) -> None:
        packages = self.kept()
        self.table.keep_marks(project.package_by_id)
        keys = [package.id for package in packages]
        look = self._look
        self.table.show(Rows(keys, look.row), self._selected)
        if self.view == "columns":
            self.columns.show(self._lanes(packages), self._selected)
        if self.view == "load":
            every = len(keys) == len(project.packages)
            self.load.show_load(project, None if every else frozenset(keys))
        self.line.tell(len(keys), len(project.packages))
        self._effort = sum(package.person_days for package in packages)
        self._follow()

    def _lanes(self, packages: Collection[WorkPackage]) -> list[Lane]:
        lanes = []
        for stream in [WORKSTREAMS[self.shown - 1]] if self.shown else WORKSTREAMS:
            mine = [package for package in packages if package.workstream == stream]
            words = _("{stream}: {n}, {effort} d")
            title = words.format(stream=_(stream), n=len(mine), effort=f"{sum(p.person_days for p in mine):.0f}")
            lanes.append(Lane(title, sorted((package.id for package in mine), key=self._look.order)))
        return lanes

    def _turn_to(self, view: str) -> None:
        self.view = view
        for ident in VIEWS:
            self.query_one(f"#{ident}").display = ident == view

    def _summary(self) -> None:
        stream = _(WORKSTREAMS[self.shown - 1]) if self.shown else _("all workstreams")
        count = ngettext("{n} package", "{n} packages", self.table.count).format(n=self.table.count)
        words = _(" {stream}: {count}, {effort} person-days")
        left = [Piece(words.format(stream=stream, count=count, effort=f"{self._effort:.0f}"))]
        if marked := len(self.table.marks):
            told = _("; {n} marked").format(n=marked)
            if hidden := self.table.hidden:
                told += _(" ({n} not shown)").format(n=hidden)
            left.append(Piece(told, "key"))
        out = len(self.project.left_out)
        right = [Piece(_("{n} left out by hand ").format(n=out), "warn")] if out else []
        self.query_one("#summary", Bar).show(left, [*right, Piece(f"[{_(VIEWS[self.view])}]", "dim")])

    def _follow(self) -> None:
        """Draw what depends on the cursor."""
        if self.view == "packages":
            self._selected = self.table.key
        elif self.view == "columns":
            self._selected = self.columns.key
        self._summary()
        details: Sequence[Piece] = ()
        if self.view == "load":
            details = self.load.words(max(40, self.app.size.width))
        elif self.selected:
            details = list(self._look.details(self._selected, self.app.size.width))
        self.query_one("#details", Block).show(details)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._follow()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        self.show(self.project)

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        self.enter()

    def _empty(self, cells: int) -> list[Pieces]:
        if self.project.packages:
            text = _("Nothing fits here. f changes the filter, Esc in its line takes it away, 0 shows all workstreams.")
        else:
            text = _(
                "There is no work here yet. Raise a target in Assessment (a), and the packages it takes appear; "
                "or press n to add your own."
            )
        return [(), *([Piece(f"  {line}", "dim")] for line in wrap(text, cells - 4))]

    # What the screen asks

    def enter(self) -> None:
        self.query_one(f"#{self.view}").focus()

    def select(self, item: str) -> bool:
        fitting = [
            package.id
            for package in self.project.packages
            if item in (package.id, package.capability, process_of(package.capability))
        ]
        if self._selected in fitting:
            return True
        if not fitting:
            return False
        if not self.table.find(fitting[0]):
            self.shown = 0
            self.line.clear()
        self._selected = fitting[0]
        self._show_selected()
        return True

    def _show_selected(self) -> None:
        """Show the plan with the cursor on the selected package; in the load, on who works most on it."""
        self.show(self.project)
        if self.view == "load" and self.selected:
            self.load.go_to(self.selected)
            self._follow()

    @property
    def current(self) -> str:
        return self._selected

    def touches(self, action: str) -> Literal["", "plan", "remarks"]:
        return "plan" if action == "open" and self.view != "load" else super().touches(action)

    def why_not(self, action: str) -> str:
        if self.view == "load" and action in OF_PACKAGES and (not self.table.marks or action in ("explain", "pin")):
            return _("The load is of roles: Enter lists the packages behind it.")
        if action in ("change", "remove", "progress") and not self.chosen:
            return nothing_selected()
        if action == "open" and (not self.load.count if self.view == "load" else self.selected is None):
            return nothing_selected()
        if action in ("explain", "pin") and self.selected is None:
            return nothing_selected()
        if action == "explain" and self.project.roadmap is None:
            return _("There is no roadmap yet: g proposes one.")
        if action == "pin":
            from planner.tui.areas.roadmap.words import fixed

            return fixed(self.project, self.current, action)
        if action == "zoom" and self.view != "load":
            return _("Only the load has weeks and months; t goes there.")
        return ""

    def footer(self, action: str, words: str) -> str:
        if action == "view":
            return _(VIEWS[self._next])
        if self.view == "load":
            return (
                _("packages") if action == "open" else "" if action in OF_PACKAGES and self.why_not(action) else words
            )
        return words

    # Acting

    @property
    def _next(self) -> str:
        """The view to which ``t`` goes."""
        views = list(VIEWS)
        return views[(views.index(self.view) + 1) % len(views)]

    def action_view(self) -> None:
        """The next view of the same packages."""
        self.plan.say("")
        self._turn_to(self._next)
        self._show_selected()
        self.enter()

    def action_stream(self, number: int) -> None:
        """Show one workstream, or all with 0."""
        self.shown = number
        self.show(self.project)

    def action_filter(self) -> None:
        self.line.open()

    def action_zoom(self, step: int) -> None:
        """Load by weeks or by months."""
        if self.may("zoom"):
            self.load.months = step > 0
            self.show(self.project)

    def action_open(self) -> None:
        if not self.may("open"):
            return
        if self.view == "load":
            self.talk(self._behind())
        elif self.selected:
            from planner.tui.areas.work.form import change_package

            self.talk(change_package(self, self.selected))

    async def _behind(self) -> None:
        package = await self.load.ask_behind(self)
        if package:
            self._turn_to("packages")
            self.show(self.project)
            self.select(package)
            self.enter()

    def action_change(self) -> None:
        if not self.may("change"):
            return
        if self.table.marks:
            from planner.tui.areas.work.several import change_several

            self.talk(change_several(self, self.table.marked))
        elif self.selected:
            from planner.tui.areas.work.form import change_package

            self.talk(change_package(self, self.selected))

    def action_new(self) -> None:
        from planner.tui.areas.work.quick_entry import enter_package

        self.talk(enter_package(self, self.selected))

    def action_remove(self) -> None:
        if self.may("remove"):
            from planner.tui.areas.work.several import take_out

            self.talk(take_out(self, self.chosen))

    def action_progress(self) -> None:
        if not self.may("progress"):
            return
        from planner.tui.areas.work.progress import tell_progress, tell_progress_of

        self.talk(tell_progress_of(self, self.table.marked) if self.table.marks else tell_progress(self, self.current))

    def action_pin(self) -> None:
        if self.may("pin"):
            from planner.tui.areas.roadmap.forms import pin

            self.talk(pin(self, self.current))

    def action_explain(self) -> None:
        if self.may("explain"):
            from planner.tui.areas.roadmap.explanation import explain_item

            self.talk(explain_item(self, self.current))

    def action_left_out(self) -> None:
        from planner.tui.areas.work.left_out import left_out

        self.talk(left_out(self))
