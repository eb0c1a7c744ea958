"""Programme work: what is done once for the whole, and what runs beside everything."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from planner.edit.programme import add_programme, remove_programme
from planner.model.knowledge import Catalogue
from planner.model.known.work import ProgrammeWork
from planner.model.project import Project
from planner.text.i18n import N_, _, language, listed
from planner.tui.topics.topic import Step, Topic, mark, source
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area


class Programme(Topic):
    """One row for each piece of work that the catalogue has for a whole programme."""

    says: ClassVar[Mapping[str, str]] = {"change": "", "tick": N_("in or out")}
    columns = (
        Column("", 3),
        Column(N_("Stream"), 8),
        Column(N_("Work"), 24, share=1),
        Column(N_("Person-days"), 11, align=">"),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [
            Row(
                work.id,
                (
                    mark(work.id in project.engagement.programme),
                    _(work.workstream),
                    work.name.in_(language()),
                    _amount(project, work),
                ),
            )
            for work in catalogue.programme
        ]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        work = next(work for work in catalogue.programme if work.id == key)
        said = [work.name.in_(language())]
        if work.share:
            said.append(
                _("Runs beside everything: {share:.0%} of all other effort; not scheduled.").format(share=work.share)
            )
        elif work.first:
            said.append(_("Before any process is designed."))
        if work.after:
            names = {other.id: other.name.in_(language()) for other in catalogue.programme}
            said.append(_("After: {work}").format(work=listed(names[other] for other in work.after)))
        return [*said, source(work.source)]

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        work = next(work for work in catalogue.programme if work.id == key)
        name = work.name.in_(language())
        if key in project.engagement.programme:
            return _("Taken out: {name}").format(name=name), lambda p: remove_programme(p, catalogue, key)
        return _("Taken in: {name}").format(name=name), lambda p: add_programme(p, catalogue, key)

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if key in project.engagement.programme:
            return self.tick(project, catalogue, key)
        return _("This work is not in the plan.")

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        area.plan.say(_("Space takes it in or out."), warn=True)


def _amount(project: Project, work: ProgrammeWork) -> str:
    if work.share:
        return f"{work.share:.0%}"
    package = project.package_by_id.get(work.id)
    days = package.person_days if package else work.effort.likely if work.effort else 0.0
    return f"{days:.0f}"


TOPIC = Programme()
