"""The application: how it starts, how it ends, and what is the same on every screen."""

import gc
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.events import Event, Key, Paste, Resize
from textual.geometry import Size
from textual.screen import ModalScreen, Screen

from planner.text.clean import one_line
from planner.text.i18n import _, ngettext
from planner.text.width import cut
from planner.tui import glyphs, theme
from planner.tui.ending import Ending
from planner.tui.everywhere import KEYS
from planner.tui.keynames import action_name, key_name
from planner.tui.settings import Settings, place, remember

if TYPE_CHECKING:
    from planner.rollout.found import Session
    from planner.tui.exporting.wish import Wish
    from planner.tui.reviewing import Reviewer

USUAL_COLLECTIONS = (700, 10, 10)
"""How Python looks for garbage by itself; ``planner.__main__`` lets it look less often while everything starts."""

SETTLED = 3.0
"""Seconds after which all is loaded that the first keys need, and the first plan is judged."""

SHORT_TURNS = 0.0005
"""Seconds that work in a background thread may keep the interface from its turn; Python's own 5 ms, several times for
each key, would be felt.
"""

UNSAID = frozenset({"left", "right", "up", "down", "shift+tab"})
"""Keys whose answer is seen: where they lead nowhere the cursor stays."""

MADE_FOR = Size(80, 24)
"""The smallest screen on which everything has its room, in cells."""


def run(path: Path | None, settings: Settings, notes: Sequence[str] = (), *, reviewer: "Reviewer | None" = None) -> int:
    """Open the interface on a folder of plans or on one plan; the exit code. ``notes`` are told on the first screen.

    With a ``reviewer`` plans are opened to be reviewed by them, and files stay as they are.

    A plan that cannot be read is told on standard error, line by line, with exit code 2, and so is a
    locale whose letters the interface cannot use.
    """
    if (sys.stdout.encoding or "").lower().replace("-", "") not in ("utf8", "gb18030", "gbk"):
        wrong = _("the locale is not UTF-8 — set LC_ALL, for example to C.UTF-8")
        print(f"planner: {wrong}", file=sys.stderr)
        return 2
    path = path if path is not None else default_folder()
    if path.is_dir():
        app = PlannerApp(path, settings=settings, notes=notes, reviewer=reviewer)
    else:
        from planner.store.load import PlanUnreadable
        from planner.tui.opening import plan_or_what_was_left

        try:
            first = plan_or_what_was_left(path, reviewer)
        except PlanUnreadable as error:
            for fault in error.faults:
                print(f"planner: {fault}", file=sys.stderr)
            return 2
        app = PlannerApp(path.parent, first, settings, notes, reviewer)
    sys.setswitchinterval(SHORT_TURNS)
    app.run(mouse=settings.mouse)
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


def settle() -> None:
    """Look for garbage as usual from now on, but not in what is there: it stays, and the first keys would feel it."""
    gc.freeze()
    gc.set_threshold(*USUAL_COLLECTIONS)


def _small(size: Size) -> bool:
    return size.width < MADE_FOR.width or size.height < MADE_FOR.height


