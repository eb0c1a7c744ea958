"""Posts and owners: who holds which post, which processes it owns and manages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.edit.posts import add_post, change_post, new_post_id, remove_post, set_manager, set_owner
from planner.model.knowledge import Catalogue
from planner.model.people import Post
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, listed
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic
from planner.tui.typed import among, required, show_among
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

_PROCESS = "process "


class Posts(Topic):
    """The posts first, then the processes in scope with their owner and manager."""

    columns = (
        Column(N_("Post, process"), 18, share=2),
        Column(N_("Held by, owner"), 12, share=1),
        Column(N_("Department, manager"), 19),
    )

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        names = {post.id: post.name for post in project.posts}
        rows = [Row(post.id, (post.name, post.holder, _department(post))) for post in project.posts]
        rows.append(Row("owners", banner=_("Owner and manager of each process"), style="head"))
        rows += [
            Row(
                _PROCESS + process.id,
                (
                    process.name,
                    names.get(process.owner, process.owner) or "-",
                    names.get(process.manager, process.manager) or "-",
                ),
            )
            for process in project.processes
            if process.in_scope
        ]
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        post = next((post for post in project.posts if post.id == key), None)
        if post is None:
            return [_("Enter sets owner and manager; n adds a post.")]
        owns = listed(process.name for process in project.processes if process.owner == post.id)
        roles = listed(project.role_by_id[role].name for role in post.roles if role in project.role_by_id)
        return [
            labelled(post.name, post.holder or _("held by nobody yet")),
            _("Owns: {processes}. Roles in the plan: {roles}.").format(processes=owns or "-", roles=roles or "-"),
        ]

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if not any(post.id == key for post in project.posts):
            return _("Only a post can be removed.")
        return _("Post removed"), lambda p: remove_post(p, key)

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        project = area.project
        if key.startswith(_PROCESS):
            await _owners(area, key.removeprefix(_PROCESS))
            return
        post = next((post for post in project.posts if post.id == key), None)
        if post is None:
            await super().change(area, catalogue, key)
            return

        def change(values: Values) -> "Change":
            return lambda p: change_post(p, key, **values)

        await area.fill(
            post.name, _fields(project, post), change, lambda values: _("{fact} changed").format(fact=post.name)
        )

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        def change(values: Values) -> "Change":
            ident = new_post_id(area.project, values["name"])
            return lambda p: add_post(p, Post(id=ident, **values))

        await area.fill(
            _("New post"),
            _fields(area.project, Post(id="new", name=" ")),
            change,
            lambda values: _("New post {name}").format(name=values["name"]),
        )


async def _owners(area: "Area", process_id: str) -> None:
    project = area.project
    process = project.process_by_id[process_id]
    posts = (("", _("nobody")), *((post.id, post.name) for post in project.posts))

    def change(values: Values) -> "Change":
        return lambda p: set_manager(set_owner(p, process_id, values["owner"]), process_id, values["manager"])

    await area.fill(
        process.name,
        [
            OneOf("owner", _("Owner"), posts, process.owner),
            OneOf("manager", _("Manager"), posts, process.manager),
        ],
        change,
        lambda values: _("Owner and manager of {process}").format(process=process.name),
    )


def _fields(project: Project, post: Post) -> list[Text | OneOf]:
    names = {role.id: role.name for role in project.roles}
    departments = (("", _("not said")), ("business", _("business")), ("it", _("IT")))
    return [
        Text("name", _("Name"), post.name.strip(), required),
        Text("holder", _("Held by"), post.holder),
        OneOf("department", _("Department"), departments, post.department),
        Text(
            "roles",
            _("Roles"),
            show_among(names, post.roles),
            among(names),
            _("roles of the plan that it fills, with commas between"),
        ),
    ]


def _department(post: Post) -> str:
    return {"business": _("business"), "it": _("IT"), "": ""}[post.department]


TOPIC = Posts()
