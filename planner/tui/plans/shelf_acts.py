"""What can be done to the files in the list of plans. Each act is a deed that can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planner.edit.facts import change_engagement
from planner.edit.refused import Refused
from planner.model.project import Project
from planner.store import shelf
from planner.store.load import Loaded, PlanUnreadable, load
from planner.store.shelf import ShelfFault, Steps
from planner.text.i18n import _
from planner.tui.plans.deeds import Deed
from planner.tui.screens.form import Form, OneOf, Text, Values
from planner.tui.typed import required

if TYPE_CHECKING:
    from planner.tui.plans.screen import PlansScreen


def do(screen: "PlansScreen", label: str, act: Callable[[], Steps]) -> bool:
    """Do ``act`` and remember it as ``label``; why it cannot be done goes to the message line. Whether it was done."""
    try:
        steps = act()
    except ShelfFault as fault:
        screen.say(str(fault), warn=True)
        return False
    if steps:
        deed = Deed(label, steps)
        screen.deeds = screen.deeds.do(deed)
        screen.show_file(deed.place)
    screen.say(_("{label}; u takes it back.").format(label=label) if steps else _("That changes nothing."))
    return bool(steps)


def turn(screen: "PlansScreen", back: bool) -> None:
    """Take the last deed back, or do again what was taken back last."""
    try:
        screen.deeds = screen.deeds.undo(screen.folder) if back else screen.deeds.redo(screen.folder)
    except ShelfFault as fault:
        screen.say(str(fault), warn=True)
        return
    deed = screen.deeds.future[-1] if back else screen.deeds.past[-1]
    screen.show_file(deed.place)
    screen.say((_("Undone: {label}") if back else _("Done again: {label}")).format(label=deed.label))


async def duplicate(screen: "PlansScreen", path: Path) -> None:
    """Ask for names, and whether to keep the progress; write the copy among the plans."""
    loaded = _read(screen, path)
    if loaded is None:
        return
    was = loaded.project
    fields = _titles(
        _("{name} (copy)").format(name=was.engagement.name),
        was.engagement.client,
        shelf.free_name(screen.folder / path.name),
    )
    if was.progress:
        answers = (("without", _("left out")), ("with", _("kept")))
        fields.append(OneOf("progress", _("Progress of the work"), answers, hint=_("what was begun and done so far")))

    def copied(values: Values) -> Project:
        copy = _named(was, values)
        if values.get("progress") == "without":
            copy = change_engagement(replace(copy, progress=()), as_of=None)
        return copy

    values = await _ask(screen, _("Duplicate {file}").format(file=path.name), fields, copied, None)
    if values is not None:
        do(
            screen,
            _("{file} duplicated").format(file=path.name),
            lambda: shelf.copy(copied(values), screen.folder / values["file"], loaded.text),
        )


async def rename(screen: "PlansScreen", path: Path) -> None:
    """Ask for name, client and file; change what is to be other than it was."""
    loaded = _read(screen, path)
    if loaded is None:
        return
    was = loaded.project
    fields = _titles(was.engagement.name, was.engagement.client, path)
    title = _("Rename {file}").format(file=path.name)
    values = await _ask(screen, title, fields, lambda values: _named(was, values), path)
    if values is None:
        return

    def act() -> Steps:
        moved = shelf.rename(path, values["file"]) if values["file"] != path.name else ()
        project = _named(was, values)
        if project == was:
            return moved
        try:
            return (*moved, *shelf.rewrite(path.with_name(values["file"]), project, loaded.text))
        except ShelfFault:
            shelf.take_back(moved, screen.folder)
            raise

    do(screen, _("{file} renamed").format(file=path.name), act)


def _titles(name: str, client: str, path: Path) -> list[Text | OneOf]:
    return [
        Text("name", _("Name of the plan"), name, required),
        Text("client", _("Client"), client),
        Text("file", _("File name"), path.name, plain_file_name, _("without a folder; .toml is added")),
    ]


def plain_file_name(text: str) -> str:
    """A file name as a form reads it."""
    try:
        return shelf.file_name(text)
    except ShelfFault as fault:
        raise ValueError(str(fault)) from None


def _named(project: Project, values: Values) -> Project:
    return change_engagement(project, name=values["name"], client=values["client"])


def _read(screen: "PlansScreen", path: Path) -> Loaded | None:
    try:
        return load(path)
    except PlanUnreadable:
        screen.say(_("{file} cannot be read; Enter shows why.").format(file=path.name), warn=True)
        return None


async def _ask(
    screen: "PlansScreen",
    title: str,
    fields: Sequence[Text | OneOf],
    change: Callable[[Values], Project],
    own: Path | None,
) -> Values | None:
    """The values, once the plan can be so and the file name is free or the plan's ``own``."""

    def objection(values: Values) -> str:
        path = (own.parent if own else screen.folder) / values["file"]
        if path != own and path.exists():
            return _("{file} exists already: type another file name").format(file=path.name)
        try:
            change(values)
        except Refused as error:
            return str(error)
        return ""

    return await screen.app.push_screen_wait(Form(title, fields, objection))
