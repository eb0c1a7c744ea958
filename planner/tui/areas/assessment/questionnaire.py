"""The questionnaire of a process: a criterion a line, y, p, n and x reply; Enter adds what the reply rests on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.assessment.progress import answering
from planner.assessment.scoring import process_score
from planner.edit.answers import clear_by_hand, give_answer, remove_answer
from planner.graph.naming import dimension_title
from planner.model.answers import Answer, Reply
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import Criterion
from planner.model.project import Project
from planner.model.rating import asked, profile_of, rating, replies, scores
from planner.text.i18n import N_, _, labelled, language, listed, ngettext
from planner.tui.areas.area import Change, refusal
from planner.tui.areas.assessment.answer_forms import chosen, fields, given, rests_on, who
from planner.tui.areas.assessment.details import Details
from planner.tui.areas.assessment.matrix import bar
from planner.tui.screens.dialog import Dialog
from planner.tui.screens.form import Form, Values
from planner.tui.typeahead import CONVERSATION
from planner.tui.widgets.lines import Bar, Lines, Piece
from planner.tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from planner.tui.areas.area import Area
    from planner.tui.screens.plan import PlanScreen

SHORT_BAR = 6
"""Cells of the bar that shows how much is answered."""

_HEADING = "= "
"""Before dimension and level in the key of a heading."""


async def answer(area: "Area", process_id: str) -> None:
    """Show the questionnaire of a process; asks first who assesses when nobody has said so yet."""
    from planner.catalog.load import load

    catalogue = load()
    if profile_of(area.project, catalogue) is None:
        area.plan.say(_("No questionnaire of the catalogue fits the dimensions of this plan."), warn=True)
        return
    if not area.plan.assessor:
        values = await area.ask(who(area.plan))
        if values is None:
            return
        area.plan.assessor = chosen(values)
    await area.ask(Questionnaire(area.plan, catalogue, process_id))


class Questionnaire(Dialog[bool]):
    """Every reply is an edit of the plan, which ``u`` takes back; Esc closes."""

    box = "wide tall"
    edits = frozenset({"reply", "take_back", "follow", "evidence", "assessor"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "reply('yes')", N_("yes"), id="questions.yes"),
        Binding("p", "reply('partly')", N_("partly"), id="questions.partly"),
        Binding("n", "reply('no')", N_("no"), id="questions.no"),
        Binding("x", "reply('n/a')", N_("n/a"), id="questions.not-applicable", tooltip=N_("not applicable")),
        Binding("enter", "evidence", N_("evidence"), id="questions.evidence"),
        Binding("delete,minus", "take_back", N_("no reply"), id="questions.take-back", show=False),
        Binding("a", "assessor", N_("assessor"), id="questions.assessor"),
        Binding(
            "c",
            "follow",
            N_("by answers"),
            id="questions.follow",
            show=False,
            tooltip=N_("Levels set by hand follow the answers again"),
        ),
        Binding("u", "undo", N_("undo"), id="questions.undo"),
        Binding("U", "redo", N_("redo"), id="questions.redo", show=False),
        Binding("backspace", "back", N_("back"), id="questions.back", show=False),
    ]

    def __init__(self, plan: "PlanScreen", catalogue: Catalogue, process_id: str) -> None:
        super().__init__("")
        self.plan = plan
        self.catalogue = catalogue
        self.process = process_id
        self._said = ("", Piece(""))
        """What the last edit led to, and the row below which it is shown."""

    @property
    def project(self) -> Project:
        """The plan as it is now."""
        return self.plan.project

    @property
    def _process_name(self) -> str:
        """What the process is called."""
        return self.project.process_by_id[self.process].name

    @property
    def table(self) -> Table:
        """The criteria."""
        return self.query_one(Table)

    def body(self) -> ComposeResult:
        table = Table([Column("", 5), Column("", 8), Column("", 20, share=1)], heading=False)
        table.add_class("list")
        yield table
        yield Details(id="criterion")

    def on_mount(self) -> None:
        self._draw()
        said = replies(self.project, self.process)
        first = next((c.code for c in self._criteria() if not c.symptom and c.code not in said), "")
        self.table.find(first)
        self.table.focus()

    # Drawing

    def _draw(self) -> None:
        score = process_score(self.project, self.catalogue, self.project.process_by_id[self.process])
        spread = (
            ""
            if score.lowest == score.highest
            else _(" ({low} to {high})").format(low=score.lowest, high=score.highest)
        )
        n = len(self._own())
        heading = ngettext(
            "{process}: level {level}{spread}, {n} answer by {assessor}",
            "{process}: level {level}{spread}, {n} answers by {assessor}",
            n,
        ).format(
            process=self._process_name,
            level=score.level,
            spread=spread,
            n=n,
            assessor=self.plan.assessor,
        )
        self.query_one("#heading", Bar).show([Piece(heading, "strong")], self._progress())
        self.table.show([*self._rows()])
        self._tell()

    def _progress(self) -> list[Piece]:
        """How many of the criteria that count have a reply of anybody."""
        said = answering(self.project, self.catalogue)[self.process]
        return [Piece(f" {said.answered}/{said.asked} "), Piece(bar(said.answered, said.asked, SHORT_BAR), "good")]

    def _rows(self) -> Iterator[Row]:
        said = replies(self.project, self.process)
        cells = {
            (dimension, cell.level): cell.percent()
            for dimension, score in scores(self.project, self.catalogue, self.process).items()
            for cell in score.cells
        }
        standing = {
            s.dimension: s
            for s in process_score(self.project, self.catalogue, self.project.process_by_id[self.process]).dimensions
        }
        before: tuple[str, int] | None = None
        criteria = self._criteria()
        for criterion in criteria:
            place = (criterion.dimension, criterion.level)
            if place != before:
                title = dimension_title(self.project, criterion.dimension)
                found = standing[criterion.dimension]
                by_hand = _(", set by hand") if found.basis == "by hand" else ""
                words = _("{dimension} (now {level}{by_hand}), level {n}").format(
                    dimension=title, level=found.plan, by_hand=by_hand, n=criterion.level
                )
                percent = cells.get(place)
                if criterion.symptom:
                    words = _("{place}: symptoms, not scored").format(place=words)
                elif percent is not None:
                    mark = rating(percent, self.catalogue.defaults.scoring)
                    words = _("{place}: {percent:.0f} % ({mark})").format(place=words, percent=percent, mark=mark)
                if not criterion.symptom:
                    cell = [c.code for c in criteria if (c.dimension, c.level) == place and not c.symptom]
                    words = _("{place}, {n} of {all} answered").format(
                        place=words, n=sum(code in said for code in cell), all=len(cell)
                    )
                yield Row(_HEADING + f"{place[0]} {place[1]}", banner=words, style="head")
                before = place
            given = said.get(criterion.code, {})
            own = given.get(self.plan.assessor)
            star = "!" if len(set(given.values())) > 1 else ""
            shown = star + (_(own) if own else f"({listed(map(_, sorted(set(given.values()))))})" if given else "-")
            yield Row(criterion.code, (criterion.code, shown, criterion.text.in_(language())))

    def _criteria(self) -> tuple[Criterion, ...]:
        """By dimension, then by level, as the questionnaire has them."""
        profile = profile_of(self.project, self.catalogue)
        if profile is None:
            return ()
        order = {dimension.id: n for n, dimension in enumerate(profile.dimensions)}
        return tuple(sorted(asked(profile, self.process), key=lambda c: (order[c.dimension], c.level)))

    @property
    def criterion(self) -> Criterion | None:
        """The criterion under the cursor; None on a heading."""
        return next((criterion for criterion in self._criteria() if criterion.code == self.table.key), None)

    @property
    def dimension(self) -> str:
        """The dimension of the row under the cursor, criterion or heading."""
        criterion = self.criterion
        return criterion.dimension if criterion else self.table.key.removeprefix(_HEADING).rpartition(" ")[0]

    def _own(self) -> tuple[Answer, ...]:
        """The answers of the present assessor."""
        place = (self.process, self.plan.assessor)
        return next((s.answers for s in self.project.answer_sheets if (s.process, s.assessor) == place), ())

    @property
    def answer(self) -> Answer | None:
        """What the assessor replied to the criterion under the cursor."""
        return next((a for a in self._own() if a.criterion == self.table.key), None)

    def _tell(self) -> None:
        row, said = self._said
        criterion = self.criterion
        lines = [said] if row == self.table.key and said.text else []
        self.query_one(Details).show([*lines, *(self._words(criterion) if criterion else self._legend())])

    def _words(self, criterion: Criterion) -> Iterator[Piece]:
        """A criterion in full, and who replied what."""
        yield Piece(criterion.text.in_(language()))
        yield Piece(_("Source: {source}").format(source=criterion.source), "dim")
        for sheet in self.project.answer_sheets:
            for answer in sheet.answers:
                if sheet.process == self.process and answer.criterion == criterion.code:
                    yield Piece(labelled(sheet.assessor, rests_on(answer)), "dim")

    def _legend(self) -> Iterator[Piece]:
        """What a heading means and which keys the footer has no room for."""
        reason = self.project.process_by_id[self.process].by_hand.get(self.dimension, "")
        if reason:
            yield Piece(labelled(_("Set by hand because"), reason))
        yield Piece(_("N not, P partly, L largely, F fully achieved."), "dim")
        yield Piece(_("Del or - takes a reply away. c lets a level set by hand follow the answers again."), "dim")

    def on_lines_moved(self, event: Lines.Moved) -> None:
        if self.table.key != self._said[0]:
            self._said = ("", Piece(""))
        self._tell()

    def _apply(self, label: str, change: Change) -> None:
        """Make an edit and tell below what came of it: the message line is behind this dialog."""
        self.plan.apply(label, change)
        self._draw_said()

    def _refuse(self, why: str) -> None:
        """Say below why a key does nothing here."""
        self._said = (self.table.key, Piece(f"! {why}", "warn"))
        self._tell()

    def _draw_said(self) -> None:
        self._said = (self.table.key, self.plan.said)
        self._draw()

    # Replying

    def action_reply(self, reply: Reply) -> None:
        criterion = self.criterion
        if criterion is None:
            self._refuse(_("This is a heading: Down leads to its criteria."))
            return
        old = self.answer
        given = Answer(criterion=criterion.code, reply=reply)
        if old:
            given = Answer(
                criterion=old.criterion,
                reply=reply,
                evidence=old.evidence,
                quality=old.quality,
                via=old.via,
                day=old.day,
            )
        self._give(given)
        self._to_next(self.table.cursor)

    def _give(self, given: Answer) -> None:
        label = labelled(f"{self._process_name} {given.criterion}", _(given.reply))
        process, assessor = self.process, self.plan.assessor
        self._apply(label, lambda p: give_answer(p, self.catalogue, process, assessor, given))

    def _to_next(self, here: int) -> None:
        """Put the cursor on the next criterion below the row ``here``."""
        rows = self.table.rows
        after = next((n for n in range(here + 1, len(rows)) if not rows[n].banner), here)
        self._said = (self.table.rows[after].key, self.plan.said)
        self.table.go(after)

    def action_take_back(self) -> None:
        criterion = self.criterion
        if criterion is not None and self.answer is not None:
            process, assessor, code = self.process, self.plan.assessor, criterion.code
            label = _("{process} {criterion}: no reply").format(process=self._process_name, criterion=code)
            self._apply(label, lambda p: remove_answer(p, self.catalogue, process, assessor, code))
        else:
            self._refuse(_("There is no reply of {assessor} here.").format(assessor=self.plan.assessor))

    def action_undo(self) -> None:
        self.plan.action_undo()
        self._draw_said()

    def action_redo(self) -> None:
        self.plan.action_redo()
        self._draw_said()

    def action_follow(self) -> None:
        process = self.project.process_by_id[self.process]
        dimension = self.dimension
        if dimension in process.by_hand:
            label = _("{process}: level by the answers").format(process=process.name)
            self._apply(label, lambda p: clear_by_hand(p, self.catalogue, process.id, dimension))
        else:
            self._refuse(_("This level is not set by hand."))

    def action_evidence(self) -> None:
        self.run_worker(self._evidence(), group=CONVERSATION, exclusive=True)

    async def _evidence(self) -> None:
        criterion = self.criterion
        if criterion is None:
            self._refuse(_("This is a heading: Down leads to its criteria."))
            return
        old = self.answer or Answer(criterion=criterion.code, reply="yes")
        process, assessor = self.process, self.plan.assessor

        def judge(values: Values) -> str:
            answer = given(criterion, values)
            return refusal(lambda p: give_answer(p, self.catalogue, process, assessor, answer), self.project)

        text = criterion.text.in_(language())
        values = await self.app.push_screen_wait(Form(criterion.code, fields(old), judge, text))
        if values is not None:
            self._give(given(criterion, values))

    def action_assessor(self) -> None:
        self.run_worker(self._assessor(), group=CONVERSATION, exclusive=True)

    async def _assessor(self) -> None:
        values = await self.app.push_screen_wait(who(self.plan))
        if values is not None:
            self.plan.assessor = chosen(values)
            self._draw()
