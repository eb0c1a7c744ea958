"""Checks: which findings are accepted and why, and the thresholds by which this plan is judged."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.checks.number_words import number_words
from planner.edit.checks import mute, set_number, unmute
from planner.model.knowledge import Catalogue
from planner.model.known.checks import KnownCheck
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, listed, ngettext
from planner.tui.screens.form import Text, Values
from planner.tui.topics.topic import Step, Topic, source
from planner.tui.typed import number_or_none, show
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class Checks(Topic):
    """One row for each check."""

    columns = (
        Column(N_("Check"), 6),
        Column(N_("Weight"), 8),
        Column(N_("What it looks for"), 20, share=2),
        Column(N_("Accepted because"), 10, share=1),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        held = {setting.id: setting for setting in project.checks}
        rows = []
        for known in catalogue.checks:
            setting = held.get(known.id)
            star = "*" if setting and (setting.numbers or setting.names) else ""
            why = setting.mute if setting else ""
            rows.append(Row(known.id, (known.id, _(known.severity), star + known.title.in_(language()), why)))
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        known = _known(catalogue, key)
        setting = next((setting for setting in project.checks if setting.id == key), None)
        said = [labelled(known.title.in_(language()), known.advice.in_(language()))]
        own = setting.numbers if setting else {}
        numbers = [
            _("{key} {own:g} (usually {usual:g})").format(key=number_words(name), own=own[name], usual=usual)
            if name in own
            else f"{number_words(name)} {usual:g}"
            for name, usual in known.numbers.items()
        ]
        if numbers:
            said.append(_("Judged by: {numbers}").format(numbers=listed(numbers)))
        return [*said, source(f"{known.origin}; {known.source}")]

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if any(setting.id == key and setting.mute for setting in project.checks):
            return _("{check} speaks again").format(check=key), lambda p: unmute(p, key)
        return _("Press Enter to accept the findings of this check, with a reason.")

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if any(setting.id == key and setting.mute for setting in project.checks):
            return self.tick(project, catalogue, key)
        return _("This check is not muted.")

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        known = _known(catalogue, key)
        setting = next((setting for setting in area.project.checks if setting.id == key), None)
        own = setting.numbers if setting else {}
        fields = [
            Text("reason", _("Accepted because"), setting.mute if setting else "", hint=_("empty: the check speaks")),
            *(
                Text(f"number {name}", number_words(name), show(own.get(name, usual)), number_or_none)
                for name, usual in known.numbers.items()
            ),
        ]

        def change(values: Values) -> "Change":
            def edit(project: Project) -> Project:
                for name, usual in known.numbers.items():
                    typed = values[f"number {name}"]
                    project = set_number(project, catalogue, key, name, None if typed == usual else typed)
                if values["reason"]:
                    return mute(project, catalogue, key, values["reason"])
                return unmute(project, key) if setting and setting.mute else project

            return edit

        def objection(values: Values) -> str:
            """Why nothing can be made of what was typed."""
            before = {field.name: field.read(field.value) for field in fields}
            return _("Give a reason, or press Esc.") if not values["reason"] and values == before else ""

        from planner.checks.check import check

        found = await asyncio.to_thread(check, area.project, catalogue, with_muted=True)
        n = sum(finding.id == key for finding in found)
        words = ngettext("{check}: {n} finding is accepted with it", "{check}: {n} findings are accepted with it", n)
        label = _("{fact} changed").format(fact=known.id)
        title = words.format(check=key, n=n)
        await area.fill(title, fields, change, lambda values: label, known.title.in_(language()), objection)


async def accept(area: "Area", check_id: str) -> None:
    """Ask why what a check finds is accepted, or by which numbers it should judge."""
    from planner.catalog.load import load

    await TOPIC.change(area, load(), check_id)


def _known(catalogue: Catalogue, key: str) -> KnownCheck:
    return next(known for known in catalogue.checks if known.id == key)


TOPIC = Checks()
