"""Where plans are kept: whether a save can succeed there, and where edits go when a session ends by force."""

import os
from pathlib import Path


def writable(path: Path) -> bool:
    """Whether the plan can be saved where it is: a save writes a new file beside it and swaps them."""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


def kept_beside(path: Path) -> list[Path]:
    """Files with edits of interrupted sessions on the plan in ``path``, oldest first."""
    return [kept for kept in _names(path, path.parent) if kept.exists()]


def free_beside(path: Path) -> Path:
    """Where to keep the edits of a session on ``path`` that ends now; the user's own folder when there is no other."""
    folder = path.parent
    if not os.access(folder, os.W_OK):
        from platformdirs import user_data_path

        folder = user_data_path("itsm-planner")
        folder.mkdir(parents=True, exist_ok=True)
    return next((name for name in _names(path, folder) if not name.exists()), _names(path, folder)[-1])


def _names(path: Path, folder: Path) -> list[Path]:
    return [folder / f"{path.stem}.unsaved{end}.toml" for end in ("", *(f"-{n}" for n in range(2, 100)))]
