"""Standard: the aim to be certified, and which clauses are covered when."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.assessment.coverage import coverage, edition
from planner.edit.certification import remove_certification, set_certification
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, listed
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic, source
from planner.tui.typed import day
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

_GOAL = "goal "


class StandardTopic(Topic):
    """The goals first, then the clauses of the standard aimed at (else of the newest edition)."""

    says: ClassVar[Mapping[str, str]] = {"new": N_("goal")}
    columns = (
        Column(N_("Clause"), 7),
        Column(N_("Title"), 18, share=2),
        Column(N_("Covered"), 14, share=1),
    )

    prefix = _GOAL

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        tongue = language()
        rows = [
            Row(_GOAL + goal.standard, (_("goal"), goal.name, _("audit {day}").format(day=goal.audit)), style="strong")
            for goal in project.certifications
        ]
        standard = edition(project, catalogue)
        if standard is None:
            return rows
        rows.append(Row(standard.id, banner=standard.name.in_(tongue), style="head"))
        for part in coverage(project, catalogue, standard.id).clauses:
            if part.now:
                when = _("now")
            elif part.phase:
                when = _("after {phase}").format(phase=project.phase_by_id[part.phase].name)
            else:
                when = _("not planned") if part.items else ""
            rows.append(Row(f"clause {part.clause.id}", (part.clause.id, part.clause.title.in_(tongue), when)))
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        if key.startswith(_GOAL):
            goal = next(goal for goal in project.certifications if _GOAL + goal.standard == key)
            words = _("{name}: audit on {day}, after {n} months of operation. x gives the goal up.")
            return [words.format(name=goal.name, day=goal.audit, n=goal.operate_months)]
        standard = edition(project, catalogue)
        clause = next((c for c in standard.clauses if f"clause {c.id}" == key), None) if standard else None
        if clause is None and project.certifications:
            return [_("On the goal, Enter moves the audit and x gives it up.")]
        if clause is None:
            return [_("n sets the goal to be certified: the standard and the day of the audit.")]
        tongue = language()
        said = [labelled(f"{clause.id} {clause.title.in_(tongue)}", listed(map(project.title, clause.items)))]
        if clause.evidence:
            said.append(_("Evidence: {evidence}").format(evidence=clause.evidence.in_(tongue)))
        same = listed(labelled(other, listed(ids)) for other, ids in clause.same.items())
        return [*said, *([_("The same in {clauses}").format(clauses=same)] if same else []), source(clause.source)]

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if not key.startswith(_GOAL):
            return _("Only the goal can be given up.")
        standard = key.removeprefix(_GOAL)
        name = next(goal.name for goal in project.certifications if goal.standard == standard)
        label = _("{standard} is no goal any more; the targets it raised stay").format(standard=name)
        return label, lambda p: remove_certification(p, catalogue, standard)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        await self._aim(area, catalogue, key.removeprefix(_GOAL) if key.startswith(_GOAL) else "")

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        await self._aim(area, catalogue, "")

    async def _aim(self, area: "Area", catalogue: Catalogue, standard: str) -> None:
        project = area.project
        held = next((goal for goal in project.certifications if goal.standard == standard), None)
        options = tuple((known.id, known.name.in_(language())) for known in catalogue.standards)
        usual = edition(project, catalogue)

        def change(values: Values) -> "Change":
            return lambda p: set_certification(p, catalogue, values["standard"], values["audit"])

        await area.fill(
            _("Certification"),
            [
                OneOf("standard", _("Standard"), options, standard or (usual.id if usual else "")),
                Text(
                    "audit",
                    _("Day of the audit"),
                    str(held.audit) if held else "",
                    day,
                    _("stage 2, such as 2029-03-01"),
                ),
            ],
            change,
            lambda values: _("Certification with the audit on {day}").format(day=values["audit"]),
            _("Everything else is worked out from this day: the stages backwards, the surveillance after it."),
        )


TOPIC = StandardTopic()
