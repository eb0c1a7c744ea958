"""What the Import dialog asks: which file, what it holds, which sheet, and what a column is."""

from pathlib import Path
from typing import Any

from textual.app import App

from planner.intake import ALL_KINDS, Preview
from planner.intake.columns import words_of
from planner.intake.headings import IGNORE, label
from planner.model.project import Project
from planner.text.i18n import _
from planner.tui.files import typed
from planner.tui.screens.form import Form, Text
from planner.tui.screens.pick import Option, Pick
from planner.tui.typed import required

ENDS = (".csv", ".xlsx", ".xml", ".tsv", ".txt")
"""How the names of files end that are offered."""

MOST = 200
"""Files that are offered; for others the path is typed."""

TYPED = "/"
"""Stands for a path to be typed; no file is called so."""


async def file(app: App[Any], folder: Path, last: str) -> Path | None:
    """A file of ``folder`` to pick, or another whose path is typed; None when the person has left."""
    found = _beside(folder)
    if found:
        options = [
            *(Option(str(path), path.name) for path in found),
            Option(TYPED, _("another file: type its path"), stays=True),
        ]
        pick = Pick(_("Import from"), options, current=last)
        chosen = await app.push_screen_wait(pick)
        if chosen != TYPED:
            return Path(chosen) if chosen else None
        last = pick.typed.strip() or last
    hint = _("a table (.csv, .xlsx) or a project file of a scheduling tool (.xml)")
    fields = [Text("path", _("File"), last, _existing(folder), hint)]
    values = await app.push_screen_wait(Form(_("Import from"), fields))
    return values["path"] if values is not None else None


def _beside(folder: Path) -> list[Path]:
    try:
        return sorted(
            (path for path in folder.iterdir() if path.suffix.lower() in ENDS and path.is_file()),
            key=lambda path: path.name,
        )[:MOST]
    except OSError:
        return []


def _existing(folder: Path) -> Any:
    def read(text: str) -> Path:
        path = typed(folder, required(text))
        if not path.is_file():
            raise ValueError(_("there is no such file"))
        return path

    return read


async def kind(app: App[Any], preview: Preview) -> str | None:
    """What the file holds."""
    options = [Option(name, _(words), name) for name, words in ALL_KINDS.items()]
    return await app.push_screen_wait(
        Pick(_("What does {file} hold?").format(file=preview.file), options, preview.kind)
    )


async def sheet(app: App[Any], preview: Preview) -> str | None:
    """Which sheet of a workbook is read; empty for the one that fits best."""
    hint = _("its name; empty: the one that fits best")
    fields = [Text("sheet", _("Sheet"), preview.sheet, hint=hint)]
    values = await app.push_screen_wait(Form(_("Sheet of {file}").format(file=preview.file), fields))
    return values["sheet"] if values is not None else None


async def field(app: App[Any], preview: Preview, project: Project, heading: str, now: str) -> str | None:
    """For which field the column ``heading`` is taken."""
    names = words_of(preview.kind, project).fields
    options = [Option(IGNORE, _("leave it out")), *(Option(name, label(project, name), name) for name in names)]
    return await app.push_screen_wait(Pick(_('What is "{heading}"?').format(heading=heading), options, now or IGNORE))
