"""Merging what the planner does not look at: keys that begin with ``x-``, in whatever table they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from planner.model.decode import encode
from planner.model.rows import SAME
from planner.review.readings import Readings
from planner.store import render
from planner.store.fault import SaveFailed
from planner.store.load import BOM
from planner.store.merge import Unmergeable, merge
from planner.store.positions import Node, line_start, replace_spans
from planner.text.clean import clean, one_line
from planner.text.i18n import _

Path = tuple[Any, ...]
"""Keys from the top of a file to an ``x-`` key; a row of a list is named by a tuple of its own keys."""

Found = Mapping[Path, Any]

MOST = 500
"""So many ``x-`` keys are merged: finding the place of each takes time."""


def with_x_keys(text: str, base: str, ours: str, theirs: str, readings: Readings) -> tuple[str, Found]:
    """``text``, made from ``ours``, with what ``theirs`` changed in ``x-`` keys since ``base``.

    Also those that both changed differently, with what theirs is: ours stands. Raises SaveFailed when there are too
    many.
    """
    if "x-" not in base and "x-" not in theirs:
        return text, {}
    was, mine, other, now = (_found(readings.data(version)) for version in (base, ours, theirs, text))
    wanted, clashes = dict(now), {}
    for path in (*other, *(path for path in was if path not in other)):
        if other.get(path) == was.get(path) or other.get(path) == mine.get(path):
            continue
        if mine.get(path) != was.get(path) and path in mine:
            clashes[path] = other.get(path)
        elif path in other:
            wanted[path] = other[path]
        else:
            wanted.pop(path, None)
    changed = sum(wanted.get(path) != now.get(path) for path in {*wanted, *now})
    if changed + len(clashes) > MOST:
        wrong = _("theirs has changed {n} x- keys, and no more than {most} are merged — take them over in an editor")
        raise SaveFailed(wrong.format(n=changed + len(clashes), most=MOST))
    if wanted != now:
        text = _written(text, now, wanted, readings)
    return text, {path: value for path, value in clashes.items() if path in other}


def _found(data: Mapping[str, Any], path: Path = ()) -> dict[Path, Any]:
    """Every ``x-`` key with its value."""
    found: dict[Path, Any] = {}
    for key, value in data.items():
        if key.startswith("x-"):
            found[(*path, key)] = value
        elif isinstance(value, Mapping):
            found |= _found(value, (*path, key))
        elif isinstance(value, list):
            for name, row in named_rows(value, (*path, key)):
                found |= _found(row, (*path, key, name))
    return found


def named_rows(rows: Sequence[Any], path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The tables of a list by their keys; where they have none, by all that they hold."""
    same = SAME.get(tuple(part for part in path if isinstance(part, str)))
    for row in rows:
        if isinstance(row, Mapping):
            usual = {"type": "finish-start"}
            names = same[0] if same else sorted(key for key in row if not key.startswith("x-"))
            yield tuple(_name_part(row.get(key, usual.get(key, ""))) for key in names), row


def _name_part(value: Any) -> str:
    """As it is told apart from others; 8 and 8.0 are the same."""
    return f"{value:g}" if isinstance(value, (int, float)) else clean(str(value))


def _written(text: str, now: Found, wanted: Found, readings: Readings) -> str:
    """``text`` with the ``x-`` keys ``wanted`` instead of ``now``; as it is where its layout does not allow it."""
    mark, body = (BOM, text.removeprefix(BOM)) if text.startswith(BOM) else ("", text)
    plan = readings.said(text)[0]
    data = encode(plan)
    top = {path: value for path, value in wanted.items() if len(path) == 1 and path not in now and not _table(value)}
    rest = {path: value for path, value in wanted.items() if path not in top}
    try:
        tables = {path[:-1] for path in (*now, *rest) if len(path) > 1}
        body = merge(body, _with(data, _by_table(now, tables)), _with(data, _by_table(rest, tables)))
    except Unmergeable:
        return text
    if top:  # Keys of the file itself stand before its first heading.
        end = readings.scanned(body).root.blocks[0].end
        line_break = "\r\n" if "\r\n" in body else "\n"
        lines = "".join(line_break + render.entry((), path[0], value) for path, value in top.items())
        body = replace_spans(body, [(end, end, lines)])
    return mark + body if readings.holds(mark + body, plan) else text


def _table(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and bool(value) and isinstance(value[0], Mapping))


Inside = Mapping[Path, dict[str, Any]]
"""What is to stand in tables, by their paths."""


def _by_table(found: Found, tables: Iterable[Path]) -> Inside:
    """The ``x-`` keys of ``found`` by the tables that hold them, and in each table those of ``tables`` in it."""
    inside: dict[Path, dict[str, Any]] = {}
    for path in tables:
        if isinstance(path[-1], str):
            inside.setdefault(path[:-1], {})[path[-1]] = {}
    for path, value in found.items():
        inside.setdefault(path[:-1], {})[path[-1]] = value
    return inside


def _with(data: Any, inside: Inside, path: Path = ()) -> Any:
    """``data`` with what is to stand in its tables beside what they hold."""
    if isinstance(data, list):
        named = list(named_rows(data, path))
        return [_with(row, inside, (*path, name)) for name, row in named] if named else data
    if not isinstance(data, Mapping):
        return data
    more = {key: value for key, value in inside.get(path, {}).items() if key not in data}
    return {key: _with(value, inside, (*path, key)) for key, value in {**data, **more}.items()}


def remarks_on(text: str, clashes: Found, readings: Readings) -> list[tuple[int, int, str]]:
    """For each of ``clashes`` a remark above its line of ``text`` that says what theirs is, where it is not there."""
    body = text.removeprefix(BOM)
    line_break = "\r\n" if "\r\n" in body else "\n"
    there = set(map(str.strip, body.splitlines()))
    edits = []
    for path, value in clashes.items():
        remark = one_line(f"# theirs: {render.dotted((path[-1],))} = {render.inline(value)}")
        node = _node(readings.scanned(text).root, readings.data(text), path)
        if node is not None and remark not in there:
            at = line_start(body, node.at)
            edits.append((at, at, remark + line_break))
    return edits


def _node(node: Node, data: Any, path: Path) -> Node | None:
    """Where ``path`` leads to in a text."""
    for depth, part in enumerate(path):
        step = part if isinstance(part, str) else [name for name, _row in named_rows(data, path[:depth])].index(part)
        if step not in node.children:
            return None
        node, data = node.children[step], data[step]
    return node


def name_of(path: Path) -> str:
    """An ``x-`` key as people are told of it, with the table and the row that it stands in."""
    return one_line(" ".join(" ".join(part) if isinstance(part, tuple) else part for part in path))
