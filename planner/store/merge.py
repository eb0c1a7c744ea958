"""Changing a plan file's text where its data changes, and nowhere else.

The result is the old text with spans replaced, so what no change touches keeps its layout, comments and ``x-`` keys
byte for byte. A comment directly above a heading belongs to that table and goes when the table goes; a comment on
the line of a removed entry goes with it; every other comment stays.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from planner.model.problem import Path
from planner.model.rows import SAME
from planner.store import render
from planner.store.brackets import take_apart
from planner.store.positions import Block, Node, Scan, line_end, line_start, next_line, replace_spans, scan
from planner.text.clean import clean_name

Edits = list[tuple[int, int, str]]
Data = Mapping[str, Any]


class Unmergeable(Exception):
    """The text is laid out in a way that cannot be changed in place."""


def merge(text: str, had: Data, wanted: Data) -> str:
    """``text``, which holds ``had``, changed so that it holds ``wanted`` (both encoded Projects).

    Raises Unmergeable when the layout does not allow it.
    """
    found = scan(text)
    if found.breaks:
        raise Unmergeable
    edits: Edits = []
    _Merge(text, found.root).plan(had, wanted, edits)
    line_break = "\r\n" if "\r\n" in text else "\n"
    merged = replace_spans(text, [(a, b, re.sub(r"\r?\n", lambda _found: line_break, new)) for a, b, new in edits])
    if not text.endswith("\n"):
        return merged.rstrip("\r\n")
    return merged if merged.endswith("\n") else merged + line_break


def row_spans(found: Scan, table: str) -> list[tuple[int, int]]:
    """Where each row of ``table`` begins, with its comment above, and ends; none where another table stands within."""
    node = found.root.children.get(table)
    if found.breaks or node is None or node.kind != "rows":
        return []
    merging = _Merge(found.text, found.root)
    try:
        return [merging.region(row) for row in node.children.values()]
    except Unmergeable:
        return []


class _Merge:
    """Finds the spans to replace. Every method adds to ``edits``: start, end, new text."""

    def __init__(self, text: str, root: Node) -> None:
        self.text = text
        self.root = root
        self.order = [block.start for block in _blocks(root) if block is not root.blocks[0]]
        self.headings = {*self.order}

    def plan(self, had: Data, wanted: Data, edits: Edits) -> None:
        """The whole file. A table that is new stands where a new file would have it.

        What did not change is not written where the file leaves it out: a plan states its limits, but no edit of
        something else puts them into a file that has none.
        """
        for name in had:
            node = self.root.children.get(name)
            if node is None or name in wanted:
                continue
            if name == "roadmap" or node.kind == "rows" or not isinstance(had[name], Mapping):
                self._remove(node, edits)
            else:  # Every key is back at its default; the table's comments and x- keys may stay.
                self._change(node, (name,), had[name], {}, edits, (name,))
        end = self.root.blocks[0].end
        for name, value in wanted.items():
            node = self.root.children.get(name)
            if node is None:
                if had.get(name) != value:
                    edits.append((end, end, "\n\n" + render.table((name,), value).rstrip("\n")))
            else:
                self._change(node, (name,), had.get(name), value, edits, (name,))
                end = max([end, *(self._tail(block) for block in _blocks(node))])

    def _change(self, node: Node, path: Path, had: Any, wanted: Any, edits: Edits, prefix: tuple[str, ...]) -> None:
        if had == wanted:
            return
        if node.kind in ("table", "dotted") and isinstance(wanted, Mapping):
            self._table(node, path, had or {}, wanted, edits, prefix if node.kind == "dotted" else ())
        elif node.kind == "rows" and isinstance(wanted, list):
            self._rows(node, path, had or [], wanted, edits)
        elif node.kind in ("inline", "array", "value"):
            edits.append((node.start, node.end, self._value(node, path, had, wanted)))
        else:
            raise Unmergeable

    def _table(
        self, node: Node, path: Path, had: Data, wanted: Data, edits: Edits, prefix: tuple[str, ...] = ()
    ) -> None:
        """``prefix`` is what stands before each key when the table is made of dotted keys."""
        for key in had:
            child = _child(node, key)
            if child is None or key in wanted:
                continue
            if _stays(child, path):
                self._change(child, (*path, key), had[key], {}, edits, (*prefix, key))
            else:
                self._remove(child, edits)
        new: dict[str, None] = {}
        for key, value in wanted.items():
            child = _child(node, key)
            if child:
                self._change(child, (*path, key), had.get(key), value, edits, (*prefix, key))
            elif had.get(key) != value:
                new[key] = None
        if new:
            self._add(node, _place(path), new, wanted, edits, prefix)

    def _add(
        self,
        node: Node,
        place: tuple[str, ...],
        new: Collection[str],
        wanted: Data,
        edits: Edits,
        prefix: tuple[str, ...],
    ) -> None:
        """The keys ``new`` of a table, each behind the key that it follows in a new file."""
        if node.kind == "table" and not node.blocks:
            first = self._lead(next(_blocks(node)))
            edits.append((first, first, render.table(place, {key: wanted[key] for key in new}) + "\n"))
            return
        after = node.blocks[0].body if node.blocks else None
        for key, value in wanted.items():
            child = _child(node, key)
            if child:
                after = self._entry_end(child) or after
            elif key not in new:
                continue
            elif render.has_heading((*place, key)) and node.blocks:
                end = max(self._tail(block) for block in _blocks(node))
                edits.append((end, end, "\n\n" + render.table((*place, key), value).rstrip("\n")))
            elif after is None:
                first = line_start(self.text, next(_leaves(node)).at)
                edits.append((first, first, render.entry(place, key, value, prefix) + "\n"))
            else:
                edits.append((after, after, "\n" + render.entry(place, key, value, prefix)))

    def _entry_end(self, node: Node) -> int | None:
        """The end of the line of an entry; None for a table that has a heading of its own."""
        return max((line_end(self.text, leaf.end) for leaf in _leaves(node)), default=None)

    def _rows(self, node: Node, path: Path, had: Sequence[Data], wanted: Sequence[Data], edits: Edits) -> None:
        if len(node.children) != len(had):
            raise Unmergeable
        place = _place(path)
        pairs = _pair(path, had, wanted)
        kept = [index for index in pairs if index is not None]
        for gone in {*range(len(had))}.difference(kept):
            self._remove(node.children[gone], edits)
        # Tables that change places take each other's spans.
        moving = kept != sorted(kept)
        spans = iter([self.region(node.children[index]) for index in sorted(kept)] if moving else ())
        first = at = self._lead(next(_blocks(node)))
        for index, row in zip(pairs, wanted, strict=True):
            if index is None:
                text = render.row(place, row)
                edits.append((at, at, f"{text}\n" if at == first else "\n\n" + text.rstrip("\n")))
            elif moving:
                start, at = next(spans)
                edits.append((start, at, self._moved(node.children[index], (*path, index), had[index], row)))
            else:
                if had[index] != row:
                    self._table(node.children[index], (*path, index), had[index], row, edits)
                at = max(self._tail(block) for block in _blocks(node.children[index]))

    def _moved(self, row: Node, path: Path, had: Data, wanted: Data) -> str:
        """The new text of a table of a list, to stand elsewhere."""
        edits: Edits = []
        self._table(row, path, had, wanted, edits)
        start, end = self.region(row)
        return replace_spans(self.text[start:end], [(a - start, b - start, new) for a, b, new in edits])

    def region(self, row: Node) -> tuple[int, int]:
        """Where a table of a list begins (with its comment) and ends; nothing else may stand between."""
        blocks = list(_blocks(row))
        start, end = self._lead(blocks[0]), self._tail(blocks[-1])
        if bisect_left(self.order, end) - bisect_left(self.order, start) != len(blocks):
            raise Unmergeable
        return start, end

    def _remove(self, node: Node, edits: Edits) -> None:
        edits += [(*self._extent(block), "") for block in _blocks(node)]
        edits += [(line_start(self.text, leaf.at), next_line(self.text, leaf.end), "") for leaf in _leaves(node)]

    def _extent(self, block: Block) -> tuple[int, int]:
        """What goes with a removed table: its comment above, its lines, the blank lines below."""
        text = self.text
        start, end = self._lead(block), next_line(text, self._tail(block))
        while end < len(text) and not text[end : line_end(text, end)].strip():
            end = next_line(text, end)
        if end == len(text):
            start = next_line(text, len(text[:start].rstrip()))
        return start, end

    def _lead(self, block: Block) -> int:
        """Where the comment directly above a heading begins; the heading's line when there is none."""
        start = block.start
        while start > 0 and self._is_comment(above := line_start(self.text, start - 1)):
            start = above
        return start

    def _tail(self, block: Block) -> int:
        """The end of the last line of a table: its last key, or the comments directly below that."""
        end, line = block.end, next_line(self.text, block.end)
        while line < len(self.text) and self._is_comment(line):
            end, line = line_end(self.text, line), next_line(self.text, line)
        return block.end if line in self.headings else end

    def _is_comment(self, line: int) -> bool:
        return self.text[line : line_end(self.text, line)].lstrip().startswith("#")

    def _value(self, node: Node, path: Path, had: Any, wanted: Any) -> str:
        """The new text of what stands behind an equals sign or in brackets."""
        if node.kind == "inline" and isinstance(wanted, Mapping):
            return self._braces(node, path, had or {}, wanted)
        if node.kind == "array" and isinstance(wanted, list) and (node.children or self._has_remark(node)):
            return self._list(node, path, had or [], wanted)
        if isinstance(wanted, str) and "\n" in wanted and self.text.startswith(('"""', "'''"), node.start):
            return render.text(wanted)
        return render.entry_value(_place(path), wanted) if node.kind == "array" else render.inline(wanted)

    def _has_remark(self, node: Node) -> bool:
        return "#" in self.text[node.start : node.end]

    def _braces(self, node: Node, path: Path, had: Data, wanted: Data) -> str:
        if any(child.kind == "dotted" for child in node.children.values()):
            raise Unmergeable
        names = list(node.children)
        numbers = {clean_name(str(name)): number for number, name in enumerate(names)}
        wanted = {key: {} for key in had if (child := _child(node, key)) and _stays(child, path)} | dict(wanted)
        order = [name for name in numbers if name in wanted or name not in had]
        previous = None
        for name in wanted:
            if name not in numbers:
                if had.get(name) == wanted[name]:
                    continue
                order.insert(order.index(previous) + 1 if previous else 0, name)
            previous = name
        items: list[tuple[int | None, str]] = []
        for name in order:
            number = numbers.get(name)
            if number is None:
                items.append((None, f"{render.dotted((name,))} = {render.inline(wanted[name])}"))
                continue
            child = node.children[names[number]]
            value = self.text[child.start : child.end]
            if name in wanted and had.get(name) != wanted[name]:
                value = self._value(child, (*path, name), had.get(name), wanted[name])
            items.append((number, self.text[child.at : child.start] + value))
        return take_apart(self.text, node).holding(items)

    def _list(self, node: Node, path: Path, had: Sequence[Any], wanted: Sequence[Any]) -> str:
        if len(node.children) != len(had):
            raise Unmergeable
        items: list[tuple[int | None, str]] = []
        for index, value in zip(_pair(path, had, wanted), wanted, strict=True):
            if index is None:
                items.append((None, render.inline(value)))
            elif had[index] == value:
                child = node.children[index]
                items.append((index, self.text[child.start : child.end]))
            else:
                items.append((index, self._value(node.children[index], (*path, index), had[index], value)))
        return take_apart(self.text, node).holding(items)


