"""The form of the Export dialog: for whom, in which language, as of which day, how it looks, and where to."""

from pathlib import Path
from typing import Any

from textual.app import App

from planner.export.documents import ALL
from planner.model.audience import AUDIENCES
from planner.text.i18n import _
from planner.tui.exporting.rows import TONGUES
from planner.tui.exporting.wish import Wish
from planner.tui.files import typed
from planner.tui.screens.form import Form, OneOf, Text
from planner.tui.typed import day_or_none, required

LONGEST = 50
"""Characters of the longest beginning of names of files: with it and the ends none becomes too long."""


async def ask(app: App[Any], wish: Wish, field: str) -> Wish | None:
    """``wish`` as it is after the form, which begins at ``field`` if it has that; None when it was left."""
    beside = wish.plan_file.resolve().parent

    def file(text: str) -> str:
        """A file that is there, or nothing."""
        if not text.strip():
            return ""
        path = typed(beside, text)
        if not path.is_file():
            raise ValueError(_("there is no such file"))
        return str(path)

    def folder(text: str) -> Path:
        path = typed(beside, required(text))
        if path.exists() and not path.is_dir():
            raise ValueError(_("this is no folder"))
        return path

    fields: list[Text | OneOf] = [
        OneOf("audience", _("Reader"), tuple((one, _(one)) for one in AUDIENCES), wish.audience),
        OneOf("language", _("Language"), tuple(TONGUES.items()), wish.language),
        Text(
            "as_of", _("Day"), str(wish.as_of or ""), day_or_none, _("the day on every page; empty: as the plan says")
        ),
        Text("theme", _("Theme file"), wish.theme, file, _("a TOML file; empty: the house's own look")),
        Text("template", _("Slides on"), wish.template, file, _("a presentation (.pptx); empty: an empty page")),
        Text("folder", _("Folder"), str(wish.folder), folder, _("made if there is none")),
        OneOf(
            "table",
            _("CSV holds"),
            (("", _("the work packages")), (ALL, _("every table, a file of each"))),
            wish.table,
        ),
        Text("name", _("File name"), wish.name, _name, _("without its end; empty: as the plan's file")),
    ]
    values = await app.push_screen_wait(Form(_("What is handed over"), fields, at=field))
    return None if values is None else wish.with_values(dict(values))


def _name(text: str) -> str:
    name = text.strip()
    if len(name) > LONGEST:
        raise ValueError(_("write at most {n} characters").format(n=LONGEST))
    if name != Path(name).name or name.startswith("."):
        raise ValueError(_("write a name without folders, such as handover"))
    return name