class PlannerApp(Ending):
    """Screens over one folder of plans; ``first`` is the plan to open at once."""

    TITLE = "planner"
    CSS_PATH = "planner.tcss"
    ENABLE_COMMAND_PALETTE = False  # our own palette takes names literally and repaints only itself
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(
        self,
        folder: Path,
        first: Screen[None] | None = None,
        settings: Settings | None = None,
        notes: Sequence[str] = (),
        reviewer: "Reviewer | None" = None,
    ) -> None:
        self.reviewer = reviewer
        """Who reviews the plans; None for somebody who works on them."""
        self.settings = settings or Settings()
        # NO_COLOR is honoured to the letter only by a theme of no colours at all.
        name = theme.WITHOUT_COLOUR if "NO_COLOR" in os.environ else self.settings.theme
        super().__init__(ansi_color=theme.COLOURS[name].ansi)
        for each in theme.COLOURS:
            self.register_theme(theme.textual_theme(each))
        # Set as a watched value the theme would have the stylesheet parsed a second time before the first frame.
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())
        glyphs.use(self.settings.ascii)
        self.notes = tuple(notes)
        self.recent: list[str] = []
        """What was chosen in the palette, the last first."""
        self.sessions: dict[Path, Session] = {}
        """The roadmaps found of each plan that was open."""
        self.exports: dict[Path, Wish] = {}
        """What was chosen to be handed over of each plan."""
        self.imports: dict[Path, str] = {}
        """The file from which something was taken into each plan."""
        self._told_size = Size()
        self._greeted = False
        self.animation_level = "none"
        self.folder = folder
        self._first = first

    def get_default_screen(self) -> Screen[None]:
        """The plan asked for, else the list of plans: painting nothing before it saves a repaint."""
        if self._first is not None:
            return self._first
        from planner.tui.plans.screen import PlansScreen

        return PlansScreen(self.folder)

    def on_mount(self) -> None:
        self.heed_signals()
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh())  # the shell has written on the screen
        if self.settings.keys:
            self.set_keymap(dict(self.settings.keys))

    def on_ready(self) -> None:
        self._greeted = True
        if self._wide:
            self._draw_with(plain=True)  # some of it was drawn before the terminal answered
        self.set_timer(SETTLED, settle)
        if self.notes:
            more = ngettext(
                "{first} ({n} more: planner config)", "{first} ({n} more: planner config)", len(self.notes) - 1
            )
            self.tell(more.format(first=self.notes[0], n=len(self.notes) - 1) if self.notes[1:] else self.notes[0])

    def on_resize(self, event: Resize) -> None:
        """Say it when the window has become smaller than what the screens are made for."""
        size, before = event.size, self._told_size
        self._told_size = size
        if _small(size) and not (_small(before) and before):
            words = _("{now}: made for {least} and more.")
            sizes = {"now": f"{size.width}x{size.height}", "least": f"{MADE_FOR.width}x{MADE_FOR.height}"}
            self.call_after_refresh(self.tell, words.format(**sizes))

    def tell(self, words: str, warn: bool = False) -> None:
        """Say something on the screen in view, ``warn`` a refusal: in its message line, or where its keys stand."""
        screen = self.screen
        say = getattr(screen, "say", None)
        if say is not None:
            say(words, warn=warn)
        else:
            from planner.tui.widgets.keybar import KeyBar

            for bar in screen.query(KeyBar):
                bar.tell(f"! {words}" if warn else words)

    def came_too_early(self) -> None:
        self.tell(_("A key typed before this came up is not an answer to it."))

    def choose_theme(self, name: str) -> None:
        """Draw in the theme ``name`` from now on."""
        self.ansi_color = theme.COLOURS[name].ansi
        self.theme = name

    def keep_setting(self, name: str, value: str | bool) -> None:
        """Write a setting into the person's own file, and say so."""
        file = place()
        try:
            remember(file, name, value)
        except (OSError, ValueError) as error:
            self.tell(_("Not remembered: {file} cannot be written ({why}).").format(file=file.name, why=error))
        else:
            self.tell(_("Remembered in {file}.").format(file=file.name))

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or the palette asks for, unless the screen says why this person may not."""
        refused = getattr(self.screen, "refused", None)
        if refused and isinstance(action, str) and (words := refused(action_name(action))):
            self.tell(words, warn=True)
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def on_key(self, event: Key) -> None:
        """No key is silent: one that nothing answers to says so."""
        silent = event.key in UNSAID or isinstance(self.screen, ModalScreen)
        if not silent and event.key not in self.screen.active_bindings:
            words = _("{key} does nothing here; ? shows the keys that work.").format(key=key_name(event.key))
            self.tell(words, warn=True)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Paste) and not event.is_forwarded:
            event.text = one_line(event.text)  # a field draws what it holds, and sends it to the terminal as it is
        await super().on_event(event)

    def action_help(self) -> None:
        from planner.tui.screens.help import Help, help_for

        if not isinstance(self.screen, Help):
            self.push_screen(help_for(self.screen))

    def action_repaint(self) -> None:
        self.repaint_all()

    def action_suspend_process(self) -> None:
        """To the shell, with whatever has started us under it; without a shell nobody could bring us back.

        A shell gives each command a process group of its own. Where ours is that of the session's first process, sshd,
        a window or a container has started us.
        """
        if os.getsid(0) == os.getpgrp():
            self.tell(_("There is no shell here to go to."), warn=True)
            return
        with self.suspend():
            os.killpg(0, signal.SIGTSTP)

    def action_help_quit(self) -> None:
        """What ctrl+c does: many expect it to quit."""
        self.tell(_("q quits, ctrl+q from everywhere; y copies."))

    def action_palette(self) -> None:
        from planner.tui.screens.palette import open_palette

        open_palette(self.screen)

    def action_theme(self) -> None:
        """Choose a theme, and remember it."""
        if self.no_color:
            self.tell(_("NO_COLOR is set: there are no colours to choose from."))
            return
        from planner.tui.screens.themes import Themes

        self.push_screen(Themes(_("Theme")), lambda name: self.keep_setting("theme", name) if name else None)

    def action_ascii(self) -> None:
        """Draw with ASCII signs only, or with box characters again, and remember it."""
        plain = glyphs.glyphs() is not glyphs.ASCII
        self._draw_with(plain)
        self.keep_setting("ascii", plain)

    def _draw_with(self, plain: bool) -> None:
        """Draw again, with ASCII signs or with box characters."""
        glyphs.use(plain)
        if area := getattr(self.screen, "area", None):
            area.show(area.project)
        self.screen.query("*").refresh()

    def signs_are_wide(self) -> None:
        super().signs_are_wide()
        if glyphs.glyphs() is glyphs.ASCII:
            return
        words = _("Drawn with ASCII signs: this terminal gives box characters two cells.")
        if self._greeted:
            self._draw_with(plain=True)
            self.tell(words)
        else:
            glyphs.use(True)
            self.notes = (words, *self.notes)

    def action_labels(self) -> None:
        from planner.tui.screens.jump import Jump, place_keys, targets

        if found := targets(self.screen):
            self.push_screen(Jump(found, place_keys(self.screen)))

    def action_copy(self) -> None:
        from planner.tui.copying import under_cursor

        if text := under_cursor(self.screen):
            self.copy_to_clipboard(text)
            self.tell(_("Copied: {text}").format(text=cut(text.partition("\n")[0], 50)))
        else:
            self.tell(_("There is nothing to copy here."))
