"""How keys are called: on screen, in settings, and by Textual."""

from collections.abc import Mapping

from textual.keys import _character_to_key

_SHOWN = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "backspace": "Bksp",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "insert": "Ins",
}

_NAMED = {shown.lower(): key for key, shown in _SHOWN.items()}

SIGNS = {_character_to_key(sign): sign for sign in map(chr, range(33, 127)) if not sign.isalnum()}
"""The signs of a keyboard by Textual's names."""


def key_name(key: str) -> str:
    """How a key is called on screen."""
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    return _SHOWN.get(key) or SIGNS.get(key) or key


def first_key(keys: Mapping[str, str], binding: str, usual: str) -> str:
    """How the first key of a binding is called where a person's settings give it other ``keys``, by its id."""
    return key_name(keys.get(binding, usual).partition(",")[0])


def normal(key: str) -> str:
    """``key`` as Textual calls it; it may be written as a character, by its name on screen or by Textual's."""
    key = key.strip()
    if len(key) == 1:
        return _character_to_key(key)
    return _NAMED.get(key.lower(), key.lower())


def action_name(action: str) -> str:
    """``move`` of ``app.move(1)``."""
    return action.partition("(")[0].rpartition(".")[2]
