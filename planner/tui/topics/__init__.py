"""The topics of the areas that show rows by topic, one file each; each is imported when it is first looked at."""

from importlib import import_module
from typing import cast

from planner.text.i18n import N_
from planner.tui.topics.topic import Topic

ORGANISATION = {
    "engagement": N_("Engagement"),
    "context": N_("Context"),
    "circumstances": N_("Circumstances"),
    "pains": N_("Pains"),
    "standard": N_("Standard"),
    "milestones": N_("Milestones"),
    "posts": N_("Posts and owners"),
    "service_roles": N_("Service roles"),
    "tracks": N_("Certificates"),
    "indicators": N_("Indicators"),
    "experience": N_("Experience"),
    "programme": N_("Programme work"),
    "checks": N_("Checks"),
}
REVIEW = {
    "conflicts": N_("Conflicts"),
    "changes": N_("Changes"),
    "comments": N_("Comments"),
    "gates": N_("Gates"),
    "baselines": N_("Baselines"),
}
"""Name of the module and what a person calls the topic, in the order of the list."""


def topic(name: str) -> Topic:
    """The topic ``name``; its module is imported now."""
    return cast(Topic, import_module(f"planner.tui.topics.{name}").TOPIC)
