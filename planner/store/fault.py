"""What is wrong with a plan file: faults, and the exception that carries all of them at once."""

from dataclasses import dataclass

from planner.text.clean import one_line


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a file: its line (from 1; 1 too when it is about the whole file), and what to do."""

    file: str
    line: int
    message: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" — {self.advice}" if self.advice else ""
        return one_line(f"{self.file}:{self.line}: {self.message}{advice}")


class PlanUnreadable(Exception):
    """A plan file cannot be opened; ``faults`` holds every reason, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
