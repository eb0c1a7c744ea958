"""``planner verify``: whether the saved roadmap keeps every constraint of the plan."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from planner.cli import plan
from planner.cli.answer import DONE, FINDINGS, Answer, fault
from planner.cli.arguments import Parser, as_json, plan_file
from planner.cli.layout import page, paragraph
from planner.export.json_doc import dumps
from planner.rollout.result import Violation
from planner.rollout.verify import verify
from planner.text.i18n import _, labelled, ngettext


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner verify``."""
    plan_file(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The violations; exit code 1 when there are any."""
    project = plan.read(args.file).project
    roadmap = plan.roadmap(project, args.file)
    violations = verify(project)
    code = FINDINGS if violations else DONE
    stale = fault(_("a merge has changed what the roadmap was found for"), _("propose again"))
    notes = (stale,) if roadmap.status == "stale" else ()
    if args.json:
        return Answer(dumps({"schema": 1, "violations": violations_data(violations)}), notes, code)
    if not violations:
        kept = _("The roadmap keeps every constraint: {n} work packages judged.").format(n=len(roadmap.packages))
        return Answer(kept + "\n", notes)
    count = ngettext("{n} constraint is broken:", "{n} constraints are broken:", len(violations))
    lines = [paragraph(labelled(_(v.rule), v.message), bullet="- ") for v in violations]
    return Answer(page([count.format(n=len(violations)), "\n".join(lines)]), notes, code)


def violations_data(violations: Sequence[Violation]) -> list[dict[str, Any]]:
    """Violations as plain data."""
    return [
        {"rule": v.rule, "items": list(v.items), "message": v.message, "day": v.day, "amount": v.amount}
        for v in violations
    ]
