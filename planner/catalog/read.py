"""Reads folders of templates: nouns, where each came from, and what does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from planner.catalog.fault import CatalogueFault
from planner.catalog.places import FOLDERS, NAMES, RULES, TABLES, files, lists_of
from planner.model.decode import MOST, MOST_ROWS, decode
from planner.model.knowledge import Defaults
from planner.model.problem import Path as Keys
from planner.model.problem import nearest
from planner.model.told import row, sentence
from planner.text.file import NoFile, contents
from planner.text.i18n import _
from planner.text.toml import LARGEST, NotToml, TooMuch, loads


@dataclass(slots=True)
class Read:
    """What stands in folders of templates.

    ``parts`` has the nouns of each part of the catalogue, ``origins`` for each of them the file and the keys in it,
    ``lost`` the ids of those that do not fit, so that what refers to them is not called wrong as well. ``whole``:
    every file is TOML, so no id has escaped. ``data`` is what each file holds.
    """

    defaults: Defaults | None = None
    parts: dict[str, list[Any]] = field(default_factory=dict)
    origins: dict[str, list[tuple[Path, Keys]]] = field(default_factory=dict)
    lost: dict[str, set[str]] = field(default_factory=dict)
    data: dict[Path, dict[str, Any]] = field(default_factory=dict)
    faults: list[CatalogueFault] = field(default_factory=list)
    whole: bool = True

    def where(self, part: str, index: int, rest: Keys) -> tuple[Path, Keys]:
        """File and keys of what stands at ``rest`` in a noun of the catalogue."""
        file, keys = self.origins[part][index]
        return file, (*keys, *rest)

    def title(self, file: Path, keys: Keys) -> str:
        """What the table at ``keys`` is called, and the ``: `` after it; nothing for what the file itself is."""
        if len(keys) > 1 and isinstance(keys[1], int):
            table = str(keys[0])
            return f"{row(table, self.data[file][table][keys[1]], keys[1], NAMES)}: "
        return ""


def read(folders: tuple[Path, ...]) -> Read:
    """What stands in ``folders``, their tables one after another."""
    found = Read()
    for name in (*TABLES, *FOLDERS):
        found.parts[name], found.origins[name], found.lost[name] = [], [], set()
    for folder in folders:
        _rules(folder / RULES, found)
        for name, (noun, paths) in TABLES.items():
            for path in paths:
                _tables(noun, folder / path, name, found)
        for name, (noun, place) in FOLDERS.items():
            for file in sorted((folder / place).glob("*.toml")):
                _file(noun, file, name, found)
        found.faults += islice(_strangers(folder, found), MOST)
    return found


def parse(path: Path, found: Read) -> dict[str, Any]:
    """What stands in a file; nothing when there is none, so that a folder need not have every part."""
    if path in found.data:
        return found.data[path]
    found.data[path] = {}
    try:
        found.data[path] = loads(_text(path))
    except FileNotFoundError:
        pass
    except OSError as error:
        reason = error.strerror or str(error)
        _broken(path, _("the file cannot be read: {reason}").format(reason=reason), False, found)
    except UnicodeDecodeError:
        _broken(path, _("this is not text in UTF-8"), False, found)
    except TooMuch as error:
        _broken(path, f"{error.message} — {error.advice}", True, found)
    except NotToml as error:
        _broken(path, _("this is not valid TOML: {error}").format(error=error), True, found)
    return found.data[path]


def _text(path: Path) -> str:
    """The text of a template file. Raises OSError, UnicodeDecodeError, TooMuch."""
    try:
        data = contents(path, LARGEST + 1)
    except (NoFile, IsADirectoryError):
        raise TooMuch(_("this is no ordinary file"), _("remove it")) from None
    if len(data) > LARGEST:
        size = _("the file is larger than {n} MB, which no templates are").format(n=LARGEST // 1_000_000)
        raise TooMuch(size, _("choose a folder of templates"))
    return data.decode().removeprefix("\ufeff")


def _broken(path: Path, message: str, syntax: bool, found: Read) -> None:
    found.faults.append(CatalogueFault(path, (), message, syntax=syntax))
    found.whole = False


def _rules(path: Path, found: Read) -> None:
    data = parse(path, found)
    if data and found.defaults is not None:
        wrong = _("the planner has rules of its own, which templates beside it cannot replace")
        found.faults.append(CatalogueFault(path, (), wrong, _("remove this file")))
    elif data:
        found.defaults = _value(Defaults, data, path, (), found)


def _tables(noun: Any, path: Path, part: str, found: Read) -> None:
    data = parse(path, found)
    rows = data.get(part, [])
    if not isinstance(rows, list):
        wrong = _("{name} must be a list of tables").format(name=part)
        found.faults.append(
            CatalogueFault(path, (part,), wrong, _("write each heading as [[{name}]]").format(name=part))
        )
        found.whole = False
        return
    if len(rows) > MOST_ROWS:
        wrong = _("{name} has {n} rows; at most {most} are read").format(name=part, n=len(rows), most=MOST_ROWS)
        _broken(path, wrong, False, found)
        return
    for index, raw in enumerate(rows):
        if len(found.faults) >= MOST:
            found.whole = False  # the rest is not read, and nothing that refers to it can be judged
            return
        _keep(noun, _sourced(noun, raw, data.get("source")), path, part, (part, index), found)


def _file(noun: Any, path: Path, part: str, found: Read) -> None:
    data = parse(path, found)
    if data:
        _keep(noun, _sourced(noun, data, data.get("source")), path, part, (), found)


def _keep(noun: Any, raw: Any, path: Path, part: str, keys: Keys, found: Read) -> None:
    value = _value(noun, raw, path, keys, found)
    if value is not None:
        found.parts[part].append(value)
        found.origins[part].append((path, keys))
    elif isinstance(raw, dict) and isinstance(ident := raw.get(NAMES.get(part, "id")), str):
        found.lost[part].add(ident)


def _value(noun: Any, raw: Any, path: Path, keys: Keys, found: Read) -> Any:
    value, problems = decode(noun, raw, keys)
    for problem in problems[: max(0, MOST - len(found.faults))]:
        told = sentence(problem, found.data[path], NAMES)
        found.faults.append(CatalogueFault(path, problem.path, told, problem.advice))
    return value


def _sourced(noun: Any, raw: Any, source: Any) -> Any:
    """``raw`` with the mark of its source where it has none, and likewise the tables inside it that want one."""
    if source is None or not isinstance(raw, dict):
        return raw
    wants = {field.name: field.type for field in fields(noun)}
    filled = {"source": source, **raw} if "source" in wants else dict(raw)
    for key, value in raw.items():
        inner = get_args(wants.get(key))[:1]
        if isinstance(value, list) and inner and is_dataclass(inner[0]):
            filled[key] = [_sourced(inner[0], item, raw.get("source", source)) for item in value]
    return filled


def _strangers(folder: Path, found: Read) -> Iterator[CatalogueFault]:
    """Files and tables of a folder that are no part of a catalogue: a mistyped name would otherwise be overlooked."""
    known = files()
    places = {place for _noun, place in FOLDERS.values()}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if name in known and name != RULES:
            lists = lists_of(name)
            for key in found.data.get(path, {}):
                if key not in (*lists, "source") and not key.startswith("x-"):
                    yield CatalogueFault(
                        path, (key,), _("{name} is an unknown key").format(name=key), nearest(key, lists)
                    )
        elif name not in known and path.parent.relative_to(folder).as_posix() not in places:
            wrong = _("no part of the catalogue has its place in {name}").format(name=name)
            yield CatalogueFault(
                path, (), wrong, nearest(name, [*known, *(f"{place}/{path.name}" for place in places)])
            )
