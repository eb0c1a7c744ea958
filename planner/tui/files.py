"""Where plans are kept: whether a save can succeed there, and where edits go when a session ends by force."""

import os
from pathlib import Path

from planner.store.kept import kept_beside, kept_names

__all__ = ["free_beside", "kept_beside", "writable"]


def writable(path: Path) -> bool:
    """Whether the plan can be saved where it is: a save writes a new file beside it and swaps them."""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


def free_beside(path: Path) -> Path:
    """Where to keep the edits of a session on ``path`` that ends now; the user's own folder when there is no other."""
    folder = path.parent
    if not os.access(folder, os.W_OK):
        from platformdirs import user_data_path

        folder = user_data_path("itsm-planner")
        folder.mkdir(parents=True, exist_ok=True)
    names = kept_names(path, folder)
    return next((name for name in names if not name.exists()), names[-1])
