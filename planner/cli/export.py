"""``planner export``: the plan as documents for those who receive it, or as data for another program."""

import signal
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import UNUSABLE, Answer, Failure, fault
from planner.cli.arguments import Parser, choice, day
from planner.cli.making import Telling
from planner.export.documents import (
    ALL,
    Document,
    NotWritten,
    documents,
    lacks,
    look_at,
    look_at_folder,
    make_folder,
    put,
    size,
    stem,
    whole,
)
from planner.export.formats import FORMATS, BadTemplate, MissingLibrary, NoRoadmap
from planner.export.handover import Handover, hand_over
from planner.export.template_file import load_template
from planner.export.theme import PLAIN, Theme
from planner.model.audience import AUDIENCES
from planner.model.problem import closest, nearest
from planner.text.clean import one_line
from planner.text.i18n import _, listed
from planner.text.width import fit, width


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner export``."""
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help=_("the plan file"))
    which = _("one or several formats, commas between, or all: see below")
    parser.add_argument("--format", metavar="F[,F...]", type=_formats, action="extend", help=which)
    where = _("the file to write (- is standard output); for several formats the folder for them")
    parser.add_argument("--out", metavar="PATH", help=where)
    reader = _("who is to read it: internal (all), or client (without notes, money, remarks and accepted findings)")
    parser.add_argument("--for", metavar="WHO", type=choice(AUDIENCES), default="internal", help=reader)
    known = _("the day on every page; otherwise the last one of which the plan says anything")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", type=day, help=known)
    look = _("your own colours, fonts, logo and choice of sections: a TOML file")
    parser.add_argument("--theme", metavar="T.toml", type=Path, help=look)
    own = _("a presentation of your own that the slides are put on")
    parser.add_argument("--template", metavar="DECK.pptx", type=Path, help=own)
    which = _("the table that csv holds, or all: a file of each; otherwise the work packages, and in a folder all")
    parser.add_argument("--table", metavar="NAME", default="", help=which)
    parser.add_argument("--theme-example", action="store_true", help=_("print a theme file to begin with"))
    cells = max(map(width, FORMATS))
    lines = [f"{fit(name, cells)}  {_(format.title)}" for name, format in FORMATS.items()]
    parser.add_argument_group(_("formats"), "\n".join(lines))


def _formats(word: str) -> tuple[str, ...]:
    """A kind of value: names of formats, commas between."""
    names = tuple(name.strip() for name in word.split(","))
    known = (*FORMATS, ALL)
    for name in names:
        if name not in known:
            wrong = _("{word!r} is not known").format(word=one_line(name))
            every = _("use one of: {names}").format(names=listed(known))
            raise ArgumentTypeError(fault(wrong, nearest(name, known) if closest(name, known) else every))
    return names


def run(args: Namespace) -> Answer:
    """Make the documents and write them; a file that is there already is replaced, unless it is a plan."""
    if args.theme_example:
        from planner.export.theme_file import example

        return Answer(example())
    _judge(args)
    project = plan.read(args.file).project
    every = ALL in args.format
    can: list[str] = []
    cannot: dict[str, None] = {}  # why not, each reason once
    for name in whole() if every else dict.fromkeys(args.format):
        wrong = lacks(FORMATS[name], project.roadmap is not None)
        if wrong is None:
            can.append(name)
        else:
            cannot[_why_not(wrong, args.file)] = None
    if cannot and not every:
        raise Failure(*cannot)
    notes: list[str] = []
    theme, template = _theme(args.theme, notes), _template(args.template)
    with Telling.on_the_line() as steps:
        handover = hand_over(
            project,
            plan.catalogue(),
            audience=getattr(args, "for"),
            theme=theme,
            as_of=args.as_of,
            template=template,
            steps=steps,
        )
        try:
            answer = _answer(handover, can, args, alone=not every and len(can) == 1 and args.table != ALL)
        except (NotWritten, MissingLibrary) as wrong:
            raise Failure(fault(str(wrong), wrong.advice)) from None
        except BadTemplate as wrong:
            raise Failure(fault(f"{plan.shown(args.template)}: {wrong}", wrong.advice)) from None
    told = (*notes, *steps.notes, *cannot, *answer.notes)
    return Answer(answer.text, told, UNUSABLE if cannot else answer.code, answer.data)


def _judge(args: Namespace) -> None:
    """Raise Failure for arguments that are missing, or are nothing to the formats."""
    given = {"FILE": args.file, "--format": args.format, "--out": (args.out or "").strip()}
    if missing := [name for name, value in given.items() if not value]:
        wrong = _("missing: {names}").format(names=", ".join(missing))
        raise Failure(fault(wrong, _("see {command}").format(command="planner export --help")))
    if args.template and not {"pptx", ALL} & {*args.format}:
        raise Failure(fault(_("--template is for slides only"), _("add pptx to --format, or leave it out")))
    if args.table and not {"csv", ALL} & {*args.format}:
        raise Failure(fault(_("--table is for csv only"), _("add csv to --format, or leave it out")))


def _answer(handover: Handover, formats: Sequence[str], args: Namespace, *, alone: bool) -> Answer:
    """What is written or printed; ``alone`` is a document that is one file, not a folder of them."""
    if args.out == "-":
        return _printed(handover, formats, args.table)
    out = Path(args.out)
    if alone:
        suffix = FORMATS[formats[0]].suffix
        look_at(out, args.file, suffix, within=f"{stem(args.file, handover.audience)}.{suffix}")
    else:
        look_at_folder(out)
    made = [*documents(handover, formats, args.table or ("" if alone else ALL))]
    return _written(handover, made, out, args.file, alone=alone)


def _why_not(wrong: MissingLibrary | NoRoadmap, file: Path) -> str:
    return plan.no_roadmap(file) if isinstance(wrong, NoRoadmap) else fault(str(wrong), wrong.advice)


def _theme(path: Path | None, notes: list[str]) -> Theme:
    """The theme in ``path``, the house's own without one; pairs of colours that are hard to read go to ``notes``."""
    if path is None:
        return PLAIN
    from planner.export.theme_file import ThemeUnreadable, load_theme, unreadable

    try:
        theme = load_theme(path)
    except ThemeUnreadable as wrong:
        raise Failure(*map(str, wrong.faults)) from None
    notes += [f"{plan.shown(path)}: {pair}" for pair in unreadable(theme)]
    return theme


