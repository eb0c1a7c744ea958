"""Which findings a plan accepts, and by which numbers and ids of its own it is judged."""

from collections.abc import Collection
from dataclasses import replace

from planner.edit.refused import Refused, checked
from planner.model.context import CheckSetting
from planner.model.knowledge import Catalogue
from planner.model.known.checks import KnownCheck
from planner.model.project import Project
from planner.model.rules import nearest
from planner.model.values import Fixed
from planner.text.i18n import _


def mute(project: Project, catalogue: Catalogue, check_id: str, reason: str, items: tuple[str, ...] = ()) -> Project:
    """``project`` accepting what a check finds: everything, or only what is about nothing but ``items``.

    Raises Refused for a check that does not exist, and without a reason.
    """
    _known(catalogue, check_id)
    if not reason.strip():
        raise Refused(
            _("{check} is not muted without a reason - say why its findings are accepted").format(check=check_id)
        )
    return _with(project, replace(_setting(project, check_id), mute=reason.strip(), items=items))


def accept(project: Project, catalogue: Catalogue, check_id: str, reason: str, items: tuple[str, ...]) -> Project:
    """``project`` accepting, beside what it accepts of a check already, what is about nothing but ``items``.

    Raises Refused as ``mute`` does, and where everything that the check finds is accepted already.
    """
    held = _setting(project, check_id)
    if held.mute and not held.items:
        raise Refused(_("everything that {check} finds is accepted already").format(check=check_id))
    return mute(project, catalogue, check_id, reason, tuple(dict.fromkeys((*held.items, *items))))


def speak_again(project: Project, check_id: str, items: tuple[str, ...]) -> Project:
    """``project`` no longer accepting what a check finds about ``items``; all of it where it accepts everything.

    Raises Refused when the plan does not mute the check.
    """
    held = _setting(project, check_id)
    rest = tuple(item for item in held.items if item not in items)
    return _with(project, replace(held, items=rest)) if held.mute and rest else unmute(project, check_id)


def unmute(project: Project, check_id: str) -> Project:
    """``project`` no longer accepting what a check finds. Raises Refused when the plan does not mute it."""
    muted = [setting.id for setting in project.checks if setting.mute]
    if check_id not in muted:
        raise Refused(
            _("the plan does not mute {check!r} - {advice}").format(check=check_id, advice=nearest(check_id, muted))
        )
    return _with(project, replace(_setting(project, check_id), mute="", items=()))


def set_number(project: Project, catalogue: Catalogue, check_id: str, key: str, value: float | None) -> Project:
    """``project`` judged by a number of its own; None: by the usual one. Raises Refused for an unknown check or key."""
    _need_key(_known(catalogue, check_id).numbers, check_id, key)
    setting = _setting(project, check_id)
    numbers = {name: number for name, number in setting.numbers.items() if name != key}
    if value is not None:
        numbers[key] = value
    return _with(project, replace(setting, numbers=Fixed(numbers)))


def set_names(
    project: Project, catalogue: Catalogue, check_id: str, key: str, names: tuple[str, ...] | None
) -> Project:
    """``project`` with ids of its own to look for; None: the usual ones. Raises Refused as ``set_number`` does."""
    _need_key(_known(catalogue, check_id).names, check_id, key)
    setting = _setting(project, check_id)
    lists = {name: ids for name, ids in setting.names.items() if name != key}
    if names is not None:
        lists[key] = names
    return _with(project, replace(setting, names=Fixed(lists)))


def _known(catalogue: Catalogue, check_id: str) -> KnownCheck:
    known = {check.id: check for check in catalogue.checks}
    if check_id not in known:
        advice = nearest(check_id, known)
        raise Refused(_("there is no check {check!r} - {advice}").format(check=check_id, advice=advice))
    return known[check_id]


def _need_key(keys: Collection[str], check_id: str, key: str) -> None:
    if key not in keys:
        advice = nearest(key, keys)
        raise Refused(_("{check} has no threshold {key!r} - {advice}").format(check=check_id, key=key, advice=advice))


def _setting(project: Project, check_id: str) -> CheckSetting:
    return next((setting for setting in project.checks if setting.id == check_id), CheckSetting(id=check_id))


def _with(project: Project, changed: CheckSetting) -> Project:
    """``project`` with ``changed``, or without the setting once it says nothing any more."""
    settings = {setting.id: setting for setting in project.checks} | {changed.id: changed}
    if changed == CheckSetting(id=changed.id):
        del settings[changed.id]
    return checked(project, replace(project, checks=tuple(settings.values())))
