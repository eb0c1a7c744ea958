"""What the numbers are called by which checks judge."""

from collections.abc import Mapping

from planner.text.i18n import N_, _

WORDS: Mapping[str, str] = {
    "active_weeks": N_("weeks between steering meetings at most"),
    "ahead": N_("levels ahead"),
    "apart": N_("levels apart"),
    "days": N_("days"),
    "error": N_("an error above"),
    "first_days": N_("days to the first"),
    "gap_days": N_("days between two"),
    "higher_least": N_("of them at the higher level"),
    "higher_level": N_("higher level"),
    "increments": N_("increments at a time"),
    "index": N_("days there are for each day needed"),
    "indicators": N_("indicators"),
    "least": N_("so many at least"),
    "least_days": N_("days at least"),
    "lengths": N_("lengths of the plan"),
    "level": N_("level"),
    "level_2": N_("points for level 2"),
    "level_3": N_("points for level 3"),
    "level_4": N_("points for level 4"),
    "level_5": N_("points for level 5"),
    "members": N_("members from the business"),
    "months": N_("months"),
    "most_open": N_("open at most"),
    "person": N_("full-time equivalents of one person"),
    "points": N_("points in a quarter"),
    "points_sponsored": N_("points in a quarter with an active sponsor"),
    "processes": N_("processes"),
    "share": N_("share (0.5 is half)"),
    "weeks": N_("weeks"),
}
"""By the key that a number has in ``templates/checks`` and in a plan."""


def number_words(key: str) -> str:
    """What a person calls a threshold; the key itself for one of somebody's own templates."""
    return _(WORDS[key]) if key in WORDS else key.replace("_", " ")
