"""Keys: stable ids, what every terminal can send, the same meaning everywhere, and the cheat sheet."""

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from textual.screen import ModalScreen

from planner.tui.areas.area import Area
from planner.tui.keynames import key_name
from planner.tui.keys import AMBIGUOUS, Bound, every, sendable
from planner.tui.widgets.lines import Lines

MEANINGS = {
    "slash": {"find"},
    "colon": {"palette"},
    "ctrl+p": {"palette"},
    "question_mark": {"help"},
    "f1": {"help"},
    "u": {"undo"},
    "U": {"redo"},
    "H": {"history"},
    "N": {"comment"},
    "s": {"save"},
    "q": {"leave"},
    "ctrl+q": {"leave"},
    "ctrl+z": {"suspend_process"},
    "semicolon": {"labels"},
    "y": {"copy"},
    "up": {"move", "scroll"},
    "k": {"move", "scroll"},
    "down": {"move", "scroll"},
    "j": {"move", "scroll"},
    "pageup": {"page"},
    "pagedown": {"page"},
    "ctrl+u": {"page"},
    "ctrl+d": {"page"},
    "home": {"jump", "scroll"},
    "end": {"jump", "scroll"},
    "backspace": {"return"},
    "space": {"mark", "tick", "turn", "page"},
    "n": {"new", "new_phase", "others"},
    "c": {"change", "alter", "change_phase", "settings", "mend"},
    "x": {"remove", "remove_phase", "bin"},
    "e": {"explain"},
    "f": {"filter"},
    "t": {"view", "turn"},
    "z": {"zoom"},
    "Z": {"zoom"},
    "p": {"pin"},
    "P": {"progress"},
    "m": {"move_item", "mute"},
    "G": {"replan"},
    "F": {"forecast"},
    "L": {"left_out"},
    "A": {"archive"},
    "i": {"scope"},
    "b": {"baseline"},
    "less_than_sign": {"shift"},
    "greater_than_sign": {"shift"},
    "plus": {"step", "reach"},
    "minus": {"step", "reach"},
}
"""What a key does on a screen, in a place or in a list (names of actions): one thing, wherever it is."""


MODES = ("moving.", "filter.")
"""First parts of the ids of what takes all keys for a while, as a dialog does."""


def apart(bound: Bound) -> bool:
    """Whether it works only where the last line names the keys: in dialogs and modes."""
    return issubclass(bound.owner, ModalScreen) or bound.id.startswith(MODES)


def name_of(bound: Bound) -> str:
    """``move`` of ``app.move(1)``."""
    return bound.binding.action.partition("(")[0].rpartition(".")[2]


def test_every_binding_has_an_id_of_its_own_and_says_what_it_does() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for bound in every():
        owners[bound.id].append(bound.owner.__name__)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*", bound.id), bound
        assert bound.binding.description, bound
        assert bound.binding.tooltip or apart(bound) or not bound.binding.show, bound
    assert {ident: names for ident, names in owners.items() if len(names) > 1} == {}


def test_every_key_can_be_sent_by_every_terminal() -> None:
    assert [(bound.id, key) for bound in every() for key in bound.keys if not sendable(key)] == []
    assert [bound.id for bound in every() if bound.keys & set(AMBIGUOUS)] == []


def test_a_key_means_the_same_everywhere() -> None:
    for bound in every():
        for key in bound.keys & set(MEANINGS) if not apart(bound) else ():
            assert name_of(bound) in MEANINGS[key], f"{key} is {name_of(bound)} in {bound.owner.__name__}"


def test_no_place_takes_a_key_that_leads_to_another() -> None:
    leading = {key for bound in every() if bound.id.startswith("go.") for key in bound.keys}
    assert leading == set("awdrgvRo")
    taken = [(b.id, key) for b in every() if issubclass(b.owner, Area | Lines) for key in b.keys & leading]
    assert taken == []


def test_the_cheat_sheet_is_what_the_bindings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent.parent.parent / "scripts")
    import keys

    assert keys.main(["--check"]) == 0, "run python scripts/keys.py"
    sys.modules.pop("keys")
    page = keys.PAGE.read_text()
    assert all(f"`{bound.id}`" in page for bound in every())
    assert "| `?` `F1` | Help: what has the keyboard, and the keys that work here | `app.help` |" in page


def test_keys_are_called_as_people_call_them() -> None:
    names = {"slash": "/", "less_than_sign": "<", "f1": "F1", "pagedown": "PgDn", "shift+tab": "Shift+Tab", "G": "G"}
    assert {key: key_name(key) for key in names} == names
