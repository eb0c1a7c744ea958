"""``planner show --section comments``: what reviewers remark, thread by thread, and what was decided at the gates."""

from collections.abc import Iterator

from planner.cli.layout import paragraph, running, titled
from planner.export.outline import outline
from planner.model.project import Comment, Decision, Project
from planner.model.remarks import VERDICTS
from planner.review.threads import in_threads, subject
from planner.text.i18n import _, labelled, ngettext


def blocks(project: Project) -> Iterator[str]:
    """How much is open, the threads, and the gates."""
    first = [one for one in project.comments if not one.reply_to]
    if not first:
        yield paragraph(_("Nobody has remarked anything on this plan."))
    else:
        unsettled = sum(not one.resolved for one in first)
        count = ngettext("{n} thread of comments", "{n} threads of comments", len(first)).format(n=len(first))
        yield paragraph(_("{threads}, {n} of them open").format(threads=count, n=unsettled))
    lines: list[str] = []
    for one in in_threads(project):
        if not one.reply_to and lines:
            yield "\n".join(lines)
            lines = []
        lines += _said(project, one)
    yield "\n".join(lines)
    yield gates(project)


def gates(project: Project) -> str:
    """What is decided at the end of each phase; decisions on phases that have gone come last. Empty without any."""
    decided = {decision.phase: decision for decision in project.decisions}
    lines: list[str] = []
    for part in outline(project):
        name = f"{part.number}. {part.phase.name}" + (f" ({part.finish})" if part.finish else "")
        lines += _decision(name, decided.pop(part.phase.id, None))
    for decision in decided.values():
        lines += _decision(_("a phase that is no longer in the plan"), decision)
    return titled(_("Gates"), *lines) if lines else ""


def _said(project: Project, one: Comment) -> Iterator[str]:
    by = _("{author}, {day}").format(author=one.author or _("somebody"), day=one.made)
    if one.reply_to:
        yield running(labelled(by, one.text), indent=4, bullet="> ")
        return
    state = _("resolved") if one.resolved else _("still open")
    about = subject(project, one.item)
    yield paragraph(f"{about[:1].upper()}{about[1:]} ({state})")
    yield running(labelled(by, one.text), indent=2)


def _decision(name: str, decision: Decision | None) -> Iterator[str]:
    if decision is None:
        yield paragraph(labelled(name, _("not decided")), indent=2)
        return
    by = _("{author}, {day}").format(author=decision.author or _("somebody"), day=decision.made)
    yield paragraph(labelled(name, f"{_(VERDICTS[decision.verdict])} ({by})"), indent=2)
    if decision.note:
        yield running(decision.note, indent=4, bullet="> ")
