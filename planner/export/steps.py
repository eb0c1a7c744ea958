"""Watching an export. Who stops one ends its process, or interrupts it: nothing is written until all is made."""

from planner.rollout.watch import UNWATCHED as UNSEEN
from planner.rollout.watch import Watch


class Steps:
    """Looks on; the base of those that tell."""

    def at(self, words: str) -> None:
        """Take note of what is done now, in words."""

    def note(self, words: str) -> None:
        """Take note of what the person should know about the document that is made now, such as a missing font."""

    def watch(self) -> Watch:
        """The same for the engine, while it looks for other roadmaps."""
        return UNSEEN


UNWATCHED = Steps()
"""Nobody looks."""
