"""Watching an export, and stopping it."""

from planner.rollout.watch import UNWATCHED as UNSEEN
from planner.rollout.watch import Watch


class Stopped(Exception):
    """The export was stopped; nothing was written."""


class Steps:
    """Looks on and never stops anything; the base of those that do."""

    def at(self, words: str) -> None:
        """Take note of what is done now, in words. Raises Stopped once the export is to end."""

    def note(self, words: str) -> None:
        """Take note of what the person should know about the document that is made now, such as a missing font."""

    def watch(self) -> Watch:
        """The same for the engine, while it looks for other roadmaps."""
        return UNSEEN


UNWATCHED = Steps()
"""Nobody looks, nobody stops."""
