"""Merging what people write between the lines: remarks on lines of their own, above a heading or a key."""

from collections.abc import Iterator, Mapping
from typing import Any

from planner.review.merge_x_keys import Found, Path, named_rows, remarks_on
from planner.review.readings import Readings
from planner.store.load import BOM
from planner.store.positions import Node, line_end, line_start, replace_spans


def with_remarks(text: str, base: str, theirs: str, clashes: Found, readings: Readings) -> str:
    """``text`` with the remarks that ``theirs`` has and ``base`` has not, above what they stand above there.

    What stands above something that ``text`` does not have is left out. Also a remark above each ``x-`` key of
    ``clashes``, which says what theirs is.
    """
    edits = remarks_on(text, clashes, readings) + _new(text, base, theirs, readings)
    if not edits:
        return text
    body = text.removeprefix(BOM)
    changed = text[: len(text) - len(body)] + replace_spans(body, edits)
    return changed if readings.holds(changed, readings.said(text)[0]) else text


def _new(text: str, base: str, theirs: str, readings: Readings) -> list[tuple[int, int, str]]:
    """The remarks that only ``theirs`` has, where they are to stand in ``text``."""
    if not _lines(theirs) - _lines(base) - _lines(text):
        return []
    was, has, now = (_remarks(version, readings) if version.strip() else {} for version in (base, theirs, text))
    line_break = "\r\n" if "\r\n" in text else "\n"
    edits = []
    for path, (_at, lines) in has.items():
        had = was[path][1] if path in was else ()
        at, stand = now.get(path, (-1, ()))
        known = {*had, *stand}
        new = [line for line in lines if line not in known]
        if new and at >= 0:
            edits.append((at, at, "".join(f"{line}{line_break}" for line in new)))
    return edits


def _lines(text: str) -> set[str]:
    """The remarks of a text."""
    return {line for line in map(str.strip, text.splitlines()) if line.startswith("#")}


def _remarks(text: str, readings: Readings) -> Mapping[Path, tuple[int, tuple[str, ...]]]:
    """Where the line of each heading and key begins, and the remarks directly above it."""
    body = text.removeprefix(BOM)
    found = {}
    for path, offset in _places(readings.scanned(text).root, readings.data(text), ()):
        at = line_start(body, offset)
        lines: list[str] = []
        above = at
        while above > 0:
            above = line_start(body, above - 1)
            line = body[above : line_end(body, above)].strip()
            if not line.startswith("#"):
                break
            lines.append(line)
        found[path] = (at, tuple(reversed(lines)))
    return found


def _places(node: Node, data: Any, path: Path) -> Iterator[tuple[Path, int]]:
    """The headings and keys of a table that have a line of their own, with where they stand."""
    for block in node.blocks:
        yield path, block.start
    if node.kind == "rows":
        for child, (name, row) in zip(node.children.values(), named_rows(data, path), strict=False):
            yield from _places(child, row, (*path, name))
    elif isinstance(data, Mapping):
        for key, child in node.children.items():
            if child.kind in ("inline", "array", "value"):
                yield (*path, key, "="), child.at
            elif key in data:
                yield from _places(child, data[key], (*path, key))
