"""What a person may do with the plan that is open: everything, or only part of it, and where it is saved."""

from pathlib import Path
from typing import TYPE_CHECKING

from planner.model.project import Project
from planner.tui.files import writable

if TYPE_CHECKING:
    from planner.store.disk import Saved
    from planner.tui.screens.plan import PlanScreen


class Access:
    """May change everything; the plan is saved in its file. Subclasses allow less."""

    area = "assessment"
    """The place that is seen first."""

    author = ""
    """By whom all remarks are; empty when each says so itself."""

    series = "c"
    """With what the ids of new comments begin."""

    remarks = True
    """Whether comments and decisions are taken, where the plan itself is closed."""

    at_once = False
    """Whether every edit is saved as soon as it is made."""

    holds = True
    """Whether the session has the plan while it is open, so that no other saves it; where it writes the plan at all."""

    @property
    def label(self) -> str:
        """Shown before the plan's state, such as ``review``; empty for the usual."""
        return ""

    @property
    def closed(self) -> str:
        """Why a key that changes the plan does nothing, and what one may do instead; empty where it may."""
        return ""

    @property
    def keeps_in(self) -> str:
        """Why nothing of the plan may be written into other files; empty where it may."""
        return ""

    def told(self) -> str:
        """What the person is told first of what they may do; empty for the usual."""
        return ""

    def writable(self, path: Path) -> bool:
        """Whether a save of the plan in ``path`` can succeed."""
        return writable(path)

    def kept_in(self, path: Path) -> Path:
        """The file that a save of the plan in ``path`` writes."""
        return path

    def refuses(self, before: Project, after: Project) -> str:
        """Why the edit from ``before`` to ``after`` may not be made, and what may; empty when it may."""
        return ""

    def begin(self, plan: "PlanScreen") -> None:
        """The plan is on the screen now."""

    def part(self, plan: "PlanScreen") -> bool:
        """Keep what is being typed, where edits are saved at once and the session ends by force; whether it was."""
        return False

    def save(self, project: Project, path: Path, previous: str | None, *, overwrite: bool) -> "Saved":
        """Save the plan and return the text to be ``previous`` at the next save; as ``planner.store.save``."""
        from planner.store.save import save

        return save(project, path, previous, overwrite=overwrite)


FULL = Access()
