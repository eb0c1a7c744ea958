"""Edits that an ended session has left: what they are, and what is to become of them."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.edit.history import History
from planner.store.journal import put_away, set_aside
from planner.text.clean import one_line
from planner.text.i18n import _, ngettext
from planner.tui.screens.dialog import Ask

if TYPE_CHECKING:
    from planner.store.journal import Left, Told
    from planner.tui.screens.plan import PlanScreen

NAMED = 4
"""So many edits are named, the last ones."""


async def ask_about(screen: "PlanScreen", one: "Left") -> None:
    """Say what ``one`` holds that the plan's file does not, and do with it what the person wants.

    Who may only remark is asked about remarks; all else waits for whoever writes the plan.
    """
    told = await asyncio.to_thread(_read, screen, one)
    if screen.access.closed and (told is None or told.present == screen.project):
        return
    if told is not None and screen.access.refuses(told.file, told.present):
        words = _("Edits of {user} are not saved yet: whoever opens the plan to work on it is asked about them.")
        screen.say(words.format(user=one.by or _("somebody unknown")))
        return
    if told is None:
        if file := await asyncio.to_thread(_put_away, one):
            words = _("A journal of earlier edits cannot be read; it stays in {file}.")
            screen.say(words.format(file=one_line(file.name)), warn=True)
        return
    same = told.file == screen.history.saved
    # A history that began with edits of the plan itself must not be taken back in a review.
    own = same and not screen.access.closed and _own(screen, one) and screen.history.present is screen.history.saved
    if told.present == screen.project:  # it was saved, and the session ended before it could say so
        if own and screen.diary.resume(told):
            screen.diary.stands(told.present)
            screen.history = screen.history.after(told)
        else:
            await asyncio.to_thread(_put_away, one)
        return
    answer = await screen.app.push_screen_wait(_question(one, told, same, own))
    while answer == "compare":
        from planner.tui.screens.differences import show_differences

        await show_differences(screen, _("What was not saved"), told.file, told.present)
        answer = await screen.app.push_screen_wait(_question(one, told, same, own))
    if answer == "recover":
        await _recover(screen, one, told, own)
    elif answer == "discard":
        await _discard(screen, one, told, own)
    else:
        screen.say(_("Opened as in its file; what was not saved is asked for again next time."))


def _question(one: "Left", told: "Told", same: bool, own: bool) -> Ask:
    when = one.last.astimezone().strftime("%Y-%m-%d %H:%M") if one.last else _("an unknown day")
    words = ngettext(
        "A session of {user} ended on {time}, and {n} edit was not saved: {labels}.",
        "A session of {user} ended on {time}, and {n} edits were not saved: {labels}.",
        one.edits,
    )
    labels = [label or _("an edit") for label in told.labels[-NAMED:]]
    more = ["..."] if len(told.labels) > NAMED else []
    text = words.format(
        user=one.by or _("somebody unknown"), time=when, n=one.edits, labels=_("; ").join([*more, *labels])
    )
    if told.saved is not None and told.saved > told.at:
        text = _("{edits} They were taken back after they had been saved.").format(edits=text)
    if not same:
        text = _("{edits} The file was changed since then: both are brought together.").format(edits=text)
    answers = [
        ("recover", "r", _("recover: the plan as it was on the screen, not saved yet")),
        ("compare", "c", _("compare: what they change")),
        ("discard", "d", _("discard: the plan as in its file; U does them again") if own else _("discard them")),
        ("later", "l", _("later: the plan as in its file, and ask again next time")),
    ]
    return Ask(_("Edits that were not saved"), text, answers, sudden=True)


async def _recover(screen: "PlanScreen", one: "Left", told: "Told", own: bool) -> None:
    """Let the edits be edits of this session, not saved yet."""
    words = _("Recovered: {edits}. s saves, u takes back.").format(edits=_edits(one.edits))
    if own and screen.diary.resume(told):
        screen.diary.drafts = dict(told.drafts)
        screen.go_on(History.of(told), words)
        return
    file = await asyncio.to_thread(_aside, screen, one)
    if told.file == screen.project and told.saved is not None and told.saved < told.at:
        for label, plan in told.steps[told.saved + 1 : told.at + 1]:
            screen.record(label, plan)
    else:
        words = await _merge(screen, one, told, words)
    screen.diary.drafts = {**told.drafts, **screen.diary.drafts}
    screen.diary.settle()
    screen.go_on(screen.history, words)
    with suppress(OSError):
        await asyncio.to_thread(put_away, file)


async def _merge(screen: "PlanScreen", one: "Left", told: "Told", words: str) -> str:
    """Bring the edits together with a plan that has changed since; what is said of it."""
    from planner.review.merge import merge_into_file

    stands = screen.project
    merged = await asyncio.to_thread(merge_into_file, told.file, told.present, stands)
    screen.record(_("Recovered: {edits}").format(edits=_edits(one.edits)), merged)
    conflicts = len({each.id for each in merged.conflicts} - {each.id for each in stands.conflicts})
    if not conflicts:
        return words
    more = ngettext("{n} conflict to settle: R leads to it.", "{n} conflicts to settle: R leads to them.", conflicts)
    return f"{words} {more.format(n=conflicts)}"


async def _discard(screen: "PlanScreen", one: "Left", told: "Told", own: bool) -> None:
    """Let the plan be as in its file; nothing is destroyed by it."""
    if own and screen.diary.resume(told):
        screen.diary.given_up()
        screen.go_on(
            History.of(told).given_up(_("as in the file")),
            _("The plan is as in its file; U does again what was not saved."),
        )
    elif file := await asyncio.to_thread(_put_away, one):
        screen.say(_("Discarded; for a while it stays in {file}.").format(file=one_line(file.name)))


def _read(screen: "PlanScreen", one: "Left") -> "Told | None":
    """What ``one`` tells; this session's journal can then go on with it, if it is the plan's own."""
    from planner.store.fault import PlanUnreadable

    journal = screen.diary.journal()
    if journal is not None and _own(screen, one):
        return journal.recall()
    with suppress(PlanUnreadable):
        return one.told()
    return None


def _own(screen: "PlanScreen", one: "Left") -> bool:
    """Whether ``one`` is the plan's own journal, which this session would go on with."""
    from planner.store.journal_file import own_journal

    return one.file == own_journal(screen.path)


def _aside(screen: "PlanScreen", one: "Left") -> Path:
    """Where ``one`` is once this session's own journal can have its name."""
    if not _own(screen, one):
        return one.file
    with suppress(OSError):
        return set_aside(screen.path) or one.file
    return one.file


def _put_away(one: "Left") -> Path | None:
    """Where ``one`` is once nobody asks for it any more; None where it could not be renamed."""
    with suppress(OSError):
        return put_away(one.file)
    return None


def _edits(count: int) -> str:
    return ngettext("{n} edit", "{n} edits", count).format(n=count)
