"""What to do when a plan cannot simply be saved: somebody else has it, or its file is not as it was read."""

import asyncio
from typing import TYPE_CHECKING

from planner.text.i18n import _, listed, ngettext
from planner.tui.screens.dialog import Ask

if TYPE_CHECKING:
    from planner.store.load import Loaded
    from planner.tui.screens.plan import PlanScreen


async def has_it_again(screen: "PlanScreen") -> str:
    """Ask what to do about a plan that somebody has: it is ``mine`` now, save under the ``other`` name, or ``back``."""
    holder = screen.holding.holder
    assert holder is not None
    answers = [
        ("other", "o", _("save under another name")),
        ("take", "t", _("take it over and save; what has changed in the file is merged")),
        ("back", "b", _("back to the plan")),
    ]
    words = _("{who}. Only one at a time saves it.").format(who=holder.told())
    answer = await screen.app.push_screen_wait(Ask(_("Somebody has this plan"), words, answers, sudden=True))
    if answer == "take":
        return "mine" if await screen.holding.take_over(holder) else "back"
    return answer or "back"


async def changed_on_disk(screen: "PlanScreen") -> tuple[str, str]:
    """Show or merge what has changed in the file: ``save`` it now, under the ``other`` name, or ``back``; and what
    was done.
    """
    theirs, fault = await _read(screen)
    while True:
        answer = await screen.app.push_screen_wait(_question(screen, fault))
        if answer == "compare" and theirs is not None:
            from planner.tui.screens.differences import show_differences

            title = _("What somebody else has changed in {file}").format(file=screen.path.name)
            await show_differences(screen, title, screen.history.saved or screen.project, theirs.project)
        elif answer == "merge" and theirs is not None:
            words = await _merge(screen, theirs)
            return ("save", words) if words else ("back", "")
        elif answer == "reload" and theirs is not None:
            screen.take_in(_("Read again from {file}").format(file=screen.path.name), theirs.project, theirs)
            return "back", ""
        else:
            return ("other" if answer == "other" else "back"), ""


async def file_is_gone(screen: "PlanScreen") -> str:
    """Ask where the plan is to be saved whose file is gone: here ``again``, under the ``other`` name, or ``back``."""
    words = _("{file} was removed or renamed since it was read here.").format(file=screen.path.name)
    answers = [
        ("again", "w", _("write it again where it was")),
        ("other", "o", _("save under another name")),
        ("back", "b", _("back to the plan")),
    ]
    return await screen.app.push_screen_wait(Ask(_("The file is gone"), words, answers, sudden=True)) or "back"


def _question(screen: "PlanScreen", fault: str) -> Ask:
    words = _("{file} was changed by somebody else since it was read here. Nothing has been written.")
    text = words.format(file=screen.path.name)
    other = ("other", "o", _("save under another name, and keep both"))
    back = ("back", "b", _("back to the plan"))
    if fault:
        advice = _("What stands there cannot be read now: {fault}").format(fault=fault)
        return Ask(_("The file has changed"), f"{text} {advice}", [other, back], sudden=True)
    read = ("reload", "r", _("read the file again; u brings back what was changed here"))
    compare = ("compare", "c", _("show what somebody else has changed"))
    merge = ("merge", "m", _("bring both together, and save"))
    answers = [merge, compare, other, read, back] if screen.history.dirty else [read, compare, other, back]
    return Ask(_("The file has changed"), text, answers, sudden=True)


async def _read(screen: "PlanScreen") -> "tuple[Loaded | None, str]":
    from planner.catalog.ids import process_ids
    from planner.store.load import PlanUnreadable, load

    try:
        return await asyncio.to_thread(load, screen.path, process_ids()), ""
    except PlanUnreadable as error:
        return None, error.faults[0].message


async def _merge(screen: "PlanScreen", theirs: "Loaded") -> str:
    """Bring the edits in the file and those made here together, as one; what came of it, empty when nothing."""
    from planner.review.differences import differences
    from planner.review.merge import merge_into_file

    base, ours = screen.history.saved or theirs.project, screen.project
    merged = await asyncio.to_thread(merge_into_file, base, ours, theirs.project)
    if screen.project is not ours:  # edited meanwhile, by a key typed ahead
        screen.say(_("The plan was changed while it was merged: s saves it again."), warn=True)
        return ""
    came = len(await asyncio.to_thread(differences, ours, merged))
    conflicts = len({one.id for one in merged.conflicts} - {one.id for one in ours.conflicts})
    words = ngettext("{n} change came in", "{n} changes came in", came).format(n=came)
    if conflicts:
        more = ngettext("{n} conflict to settle: R leads to it", "{n} conflicts to settle: R leads to them", conflicts)
        words = listed([words, more.format(n=conflicts)])
    screen.take_in(_("Merged with {file}").format(file=screen.path.name), merged, theirs)
    return _("{sentence}.").format(sentence=words)
