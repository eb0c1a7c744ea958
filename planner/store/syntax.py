"""What a text that is not TOML has wrong, all of it at once.

tomllib stops at the first fault. Here each fault is noted and put out of the way, so that the rest of the text can
be judged too: a value that cannot be read becomes ``UNREADABLE`` followed by what it may have meant to say.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from planner.model.problem import Path
from planner.store.positions import Scan, line_start, replace_spans, scan
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.toml import TooMuch, loads, measure

UNREADABLE = "\ufdd0"
"""First character of what stands for a value that is not TOML. It is no character, so no plan holds it."""

_FORGED = re.compile(UNREADABLE + r"|(\\u|\\U0000)[fF][dD][dD]0")
"""A file that holds this sign itself, written as it is or by its number, must not pass for one of ours."""

MOST = 100
"""Faults of syntax that are reported of one file."""

ROUNDS = 50
"""Things standing there twice that are looked for; each takes another reading of the whole text ..."""

WORK = 60_000
"""... so that in a large text fewer are: the lines, list items and brackets that are read in all."""

LARGE = 60_000
"""Lines, list items and brackets from which only the first fault of syntax is told: to find more takes too long ..."""

LONG = 1_000_000
"""... and characters."""

_HEAD = 4_000
"""Characters of a text too large to be taken apart, in which it is seen whether it is a plan at all."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One fault of syntax: its line (from 1), what is wrong, what to do."""

    line: int
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A text made readable: its data, the scan of the mended text (same lines as the original), the flaws.

    ``data`` is None when the text has too many flaws to be made readable; then there may be more of them.
    """

    data: dict[str, Any] | None
    scan: Scan
    flaws: list[Flaw]

    def line(self, path: Path) -> int:
        """The line of what stands at ``path`` of the data, or of the nearest above it."""
        return self.scan.line(self.scan.find(path).at)


def mend(text: str, lists: Collection[str], data: dict[str, Any] | None = None) -> Mended:
    """``text`` without its faults, and what they were. Text that is fine has none.

    ``lists`` names the tables whose headings stand in double brackets; ``data`` is what a text without faults says.
    """
    if data is not None:
        return Mended(data, scan(text), [])
    try:
        parts = measure(text)
    except TooMuch as error:
        return Mended(None, scan(text[:_HEAD]), [Flaw(error.line, error.message, error.advice)])
    text = _FORGED.sub(lambda found: f"{found[1]}fffd" if found[1] else "\ufffd", text)
    if parts > LARGE or len(text) > LONG:
        return _first(text)
    found = scan(text, MOST)
    flaws, text = _local(found)
    if len(flaws) > MOST:
        return Mended(None, found, flaws[:MOST])
    found = scan(text) if flaws else found
    for _round in range(min(ROUNDS, 1 + WORK // (parts + 1))):
        try:
            return Mended(loads(text), found, flaws)
        except TooMuch:
            break
        except ValueError as error:
            flaw, text = _contradiction(found, str(error), lists)
            found = scan(text)
            if flaw.line not in {other.line for other in flaws}:
                flaws.append(flaw)
    return Mended(None, found, flaws[:MOST])


def _first(text: str) -> Mended:
    """A large text as it stands, or the first thing in it that is not TOML."""
    try:
        data = loads(text)
    except ValueError as error:
        where = _WHERE.search(str(error))
        flaw = Flaw(int(where[1]) if where else text.count("\n") + 1, _not_toml(str(error)), _("correct this first"))
        return Mended(None, scan(text[:_HEAD]), [flaw])
    return Mended(data, scan(text), [])


def _local(found: Scan) -> tuple[list[Flaw], str]:
    """The faults that can be seen by looking at one value or line at a time, and the text without them."""
    text = found.text
    flaws: list[tuple[int, str, str]] = []
    edits: list[tuple[int, int, str]] = []
    for item in found.breaks:
        flaws.append((item.at, item.message, item.advice))
        span = text[item.start : item.end]
        if item.kind == "value":
            edits.append((item.start, item.end, _stand_in(span)))
        elif item.kind == "entry":
            edits.append((item.start, item.end, f" = {_stand_in(span)}"))
        elif item.kind == "heading":
            edits.append((item.start, item.end, _heading(span, item.start)))
        else:
            edits.append((item.start, item.end, _blank(span)))
    for leaf in found.leaves:
        span = text[leaf.start : leaf.end]
        if len(flaws) <= MOST and not _PLAIN.fullmatch(span) and (fault := _judge(span)):
            flaws.append((leaf.start, *fault))
            edits.append((leaf.start, leaf.end, _stand_in(span)))
    flaws.sort()
    return _numbered(text, flaws), replace_spans(text, edits)


def _numbered(text: str, flaws: list[tuple[int, str, str]]) -> list[Flaw]:
    """Flaws given by their offsets, in order, with line numbers instead."""
    numbered: list[Flaw] = []
    line, done = 1, 0
    for at, message, advice in flaws:
        line, done = line + text.count("\n", done, at), at
        numbered.append(Flaw(line, message, advice))
    return numbered


_PLAIN = re.compile(
    r'"[^"\\\x00-\x1f\x7f]*"|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|-?(?:0|[1-9]\d{0,9})(?:\.\d{1,9})?|true|false'
)
_NAME = re.compile(r"\[*[ \t]*([A-Za-z0-9_.-]+)")
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)")


def _judge(value: str) -> tuple[str, str] | None:
    """What is wrong with one text, number, date or flag as it is written, and what to do."""
    try:
        loads(f"v = {value}")
        return None
    except ValueError:
        pass
    shown = one_line(value[:200])
    shown = shown if len(shown) <= 40 else shown[:40] + "..."
    if value[0] in "\"'":
        return (
            _("the text {value} holds a backslash or an invisible character that is not allowed").format(value=shown),
            _("write \\\\ for a backslash, or put the text in single quotes"),
        )
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return _("the date {value} does not exist").format(value=shown), _("correct the day or the month")
    if re.match(r"\d{4}-\d", value):
        return _("{value} is not a date").format(value=shown), _("write year-month-day, such as 2027-01-04")
    if value.lower() in ("true", "false", "yes", "no", "on", "off"):
        return _("{value} is not a value").format(value=shown), _("write true or false")
    if re.fullmatch(r"[+-]?\d+", value):
        return _("{value} is not a number").format(value=shown), _("write it without leading zeros, and not that long")
    return (
        _("{value} is not a value").format(value=shown),
        _("put text in quotes, write numbers as 0.8 and dates as 2027-01-04"),
    )


def _contradiction(found: Scan, error: str, lists: Collection[str]) -> tuple[Flaw, str]:
    """A fault that only the whole text shows, mostly something that stands there twice, and the text without it."""
    text = found.text
    where = _WHERE.search(error)
    offset = len(text)
    if where:
        offset = 0
        for _line in range(int(where[1]) - 1):
            offset = text.index("\n", offset) + 1
        offset += int(where[2]) - 1
    start, value, end = next(
        (statement for statement in reversed(found.statements) if statement[0] <= offset),
        (line_start(text, offset), None, len(text)),
    )
    span = text[start:end]
    line = found.line(start)
    if end < offset < len(text):  # behind the statement only a comment can be at fault
        flaw = Flaw(found.line(offset), _("a character that cannot be seen stands here"), _("delete it"))
        return flaw, replace_spans(text, [(offset, offset + 1, " ")])
    if value is None:
        name, new = span.strip("[] \t"), f"[x-unreadable-{start}]"
        single = [at for at, none, stop in found.statements if none is None and text[at:stop] == f"[{name}]"]
        if name in lists and single:
            start, end, new = single[0], single[0] + len(name) + 2, f"[[{name}]]"
        flaw = Flaw(
            found.line(start),
            _("{heading} contradicts another heading").format(heading=one_line(text[start:end])),
            _("use [name] once for a table, [[name]] for each table of a list"),
        )
        return flaw, replace_spans(text, [(start, end, new)])
    if "overwrite" in error or "mutate" in error or "Duplicate" in error:
        key = one_line(text[start:value]).rstrip("= ")
        flaw = Flaw(line, _("the key {key!r} stands there twice").format(key=key), _("remove one of the two"))
        return flaw, replace_spans(text, [(start, end, _blank(span))])
    if text[value:end].startswith(UNREADABLE, 3):
        return Flaw(line, _not_toml(error), ""), replace_spans(text, [(start, end, _blank(span))])
    flaw = Flaw(line, _not_toml(error), _("write what stands in braces on one line"))
    return flaw, replace_spans(text, [(value, end, _stand_in(text[value:end]))])


def _not_toml(error: str) -> str:
    return _("this is not valid TOML: {error}").format(error=_WHERE.sub("", error).strip())


def _stand_in(span: str) -> str:
    """What takes the place of a value that cannot be read; as many line breaks as it has."""
    first = one_line(re.sub(r"[\"'\\]", "", span.partition("\n")[0][:200]))
    return f'"""{UNREADABLE}{first}{_blank(span)}"""'


def _blank(span: str) -> str:
    return "\n" * span.count("\n")


def _heading(span: str, start: int) -> str:
    """What a heading that is not complete meant, as far as its name can be seen."""
    found = _NAME.match(span)
    parts = found[1].split(".") if found else []
    if not found or not all(parts) or len(parts) > 3:  # no table of a plan is deeper
        return f"[x-unreadable-{start}]"
    return f"[[{found[1]}]]" if span.startswith("[[") or "]]" in span else f"[{found[1]}]"
