"""``planner import``: work packages, levels or a schedule from somebody else's file, all of it or nothing."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, choice, day
from planner.cli.layout import page, paragraph, table, titled
from planner.cli.saving import judged, save, saving
from planner.export.json_doc import dumps
from planner.export.words import days, number
from planner.intake import ALL_KINDS, Begin, Preview, read
from planner.intake.incoming import Fault
from planner.model.decode import MOST, encode
from planner.model.project import Project
from planner.model.values import Language
from planner.review.differences import in_few_words
from planner.review.labels import table_label
from planner.review.wording import short
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, language, listed, ngettext

_OF_NEW = ("name", "client", "start", "language")
"""Options that only make sense for a new plan."""

SHOWN = 40
"""Changes of one table that are told in text; --json has all."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner import``."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the plan file; with --new the one to make"))
    parser.add_argument("--from", metavar="SOURCE", type=Path, required=True, help=_("CSV, XLSX or MSPDI to take in"))
    parser.add_argument(
        "--as",
        metavar="KIND",
        type=choice(ALL_KINDS),
        help=_("what the file holds, where it is taken for something else: {kinds}").format(kinds=", ".join(ALL_KINDS)),
    )
    parser.add_argument("--sheet", metavar="NAME", default="", help=_("the sheet of a workbook"))
    parser.add_argument(
        "--map",
        metavar="HEADING=FIELD",
        action="append",
        type=_mapped,
        default=[],
        help=_('what a column is, such as "Task=name"; FIELD ignore leaves it out'),
    )
    parser.add_argument("--new", action="store_true", help=_("make a new plan of it"))
    parser.add_argument("--name", default="", help=_("name of the new plan"))
    parser.add_argument("--client", default="", help=_("client of the new plan"))
    parser.add_argument("--start", metavar="DAY", type=day, help=_("first day of the new plan"))
    parser.add_argument(
        "--language", metavar="LANG", type=choice(get_args(Language)), help=_("language of the new plan: en or zh")
    )
    saving(parser)
    as_json(parser)


def _mapped(word: str) -> tuple[str, str]:
    """A kind of value: a heading and its field."""
    heading, equals, field = word.rpartition("=")
    if not equals or not heading.strip() or not field.strip():
        advice = _("write the heading, = and the field, such as Task=name")
        raise ArgumentTypeError(fault(_("{word!r} does not fit").format(word=one_line(word)), advice))
    return heading, field.strip()


def run(args: Namespace) -> Answer:
    """Show what the file would change, and save the plan with it when asked to."""
    if args.new:
        return _new(args)
    if given := next((name for name in _OF_NEW if getattr(args, name)), ""):
        raise Failure(fault(_("--{name} belongs to --new").format(name=given), _("leave it out, or add --new")))
    to_save = judged(args)
    loaded = plan.read(args.file)
    preview = _read(args, loaded.project, Begin())
    result = _sound(preview, args)
    text = dumps(_data(preview)) if args.json else page(_shown(preview, result, args))
    if not to_save or result == loaded.project:
        return Answer(text)
    return Answer(text, (save(result, args, loaded.text),))


def _new(args: Namespace) -> Answer:
    if args.out:
        raise Failure(fault(_("--out and --new do not go together"), _("FILE is the plan that is made: add --write")))
    if args.file.suffix != ".toml":
        advice = _("write {name}").format(name=plan.shown(args.file.with_name(args.file.name + ".toml")))
        wrong = _("{file}: the name of a plan file ends in .toml").format(file=plan.shown(args.file))
        raise Failure(fault(wrong, advice))
    usual: Language = "zh" if language() == "zh" else "en"
    begin = Begin(one_line(args.name), one_line(args.client), args.start, args.language or usual)
    preview = _read(args, None, begin)
    result = _sound(preview, args)
    text = dumps(_data(preview)) if args.json else page(_shown(preview, result, args))
    if not args.write:
        return Answer(text)
    plan.write(result, args.file)
    return Answer(text, (_("The plan is saved in {file}.").format(file=plan.shown(args.file)),))


def _read(args: Namespace, project: Project | None, begin: Begin) -> Preview:
    mapping = dict(args.map)
    return read(
        getattr(args, "from"),
        project,
        sheet=args.sheet,
        mapping=mapping,
        kind=getattr(args, "as") or "",
        begin=begin,
        catalogue=plan.catalogue(),
    )


def _sound(preview: Preview, args: Namespace) -> Project:
    """The plan with the file. Raises Failure with a line for each fault."""
    if preview.result is None:
        source = getattr(args, "from")
        lines = [_line(source, found) for found in preview.faults[:MOST]]
        if len(preview.faults) > MOST:
            lines.append(_("there are {n} faults in all").format(n=len(preview.faults)))
        raise Failure(*lines)
    return preview.result


