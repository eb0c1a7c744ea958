"""What is wrong with a plan file: faults, the exception that carries all of them at once, and that of a failed save."""

from dataclasses import dataclass

from planner.text.clean import one_line

_LONGEST = 500
"""Characters of the longest fault, and of the longest advice, that is told; what a file holds may be quoted in it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file: its line (from 1; 1 too when it is about the whole file), and what to do."""

    file: str
    line: int
    message: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" — {_cut(self.advice)}" if self.advice else ""
        return one_line(f"{self.file}:{self.line}: {_cut(self.message)}{advice}")


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


class PlanUnreadable(Exception):
    """A plan file cannot be opened; ``faults`` holds every reason, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class SaveFailed(Exception):
    """A plan could not be written; the file is as it was. The text says why and what to do."""
