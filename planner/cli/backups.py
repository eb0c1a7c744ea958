"""``planner backups``: what a plan's file held before it was saved over, and putting one of these back."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, over_open, plan_file, whole
from planner.cli.layout import page, paragraph, table
from planner.cli.plan import held, shown, word
from planner.model.project import Project
from planner.store.backups import Backup, backups, restore
from planner.store.fault import PlanUnreadable, SaveFailed
from planner.store.load import load
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner backups``."""
    plan_file(parser)
    parser.add_argument(
        "--restore",
        metavar="N",
        type=whole(1),
        help=_("put backup N in the place of the plan; what stands there is kept first"),
    )
    over_open(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The backups of a plan, newest first; with --restore one of them put back."""
    notes: tuple[str, ...] = ()
    told = ""
    if args.restore:
        backup = _chosen(args.file, args.restore)
        with held(args.file, args.even_if_open):
            notes = _put_back(args.file, backup)
        words = _("{file} is again what it was until {time}. What stood there before is a backup now.")
        told = words.format(file=shown(args.file), time=_time(backup))
    found = backups(args.file)
    if args.json:
        from planner.export.json_doc import dumps

        return Answer(dumps(_document(args.file, found)), notes)
    if not found:
        words = _("There are no backups of {file} yet: one is kept whenever a plan is saved over.")
        return Answer(page([paragraph(words.format(file=shown(args.file)))]), notes)
    how = "" if told else _("Put one back with: planner backups {file} --restore N").format(file=word(args.file))
    return Answer(page([told and paragraph(told), _table(found), how]), notes)


def _chosen(path: Path, number: int) -> Backup:
    found = backups(path)
    if number > len(found):
        wrong = _("{file} has no backup {n}").format(file=shown(path), n=number)
        raise Failure(fault(wrong, _("see them with: planner backups {file}").format(file=word(path))))
    return found[number - 1]


def _put_back(path: Path, backup: Backup) -> tuple[str, ...]:
    """Restore the backup; what could not be done beside that."""
    try:
        return restore(path, backup).notes
    except SaveFailed as failed:
        raise Failure(str(failed)) from None
    except PlanUnreadable as unreadable:
        raise Failure(*map(str, unreadable.faults)) from None


def _table(found: Sequence[Backup]) -> str:
    head = (_("no."), _("in the file until"), _("kB"), _("what it says"))
    rows = [
        (str(number), _time(backup), f"{backup.size / 1000:.0f}", _says(backup))
        for number, backup in enumerate(found, 1)
    ]
    return table(head, rows, right="> > ")


def _says(backup: Backup) -> str:
    """Name and size of the plan in a backup, and its label."""
    project = _plan(backup)
    if project is None:
        return _("not readable as a plan")
    words = _("{name}: {packages} work packages, {phases} phases").format(
        name=project.engagement.name, packages=len(project.packages), phases=len(project.phases)
    )
    return f"{words} ({backup.label})" if backup.label else words


def _plan(backup: Backup) -> Project | None:
    try:
        return load(backup.path).project
    except PlanUnreadable:
        return None


def _document(path: Path, found: Sequence[Backup]) -> Mapping[str, Any]:
    return {
        "schema": 1,
        "file": shown(path),
        "backups": [{"number": number, **_row(backup)} for number, backup in enumerate(found, 1)],
    }


def _row(backup: Backup) -> Mapping[str, Any]:
    project = _plan(backup)
    row = {
        "until": backup.taken.isoformat(),
        "bytes": backup.size,
        "label": backup.label,
        "readable": project is not None,
    }
    if project is None:
        return row
    return {
        **row,
        "name": project.engagement.name,
        "packages": len(project.packages),
        "phases": len(project.phases),
    }


def _time(backup: Backup) -> str:
    """When the plan was saved over, on the clock of whoever reads it."""
    return backup.taken.astimezone().strftime("%Y-%m-%d %H:%M:%S")
