"""Where the planner keeps what belongs to a plan but not in it: journal, lock, backups.

They stand in the folder ``.planner`` beside the plan, so that they travel with the folder and two people who share it
see the same lock; where that folder cannot be made or written, in the user's own state folder. A link to a plan
has the companions of the file that it leads to.
"""

import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

FOLDER = ".planner"

_kept_away = False


def keep_away() -> None:
    """From now on nothing is written beside plans, even where it could be: companions go into the state folder."""
    global _kept_away
    _kept_away = True


def companion(path: Path, kind: str) -> Path:
    """The companion of the plan in ``path`` of that ``kind``: ``journal``, ``lock`` or ``backups``.

    Nothing is made. Call :func:`home` with ``make`` before something is written there.
    """
    return home(path) / f"{Path(os.path.realpath(path)).name}.{kind}"


_FOLLOWS = re.compile(r"\.(?:(?!toml\.)[a-z0-9-]{1,64}\.)?(?:journal|discarded|backups)")
"""How the names of companions go on behind that of their plan: a plan may have several journals."""


def companions(path: Path) -> tuple[Path, ...]:
    """What stands beside the plan in ``path`` and goes where it goes, by name: journals and backups, but no lock.

    A lock belongs to a session. A link to a plan has none: its companions are those of the file that it leads to.
    """
    if path.is_symlink():
        return ()
    try:
        found = [entry for entry in home(path).iterdir() if entry.name.startswith(path.name)]
    except OSError:
        return ()
    return tuple(sorted(entry for entry in found if _FOLLOWS.fullmatch(entry.name, len(path.name))))


def following(beside: Path, path: Path, target: Path) -> Path:
    """Where the companion ``beside`` of the plan in ``path`` belongs when the plan goes to ``target``."""
    return home(target) / f"{target.name}{beside.name[len(path.name) :]}"


def home(path: Path, make: bool = False) -> Path:
    """The folder of the companions of the plan in ``path``; with ``make`` it is there afterwards.

    Raises OSError when it cannot be made.
    """
    plan = Path(os.path.realpath(path))
    folder = plan.parent / FOLDER
    if _kept_away or not _ours(folder):
        folder = elsewhere(plan.parent)
    if make and not folder.is_dir():
        folder.mkdir(mode=0o700 if folder.parent.name == "beside" else 0o777, parents=True, exist_ok=True)
        if folder.parent == plan.parent:
            _open_like(folder, plan.parent)
        with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignored:
            ignored.write("*\n")
    return folder


def _open_like(folder: Path, plans: Path) -> None:
    """Let whoever may write plans in the folder ``plans`` write what belongs to them, whatever our own mask is."""
    status = plans.stat()
    with suppress(OSError):
        if hasattr(os, "chown"):
            os.chown(folder, -1, status.st_gid)
        folder.chmod(status.st_mode & 0o3777)


def places(plans: Path) -> tuple[Path, ...]:
    """Where companions of the plans in the folder ``plans`` may stand.

    A link in the place of our folder leads to what belongs to other plans, and nothing is looked for there.
    """
    here, away = plans / FOLDER, elsewhere(plans)
    return (away,) if here.is_symlink() else (here, away)


def elsewhere(plans: Path) -> Path:
    """Where in the user's state folder the companions of the plans in the folder ``plans`` stand."""
    from platformdirs import user_state_path

    mark = sha256(os.fsencode(os.path.realpath(plans))).hexdigest()[:16]
    return user_state_path("itsm-planner") / "beside" / mark


def _ours(folder: Path) -> bool:
    """Whether ``folder`` can be written as a folder of ours; a link, which leads elsewhere, is none.

    Where the disk does not answer it is: whoever writes there will be told why that fails.
    """
    try:
        if folder.is_symlink():
            return False
        there = folder if folder.exists() else folder.parent
    except OSError:
        return True
    return os.access(there, os.W_OK | os.X_OK)