def _template(path: Path | None) -> bytes | None:
    """The presentation in ``path``. Raises Failure where it cannot be read."""
    if path is None:
        return None
    try:
        return load_template(path)
    except BadTemplate as wrong:
        raise Failure(fault(str(wrong), wrong.advice)) from None


def _printed(handover: Handover, formats: Sequence[str], table: str) -> Answer:
    """The one document for standard output."""
    if len(formats) != 1 or table == ALL:
        raise Failure(fault(_("several documents do not go to standard output"), _("name a folder with --out")))
    format = FORMATS[formats[0]]
    if format.binary and _on_screen():
        wrong = _("{format} is not for a screen").format(format=format.name)
        advice = _("write it to a file: --out {name}").format(name=f"plan.{format.suffix}")
        raise Failure(fault(wrong, advice))
    (document,) = documents(handover, formats, table)
    if _on_screen():
        return Answer(document.content.decode())
    return Answer(data=document.content)


def _on_screen() -> bool:
    """Whether somebody looks at standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def _written(handover: Handover, made: Sequence[Document], out: Path, plan_file: Path, *, alone: bool) -> Answer:
    """All documents were made before the first is written: whoever stops that finds everything as it was."""
    lines: list[str] = []
    try:
        with _unbroken():
            if not alone:
                make_folder(out)
            for document, path in zip(made, _places(made, handover, out, plan_file, alone), strict=True):
                put(document.content, path, plan_file, document.suffix)
                told = _("{file} written, {size}")
                lines.append(told.format(file=plan.shown(path), size=size(len(document.content))))
    except NotWritten as wrong:
        return Answer("".join(f"{line}\n" for line in lines), (fault(str(wrong), wrong.advice),), UNUSABLE)
    return Answer("".join(f"{line}\n" for line in lines))


def _places(made: Sequence[Document], handover: Handover, out: Path, plan_file: Path, alone: bool) -> list[Path]:
    if alone:
        return [out]
    return [out / f"{stem(plan_file, handover.audience)}.{document.suffix}" for document in made]


@contextmanager
def _unbroken() -> Iterator[None]:
    """Ctrl-C comes too late here: what is made is written within a moment, and all of it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def written(text: str | bytes, path: Path, plan_file: Path, suffix: str) -> Answer:
    """Write a text about the plan in ``plan_file``; a Failure where it would replace a plan, or follow a link."""
    try:
        put(text.encode() if isinstance(text, str) else text, path, plan_file, suffix)
    except NotWritten as wrong:
        raise Failure(fault(str(wrong), wrong.advice)) from None
    return Answer(_("{file} written").format(file=plan.shown(path)) + "\n")
