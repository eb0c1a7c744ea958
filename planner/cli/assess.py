"""``planner assess``: where the client stands, what the targets ask for and what they pull in."""

from argparse import Namespace
from typing import Any

from planner.assessment.maturity import gaps
from planner.cli import plan, views
from planner.cli.answer import Answer
from planner.cli.arguments import Parser, as_json, plan_file
from planner.cli.layout import page, paragraph, table, titled
from planner.edit.materialise import NotNeeded, not_needed
from planner.export.json_doc import dumps, needs_data, organisation_data
from planner.graph.closure import missing, needs_of
from planner.model.project import Project
from planner.model.values import DIMENSIONS
from planner.text.i18n import _, listed


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner assess``."""
    plan_file(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The assessment as text or JSON."""
    project = plan.read(args.file).project
    out = not_needed(project, plan.catalogue())
    return Answer(dumps(_data(project, out)) if args.json else _text(project, out))


def _data(project: Project, out: list[NotNeeded]) -> dict[str, Any]:
    return {
        "schema": 1,
        "organisation": organisation_data(project),
        "processes": [
            {
                "id": process.id,
                "name": process.name,
                "in_scope": process.in_scope,
                "level": process.level,
                "target_level": process.target_level,
                "dimensions": {
                    d: {
                        "now": process.baseline[d],
                        "target": process.target[d],
                        "gap": process.target[d] - process.baseline[d],
                    }
                    for d in DIMENSIONS
                },
            }
            for process in project.processes
        ],
        "gaps": [
            {"process": gap.process, "dimension": gap.dimension, "now": gap.now, "target": gap.target, "gap": gap.gap}
            for gap in gaps(project)
        ],
        "needs": needs_data(project),
        "left_out": [
            {"package": n.package, "capability": n.capability, "workstream": n.workstream, "reason": n.reason}
            for n in out
        ],
    }


def _text(project: Project, out: list[NotNeeded]) -> str:
    blocks = [paragraph(project.engagement.name), *views.assessment(project)]
    pulled = [
        [need.item, project.title(need.item), need.pulled_by, need.reason]
        for need in needs_of(project).values()
        if need.pulled
    ]
    if pulled:
        head = [_("ID"), _("Name"), _("Needed by"), _("Why")]
        title = _("Pulled in: no target asks for these, but others need them")
        blocks.append(titled(title, table(head, pulled, indent=2)))
    if without := missing(project):
        names = listed(project.title(item) for item in without)
        blocks.append(paragraph(_("Needed, but the plan has no work for it: {names}").format(names=names)))
    if out:
        reasons = [[n.package, n.reason] for n in out]
        head = [_("Work package"), _("Why")]
        blocks.append(titled(_("Left out of the work"), table(head, reasons, indent=2)))
    return page(blocks)
