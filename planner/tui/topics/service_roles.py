"""Service roles: which post has each one, and which of its attributes exist."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.assessment.service_roles import grid
from planner.edit.posts import set_service_role
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, listed
from planner.tui.screens.form import OneOf, Values
from planner.tui.topics.topic import Topic, source
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


class ServiceRoles(Topic):
    """The grid: a row for each role with its score."""

    columns = (
        Column(N_("Role"), 18, share=2),
        Column(N_("Post"), 12, share=1),
        Column(N_("Has"), 8),
        Column(N_("Score"), 5, align=">"),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        names = {post.id: post.name for post in project.posts}
        rows = []
        for line in grid(project, catalogue):
            has = "".join("x" if attribute.id in line.has else "." for attribute in catalogue.role_attributes)
            rows.append(Row(line.id, (line.name, names.get(line.post, line.post) or "-", has, str(len(line.has)))))
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        known = next((known for known in catalogue.service_roles if known.id == key), None)
        if known is None:
            return ()
        tongue = language()
        names = listed(attribute.name.in_(tongue) for attribute in catalogue.role_attributes)
        owns = listed(project.process_by_id[p].name for p in known.owns if p in project.process_by_id)
        return [
            labelled(known.name.in_(tongue), known.line.in_(tongue)),
            _("Has, from left to right: {attributes}").format(attributes=names),
            _("Usually owns: {processes}").format(processes=owns or "-"),
            source(known.source),
        ]

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        project, tongue = area.project, language()
        line = next(line for line in grid(project, catalogue) if line.id == key)
        posts = (("", _("nobody")), *((post.id, post.name) for post in project.posts))
        yes = (("", _("no")), ("yes", _("yes")))

        def change(values: Values) -> "Change":
            has = tuple(attribute.id for attribute in catalogue.role_attributes if values[f"has {attribute.id}"])
            return lambda p: set_service_role(p, catalogue, key, post=values["post"], has=has)

        await area.fill(
            line.name,
            [
                OneOf("post", _("Post"), posts, line.post),
                *(
                    OneOf(f"has {a.id}", a.name.in_(tongue), yes, "yes" if a.id in line.has else "")
                    for a in catalogue.role_attributes
                ),
            ],
            change,
            lambda values: _("{fact} changed").format(fact=line.name),
        )


TOPIC = ServiceRoles()
