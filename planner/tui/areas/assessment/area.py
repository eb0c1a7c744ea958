"""Assessment: where each process stands and where it is to go, as a matrix, as ranked gaps and as a profile."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from planner.assessment.progress import Answering, answering, together
from planner.assessment.ranking import Ranked, ranked
from planner.graph.closure import Need, needs_of
from planner.graph.naming import dimension_title
from planner.model.capability import process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import HIGHEST, LOWEST
from planner.text.i18n import N_, _, ngettext
from planner.tui.areas.area import Area, nothing_selected
from planner.tui.areas.assessment.edits import set_importance, set_scope, set_target_of
from planner.tui.areas.assessment.matrix import Matrix, MatrixRow, bar
from planner.tui.areas.assessment.notes import importance_told, marks_told, note
from planner.tui.areas.assessment.profile import Profile
from planner.tui.areas.assessment.rows import (
    RANK_COLUMNS,
    explained,
    how_answered,
    matrix_rows,
    mean,
    profile_rows,
    rank_rows,
    why_level,
    why_ranked,
)
from planner.tui.judgement import Judgement
from planner.tui.widgets.lines import Bar, Block, Lines, Piece
from planner.tui.widgets.table import Table

VIEWS = ("matrix", "gaps", "profile")
"""The views of the place, each the id of its widget; ``t`` leads from one to the next."""


SHORT_BAR = 6
"""Cells of the bar that shows how much of the whole questionnaire is answered."""


class AssessmentArea(Area):
    """Three views of the processes, a line above them that sums up, and below why the selected one stands there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "b",
            "baseline",
            N_("now/target"),
            id="assessment.baseline",
            tooltip=N_("What 1-5, + and - set: the level now, or the target"),
        ),
        Binding(
            "enter", "answers", N_("answers"), id="assessment.answers", tooltip=N_("The questionnaire of the process")
        ),
        Binding("t", "view", N_("view"), id="assessment.view", tooltip=N_("Matrix, gaps ranked, profile")),
        Binding("i", "scope", N_("scope"), id="assessment.scope", tooltip=N_("Out of scope, or in again")),
        Binding(
            "c",
            "change",
            N_("change"),
            id="assessment.change",
            show=False,
            tooltip=N_("Importance, reason of the target, who runs it"),
        ),
        Binding(
            "K",
            "ticks",
            N_("checklists"),
            id="assessment.checklists",
            show=False,
            tooltip=N_("What is true of the process: checklists"),
        ),
        Binding("e", "explain", N_("why"), id="assessment.explain", tooltip=N_("Why it stands there and is to rise")),
    ]
    edits = frozenset({"level", "step", "scope", "change"})
    legend = (
        N_("1 > 3   stands at 1, target 3; a single number stays as it is"),
        N_("Imp     importance to the business, 1 to 5; out: out of scope"),
        N_("[ ]     the number that digits set: now on the left, target on the right"),
        N_("1 ^ 2   no target asks for level 2, but something else needs it"),
        N_("Level   the weakest dimension, which is the level of the process"),
        N_("shades  the darker the two signs beside a level, the more levels are to climb"),
        N_("!       assessors replied differently to a criterion of this cell"),
        N_("+       marked with Space: digits, + and -, i and c change all that are marked"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.view = VIEWS[0]
        self.reason = ""
        """The reason given last for a level set by hand."""
        self.catalogue: Catalogue | None = None
        """What the questionnaire asks; unknown while it is still being read."""
        self._needs: Mapping[str, Need] = {}
        self._answering: Mapping[str, Answering] = {}
        self._ranked: Mapping[str, Ranked] = {}
        self._drawn: tuple[Project, bool] | None = None
        self._sum: list[Piece] = []
        """What sums up the assessment, above the views."""

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        yield Matrix(id="matrix")
        yield Block(id="note")

    @property
    def matrix(self) -> Matrix:
        """The matrix itself."""
        return self.query_one(Matrix)

    @property
    def lines(self) -> Matrix | Table | Profile:
        """The view that is shown."""
        found: Matrix | Table | Profile = self.query_one(f"#{self.view}")  # type: ignore[assignment]
        return found

    # Drawing

    def show(self, project: Project) -> None:
        key = (project, self.catalogue is not None)
        if self._drawn is None or self._drawn[0] is not project or self._drawn[1] != key[1]:
            self._drawn = key
            self._needs = needs_of(project)
            self._answering = answering(project, self.catalogue) if self.catalogue else {}
            dimensions = [(d, dimension_title(project, d)) for d in project.dimension_ids]
            self.matrix.show(matrix_rows(project, self._needs, self._answering), dimensions)
            self._summarise()
        self._show_view()
        self._tell()

    def _show_view(self) -> None:
        """Draw the ranked gaps or the profile, when they are shown."""
        project = self.project
        if self.view == "gaps" and self.catalogue:
            found = ranked(project, self.catalogue)
            self._ranked = {one.process: one for one in found}
            self.query_one("#gaps", Table).show(rank_rows(project, found))
        elif self.view == "profile":
            self.query_one(Profile).show(profile_rows(project), self.query_one(Profile).key)

    def judged(self, judgement: Judgement) -> None:
        """The catalogue has been read by now: what it asks can be counted."""
        if self.catalogue is None:
            from planner.catalog.load import load

            self.catalogue = load()
            self.show(self.project)

    def _tell(self) -> None:
        process = self.current
        cells = self.size.width
        marks = marks_told(len(self.matrix.marked)) if self.view == "matrix" else ""
        row = self.matrix.row
        if not process or cells <= 0:
            lines = []
        elif self.view == "matrix" and row and self.matrix.column == self.matrix.rank:
            lines = note(importance_told(row.name, row.importance), marks, cells)
        else:
            one = self._ranked.get(process) if self.view == "gaps" else None
            why = why_ranked(self.project, one) if one else why_level(self.project, process, self._needs)
            lines = note(why, marks or ("" if one else self._answered(process)), cells)
        self.query_one("#note", Block).show(lines)

    def _answered(self, process: str) -> str:
        """How far a process is answered, where the row under the cursor does not say so already."""
        said = self._answering.get(process)
        told = self.view == "matrix" and self.matrix.tells_answered and not (said and said.disputed)
        return "" if told else how_answered(said)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()
        self._tell_mode()

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._tell)

    def _summarise(self) -> None:
        project = self.project
        scope = [process for process in project.processes if process.in_scope]
        now, goal = mean([p.level for p in scope]), mean([p.target_level for p in scope])
        words = _(" {now:.1f} now, {goal:.1f} wanted; {n} of {all} rise").format(
            now=now, goal=goal, n=sum(p.moves for p in scope), all=len(scope)
        )
        self._sum = [Piece(words)]
        whole = together([self._answering[p.id] for p in scope if p.id in self._answering])
        if whole.asked:
            answered = _("; {n} of {all} answered ").format(n=whole.answered, all=whole.asked)
            self._sum += [Piece(answered), Piece(bar(whole.answered, whole.asked, SHORT_BAR), "good")]
        self._tell_mode()

    def _tell_mode(self) -> None:
        """Say what the digits set; nothing where they set nothing."""
        matrix = self.matrix
        mode = _("IMPORTANCE") if matrix.column == matrix.rank else _("NOW") if matrix.baseline else _("TARGET")
        digits = [Piece(_(" digits: ")), Piece(f"[{mode}]", "strong"), Piece(" ")] if self.view == "matrix" else []
        self.query_one("#summary", Bar).show(self._sum, digits)

    # What the plan screen asks

    def enter(self) -> None:
        self.lines.focus()

    def select(self, item: str) -> bool:
        package = self.project.package_by_id.get(item)
        process = process_of(package.capability if package else item) or item
        found = self.matrix.find(process)
        if self.view != "matrix" and found:
            self.lines.find(process)
        return found

    @property
    def current(self) -> str:
        if self.view == "matrix":
            return self.matrix.row.process if self.matrix.row else ""
        shown: Table | Profile = self.lines  # type: ignore[assignment]
        return shown.key

    def why_not(self, action: str) -> str:
        if action in ("answers", "change", "ticks", "scope", "explain") and not self.current:
            return nothing_selected()
        if action == "explain" and self.catalogue is None:
            return _("The templates are still being read.")
        if action == "baseline" and self.view != "matrix":
            return _("Levels are set in the matrix; t leads there.")
        return ""

    def footer(self, action: str, words: str) -> str:
        return "" if action == "baseline" and self.why_not(action) else words

    @property
    def meant(self) -> tuple[MatrixRow, ...]:
        """The processes that an action is for: the marked ones, else the one under the cursor."""
        if self.view == "matrix":
            return self.matrix.meant
        return tuple(row for row in self.matrix.rows if row.process == self.current)

    # Levels, importance, scope

    def on_matrix_chosen(self, event: Matrix.Chosen) -> None:
        ranks = event.column == self.matrix.rank
        if len(event.values) == 1 and not all(LOWEST <= value <= HIGHEST for value in event.values.values()):
            words = _("Importance goes from {low} to {high}.") if ranks else _("Levels go from {low} to {high}.")
            self.plan.say(words.format(low=LOWEST, high=HIGHEST), warn=True)
            return
        values = {process: max(LOWEST, min(value, HIGHEST)) for process, value in event.values.items()}
        if ranks:
            self.edit(_("{names}: importance {value}").format(**self._named(values)), set_importance(values))
            return
        whole = event.column == self.matrix.whole
        dimension = "" if whole else self.matrix.dimensions[event.column][0]
        place = _("all dimensions") if whole else dimension_title(self.project, dimension).lower()
        words = _("{names}, {place}: now {value}") if event.baseline else _("{names}, {place}: target {value}")
        label = words.format(place=place, **self._named(values))
        levels = {
            process: dict.fromkeys((dimension,) if dimension else self.project.dimension_ids, value)
            for process, value in values.items()
        }
        if event.baseline:
            from planner.tui.areas.assessment.forms import set_by_hand

            self.talk(set_by_hand(self, levels, label))
        else:
            self.edit(label, set_target_of(levels))

    def _named(self, values: Mapping[str, int]) -> dict[str, str]:
        """Processes and their new value as a label says them."""
        different = sorted(set(values.values()))
        value = str(different[0]) if len(different) == 1 else f"{different[0]}-{different[-1]}"
        if len(values) == 1:
            return {"names": self.project.process_by_id[next(iter(values))].name, "value": value}
        return {"names": ngettext("{n} process", "{n} processes", len(values)).format(n=len(values)), "value": value}

    def action_baseline(self) -> None:
        if self.may("baseline"):
            self.matrix.toggle_baseline()
            self._tell_mode()

    def action_view(self) -> None:
        """The next view, with the cursor on the same process."""
        here = self.current or (self.matrix.row.process if self.matrix.row else "")
        self.run_worker(self._to_view(VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)], here), exclusive=True)

    async def _to_view(self, view: str, process: str) -> None:
        if not self.query(f"#{view}"):
            nothing = _("  No process is to rise: raise a target in the matrix (t).")
            made = (
                Profile(id=view)
                if view == "profile"
                else Table(RANK_COLUMNS, id=view, empty=lambda _cells: [[Piece(nothing, "dim")]])
            )
            await self.mount(made, before="#note")
        self.view = view
        for other in VIEWS:
            for widget in self.query(f"#{other}"):
                widget.display = other == view
        self._show_view()
        if process:
            self.lines.find(process)
        self.lines.focus()
        self._tell()
        self._tell_mode()

    def action_scope(self) -> None:
        if not self.may("scope"):
            return
        rows = self.meant
        inside = not any(row.in_scope for row in rows)
        words = _("{names} in scope") if inside else _("{names} out of scope")
        named = self._named({row.process: 0 for row in rows})
        self.edit(words.format(names=named["names"]), set_scope([row.process for row in rows], inside))

    # Dialogs

    def action_answers(self) -> None:
        if self.may("answers"):
            from planner.tui.areas.assessment.questionnaire import answer

            self.talk(answer(self, self.current))

    def action_change(self) -> None:
        if self.may("change"):
            from planner.tui.areas.assessment.forms import change_process, rank_processes

            meant = [row.process for row in self.meant]
            self.talk(change_process(self, meant[0]) if len(meant) == 1 else rank_processes(self, meant))

    def action_ticks(self) -> None:
        if self.may("ticks"):
            from planner.tui.areas.assessment.checklists import tick_lists

            self.talk(tick_lists(self, self.current))

    def action_explain(self) -> None:
        if self.may("explain") and self.catalogue:
            from planner.assessment.scoring import process_score
            from planner.tui.screens.dialog import Notice

            process = self.project.process_by_id[self.current]
            one = next((one for one in ranked(self.project, self.catalogue) if one.process == process.id), None)
            score = process_score(self.project, self.catalogue, process)
            self.app.push_screen(Notice(process.name, explained(self.project, score, one, self._needs), hang=2))
