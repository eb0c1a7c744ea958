"""Jump labels: a letter over every row and pane; typing it goes there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from string import ascii_lowercase, ascii_uppercase
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, Key
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from planner.text.i18n import N_
from planner.tui.keynames import action_name
from planner.tui.widgets.lines import Drawn, Piece, Pieces

LETTERS = "fjkshluietynmcbxpqz"
"""Letters of labels, the easiest to reach first, but those that lead to a place anyway."""

WIDE = 2
"""Cells of a label: as many as a list keeps free for its cursor."""


class Target(NamedTuple):
    """A widget to go to, and the cell of the screen where its label stands; ``chooses``: a click there does more than
    give the widget the keyboard."""

    widget: Widget
    x: int
    y: int
    chooses: bool


def targets(screen: Screen[object]) -> list[Target]:
    """Whatever on ``screen`` can take the keyboard or the cursor, from the top down."""
    found = []
    for widget in screen.focus_chain:
        seen = widget.region.intersection(screen.region)
        spots = widget.spots() if isinstance(widget, Drawn) else []
        places = [widget.region.offset + Offset(*spot) for spot in spots]
        within = [Target(widget, place.x, place.y, True) for place in places if seen.contains_point(place)]
        if within:
            found += within
        elif seen:
            found.append(Target(widget, seen.x, seen.y, False))
    return found


def labels(count: int, taken: Sequence[str]) -> list[str]:
    """So many labels: single letters while they last, else two letters each; none begins with a key in ``taken``."""
    free = [letter for letter in (*LETTERS, *ascii_uppercase) if letter not in taken]
    if count <= len(free):
        return free[:count]
    pairs = ("".join(pair) for pair in product(free, [*LETTERS, *ascii_lowercase]))
    return list(dict.fromkeys(pairs))[:count]


class Strip(Drawn):
    """Labels one below the other."""

    def __init__(self, rows: Sequence[tuple[Target, str]]) -> None:
        super().__init__()
        first = rows[0][0]
        self.rows = [label for _target, label in rows]
        self.styles.position = "absolute"
        self.styles.offset = (first.x, first.y)
        self.styles.width = WIDE
        self.styles.height = len(rows)

    def draw_line(self, y: int, cells: int) -> tuple[Pieces, str]:
        typed = self.screen.typed if isinstance(self.screen, Jump) else ""
        label = self.rows[y] if y < len(self.rows) else ""
        return [Piece(label.ljust(cells), "here" if label.startswith(typed) else "dim")], ""


def strips(found: Mapping[str, Target]) -> Iterator[list[tuple[Target, str]]]:
    """The labels in runs of lines without a gap, each run of one column."""
    run: list[tuple[Target, str]] = []
    for label, target in sorted(found.items(), key=lambda entry: (entry[1].x, entry[1].y)):
        if run and (run[-1][0].x, run[-1][0].y + 1) != (target.x, target.y):
            yield run
            run = []
        run.append((target, label))
    if run:
        yield run


class Jump(ModalScreen[Target | None]):
    """Goes to what is typed; a key that is no label does what it does without labels."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("back"), id="jump.back", tooltip=N_("Stay where you were"))
    ]

    def __init__(self, found: Sequence[Target], taken: Sequence[str] = ()) -> None:
        super().__init__()
        self.typed = ""
        self.found = dict(zip(labels(len(found), taken), found, strict=False))

    def compose(self) -> ComposeResult:
        for run in strips(self.found):
            yield Strip(run)

    def on_key(self, event: Key) -> None:
        if event.key == "escape":
            return
        event.stop()
        self.typed += event.character or " "
        if self.typed in self.found:
            target = self.found[self.typed]
            self.dismiss(None)
            go(target)
        elif any(label.startswith(self.typed) for label in self.found):
            self.query(Strip).refresh()
        else:
            self.dismiss(None)
            self.app.simulate_key(event.key)

    def action_back(self) -> None:
        self.dismiss(None)


def go(target: Target) -> None:
    """Give the keyboard to what was jumped to, and choose what a click there would choose."""
    widget, x, y, chooses = target
    widget.focus()
    if chooses and isinstance(widget, Drawn):
        here = Offset(x, y) - widget.region.offset
        widget.call_later(widget.on_click, Click(widget, here.x, here.y, 0, 0, 1, False, False, False, x, y))


def place_keys(screen: Screen[object]) -> list[str]:
    """The keys that lead to places, which their line shows already."""
    return [key for key, active in screen.active_bindings.items() if action_name(active.binding.action) == "area"]
