"""The questionnaire of a process: a criterion a line, y, p, n and x reply; Enter adds what the reply rests on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.assessment.scoring import process_score
from planner.edit.answers import clear_by_hand, give_answer, remove_answer
from planner.graph.naming import dimension_title
from planner.model.answers import QUALITIES, REPLIES, VIAS, Answer, Reply
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import Criterion
from planner.model.project import Project
from planner.model.rating import asked, profile_of, rating, replies, scores
from planner.text.i18n import N_, _, labelled, language, listed
from planner.tui.areas.area import refusal
from planner.tui.screens.dialog import Dialog
from planner.tui.screens.form import Form, OneOf, Text, Values
from planner.tui.typeahead import CONVERSATION
from planner.tui.typed import day_or_none, required
from planner.tui.widgets.lines import Bar, Lines, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from planner.tui.areas.area import Area
    from planner.tui.screens.plan import PlanScreen


async def answer(area: "Area", process_id: str) -> None:
    """Show the questionnaire of a process; asks first who assesses when nobody has said so yet."""
    from planner.catalog.load import load

    catalogue = load()
    if profile_of(area.project, catalogue) is None:
        area.plan.say(_("No questionnaire of the catalogue fits the dimensions of this plan."), warn=True)
        return
    assessor = area.plan.assessor or next((sheet.assessor for sheet in area.project.answer_sheets[::-1]), "")
    if not assessor:
        values = await area.ask(Form(_("Who assesses?"), [Text("assessor", _("Assessor"), "", required)]))
        if values is None:
            return
        assessor = values["assessor"]
    area.plan.assessor = assessor
    await area.ask(Questionnaire(area.plan, catalogue, process_id))


class Questionnaire(Dialog[bool]):
    """Every reply is an edit of the plan, which ``u`` takes back; Esc closes."""

    box = "wide tall"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "reply('yes')", N_("yes")),
        Binding("p", "reply('partly')", N_("partly")),
        Binding("n", "reply('no')", N_("no")),
        Binding("x", "reply('n/a')", N_("not applicable")),
        Binding("enter", "evidence", N_("evidence")),
        Binding("backspace", "take_back", N_("no reply"), show=False),
        Binding("a", "assessor", N_("assessor")),
        Binding("c", "follow", N_("by answers"), show=False, tooltip=N_("Levels set by hand follow the answers again")),
        Binding("u", "undo", N_("undo")),
    ]

    def __init__(self, plan: "PlanScreen", catalogue: Catalogue, process_id: str) -> None:
        super().__init__("")
        self.plan = plan
        self.catalogue = catalogue
        self.process = process_id

    @property
    def project(self) -> Project:
        """The plan as it is now."""
        return self.plan.project

    @property
    def table(self) -> Table:
        """The criteria."""
        return self.query_one(Table)

    def body(self) -> ComposeResult:
        table = Table([Column("", 5), Column("", 8), Column("", 20, share=1)], heading=False)
        table.add_class("list")
        yield table
        yield Unread(id="about")

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
        heading = _("{process}: level {level}{spread}, {n} answers by {assessor}").format(
            process=self.project.process_by_id[self.process].name,
            level=score.level,
            spread=spread,
            n=score.answers,
            assessor=self.plan.assessor,
        )
        self.query_one("#heading", Bar).show([Piece(heading, "strong")])
        self.table.show([*self._rows()])
        self._tell()

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
        for criterion in self._criteria():
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
                yield Row(f"= {place[0]} {place[1]}", banner=words, style="head")
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
    def answer(self) -> Answer | None:
        """What the assessor replied to the criterion under the cursor."""
        sheet = next(
            (s for s in self.project.answer_sheets if (s.process, s.assessor) == (self.process, self.plan.assessor)),
            None,
        )
        return next((a for a in sheet.answers if a.criterion == self.table.key), None) if sheet else None

    def _tell(self) -> None:
        criterion = self.criterion
        if criterion is None:
            self.query_one("#about", Prose).show([Piece("")])
            return
        lines = [
            Piece(criterion.text.in_(language())),
            Piece(_("Source: {source}").format(source=criterion.source), "dim"),
        ]
        for sheet in self.project.answer_sheets:
            for given in sheet.answers:
                if sheet.process == self.process and given.criterion == criterion.code:
                    lines.append(Piece(labelled(sheet.assessor, _rests_on(given)), "dim"))
        self.query_one("#about", Prose).show(lines)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    # Replying

    def action_reply(self, reply: Reply) -> None:
        criterion = self.criterion
        if criterion is None:
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
        label = labelled(f"{self.process} {given.criterion}", _(given.reply))
        process, assessor = self.process, self.plan.assessor
        self.plan.apply(label, lambda p: give_answer(p, self.catalogue, process, assessor, given))
        self._draw()

    def _to_next(self, here: int) -> None:
        """Put the cursor on the next criterion below the row ``here``."""
        rows = self.table.rows
        after = next((n for n in range(here + 1, len(rows)) if not rows[n].banner), here)
        self.table.go(after)

    def action_take_back(self) -> None:
        criterion = self.criterion
        if criterion is not None and self.answer is not None:
            process, assessor, code = self.process, self.plan.assessor, criterion.code
            label = _("{process} {criterion}: no reply").format(process=process, criterion=code)
            self.plan.apply(label, lambda p: remove_answer(p, self.catalogue, process, assessor, code))
            self._draw()

    def action_undo(self) -> None:
        self.plan.action_undo()
        self._draw()

    def action_follow(self) -> None:
        process = self.project.process_by_id[self.process]
        criterion = self.criterion
        if criterion is not None and criterion.dimension in process.by_hand:
            label = _("{process}: level by the answers").format(process=process.name)
            dimension = criterion.dimension
            self.plan.apply(label, lambda p: clear_by_hand(p, self.catalogue, process.id, dimension))
            self._draw()

    def action_evidence(self) -> None:
        self.run_worker(self._evidence(), group=CONVERSATION, exclusive=True)

    async def _evidence(self) -> None:
        criterion = self.criterion
        if criterion is None:
            return
        old = self.answer or Answer(criterion=criterion.code, reply="yes")
        process, assessor = self.process, self.plan.assessor

        def judge(values: Values) -> str:
            given = _given(criterion, values)
            return refusal(lambda p: give_answer(p, self.catalogue, process, assessor, given), self.project)

        none = ("", _("not said"))
        values = await self.app.push_screen_wait(
            Form(
                criterion.code,
                [
                    OneOf("reply", _("Reply"), tuple((reply, _(reply)) for reply in REPLIES), old.reply),
                    Text("evidence", _("Evidence"), old.evidence),
                    OneOf("quality", _("Quality"), (none, *((q, _(q)) for q in QUALITIES)), old.quality or ""),
                    OneOf("via", _("Found by"), (none, *((via, _(via)) for via in VIAS)), old.via or ""),
                    Text(
                        "day",
                        _("On the day"),
                        str(old.day or ""),
                        day_or_none,
                        _("a date such as 2027-01-04, or empty"),
                    ),
                ],
                judge,
                criterion.text.in_(language()),
            )
        )
        if values is not None:
            self._give(_given(criterion, values))

    def action_assessor(self) -> None:
        self.run_worker(self._assessor(), group=CONVERSATION, exclusive=True)

    async def _assessor(self) -> None:
        known = listed(dict.fromkeys(sheet.assessor for sheet in self.project.answer_sheets))
        field = Text("assessor", _("Assessor"), self.plan.assessor, required, known)
        values = await self.app.push_screen_wait(Form(_("Who assesses?"), [field]))
        if values is not None:
            self.plan.assessor = values["assessor"]
            self._draw()


def _given(criterion: Criterion, values: Values) -> Answer:
    return Answer(
        criterion=criterion.code,
        reply=values["reply"],
        evidence=values["evidence"],
        quality=values["quality"] or None,
        via=values["via"] or None,
        day=values["day"],
    )


def _rests_on(given: Answer) -> str:
    """A reply and what it rests on, in words."""
    facts = [
        _(given.reply),
        given.evidence,
        _(given.quality) if given.quality else "",
        _(given.via) if given.via else "",
    ]
    return listed([*(fact for fact in facts if fact), *([str(given.day)] if given.day else [])])
