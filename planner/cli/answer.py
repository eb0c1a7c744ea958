"""What a subcommand answers with, and how it says that it cannot.

Commands print nothing themselves: they return an ``Answer``, and ``main`` writes it. So a closed pipe or a full
disk is met in one place, and the exit code is known before the first line is written.
"""

from dataclasses import dataclass

DONE, FINDINGS, UNUSABLE, INFEASIBLE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, 130
"""The exit codes: done; findings of severity error, or violations; wrong usage or unreadable input; no feasible
roadmap; a fault of the planner itself; interrupted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` for standard output, whole lines for standard error, and the exit code.

    ``data`` is what a document holds that goes to standard output byte by byte, after the text.
    """

    text: str = ""
    notes: tuple[str, ...] = ()
    code: int = DONE
    data: bytes = b""


class Failure(Exception):
    """The command cannot do what was asked; each line says what is wrong and what to do. Exit code 2."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def fault(wrong: str, advice: str = "") -> str:
    """One line of the form that all errors have."""
    return f"{wrong} — {advice}" if advice else wrong
