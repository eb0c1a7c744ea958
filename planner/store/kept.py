"""What is kept beside plans, by name: edits of sessions that ended by force, as ``NAME.unsaved.toml``; two folders."""

import re
from pathlib import Path

ARCHIVE, BIN = "archive", "bin"
"""Folders in that of the plans: put away, and thrown away but not gone."""

_NAME = re.compile(r"(?P<plan>.+)\.unsaved(?P<number>-[1-9][0-9]?)?\.toml")


def kept_names(path: Path, folder: Path) -> list[Path]:
    """Where in ``folder`` edits of the plan in ``path`` may be kept, the oldest first."""
    return [folder / f"{path.stem}.unsaved{end}.toml" for end in ("", *(f"-{n}" for n in range(2, 100)))]


def kept_beside(path: Path) -> list[Path]:
    """Files with edits of interrupted sessions on the plan in ``path``, oldest first."""
    return [kept for kept in kept_names(path, path.parent) if kept.exists()]


def plan_of(path: Path) -> Path | None:
    """The plan whose edits the file ``path`` keeps, going by its name; None for a file that keeps none."""
    found = _NAME.fullmatch(path.name)
    return path.with_name(f"{found['plan']}.toml") if found else None


def following(kept: Path, plan: Path) -> Path:
    """What ``kept`` is to be called when its plan becomes ``plan``."""
    found = _NAME.fullmatch(kept.name)
    return plan.with_name(f"{plan.stem}.unsaved{(found and found['number']) or ''}.toml")
