"""Pains: what hurts the client, and the targets that cure it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.edit.pains import apply_pain_targets, propose_targets, tick, untick
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, listed
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic, mark, source
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class Pains(Topic):
    """One row for each pain of the catalogue; ``n`` makes targets of the ticked ones."""

    says: ClassVar[Mapping[str, str]] = {"new": N_("targets")}
    columns = (
        Column("", 3),
        Column(N_("Hurts"), 5, align=">"),
        Column(N_("Pain"), 24, share=3),
        Column(N_("Heard from"), 12, share=1, wide=70),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        held = {pain.id: pain for pain in project.pains}
        tongue = language()
        return [
            Row(
                known.id,
                (
                    mark(known.id in held),
                    str(held[known.id].weight) if known.id in held else "",
                    known.name.in_(tongue),
                    known.voice.in_(tongue),
                ),
            )
            for known in catalogue.pains
        ]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        known = next(pain for pain in catalogue.pains if pain.id == key)
        held = next((pain for pain in project.pains if pain.id == key), None)
        names = {process.id: process.name for process in project.processes}
        cure = listed(f"{names.get(process, process)} {level}" for process, level in known.levels.items())
        said = [
            labelled(known.id, _("{pain}. Cured by: {levels}").format(pain=known.name.in_(language()), levels=cure))
        ]
        if held and held.note:
            said.append(held.note)
        return [*said, source(known.source)]

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        name = _name(catalogue, key)
        if any(pain.id == key for pain in project.pains):
            return _("No longer a pain: {pain}").format(pain=name), lambda p: untick(p, key)
        return _("A pain: {pain}").format(pain=name), lambda p: tick(p, catalogue, key)

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if any(pain.id == key for pain in project.pains):
            return self.tick(project, catalogue, key)
        return _("This pain is not ticked.")

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        held = next((pain for pain in area.project.pains if pain.id == key), None)
        weights = (("1", _("1 bearable")), ("2", _("2 hurts")), ("3", _("3 unbearable")))

        def change(values: Values) -> "Change":
            return lambda p: tick(p, catalogue, key, weight=int(values["weight"]), note=values["note"])

        await area.fill(
            _name(catalogue, key),
            [
                OneOf("weight", _("How much it hurts"), weights, str(held.weight if held else 1)),
                Text("note", _("Note"), held.note if held else ""),
            ],
            change,
            lambda values: _("A pain: {pain}").format(pain=_name(catalogue, key)),
        )

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        from planner.tui.screens.dialog import Ask

        if not area.project.pains:
            area.plan.say(_("No pain is ticked yet: Space ticks one."), warn=True)
            return
        asked = propose_targets(area.project, catalogue)
        lines = listed(
            f"{area.project.title(want.item)} ({listed(_name(catalogue, pain) for pain in want.pains)})"
            for want in asked
            if want.pains
        )
        more = listed(area.project.title(want.item) for want in asked if not want.pains)
        text = _("The ticked pains ask for: {wanted}. These need besides: {needed}.").format(
            wanted=lines or "-", needed=more or "-"
        )
        answers = [("yes", "y", _("raise the targets")), ("no", "n", _("leave them"))]
        if await area.ask(Ask(_("Targets from pains"), text, answers)) == "yes":
            area.edit(_("Targets from the ticked pains"), lambda p: apply_pain_targets(p, catalogue))


def _name(catalogue: Catalogue, pain: str) -> str:
    return next(known for known in catalogue.pains if known.id == pain).name.in_(language())


TOPIC = Pains()
