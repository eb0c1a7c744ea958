"""The health of plans in words: what is well, what to look at, what is wrong, and what to do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.plan import word
from planner.model.project import SCHEMA, Project
from planner.store.fsck import Health, Leavings
from planner.text.clean import one_line
from planner.text.i18n import N_, _, labelled, listed, ngettext

WRONG, LOOK, GOOD = "wrong", "look", "good"
STATES = (WRONG, LOOK, GOOD)
"""How bad a thing is, worst first: the plan is not right; somebody should look at it; it is as it should be."""

STATE_WORDS = {WRONG: N_("wrong"), LOOK: N_("look"), GOOD: N_("good")}

_PLACES = {
    "nowhere": (WRONG, N_("is a link that leads to nothing"), N_("bring back what it led to, or remove it")),
    "no file": (WRONG, N_("is no ordinary file"), N_("remove it, or move it to another folder")),
    "elsewhere": (LOOK, N_("is a link to a file outside this folder"), N_("put the plan itself here if others use it")),
}


@dataclass(frozen=True, slots=True)
class Note:
    """One thing about a plan or a folder: ``kind`` names it for programs, ``words`` and ``advice`` are for people."""

    state: str
    kind: str
    words: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.words} — {self.advice}" if self.advice else self.words


def worst(notes: Sequence[Note]) -> str:
    """The state of a plan of which ``notes`` are told."""
    return min((note.state for note in notes), key=STATES.index, default=GOOD)


def notes_on(health: Health) -> list[Note]:
    """What is to be said of a plan, worst first."""
    file = word(health.path)
    found = [*_opening(health, file), *_left(health, file), *_reviews(health, file), *_names(health), *_kept(health)]
    if health.project is not None:
        found += _inside(health.project, file)
    return sorted(found, key=lambda note: STATES.index(note.state))


def notes_around(left: Leavings, folder: Path) -> list[Note]:
    """What is to be said of what lies about in the folder."""
    tidy = _("remove it: planner fsck {folder} --tidy").format(folder=word(folder))
    found = [
        Note(LOOK, "temporary", _("{file} was left by a save that was cut off").format(file=one_line(path.name)), tidy)
        for path in left.temporaries
    ]
    for plan, paths in left.orphans:
        words = _("{plan} is gone, but what belongs to it is still in {folder}: {files}")
        named = words.format(
            plan=one_line(plan),
            folder=one_line(paths[0].parent.name),
            files=listed(one_line(path.name) for path in paths),
        )
        advice = _("bring the plan back under this name, or remove them")
        found.append(Note(LOOK, "orphan", named, advice))
    return found


def _opening(health: Health, file: str) -> Iterator[Note]:
    if health.place in _PLACES:
        state, words, advice = _PLACES[health.place]
        yield Note(state, "link" if health.place != "no file" else "file", _(words), _(advice))
    if health.faults:
        first, n = health.faults[0], len(health.faults)
        words = ngettext(
            "cannot be opened: line {line}, {fault}",
            "cannot be opened: {n} faults, the first in line {line}, {fault}",
            n,
        )
        advice = first.advice
        if health.backups:
            advice = _("correct it with a text editor, or go back: planner backups {file}").format(file=file)
        fault = one_line(first.message)
        yield Note(WRONG, "unreadable", words.format(n=n, line=first.line, fault=fault), one_line(advice))
    if health.version < SCHEMA:
        words = _("is written in schema {version}, and becomes {now} when it is saved next")
        yield Note(GOOD, "schema", words.format(version=health.version, now=SCHEMA))


def _left(health: Health, file: str) -> Iterator[Note]:
    opens = _("open the plan, which asks what is to become of it: planner {file}").format(file=file)
    for one in health.left:
        by = one_line(one.by) or _("somebody unknown")
        when = f"{one.last.astimezone():%Y-%m-%d %H:%M}" if one.last else _("an unknown day")
        if not one.readable:
            words = _("the journal {name} of a session that ended cannot be read").format(name=one_line(one.file.name))
        elif one.edits:
            words = ngettext(
                "{n} edit is not saved: the session of {user} ended on {time}",
                "{n} edits are not saved: the session of {user} ended on {time}",
                one.edits,
            ).format(n=one.edits, user=by, time=when)
        else:
            words = _("a text was being typed when the session of {user} ended on {time}").format(user=by, time=when)
        yield Note(LOOK, "unsaved", words, opens)
    if health.holder is not None and health.holder.alive:
        yield Note(GOOD, "open", health.holder.told())
    elif health.holder is not None:
        advice = _("nothing need be done: whoever opens the plan next takes it over")
        yield Note(LOOK, "lock", health.holder.told(), advice)


def _reviews(health: Health, file: str) -> Iterator[Note]:
    from planner.review.fold import fold
    from planner.store.fault import PlanUnreadable
    from planner.store.remarks import load_remarks

    for path in health.reviews:
        name = one_line(path.name)
        try:
            remarks = load_remarks(path)
        except PlanUnreadable as unreadable:
            wrong = _("the review {name} cannot be read: {fault}")
            fault = unreadable.faults[0]
            yield Note(LOOK, "review", wrong.format(name=name, fault=one_line(fault.message)), one_line(fault.advice))
            continue
        if health.project is not None and fold(health.project, remarks) != health.project:
            words = _("remarks of {reviewer} are not taken in").format(reviewer=one_line(remarks.reviewer))
            advice = _("take them in: planner merge {file} --review {review} --write").format(
                file=file, review=word(path)
            )
            yield Note(LOOK, "review", words, advice)


def _names(health: Health) -> Iterator[Note]:
    if health.twins:
        words = _("differs from {other} in capital letters only").format(other=listed(map(one_line, health.twins)))
        yield Note(LOOK, "name", words, _("rename one of them: some systems take both for the same file"))


def _kept(health: Health) -> Iterator[Note]:
    if health.backups:
        n, day = len(health.backups), f"{health.backups[0].taken.astimezone():%Y-%m-%d}"
        words = ngettext("{n} backup, of {day}", "{n} backups, the newest of {day}", n)
        yield Note(GOOD, "backups", words.format(n=n, day=day))


def _inside(project: Project, file: str) -> Iterator[Note]:
    """What the plan itself says: conflicts, and a roadmap that is no longer right."""
    from planner.rollout.verify import verify

    if n := len(project.conflicts):
        words = ngettext("{n} conflict of a merge is not settled", "{n} conflicts of a merge are not settled", n)
        yield Note(
            WRONG, "conflicts", words.format(n=n), _("open the plan and settle it: planner {file}").format(file=file)
        )
    if project.roadmap is None:
        return
    if project.roadmap.status == "stale":
        advice = _("propose again: planner propose {file} --write").format(file=file)
        yield Note(LOOK, "stale", _("the roadmap is from before the last merge"), advice)
    elif broken := verify(project):
        words = ngettext(
            "the roadmap breaks a constraint: {first}",
            "the roadmap breaks {n} constraints, first: {first}",
            len(broken),
        )
        first = labelled(_(broken[0].rule), one_line(broken[0].message))
        advice = _("see planner verify {file}, then propose again").format(file=file)
        yield Note(WRONG, "violations", words.format(n=len(broken), first=first), advice)
