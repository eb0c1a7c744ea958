"""``planner fsck``: the health of every plan in a folder, worst first, and what to do about it."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.cli.answer import DONE, FINDINGS, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json
from planner.cli.fsck_shown import GOOD, LOOK, STATE_WORDS, STATES, WRONG, Note, notes_around, notes_on, worst
from planner.cli.layout import page, paragraph
from planner.cli.plan import shown
from planner.export.json_doc import dumps
from planner.store.fsck import Health, Leavings, examine, leavings, tidied
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, ngettext
from planner.text.width import fit, width


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner fsck``."""
    parser.add_argument("path", metavar="PATH", type=Path, help=_("a folder of plans, or one plan"))
    parser.add_argument("--reviews", metavar="DIR", type=Path, help=_("a folder in which reviewers leave remarks"))
    parser.add_argument(
        "--tidy", action="store_true", help=_("remove what saves and sessions that were cut off have left behind")
    )
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The plans and what is to be said of each; exit code 1 when something is wrong with one."""
    from planner.catalog.ids import process_ids

    if not args.path.exists():
        wrong = _("there is no file or folder {name}").format(name=shown(args.path))
        raise Failure(fault(wrong, _("check the path")))
    try:
        found = examine(args.path, args.reviews, process_ids())
        left = leavings(args.path) if args.path.is_dir() else Leavings()
        gone = tidied(found, left) if args.tidy else ()
        if gone:
            found, left = examine(args.path, args.reviews, process_ids()), leavings(args.path)
    except OSError as error:
        wrong = f"{shown(args.path)}: {error.strerror or error}"
        raise Failure(fault(wrong, _("ask its owner for permission"))) from None
    told = sorted(((health, notes_on(health)) for health in found), key=lambda each: STATES.index(worst(each[1])))
    around = notes_around(left, args.path)
    code = FINDINGS if any(worst(notes) == WRONG for _health, notes in told) else DONE
    if args.json:
        return Answer(dumps(_data(told, around, gone)), code=code)
    return Answer(_text(told, around, gone), code=code)


Told = Sequence[tuple[Health, Sequence[Note]]]


def _text(told: Told, around: Sequence[Note], gone: Sequence[Path]) -> str:
    lines = []
    for health, notes in told:
        bad = [note for note in notes if note.state != GOOD]
        good = _("; ").join(note.words for note in notes if note.state == GOOD)
        lines += [_line(note.state, health.path.name, str(note)) for note in bad]
        if not bad:
            lines.append(_line(GOOD, health.path.name, good))
    lines += [_line(LOOK, "", str(note)) for note in around]
    removed = [paragraph(_("removed: {file}").format(file=one_line(path.name))) for path in gone]
    return page(["\n".join(lines), "\n".join(removed), _count(told)])


def _line(state: str, name: str, words: str) -> str:
    cells = max(map(width, map(_, STATE_WORDS.values()))) + 2
    named = one_line(name)
    return paragraph(
        labelled(named, words) if named and words else named or words, bullet=fit(_(STATE_WORDS[state]), cells)
    )


def _count(told: Told) -> str:
    states = [worst(notes) for _health, notes in told]
    if not states:
        return _("There are no plans here.")
    plans = ngettext("{n} plan", "{n} plans", len(states)).format(n=len(states))
    text = _("{plans}: {wrong} wrong, {look} to look at, {good} good.")
    return text.format(plans=plans, wrong=states.count(WRONG), look=states.count(LOOK), good=states.count(GOOD))


def _data(told: Told, around: Sequence[Note], gone: Sequence[Path]) -> dict[str, Any]:
    return {
        "schema": 1,
        "plans": [
            {
                "file": health.path.name,
                "state": worst(notes),
                "name": health.project.engagement.name if health.project else None,
                "version": health.version if health.project else None,
                "faults": [str(each) for each in health.faults],
                "unsaved": sum(one.edits for one in health.left),
                "backups": len(health.backups),
                "newest_backup": health.backups[0].taken.isoformat() if health.backups else None,
                "notes": [_note(note) for note in notes],
            }
            for health, notes in told
        ],
        "around": [_note(note) for note in around],
        "removed": [path.name for path in gone],
    }


def _note(note: Note) -> dict[str, str]:
    return {"state": note.state, "kind": note.kind, "message": note.words, "advice": note.advice}
