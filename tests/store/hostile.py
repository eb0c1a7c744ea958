"""Plans whose every text, and every key that is a text, does something where it is taken for more than text."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from planner.catalog.ids import process_ids
from planner.catalog.load import load as catalogue
from planner.model.decode import decode, encode
from planner.model.project import Project
from planner.model.rules import problems
from planner.model.values import Fixed
from planner.store.load import load
from planner.text.toml import loads

ROOT = Path(__file__).parents[2]

MARKUP = ("[P1] go-live", "[@click=app.quit]x[/]", "[/foo]", "[$accent]", "[bold red]loud", "[link=http://a]x[/link]")
"""What Textual or Rich would take for markup; it has to be seen as it stands here."""

STEERING = (
    *(
        "\x1b[2J",
        "\x1b]0;t\x07",
        "\x9b31m",
        "\x85\x7f",
        "\u202egnp.exe",
        "\u2066\u200b\u200d",
        "\u2028x\u2029",
        "\r",
        "\n",
    ),
    *("\u0301" * 40, "\U000e0041\U000e0042", "\u845b\U000e0100", "\ufeff\u00ad", "\t"),
)

QUOTING = ("=1+1", "<script>x</script>", "![x](http://a)", "a|b", "# head", "`x`", "%s{0}", "';--", "*x*", "${IFS}")


def hostile_plan(path: Path | None = None) -> dict[str, Any]:
    """The data of a plan (the example of the guide, or the file ``path``) with hostile texts; a plan that opens."""
    if path is None:
        guide = (ROOT / "docs/plan-file.md").read_text("utf-8")
        data: dict[str, Any] = loads(guide.partition("```toml\n")[2].partition("```")[0])
    else:
        data = encode(load(path).project)
    data["schema"] = 2
    known = _known()
    ids = {row["id"] for rows in data.values() if isinstance(rows, list) for row in rows if "id" in row} - known
    counts = iter(range(10**6))
    renamed = {name: _hostile(name, next(counts), plain="@") for name in sorted(ids)}

    def changed(text: str) -> str:
        return renamed.get(text) or (text if text in known or "@" in text else _hostile(text, next(counts)))

    data = _walked(Project, data, changed)
    for place, key in [*_empty(Project, data)]:  # texts that the plan leaves out, where the rules let any stand there
        place[key] = _hostile(key, next(counts))
        if not _opens(data):
            del place[key]
    project, misfits = decode(Project, data)
    assert project is not None, misfits
    assert not misfits, misfits
    assert not problems(project, process_ids()), problems(project, process_ids())
    return data


def _opens(data: dict[str, Any]) -> bool:
    project, misfits = decode(Project, deepcopy(data))
    return project is not None and not misfits and not problems(project, process_ids())


def _hostile(text: str, number: int, plain: str = "") -> str:
    """``text`` between some of each kind of trick."""
    marks = [mark for mark in MARKUP if not plain or plain not in mark]
    mark, steer, quote = (
        tricks[number % len(tricks)]
        for tricks in (marks, STEERING, [q for q in QUOTING if not plain or plain not in q])
    )
    return f"{quote}{mark} {text}{steer}" if number % 2 else f"{mark} {steer}{text}{quote}"


@cache
def _known() -> frozenset[str]:
    """Words with a meaning: ids of the catalogue, and the names of what every plan has."""
    found: set[str] = set(process_ids()) | {"people", "process", "tech", "standard", "1", "2", "3", "4", "5", "none"}

    def gather(value: Any) -> None:
        if is_dataclass(value):
            for field in fields(value):
                inner = getattr(value, field.name)
                if field.name in ("id", "code", "number", "standard", "track", "level") and isinstance(inner, str):
                    found.add(inner)
                gather(inner)
        elif isinstance(value, Mapping):
            for inner in value.values():
                gather(inner)
        elif isinstance(value, tuple):
            for inner in value:
                gather(inner)

    gather(catalogue())
    return frozenset(found)


def _bare(kind: Any) -> Any:
    """An annotation without bounds and without None."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(arg for arg in get_args(kind) if arg is not NoneType)
    return kind


def _walked(kind: Any, data: Any, changed: Any) -> Any:
    kind = _bare(kind)
    if kind is str:
        return changed(data)
    if is_dataclass(kind) and isinstance(data, dict):
        kinds = {field.name: field.type for field in fields(kind)}
        return {key: _walked(kinds[key], item, changed) if key in kinds else item for key, item in data.items()}
    if get_origin(kind) is tuple and isinstance(data, list):
        return [_walked(get_args(kind)[0], item, changed) for item in data]
    if get_origin(kind) is Fixed and isinstance(data, dict):
        key, value = get_args(kind)
        return {_walked(key, name, changed): _walked(value, item, changed) for name, item in data.items()}
    return data


def _empty(kind: Any, data: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """The table and the key of every text that is left out."""
    kind = _bare(kind)
    if is_dataclass(kind) and isinstance(data, dict):
        for field in fields(kind):
            if field.name not in data and _bare(field.type) is str:
                yield data, field.name
            elif field.name in data:
                yield from _empty(field.type, data[field.name])
    elif get_origin(kind) is tuple and isinstance(data, list):
        for item in data:
            yield from _empty(get_args(kind)[0], item)
    elif get_origin(kind) is Fixed and isinstance(data, dict):
        for item in data.values():
            yield from _empty(get_args(kind)[1], item)
