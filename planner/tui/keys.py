"""All bindings of the interface, by their stable ids, and what may be said of keys in the settings.

Importing every module that binds keys takes a while: only for the cheat sheet, and for settings that change keys.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

import planner.tui
from planner.model.problem import nearest
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.tui.keynames import SIGNS, normal

ALWAYS_QUITS = "ctrl+q"
"""The key that no settings can take away."""

NAMED = frozenset(
    {"enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "insert"}
    | {"home", "end", "pageup", "pagedown", "up", "down", "left", "right"}
)
"""Keys that are no characters, as every terminal sends them; the function keys come on top."""

AMBIGUOUS = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}
"""What a terminal sends for these it also sends for another key."""


class Bound(NamedTuple):
    """A binding and the class that has it."""

    owner: type[DOMNode]
    binding: Binding

    @property
    def id(self) -> str:
        """The stable id, by which settings name the binding."""
        return self.binding.id or ""

    @property
    def keys(self) -> frozenset[str]:
        """Its keys as they are without settings."""
        return frozenset(normal(key) for key in self.binding.key.split(","))


@cache
def every() -> tuple[Bound, ...]:
    """Every binding of the planner's own classes, in the order of the modules."""
    owners: dict[type[DOMNode], None] = {}
    for module in pkgutil.walk_packages(planner.tui.__path__, "planner.tui."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, DOMNode) and value.__module__ == module.name:
                owners[value] = None
    return tuple(
        Bound(owner, binding)
        for owner in owners
        for binding in owner.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    )


def sendable(key: str) -> bool:
    """Whether every terminal can send ``key`` (Textual's name), and sends it for no other key."""
    if key in NAMED:
        return True
    if key.startswith("ctrl+"):
        letter = key.removeprefix("ctrl+")
        return len(letter) == 1 and letter in "abcdefghijklmnopqrstuvwxyz" and key not in AMBIGUOUS
    if key.startswith("f") and key[1:].isdigit():
        return 1 <= int(key[1:]) <= 12
    return key in SIGNS or (len(key) == 1 and key.isprintable())


def judged(asked: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The keys to use instead, by id of binding, and what is wrong with the others: what, and what to do."""
    ids = {bound.id for bound in every()}
    kept: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    for ident, written in asked.items():
        keys = [normal(key) for key in written.split(",") if key.strip()]
        wrong = next((key for key in keys if not sendable(key) or key == ALWAYS_QUITS), "")
        where = f"keys: {one_line(ident)}"
        if ident not in ids:
            faults.append((_("keys: there is no {id!r}").format(id=one_line(ident)), nearest(ident, ids)))
        elif ALWAYS_QUITS in _bound(ident).keys:
            words = _("{key} always quits").format(key=ALWAYS_QUITS)
            faults.append((f"{where}: {words}", _("change another binding")))
        elif not keys:
            faults.append((_("{where}: no key is given").format(where=where), _("give one, such as n or f5")))
        elif wrong:
            faults.append((f"{where}: {_why_not(wrong)}", _("use a letter, a digit, a sign or F1 to F12")))
        elif set(keys) != _bound(ident).keys:
            kept[ident] = ",".join(dict.fromkeys(keys))
    while clash := _clash(kept):
        ident, key, other = clash
        del kept[ident]
        words = _("keys: {id}: {key} is {other} there").format(id=ident, key=key, other=other)
        faults.append((words, _("give that one another key as well, or use a key that is free")))
    return kept, faults


def _bound(ident: str) -> Bound:
    return next(bound for bound in every() if bound.id == ident)


def _why_not(key: str) -> str:
    if key == ALWAYS_QUITS:
        return _("{key} always quits").format(key=ALWAYS_QUITS)
    if key in AMBIGUOUS:
        return _("for a terminal {key} is the same as {other}").format(key=key, other=AMBIGUOUS[key])
    if "+" in key:
        return _("not every terminal can send {key}").format(key=one_line(key))
    return _("there is no key {key!r}").format(key=one_line(key))


def _clash(asked: Mapping[str, str]) -> tuple[str, str, str] | None:
    """The last of ``asked`` whose key means something else where it works: its id, the key, the other's id."""
    keys = {bound.id: frozenset(asked[bound.id].split(",")) if bound.id in asked else bound.keys for bound in every()}
    for ident in reversed([*asked]):
        bound = _bound(ident)
        for other in every():
            both = (keys[ident] - bound.keys) & keys[other.id]
            if other.id != ident and both and _meet(bound.owner, other.owner):
                return ident, min(both), other.id
    return None


def _meet(one: type[DOMNode], other: type[DOMNode]) -> bool:
    """Whether bindings of both can be there at once: of one class and its bases, or of nodes one of which may hold
    the other."""
    if issubclass(one, other) or issubclass(other, one):
        return True
    ranks = sorted((_rank(one), _rank(other)))
    return ranks[0] != ranks[1] and ranks not in ([1, 3], [2, 3], [3, 4])


def _rank(owner: type[DOMNode]) -> int:
    """0 for widgets, which may stand in anything; else how far out a node of the class stands: a place of a plan, a
    screen, a dialog (which hides all others), the app."""
    from planner.tui.areas.area import Area
    from planner.tui.screens.dialog import Dialog

    kinds: tuple[type[DOMNode], ...] = (Area, Screen, Dialog, App)
    if issubclass(owner, Dialog):
        return 3
    return next((rank for rank, kind in enumerate(kinds, 1) if issubclass(owner, kind)), 0)
