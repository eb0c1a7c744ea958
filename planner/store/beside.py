"""Where the planner keeps what belongs to a plan but not in it: journal, lock, backups.

They stand in the folder ``.planner`` beside the plan, so that they travel with the folder and two people who share it
see the same lock; where that folder cannot be made or written, in the user's own state folder. A link to a plan
has the companions of the file that it leads to.
"""

import os
from hashlib import sha256
from pathlib import Path

FOLDER = ".planner"


def companion(path: Path, kind: str) -> Path:
    """The companion of the plan in ``path`` of that ``kind``: ``journal``, ``lock`` or ``backups``.

    Nothing is made. Call :func:`home` with ``make`` before something is written there.
    """
    return home(path) / f"{Path(os.path.realpath(path)).name}.{kind}"


def home(path: Path, make: bool = False) -> Path:
    """The folder of the companions of the plan in ``path``; with ``make`` it is there afterwards.

    Raises OSError when it cannot be made.
    """
    plan = Path(os.path.realpath(path))
    folder = plan.parent / FOLDER
    if not _ours(folder):
        folder = elsewhere(plan.parent)
    if make and not folder.is_dir():
        folder.mkdir(mode=0o700 if folder.parent.name == "beside" else 0o777, parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", "utf-8")
    return folder


def elsewhere(plans: Path) -> Path:
    """Where in the user's state folder the companions of the plans in the folder ``plans`` stand."""
    from platformdirs import user_state_path

    mark = sha256(os.fsencode(os.path.realpath(plans))).hexdigest()[:16]
    return user_state_path("itsm-planner") / "beside" / mark


def _ours(folder: Path) -> bool:
    """Whether ``folder`` can be written as a folder of ours; a link, which leads elsewhere, is none."""
    if folder.is_symlink():
        return False
    return os.access(folder if folder.exists() else folder.parent, os.W_OK | os.X_OK)
