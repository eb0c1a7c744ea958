"""``planner check``: findings on the plan, worst first."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from planner.checks.check import Finding, check
from planner.cli import plan
from planner.cli.answer import DONE, FINDINGS, Answer
from planner.cli.arguments import Parser, as_json, plan_file
from planner.cli.layout import page, paragraph
from planner.export.json_doc import dumps
from planner.text.i18n import _, labelled, ngettext


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner check``."""
    plan_file(parser)
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The findings; exit code 1 when one of them is an error."""
    found = check(plan.read(args.file).project)
    code = FINDINGS if any(finding.severity == "error" for finding in found) else DONE
    if args.json:
        return Answer(dumps({"schema": 1, "findings": [_data(finding) for finding in found]}), code=code)
    return Answer(findings(found), code=code)


def findings(found: Sequence[Finding]) -> str:
    """Findings as text."""
    if not found:
        return _("Nothing found.") + "\n"
    count = ngettext("{n} finding", "{n} findings", len(found)).format(n=len(found))
    return page([count, *(_finding(finding) for finding in found)])


def _finding(finding: Finding) -> str:
    lines = [paragraph(labelled(_(finding.severity), f"{finding.title} ({finding.id})"))]
    lines += [paragraph(text, indent=2) for text in (finding.message,) if text]
    if finding.advice:
        lines.append(paragraph(finding.advice, indent=2, bullet="> "))
    return "\n".join(lines)


def _data(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity,
        "title": finding.title,
        "message": finding.message,
        "advice": finding.advice,
        "items": list(finding.items),
    }
