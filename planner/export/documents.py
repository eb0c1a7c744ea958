"""The documents of one hand-over: made one after the other from the same report, and put where they belong."""

import os
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.export.formats import FORMATS, Format, MissingLibrary, NoRoadmap, render
from planner.export.handover import Handover
from planner.model.audience import Audience
from planner.model.problem import nearest
from planner.store.disk import reason
from planner.store.save import SaveFailed, write_file
from planner.text.clean import one_line, plain_id
from planner.text.i18n import _

ALL = "all"
"""All formats, or all tables."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be handed over: what its name ends with, and what it holds."""

    suffix: str
    content: bytes


class NotWritten(Exception):
    """A document is not written; ``advice`` says what to do, and nothing was changed."""

    def __init__(self, wrong: str, advice: str = "") -> None:
        super().__init__(wrong)
        self.advice = advice


def whole() -> tuple[str, ...]:
    """The formats of the set that ``all`` stands for."""
    return tuple(name for name, format in FORMATS.items() if format.whole)


def lacks(format: Format, roadmap: bool) -> MissingLibrary | NoRoadmap | None:
    """Why a document in ``format`` cannot be made of a plan with or without a ``roadmap``; None when it can."""
    if format.missing:
        return MissingLibrary(format)
    if format.of_roadmap and not roadmap:
        return NoRoadmap(format.name)
    return None


def stem(plan_file: Path, audience: Audience) -> str:
    """With what the names of documents about the plan in ``plan_file`` begin; a client's copy says that it is one."""
    return f"{plan_file.stem}-client" if audience == "client" else plan_file.stem


def documents(handover: Handover, formats: Iterable[str], table: str = "") -> Iterator[Document]:
    """Documents in ``formats``, each as soon as it is made.

    ``table`` is the one that CSV holds, ``ALL`` for a file of each, empty for the work packages. Raises what
    ``planner.export.formats.render`` does, and NotWritten where there is no such table.
    """
    for name in formats:
        if name == "csv" and table:
            yield from _tables(handover, table)
        else:
            yield Document(FORMATS[name].suffix, render(handover, name))


def _tables(handover: Handover, table: str) -> Iterator[Document]:
    from planner.export.table_csv import tables

    handover.steps.at(_(FORMATS["csv"].title))
    found = tables(handover)
    if table == ALL:
        yield from (Document(f"{plain_id(name)}.csv", text.encode()) for name, text in found.items())
    elif table in found:
        yield Document("csv", found[table].encode())
    else:
        raise NotWritten(_("there is no table {name!r}").format(name=one_line(table)), nearest(table, (*found, ALL)))


def look_at(path: Path, plan_file: Path, suffix: str, within: str = "") -> None:
    """See whether a document about the plan in ``plan_file`` may become the file ``path``.

    An ordinary file that is there may be replaced; of a folder the file ``within`` it is advised. Raises NotWritten
    where a plan would be, where nothing can be written, or a link is to be followed: who was sent a folder has not
    looked where each link in it leads.
    """
    shown = one_line(str(path))
    if _is_link(path):
        wrong = _("{file} is a link to another place").format(file=shown)
        raise NotWritten(wrong, _("name a file, or what the link leads to"))
    if path.suffix == ".toml" or _same(path, plan_file):
        wrong = _("{file} is a plan file, and an export would replace it").format(file=shown)
        raise NotWritten(wrong, _("write to {name}").format(name=one_line(str(path.with_suffix(f".{suffix}")))))
    if within and path.is_dir():
        advice = _("name the file in it: --out {name}").format(name=shlex.quote(one_line(str(path / within))))
        raise NotWritten(_("{file} is a folder").format(file=shown), advice)
    if path.exists() and not path.is_file():
        advice = _("name a file, or - for standard output")
        raise NotWritten(_("{file} is no ordinary file").format(file=shown), advice)
    _open(path.parent)


def _open(folder: Path) -> None:
    """Raises NotWritten where nothing can be written into ``folder``."""
    shown = one_line(str(folder))
    if not folder.is_dir():
        raise NotWritten(_("there is no folder {folder}").format(folder=shown), _("make it, or name another"))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise NotWritten(_("nothing can be written into {folder}").format(folder=shown), _("name another folder"))


def put(content: bytes, path: Path, plan_file: Path, suffix: str) -> None:
    """Write a document about the plan in ``plan_file`` as the file ``path``, durably and in one step.

    Raises NotWritten, also where :func:`look_at` does.
    """
    look_at(path, plan_file, suffix)
    try:
        write_file(path, content)
    except SaveFailed as failed:
        raise NotWritten(str(failed)) from None


def _is_link(path: Path) -> bool:
    """Whether ``path`` is a link. Raises NotWritten where nothing can be there: a name that is too long, say."""
    try:
        return path.is_symlink()
    except OSError as error:
        raise NotWritten(f"{one_line(str(path))}: {reason(error)}") from None


def _same(path: Path, file: Path) -> bool:
    try:
        return path.samefile(file)
    except OSError:
        return False


def look_at_folder(folder: Path) -> None:
    """See whether documents may go into ``folder``, which need not be there yet.

    Raises NotWritten for what is none, for a link to another, and where nothing can be written.
    """
    shown = one_line(str(folder))
    if _is_link(folder):
        wrong = _("{file} is a link to another place").format(file=shown)
        raise NotWritten(wrong, _("name a folder, or what the link leads to"))
    if folder.exists() and not folder.is_dir():
        raise NotWritten(_("{file} is no folder").format(file=shown), _("name a folder for several files"))
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        raise NotWritten(_("{file} is no folder").format(file=one_line(str(there))), _("name another folder"))
    _open(there)


def make_folder(folder: Path) -> None:
    """See to it that there is a ``folder``. Raises NotWritten, also where :func:`look_at_folder` does."""
    look_at_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritten(f"{one_line(str(folder))}: {reason(error)}") from None


def size(count: int) -> str:
    """So many bytes in words: ``1.2 MB``."""
    if count < 1000:
        return _("{n} bytes").format(n=count)
    if count < 999_500:
        return _("{n} KB").format(n=round(count / 1000))
    return _("{n:.1f} MB").format(n=count / 1_000_000)
