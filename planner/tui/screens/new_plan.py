"""A new plan from a template: one form."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner.model.knowledge import Catalogue
from planner.model.values import SIZES
from planner.text.clean import plain_id
from planner.text.i18n import _, language
from planner.tui.screens.dialog import Notice
from planner.tui.screens.form import Form, OneOf, Text, Values
from planner.tui.typed import day

if TYPE_CHECKING:
    from planner.tui.screens.plans import PlansScreen


async def new_plan(screen: "PlansScreen") -> None:
    """Ask what the plan is to be, write it and open it."""
    from planner.catalog.load import load

    values = await screen.app.push_screen_wait(
        Form(_("New plan"), fields(load()), lambda values: _taken(screen.folder, values))
    )
    if values is None:
        return
    path = file_of(screen.folder, values)
    try:
        make(load(), values, path)
    except OSError as error:
        screen.app.push_screen(Notice(_("The plan could not be written"), [f"{path}: {error.strerror}"]))
        return
    screen.open(path)


def fields(catalogue: Catalogue) -> list[Text | OneOf]:
    """What is asked for."""
    tongue = language()
    templates = tuple((template.id, template.name.in_(tongue)) for template in catalogue.engagements)
    suits = {template.id: template.suits.in_(tongue) for template in catalogue.engagements}
    sizes = (("", _("as the template has it")), *((size, _(size)) for size in SIZES))
    languages = (("en", "English"), ("zh", "中文"))
    return [
        OneOf("template", _("Template"), templates, hint=_("Left and Right change it"), notes=suits),
        Text("name", _("Name of the plan"), hint=_("empty: the name of the template")),
        Text("client", _("Client")),
        Text(
            "start",
            _("Start"),
            str(first_of_next_month(date.today())),
            day,
            _("the first day of work, such as 2027-01-04"),
        ),
        OneOf("size", _("Size of the client"), sizes, hint=_("small and large scale effort and time")),
        OneOf("language", _("Language of the plan"), languages, tongue, _("names of processes and work")),
        Text("file", _("File name"), hint=_("empty: made from the name")),
    ]


def first_of_next_month(today: date) -> date:
    """A start date to suggest."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def file_of(folder: Path, values: Values) -> Path:
    """The file for a new plan: the name given, else one made from plan, client or template."""
    name = values["file"] or plain_id(values["name"]) or plain_id(values["client"]) or values["template"]
    return folder / (name if name.endswith(".toml") else f"{name}.toml")


def _taken(folder: Path, values: Values) -> str:
    path = file_of(folder, values)
    if path.parent != folder or "\\" in path.name:
        return _("type a file name without a folder: the plan is kept in {folder}").format(folder=folder)
    if path.exists():
        return _("{file} exists already: type another file name").format(file=path.name)
    return ""


def make(catalogue: Catalogue, values: Values, path: Path) -> None:
    """Start the plan and write it. Raises OSError, also for a template from which no plan can start."""
    from planner.edit.refused import Refused
    from planner.edit.start import start
    from planner.store.save import SaveFailed, save

    try:
        project = start(
            catalogue.engagement_by_id[values["template"]],
            catalogue,
            begin=values["start"],
            name=values["name"],
            client=values["client"],
            size=values["size"] or None,
            language=values["language"],
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        save(project, path)
    except (Refused, SaveFailed) as error:
        raise OSError(0, str(error)) from error
