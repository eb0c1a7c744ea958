"""Who has a plan open, and how that is told."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime

from planner.store.process import own
from planner.text.clean import one_line
from planner.text.i18n import _, ngettext
from planner.text.width import cut

LONGEST = 40
"""Cells of the longest user or host name that is shown."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a plan open, since when, and when the session was seen last (both aware, in this host's time).

    ``user`` and ``host`` are cleaned, and empty where the lock cannot be read. ``alive`` is False when the session
    has ended or, on another host, has given no sign of life for ``SILENCE`` seconds; ``ended`` when it has for certain.
    """

    user: str
    host: str
    pid: int
    since: datetime
    seen: datetime
    token: str
    alive: bool
    ended: bool = False

    def told(self) -> str:
        """Who it is and since when, as a sentence."""
        if not self.alive:
            words = _("{user} had this plan open on {host}; that session seems to have ended: last seen {time} ({ago})")
            if not self.user:
                words = _("Somebody had this plan open; that session seems to have ended: last seen {time} ({ago})")
            return words.format(user=self.user, host=self.host, time=clock(self.seen), ago=ago(self.seen))
        words = _("{user} has this plan open on {host} since {time} ({ago})")
        if not self.user:
            words = _("Somebody has this plan open since {time} ({ago})")
        elif (self.user, self.host) == (user(), shown(own().host)):
            words = _("You have this plan open in another window since {time} ({ago})")
        return words.format(user=self.user, host=self.host, time=clock(self.since), ago=ago(self.since))


def user() -> str:
    """The name of whoever runs this process, as others are told it."""
    import getpass

    try:
        return shown(getpass.getuser())
    except (KeyError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def clock(moment: datetime) -> str:
    """``moment`` on this host's clock: the time, with the day unless it is today."""
    local = moment.astimezone()
    return local.strftime("%H:%M" if local.date() == datetime.now().astimezone().date() else "%Y-%m-%d %H:%M")


def ago(moment: datetime) -> str:
    """How long ago ``moment`` was, in words."""
    minutes = int((datetime.now(UTC) - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)
    return ngettext("{n} day ago", "{n} days ago", hours // 24).format(n=hours // 24)


def shown(text: str) -> str:
    """A user or host name of unknown origin as it may be shown."""
    return cut(one_line(text), LONGEST)
