"""What is told of a fault of the planner itself: its kind and where in the code it happened, no text of a plan.

The message of an exception is left out: ``KeyError('Lantern Retail')`` names the client. So are source lines, local
variables and what other programs' handlers would print.
"""

import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

_HOME = Path(__file__).resolve().parents[2]


def kind(error: BaseException) -> str:
    """What kind of fault it is, one word."""
    return type(error).__name__


def place(error: BaseException) -> str:
    """File and line where it happened."""
    return next((f"{Path(file).name}:{line}" for file, line, _name in reversed([*_frames(error)])), "?")


def report(error: BaseException) -> str:
    """The fault and those that led to it, the first one first: kinds, places, versions. Lines to send to somebody."""
    from planner import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    lines = [f"planner {__version__}, Python {python}, {sys.platform}"]
    for each in reversed([*_chain(error)]):
        lines += [kind(each), *(f"    {file}:{line} {name}" for file, line, name in _frames(each))]
    return "\n".join(lines) + "\n"


def keep_quiet() -> None:
    """From now on nothing that Python prints by itself of a fault, in whatever thread, holds more than ``report``."""
    sys.excepthook = lambda _kind, error, _where: _tell(error)
    threading.excepthook = lambda args: _tell(args.exc_value)
    sys.unraisablehook = lambda args: _tell(args.exc_value)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def of_a_task(_loop: object, context: Mapping[str, object]) -> None:
    """What an event loop tells of a task that failed unseen; Python would print its message."""
    error = context.get("exception")
    _tell(error if isinstance(error, BaseException) else None)


def _tell(error: BaseException | None) -> None:
    if error is not None and sys.stderr is not None:
        print(report(error), end="", file=sys.stderr)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The fault, what it was raised from, and the members of a group; each once."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__context__, each.__cause__, getattr(each, "error", None)]  # Textual's failed workers
        waiting = [one for one in waiting if isinstance(one, BaseException)]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions


def _frames(error: BaseException) -> Iterator[tuple[str, int, str]]:
    """File, line and function of each frame; files of the planner from its folder, others by their last two names."""
    where: TracebackType | None = error.__traceback__
    while where is not None:
        path = Path(where.tb_frame.f_code.co_filename)
        short = path.relative_to(_HOME) if path.is_relative_to(_HOME) else Path(*path.parts[-2:])
        yield str(short), where.tb_lineno, where.tb_frame.f_code.co_name
        where = where.tb_next
