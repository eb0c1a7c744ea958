"""Where things stand in a TOML text: the span of every table, key and value.

tomllib gives values without positions; faults need lines, and a save that leaves a person's layout alone needs
spans. The scanner reads structure only (headings, keys, brackets, quotes, commas): whether a number or a date is
right is for tomllib to say. After a break it goes on with the next line that looks like a heading or a key.
"""

import re
import tomllib
from dataclasses import dataclass, field
from typing import Literal

from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.toml import DEEPEST, MOST_DOTS

BreakKind = Literal["value", "heading", "entry", "line"]
Kind = Literal["table", "rows", "dotted", "inline", "array", "value"]


@dataclass(slots=True)
class Block:
    """A heading and the keys below it, as offsets: start of its line, end of its line, end of its last key's line."""

    start: int
    body: int
    end: int


@dataclass(slots=True)
class Node:
    """A table, list or value of the text.

    ``table`` has headings (or none, when only tables inside it have); ``rows`` are the tables under one
    ``[[heading]]``; ``dotted`` is a table made by keys such as ``a.b``; ``inline`` and ``array`` stand in brackets.
    ``at`` is where its heading, key or value begins; ``start`` and ``end`` span a value without its key.
    """

    kind: Kind
    at: int
    start: int
    end: int
    children: dict[str | int, "Node"] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Break:
    """A span that is not TOML: where to look (``at``), what is wrong, what to do, and what could stand there instead.

    ``kind`` says what the span holds: a value, a heading, what follows a key without an equals sign, or a line.
    """

    start: int
    end: int
    at: int
    message: str
    advice: str
    kind: BreakKind


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned text: its tables, the plain values in order, the statements (start, value start, end), the breaks.

    A statement that is a heading has no value start: None.
    """

    text: str
    root: Node
    leaves: list[Node]
    statements: list[tuple[int, int | None, int]]
    breaks: list[Break]

    def find(self, path: tuple[str | int, ...]) -> Node:
        """The node at ``path``, or the nearest one above it that the text has."""
        node = self.root
        for key in path:
            child = node.children.get(key)
            if child is None:
                break
            node = child
        return node

    def line(self, offset: int) -> int:
        """The line number (from 1) of ``offset``."""
        return self.text.count("\n", 0, offset) + 1


def scan(text: str, breaks: int | None = None) -> Scan:
    """``text`` taken apart, or its beginning, up to more than so many ``breaks``; never raises, whatever it is."""
    scanner = _Scanner(text)
    scanner.run(breaks)
    return Scan(text, scanner.root, scanner.leaves, scanner.statements, scanner.breaks)


def line_start(text: str, offset: int) -> int:
    """Where the line of ``offset`` begins."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of ``offset`` ends, before its line break."""
    end = text.find("\n", offset)
    if end < 0:
        return len(text)
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def next_line(text: str, offset: int) -> int:
    """Where the line after that of ``offset`` begins; the end of the text when there is none."""
    return (text.find("\n", offset) + 1) or len(text)


_BASIC = r'"(?:[^"\\\n]++|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
_PART = rf"[A-Za-z0-9_-]++|{_BASIC}|{_LITERAL}"
_DOTTED = rf"(?:{_PART})(?:[ \t]*+\.[ \t]*+(?:{_PART}))*+"

