"""Whether the line can take another frame."""

import os
from contextlib import suppress
from types import SimpleNamespace

import pytest

from planner.tui.frugal import line as module
from planner.tui.frugal.driver import FrugalDriver
from planner.tui.frugal.line import ANSWER, DOUBT, PATIENCE, QUESTION, WINDOW, Line


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "monotonic", clock)
    return clock


@pytest.fixture
def line() -> Line:
    """A line into a pipe that takes everything."""
    return Line(os.open(os.devnull, os.O_WRONLY))


def test_a_terminal_that_never_answers_is_asked_once_and_not_waited_for(line: Line, clock: Clock) -> None:
    assert line.sends(9_000) == QUESTION
    assert line.awaits
    assert [line.sends(9_000) for _ in range(3)] == ["", "", ""]
    assert line.free
    clock.now += DOUBT + 0.1
    assert not line.awaits


def test_frames_wait_while_a_window_is_unanswered(line: Line, clock: Clock) -> None:
    line.sends(10)
    line.answered()
    for _ in range(3):
        assert line.free
        assert line.sends(WINDOW // 2) == QUESTION
    assert not line.free
    line.answered()
    assert line.free
    assert line.awaits
    line.answered()
    line.answered()
    line.answered()  # one that nobody asked for
    assert not line.awaits


def test_an_answer_that_is_lost_holds_nothing_up_for_good(line: Line, clock: Clock) -> None:
    line.sends(10)
    line.answered()
    line.sends(WINDOW + 1)
    assert not line.free
    clock.now += PATIENCE + 0.1
    assert line.free
    assert line.sends(WINDOW + 1) == QUESTION
    assert line.free, "it has to answer again before it is waited for"


def test_a_full_pipe_is_not_free() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    line = Line(writing)
    assert line.free
    with suppress(BlockingIOError):
        while True:
            os.write(writing, b"x" * 4096)
    assert not line.free
    os.read(reading, 65536)
    assert line.free
    os.close(reading)
    os.close(writing)


def test_answers_are_taken_out_of_what_is_typed(line: Line, clock: Clock) -> None:
    """Also one that comes in two pieces; an Esc alone is held for what may follow it."""
    driver = object.__new__(FrugalDriver)  # without a terminal
    driver.line, driver.on_answer, driver._asked = line, lambda: None, 0.0
    driver._loop = SimpleNamespace(call_soon_threadsafe=lambda call: call())  # type: ignore[assignment]
    line.sends(1)
    assert driver._without_answers("a" + ANSWER[:2]) == ("a", ANSWER[:2])
    assert driver._without_answers(ANSWER + "b") == ("b", "")
    assert not line.awaits
    assert driver._without_answers("\x1b") == ("", "\x1b")
    assert driver._without_answers("\x1b[1;3R") == ("\x1b[1;3R", ""), "a key, as nothing was asked"


@pytest.mark.parametrize(("column", "wide"), [(2, False), (3, True)])
def test_a_terminal_tells_how_wide_it_draws(line: Line, clock: Clock, column: int, wide: bool) -> None:
    """Once; the same sequence is a key afterwards."""
    driver, told = object.__new__(FrugalDriver), []
    driver.line, driver._asked, driver.on_wide = line, 1.0, lambda: told.append(True)
    driver._loop = SimpleNamespace(call_soon_threadsafe=lambda call: call())  # type: ignore[assignment]
    answer = f"\x1b[1;{column}R"
    assert driver._without_answers(f"a{answer}b") == ("ab", "")
    assert bool(told) == wide
    assert driver._without_answers(answer) == (answer, "")
