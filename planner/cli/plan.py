"""Plan files and the catalogue, as commands get and give them: every fault becomes a Failure in words."""

from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.answer import Failure, fault
from planner.model.project import Project, Roadmap
from planner.text.clean import one_line
from planner.text.i18n import _

if TYPE_CHECKING:
    from planner.model.knowledge import Catalogue, Strategy
    from planner.store.load import Loaded


def shown(path: Path) -> str:
    """``path`` as it is printed: on one line, without steering characters."""
    return one_line(str(path))


def word(path: Path) -> str:
    """``path`` as a word of a command that somebody may copy into a shell."""
    from shlex import quote

    return quote(shown(path))


def read(path: Path) -> "Loaded":
    """The plan in ``path``, or a Failure with a line for each of its faults."""
    from planner.catalog.ids import process_ids
    from planner.store.load import PlanUnreadable, load

    try:
        return load(path, process_ids())
    except PlanUnreadable as unreadable:
        raise Failure(*map(str, unreadable.faults)) from None


def write(project: Project, path: Path, previous: str | None = None) -> None:
    """Save ``project``; ``previous`` is the text it was read from, None for a file that must not exist yet."""
    from planner.store.save import ChangedOnDisk, SaveFailed, save

    try:
        save(project, path, previous)
    except (ChangedOnDisk, SaveFailed) as refused:
        raise Failure(str(refused)) from None


def write_copy(project: Project, path: Path, like: str) -> None:
    """Save ``project`` in a new file, with the comments and ``x-`` keys of the text ``like`` that it was read from."""
    from planner.store.save import SaveFailed, dumps

    if path.exists():
        wrong = _("{file} exists already").format(file=shown(path))
        raise Failure(fault(wrong, _("choose another name, or use --write to change a plan in its place")))
    try:
        write_text(dumps(project, like), path)
    except SaveFailed as refused:
        raise Failure(str(refused)) from None


def write_text(text: str, path: Path) -> None:
    """Write a document that is no plan to ``path``, replacing an ordinary file that is there already."""
    from planner.store.save import SaveFailed, write_file

    if path.exists() and not path.is_file():
        advice = _("name a file, or - for standard output")
        raise Failure(fault(_("{file} is no ordinary file").format(file=shown(path)), advice))
    try:
        write_file(path, text)
    except SaveFailed as failed:
        raise Failure(str(failed)) from None


def catalogue() -> "Catalogue":
    """The catalogue of the templates in use, or a Failure with a line for each of their faults."""
    from planner.catalog.load import CatalogueError
    from planner.catalog.load import load as load_catalogue

    try:
        return load_catalogue()
    except CatalogueError as damaged:
        from planner.cli.faults import located

        raise Failure(*map(str, located(damaged.faults))) from None


def use_templates(folder: str) -> None:
    """Add the templates in ``folder`` (none when empty) to the planner's own. Raises Failure when there is none."""
    from planner.catalog.folders import use

    added = Path(folder)
    if folder and not added.is_dir():
        wrong = _("there is no folder of templates {name}").format(name=shown(added))
        raise Failure(fault(wrong, _("check the path")))
    use(*([added] if folder else []))


def strategy(project: Project, knowledge: "Catalogue", wanted: str = "") -> "Strategy":
    """The strategy asked for, else the plan's own, else that of its template, else the first there is."""
    from planner.model.rules import nearest

    template = knowledge.engagement_by_id.get(project.engagement.template)
    usual = template.strategy if template else knowledge.strategies[0].id
    ident = wanted or project.engagement.strategy or usual
    if ident not in knowledge.strategy_by_id:
        raise Failure(
            fault(
                _("there is no strategy {name!r}").format(name=one_line(ident)),
                nearest(ident, knowledge.strategy_by_id),
            )
        )
    return knowledge.strategy_by_id[ident]


def roadmap(project: Project, path: Path) -> Roadmap:
    """The plan's roadmap, or a Failure that says how to get one."""
    if project.roadmap is None:
        raise Failure(no_roadmap(path))
    return project.roadmap


def no_roadmap(path: Path) -> str:
    """The line that says how to get a roadmap."""
    return fault(
        _("{file} has no roadmap yet").format(file=shown(path)),
        _("make one: planner propose {file} --write").format(file=word(path)),
    )
