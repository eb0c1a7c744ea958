"""Where plans are kept: whether a save can succeed there."""

import os
from pathlib import Path

from planner.text.i18n import _


def writable(path: Path) -> bool:
    """Whether the plan can be saved where it is: a save writes a new file beside it and swaps them."""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


def typed(folder: Path, text: str) -> Path:
    """The path that a person has typed, taken from ``folder`` on. Raises ValueError for what can be none."""
    try:
        path = folder / Path(text.strip()).expanduser()
        path.exists()  # says it where a name is too long
    except (OSError, RuntimeError):
        raise ValueError(_("there can be no such path")) from None
    return path
