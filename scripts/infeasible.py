"""Make plans that have no roadmap, each for another reason, to see how ``planner repair`` mends them.

    uv run python scripts/infeasible.py FOLDER
    uv run planner propose FOLDER/deadline.toml
    uv run planner repair FOLDER/deadline.toml --apply 1 --out FOLDER/mended.toml

A test makes every one of them and follows the first suggestion.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.catalog.load import load
from planner.edit.facts import change_limits, change_role
from planner.edit.pins import set_pin
from planner.edit.roadmap import add_phase
from planner.edit.start import start
from planner.model.calendar import CapacityChange
from planner.model.project import Phase, Pin, Project
from planner.store.save import save


def staff(project: Project) -> Project:
    """Three processes by early April, for which the change lead has no time."""
    project = change_limits(project, absorption=6)
    for item in ("sms@2", "change@2", "catalogue@2"):
        project = set_pin(project, Pin(item=item, deadline=date(2027, 4, 7), reason="promised to the board"))
    return project


def deadline(project: Project) -> Project:
    """A level that cannot be reached by May, however many people work."""
    return set_pin(project, Pin(item="incident@3", deadline=date(2027, 5, 3)))


def pins(project: Project) -> Project:
    """Two pins, of which each needs the other one's phase."""
    for number, name in enumerate(("Spring", "Autumn"), 1):
        project = add_phase(project, Phase(id=f"p{number}", name=name))
    project = set_pin(project, Pin(item="service-desk@2", phase="p2", reason="the tool comes late"))
    return set_pin(project, Pin(item="incident@2", phase="p1"))


def role(project: Project) -> Project:
    """A role that is gone after the first month."""
    return change_role(project, "trainer", changes=(CapacityChange(since=date(2027, 2, 1), fte=0.0),))


def phase(project: Project) -> Project:
    """A first phase that ends before what is pinned to it can be done."""
    project = add_phase(project, Phase(id="p1", name="Pilot", not_after=date(2027, 3, 19)))
    project = add_phase(project, Phase(id="p2", name="Roll-out"))
    return set_pin(project, Pin(item="incident@2", phase="p1"))


def limit(project: Project) -> Project:
    """One change at a time, and three processes that are to be there by summer."""
    project = change_limits(project, absorption=1)
    for item in ("service-desk@2", "incident@2", "request@2"):
        project = set_pin(project, Pin(item=item, deadline=date(2027, 4, 30)))
    return project


KINDS: dict[str, Callable[[Project], Project]] = {
    "deadline": deadline,
    "staff": staff,
    "pins": pins,
    "role": role,
    "phase": phase,
    "limit": limit,
}
"""Every sample, by the name of its file, with what is wrong in it."""


def sample(kind: str) -> Project:
    """The plan called ``kind``: a mid-size company that begins with its service desk, with one thing wrong."""
    knowledge = load()
    template = knowledge.engagement_by_id["desk-first"]
    project = start(template, knowledge, begin=date(2027, 1, 4), client="Example Ltd")
    return replace(KINDS[kind](project), roadmap=None)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in KINDS:
        save(sample(name), folder / f"{name}.toml")
