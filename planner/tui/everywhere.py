"""The keys that are the same on every screen."""

from textual.binding import Binding, BindingType

from planner.text.i18n import N_

KEYS: list[BindingType] = [
    Binding(
        "question_mark,f1",
        "help",
        N_("help"),
        id="app.help",
        tooltip=N_("Help: what has the keyboard, and the keys that work here"),
    ),
    Binding("colon,ctrl+p", "palette", N_("palette"), id="app.palette", tooltip=N_("Palette: do or go to"), show=False),
    Binding(
        "semicolon",
        "labels",
        N_("labels"),
        id="app.labels",
        tooltip=N_("Letters to jump anywhere on the screen"),
        show=False,
    ),
    Binding("y", "copy", N_("copy"), id="app.copy", tooltip=N_("Copy what is under the cursor"), show=False),
    Binding("q", "leave", N_("quit"), id="app.leave", tooltip=N_("Quit; asks when something is not saved")),
    Binding(
        "ctrl+q",
        "leave",
        N_("quit"),
        id="app.leave-always",
        tooltip=N_("Quit, from a dialog too"),
        show=False,
        priority=True,
    ),
    Binding(
        "ctrl+z",
        "suspend_process",
        N_("to the shell"),
        id="app.suspend",
        tooltip=N_("To the shell for a while; fg comes back"),
        show=False,
        priority=True,
    ),
    Binding(
        "ctrl+l",
        "repaint",
        N_("draw again"),
        id="app.repaint",
        tooltip=N_("Draw the whole screen again, when something else has written on it"),
        show=False,
        priority=True,
    ),
]
