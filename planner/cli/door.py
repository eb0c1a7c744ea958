"""``planner door``: all that a review account may do; what OpenSSH runs for it whatever it asks for.

Read docs/ssh.md first. The client's command comes in ``SSH_ORIGINAL_COMMAND``. It is taken apart here and never given
to a shell; a name in it is looked up among the plans that stand in one folder and never becomes a path.
"""

import importlib
import os
import shlex
import stat
from argparse import Namespace
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import cast

from planner.cli import door_guard
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser
from planner.cli.layout import page, paragraph, table
from planner.cli.main import COMMANDS, Command
from planner.cli.plan import read, shown, use_templates
from planner.cli.review import can_draw, missing_letters, screen, text
from planner.model.problem import nearest
from planner.model.remarks import LONGEST_NAME
from planner.store.beside import keep_away
from planner.text.clean import clean, one_line
from planner.text.i18n import LANGUAGES, _, from_environment, listed, use

ASKED = "SSH_ORIGINAL_COMMAND"
"""The variable in which sshd says what the client asked for."""

LONGEST = 1_000
"""Characters of the longest command that is looked at."""

READING: Mapping[str, tuple[str, frozenset[str]]] = {
    "assess": ("file", frozenset({"--report", "--pains", "--core", "--json"})),
    "check": ("file", frozenset({"--all", "--explain", "--json"})),
    "diff": ("files", frozenset({"--baseline", "--json"})),
    "explain": ("file", frozenset({"--json"})),
    "show": ("file", frozenset({"--section"})),
    "verify": ("file", frozenset({"--json"})),
}
"""The commands that may be asked for, which of their arguments names plans, and their options: none that writes, reads
another file, or searches for long.
"""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner door``."""
    parser.add_argument("folder", metavar="DIR", type=Path, help=_("the folder with the plans that may be read"))
    parser.add_argument(
        "--reviews", metavar="DIR", type=Path, help=_("where remarks are kept (default: none are taken)")
    )
    parser.add_argument("--as", metavar="NAME", dest="name", default="", help=_("who the remarks are by"))


def run(args: Namespace) -> Answer:
    """Do what the client asked for, or show the plans. Raises Failure with one sentence for all that is refused."""
    folder, reviews = _folder(args.folder), _folder(args.reviews) if args.reviews else None
    name = one_line(args.name)[:LONGEST_NAME]
    asked = os.environ.get(ASKED, "")
    home = reviews / ".planner" / sha256(name.encode()).hexdigest()[:16] if reviews else None
    os.umask(0o027)
    door_guard.forget(os.environ, home)
    use(args.lang or from_environment())
    use_templates(args.templates or "")
    os.chdir(folder)
    keep_away()
    door_guard.shut([folder], [reviews] if reviews else [])
    return answer_to(words(asked), folder, reviews, name)


def answer_to(asked: Sequence[str], folder: Path, reviews: Path | None, name: str) -> Answer:
    """What the words of a client's command answer. Raises Failure."""
    verb, *rest = asked or ("review",)
    if verb == "list":
        _given(verb, rest, lambda _parser: None)
        return Answer(_list(folder))
    if verb == "review":
        asked_for = _given(verb, rest, lambda parser: parser.add_argument("file", nargs="?")).file
        plan = _plan(folder, asked_for) if asked_for is not None else Path()
        if can_draw():
            return screen(folder / plan, name, folder=reviews, remarks=reviews is not None)
        shown_as_text = text(read(plan).project) if asked_for is not None else _list(folder)
        return Answer(shown_as_text, notes=missing_letters())
    if verb not in READING or verb not in COMMANDS:
        raise Failure(fault(_("this account may not do {what!r}").format(what=_short(verb)), _usage()))
    return _read(verb, rest, folder)


def words(asked: str) -> list[str]:
    """The words of a client's command, without ``planner`` before them and with no path among them. Raises Failure."""
    if len(asked) > LONGEST:
        raise Failure(fault(_("the command is longer than {n} characters").format(n=LONGEST), _usage()))
    if asked != clean(asked) or not asked.isprintable():
        raise Failure(fault(_("the command holds signs that cannot be typed"), _usage()))
    try:
        found = shlex.split(asked)
    except ValueError:
        raise Failure(fault(_("the command has a quote without its other half"), _usage())) from None
    if found[:1] == ["planner"]:
        del found[0]
    if any("/" in word or "\\" in word for word in found):
        raise Failure(fault(_("a plan is asked for by its name alone, without a folder"), _usage()))
    return found


