"""The look: few colours, chosen to survive 16-colour terminals; every meaning is also in the text."""

from collections.abc import Mapping

from rich.style import Style
from textual.theme import Theme

NAME = "planner"
WITHOUT_COLOUR = "ansi-dark"
"""Under NO_COLOR only an ``ansi`` theme sends no colour at all."""

PLAIN = Theme(
    name=NAME,
    primary="#5f87d7",
    secondary="#5fafaf",
    accent="#d7af5f",
    foreground="#d0d0d0",
    background="#121212",
    surface="#121212",
    panel="#262626",
    success="#87af5f",
    warning="#d7af5f",
    error="#d75f5f",
    dark=True,
    variables={
        "input-cursor-background": "#d0d0d0",
        "input-cursor-foreground": "#121212",
        "input-selection-background": "#5f87d7",
    },
)

DRAWN: Mapping[str, Style] = {
    "": Style(),
    "strong": Style.parse("bold"),
    "dim": Style.parse("#8a8a8a"),
    "head": Style.parse("bold #5f87d7"),
    "good": Style.parse("#87af5f"),
    "warn": Style.parse("#d7af5f"),
    "bad": Style.parse("bold #d75f5f"),
    "key": Style.parse("bold #d7af5f"),
    "here": Style.parse("bold #121212 on #d7af5f"),
    "cursor": Style.parse("#ffffff on #3a4a6b"),
}
"""What is added to a widget's own colours for each kind of piece (``widgets.lines.Piece``)."""

DRAWN_PLAINLY: Mapping[str, Style] = {
    **dict.fromkeys(DRAWN, Style()),
    **dict.fromkeys(("strong", "head", "bad", "key", "here"), Style.parse("bold")),
    "cursor": Style.parse("reverse"),
}
"""The same without colours."""
