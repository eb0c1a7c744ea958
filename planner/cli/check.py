"""``planner check``: findings on the plan, worst first, and what it accepts."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
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
    parser.add_argument("--all", action="store_true", help=_("show the muted findings too"))
    parser.add_argument("--explain", action="store_true", help=_("say where each check comes from"))
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The findings; exit code 1 when one of them, not muted, is an error."""
    everything = check(plan.read(args.file).project, plan.catalogue(), with_muted=True)
    found, muted = apart(everything)
    code = FINDINGS if any(finding.severity == "error" for finding in found) else DONE
    if args.json:
        lists = {"findings": [*map(_data, found)], "muted": [*map(_data, muted)]}
        return Answer(dumps({"schema": 1, **lists}), code=code)
    return Answer(findings(found, muted, whole=args.all, explain=args.explain), code=code)


def apart(everything: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings that count, and those that the plan mutes."""
    kept = [*everything]
    return [finding for finding in kept if not finding.muted], [finding for finding in kept if finding.muted]


def findings(
    found: Sequence[Finding], muted: Sequence[Finding] = (), *, whole: bool = False, explain: bool = False
) -> str:
    """Findings as text, and which are muted and why; those in full with ``whole``."""
    count = ngettext("{n} finding", "{n} findings", len(found)).format(n=len(found)) if found else _("Nothing found.")
    blocks = [count, *(_finding(finding, explain) for finding in found)]
    if muted:
        count = ngettext("{n} more is muted:", "{n} more are muted:", len(muted)).format(n=len(muted))
        blocks += (
            [count, *(_finding(finding, explain) for finding in muted)] if whole else ["\n".join([count, *_why(muted)])]
        )
    return page(blocks)


def _why(muted: Iterable[Finding]) -> Iterable[str]:
    """A line for each check that is muted: how often it found something, and why that is accepted."""
    times: dict[tuple[str, str, str], int] = {}
    for finding in muted:
        key = (finding.id, finding.title, finding.muted)
        times[key] = times.get(key, 0) + 1
    for (ident, title, reason), n in times.items():
        text = _("{title} ({id}, {n} times): {reason}") if n > 1 else _("{title} ({id}): {reason}")
        yield paragraph(text.format(title=title, id=ident, n=n, reason=reason), indent=2, bullet="- ")


def _finding(finding: Finding, explain: bool) -> str:
    lines = [paragraph(labelled(_(finding.severity), f"{finding.title} ({finding.id})"))]
    lines += [paragraph(text, indent=2) for text in (finding.message,) if text]
    lines.append(paragraph(finding.advice, indent=2, bullet="> "))
    for changed in finding.changed:
        text = _("by this plan's own threshold {key}: {value}, usually {usual}")
        lines.append(paragraph(text.format(key=changed.key, value=changed.value, usual=changed.usual), indent=2))
    if finding.muted:
        lines.append(paragraph(labelled(_("muted"), finding.muted), indent=2))
    if explain:
        text = _("from: {origin}; severity and numbers: {source}")
        lines.append(paragraph(text.format(origin=finding.origin, source=finding.source), indent=2))
    return "\n".join(lines)


def _data(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": finding.id,
        "severity": finding.severity,
        "title": finding.title,
        "message": finding.message,
        "advice": finding.advice,
        "items": list(finding.items),
        "origin": finding.origin,
        "source": finding.source,
    }
    if finding.changed:
        data["changed"] = [{"key": one.key, "value": one.value, "usual": one.usual} for one in finding.changed]
    return data | {"muted": finding.muted} if finding.muted else data
