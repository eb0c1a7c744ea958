"""Customer experience: the survey, scored 1 to 5 by item."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.assessment.experience import averages
from planner.edit.context import set_experience
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language
from planner.tui.screens.form import OneOf, Values
from planner.tui.topics.topic import Step, Topic, source
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class Experience(Topic):
    """Stages of what a customer lives through, each with its items and its mean."""

    says: ClassVar[Mapping[str, str]] = {"change": N_("score")}
    columns = (Column(N_("Item"), 24, share=1), Column(N_("Score"), 6, align=">"))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        tongue = language()
        means = averages(project, catalogue)
        rows = []
        for stage in catalogue.experience:
            mean = means.get(stage.id)
            title = stage.name.in_(tongue)
            rows.append(Row(stage.id, banner=title if mean is None else f"{title}  {mean:.1f}", style="head"))
            rows += [
                Row(item.id, (item.name.in_(tongue), str(project.experience.scores.get(item.id, "-"))))
                for item in stage.items
            ]
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        stage = next((s for s in catalogue.experience if key == s.id or any(i.id == key for i in s.items)), None)
        return [_("1 is bad, 5 is good; Enter scores the item."), source(stage.source)] if stage else ()

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if key not in project.experience.scores:
            return _("This item has no score.")
        return _("Score taken away"), lambda p: set_experience(p, catalogue, key, None)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        name = next((i.name.in_(language()) for s in catalogue.experience for i in s.items if i.id == key), "")
        if not name:
            await super().change(area, catalogue, key)
            return
        now = area.project.experience.scores.get(key, 3)

        def change(values: Values) -> "Change":
            return lambda p: set_experience(p, catalogue, key, int(values["score"]))

        options = tuple((str(score), str(score)) for score in range(1, 6))
        await area.fill(
            name,
            [OneOf("score", _("Score"), options, str(now))],
            change,
            lambda values: labelled(name, values["score"]),
        )


TOPIC = Experience()
