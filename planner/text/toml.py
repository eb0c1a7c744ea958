"""The one door to TOML: what a text may ask of the reader is bounded before it is read.

``tomllib`` takes time by the square of the parts of a dotted key and goes into itself for every bracket, so a small
file could keep it busy for minutes. What strings and comments hold costs nothing and is left out of the counts.
The limits are told in docs/safety.md.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from typing import Any

from planner.text.i18n import _

LARGEST = 6_000_000
"""Bytes of the largest file that is read. A plan of five thousand work packages has less than half of that."""

MOST_PARTS = 300_000
"""Lines, commas, opening brackets and dots outside of texts. A plan of five thousand work packages has 230,000."""

DEEPEST = 16
"""How many brackets may stand inside each other; a plan needs three."""

MOST_DOTS = 8
"""Dots that one key or heading may have; a plan needs one."""

MOST_DIGITS = 40
"""Digits that one number may have."""

_HIDDEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']++|'{1,2}(?!'))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]++|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
"""Texts and comments; one that is not closed goes to the end, where the reader stops as well."""

_DOTTED = re.compile(rf"(?:\.[A-Za-z0-9_ \t-]*+){{{MOST_DOTS + 1}}}")
_NUMBER = re.compile(rf"(?<![A-Za-z0-9_-])(?:0[xob][0-9a-fA-F_]{{{MOST_DIGITS + 1}}}|[0-9][0-9_]{{{MOST_DIGITS}}})")
_BRACKET = re.compile(r"[\[\]{}]")
_NO_BRACKET = re.compile(r"[^\[\]{}]+")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


class TooMuch(ValueError):
    """A text asks more of the reader than any plan does: what (with the limit), what to do, and in which line."""

    def __init__(self, message: str, advice: str, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.advice, self.line = message, advice, line


class NotToml(ValueError):
    """A text is not TOML; says so in the words of the reader."""


def loads(text: str) -> dict[str, Any]:
    """The tables of the TOML ``text``. Raises TooMuch for what is out of all proportion, NotToml for what is wrong."""
    measure(text)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError is one; a number of thousands of digits raises another
        raise NotToml(str(error)) from None


def measure(text: str) -> int:
    """How many parts ``text`` has, as ``MOST_PARTS`` counts them; reading it takes time by their number.

    Raises TooMuch when that would take out of all proportion long.
    """
    if len(text) > LARGEST:
        raise TooMuch(
            _("the text is longer than {n} million characters").format(n=LARGEST // 1_000_000),
            _("choose a plan file"),
        )
    bare = _HIDDEN.sub("", text)
    parts = sum(map(bare.count, "\n,[{."))
    if parts > MOST_PARTS:
        message = _("the file has {n} lines, list items and brackets; at most {most} are read")
        raise TooMuch(message.format(n=parts, most=MOST_PARTS), _("take out what is not of the plan, or split it"))
    if _DOTTED.search(bare):
        message = _("a name has more than {n} dots").format(n=MOST_DOTS)
        raise TooMuch(message, _("put it in quotes, or use tables"), _line(text, _DOTTED.finditer, 0))
    if _NUMBER.search(bare):
        message = _("a number has more than {n} digits").format(n=MOST_DIGITS)
        raise TooMuch(message, _("write less digits, or put it in quotes"), _line(text, _NUMBER.finditer, 0))
    depths = accumulate(_STEPS[bracket] for bracket in _NO_BRACKET.sub("", bare))
    deep = next((number for number, depth in enumerate(depths) if depth > DEEPEST), None)
    if deep is not None:
        message = _("brackets stand in each other more than {n} deep").format(n=DEEPEST)
        raise TooMuch(message, _("remove them"), _line(text, _BRACKET.finditer, deep))
    return parts


def _breaks(hidden: re.Match[str]) -> str:
    """The line breaks of a text, so that lines keep their numbers where it is taken out."""
    return "\n" * hidden[0].count("\n")


def _line(text: str, found: Callable[[str], Iterator[re.Match[str]]], number: int) -> int:
    """The line of what is ``found`` outside of texts and comments, when all before ``number`` are passed over."""
    lines = _HIDDEN.sub(_breaks, text)
    match = next(islice(found(lines), number, None), None)
    return lines.count("\n", 0, match.start()) + 1 if match else 1