BLANK = re.compile(r"(?:[ \t\n]|\r\n|#[^\n]*+)*+")
_BRACKET_LINES = re.compile(r"(?:\r?\n[ \t]*+[\]\[{},\"'][^\n]*+)*+")
"""Lines that go on with a list or a table in braces."""
_SPACE = re.compile(r"[ \t]*+")
_KEY = re.compile(_DOTTED)
_KEY_PART = re.compile(_PART)
_USUAL = re.compile(r'([A-Za-z0-9_-]++)[ \t]*+=[ \t]*+("(?:[^"\\\n]++|\\.)*+"(?!")|[A-Za-z0-9_+.:-]++)[ \t]*+(?=\r?\n)')
"""A statement as nearly all are: a plain key, and a value that is no list and has a line to itself."""
_NUMBERS = re.compile(r"\[[ \t]*+(?:[0-9.-]++[ \t]*+,[ \t]*+)*+[0-9.-]++[ \t]*+\]")
_NUMBER = re.compile(r"[0-9.-]++")
_HEADING = re.compile(rf"(\[\[?)[ \t]*+({_DOTTED})[ \t]*+(\]\]?)")
_HALF_HEADING = re.compile(r"[A-Za-z0-9_.-]++\]\]?[ \t\r]*+(?:\n|\Z)")
_REST = re.compile(r"[ \t]*+(?:#[^\n]*+)?\r?(?=\n|\Z)")
_STATEMENT = re.compile(
    rf"[ \t]*+(?:(?:{_DOTTED})[ \t]*+=|\[\[?[ \t]*+({_DOTTED})[ \t]*+\]\]?[ \t]*+(?:#[^\n]*+)?\r?(?:\n|\Z))"
)
_TEXT = {
    '"': re.compile(_BASIC),
    "'": re.compile(_LITERAL),
    '"""': re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}', re.S),
    "'''": re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"),
}
_BARE = re.compile(r"\d{4}-\d\d-\d\d \d\d:[\d:.Zz+-]+|[^\s,\[\]{}#=]+")


