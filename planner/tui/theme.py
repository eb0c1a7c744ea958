"""The look: few colours, chosen to survive 16-colour terminals; every meaning is also in the text.

Good and bad are told apart as blue and orange (cyan and red where there are only 16 colours), never as green and red,
which one man in twelve cannot tell apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.theme import Theme

from planner.text.i18n import N_

NAME = "planner"
"""The theme of who has chosen none."""

FRUGAL = "ansi"
"""The one for slow lines: the terminal's own colours take the fewest bytes, and nothing has a ground of its own."""

WITHOUT_COLOUR = "plain"
"""Under NO_COLOR: bold and reverse, and not one colour."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a theme, as Rich and Textual both read them; a pair is letters and ground, reversed when equal.

    ``field`` is the ground of something to type in, ``panel`` of the title lines. In a theme that is ``ansi`` all are
    the terminal's own, ``ground`` and ``letters`` too.
    """

    ground: str = "default"
    letters: str = "default"
    panel: str = "default"
    field: str = "default"
    dim: str = "default"
    head: str = "default"
    good: str = "default"
    warn: str = "default"
    bad: str = "default"
    key: str = "default"
    here: tuple[str, str] = ("default", "default")
    cursor: tuple[str, str] = ("default", "default")
    dark: bool = True
    ansi: bool = False


COLOURS: Mapping[str, Colours] = {
    NAME: Colours(
        ground="#121212",
        letters="#d0d0d0",
        panel="#262626",
        field="#262626",
        dim="#8a8a8a",
        head="#87afd7",
        good="#5fafff",
        warn="#d7af5f",
        bad="#ff8700",
        key="#d7af5f",
        here=("#121212", "#d7af5f"),
        cursor=("#ffffff", "#3a4a6b"),
    ),
    "light": Colours(
        ground="#fafafa",
        letters="#262626",
        panel="#e4e4e4",
        field="#e4e4e4",
        dim="#6c6c6c",
        head="#005f87",
        good="#005faf",
        warn="#875f00",
        bad="#af5f00",
        key="#875f00",
        here=("#ffffff", "#875f00"),
        cursor=("#000000", "#afd7ff"),
        dark=False,
    ),
    "contrast": Colours(
        ground="#000000",
        letters="#ffffff",
        panel="#000000",
        field="#303030",
        dim="#d0d0d0",
        head="#87d7ff",
        good="#5fd7ff",
        warn="#ffff00",
        bad="#ffaf00",
        key="#ffff00",
        here=("#000000", "#ffff00"),
        cursor=("#000000", "#ffffff"),
    ),
    FRUGAL: Colours(good="cyan", warn="yellow", bad="bright_red", key="cyan", here=("black", "yellow"), ansi=True),
    WITHOUT_COLOUR: Colours(ansi=True),
}
"""The colours of each theme."""

WORDS: Mapping[str, str] = {
    NAME: N_("dark"),
    "light": N_("light"),
    "contrast": N_("high contrast"),
    FRUGAL: N_("the terminal's own 16 colours"),
}
"""The themes that one can choose, and what each is."""


def _styles(name: str) -> dict[str, Style]:
    colours = COLOURS[name]

    def letters(colour: str, bold: bool = False) -> Style:
        return Style(color=None if colour == "default" else colour, bold=bold or None)

    def pair(both: tuple[str, str], bold: bool = False) -> Style:
        if both[0] == both[1]:
            return Style(reverse=not bold or None, bold=bold or None)
        return Style(color=both[0], bgcolor=both[1], bold=bold or None)

    return {
        "": Style(),
        "strong": Style(bold=True),
        "dim": Style(dim=True) if colours.ansi and name != WITHOUT_COLOUR else letters(colours.dim),
        "head": letters(colours.head, bold=True),
        "good": letters(colours.good),
        "warn": letters(colours.warn),
        "bad": letters(colours.bad, bold=True),
        "key": letters(colours.key, bold=True),
        "here": pair(colours.here, bold=True),
        "cursor": pair(colours.cursor),
    }


LOOKS: Mapping[str, Mapping[str, Style]] = {name: _styles(name) for name in COLOURS}
"""By theme: what is added to a widget's own colours for each kind of piece (``widgets.lines.Piece``)."""

DRAWN = LOOKS[NAME]
"""The styles of the usual theme; the others have the same names."""


def textual_theme(name: str) -> Theme:
    """The theme as Textual wants it, for the stylesheet."""
    colours = COLOURS[name]

    def named(colour: str) -> str:
        return f"ansi_{colour}" if colours.ansi else colour

    cursor = colours.here if colours.ansi else (colours.ground, colours.letters)
    return Theme(
        name=name,
        ansi=colours.ansi,
        primary=named(colours.head),
        secondary=named(colours.good),
        accent=named(colours.key),
        foreground=named(colours.letters),
        background=named(colours.ground),
        surface=named(colours.ground),
        panel=named(colours.panel),
        boost=named(colours.panel),
        success=named(colours.good),
        warning=named(colours.warn),
        error=named(colours.bad),
        dark=colours.dark,
        variables={
            "field": named(colours.field),
            "field-here": named(colours.cursor[1]),
            "field-letters": named(colours.cursor[0]),
            "input-cursor-foreground": named(cursor[0]),
            "input-cursor-background": named(cursor[1]),
            "input-cursor-text-style": "reverse" if colours.ansi else "none",
            "input-selection-foreground": named(colours.cursor[0]),
            "input-selection-background": named(colours.cursor[1]),
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
        },
    )
