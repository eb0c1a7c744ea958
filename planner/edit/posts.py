"""Posts of the client and what they stand for: owners and managers of processes, roles in them, service roles."""

from collections.abc import Collection
from dataclasses import replace
from itertools import count
from typing import Any, Literal

from planner.edit.materialise import materialise
from planner.edit.refused import Refused, checked, need, some
from planner.model.knowledge import Catalogue
from planner.model.people import Post, ServiceRole
from planner.model.problem import nearest
from planner.model.project import ProcessScope, Project
from planner.model.values import Fixed
from planner.text.clean import plain_id
from planner.text.i18n import _


def new_post_id(project: Project, wish: str) -> str:
    """An id made of ``wish`` (a name, say) that no post of the plan has."""
    taken = {post.id for post in project.posts}
    base = plain_id(wish) or "post"
    return next(name for n in count(1) if (name := base if n == 1 else f"{base}-{n}") not in taken)


def add_post(project: Project, post: Post, catalogue: Catalogue | None = None) -> Project:
    """``project`` with another post. Raises Refused."""
    return _followed(project, replace(project, posts=(*project.posts, post)), catalogue)


def change_post(project: Project, post_id: str, catalogue: Catalogue | None = None, **fields: Any) -> Project:
    """``project`` with another name, holder, department or other roles of a post.

    With ``catalogue`` the work of whoever is on a track by this post follows. Raises Refused.
    """
    held = _post(project, post_id)
    if fields.get("id", post_id) != post_id:
        raise Refused(_("a post keeps its id {item!r} - give it another name instead").format(item=post_id))
    posts = tuple(replace(post, **fields) if post is held else post for post in project.posts)
    return _followed(project, replace(project, posts=posts), catalogue)


def remove_post(project: Project, post_id: str) -> Project:
    """``project`` without a post. Raises Refused while something names it, saying what."""
    held = _post(project, post_id)
    users = uses(project, post_id)
    if users:
        raise Refused(
            _("{post} is still {uses} - name another post there first").format(post=held.name, uses=some(users))
        )
    return checked(project, replace(project, posts=tuple(post for post in project.posts if post is not held)))


def uses(project: Project, post_id: str) -> list[str]:
    """What names a post, in words: ``owner of Incident management``."""
    found = []
    for process in project.processes:
        if process.owner == post_id:
            found.append(_("owner of {process}").format(process=process.name))
        if process.manager == post_id:
            found.append(_("manager of {process}").format(process=process.name))
        found += [
            _("{role} in {process}").format(role=role, process=process.name)
            for role, post in process.posts.items()
            if post == post_id
        ]
    found += [role.name for role in project.service_roles if role.post == post_id]
    found += [
        _("on a track ({item})").format(item=enrolment.id)
        for enrolment in project.enrolments
        if enrolment.holder == post_id
    ]
    found += [
        _("holder of a certificate ({item})").format(item=certificate.id)
        for certificate in project.certificates
        if certificate.holder == post_id
    ]
    found += [
        _("owner of the indicator {indicator}").format(indicator=indicator.name)
        for indicator in project.indicators
        if indicator.owner == post_id
    ]
    return found


def set_owner(project: Project, process_id: str, post_id: str) -> Project:
    """``project`` with a post that owns a process; an empty one for nobody. Raises Refused."""
    return _with_post(project, process_id, post_id, "owner")


def set_manager(project: Project, process_id: str, post_id: str) -> Project:
    """``project`` with a post that manages a process; an empty one for nobody. Raises Refused."""
    return _with_post(project, process_id, post_id, "manager")


def set_process_role(project: Project, process_id: str, role_name: str, post_id: str) -> Project:
    """``project`` with the post that has the role ``role_name`` in a process; empty: nobody has. Raises Refused."""
    process = _process(project, process_id)
    _post_or_nobody(project, post_id)
    if not role_name.strip() or role_name.startswith("x-"):
        raise Refused(_("{name!r} cannot be the name of a role - choose another").format(name=role_name))
    kept = {role: post for role, post in process.posts.items() if role != role_name or post_id}
    posts = Fixed({**kept, role_name: post_id} if post_id else kept)
    return _with_process(project, replace(process, posts=posts))


