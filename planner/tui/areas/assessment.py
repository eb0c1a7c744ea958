"""Assessment: where each process stands by dimension and where it is to go."""

from functools import reduce
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.graph.closure import Need, levels_required, needs_of
from planner.graph.naming import dimension_title
from planner.model.capability import capability, process_of
from planner.model.project import ProcessScope, Project
from planner.model.values import HIGHEST, LOWEST
from planner.text.i18n import N_, _, listed, ngettext
from planner.tui.areas.area import Area, Change, nothing_selected
from planner.tui.widgets.lines import Bar, Block, Lines, Piece
from planner.tui.widgets.matrix import Matrix, MatrixRow


class AssessmentArea(Area):
    """The matrix, with a line above it that says where the organisation stands and what digits set."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "b",
            "baseline",
            N_("now/target"),
            tooltip=N_("What 1-5, + and - set: the level now, or the target"),
        ),
        Binding("enter", "answers", N_("answers"), tooltip=N_("The questionnaire of the process")),
        Binding("i", "scope", N_("scope"), tooltip=N_("Take the process out of scope, or in again")),
        Binding("c", "change", N_("change"), show=False, tooltip=N_("Importance, reason of the target, who runs it")),
        Binding("t", "ticks", N_("checklists"), show=False, tooltip=N_("What is true of the process: checklists")),
    ]
    legend = (
        N_("1 > 3   stands at 1, target 3; a single number stays as it is"),
        N_("[ ]     the number that digits set: now on the left, target on the right"),
        N_("1 ^ 2   no target asks for level 2, but something else needs it"),
        N_("Level   the weakest dimension, which is the level of the process"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.reason = ""
        """The reason given last for a level set by hand."""

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        yield Matrix(id="matrix")
        yield Block(id="note")

    @property
    def matrix(self) -> Matrix:
        """The matrix itself."""
        return self.query_one(Matrix)

    def show(self, project: Project) -> None:
        self.matrix.show(matrix_rows(project), [(d, dimension_title(project, d)) for d in project.dimension_ids])
        self._summarise(project)
        self._tell()

    def _tell(self) -> None:
        row = self.matrix.row
        self.query_one("#note", Block).show([Piece(" " + why_level(self.project, row.process), "dim")] if row else [])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def enter(self) -> None:
        self.matrix.focus()

    def select(self, item: str) -> bool:
        package = self.project.package_by_id.get(item)
        return self.matrix.find(process_of(package.capability if package else item) or item)

    @property
    def current(self) -> str:
        row = self.matrix.row
        return row.process if row else ""

    def _summarise(self, project: Project) -> None:
        scope = [process for process in project.processes if process.in_scope]
        now, goal = mean([p.level for p in scope]), mean([p.target_level for p in scope])
        words = _(" Organisation {now:.1f} now, {goal:.1f} wanted; {n} of {all} processes rise").format(
            now=now, goal=goal, n=sum(p.moves for p in scope), all=len(scope)
        )
        mode = _("NOW") if self.matrix.baseline else _("TARGET")
        self.query_one("#summary", Bar).show(
            [Piece(words)], [Piece(_(" digits set: ")), Piece(f"[{mode}]", "strong"), Piece(" ")]
        )

    def on_matrix_level_chosen(self, event: Matrix.LevelChosen) -> None:
        if not LOWEST <= event.level <= HIGHEST:
            self.plan.say(_("Levels go from {low} to {high}.").format(low=LOWEST, high=HIGHEST), warn=True)
            return
        name = self.project.process_by_id[event.process].name
        dimensions = (event.dimension,) if event.dimension else self.project.dimension_ids
        place = dimension_title(self.project, event.dimension).lower() if event.dimension else _("all dimensions")
        words = _("{name}, {place}: now {level}") if event.baseline else _("{name}, {place}: target {level}")
        label = words.format(name=name, place=place, level=event.level)
        if event.baseline:
            self.talk(self._by_hand(event.process, dimensions, event.level, label))
        else:
            self.edit(label, set_targets(event.process, dimensions, event.level))

    async def _by_hand(self, process: str, dimensions: tuple[str, ...], level: int, label: str) -> None:
        """Ask why a level is set without answers; the reason given last needs only Enter."""
        from planner.tui.screens.form import Text, Values
        from planner.tui.typed import required

        def change(values: Values) -> Change:
            return set_levels(process, dimensions, level, values["reason"])

        def named(values: Values) -> str:
            self.reason = values["reason"]
            return label

        hint = _("what the level rests on, when it is not the questionnaire (Enter on the process)")
        await self.fill(label, [Text("reason", _("Set by hand because"), self.reason, required, hint)], change, named)

    def action_baseline(self) -> None:
        self.matrix.toggle_baseline()
        self._summarise(self.project)

    def action_scope(self) -> None:
        row = self.matrix.row
        if row is None:
            return
        words = _("{name} out of scope") if row.in_scope else _("{name} in scope")
        self.edit(words.format(name=row.name), set_scope(row.process, not row.in_scope))

    def why_not(self, action: str) -> str:
        return nothing_selected() if self.matrix.row is None and action in ("answers", "change", "ticks") else ""

    def action_answers(self) -> None:
        if self.may("answers"):
            from planner.tui.screens.questionnaire import answer

            self.talk(answer(self, self.current))

    def action_change(self) -> None:
        if self.may("change"):
            from planner.tui.areas.process_forms import change_process

            self.talk(change_process(self, self.current))

    def action_ticks(self) -> None:
        if self.may("ticks"):
            from planner.tui.screens.checklists import tick_lists

            self.talk(tick_lists(self, self.current))


def set_levels(process: str, dimensions: tuple[str, ...], level: int, reason: str) -> Change:
    """An edit that sets the level of ``dimensions`` now, for ``reason``."""

    def change(project: Project) -> Project:
        from planner.catalog.load import load
        from planner.edit.scope import set_baseline

        def one(project: Project, dimension: str) -> Project:
            return set_baseline(project, load(), process, dimension, level, reason)

        return reduce(one, dimensions, project)

    return change


def set_targets(process: str, dimensions: tuple[str, ...], level: int) -> Change:
    """An edit that sets the target of ``dimensions``; one for several leaves alone what stands higher already."""

    def change(project: Project) -> Project:
        from planner.catalog.load import load
        from planner.edit.scope import set_target

        def one(project: Project, dimension: str) -> Project:
            stands = project.process_by_id[process].baseline[dimension]
            return set_target(
                project, load(), process, dimension, level if len(dimensions) == 1 else max(level, stands)
            )

        return reduce(one, dimensions, project)

    return change


def set_scope(process: str, in_scope: bool) -> Change:
    """An edit that takes a process into the engagement or out of it."""

    def change(project: Project) -> Project:
        from planner.catalog.load import load
        from planner.edit.scope import set_in_scope

        return set_in_scope(project, process, in_scope, load())

    return change


def mean(levels: list[int]) -> float:
    """The mean of ``levels``; 0 when there are none."""
    return sum(levels) / len(levels) if levels else 0.0


def why_level(project: Project, process_id: str) -> str:
    """Where a process is to go and what asks for it, in a line."""
    process = project.process_by_id[process_id]
    for need in reversed(needs_of(project).values()):
        if process_of(need.item) == process_id and need.pulled:
            words = _("{item} is needed by {by}. {reason}")
            return words.format(item=project.title(need.item), by=project.title(need.pulled_by), reason=need.reason)
    if not process.in_scope:
        return _("{name} is out of scope. {reason}").format(name=process.name, reason=process.reason)
    if process.moves and process.level == process.target_level:
        rising = listed(
            dimension_title(project, d).lower() for d in process.baseline if process.target[d] > process.baseline[d]
        )
        words = _("{name} rises in {dimensions}; the process as a whole stays at level {now}. {reason}")
        return words.format(name=process.name, dimensions=rising, now=process.level, reason=process.reason)
    if process.moves:
        words = _("{name} is to rise from level {now} to {goal}. {reason}")
        return words.format(name=process.name, now=process.level, goal=process.target_level, reason=process.reason)
    return _("{name} stays at level {now}. {reason}").format(
        name=process.name, now=process.level, reason=process.reason
    )


def matrix_rows(project: Project) -> list[MatrixRow]:
    """The processes of a plan as the matrix shows them."""
    needs = needs_of(project)
    required = levels_required(needs)
    return [_row(project, process, required.get(process.id, 0), needs) for process in project.processes]


def _row(project: Project, process: ProcessScope, required: int, needs: dict[str, Need]) -> MatrixRow:
    levels = [(process.baseline[d], process.target[d]) for d in project.dimension_ids]
    levels.append((process.level, process.target_level))
    packages = sum(len(project.packages_of[item]) for item in project.capabilities if process_of(item) == process.id)
    parts = []
    if not process.in_scope:
        parts.append(_("out of scope"))
    need = needs.get(capability(process.id, required)) if required > process.target_level else None
    pulled = need is not None and need.pulled
    if need is not None and pulled:
        parts.append(_("for {item}").format(item=project.title(need.pulled_by)))
    if packages:
        parts.append(ngettext("{n} package", "{n} packages", packages).format(n=packages))
    return MatrixRow(
        process=process.id,
        name=process.name,
        levels=tuple(levels),
        note=listed(parts),
        pulled=required if pulled else 0,
        in_scope=process.in_scope,
    )
