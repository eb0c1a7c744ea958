"""Saving a plan, and leaving one that is not saved."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from planner.model.project import Project
from planner.text.i18n import _
from planner.tui.files import free_beside, writable
from planner.tui.screens.dialog import Ask
from planner.tui.screens.form import Form, Text
from planner.tui.typed import required

if TYPE_CHECKING:
    from planner.tui.screens.plan import PlanScreen


async def save_plan(screen: "PlanScreen") -> bool:
    """Save the plan where it is, or where the person wants when that cannot be; whether it was saved.

    One save at a time: the next one begins from what the one before it has written.
    """
    async with screen.one_save:
        return await _save(screen)


async def _save(screen: "PlanScreen") -> bool:
    from planner.store.save import ChangedOnDisk, SaveFailed

    if not screen.history.dirty and screen.text is not None:
        screen.say(_("Everything is saved already."))
        return True
    if not writable(screen.path):
        return await save_as(screen, _("{file} cannot be written.").format(file=screen.path.name))
    try:
        await _write(screen, screen.path, screen.text, overwrite=screen.text is None)
    except ChangedOnDisk:
        return await _changed_on_disk(screen)
    except SaveFailed as error:
        return await save_as(screen, _("Not saved: {reason}").format(reason=error))
    screen.say(_("Saved to {file}.").format(file=screen.path.name))
    return True


async def save_as(screen: "PlanScreen", why: str) -> bool:
    """Ask for another file name and save there; whether it was saved."""
    from planner.store.save import SaveFailed

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
            await _write(screen, values["path"], text, overwrite=True)
        except SaveFailed as error:
            reason = str(error)
        else:
            screen.say(_("Saved to {file}.").format(file=values["path"].name))
            return True
    screen.say(_("Not saved: {reason}").format(reason=reason), warn=True)
    return False


def keep(project: Project, path: Path, text: str | None) -> Path | None:
    """Write unsaved edits of the plan in ``path`` (read as ``text``) beside it; the file, or None if that failed."""
    from planner.store.save import SaveFailed, save

    for previous in (text, None):
        try:
            beside = free_beside(path)
            save(project, beside, previous, overwrite=True)
        except (SaveFailed, OSError):
            continue
        return beside
    return None


async def leave_plan(screen: "PlanScreen", then: Callable[[], object]) -> None:
    """Do ``then`` once nothing is unsaved, or the person gives it up."""
    async with screen.one_save:
        pass  # a save under way decides whether there is anything to ask
    if screen.at_risk:
        answer = await screen.app.push_screen_wait(
            Ask(
                _("Not saved"),
                _("{name} has changes that are not saved.").format(name=screen.project.engagement.name),
                [
                    ("save", "s", _("save and leave")),
                    ("discard", "d", _("leave without saving: the changes are lost")),
                    ("stay", "b", _("back to the plan")),
                ],
            )
        )
        if answer not in ("save", "discard") or (answer == "save" and not await save_plan(screen)):
            return
    then()


async def _write(screen: "PlanScreen", path: Path, previous: str | None, *, overwrite: bool) -> None:
    project = screen.project
    screen.show_saving(True)
    try:
        text = await asyncio.to_thread(screen.access.save, project, path, previous, overwrite=overwrite)
        screen.saved(project, path, text)
    finally:
        screen.show_saving(False)


async def _changed_on_disk(screen: "PlanScreen") -> bool:
    from planner.catalog.ids import process_ids
    from planner.store.load import PlanUnreadable, load

    answer = await screen.app.push_screen_wait(
        Ask(
            _("The file has changed"),
            _("{file} was changed by somebody else since it was read here. Nothing has been written.").format(
                file=screen.path.name
            ),
            [
                ("other", "o", _("save under another name, and keep both")),
                ("reload", "r", _("read the file again: the changes made here are lost")),
                ("back", "b", _("back to the plan")),
            ],
        )
    )
    if answer == "other":
        return await save_as(screen, _("{file} stays as somebody else has left it.").format(file=screen.path.name))
    if answer == "reload":
        try:
            screen.reopen(load(screen.path, process_ids()))
        except PlanUnreadable as error:
            screen.say(str(error.faults[0]), warn=True)
    return False