class _Broken(Exception):
    """The value at hand cannot be read on from ``at``."""

    def __init__(self, at: int, message: str, advice: str) -> None:
        super().__init__(message)
        self.at, self.advice = at, advice


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0
        self.new_line = True
        self.block = Block(0, 0, 0)
        self.root = self.table = Node("table", 0, 0, 0, blocks=[self.block])
        self.leaves: list[Node] = []
        self.statements: list[tuple[int, int | None, int]] = []
        self.breaks: list[Break] = []

    def run(self, breaks: int | None) -> None:
        while breaks is None or len(self.breaks) <= breaks:
            following = self._skip()
            if not following:
                return
            if following == "[" or _HALF_HEADING.match(self.text, self.pos):
                self._heading()
            else:
                self._statement()

    def _heading(self) -> None:
        text, start = self.text, self.pos
        found = _HEADING.match(text, start)
        end = line_end(text, start)
        self.pos = end
        parts = self._parts(found[2]) if found else None
        if not found or parts is None or len(found[1]) != len(found[3]) or not _REST.match(text, found.end()):
            self._break(start, end, start, _("the heading is not complete"), _("write [name] or [[name]]"), "heading")
            return
        self.statements.append((start, None, found.end()))
        self.block = Block(line_start(text, start), end, end)
        self.table = self._open(parts, start, rows=len(found[1]) == 2)
        self.table.blocks.append(self.block)

    def _open(self, parts: list[str], at: int, rows: bool) -> Node:
        """The table that a heading opens. Where headings contradict each other it stands outside the tree."""
        node = self.root
        for part in parts[:-1]:
            node = self._last_row(node.children.setdefault(part, Node("table", at, at, at)))
        if not rows:
            node = node.children.setdefault(parts[-1], Node("table", at, at, at))
            return node if node.kind == "table" else Node("table", at, at, at)
        holder = node.children.setdefault(parts[-1], Node("rows", at, at, at))
        row = Node("table", at, at, at)
        if holder.kind == "rows":
            holder.children[len(holder.children)] = row
        return row

    @staticmethod
    def _last_row(node: Node) -> Node:
        return node.children[len(node.children) - 1] if node.kind == "rows" else node

    def _statement(self) -> None:
        text, start = self.text, self.pos
        usual = _USUAL.match(text, start)
        if usual:
            value, self.pos = usual.span(2)
            leaf = Node("value", start, value, self.pos)
            self.leaves.append(leaf)
            self.block.end = usual.end()
            self.statements.append((start, value, self.pos))
            self.table.children.setdefault(usual[1], leaf)
            return
        found = _KEY.match(text, start)
        parts = self._parts(found[0]) if found else None
        equals = self._past(_SPACE, found.end()) if found else start
        if parts is None or text[equals : equals + 1] != "=":
            end = self.pos = self._past(_BRACKET_LINES, line_end(text, start))
            message = _('"{text}" is neither a heading nor key = value').format(text=self._shown(start))
            advice = _("write key = value, put # before a remark")
            if found and parts and len(parts) == 1 and equals > found.end():
                self._break(found.end(), end, start, message, advice, "entry")
            else:
                self._break(start, end, start, message, advice, "line")
            return
        self.pos = value = self._past(_SPACE, equals + 1)
        leaves = len(self.leaves)
        try:
            node = self._value(0)
            rest = _REST.match(text, self.pos)
            if not rest:
                if text[value].isalpha():
                    message = _("this text has no quotes: {text}").format(text=self._shown(value))
                    raise _Broken(value, message, _("put it in quotes"))
                raise _Broken(
                    self.pos,
                    _('"{text}" stands after the value').format(text=self._shown(self.pos)),
                    _("write one value a line, and decimals as 0.8"),
                )
        except _Broken as broken:
            del self.leaves[leaves:]
            end = self._resume(start, broken.at)
            same = self.text.count("\n", start, broken.at) == 0 or end <= broken.at or broken.at >= len(text)
            self._break(value, end, start if same else broken.at, str(broken), broken.advice, "value")
            node, self.pos = Node("value", start, value, end), end
        node.at = start
        self.block.end = line_end(text, max(self.pos - 1, start))
        self.statements.append((start, value, self.pos))
        owner = self.table
        for part in parts[:-1]:
            owner = owner.children.setdefault(part, Node("dotted", start, start, start))
        owner.children.setdefault(parts[-1], node)

    def _resume(self, start: int, at: int) -> int:
        """Where the broken statement that began at ``start`` ends: before the next line that begins another."""
        text = self.text
        line = line_start(text, at)
        if line <= start or at >= len(text):
            line = next_line(text, start)
        while line < len(text) and not self._begins(line):
            line = next_line(text, line)
        # The last line break stays outside, so that what replaces the span keeps its line to itself.
        end = line - 1 if line > start and text[line - 1 : line] == "\n" else line
        return end - 1 if text[end - 1 : end] == "\r" else end

    def _value(self, depth: int) -> Node:
        text, start = self.text, self.pos
        first = text[start : start + 1]
        if first in ("[", "{"):
            if depth >= DEEPEST:
                raise _Broken(
                    start, _("brackets stand in each other more than {n} deep").format(n=DEEPEST), _("remove them")
                )
            return self._array(depth) if first == "[" else self._inline(depth)
        if first in ('"', "'"):
            quote = first * 3 if text.startswith(first * 3, start) else first
            found = _TEXT[quote].match(text, start)
            if not found:
                raise _Broken(start, _("the text has no closing quote"), _("add {quote}").format(quote=quote))
        else:
            found = _BARE.match(text, start)
            if not found:
                raise _Broken(start, _("the value is missing"), _("write it after the equals sign"))
        self.pos = found.end()
        leaf = Node("value", start, start, self.pos)
        self.leaves.append(leaf)
        return leaf

    def _past(self, pattern: re.Pattern[str], pos: int) -> int:
        """Where what ``pattern`` matches at ``pos`` ends."""
        found = pattern.match(self.text, pos)
        return found.end() if found else pos

    def _skip(self) -> str:
        """Past white space and comments; the character that follows."""
        before = self.pos
        self.pos = self._past(BLANK, before)
        self.new_line = "\n" in self.text[before : self.pos]
        return self.text[self.pos : self.pos + 1]

    def _array(self, depth: int) -> Node:
        node = Node("array", self.pos, self.pos, self.pos)
        numbers = _NUMBERS.match(self.text, self.pos)
        if numbers:
            self.pos = node.end = numbers.end()
            for number in _NUMBER.finditer(self.text, node.start, node.end):
                start, end = number.span()
                leaf = node.children[len(node.children)] = Node("value", start, start, end)
                self.leaves.append(leaf)
            return node
        self.pos += 1
        while self._skip() != "]":
            self._not_over("[")
            node.children[len(node.children)] = self._value(depth + 1)
            self._comma("[", "]")
        self.pos += 1
        node.end = self.pos
        return node

    def _inline(self, depth: int) -> Node:
        node = Node("inline", self.pos, self.pos, self.pos)
        self.pos += 1
        while self._skip() != "}":
            at = self.pos
            found = _KEY.match(self.text, at)
            parts = self._parts(found[0]) if found else None
            if not found or parts is None:
                self._not_over("{")
                raise _Broken(at, _("a key is missing in the braces"), _("write { key = value, key = value }"))
            self.pos = found.end()
            if self._skip() != "=":
                raise _Broken(self.pos, _("an equals sign is missing in the braces"), _("write { key = value }"))
            self.pos += 1
            self._skip()
            value = self._value(depth + 1)
            value.at = at
            owner = node
            for part in parts[:-1]:
                owner = owner.children.setdefault(part, Node("dotted", at, at, at))
            owner.children.setdefault(parts[-1], value)
            self._comma("{", "}")
        self.pos += 1
        node.end = self.pos
        return node

    def _comma(self, opened: str, closing: str) -> None:
        following = self._skip()
        if following == ",":
            self.pos += 1
        elif following != closing:
            self._not_over(opened)
            raise _Broken(
                self.pos, _("a comma or {bracket} is missing").format(bracket=closing), _("separate values by commas")
            )

    def _not_over(self, opened: str) -> None:
        """Raise when the bracket is still open although the text ends or the next statement begins."""
        if self.pos >= len(self.text) or (self.new_line and self._begins(line_start(self.text, self.pos))):
            raise _Broken(self.pos, _("{bracket} is not closed").format(bracket=opened), _("add the closing bracket"))

    def _begins(self, line: int) -> bool:
        """Whether the line that starts at ``line`` looks like a heading or key = value, and like no list of values."""
        found = _STATEMENT.match(self.text, line)
        name = found and found[1]
        return bool(found) and (name is None or (name[0].isalpha() and name not in ("true", "false", "inf", "nan")))

    def _parts(self, dotted: str) -> list[str] | None:
        """The parts of a dotted key, unquoted; None when a quoted one holds what TOML does not allow, or too many."""
        if dotted.count(".") > MOST_DOTS and len(_KEY_PART.findall(dotted)) > MOST_DOTS + 1:
            return None
        if dotted.isascii() and '"' not in dotted and "'" not in dotted:
            return [part.strip() for part in dotted.split(".")]
        try:
            return [_unquoted(part) for part in _KEY_PART.findall(dotted)]
        except tomllib.TOMLDecodeError:
            return None

    def _shown(self, start: int) -> str:
        """The beginning of what stands from ``start`` to the end of the line."""
        return one_line(self.text[start : min(line_end(self.text, start), start + 40)])

    def _break(self, start: int, end: int, at: int, message: str, advice: str, kind: BreakKind) -> None:
        self.breaks.append(Break(start, end, at, message, advice, kind))


def _unquoted(part: str) -> str:
    """What a part of a key says. Raises TOMLDecodeError."""
    if part[0] not in "\"'":
        return part
    if part.isprintable() and "\\" not in part:
        return part[1:-1]
    unquoted: str = tomllib.loads(f"k = {part}")["k"]
    return unquoted


def replace_spans(text: str, edits: list[tuple[int, int, str]]) -> str:
    """``text`` with each span (start, end) replaced; several insertions at one place keep their order."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += (text[done:start], new)
        done = max(done, end)
    return "".join((*parts, text[done:]))
