"""The Esc key, told from what terminals send for other keys."""

import pytest

from planner.tui.frugal.typed import ESC, Typed, whole


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ab", ["ab"]),
        ("a\x1bg", ["a", ESC, "g"]),
        ("\x1b/inc\r", [ESC, "/inc\r"]),
        ("\x1b3\x1bR\x1b\r", [ESC, "3", ESC, "R", ESC, "\r"]),
        ("\x1b\x1b[A\x1bOP", [ESC, "\x1b[A\x1bOP"]),
        ("\x1b银", [ESC, "银"]),
        ("\x1bb\x1bf\x1b\x7f", ["\x1bb\x1bf\x1b\x7f"]),
        ("x\x1b[200~a\x1bg\x1b[201~\x1bq", ["x", "\x1b[200~", "a\x1bg", "\x1b[201~", ESC, "q"]),
    ],
)
def test_esc_and_the_next_key_are_two(text: str, parts: list[str]) -> None:
    """They come together over a slow line; sequences and what is pasted stay whole."""
    assert list(Typed().parts(text)) == parts


def test_what_is_pasted_may_come_in_pieces() -> None:
    typed = Typed()
    assert list(typed.parts("\x1b[200~one")) == ["\x1b[200~", "one"]
    assert list(typed.parts("\x1bg two")) == ["\x1bg two"]
    assert list(typed.parts("\x1b[201~\x1bg")) == ["\x1b[201~", ESC, "g"]


@pytest.mark.parametrize("begun", ["\x1b", "\x1b[", "\x1bO", "\x1b[0", "\x1b[20", "\x1b[<0;8;"])
def test_the_beginning_of_a_sequence_waits_for_the_rest(begun: str) -> None:
    assert whole("ab" + begun) == ("ab", begun)
    assert whole("ab" + "\x1b[A") == ("ab\x1b[A", "")
