"""``planner merge``: two plans made from one come together item by item; git's way of merging plans, too."""

import os
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.cli import plan
from planner.cli.answer import DONE, FINDINGS, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, over_open
from planner.cli.layout import page, paragraph, titled
from planner.export.json_doc import dumps
from planner.review.conflict_words import told
from planner.review.differences import Difference, differences, in_few_words
from planner.review.merge_text import Merged, merge_texts
from planner.store.fault import Fault, PlanUnreadable, SaveFailed
from planner.store.load import read_text
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, ngettext

MOST = 20
"""So many changes that came from theirs are told; the rest is counted."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner merge``."""
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help=_("BASE OURS THEIRS: the plan that both came from (may be an empty file), yours, and the other one"),
    )
    parser.add_argument("--write", action="store_true", help=_("save what comes of it in OURS"))
    parser.add_argument("--out", metavar="NEW", type=Path, help=_("save what comes of it in a new file"))
    parser.add_argument(
        "--name", metavar="PATH", default="", help=_("for git: what the plan is called, as OURS is a passing file")
    )
    parser.add_argument(
        "--review", metavar="FILE", nargs="+", type=Path, help=_("fold these reviews into the one plan given")
    )
    over_open(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The merged plan, or what came of saving it; exit code 1 when there are conflicts to settle."""
    if args.write and args.out:
        raise Failure(fault(_("--write and --out do not go together"), _("give one of them")))
    if args.review:
        return _reviews(args)
    if len(args.files) != 3:
        wrong = _("three plan files are needed, or one with --review")
        raise Failure(fault(wrong, _("give them as: planner merge BASE OURS THEIRS")))
    texts, merged = _merged(args)
    came = [one for one in differences(merged.ours, merged.project) if one.table != "conflicts"]
    if args.write:
        _put_back(args, texts, merged.text)
    elif args.out:
        _put_new(args.out, merged.text)
    code = FINDINGS if merged.conflicts or merged.remarks else DONE
    if args.json:
        return Answer(dumps(_data(args, merged, came)), code=code)
    if args.write or args.out:
        return Answer(page(_blocks(args, merged, came)), code=code)
    lines = [line.strip() for block in _blocks(args, merged, came) for line in block.splitlines()]
    return Answer(merged.text, notes=tuple(lines), code=code)


def _reviews(args: Namespace) -> Answer:
    from planner.cli.merge_reviews import merge_reviews

    if len(args.files) != 1 or args.json:
        wrong = _("--review folds reviews into one plan")
        raise Failure(fault(wrong, _("give them as: planner merge PLAN --review FILE ... --write")))
    how = {"write": args.write, "out": args.out, "even_if_open": args.even_if_open}
    return merge_reviews(args.files[0], args.review, **how)


def _merged(args: Namespace) -> tuple[Sequence[str], Merged]:
    """The three texts and what comes of them. Raises Failure with the faults of all that are no plans."""
    sides = (_("base"), _("ours"), _("theirs"))
    name, wording = one_line(args.name), _("{file} ({side})")
    called = [wording.format(file=name, side=side) for side in sides] if name else [*map(plan.shown, args.files)]
    texts: list[str] = []
    faults: list[Fault] = []
    for file, shown in zip(args.files, called, strict=True):
        try:
            texts.append(read_text(file))
        except PlanUnreadable as unreadable:
            faults += [replace(one, file=shown) for one in unreadable.faults]
    try:
        if not faults:
            return texts, merge_texts(texts[0], texts[1], texts[2], names=called)
    except PlanUnreadable as unreadable:
        faults += unreadable.faults
    except SaveFailed as refused:
        raise Failure(str(refused)) from None
    raise Failure(*map(str, faults))


def _put_back(args: Namespace, texts: Sequence[str], text: str) -> None:
    """Write ``text`` to OURS; what stood there is kept as a backup, but for git, which keeps it itself."""
    ours = args.files[1]
    if text == texts[1]:
        return
    if args.name:
        plan.write_text(text, ours, follow=True)
        return
    from planner.store.backups import keep

    with plan.held(ours, args.even_if_open):
        if read_text(ours) != texts[1]:
            wrong = _("{file} was changed by somebody else meanwhile").format(file=plan.shown(ours))
            raise Failure(fault(wrong, _("merge again")))
        try:
            keep(ours, texts[1])
        except OSError as error:
            wrong = _("no backup of {file} could be kept").format(file=plan.shown(ours))
            raise Failure(fault(wrong, error.strerror or str(error))) from None
        plan.write_text(text, ours, follow=True)


def _put_new(out: Path, text: str) -> None:
    if os.path.lexists(out):  # a link that leads nowhere yet is there, too
        wrong = _("{file} exists already").format(file=plan.shown(out))
        raise Failure(fault(wrong, _("choose another name, or use --write to change OURS in its place")))
    plan.write_text(text, out, new=True)


def _blocks(args: Namespace, merged: Merged, came: Sequence[Difference]) -> list[str]:
    """What came of it, in words."""
    name = one_line(args.name) or plan.shown(args.out or args.files[1])
    blocks = []
    if came:
        heading = ngettext("{n} change came from theirs:", "{n} changes came from theirs:", len(came))
        told_of = in_few_words(came)
        lines = [*map(_item, told_of[:MOST])]
        if len(told_of) > MOST:
            more = len(told_of) - MOST
            lines.append(_item(ngettext("and {n} more", "and {n} more", more).format(n=more)))
        blocks.append(titled(labelled(name, heading.format(n=len(came))), *lines))
    else:
        blocks.append(paragraph(labelled(name, _("nothing came from theirs."))))
    if merged.conflicts:
        n = len(merged.conflicts)
        heading = ngettext(
            "{n} conflict; ours stands, and theirs is kept beside it:",
            "{n} conflicts; ours stands, and theirs is kept beside it:",
            n,
        )
        blocks.append(
            titled(heading.format(n=n), *(_item(told(merged.project, one).sentence) for one in merged.conflicts))
        )
        if args.write or args.out:
            blocks.append(paragraph(_("Open the plan to settle them: planner {file}, then R.").format(file=name)))
    if merged.remarks:
        heading = _("Both changed keys that the planner does not look at; a remark above each keeps theirs:")
        blocks.append(titled(heading, *map(_item, merged.remarks)))
    if _stale(merged):
        blocks.append(paragraph(_("The dates of the roadmap were found for another plan: propose again.")))
    if not (args.write or args.out):
        blocks.append(paragraph(_("Nothing is saved yet: --write does it in OURS, --out NEW in another file.")))
    return blocks


def _stale(merged: Merged) -> bool:
    roadmap = merged.project.roadmap
    return roadmap is not None and roadmap.status == "stale"


def _item(words: str) -> str:
    return paragraph(words, indent=2, bullet="- ")


def _data(args: Namespace, merged: Merged, came: Sequence[Difference]) -> dict[str, Any]:
    document: dict[str, Any] = {
        "schema": 1,
        "changes": [
            {
                "table": one.table,
                "item": one.item,
                "field": one.field,
                "was": one.before,
                "now": one.after,
                "words": one.words,
            }
            for one in came
        ],
        "conflicts": [
            {
                "id": one.id,
                "table": one.table,
                "item": one.item,
                "field": one.field,
                "base": one.base,
                "ours": one.ours,
                "theirs": one.theirs,
                "words": told(merged.project, one).sentence,
            }
            for one in merged.conflicts
        ],
        "remarks": list(merged.remarks),
        "stale": _stale(merged),
    }
    if not (args.write or args.out):
        document["plan"] = merged.text
    return document
