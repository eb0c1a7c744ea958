"""The one room where text of unknown origin is made harmless for a terminal."""

import re
import unicodedata

MARKS = 4
"""Combining marks that one letter may carry; no writing stacks more, and more are drawn over the lines around."""

_STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab (a space) and newline, DEL, C1
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # direction of writing; line and paragraph separators
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u3164\uffa0\ufeff"  # seen by nobody
    "\u206a-\u206f\ufff0-\ufffb\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # layout of writing
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags, which can hold a hidden text
    "\ud800-\udfff\ufdd1-\ufdef\ufffe\uffff"  # no characters
)
"""ZWJ and ZWNJ are among them: no name in a plan needs them. U+FDD0 is not: ``planner.store.syntax`` uses it."""

_SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
"""They choose among shapes or colours of the sign before them, and a row of them can hide a text: left out."""

_MAY_COMBINE = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u1aff\u1b00-\u1cff\u1dc0-\u1dff\u20d0-\u20f0\u2cef-\u2df1\u2de0-\u2dff"
    "\u302a-\u302f\u3099\u309a\ua66f-\ua6f1\ua802-\uabff\ud7b0-\ud7ff\ufb1e\ufe20-\ufe2f\U000101fd-\U0001efff"
)
"""Where combining marks stand, with the letters that stand among them."""

_UNSAFE = re.compile(f"[{_STEERING}{_SELECTORS}]")
_CHOOSING = re.compile(f"(?<=.)[{_SELECTORS}]+")
_STACK = re.compile(f"[{_MAY_COMBINE}]{{{MARKS + 1},}}")
_SUSPECT = re.compile(f"[{_STEERING}{_SELECTORS}]|[{_MAY_COMBINE}]{{{MARKS + 1}}}")


def clean(text: str) -> str:
    """``text`` without characters that steer a terminal or hide: each becomes U+FFFD; a tab a space, CRLF LF.

    Variation selectors are left out, and of the marks on one letter those beyond ``MARKS`` become U+FFFD.
    Text that needs no cleaning comes back as the same object.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if not _SUSPECT.search(text):
        return text
    return _STACK.sub(_thinned, _UNSAFE.sub("\ufffd", _CHOOSING.sub("", text)))


def escaped(json: str) -> str:
    """JSON that says the same, with the signs that :func:`clean` replaces written by their numbers."""
    return _UNSAFE.sub(_by_number, json)


def _by_number(sign: re.Match[str]) -> str:
    units = sign[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _thinned(run: re.Match[str]) -> str:
    """A run of signs that may combine, with no more than ``MARKS`` marks on one letter."""
    kept, marks = "", 0
    for sign in run[0]:
        marks = marks + 1 if _combines(sign) else 0
        kept += sign if marks <= MARKS else "\ufffd"
    return kept


def _combines(sign: str) -> bool:
    """Whether ``sign`` is drawn on the one before it: marks, and the later letters of a Hangul syllable."""
    return unicodedata.category(sign) in ("Mn", "Me") or "\u1160" <= sign <= "\u11ff" or "\ud7b0" <= sign <= "\ud7ff"


def clean_name(text: str) -> str:
    """:func:`clean` text of a name, an id or a key, in which a line break is a space."""
    return clean(text).replace("\n", " ")


def one_line(text: str) -> str:
    """:func:`clean` text on one line: every run of white space is one space."""
    return " ".join(clean(text).split())


def plain_id(text: str) -> str:
    """An id made of ``text``: lower-case ASCII letters, digits and single hyphens (``""`` when none is left)."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


def folded(text: str) -> str:
    """``text`` as it is compared with what a person types: without case, full-width signs as the usual ones."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
