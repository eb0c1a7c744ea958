"""The ids of processes, without the nouns of the catalogue: opening a plan needs no more than these."""

import re
from functools import lru_cache
from pathlib import Path

from planner.catalog.folders import PROCESSES, in_use, templates_folder
from planner.text.file import contents
from planner.text.toml import LARGEST, loads

_PLAIN = re.compile(r'^\[\[processes\]\]\nid = "([a-z0-9-]+)"$', re.MULTILINE)
"""A process in the planner's own file, which scripts/transcribe.py writes: parsing all of it as TOML takes as long as
opening a plan. A test holds that this finds what the catalogue has."""


def process_ids(*folders: Path) -> frozenset[str]:
    """The ids of all processes of ``folders`` (default: those in use).

    A file that cannot be read has none; what is wrong with it is told by ``planner.catalog.load``.
    """
    return _process_ids(folders or in_use())


@lru_cache(maxsize=4)
def _process_ids(folders: tuple[Path, ...]) -> frozenset[str]:
    return frozenset(ident for folder in folders for ident in _ids(folder / PROCESSES))


def _ids(path: Path) -> list[str]:
    try:
        text = contents(path, LARGEST).decode()
        if path == templates_folder() / PROCESSES:
            return _PLAIN.findall(text)
        rows = loads(text).get("processes")
    except (OSError, ValueError):
        return []
    found = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [ident for ident in found if isinstance(ident, str)]
