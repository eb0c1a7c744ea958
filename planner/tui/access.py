"""What a person may do with the plan that is open: everything, or only part of it, and where it is saved."""

from pathlib import Path

from planner.model.project import Project


class Access:
    """May change everything; the plan is saved in its file. Subclasses allow less."""

    label = ""
    """Shown before the plan's state, such as ``review``; empty for the usual."""

    area = "assessment"
    """The place that is seen first."""

    def refuses(self, before: Project, after: Project) -> str:
        """Why the edit from ``before`` to ``after`` may not be made, and what may; empty when it may."""
        return ""

    def save(self, project: Project, path: Path, previous: str | None, *, overwrite: bool) -> str:
        """Save the plan and return the text to be ``previous`` at the next save; as ``planner.store.save``."""
        from planner.store.save import save

        return save(project, path, previous, overwrite=overwrite)


FULL = Access()
