"""Undo and redo: because an edit makes a new plan, history is a list of plans."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.model.project import Project

if TYPE_CHECKING:
    from planner.store.course import Told


@dataclass(frozen=True, slots=True)
class History:
    """The plan at hand between what was and what was taken back.

    ``past`` holds pairs (label of an edit, the plan before it), oldest first; ``future`` holds pairs (label of an
    edit, the plan after it), the next to redo last. ``saved`` is the plan as it stands in its file.
    """

    present: Project
    saved: Project | None
    past: tuple[tuple[str, Project], ...] = ()
    future: tuple[tuple[str, Project], ...] = ()

    @classmethod
    def begin(cls, project: Project) -> "History":
        """A history that starts with ``project``, as it was loaded or saved."""
        return cls(project, project)

    @classmethod
    def of(cls, told: "Told") -> "History":
        """The history that a journal tells, unsaved edits included."""
        steps, at = told.steps, told.at
        return cls(
            present=told.present,
            saved=told.file,
            past=tuple((steps[n + 1][0], steps[n][1]) for n in range(at)),
            future=tuple(reversed(steps[at + 1 :])),
        )

    def after(self, told: "Told") -> "History":
        """This history as the continuation of the one that a journal tells, which ended where this one began."""
        before = History.of(told)
        return replace(
            self, past=(*before.past, *self.past), future=self.future or (() if self.past else before.future)
        )

    def given_up(self, label: str) -> "History":
        """The plan as in its file again, and its edits to be done again; an edit ``label`` where there is no way back.

        The same when it was never saved.
        """
        if self.saved is None or not self.dirty:
            return self
        plans = [plan for _label, plan in self.past]
        for steps, plan in enumerate(reversed(plans), 1):
            if plan is self.saved:
                return self.go(-steps)
        for steps, (_label, plan) in enumerate(reversed(self.future), 1):
            if plan is self.saved:
                return self.go(steps)
        return self.do(label, self.saved)

    def do(self, label: str, project: Project) -> "History":
        """After the edit ``label``, which led to ``project``; an edit that changes nothing leaves no trace."""
        if project == self.present:
            return self
        return replace(self, present=project, past=(*self.past, (label, self.present)), future=())

    def undo(self) -> "History":
        """Without the last edit; the same when there is none."""
        if not self.past:
            return self
        label, project = self.past[-1]
        future = (*self.future, (label, self.present))
        return replace(self, present=project, past=self.past[:-1], future=future)

    def redo(self) -> "History":
        """With the edit that was undone last; the same when there is none."""
        if not self.future:
            return self
        label, project = self.future[-1]
        return replace(self, present=project, past=(*self.past, (label, self.present)), future=self.future[:-1])

    def go(self, steps: int) -> "History":
        """So many edits further, or back when ``steps`` is negative; as far as there are any."""
        history = self
        for _step in range(abs(steps)):
            history = history.redo() if steps > 0 else history.undo()
        return history

    @property
    def undo_label(self) -> str:
        """What ``undo`` takes back; "" when there is nothing."""
        return self.past[-1][0] if self.past else ""

    @property
    def redo_label(self) -> str:
        """What ``redo`` does again; "" when there is nothing."""
        return self.future[-1][0] if self.future else ""

    @property
    def dirty(self) -> bool:
        """Whether the plan differs from its file."""
        return self.present is not self.saved and self.present != self.saved

    def mark_saved(self) -> "History":
        """The same history, with the plan at hand as the one in the file."""
        return replace(self, saved=self.present)