def set_service_role(
    project: Project,
    catalogue: Catalogue,
    service_role: str,
    post: str | None = None,
    has: Collection[str] | None = None,
) -> Project:
    """``project`` with the post that has a service role, and with the attributes of it that exist; None: as it is.

    Raises Refused for a service role, a post or an attribute that nobody knows.
    """
    row = _service_role(project, catalogue, service_role)
    if post is not None:
        _post_or_nobody(project, post)
        row = replace(row, post=post)
    if has is not None:
        valid = dict.fromkeys((*(attribute.id for attribute in catalogue.role_attributes), *row.has))
        for attribute in has:
            _known(attribute, valid, _("attribute"))
        row = replace(row, has=tuple(attribute for attribute in valid if attribute in has))
    rows = {other.id: other for other in project.service_roles} | {row.id: row}
    order = {known.id: index for index, known in enumerate(catalogue.service_roles)}
    sorted_rows = sorted(rows.values(), key=lambda other: order.get(other.id, len(order)))
    return checked(project, replace(project, service_roles=tuple(sorted_rows)))


def toggle_attribute(project: Project, catalogue: Catalogue, service_role: str, attribute: str) -> Project:
    """``project`` where an attribute of a service role exists if it did not, and the other way round."""
    has = set(_service_role(project, catalogue, service_role).has)
    return set_service_role(project, catalogue, service_role, has=has ^ {attribute})


def suggest_owners(project: Project, catalogue: Catalogue) -> Project:
    """``project`` where processes without owner have as owner the post with the service role that usually owns them.

    Where several service roles own a process, the first one of the catalogue that has a post.
    """
    posts = {row.id: row.post for row in project.service_roles if row.post}
    owners: dict[str, str] = {}
    for known in catalogue.service_roles:
        for process in known.owns if known.id in posts else ():
            owners.setdefault(process, posts[known.id])
    processes = tuple(
        process if process.owner else replace(process, owner=owners.get(process.id, ""))
        for process in project.processes
    )
    return checked(project, replace(project, processes=processes))


def _with_post(project: Project, process_id: str, post_id: str, field: Literal["owner", "manager"]) -> Project:
    _post_or_nobody(project, post_id)
    process = _process(project, process_id)
    changed = replace(process, owner=post_id) if field == "owner" else replace(process, manager=post_id)
    return _with_process(project, changed)


def _with_process(project: Project, changed: ProcessScope) -> Project:
    processes = tuple(changed if process.id == changed.id else process for process in project.processes)
    return checked(project, replace(project, processes=processes))


def _followed(before: Project, after: Project, catalogue: Catalogue | None) -> Project:
    after = checked(before, after)
    return checked(before, materialise(after, catalogue)) if catalogue else after


def _process(project: Project, process_id: str) -> ProcessScope:
    need(process_id, project.process_by_id, _("process"))
    return project.process_by_id[process_id]


def _post(project: Project, post_id: str) -> Post:
    held = {post.id: post for post in project.posts}
    _known(post_id, held, _("post"))
    return held[post_id]


def _post_or_nobody(project: Project, post_id: str) -> None:
    if post_id:
        _post(project, post_id)


def _service_role(project: Project, catalogue: Catalogue, ident: str) -> ServiceRole:
    """The row of a service role, as the plan has it or new from the catalogue."""
    held = {row.id: row for row in project.service_roles}
    known = {role.id: role for role in catalogue.service_roles}
    _known(ident, {**held, **known}, _("service role"))
    return held.get(ident) or ServiceRole(id=ident, name=known[ident].name.in_(project.engagement.language))


def _known(item: str, valid: Collection[str], kind: str) -> None:
    if item not in valid:
        wrong = _("there is no {kind} {item!r}").format(kind=kind, item=item)
        raise Refused(f"{wrong} - {nearest(item, valid)}")
