"""The front door: which command is meant, in which language, and what becomes of its answer."""

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, cast

from planner.catalog.folders import added
from planner.cli.answer import INTERNAL, INTERRUPTED, UNUSABLE, Answer, Failure, fault
from planner.cli.arguments import OPENING, THEMES, Parser, opening
from planner.cli.plan import catalogue, use_templates
from planner.cli.terminal import on_a_terminal, settle_letters
from planner.text import crash, i18n
from planner.text.clean import one_line
from planner.text.i18n import N_, _, listed

COMMANDS = {
    "new": N_("start a plan from a template"),
    "templates": N_("list the templates and strategies, or show one"),
    "assess": N_("maturity now, target and gap, by process and dimension"),
    "propose": N_("find a phased roadmap, and save it with --write"),
    "compare": N_("the strategies side by side, and what each wins and costs"),
    "explain": N_("why an item is where it is, and what stops it being earlier"),
    "repair": N_("what would make a roadmap possible where there is none, and apply it"),
    "risk": N_("how sure the dates of the saved roadmap are, by many runs with drawn lengths"),
    "check": N_("findings on the plan, worst first"),
    "progress": N_("what has begun and what is done; tell more of it with --write"),
    "replan": N_("the roadmap after what has happened, move by move"),
    "scenarios": N_("the plan and each of its what-ifs, side by side"),
    "diff": N_("what changed between two plans, or since a baseline"),
    "merge": N_("bring two people's plans together item by item, or fold reviews into a plan"),
    "git-setup": N_("let git merge and show plans item by item in a repository"),
    "verify": N_("judge the saved roadmap from its constraints alone"),
    "review": N_("read a plan, comment on it and decide at its gates; the plan itself stays as it is"),
    "show": N_("the plan as text"),
    "export": N_("the plan as slides, workbook, page, printed report, calendar, project file, tables"),
    "import": N_("take in work packages, levels or a schedule from CSV, XLSX or MSPDI; nothing is half taken in"),
    "refresh": N_("make work and dates anew after the facts were changed in an editor"),
    "crosswalk": N_("what a process is called in other bodies of terms, and its clauses"),
    "schema": N_("the JSON Schema of a plan file"),
    "backups": N_("what a plan was before it was saved over, and putting that back with --restore"),
    "fsck": N_("the health of every plan in a folder, worst first, and what to do about it"),
    "door": N_("what a review account may do over SSH, and nothing else (docs/ssh.md)"),
    "config": N_("the settings of the screen with all keys, to write into a file, and what is wrong with that file"),
}
"""Every subcommand and what it does; each is ``planner/cli/<name>.py``, with ``_`` for ``-``."""


