"""Looks at the facts and estimates of a plan."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.graph.closure import needs_of
from planner.graph.naming import called
from planner.model.capability import process_of
from planner.model.rules import nearest
from planner.text.i18n import _, labelled, listed


@looks("D01")
def nothing_to_do(view: View) -> Iterator[Hit]:
    """A plan without any work."""
    if not view.project.packages:
        yield Hit(_("no target is above what stands today, so the plan has no work"))


@looks("D02")
def effortless(view: View) -> Iterator[Hit]:
    """Work on which nobody works."""
    for package in view.project.packages:
        if not package.person_days:
            yield Hit(_("nobody works on {package}").format(package=package.id), (package.id,))


@looks("D03")
def out_of_scope(view: View) -> Iterator[Hit]:
    """Work for a process that is out of scope and that nothing needs."""
    for package, item, inside in _not_needed(view):
        if not inside:
            message = _("{package} belongs to {item}, which is out of scope")
            yield Hit(message.format(package=package, item=called(view.project, item)), (package, item))


@looks("D04")
def unneeded(view: View) -> Iterator[Hit]:
    """Work for a capability that no target needs."""
    for package, item, inside in _not_needed(view):
        if inside:
            message = _("{package} belongs to {item}, which the targets do not need")
            yield Hit(message.format(package=package, item=called(view.project, item)), (package, item))


def _not_needed(view: View) -> Iterator[tuple[str, str, bool]]:
    """Packages whose capability nothing needs, each with it and whether its process is in scope."""
    needs = needs_of(view.project)
    for package in view.project.packages:
        if package.capability and package.capability not in needs:
            process = view.project.process_by_id.get(process_of(package.capability))
            yield package.id, package.capability, process is None or process.in_scope


@looks("D05")
def no_capacity(view: View) -> Iterator[Hit]:
    """Roles that have work but, for a time, nobody to do it."""
    begin, used = view.project.engagement.start, _used(view)
    for role in view.project.roles:
        if role.id not in used:
            continue
        steps = [(begin, role.capacity(begin)), *((c.since, c.fte) for c in role.changes if c.since > begin)]
        for (since, fte), (until, _fte) in zip(steps, [*steps[1:], (None, 0.0)], strict=True):
            if fte == 0:
                message = (
                    _("{role} has work in the plan but no capacity from {since} until {until}")
                    if until
                    else _("{role} has work in the plan but no capacity from {since} on")
                )
                yield Hit(message.format(role=role.name, since=since, until=until), (role.id,))


@looks("D06")
def no_role_work(view: View) -> Iterator[Hit]:
    """Roles without any work."""
    used = _used(view)
    for role in view.project.roles:
        if view.project.packages and role.id not in used:
            yield Hit(_("{role} has no work in the plan").format(role=role.name), (role.id,))


def _used(view: View) -> set[str]:
    return {role for package in view.project.packages for role, effort in package.effort.items() if effort.high > 0}


@looks("D07")
def left_out(view: View) -> Iterator[Hit]:
    """Work of the catalogue that somebody took out."""
    out = view.project.left_out
    if out:
        shown = listed(f"{one.package} ({one.reason})" if one.reason else one.package for one in out)
        message = _("the plan does without {n} work packages of the catalogue: {packages}")
        yield Hit(message.format(n=len(out), packages=shown), tuple(one.package for one in out))


@looks("D08")
def lost_settings(view: View) -> Iterator[Hit]:
    """Mutes and thresholds that the plan gives for a check, number or list that does not exist."""
    known = {check.id: check for check in view.catalogue.checks}
    for setting in view.project.checks:
        if setting.id not in known:
            message = _("the plan mutes or changes the check {name}, which does not exist").format(name=setting.id)
            yield Hit(message, (setting.id,), advice=nearest(setting.id, known))
            continue
        keys = {*known[setting.id].numbers, *known[setting.id].names}
        for key in (*setting.numbers, *setting.names):
            if key not in keys:
                message = labelled(setting.id, _("there is no threshold {name!r}").format(name=key))
                yield Hit(message, (setting.id,), advice=nearest(key, keys))
