"""Pins: what somebody promised about a capability or a work package."""

from dataclasses import replace

from planner.edit.refused import checked, need
from planner.model.project import Pin, Project
from planner.text.i18n import _


def set_pin(project: Project, pin: Pin) -> Project:
    """``project`` with ``pin`` in place of any other on the same item. Raises Refused."""
    pins = tuple(pin if held.item == pin.item else held for held in project.pins)
    return checked(project, replace(project, pins=pins if pin.item in project.pin_by_item else (*pins, pin)))


def remove_pin(project: Project, item: str) -> Project:
    """``project`` without the pin on ``item``. Raises Refused when there is none."""
    need(item, project.pin_by_item, _("pin on"))
    return checked(project, replace(project, pins=tuple(pin for pin in project.pins if pin.item != item)))
