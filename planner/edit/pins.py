"""Pins: what somebody promised about a capability or a work package."""

from dataclasses import replace

from planner.edit.refused import checked, need
from planner.model.project import Pin, Project
from planner.text.i18n import _


def set_pin(project: Project, pin: Pin) -> Project:
    """``project`` with ``pin`` in place of any other on the same item. Raises Refused."""
    pins = tuple(pin if held.item == pin.item else held for held in project.pins)
    return checked(project, replace(project, pins=pins if pin.item in project.pin_by_item else (*pins, pin)))


def pin_where_it_is(project: Project, item: str, reason: str, days: bool = True) -> Project:
    """``project`` with ``item`` promised for the phase and days on which the roadmap has it; else as it was.

    Without ``days`` it is promised for the phase alone. Days and a reason that somebody gave for an earlier pin stay
    where no others come in their place. Raises Refused.
    """
    packages = [package.id for package in project.packages_of.get(item, ())] or [item]
    placed = project.roadmap.packages if project.roadmap else {}
    places = [placed[package] for package in packages if package in placed]
    if not places:
        return project
    held = project.pin_by_item.get(item)
    phases = {place.phase for place in places}
    pin = replace(
        held or Pin(item=item),
        phase=places[0].phase if len(phases) == 1 else "",
        reason=held.reason if held and held.reason else reason,
    )
    if days or not pin.phase:
        first, last = min(place.start for place in places), max(place.finish for place in places)
        pin = replace(pin, not_before=first, deadline=last, may_slip=False)
    return set_pin(project, pin)


def remove_pin(project: Project, item: str) -> Project:
    """``project`` without the pin on ``item``. Raises Refused when there is none."""
    need(item, project.pin_by_item, _("pin on"))
    return checked(project, replace(project, pins=tuple(pin for pin in project.pins if pin.item != item)))
