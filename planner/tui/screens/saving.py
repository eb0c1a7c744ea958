"""Saving a plan, and leaving one that is not saved."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from planner.text.i18n import _
from planner.tui.screens.changed import changed_on_disk, file_is_gone, has_it_again
from planner.tui.screens.dialog import Ask
from planner.tui.screens.form import Form, Text
from planner.tui.typed import required

if TYPE_CHECKING:
    from planner.store.disk import Saved
    from planner.tui.screens.plan import PlanScreen


async def save_plan(screen: "PlanScreen") -> bool:
    """Save the plan where it is, or where the person wants when that cannot be; whether it was saved.

    One save at a time: the next one begins from what the one before it has written.
    """
    async with screen.one_save:
        return await _save(screen)


async def save_at_once(screen: "PlanScreen") -> None:
    """Save without a word, as each remark of a review is; why that fails is told."""
    from planner.store.save import SaveFailed

    async with screen.one_save:
        if screen.history.dirty:
            try:
                await _write(screen, screen.path, screen.text)
            except SaveFailed as error:
                screen.say(_("Not saved: {reason}").format(reason=error), warn=True)


async def _save(screen: "PlanScreen", before: str = "", anew: bool = False) -> bool:
    """Save; ``before`` is what was done first, to be told with it. With ``anew`` the file is gone, and made again."""
    from planner.store.lock import Lost
    from planner.store.save import ChangedOnDisk, SaveFailed

    holding, name = screen.holding, screen.path.name
    mine = not holding.read_only
    if not mine and not await holding.try_again():
        answer = await has_it_again(screen)
        if answer == "other":
            return await save_as(screen, _("Somebody else has {file}.").format(file=name))
        if answer != "mine":
            return False
    if not screen.history.dirty and screen.text is not None and not holding.disk:
        screen.say(_("Everything is saved already.") if mine else _("You have the plan now."))
        return True
    if not screen.access.writable(screen.path):
        return await save_as(screen, _("{file} cannot be written.").format(file=name))
    try:
        notes = await _write(screen, screen.path, screen.text, anew=anew)
    except ChangedOnDisk as error:
        return await _not_as_it_was(screen, error.how)
    except Lost as error:
        holding.lose(error.holder)
        return await _save(screen)
    except SaveFailed as error:
        if screen.access.at_once:
            screen.say(_("Not saved: {reason}").format(reason=error), warn=True)
            return False
        return await save_as(screen, _("Not saved: {reason}").format(reason=error))
    saved = _("Saved to {file}.").format(file=screen.access.kept_in(screen.path).name)
    screen.say(" ".join([before, saved, *notes]).strip())
    return True


async def _not_as_it_was(screen: "PlanScreen", how: str) -> bool:
    """Go on after a save that found another file than the one that was read; whether it is saved."""
    from planner.tui.reviewing import Review, renew

    if isinstance(screen.access, Review) and how == "changed":
        return await renew(screen, screen.access) and await _save(screen)
    answer, words = (await file_is_gone(screen), "") if how == "gone" else await changed_on_disk(screen)
    if answer == "other":
        return await save_as(screen, _("{file} stays as it is.").format(file=screen.path.name))
    return answer in ("again", "save") and await _save(screen, words, anew=answer == "again")


async def save_as(screen: "PlanScreen", why: str) -> bool:
    """Ask for another file name and save there; whether it was saved."""
    from planner.store.save import ChangedOnDisk, SaveFailed

    folder = screen.path.parent

    def free(text: str) -> Path:
        path = folder / required(text)
        path = path if path.suffix == ".toml" else path.with_name(f"{path.name}.toml")
        if path.exists():
            raise ValueError(_("{file} exists already: choose another name").format(file=path.name))
        return path

    wish = f"{screen.path.stem}-2.toml"
    fields = [Text("path", _("File name"), wish, free, _("a name in the same folder, or a path"))]
    values = await screen.app.push_screen_wait(Form(_("Save under another name"), fields, intro=why))
    if values is None:
        screen.say(_("Not saved."), warn=True)
        return False
    # The second try writes the plan afresh: comments that the first could not keep stay in the old file.
    for text in (screen.text, None):
        try:
            notes = await _write(screen, values["path"], text, anew=True)
        except (ChangedOnDisk, SaveFailed) as error:
            reason = str(error)
        else:
            screen.say(" ".join([_("Saved to {file}.").format(file=values["path"].name), *notes]))
            return True
    screen.say(_("Not saved: {reason}").format(reason=reason), warn=True)
    return False


async def leave_plan(screen: "PlanScreen", then: Callable[[], object]) -> None:
    """Do ``then`` once nothing is unsaved, or the person gives it up."""
    async with screen.one_save:
        pass  # a save under way decides whether there is anything to ask
    if screen.history.dirty:
        later = _("leave without saving: opened again, U brings the changes back")
        answer = await screen.app.push_screen_wait(
            Ask(
                _("Not saved"),
                _("{name} has changes that are not saved.").format(name=screen.project.engagement.name),
                [
                    ("save", "s", _("save and leave")),
                    ("discard", "d", later if screen.diary.kept else _("leave without saving: the changes are lost")),
                    ("stay", "b", _("back to the plan")),
                ],
            )
        )
        if answer not in ("save", "discard") or (answer == "save" and not await save_plan(screen)):
            return
        if answer == "discard":
            screen.give_up()
    then()


async def _write(screen: "PlanScreen", path: Path, previous: str | None, *, anew: bool = False) -> tuple[str, ...]:
    """Save in ``path``, while nobody takes the plan over; what could not be done beside that.

    With ``anew`` there is no such file, and ``previous`` only says how the new one is to look.
    Raises what ``Access.save`` does, and ``planner.store.lock.Lost``.
    """
    project = screen.project

    def write() -> "Saved":
        with screen.holding.firm(path):
            free = anew and not os.path.lexists(path)
            return screen.access.save(project, path, previous, overwrite=free)

    screen.show_saving(True)
    try:
        text = await asyncio.to_thread(write)
        screen.saved(project, path, text)
        if screen.access.kept_in(path) == path:
            await screen.holding.written(path)
        return text.notes
    finally:
        screen.show_saving(False)
