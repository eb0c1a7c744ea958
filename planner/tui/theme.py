"""The look: few colours, chosen to survive 16-colour terminals; every meaning is also in the text."""

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
        "dim": "#8a8a8a",
        "input-cursor-background": "#d0d0d0",
        "input-cursor-foreground": "#121212",
        "input-selection-background": "#5f87d7",
    },
)
