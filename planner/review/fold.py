"""Folding reviews into a plan: comments and decisions that reviewers made beside it become part of it.

A comment is the same one by its id, which carries the reviewer (``planner.model.remarks.series``): a review that is
folded in twice adds nothing, and reviews of several people come together in any order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from planner.model.decode import encode
from planner.model.project import Comment, Conflict, Decision, Project
from planner.model.remarks import VERDICTS, Remarks, Settled, differently, mark_of, overruled, series
from planner.store.render import inline
from planner.text.i18n import _, labelled, ngettext


def fold(project: Project, remarks: Remarks) -> Project:
    """``project`` with everything that ``remarks`` say.

    Comments are added, or said anew where the reviewer has changed them since; an answer to a comment that is gone
    begins a thread. Where somebody else has decided otherwise at a gate, their decision stays and a conflict is noted,
    once: what was settled against the reviewer stands as a comment in the plan (``planner.edit.conflicts``).
    """
    decisions, conflicts = _decided(project, remarks)
    comments = _resolved(_rooted(_with_comments(project.comments, remarks)), remarks.settled)
    return replace(project, comments=comments, decisions=decisions, conflicts=conflicts)


def fold_all(project: Project, reviews: Iterable[Remarks]) -> Project:
    """``project`` with several reviews, whatever their order: by the names of the reviewers.

    Twice, because one may answer what another one says.
    """
    ordered = sorted(reviews, key=lambda one: (mark_of(one.reviewer), one.digest, repr(one)))
    for remarks in (*ordered, *ordered):
        project = fold(project, remarks)
    return project


def _with_comments(had: Sequence[Comment], remarks: Remarks) -> tuple[Comment, ...]:
    by_id = {one.id: one for one in had}
    for said in remarks.comments:
        said = replace(said, author=remarks.reviewer)
        old = by_id.get(said.id)
        by_id[said.id] = _later(old, said) if old else said
    return tuple(by_id.values())


def _later(old: Comment, said: Comment) -> Comment:
    """One comment in two versions: what was said last; settled, where either is."""
    last = said if said.made >= old.made else old
    return replace(last, reply_to=said.reply_to or old.reply_to, resolved=old.resolved or said.resolved)


def _rooted(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """Each answer answers the first comment of its thread; one whose thread is gone begins one."""
    by_id = {one.id: one for one in comments}
    for ident, one in by_id.items():
        root, seen = one.reply_to, {ident}
        while root in by_id and by_id[root].reply_to and root not in seen:
            seen.add(root)
            root = by_id[root].reply_to
        by_id[ident] = replace(one, reply_to=root if root in by_id and root not in seen else "")
    return tuple(by_id.values())


def _resolved(comments: Sequence[Comment], settled: Sequence[Settled]) -> tuple[Comment, ...]:
    said = {one.comment: one.resolved for one in settled}
    return tuple(replace(one, resolved=said.get(one.id, one.resolved)) for one in comments)


def _decided(project: Project, remarks: Remarks) -> tuple[tuple[Decision, ...], tuple[Conflict, ...]]:
    decisions = {one.phase: one for one in project.decisions}
    conflicts = {one.id: one for one in project.conflicts}
    known = {one.id for one in project.comments}
    for said in remarks.decisions:
        said = replace(said, author=remarks.reviewer)
        if overruled(said) in known:
            continue
        stands = decisions.get(said.phase)
        if stands is None or mark_of(stands.author) == mark_of(said.author):
            decisions[said.phase] = said if stands is None or said.made >= stands.made else stands
        elif (stands.verdict, stands.note) != (said.verdict, said.note):
            conflict = _conflict(stands, said)
            conflicts[conflict.id] = conflict
    order = {phase.id: n for n, phase in enumerate(project.phases)}
    # Sorting keeps the order of decisions on phases that are gone.
    after = sorted(decisions.values(), key=lambda one: order.get(one.phase, len(order)))
    return tuple(after), tuple(conflicts.values())


def _conflict(stands: Decision, said: Decision) -> Conflict:
    return Conflict(
        id=differently(said),
        table="decisions",
        item=said.phase,
        ours=inline(encode(stands)),
        theirs=inline(encode(said)),
    )


def digest_of(project: Project) -> str:
    """By what a state of the plan is known again, whatever was said about it since."""
    quiet = replace(project, comments=(), decisions=(), conflicts=())
    return sha256(repr(encode(quiet)).encode("utf-8", "replace")).hexdigest()[:16]


def gathered(base: Project, now: Project, had: Remarks) -> Remarks:
    """What the reviewer of ``had`` says by now: in what ``now`` differs from ``base``, the plan without the review.

    Kept of ``had`` is what could not be shown in ``now``, because somebody else has decided otherwise.
    """
    start, stands = series(had.reviewer), {one.id: one for one in base.comments}
    own = mark_of(had.reviewer)
    settled = [
        Settled(comment=one.id, resolved=one.resolved)
        for one in now.comments
        if one.id in stands and not one.reply_to and one.resolved != stands[one.id].resolved
    ]
    shown = {one.phase: one for one in now.decisions}
    decided = {one.phase: one for one in shown.values() if one.author and mark_of(one.author) == own}
    others = {phase for phase, one in shown.items() if phase not in decided}
    hidden = {one.phase: one for one in had.decisions if one.phase in others}
    return replace(
        had,
        digest=digest_of(base),
        comments=tuple(one for one in now.comments if one.id.startswith(start)),
        settled=tuple(settled),
        decisions=tuple({**hidden, **decided}.values()),
    )


def told(before: Project, after: Project) -> tuple[str, ...]:
    """What folding reviews into ``before`` did, in words; empty when it changed nothing."""
    return (*_told_comments(before, after), *_told_decisions(before, after), *_told_conflicts(before, after))


def _told_comments(before: Project, after: Project) -> list[str]:
    had = {one.id: one for one in before.comments}
    added: dict[str, int] = {}
    for one in after.comments:
        if one.id not in had:
            added[one.author] = added.get(one.author, 0) + 1
    words = []
    for author, n in added.items():
        count = ngettext("{n} comment added", "{n} comments added", n).format(n=n)
        words.append(labelled(author or _("somebody"), count))
    again = [one for one in after.comments if one.id in had]
    changed = sum(one.text != had[one.id].text for one in again)
    settled = sum(one.resolved and not had[one.id].resolved for one in again)
    opened = sum(had[one.id].resolved and not one.resolved for one in again)
    counts = (
        (changed, ngettext("{n} comment says something else now", "{n} comments say something else now", changed)),
        (settled, ngettext("{n} thread resolved", "{n} threads resolved", settled)),
        (opened, ngettext("{n} thread open again", "{n} threads open again", opened)),
    )
    return [*words, *(count.format(n=n) for n, count in counts if n)]


def _told_decisions(before: Project, after: Project) -> list[str]:
    had = {one.phase: one for one in before.decisions}
    return [
        _("gate of {phase}: {verdict} by {author}").format(
            phase=_phase(after, one.phase), verdict=_(VERDICTS[one.verdict]), author=one.author or _("somebody")
        )
        for one in after.decisions
        if had.get(one.phase) != one
    ]


def _told_conflicts(before: Project, after: Project) -> list[str]:
    had = set(before.conflicts)
    words = _("gate of {phase}: decided differently by two people; both are kept, open the plan to settle it")
    return [words.format(phase=_phase(after, one.item)) for one in after.conflicts if one not in had]


def _phase(project: Project, ident: str) -> str:
    known = project.phase_by_id.get(ident)
    return known.name if known else _("a phase that is no longer in the plan")
