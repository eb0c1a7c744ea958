"""What reviewers leave in a plan: baselines to compare it with, comments, decisions at the gates of phases."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import count

from planner.edit.refused import Refused, checked, need
from planner.model.project import Baseline, Comment, Decision, Need, Planned, Project
from planner.model.remarks import next_id
from planner.model.values import Fixed
from planner.text.clean import plain_id
from planner.text.i18n import _


def take_baseline(project: Project, name: str, taken: date, note: str = "", approved_by: str = "") -> Project:
    """``project`` with a baseline of what it is now, the newest last. Raises Refused."""
    baseline = Baseline(
        id=free_id(plain_id(name) or "baseline", {other.id for other in project.baselines}),
        name=name,
        taken=taken,
        approved_by=approved_by,
        note=note,
        strategy=project.roadmap.strategy if project.roadmap else "",
        phases=Fixed({phase.id: phase.name for phase in project.phases}),
        targets=Fixed({process.id: process.target_level for process in project.processes if process.in_scope}),
        packages=Fixed(planned(project)),
        needs=tuple(
            sorted(Need(item=d.item, needs=d.needs, type=d.type) for d in project.dependencies if d.strength == "hard")
        ),
    )
    return checked(project, replace(project, baselines=(*project.baselines, baseline)))


def planned(project: Project) -> dict[str, Planned]:
    """What a baseline keeps of every work package, by id."""
    placed = project.roadmap.packages if project.roadmap else {}
    kept = {}
    for package in project.packages:
        place = placed.get(package.id)
        kept[package.id] = Planned(
            name=package.name,
            capability=package.capability,
            phase=place.phase if place else "",
            start=place.start if place else None,
            finish=place.finish if place else None,
            days=package.days.likely,
            effort=round(package.person_days, 2),
        )
    return kept


def change_baseline(project: Project, baseline: str, *, name: str, approved_by: str, note: str) -> Project:
    """``project`` where a baseline is called otherwise, or approved. Raises Refused when there is none of that id."""
    need(baseline, {one.id for one in project.baselines}, _("baseline"))
    after = tuple(
        replace(one, name=name, approved_by=approved_by, note=note) if one.id == baseline else one
        for one in project.baselines
    )
    return checked(project, replace(project, baselines=after))


def remove_baseline(project: Project, baseline: str) -> Project:
    """``project`` without a baseline. Raises Refused when there is none of that id."""
    need(baseline, {one.id for one in project.baselines}, _("baseline"))
    return checked(project, replace(project, baselines=tuple(b for b in project.baselines if b.id != baseline)))


def add_comment(
    project: Project,
    text: str,
    made: date,
    *,
    item: str = "",
    author: str = "",
    reply_to: str = "",
    series: str = "c",
) -> Project:
    """``project`` with a remark on ``item`` (the whole plan without one), or an answer to a comment.

    An answer is about what the comment is about; to an answer one answers by answering its thread. The id begins with
    ``series``. Raises Refused.
    """
    if reply_to:
        first = thread_of(project, reply_to)
        item, reply_to = first.item, first.id
    made_id = next_id(series, [other.id for other in project.comments])
    said = Comment(id=made_id, item=item, author=author, made=made, text=text, reply_to=reply_to)
    return checked(project, replace(project, comments=(*project.comments, said)))


def change_comment(project: Project, ident: str, *, text: str, author: str, made: date) -> Project:
    """``project`` where a comment says something else. Raises Refused when there is none of that id."""
    need(ident, {one.id for one in project.comments}, _("comment"))
    after = tuple(
        replace(one, text=text, author=author, made=made) if one.id == ident else one for one in project.comments
    )
    return checked(project, replace(project, comments=after))


def thread_of(project: Project, ident: str) -> Comment:
    """The first comment of the thread in which the comment ``ident`` stands. Raises Refused when there is none."""
    by_id = {one.id: one for one in project.comments}
    need(ident, by_id, _("comment"))
    return by_id[by_id[ident].reply_to or ident]


def resolve(project: Project, ident: str, resolved: bool = True) -> Project:
    """``project`` where the thread of a comment is settled, or open again. Raises Refused."""
    first = thread_of(project, ident)
    after = tuple(replace(one, resolved=resolved) if one is first else one for one in project.comments)
    return checked(project, replace(project, comments=after))


def remove_comment(project: Project, ident: str) -> Project:
    """``project`` without a comment and the answers to it. Raises Refused when there is none."""
    need(ident, {one.id for one in project.comments}, _("comment"))
    after = tuple(one for one in project.comments if ident not in (one.id, one.reply_to))
    return checked(project, replace(project, comments=after))


def decide(project: Project, decision: Decision) -> Project:
    """``project`` with what was decided at a gate, instead of what was before.

    Raises Refused when there is no such phase, and for conditions that are not said.
    """
    need(decision.phase, project.phase_by_id, _("phase"))
    if decision.verdict == "conditions" and not decision.note.strip():
        raise Refused(_("approved under conditions: say under which"))
    others = tuple(one for one in project.decisions if one.phase != decision.phase)
    order = {phase.id: n for n, phase in enumerate(project.phases)}
    after = sorted((*others, decision), key=lambda one: order.get(one.phase, len(order)))
    return checked(project, replace(project, decisions=tuple(after)))


def undecide(project: Project, phase: str) -> Project:
    """``project`` where nothing is decided at the gate of ``phase`` any more. Raises Refused when nothing was."""
    need(phase, {one.phase for one in project.decisions}, _("decision on the phase"))
    return checked(project, replace(project, decisions=tuple(one for one in project.decisions if one.phase != phase)))


def free_id(wish: str, taken: Collection[str]) -> str:
    """``wish``, or with the first number behind it that makes it one of its own."""
    return next(name for n in count(1) if (name := wish if n == 1 else f"{wish}-{n}") not in taken)
