"""What stood in a plan's file before it was saved over: a set of backups that renews itself.

They are files of their own in the folder ``NAME.toml.backups`` (``planner.store.beside``), named by when they were
made and by what they hold. Of those without a label stay the newest ten, then the last of each of 14 days and of
each of 12 months that have any, and of all these no more than 100 MB, but for the newest three. One with a label (a
file of an earlier schema, as it was before the planner upgraded it) stays until a person removes it.
"""

import errno
import os
import re
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from heapq import nlargest
from itertools import groupby, islice
from pathlib import Path

from planner.store.beside import companion, home
from planner.store.disk import Saved, put, reason, saved, settle
from planner.store.fault import SaveFailed
from planner.store.load import LARGEST, read_text
from planner.text.clean import one_line
from planner.text.i18n import _

NEWEST, DAYS, MONTHS = 10, 14, 12
"""How many backups stay whatever their age, and of how many days and months with backups the last one stays."""

MOST = 100_000_000
"""Bytes of all backups without a label of one plan; the newest three stay even so."""

MOST_SEEN = 500
"""Files in the folder of backups that are looked at, the last ones by name; the planner keeps some forty."""

_SURE = 3

_NAME = re.compile(
    r"(?P<taken>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}\.[0-9]{6})Z_(?P<mark>[0-9a-f]{16})"
    r"(?:_(?P<label>[a-z0-9-]{1,40}))?\.toml"
)
_TIME = "%Y-%m-%dT%H-%M-%S.%f"


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that holds what a plan's file held until it was replaced at the time ``taken``; ``size`` in bytes."""

    path: Path
    taken: datetime
    size: int
    label: str = ""


def keep(path: Path, text: str, label: str = "") -> None:
    """Let the plan in ``path`` have ``text`` among its backups, on the disk when this returns.

    A text that is there already is not kept twice: it counts as of now. Then those that have had their time go.
    ``label`` is of lower-case letters, digits and hyphens. Raises OSError when it cannot be kept.
    """
    keep_bytes(path, text.encode(), label)


def keep_bytes(path: Path, data: bytes, label: str = "") -> None:
    """:func:`keep` for what may be no text."""
    folder = _made(path)
    mark = sha256(data).hexdigest()[:16]
    now = datetime.now(UTC)
    name = f"{now.strftime(_TIME)}Z_{mark}{label and f'_{label}'}.toml"
    if not _NAME.fullmatch(name):
        raise ValueError(label)
    found = backups(path)
    same = next((backup for backup in found if _holds(backup, mark, data)), None)
    if same is None:
        unsettled = put(folder / name, data, like=path if path.exists() else None, new=True).unsettled
    elif same.label:
        return
    else:
        same.path.replace(folder / name)
        unsettled = settle(folder)
    if unsettled is not None:
        raise unsettled
    for old in outdated(backups(path)):
        if old.path.name != name:
            with suppress(OSError):  # one backup too many is no harm
                old.path.unlink()


def backups(path: Path) -> tuple[Backup, ...]:
    """The backups of the plan in ``path``, the newest first; what else stands in their folder is no backup."""
    try:
        folder = companion(path, "backups")
        if folder.is_symlink():
            return ()
        with os.scandir(folder) as entries:
            latest = nlargest(MOST_SEEN, entries, key=lambda entry: entry.name)
        found = [backup for entry in latest if (backup := _backup(entry)) is not None]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda backup: (backup.taken, backup.path.name), reverse=True))


def outdated(newest_first: Sequence[Backup]) -> tuple[Backup, ...]:
    """Those of a plan's backups that have had their time."""
    loose = [backup for backup in newest_first if not backup.label]
    stay = {backup.path for backup in loose[:NEWEST]}
    for most, key in ((DAYS, _day), (MONTHS, _month)):
        stay |= {next(same).path for _of, same in islice(groupby(loose, key), most)}
    room, gone = MOST, []
    for number, backup in enumerate(loose):
        room -= backup.size if backup.path in stay else 0
        if backup.path not in stay or (room < 0 and number >= _SURE):
            gone.append(backup)
    return tuple(gone)


def restore(path: Path, backup: Backup) -> Saved:
    """Put ``backup`` in the place of the plan's file, and give the text that is now in it.

    What stood there is kept as a backup first; if that cannot be, nothing is done. Raises SaveFailed, and
    PlanUnreadable when the backup is no text (whether it is a plan is for its reader to judge).
    """
    text = read_text(backup.path)
    target = Path(os.path.realpath(path))
    try:
        if target.exists():
            keep_bytes(path, standing(target))
        done = put(target, text.encode(), like=backup.path)
    except OSError as error:
        raise SaveFailed(f"{one_line(str(path))}: {reason(error)}") from error
    return saved(text, done.notes(path))


def standing(target: Path) -> bytes:
    """What the file holds now. Raises OSError, also when that is more than a plan may have."""
    with target.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, _("the file that stands there is too large to be a plan"))
    return data


def _made(path: Path) -> Path:
    """The folder of the backups, made and on the disk. A link in its place is none of ours."""
    folder = companion(path, "backups")
    fresh = [place for place in (folder, *folder.parents) if not place.exists()]
    beside = home(path, make=True)
    if folder.is_symlink():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if folder.parent != beside:  # the disk did not answer, and does again
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    if folder in fresh:
        with suppress(FileExistsError):
            folder.mkdir()
            folder.chmod(beside.stat().st_mode & 0o3777)
    for place in fresh:
        unsettled = settle(place.parent)
        if unsettled is not None:
            raise unsettled
    return folder


def _backup(entry: "os.DirEntry[str]") -> Backup | None:
    found = _NAME.fullmatch(entry.name)
    if found is None or not entry.is_file(follow_symlinks=False):
        return None
    try:
        taken = datetime.strptime(found["taken"], _TIME).replace(tzinfo=UTC)
    except ValueError:  # a 31st of February
        return None
    if not 1970 <= taken.year < 9999:  # none that the planner has made, and it may have no time on this host's clock
        return None
    return Backup(Path(entry.path), taken, entry.stat(follow_symlinks=False).st_size, found["label"] or "")


def _holds(backup: Backup, mark: str, data: bytes) -> bool:
    """Whether ``backup`` holds ``data``; its name alone does not prove it."""
    if f"Z_{mark}" not in backup.path.name or backup.size != len(data):
        return False
    try:
        return backup.path.read_bytes() == data
    except OSError:
        return False


def _day(backup: Backup) -> Hashable:
    return backup.taken.date()


def _month(backup: Backup) -> Hashable:
    return backup.taken.year, backup.taken.month