def plans(folder: Path) -> dict[str, Path]:
    """The plans of the folder that may be opened, by file name: ordinary files that are there, not linked from
    elsewhere.
    """
    from planner.store.fault import PlanUnreadable
    from planner.store.listing import listing

    real = os.path.realpath(folder)
    try:
        return {path.name: path for path in listing(folder) if _stays(path, real) and not path.name.startswith("-")}
    except PlanUnreadable as error:
        raise Failure(*map(str, error.faults)) from None


def _stays(path: Path, folder: str) -> bool:
    """Whether what is read under ``path`` is an ordinary file that stands in ``folder`` itself."""
    real = Path(os.path.realpath(path))
    try:
        return str(real.parent) == folder and stat.S_ISREG(real.stat().st_mode)
    except OSError:
        return False


def _plan(folder: Path, name: str) -> Path:
    """The plan called ``name``, with or without ``.toml``. Raises Failure when there is none."""
    found = plans(folder)
    for each in (name, f"{name}.toml"):
        if each in found:
            return Path(each)  # messages name the file, not where it stands
    wrong = _("there is no plan {name!r} here").format(name=_short(name))
    raise Failure(fault(wrong, nearest(name, [path.stem for path in found.values()])))


def _read(verb: str, rest: Sequence[str], folder: Path) -> Answer:
    """The answer of a command that only reads."""
    argument, options = READING[verb]
    command = cast(Command, importlib.import_module(f"planner.cli.{verb}"))
    given = _given(verb, rest, command.configure, options)
    named = getattr(given, argument)
    opened = [str(_plan(folder, str(name))) for name in named] if isinstance(named, list) else _plan(folder, str(named))
    setattr(given, argument, opened)
    return command.run(given)


def _given(
    verb: str, rest: Sequence[str], configure: Callable[[Parser], object], options: Collection[str] = ()
) -> Namespace:
    """What follows the verb, of which no option is taken but ``options`` and that for the language. Raises Failure."""
    may = sorted((*options, "--lang"))
    for word in rest:
        option = word.partition("=")[0]
        if word.startswith("-") and option not in may:
            wrong = _("this account may not use {option} with {verb}").format(option=_short(option), verb=verb)
            raise Failure(fault(wrong, _("it may use {options}").format(options=listed(may))))
    parser = _Parser(f"planner {verb}")
    configure(parser)
    given = parser.read(rest)
    if given.lang in LANGUAGES:
        use(given.lang)
    return given


class _Parser(Parser):
    """One that knows that there is no help to be had at the door."""

    def see_help(self) -> str:
        return _usage()


def _list(folder: Path) -> str:
    """The plans and how to ask for one, as text."""
    from planner.store.listing import headers

    found = plans(folder)
    rows = [
        (one_line(path.stem), one_line(header.name), one_line(header.client))
        for header in headers(folder)
        if (path := found.get(header.path.name))
    ]
    if not rows:
        return page([_("There are no plans here.")])
    return page(
        [
            table((_("plan"), _("name"), _("client")), rows),
            paragraph(_("On the screen, to read and to remark: ssh -t HOST, or ssh -t HOST review PLAN.")),
            paragraph(_("As text: ssh HOST show PLAN; {usage}.").format(usage=_usage())),
        ]
    )


def _usage() -> str:
    """What may be asked for."""
    return _("it may ask for {verbs}, each with the name of a plan, or for list").format(
        verbs=listed(("review", *sorted(set(READING) & set(COMMANDS))))
    )


def _folder(path: Path) -> Path:
    """``path`` as it is after links. Raises Failure when it is no folder, or not for this account."""
    real = Path(os.path.realpath(path))
    if not os.access(real, os.X_OK) or not real.is_dir():
        wrong = _("this account has no folder {name}").format(name=shown(path))
        raise Failure(fault(wrong, _("whoever set it up should see docs/ssh.md")))
    if not os.access(real, os.R_OK):
        wrong = _("this account may not read the folder {name}").format(name=shown(path))
        raise Failure(fault(wrong, _("whoever set it up should see docs/ssh.md")))
    return real


def _short(word: str) -> str:
    return one_line(word)[:LONGEST_NAME]
