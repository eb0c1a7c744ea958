"""What the streams of a command lead to: a terminal that can draw, one that only prints, or none; and its letters."""

import codecs
import os
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import TextIO

CANNOT_DRAW = ("", "dumb", "unknown")
"""Kinds of terminal, as ``TERM`` names them, that only print line after line."""

_TAKEN = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python sets ``LC_CTYPE`` to where a locale is not installed."""


def on_a_terminal() -> bool:
    """Whether there is a terminal on both sides that can draw a screen."""
    return draws(sys.stdin) and draws(sys.stdout)


def draws(stream: TextIO | None) -> bool:
    """Whether what is written to ``stream`` may move the cursor."""
    return stream is not None and stream.isatty() and os.environ.get("TERM", "dumb") not in CANNOT_DRAW


def settle_letters() -> None:
    """Let standard output and standard error write what arrives as it is meant, and a ``?`` for what cannot.

    Files and pipes get UTF-8 whatever the locale, so that nothing is lost; a terminal gets the letters it can show.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=letters(os.environ) if stream.isatty() else "utf-8", errors="replace")


def letters(environment: Mapping[str, str]) -> str | None:
    """The encoding that the locale's name asks for; None leaves the one that Python has chosen.

    Where a locale is not installed Python takes UTF-8, which a terminal of another encoding shows as rubbish.
    """
    if environment.get("PYTHONIOENCODING") or "utf8" in sys._xoptions:
        return None
    named = [environment.get(each, "") for each in ("LC_ALL", "LC_CTYPE", "LANG")]
    if named[1] in _TAKEN:
        named[1] = ""
    locale = next(filter(None, named), "")
    encoding = locale.partition(".")[2].partition("@")[0]
    try:
        found = codecs.lookup(encoding)
        return found.name if encoding and "a".encode(found.name) == b"a" else None
    except (LookupError, ValueError):
        return None
