"""How the application ends: by a key, by a signal, or by a fault of its own; what was typed is kept in each case."""

import asyncio
import signal
import sys

from rich.segment import Segments

from planner.text import crash
from planner.text.i18n import _
from planner.tui.typeahead import TypeAhead


class Ending(TypeAhead):
    """An app whose screens may have ``rescue()``, which keeps what was typed, and ``leave(then)``, which asks first."""

    def heed_signals(self) -> None:
        """From now on a dropped line or a request to end loses nothing, and a failing task tells no text of a plan."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(crash.of_a_task)
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self._on_signal, number)

    def _on_signal(self, number: int) -> None:
        """The line dropped, or somebody ends us: keep what was typed, give the terminal back."""
        self.rescue()
        self.exit(return_code=128 + number)

    def terminal_lost(self) -> None:
        self._on_signal(signal.SIGHUP)

    def rescue(self) -> bool:
        """Keep what was typed, the uppermost screen first; whether something is left for the next session."""
        keeps = [keep for screen in reversed(self.screen_stack) if (keep := getattr(screen, "rescue", None))]
        kept = [keep() for keep in keeps]
        return any(kept)

    def _fatal_error(self) -> None:
        # Textual's version prints the message and local variables, which are a client's data.
        from rich.text import Text

        kept = self.rescue()
        error = sys.exc_info()[1] or self._exception
        words = [crash.report(error)] if error is not None else []
        words.append(_("The planner has stopped because of a fault of its own, not of the plan's."))
        if kept:
            words.append(_("Edits that were not saved are kept: open the plan again, and it asks for them."))
        self._exit_renderables.append(Segments(self.console.render(Text("\n".join(words)), self.console.options)))
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        # Textual lets some exceptions draw themselves, with what they hold.
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._fatal_error()

    async def action_leave(self) -> None:
        """Quit, through the plan that has something to save."""
        for screen in reversed(self.screen_stack):
            leave = getattr(screen, "leave", None)
            if leave is not None:
                leave(self.exit)
                return
        self.exit()
