"""Plan files and the catalogue, as commands get and give them: every fault becomes a Failure in words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.answer import Failure, fault
from planner.model.project import Project, Roadmap
from planner.text.clean import one_line
from planner.text.i18n import _, labelled

if TYPE_CHECKING:
    from planner.model.knowledge import Catalogue, Strategy
    from planner.store.load import Loaded
    from planner.store.lock import Holder


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


def refuse_if_open(path: Path, even_if_open: bool = False) -> None:
    """Raise Failure when somebody has the plan in ``path`` open: at once, before anything takes long."""
    from planner.store.lock import holder

    held = holder(path)
    if held is not None and held.alive and not even_if_open:
        raise Failure(_is_open(path, held))


@contextmanager
def held(path: Path, even_if_open: bool = False) -> Iterator[None]:
    """Have the plan in ``path`` while it is written. Raises Failure when somebody has it open.

    With ``even_if_open`` it is written all the same, between two saves of that session, which will notice. What a
    session that has ended left behind is in nobody's way.
    """
    from planner.store.fault import SaveFailed
    from planner.store.lock import Holder, Lock, between

    got = Lock.take(path)
    if isinstance(got, Holder):
        if got.alive and not even_if_open:
            raise Failure(_is_open(path, got))
        try:
            with between(path):
                yield
        except SaveFailed as busy:
            raise Failure(str(busy)) from None
        return
    try:
        yield
    finally:
        got.release()


def _is_open(path: Path, who: "Holder") -> str:
    advice = _("save and close it there, or add --even-if-open: that session will notice, and merge")
    return fault(labelled(shown(path), who.told()), advice)


def write(project: Project, path: Path, previous: str | None = None, *, even_if_open: bool = False) -> tuple[str, ...]:
    """Save ``project``; ``previous`` is the text it was read from, None for a file that must not exist yet.

    Answers with what could not be done beside that, such as keeping a backup. Raises Failure, also when
    somebody has the plan open, unless ``even_if_open``.
    """
    from planner.store.save import ChangedOnDisk, SaveFailed, save

    try:
        with held(path, even_if_open) if previous is not None else nullcontext():
            return save(project, path, previous).notes
    except (ChangedOnDisk, SaveFailed) as refused:
        raise Failure(str(refused)) from None


def write_copy(project: Project, path: Path, like: str) -> None:
    """Save ``project`` in a new file, with the comments and ``x-`` keys of the text ``like`` that it was read from."""
    from planner.store.save import SaveFailed, dumps, write_file

    if os.path.lexists(path):  # a link that leads nowhere yet is there, too
        wrong = _("{file} exists already").format(file=shown(path))
        raise Failure(fault(wrong, _("choose another name, or use --write to change a plan in its place")))
    try:
        write_file(path, dumps(project, like), new=True)
    except SaveFailed as refused:
        raise Failure(str(refused)) from None


def write_text(text: str | bytes, path: Path, *, follow: bool = False, new: bool = False) -> None:
    """Write a document to ``path``, replacing an ordinary file that is there already, unless it is to be ``new``.

    A link is refused, unless it is to be followed.
    """
    from planner.store.save import SaveFailed, write_file

    if path.exists() and not path.is_file():
        advice = _("name a file, or - for standard output")
        raise Failure(fault(_("{file} is no ordinary file").format(file=shown(path)), advice))
    try:
        write_file(path, text, follow=follow, new=new)
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