def _line(source: Path, found: Fault) -> str:
    """One fault as all faults of files are told."""
    wrong = labelled(found.column, found.wrong) if found.column else found.wrong
    if found.row:
        from planner.store.fault import Fault as InFile

        return str(InFile(str(source), found.row, wrong, found.advice))
    where = labelled(plan.shown(source), found.where) if found.where != _("the file") else plan.shown(source)
    return one_line(fault(labelled(where, wrong), found.advice))


def _shown(preview: Preview, result: Project, args: Namespace) -> Iterator[str]:
    yield paragraph(_what(preview))
    columns = [one for one in preview.columns if one.field]
    other = [[one.heading, one.told] for one in columns if not one.ours]
    if columns and not other:
        yield paragraph(_("All {n} columns are as the planner writes them.").format(n=len(columns)))
    elif columns:
        same = ngettext(
            "{n} further column is as the planner writes it.",
            "{n} further columns are as the planner writes them.",
            len(columns) - len(other),
        )
        parts = [table([_("In the file"), _("Understood as")], other, indent=2)]
        if len(other) < len(columns):
            parts.append(paragraph(same.format(n=len(columns) - len(other)), indent=2))
        yield titled(_("Columns"), *parts)
    if preview.notes:
        yield titled(_("Please note"), *(paragraph(note, indent=2, bullet="- ") for note in preview.notes))
    yield from _changes(preview, result)
    if preview.before != result and not (args.write or args.out):
        words = (
            _("Nothing is saved yet: add --write.")
            if args.new
            else _("Nothing is saved yet: add --write, or --out NEW.")
        )
        yield paragraph(words)


def _what(preview: Preview) -> str:
    """The file and what it holds."""
    kind = _(ALL_KINDS[preview.kind])
    if not preview.rows:
        return labelled(one_line(preview.file), kind)
    rows = ngettext(
        "{n} row below the heading in row {number}", "{n} rows below the heading in row {number}", preview.rows
    )
    told = rows.format(n=preview.rows, number=preview.number)
    if preview.sheet:
        told = _('{rows} of the sheet "{sheet}"').format(rows=told, sheet=one_line(preview.sheet))
    return labelled(one_line(preview.file), _("{kind}, {rows}").format(kind=kind, rows=told))


def _changes(preview: Preview, result: Project) -> Iterator[str]:
    if preview.before is None:
        told = _("A new plan: {name}, from {day}, with {processes} and {packages}")
        processes, packages = len(result.processes), len(result.packages)
        yield paragraph(
            told.format(
                name=one_line(result.engagement.name),
                day=result.engagement.start,
                processes=ngettext("{n} process", "{n} processes", processes).format(n=processes),
                packages=ngettext("{n} work package", "{n} work packages", packages).format(n=packages),
            )
        )
        yield _listed(table_label("packages"), [_work(result, package.id) for package in result.packages])
        return
    if not preview.differences:
        yield paragraph(_("The plan says all of this already."))
        return
    for name in dict.fromkeys(one.table for one in preview.differences):
        mine = [one for one in preview.differences if one.table == name]
        fresh = [_work(result, one.item) for one in mine if name == "packages" and one.before is None and not one.field]
        words = [*fresh, *in_few_words([one for one in mine if not fresh or one.before is not None or one.field])]
        yield _listed(table_label(name), words)


def _listed(heading: str, words: list[str]) -> str:
    """The first of ``words`` under ``heading``, and how many more there are."""
    more = len(words) - SHOWN
    shown = words[:SHOWN]
    if more > 0:
        shown.append(ngettext("{n} more (--json has all)", "{n} more (--json has all)", more).format(n=more))
    return titled(labelled(heading, str(len(words))), *(paragraph(one, indent=2, bullet="- ") for one in shown))


def _work(project: Project, package_id: str) -> str:
    """A new work package with everything by which one sees whether its row was understood."""
    package = project.package_by_id[package_id]
    facts = [project.title(package.capability)] if package.capability else [_("whole programme")]
    facts += [_(package.workstream), days(package.days.likely)]
    facts += [f"{project.role_by_id[role].name} {number(effort.likely)}" for role, effort in package.effort.items()]
    return _("new: {name} ({facts})").format(name=short(one_line(package.name)), facts=listed(facts))


def _data(preview: Preview) -> dict[str, Any]:
    result = preview.result
    return {
        "schema": 1,
        "file": preview.file,
        "kind": preview.kind,
        "sheet": preview.sheet,
        "heading_row": preview.number,
        "rows": preview.rows,
        "columns": [{"heading": one.heading, "field": one.field} for one in preview.columns],
        "notes": list(preview.notes),
        "plan": encode(result) if preview.before is None else None,
        "differences": [
            {
                "table": one.table,
                "item": one.item,
                "field": one.field,
                "was": one.before,
                "now": one.after,
                "words": one.words,
            }
            for one in preview.differences
        ],
    }
