"""Gates: what was decided at the end of each phase."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.assessment.gates import exit_criteria
from planner.edit.review import decide, undecide
from planner.export.outline import PhaseOutline, outline
from planner.model.capability import process_of
from planner.model.knowledge import Catalogue
from planner.model.project import Comment, Decision, Project
from planner.model.remarks import VERDICTS, Draft
from planner.review.threads import open_threads
from planner.text.clean import one_line
from planner.text.i18n import N_, _, labelled, listed, ngettext
from planner.text.width import cut
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.baselines import suggested_day
from planner.tui.topics.topic import Step, Topic
from planner.tui.typed import day
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

SAID = 200
"""Cells of each thing that is asked at the gate, above the form of the decision."""


class Gates(Topic):
    """One row for each phase; decisions on phases that have gone stand below."""

    says: ClassVar[Mapping[str, str]] = {"change": N_("decide"), "remove": N_("take back")}
    remarks = frozenset({"change", "alter", "remove"})
    empty = N_("There are no phases yet; g proposes a roadmap.")
    columns = (
        Column("", 2, align=">"),
        Column(N_("Phase"), 16, share=1),
        Column(N_("Gate on"), 10),
        Column(N_("Open"), 4, align=">"),
        Column(N_("Decision"), 24),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        decided = {decision.phase: decision for decision in project.decisions}
        unsettled = open_threads(project)
        rows = []
        for part in outline(project):
            decision = decided.pop(part.phase.id, None)
            verdict = _(VERDICTS[decision.verdict]) if decision else _("not decided")
            count = str(len(_open(unsettled, part)) or "")
            cells = (str(part.number), part.phase.name, str(part.finish or "-"), count, verdict)
            rows.append(Row(part.phase.id, cells))
        gone = _("no longer in the plan")
        left = [Row(one.phase, ("", gone, "-", "", _(VERDICTS[one.verdict])), "dim") for one in decided.values()]
        return rows + left

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        decision = next((one for one in project.decisions if one.phase == key), None)
        said = []
        if decision:
            by = _("{author}, {day}").format(author=decision.author or _("somebody"), day=decision.made)
            said.append(labelled(f"{_(VERDICTS[decision.verdict])} ({by})", decision.note or "-"))
        if part := _part(project, key):
            said += asked(project, part)
        return said

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if all(one.phase != key for one in project.decisions):
            return _("Nothing is decided at this gate yet; Enter decides.")
        return _("Decision taken back"), lambda p: undecide(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        await decide_at(area, key)


async def decide_at(area: "Area", key: str, begun: Draft | None = None) -> None:
    """Ask what is decided at the gate of the phase ``key``; ``begun`` is what was typed of it already."""
    part = _part(area.project, key)
    if part is None:
        area.plan.say(_("This phase is no longer in the plan; x takes the decision out."), warn=True)
        return
    own = area.plan.access.author
    had = next((one for one in area.project.decisions if one.phase == key), None)
    stands = Draft(text=had.note if had else "", gate=key, verdict=had.verdict if had else "approved")
    first = begun if begun and begun.verdict in VERDICTS else stands
    fields: list[Text | OneOf] = [
        OneOf(
            "verdict",
            _("Decision"),
            tuple((verdict, _(words)) for verdict, words in VERDICTS.items()),
            first.verdict,
            _("Left and Right change it"),
        ),
        Text("note", _("Note"), first.text, hint=_("conditions, or why")),
        *([] if own else [Text("author", _("By"), had.author if had else area.plan.assessor)]),
        Text("made", _("On"), str(had.made) if had else suggested_day(area.project), day),
    ]

    def change(values: Values) -> "Change":
        decision = Decision(phase=key, **{"author": own, **values})
        return lambda project: decide(project, decision)

    area.plan.writing = stands
    await area.fill(
        labelled(_("Gate"), part.phase.name),
        fields,
        change,
        lambda values: labelled(part.phase.name, _(VERDICTS[values["verdict"]])),
        "\n".join(cut(one_line(words), SAID) for words in asked(area.project, part)),
    )
    area.plan.writing = None


def asked(project: Project, part: PhaseOutline) -> list[str]:
    """What is asked at the gate of a phase: its exit criteria, what it delivers, what is open about it."""
    said = [_("Exit criteria: {criteria}").format(criteria=listed(exit_criteria(project, part.phase)) or "-")]
    if part.items:
        names = [project.title(item) for item in part.capabilities]
        if others := len(part.items) - len(names):
            count = ngettext("{n} package of the whole programme", "{n} packages of the whole programme", others)
            names.append(count.format(n=others))
        said.append(_("Delivers: {names}").format(names=listed(names)))
    if remarks := _open(open_threads(project), part):
        n = len(remarks)
        count = ngettext("{n} open remark: {words}", "{n} open remarks, such as: {words}", n)
        said.append(count.format(n=n, words=labelled(remarks[0].author or _("somebody"), remarks[0].text)))
    return said


def _part(project: Project, phase: str) -> PhaseOutline | None:
    return next((part for part in outline(project) if part.phase.id == phase), None)


def _open(unsettled: Mapping[str, Sequence[Comment]], part: PhaseOutline) -> list[Comment]:
    """The open threads on the phase, on what it delivers or the process of that, and on its packages."""
    items = {part.phase.id: None}
    for item in part.items:
        items |= dict.fromkeys((item.id, process_of(item.id), *(package.id for package in item.packages)))
    return [one for item in items for one in unsettled.get(item, ())]


TOPIC = Gates()
