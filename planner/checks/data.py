"""Looks at the facts and estimates of a plan."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.edit.foreign import foreign
from planner.edit.refresh import refreshed
from planner.graph.closure import needs_of
from planner.graph.naming import called, dimension_title
from planner.model.capability import process_of
from planner.model.rating import scores
from planner.model.rules import nearest
from planner.review.conflict_words import told
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


@looks("D09")
def unknown_names(view: View) -> Iterator[Hit]:
    """Ids that the templates in use do not have: mistyped, or from templates of one's own that are not named."""
    for lack in foreign(view.project, view.catalogue):
        message = _("the plan names the {kind} {name!r}, which the templates do not have")
        yield Hit(
            message.format(kind=lack.kind, name=lack.name),
            (lack.name,),
            severity="error" if lack.holds else None,
            advice=lack.advice,
        )


@looks("D10")
def out_of_step(view: View) -> Iterator[Hit]:
    """Work and dates that do not follow from the facts of the plan any more, and levels that the answers rule out."""
    # A plan written by hand from beginning to end owes nothing to the templates.
    made = any(package.source == "catalogue" for package in view.project.packages)
    if made and (changes := refreshed(view.project, view.catalogue).changes):
        names = listed(changes[:3]) if len(changes) <= 3 else _("{names}, ...").format(names=listed(changes[:3]))
        message = _("{n} entries would be others by the plan's facts and the templates: {names}")
        yield Hit(message.format(n=len(changes), names=names), tuple(changes))
    for process in view.project.processes:
        found = scores(view.project, view.catalogue, process.id)
        ruled_out = [
            _("{dimension} {level} (answers say {low} to {high})").format(
                dimension=dimension_title(view.project, dimension),
                level=process.baseline[dimension],
                low=score.lowest,
                high=score.highest,
            )
            for dimension, score in found.items()
            if score.scored
            and dimension not in process.by_hand
            and not score.lowest <= process.baseline[dimension] <= score.highest
        ]
        if ruled_out:
            message = _("{process} has levels without a reason that its answers rule out: {levels}")
            advice = _("give the reason (by_hand), or let the level follow the answers")
            yield Hit(message.format(process=process.name, levels=listed(ruled_out)), (process.id,), advice=advice)


@looks("D11")
def open_conflicts(view: View) -> Iterator[Hit]:
    """What two people changed in two ways, and a merge could not decide."""
    for conflict in view.project.conflicts:
        yield Hit(told(view.project, conflict).sentence, tuple(conflict.item.split(" ")[:1]) if conflict.item else ())


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
