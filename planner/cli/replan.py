"""``planner replan``: the roadmap after what has happened, move by move, to be accepted or declined."""

from argparse import Namespace
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from planner.cli import plan
from planner.cli.answer import DONE, FINDINGS, INFEASIBLE, Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, day, plan_file, whole
from planner.cli.layout import page, paragraph, titled
from planner.cli.saving import judged, save, saving
from planner.cli.verify import violations_data
from planner.cli.watching import watching
from planner.edit.progress import set_as_of
from planner.edit.refused import Refused
from planner.export.json_doc import dumps
from planner.export.words import number
from planner.model.project import Placement, Project
from planner.rollout.moves import Fact, Move, shift
from planner.rollout.replan import Replan, accepted, mending, replan
from planner.rollout.result import Infeasible, Unsuited, Violation
from planner.rollout.verify import verify
from planner.text.i18n import _, listed, ngettext

ALL = "all"


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner replan``."""
    plan_file(parser)
    parser.add_argument("--as-of", metavar="DAY", type=day, help=_("the last day that the progress covers"))
    parser.add_argument("--strategy", metavar="ID", default="", help=_("default: the plan's own"))
    parser.add_argument("--seed", metavar="N", type=whole(0), default=0, help=_("another seed may find other moves"))
    parser.add_argument(
        "--accept",
        metavar="ITEMS",
        default=ALL,
        help=_("the moves to take over: all (default), none, or work packages and capabilities with commas between"),
    )
    saving(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """Plan again; exit code 1 when what is accepted breaks something, 3 when no roadmap is feasible."""
    to_save = judged(args)
    if not _words(args.accept):
        raise Failure(fault(_("--accept names nothing"), _("say all, none, or which work packages and capabilities")))
    loaded = plan.read(args.file)
    project = loaded.project
    plan.roadmap(project, args.file)
    strategy = plan.strategy(project, plan.catalogue(), args.strategy)
    try:
        if args.as_of:
            project = set_as_of(project, args.as_of)
        with watching() as watch:
            found = replan(project, strategy, seed=args.seed, watch=watch)
        chosen = _chosen(args.accept, found)
        after = accepted(project, found, chosen)
    except Refused as refused:
        raise Failure(str(refused)) from None
    except Unsuited as unsuited:
        raise Failure(fault(str(unsuited), unsuited.advice)) from None
    except Infeasible as impossible:
        told = [
            {"rule": c.rule, "items": list(c.items), "message": c.message, "days": c.days} for c in impossible.conflicts
        ]
        text = dumps({"schema": 1, "status": "infeasible", "conflicts": told}) if args.json else ""
        return Answer(text, tuple(conflict.message for conflict in impossible.conflicts), INFEASIBLE)
    broken = verify(after)
    notes = [save(after, args, loaded.text)] if to_save else []
    if broken and (more := mending(project, found, chosen)):
        text = _("nothing is broken with these moves as well: {items} - name them in --accept, too")
        notes.append(text.format(items=listed(more)))
    code = FINDINGS if broken else DONE
    if args.json:
        return Answer(dumps(_data(project, found, broken)), tuple(notes), code)
    return Answer(page(_text(project, found, broken, args)), tuple(notes), code)


def _chosen(words: str, found: Replan) -> list[str]:
    if words == ALL:
        return [move.item for move in found.moves]
    return [] if words == "none" else _words(words)


def _words(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _text(project: Project, found: Replan, broken: tuple[Violation, ...], args: Namespace) -> Iterator[str]:
    if found.facts:
        yield titled(_("What has happened"), *(paragraph(fact.message, indent=2, bullet="- ") for fact in found.facts))
    late = {fact.item: fact.message for fact in found.facts}
    for cause, group in groupby(found.moves, key=lambda move: move.cause):
        head = _("For other reasons") if not cause else _("Because {what}").format(what=late.get(cause, _behind(cause)))
        yield titled(paragraph(head), *(_move(move) for move in group))
    if found.moves:
        count = ngettext("{n} work package moves", "{n} work packages move", len(found.moves)).format(
            n=len(found.moves)
        )
        text = _("{count}; a work package that has not begun moves by {weeks} weeks of work on average.")
        yield paragraph(text.format(count=count, weeks=number(found.moved)))
    else:
        yield _("Nothing has to move.")
    if broken:
        head = ngettext(
            "With these moves {n} constraint is broken:", "With these moves {n} constraints are broken:", len(broken)
        )
        yield titled(head.format(n=len(broken)), *(paragraph(one.message, bullet="- ") for one in broken))
    if (found.facts or found.moves) and not (args.write or args.out):
        text = _("Nothing is saved yet: add --write, or --out NEW, and --accept ITEMS to take over some moves only.")
        yield paragraph(text)


def _behind(item: str) -> str:
    return _("{item} has not begun in time").format(item=item)


def _move(move: Move) -> str:
    lines = [paragraph(_headline(move), indent=2, bullet="> ")]
    lines += [paragraph(reason.message, indent=4, bullet="- ") for reason in move.reasons]
    if move.needs:
        lines.append(paragraph(_("needs the move of {items}").format(items=listed(move.needs)), indent=4, bullet="- "))
    return "\n".join(lines)


def _headline(move: Move) -> str:
    now = _("{start} .. {finish}").format(start=move.now.start, finish=move.now.finish)
    if move.was is None:
        return _("{item}: new, {now}").format(item=move.item, now=now)
    was = _("{start} .. {finish}").format(start=move.was.start, finish=move.was.finish)
    if not move.days:
        return _("{item}: {was} -> {now}").format(item=move.item, was=was, now=now)
    return _("{item}: {was} -> {now}, {shift}").format(item=move.item, was=was, now=now, shift=shift(move.days))


def _data(project: Project, found: Replan, broken: tuple[Violation, ...]) -> dict[str, Any]:
    return {
        "schema": 1,
        "as_of": found.as_of,
        "strategy": found.roadmap.strategy,
        "moved": round(found.moved, 4),
        "facts": [_fact(fact) for fact in found.facts],
        "moves": [
            {
                "item": move.item,
                "was": _where(move.was),
                "now": _where(move.now),
                "days": move.days,
                "cause": move.cause,
                "needs": list(move.needs),
                "reasons": [{"rule": r.rule, "items": list(r.items), "message": r.message} for r in move.reasons],
            }
            for move in found.moves
        ],
        "violations": violations_data(broken),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "item": fact.item,
        "was": _where(fact.was),
        "now": _where(fact.now),
        "late": fact.late,
        "message": fact.message,
    }


def _where(place: Placement | None) -> dict[str, Any] | None:
    return {"phase": place.phase, "start": place.start, "finish": place.finish} if place else None
