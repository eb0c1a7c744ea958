"""Faults of template files with their lines, worded as those of plan files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from planner.catalog.fault import CatalogueFault
from planner.catalog.places import TABLES
from planner.store.fault import Fault
from planner.store.positions import scan
from planner.store.syntax import mend
from planner.text.toml import LARGEST


def located(faults: Iterable[CatalogueFault]) -> tuple[Fault, ...]:
    """``faults`` file by file, each file's in the order of its lines."""
    files: dict[Path, list[CatalogueFault]] = {}
    for fault in faults:
        files.setdefault(fault.file, []).append(fault)
    found = (sorted(_in(file, told), key=lambda fault: fault.line) for file, told in files.items())
    return tuple(dict.fromkeys(fault for told in found for fault in told))


def _in(file: Path, faults: Iterable[CatalogueFault]) -> Iterator[Fault]:
    """The faults of one file. What makes it no TOML is told fault by fault, as for a plan file."""
    text = _text(file)
    scanned = scan(text)
    for fault in faults:
        flaws = mend(text, TABLES).flaws if fault.syntax else []
        yield from (Fault(str(file), flaw.line, flaw.message, flaw.advice) for flaw in flaws)
        if not flaws:
            line = scanned.line(scanned.find(fault.keys).at)
            yield Fault(str(file), line, fault.message, fault.advice)


def _text(file: Path) -> str:
    """The text of a file as far as it can be read: a file that cannot has its faults in its first line."""
    try:
        if not file.is_file():
            return ""
        with file.open("rb") as opened:
            return opened.read(LARGEST).decode(errors="replace").removeprefix("\ufeff")
    except OSError:
        return ""