def _place(path: Path) -> tuple[str, ...]:
    """The keys of ``path`` without the numbers of rows."""
    return tuple(part for part in path if isinstance(part, str))


def _pair(path: Path, had: Sequence[Any], wanted: Sequence[Any]) -> list[int | None]:
    """For each wanted item of a list the number of the old one that it is a later state of, or None."""
    same = SAME.get(_place(path))
    if same is None or not all(isinstance(row, Mapping) for row in had):
        return _pair_alike(had, wanted)
    pairs: list[int | None] = [None] * len(wanted)
    for keys in same:
        taken = set(pairs)
        old = {tuple(row.get(key) for key in keys): n for n, row in enumerate(had) if n not in taken}
        for place, row in enumerate(wanted):
            if pairs[place] is None:
                pairs[place] = old.pop(tuple(row.get(key) for key in keys), None)
    return pairs


def _pair_alike(had: Sequence[Any], wanted: Sequence[Any]) -> list[int | None]:
    """Items without an id: equal ones pair; between those, what stands in the same order."""
    from difflib import SequenceMatcher

    pairs: list[int | None] = [None] * len(wanted)
    matcher = SequenceMatcher(None, [repr(item) for item in had], [repr(item) for item in wanted], autojunk=False)
    for _tag, old_start, old_end, start, end in matcher.get_opcodes():
        for old, new in zip(range(old_start, old_end), range(start, end), strict=False):
            pairs[new] = old
    return pairs


def _stays(node: Node, path: Path) -> bool:
    """Whether an entry of the table at ``path`` stays without what the plan had in it, for the ``x-`` keys' sake."""
    return path != ("roadmap", "packages") and any(str(name).startswith("x-") for name in node.children)


def _child(node: Node, key: str) -> Node | None:
    """The entry ``key``, which in the text may hold characters that cleaning replaced."""
    return node.children.get(key) or next(
        (child for name, child in node.children.items() if isinstance(name, str) and clean_name(name) == key), None
    )


def _blocks(node: Node) -> Iterator[Block]:
    """The headings of a table and of all tables in it, in the order of the text."""
    return iter(sorted(_headed(node), key=lambda block: block.start))


def _headed(node: Node) -> Iterator[Block]:
    """The same in the order of the tree. Nothing in brackets has a heading."""
    yield from node.blocks
    for child in node.children.values():
        if child.kind in ("table", "rows"):
            yield from _headed(child)


def _leaves(node: Node) -> Iterator[Node]:
    """The entries that a dotted table is made of, or the entry itself; nothing for a table with headings."""
    if node.kind in ("inline", "array", "value"):
        yield node
    elif node.kind == "dotted":
        for child in node.children.values():
            yield from _leaves(child)
