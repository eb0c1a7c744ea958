"""``planner explain``: why an item of the roadmap is where it is, and what stops it being earlier."""

from argparse import Namespace
from typing import Any

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json, plan_file
from planner.cli.layout import facts, page, paragraph, titled
from planner.export.json_doc import dumps
from planner.model.problem import nearest
from planner.model.project import Phase, Project
from planner.rollout.explain import explain, why_not_phase
from planner.rollout.result import Explanation, Reason
from planner.text.clean import one_line
from planner.text.i18n import _


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner explain``."""
    plan_file(parser)
    parser.add_argument("item", metavar="ITEM", help=_("a capability, such as incident@3, or the id of a work package"))
    parser.add_argument("--phase", metavar="N", help=_("also say what speaks against this phase (number or id)"))
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The explanation as text or JSON."""
    project = plan.read(args.file).project
    plan.roadmap(project, args.file)
    item = _item(project, args.item)
    phase = _phase(project, args.phase) if args.phase is not None else None
    try:
        found = explain(project, item)
        against = why_not_phase(project, item, phase.id) if phase else ()
    except KeyError:
        wrong = _("{item} has no place in the roadmap yet").format(item=item)
        advice = _("propose again: planner propose {file} --write").format(file=plan.word(args.file))
        raise Failure(fault(wrong, advice)) from None
    if args.json:
        return Answer(dumps(_data(project, found, phase, against)))
    return Answer(_text(project, found, phase, against))


def _item(project: Project, word: str) -> str:
    if word in project.package_by_id or word in project.capabilities:
        return word
    if project.stands_at(word):
        wrong = _("{item} is reached today and needs no work").format(item=project.title(word))
        raise Failure(fault(wrong, _("see: planner assess")))
    wrong = _("the plan has no capability or work package {name!r}").format(name=one_line(word))
    raise Failure(fault(wrong, nearest(word, [*project.capabilities, *project.package_by_id])))


def _phase(project: Project, word: str) -> Phase:
    """The phase that ``word`` means: its id, or its number from 1."""
    if word in project.phase_by_id:
        return project.phase_by_id[word]
    if word.isascii() and word.isdecimal() and len(word) < 4 and 1 <= int(word) <= len(project.phases):
        return project.phases[int(word) - 1]
    wrong = _("there is no phase {name!r}").format(name=one_line(word))
    raise Failure(fault(wrong, nearest(word, project.phase_by_id)))


def _data(project: Project, found: Explanation, phase: Phase | None, against: tuple[Reason, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "schema": 1,
        "item": found.item,
        "title": project.title(found.item),
        "phase": found.phase,
        "start": found.start,
        "finish": found.finish,
        "earliest": found.earliest,
        "broken": list(found.broken),
        "because": list(found.because),
        "reasons": _reasons(found.reasons),
        "parts": list(found.parts),
    }
    if phase:
        data["against_phase"] = {"phase": phase.id, "reasons": _reasons(against)}
    return data


def _reasons(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [{"rule": r.rule, "items": list(r.items), "message": r.message} for r in reasons]


def _text(project: Project, found: Explanation, phase: Phase | None, against: tuple[Reason, ...]) -> str:
    title = project.title(found.item)
    stands = project.phase_by_id[found.phase]
    blocks = [
        f"{title} ({found.item})" if title != found.item else title,
        facts(
            [
                (_("Phase"), f"{project.phases.index(stands) + 1}. {stands.name} ({stands.id})"),
                (_("Dates"), f"{found.start} .. {found.finish}"),
                (_("Earliest start"), f"{found.earliest}"),
            ]
        ),
        _list(_("What is wrong here"), found.broken),
        _list(_("Why here"), found.because),
        _list(
            _("Why not earlier than {day}").format(day=found.earliest),
            tuple(reason.message for reason in found.reasons),
        ),
        _list(_("Its work packages"), found.parts),
    ]
    if phase:
        name = _("Against phase {phase}").format(phase=f"{project.phases.index(phase) + 1}. {phase.name}")
        if phase.id == found.phase:
            blocks.append(_list(name, (_("it stands there already"),)))
        else:
            blocks.append(_list(name, tuple(r.message for r in against) or (_("nothing speaks against it"),)))
    return page(blocks)


def _list(name: str, lines: tuple[str, ...]) -> str:
    return titled(name, *(paragraph(line, indent=2, bullet="- ") for line in lines)) if lines else ""
