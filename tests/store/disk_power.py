"""A model of a disk that loses its power: what was not settled may be gone, torn or in another order.

``recorded`` notes what a save does to names and contents, in a process where nothing goes wrong. ``disks`` then gives,
for every moment, the trees that a disk may show after the power went at that moment: contents that were written since
the file was last settled may be whole, half, empty or zeros; of the changes of names in folders that were not settled
since, any beginning may have arrived, or all but one, or only the last. It is harsher than the usual file systems.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOST = ("whole", "half", "empty", "zeros")
"""What may become of contents that were not settled."""

Thing = int | Path
"""A file, by a number that it keeps whatever its name, or a folder."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names that came to mean a thing, or nothing any more, in one step."""

    changes: tuple[tuple[Path, Thing | None], ...]


@dataclass(frozen=True, slots=True)
class Wrote:
    """``data`` was added to the file."""

    file: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Settled:
    """A file's contents, or a folder's names, are on the disk."""

    what: Thing


Log = list[Named | Wrote | Settled]
Tree = Mapping[Path, bytes]


@dataclass(frozen=True, slots=True)
class Recording:
    """What there was, and what was done to it."""

    root: Path
    first: Mapping[Path, bytes]
    folders: frozenset[Path]
    log: Log


def recorded(root: Path, act: Callable[[], object]) -> Recording:
    """What ``act`` does to what is in ``root``; the functions of ``os`` are as before when it has ended."""
    first = {path: path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()}
    folders = frozenset({root, *(path for path in root.rglob("*") if path.is_dir())})
    numbers: dict[Path, int] = {path: number for number, path in enumerate(first)}
    handles: dict[int, Thing] = {}
    log: Log = []
    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "fdatasync", "replace", "link", "unlink")}
    real["mkdir"] = os.mkdir

    def opened(path: Any, flags: int, *more: Any, **named: Any) -> Any:
        new = not os.path.lexists(path)
        handle = real["open"](path, flags, *more, **named)
        place = Path(path)
        if place.is_dir():
            handles[handle] = place
        elif new:
            numbers[place] = len(first) + len(log)
            log.append(Named(((place, numbers[place]),)))
        if place in numbers:
            handles[handle] = numbers[place]
        return handle

    def written(handle: int, data: Any) -> Any:
        count = real["write"](handle, data)
        if isinstance(file := handles.get(handle), int):
            log.append(Wrote(file, bytes(data[:count])))
        return count

    def settled(handle: int) -> None:
        real["fsync"](handle)
        log.append(Settled(handles[handle]))

    def replaced(source: Any, target: Any) -> None:
        real["replace"](source, target)
        numbers[Path(target)] = numbers.pop(Path(source))
        log.append(Named(((Path(source), None), (Path(target), numbers[Path(target)]))))

    def linked(source: Any, target: Any) -> None:
        real["link"](source, target)
        numbers[Path(target)] = numbers[Path(source)]
        log.append(Named(((Path(target), numbers[Path(target)]),)))

    def unlinked(path: Any) -> None:
        real["unlink"](path)
        log.append(Named(((Path(path), None),)))

    def made(path: Any, *more: Any, **named: Any) -> None:
        real["mkdir"](path, *more, **named)
        log.append(Named(((Path(path), Path(path)),)))

    for name, watched in (
        ("open", opened), ("write", written), ("fsync", settled), ("fdatasync", settled), ("replace", replaced),
        ("link", linked), ("unlink", unlinked), ("mkdir", made),
    ):  # fmt: skip
        setattr(os, name, watched)
    try:
        act()
    finally:
        for name, function in real.items():
            setattr(os, name, function)
    return Recording(root, first, folders, log)


def disks(recording: Recording) -> Iterator[tuple[int, str, Tree]]:
    """For each moment (so many steps done) and each loss what the disk may show: files by their paths."""
    for done in range(len(recording.log) + 1):
        names, pending, safe, all_of_it = _state(recording, recording.log[:done])
        for told, arrived in _arrivals(pending):
            for lost in LOST:
                contents = {file: _left(safe.get(file, b""), data, lost) for file, data in all_of_it.items()}
                tree = dict(names)
                for change in arrived:
                    tree.update(change.changes)
                yield done, f"{told}, contents {lost}", _visible(recording, tree, contents)


def _state(
    recording: Recording, log: Sequence[Named | Wrote | Settled]
) -> tuple[dict[Path, Thing | None], list[Named], dict[int, bytes], dict[int, bytes]]:
    """The settled names, the changes of names that are not, and what files hold: as settled, and in all."""
    names: dict[Path, Thing | None] = {path: number for number, path in enumerate(recording.first)}
    safe = dict(enumerate(recording.first.values()))
    contents = dict(safe)
    pending: list[Named] = []
    for step in log:
        match step:
            case Named():
                pending.append(step)
            case Wrote(file, data):
                contents[file] = contents.get(file, b"") + data
            case Settled(int(file)):
                safe[file] = contents.get(file, b"")
            case Settled(folder):
                for change in pending:
                    names.update({path: thing for path, thing in change.changes if path.parent == folder})
                pending = [change for change in pending if any(path.parent != folder for path, _t in change.changes)]
    return names, pending, safe, contents


def _arrivals(pending: list[Named]) -> Iterator[tuple[str, list[Named]]]:
    for count in range(len(pending) + 1):
        yield f"the first {count} names", pending[:count]
    for missing in range(len(pending) - 1):
        yield f"all but name {missing}", [*pending[:missing], *pending[missing + 1 :]]
    if len(pending) > 1:
        yield "only the last name", pending[-1:]


def _left(safe: bytes, data: bytes, lost: str) -> bytes:
    more = data[len(safe) :]
    return safe + {"whole": more, "half": more[: len(more) // 2], "empty": b"", "zeros": bytes(len(more))}[lost]


def _visible(recording: Recording, tree: Mapping[Path, Thing | None], contents: Mapping[int, bytes]) -> Tree:
    """The files whose folders are all there."""
    there = {*recording.folders, *(path for path, thing in tree.items() if isinstance(thing, Path))}
    return {
        path: contents.get(thing, b"")
        for path, thing in tree.items()
        if isinstance(thing, int)
        and all(folder in there for folder in path.parents if folder.is_relative_to(recording.root))
    }
