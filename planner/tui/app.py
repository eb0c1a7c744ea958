"""The application: how it starts, how it ends, and what is the same on every screen."""

import asyncio
import gc
import os
import signal
import sys
from pathlib import Path
from typing import ClassVar

from rich.segment import Segments
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from planner.text.i18n import N_, _
from planner.tui import theme
from planner.tui.typeahead import TypeAhead

USUAL_COLLECTIONS = (700, 10, 10)
"""How Python looks for garbage by itself; ``planner.__main__`` lets it look less often while everything starts."""


def run(path: Path | None) -> int:
    """Open the interface on a folder of plans or on one plan; the exit code.

    A plan that cannot be read is told on standard error, line by line, with exit code 2, and so is a
    locale whose letters the interface cannot use.
    """
    if (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "gb18030", "gbk"):
        wrong = _("the locale is not UTF-8 — set LC_ALL, for example to C.UTF-8")
        print(f"planner: {wrong}", file=sys.stderr)
        return 2
    path = path if path is not None else default_folder()
    if path.is_dir():
        app = PlannerApp(path)
    else:
        from planner.catalog.ids import process_ids
        from planner.store.load import PlanUnreadable, load

        try:
            loaded = load(path, process_ids())
        except PlanUnreadable as error:
            for fault in error.faults:
                print(f"planner: {fault}", file=sys.stderr)
            return 2
        from planner.tui.screens.plan import PlanScreen

        app = PlannerApp(path.parent, PlanScreen(loaded))
    app.run(mouse=False)
    if app.return_code == 128 + signal.SIGHUP:
        _stop_writing()
    return app.return_code or 0


def _stop_writing() -> None:
    """The terminal is gone: what Python still flushes at its end goes nowhere, rather than fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def default_folder() -> Path:
    """``projects`` in the current folder if there is one, else the user's own data folder."""
    here = Path("projects")
    if here.is_dir():
        return here
    from platformdirs import user_data_path

    folder = user_data_path("itsm-planner")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class PlannerApp(TypeAhead):
    """Screens over one folder of plans; ``first`` is the plan to open at once."""

    TITLE = "planner"
    CSS_PATH = "planner.tcss"
    ENABLE_COMMAND_PALETTE = False  # our own palette takes names literally and repaints only itself
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", N_("help"), tooltip=N_("Help: the keys that work here")),
        Binding("colon,ctrl+p", "palette", N_("palette"), tooltip=N_("Palette: do or go to"), show=False),
        Binding("q", "leave", N_("quit"), tooltip=N_("Quit; asks when something is not saved")),
        Binding("ctrl+q", "leave", N_("quit"), show=False, priority=True),
    ]

    def __init__(self, folder: Path, first: Screen[None] | None = None) -> None:
        # NO_COLOR is honoured to the letter only by the terminal's own colours.
        plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if plain else None)
        self.register_theme(theme.PLAIN)
        # Set as a watched value the theme would have the stylesheet parsed a second time before the first frame.
        self.set_reactive(App.theme, theme.WITHOUT_COLOUR if plain else theme.NAME)
        self.stylesheet.set_variables(self.get_css_variables())
        self.animation_level = "none"
        self.folder = folder
        self._first = first

    def get_default_screen(self) -> Screen[None]:
        """The plan asked for, else the list of plans: painting nothing before it saves a repaint."""
        if self._first is not None:
            return self._first
        from planner.tui.screens.plans import PlansScreen

        return PlansScreen(self.folder)

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._on_signal, number)

    def on_ready(self) -> None:
        gc.set_threshold(*USUAL_COLLECTIONS)

    def _on_signal(self, number: int) -> None:
        """The line dropped, or somebody ends us: keep what was typed, give the terminal back."""
        self.rescue()
        self.exit(return_code=128 + number)

    def rescue(self) -> list[Path]:
        """Write unsaved edits of open plans beside them; the files written."""
        kept = []
        for screen in self.screen_stack:
            keep = getattr(screen, "rescue", None)
            if keep is not None and (path := keep()) is not None:
                kept.append(path)
        return kept

    def _fatal_error(self) -> None:
        # Textual's version prints local variables, which are a client's data.
        from rich.console import Group
        from rich.text import Text
        from rich.traceback import Traceback

        kept = self.rescue()
        words = [Text(_("The planner has stopped because of a fault of its own, not of the plan's."))]
        words += [Text(_("Edits that were not saved are in {path}").format(path=path)) for path in kept]
        report = Group(Traceback(show_locals=False, width=100), *words)
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()

    def action_help(self) -> None:
        from planner.tui.screens.help import help_for

        self.push_screen(help_for(self.screen, getattr(self.screen, "legend", ())))

    def action_palette(self) -> None:
        from planner.tui.screens.palette import open_palette

        open_palette(self.screen)

    async def action_leave(self) -> None:
        """Quit, through the plan that has something to save."""
        for screen in reversed(self.screen_stack):
            leave = getattr(screen, "leave", None)
            if leave is not None:
                leave(self.exit)
                return
        self.exit()
