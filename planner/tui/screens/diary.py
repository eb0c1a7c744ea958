"""What is done to an open plan goes into its journal, and what earlier sessions have left there comes back."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from planner.model.project import Project

if TYPE_CHECKING:
    from planner.store.journal import Journal, Told
    from planner.tui.screens.plan import PlanScreen

END = 2.0
"""Seconds that the end of a session waits for the disk; everything was written long before."""


class Diary:
    """The journal of the plan of ``screen``. A session that keeps each remark in a file of its own needs none."""

    def __init__(self, screen: "PlanScreen") -> None:
        self.screen = screen
        self.drafts: dict[str, str] = {}
        """What was being typed when a session ended, by where."""
        self._begun = (screen.path, screen.text or "", screen.project)
        self._journal: Journal | None = None
        self._told = ""
        self._resumed = False
        self._asks = True
        self._closed = False

    @property
    def kept(self) -> bool:
        """Whether what is done here outlasts the session."""
        return self._journal is not None and not self._journal.trouble

    def journal(self) -> "Journal | None":
        """The journal; None where none is kept."""
        if self._closed:
            return None
        if self._journal is None and not self.screen.access.at_once:
            from planner.store.journal import Journal

            path, text, project = self._begun
            self._journal = Journal.begin(path, text, project)
            if self.screen.holding.read_only:
                self._journal.apart()
        return self._journal

    # What is done

    def edit(self, label: str, before: Project, after: Project) -> None:
        """``label`` made ``after`` of ``before``."""
        if journal := self.journal():
            journal.edit(label, before, after)

    def go(self, steps: int) -> None:
        """So many edits were undone (negative) or done again."""
        if steps and (journal := self.journal()):
            journal.go(steps, self.screen.project)

    def saved(self, project: Project, path: Path, text: str) -> None:
        """``project`` is in the file ``path`` as ``text``."""
        if journal := self.journal():
            journal.moved(path)
            journal.saved(project, text)

    def stands(self, project: Project) -> None:
        """``project`` is in the file as it was opened: an earlier session ended before it could say so."""
        if self._journal is not None:
            self._journal.saved(project, self._begun[1])

    def given_up(self) -> None:
        """The plan stands as in its file again."""
        if self._journal is not None:
            self._journal.discard()

    def draft(self, where: str, text: str) -> None:
        """``text`` is being typed at ``where``; nothing any more when it is empty."""
        self.drafts.pop(where, None)
        if journal := self.journal():
            journal.draft(where, text)

    def aside(self) -> str:
        """What follows the words of an edit that could not be kept; once for each reason."""
        trouble = self._journal.trouble if self._journal is not None else ""
        news, self._told = "" if trouble == self._told else trouble, trouble
        return news

    def settle(self) -> None:
        """Let everything be on the disk for good."""
        if self._journal is not None:
            self._journal.settle(END)

    def close(self) -> None:
        """The plan is left."""
        self._closed = True
        if self._journal is not None:
            self._journal.close()

    # What was left

    async def begin(self) -> None:
        """Ask what is to become of edits that ended sessions have left; the history comes back in the background."""
        screen = self.screen
        if screen.access.at_once:
            return
        if screen.holding.read_only:
            if self._journal is not None:
                self._journal.apart()
            return
        if screen.access.remarks and self._asks:
            from planner.store.journal import left

            found = [one for one in await asyncio.to_thread(left, screen.path) if one.edits or not one.readable]
            if found:
                from planner.tui.screens.left_edits import ask_about

                for one in found:
                    await ask_about(screen, one)
        screen.run_worker(self._remember(), group="history")

    def recall(self, told: "Told") -> None:
        """Go on with the plan's own journal, if that is the one which ``told``; nobody is asked about it then."""
        journal = self.journal()
        self._asks = False
        if journal is not None and (own := journal.recall()) is not None and own == told:
            self.resume(own)

    def resume(self, told: "Told") -> bool:
        """Go on from where ``told`` ended, unsaved edits included; whether that can be."""
        journal = self.journal()
        self._resumed = journal is not None and journal.resume(told)
        return self._resumed

    async def _remember(self) -> None:
        """Let the history of earlier sessions be the beginning of this one's, where it leads to the plan as opened."""
        if not (journal := self.journal()):
            return
        journal.prepare()
        if self._resumed:
            return
        told, fits = await asyncio.to_thread(_recalled, journal, self._begun[2])
        if told is None or self._closed:
            return
        self.drafts = {**told.drafts, **self.drafts}
        if fits and not self.screen.access.closed and journal.resume(told):
            self.screen.history = self.screen.history.after(told)


def _recalled(journal: "Journal", opened: Project) -> "tuple[Told | None, bool]":
    """What the journal tells, and whether that leads to the plan as ``opened``."""
    told = journal.recall()
    return told, told is not None and told.present == told.file == opened
