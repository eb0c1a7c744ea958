"""Gates: what was decided at the end of each phase."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.edit.review import decide, undecide
from planner.export.outline import outline
from planner.model.knowledge import Catalogue
from planner.model.project import Decision, Project
from planner.text.i18n import N_, _, labelled, listed
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.baselines import suggested_day
from planner.tui.topics.topic import Step, Topic
from planner.tui.typed import day
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

VERDICTS = {"approved": N_("approved"), "conditions": N_("approved with conditions"), "rejected": N_("rejected")}


class Gates(Topic):
    """One row for each phase; decisions on phases that have gone stand below."""

    says: ClassVar[Mapping[str, str]] = {"change": N_("decide"), "remove": N_("take back")}
    empty = N_("There are no phases yet; g proposes a roadmap.")
    columns = (
        Column("", 2, align=">"),
        Column(N_("Phase"), 16, share=1),
        Column(N_("Gate on"), 10),
        Column(N_("Decision"), 24),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        decided = {decision.phase: decision for decision in project.decisions}
        rows = []
        for phase in outline(project):
            decision = decided.pop(phase.phase.id, None)
            verdict = _(VERDICTS[decision.verdict]) if decision else _("not decided")
            rows.append(Row(phase.phase.id, (str(phase.number), phase.phase.name, str(phase.finish or "-"), verdict)))
        gone = _("no longer in the plan")
        return rows + [Row(one.phase, ("", gone, "-", _(VERDICTS[one.verdict])), "dim") for one in decided.values()]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        decision = next((one for one in project.decisions if one.phase == key), None)
        said = []
        if decision:
            by = _("{author}, {day}").format(author=decision.author or _("somebody"), day=decision.made)
            said.append(labelled(f"{_(VERDICTS[decision.verdict])} ({by})", decision.note or "-"))
        if phase := project.phase_by_id.get(key):
            said.append(_("Exit criteria: {criteria}").format(criteria=listed(phase.exit_criteria) or "-"))
        return said

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if all(one.phase != key for one in project.decisions):
            return _("Nothing is decided at this gate yet; Enter decides.")
        return _("Decision taken back"), lambda p: undecide(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        phase = area.project.phase_by_id.get(key)
        if phase is None:
            area.plan.say(_("This phase is no longer in the plan; x takes the decision out."), warn=True)
            return
        had = next((one for one in area.project.decisions if one.phase == key), None)
        fields: list[Text | OneOf] = [
            OneOf(
                "verdict",
                _("Decision"),
                tuple((verdict, _(words)) for verdict, words in VERDICTS.items()),
                had.verdict if had else "approved",
                _("Left and Right change it"),
            ),
            Text("note", _("Note"), had.note if had else "", hint=_("conditions, or why")),
            Text("author", _("By"), had.author if had else area.plan.assessor),
            Text("made", _("On"), str(had.made) if had else suggested_day(area.project), day),
        ]

        def change(values: Values) -> "Change":
            return lambda project: decide(project, Decision(phase=key, **values))

        await area.fill(
            labelled(_("Gate"), phase.name),
            fields,
            change,
            lambda values: labelled(phase.name, _(VERDICTS[values["verdict"]])),
            _("Exit criteria: {criteria}").format(criteria=listed(phase.exit_criteria)) if phase.exit_criteria else "",
        )


TOPIC = Gates()
