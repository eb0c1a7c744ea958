"""``planner config``: the settings of the screen as a file to begin with, and what is wrong with the present one."""

from argparse import Namespace

from planner.cli.answer import UNUSABLE, Answer
from planner.cli.arguments import Parser
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """``planner config`` has no arguments of its own."""


def run(args: Namespace) -> Answer:
    """Every setting and every key as a commented file; where it belongs and the faults of what is there, as notes."""
    from planner.tui.cheatsheet import settings_file
    from planner.tui.settings import gather, place

    file = place()
    faults = gather({}, file)[1]
    where = _("{file} is read when the screen opens") if file.exists() else _("write it to {file} to have it read")
    return Answer(settings_file(), notes=(where.format(file=file), *faults), code=UNUSABLE if faults else 0)
