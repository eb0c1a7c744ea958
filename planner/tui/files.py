"""Where plans are kept: whether a save can succeed there."""

import os
from pathlib import Path


def writable(path: Path) -> bool:
    """Whether the plan can be saved where it is: a save writes a new file beside it and swaps them."""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
