"""How the interface is to look and which keys it has: what a person chose once for all plans.

Chosen on the command line, else in the person's own file, else by what the environment tells of the terminal.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.model.problem import nearest
from planner.text.clean import one_line
from planner.text.file import contents
from planner.text.i18n import _
from planner.tui import theme

PLACE = "PLANNER_CONFIG"
"""The environment variable that names another file of settings."""

LARGEST = 1_000_000
"""Bytes of the largest file of settings that is read."""

SWITCHES = ("low_bandwidth", "ascii", "frugal", "mouse", "hints")
"""The settings that are on or off."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``keys``: other keys for a binding, by its id. ``low_bandwidth``: as few bytes as possible, for slow lines.

    ``ascii``: no box-drawing characters. ``frugal``: only the cells that changed are sent to the terminal.
    ``mouse``: clicks are the planner's; else the terminal keeps the mouse, to select text.
    ``hints``: those who have few plans are shown what to do.
    """

    theme: str = theme.NAME
    low_bandwidth: bool = False
    ascii: bool = False
    frugal: bool = True
    mouse: bool = False
    hints: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)


def place(environment: Mapping[str, str] = os.environ) -> Path:
    """The file of settings; it need not exist."""
    if named := environment.get(PLACE):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("itsm-planner") / "config.toml"


def gather(
    asked: Mapping[str, Any], file: Path, environment: Mapping[str, str] = os.environ
) -> tuple[Settings, tuple[str, ...]]:
    """The settings to use, and what is wrong with ``file``, in words; what is wrong is left out.

    ``asked`` holds what the command line asks for; None is not asked. Who has chosen no theme gets the one for slow
    lines when the line is slow, which is taken to be so in a session over SSH.
    """
    found, faults = _read(file)
    chosen = {**found, **{name: value for name, value in asked.items() if value is not None}}
    chosen.setdefault("low_bandwidth", "SSH_CONNECTION" in environment)
    chosen.setdefault("ascii", environment.get("TERM") == "linux")
    chosen.setdefault("theme", theme.FRUGAL if chosen["low_bandwidth"] else theme.NAME)
    if "NO_COLOR" in environment:
        chosen["theme"] = theme.WITHOUT_COLOUR
    return Settings(**chosen), tuple(faults)


def _read(file: Path) -> tuple[dict[str, Any], list[str]]:
    """What ``file`` chooses, and its faults."""
    try:
        data = contents(file, LARGEST + 1)
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [_fault(file, _("cannot be read"), error.strerror or str(error))]
    if len(data) > LARGEST:
        return {}, [_fault(file, _("is larger than {n} MB").format(n=LARGEST // 1_000_000), _("name another file"))]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return {}, [_fault(file, _("is not text in UTF-8"), _("save it as UTF-8"))]
    from planner.text.toml import loads  # most people have no such file, and need not wait for it

    try:
        raw = loads(text)
    except ValueError as error:
        return {}, [_fault(file, _("is not TOML"), str(error))]
    found: dict[str, Any] = {}
    faults = []
    for name, value in raw.items():
        if name == "keys" and isinstance(value, dict):
            from planner.tui.keys import judged

            found["keys"], wrong = judged(flat(value))
            faults += [_fault(file, *each) for each in wrong]
        elif (
            isinstance(value, str) and value in theme.WORDS
            if name == "theme"
            else name in SWITCHES and isinstance(value, bool)
        ):
            found[name] = value
        else:
            faults.append(_fault(file, *_wrong(name, value)))
    return found, faults


def flat(table: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """``keys`` by whole id: ``work.new = "x"`` is a table in a table to TOML, ``"work.new" = "x"`` is not."""
    keys: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            keys |= flat(value, f"{before}{name}.")
        else:
            keys[f"{before}{name}"] = str(value)
    return keys


def _wrong(name: str, value: object) -> tuple[str, str]:
    """What is wrong with a setting, and what to do."""
    if name == "theme":
        return _("theme: there is no {value!r}").format(value=one_line(str(value))), nearest(str(value), theme.WORDS)
    if name in SWITCHES:
        return _("{name}: neither on nor off").format(name=name), _("write true or false")
    if name == "keys":
        return _("keys: no table"), _('write [keys] and below it lines such as "work.new" = "n,insert"')
    return _("there is no setting {name!r}").format(name=one_line(name)), nearest(name, ("theme", *SWITCHES, "keys"))


def _fault(file: Path, wrong: str, advice: str) -> str:
    return _("{file}: {wrong}; {advice}").format(file=file.name, wrong=wrong, advice=advice)


def remember(file: Path, name: str, value: str | bool) -> None:
    """Write one setting into ``file``, which keeps all else that stands in it. Raises OSError, ValueError."""
    import tomlkit

    document = tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
    document[name] = value
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(tomlkit.dumps(document), encoding="utf-8")
