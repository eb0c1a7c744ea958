"""A plan held open, and its lock as it stands on the disk."""

import json
import os
from pathlib import Path
from time import time

from planner.store.beside import FOLDER, companion
from planner.store.lock import Holder, Lock


def taken(path: Path) -> Lock:
    """The plan, which nobody has."""
    got = Lock.take(path)
    assert isinstance(got, Lock), got
    return got


def refused(path: Path) -> Holder:
    """Who has the plan."""
    got = Lock.take(path)
    assert isinstance(got, Holder), got
    return got


def rewritten(path: Path, age: float = 0, **changes: object) -> Path:
    """The lock of ``path`` with other facts in it, seen ``age`` seconds ago last."""
    file = companion(path, "lock")
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))
    os.utime(file, (time() - age,) * 2)
    return file


def beside(path: Path) -> set[str]:
    """What stands in the folder of the plan's companions."""
    return {file.name for file in (path.parent / FOLDER).iterdir()}