_NOT_OURS = ("TEXTUAL", "TEXTUAL_DRIVER", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT")
"""Means of those who develop with Textual: to load other code, to open a connection, to write down what is shown."""


class Command(Protocol):
    """What the module of a subcommand has."""

    def configure(self, parser: Parser) -> None: ...
    def run(self, args: Namespace) -> Answer: ...


def run() -> None:
    """The entry point of the installed commands: runs and leaves with the exit code."""
    crash.keep_quiet()
    settle_letters()
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Run the command that ``argv`` asks for and return its exit code; never raises for a wrong input."""
    i18n.use(_language(argv))
    try:
        try:
            answer = answer_to(argv)
        except Failure as failure:
            answer = Answer(notes=failure.lines, code=UNUSABLE)
        return _deliver(answer)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # the last line of defence: a fault of the planner itself is told in words as well
        print(f"planner: {_own_fault(error)}", file=sys.stderr)
        if "PLANNER_DEBUG" in os.environ:
            print(crash.report(error), end="", file=sys.stderr)
        return INTERNAL


def _own_fault(error: Exception) -> str:
    """What went wrong inside the planner and where, without any text of the plan."""
    return fault(
        _("this is a fault of the planner ({kind} at {place}); nothing was written").format(
            kind=crash.kind(error), place=crash.place(error)
        ),
        _("please report it with the command you gave"),
    )


def answer_to(argv: Sequence[str]) -> Answer:
    """What the command that ``argv`` asks for answers. Raises Failure."""
    before, name, after = _split(argv)
    parser = Parser("planner")
    parser.add_argument("--version", action="store_true", help=_("show the version"))
    path = None
    if name not in COMMANDS:
        path = _path(name)
        opening(parser)
        before = [*before, *after]
    values = parser.read(before)
    if values.help:
        return Answer(_help())
    if values.version:
        from planner import __version__

        return Answer(f"planner {__version__}\n")
    use_templates(_asked(argv, "--templates") or os.environ.get("PLANNER_TEMPLATES", ""))
    if name not in COMMANDS:
        return _open(path, values)
    command = cast(Command, importlib.import_module(f"planner.cli.{name.replace('-', '_')}"))
    summary = _(COMMANDS[name])
    parser = Parser(f"planner {name}", _("{sentence}.").format(sentence=summary[:1].upper() + summary[1:]))
    command.configure(parser)
    if "-h" in after or "--help" in after:
        return Answer(parser.format_help())
    return command.run(parser.read(after))


def _split(argv: Sequence[str]) -> tuple[Sequence[str], str, Sequence[str]]:
    """Options before the first word that is none, that word, and what follows it."""
    index = 0
    while index < len(argv) and argv[index].startswith("-"):
        if argv[index] == "--":
            return argv[:index], "".join(argv[index + 1 : index + 2]), argv[index + 2 :]
        index += 2 if argv[index] in ("--lang", "--templates", "--theme") else 1
    return argv[:index], "".join(argv[index : index + 1]), argv[index + 1 :]


def _language(argv: Sequence[str]) -> str:
    """The language asked for by ``--lang``, else by the environment; needed before the rest can be read."""
    asked = _asked(argv, "--lang")
    return asked if asked in i18n.LANGUAGES else i18n.from_environment()


def _asked(argv: Sequence[str], option: str) -> str:
    """The value given to ``option`` in ``argv``, the last of several; empty when there is none.

    What follows ``--`` is no option: git gives names of files there, whatever they are.
    """
    asked = ""
    for index, word in enumerate(argv):
        if word == "--":
            break
        if word == option:
            asked = "".join(argv[index + 1 : index + 2])
        elif word.startswith(f"{option}="):
            asked = word.partition("=")[2]
    return asked


def _help() -> str:
    width = max(map(len, COMMANDS))
    commands = [f"  {name.ljust(width)}  {_(summary)}" for name, summary in COMMANDS.items()]
    return "\n".join(
        [
            _("planner [PATH]           open a folder of plans, or one plan, on the screen"),
            _("planner COMMAND ...      do one thing and print the answer"),
            "",
            _("commands:"),
            *commands,
            "",
            _("options:"),
            "  --theme NAME     " + _("colours of the screen: {names}").format(names=listed(THEMES)),
            "  --ascii          " + _("draw the screen with ASCII signs only"),
            "  --mouse          " + _("clicks go to the planner; without it the terminal selects text with the mouse"),
            "  --low-bandwidth  " + _("send as little as possible; so it is over SSH, unless --full-bandwidth"),
            "  --no-frugal      " + _("send whole regions to the terminal, as other programs do"),
            "  --lang en|zh     " + _("language of the interface (or set PLANNER_LANG)"),
            "  --templates DIR  " + _("a folder of templates to add to the planner's own (or set PLANNER_TEMPLATES)"),
            "  --version        " + _("show the version"),
            "  -h, --help       " + _("show this help; planner COMMAND --help tells about a command"),
            "",
        ]
    )


def _path(name: str) -> Path | None:
    """The file or folder ``name`` (none: the usual folder). Raises Failure when there is none of that name."""
    path = Path(name) if name else None
    if path is not None and not _exists(path) and not _was_left(path):
        from planner.model.rules import nearest

        if path.suffix == ".toml" or os.sep in name:
            wrong = _("there is no file or folder {name}").format(name=one_line(name))
            raise Failure(fault(wrong, _("check the path, or make one: planner new FILE --template ID")))
        wrong = _("there is no command, file or folder {name!r}").format(name=one_line(name))
        raise Failure(fault(wrong, nearest(name, COMMANDS)))
    return path


def _was_left(path: Path) -> bool:
    """Whether an ended session has left the plan in ``path``, of which there is no file, as it had it on the screen."""
    from planner.store.journals import left

    return path.suffix == ".toml" and bool(left(path))


def _open(path: Path | None, asked: Namespace) -> Answer:
    """Open the screen on ``path``."""
    if not on_a_terminal():
        raise Failure(
            fault(
                _("the screen needs a terminal that can draw"),
                _("start it in one, or print a plan with: planner show FILE"),
            )
        )
    if added():
        catalogue()  # templates that are damaged are told here, while there is a line to tell them on
    for name in _NOT_OURS:
        os.environ.pop(name, None)
    from planner.tui.app import run as run_screen
    from planner.tui.settings import gather, place

    return Answer(code=run_screen(path, *gather({name: getattr(asked, name) for name in OPENING}, place())))


def _exists(path: Path) -> bool:
    """Whether there is something at ``path`` that can be looked at."""
    try:
        return path.exists()
    except OSError:
        return False


def _deliver(answer: Answer) -> int:
    """Write the answer and return its exit code; who closes the pipe early has read enough."""
    try:
        if sys.stdout is not None:
            print(answer.text, end="", flush=True)
            if answer.data:
                sys.stdout.buffer.write(answer.data)
                sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        answer = Answer(notes=(fault(_("the answer cannot be written"), error.strerror or str(error)),), code=UNUSABLE)
        _silence()
    if sys.stderr is not None:
        with suppress(OSError):
            for note in answer.notes:
                print(f"planner: {one_line(note)}", file=sys.stderr)
    return answer.code


def _silence() -> None:
    """Send what is still buffered for standard output nowhere, so that leaving does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
