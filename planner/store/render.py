"""Plain data as TOML text, in the layout that a new plan file has."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from planner.model.project import SCHEMA

_BARE = re.compile(r"[A-Za-z0-9_-]+")

_ONE_PER_LINE = (
    ("calendar", "holidays"),
    ("calendar", "blackouts"),
    ("answer_sheets", "answers"),
    ("baselines", "needs"),
)
_OWN_TABLE = (("context", "ticks"), ("experience", "scores"), ("roadmap", "packages"))


def document(data: Mapping[str, Any]) -> str:
    """A whole plan file; ``data`` is an encoded Project."""
    blocks = [f"schema = {SCHEMA}\n"]
    blocks += [table((name,), value) for name, value in data.items() if name != "schema"]
    return "\n".join(blocks)


def table(path: tuple[str, ...], value: Any) -> str:
    """One table with its heading, or every table of a list, the tables inside that have a heading of their own last."""
    if isinstance(value, list):
        return "\n".join(row(path, item) for item in value)
    own = [key for key in value if has_heading((*path, key))]
    lines = [entry(path, key, item) for key, item in value.items() if key not in own]
    first = "".join(f"{line}\n" for line in (f"[{dotted(path)}]", *lines))
    return "\n".join([first, *(table((*path, key), value[key]) for key in own)])


def has_heading(path: tuple[str, ...]) -> bool:
    """Whether a table inside a table has a heading of its own in a new file."""
    return path in _OWN_TABLE


def row(path: tuple[str, ...], value: Mapping[str, Any]) -> str:
    """One table of a list, with its heading."""
    lines = [entry(path, key, item) for key, item in value.items()]
    return "".join(f"{line}\n" for line in (f"[[{dotted(path)}]]", *lines))


def entry(path: tuple[str, ...], key: str, value: Any, prefix: tuple[str, ...] = ()) -> str:
    """``key = value`` for a table at ``path``; ``prefix`` is what stands before the key in a dotted one."""
    return f"{dotted((*prefix, key))} = {entry_value((*path, key), value)}"


def entry_value(path: tuple[str, ...], value: Any) -> str:
    """What stands behind the equals sign of the entry at ``path``."""
    if path in _ONE_PER_LINE and value:
        return "[\n" + "".join(f"  {inline(item)},\n" for item in value) + "]"
    return text(value) if isinstance(value, str) else inline(value)


def text(value: str) -> str:
    """A text as the value of an entry: on lines of its own when it has several."""
    if "\n" not in value:
        return inline(value)
    import tomlkit

    quoted = tomlkit.string(value, multiline=True).as_string()
    return f'"""\n{quoted.removeprefix(chr(34) * 3)}'


def inline(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        items = ", ".join(f"{dotted((key,))} = {inline(item)}" for key, item in value.items())
        return f"{{ {items} }}" if items else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 8.0 person-days read better as 8
    import tomlkit

    return str(tomlkit.item(value).as_string())


def dotted(parts: Iterable[str]) -> str:
    """A key of ``parts``, each in quotes where it needs them."""
    return ".".join(part if _BARE.fullmatch(part) else inline(part) for part in parts)
