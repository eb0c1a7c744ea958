"""The command line's grammar: argparse with faults in one line and kinds of value that say what they want."""

import argparse
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from planner.cli.answer import Failure, fault
from planner.model.problem import nearest
from planner.text.clean import one_line
from planner.text.i18n import LANGUAGES, _, listed
from planner.text.width import width


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or _("usage: "))

    def _format_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any) -> str:
        # argparse counts characters: further lines would stand too far to the left of the wide ones.
        wider = width(prefix) - len(prefix)
        self._width -= wider
        text = super()._format_usage(usage, actions, groups, prefix)
        self._width += wider
        return text.replace("\n ", "\n " + " " * wider)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:  # laid out already
            return "\n".join(f"{indent}{line}" for line in text.split("\n"))
        return super()._fill_text(text, width, indent)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises Failure instead of printing usage and leaving."""

    def __init__(self, prog: str, description: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
            formatter_class=_Help,
        )
        self._positionals.title = _("what to give")
        self._optionals.title = _("options")
        self.add_argument("-h", "--help", action="store_true", help=_("show this help"))
        self.add_argument("--lang", type=choice(LANGUAGES), help=_("language of the interface: en or zh"))
        self.add_argument("--templates", metavar="DIR", help=_("a folder of templates to add to the planner's own"))

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """``words`` as values. Raises Failure for anything that does not fit."""
        try:
            values, unknown = self.parse_known_args(words)
        except argparse.ArgumentError as error:
            raise Failure(self._wrong(error.message, error.argument_name)) from None
        if unknown:
            raise Failure(self._unknown(unknown[0]))
        return values

    def error(self, message: str) -> NoReturn:
        """Called by argparse (before 3.13) when an argument is missing."""
        raise Failure(self._wrong(message))

    def _wrong(self, message: str, argument: str | None = None) -> str:
        """The line for a fault that argparse found; it says in English only what is reworded here."""
        missing = message.partition("arguments are required: ")[2]
        if missing:
            return fault(_("missing: {names}").format(names=missing), self.see_help())
        if message.startswith("expected "):
            message = fault(_("a value is missing"), self.see_help())
        return f"{argument}: {message}" if argument else message

    def _unknown(self, word: str) -> str:
        shown = one_line(word)
        if word.startswith("-"):
            options = [action.option_strings[-1] for action in self._actions if action.option_strings]
            return fault(
                _("there is no option {option}").format(option=shown), nearest(word.partition("=")[0], options)
            )
        return fault(_("{word!r} is one argument too many").format(word=shown), self.see_help())

    def see_help(self) -> str:
        """What to do about a command that is not understood."""
        return _("see {command}").format(command=f"{self.prog} --help")


THEMES = ("planner", "light", "contrast", "ansi")
"""The names of the themes; importing them takes longer than asking for help may."""

OPENING = ("theme", "low_bandwidth", "ascii", "frugal", "mouse")
"""What can be asked for when the screen is opened; None is not asked."""


def opening(parser: Parser) -> None:
    """Add the options for opening the screen, each in the result as in ``OPENING``."""
    themes = _("colours of the screen: {names}").format(names=listed(THEMES))
    parser.add_argument("--theme", metavar="NAME", type=choice(THEMES), help=themes)
    little = _("send as little as possible; so it is over SSH, unless --full-bandwidth")
    parser.add_argument("--low-bandwidth", action="store_true", default=None, help=little)
    parser.add_argument("--full-bandwidth", dest="low_bandwidth", action="store_false", default=None)
    parser.add_argument("--ascii", action="store_true", default=None, help=_("draw the screen with ASCII signs only"))
    mouse = _("clicks go to the planner; without it the terminal selects text with the mouse")
    parser.add_argument("--mouse", action="store_true", default=None, help=mouse)
    regions = _("send whole regions to the terminal, as other programs do")
    parser.add_argument("--no-frugal", dest="frugal", action="store_false", default=None, help=regions)


def plan_file(parser: Parser) -> None:
    """Add the argument FILE, a plan file to read."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the plan file"))


def over_open(parser: Parser) -> None:
    """Add the option --even-if-open of commands that write the plan."""
    parser.add_argument(
        "--even-if-open",
        action="store_true",
        help=_("write although somebody has the plan open; that session will notice, and merge"),
    )


def as_json(parser: Parser) -> None:
    """Add the option --json."""
    parser.add_argument("--json", action="store_true", help=_("answer with one JSON document"))


def choice(valid: Collection[str]) -> Callable[[str], str]:
    """A kind of value: one of ``valid``."""

    def read(word: str) -> str:
        if word not in valid:
            raise argparse.ArgumentTypeError(
                fault(_("{word!r} is not known").format(word=one_line(word)), nearest(word, valid))
            )
        return word

    return read


def whole(least: int) -> Callable[[str], int]:
    """A kind of value: a whole number of at least ``least``."""

    def read(word: str) -> int:
        if not (word.isascii() and word.isdecimal()) or len(word) > 9 or int(word) < least:
            raise argparse.ArgumentTypeError(
                fault(
                    _("{word!r} does not fit").format(word=one_line(word)),
                    _("give a whole number from {least}").format(least=least),
                )
            )
        return int(word)

    return read


def seconds(word: str) -> float:
    """A kind of value: a time limit of more than 0 seconds, at most a day."""
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if not 0 < value <= 86400:
        raise argparse.ArgumentTypeError(
            fault(_("{word!r} does not fit").format(word=one_line(word)), _("give seconds, such as 10"))
        )
    return value


def day(word: str) -> date:
    """A kind of value: a date, written YYYY-MM-DD, between 2000 and 2100."""
    try:
        value = date.fromisoformat(word)
    except ValueError:
        value = date.min
    if not 2000 <= value.year <= 2100 or word != value.isoformat():
        raise argparse.ArgumentTypeError(
            fault(
                _("{word!r} is no date between 2000 and 2100").format(word=one_line(word)),
                _("write it such as 2027-01-04"),
            )
        )
    return value
