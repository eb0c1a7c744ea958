"""What is wrong with templates: where in which file, what, and what to do."""

from dataclasses import dataclass
from pathlib import Path

from planner.model.problem import Path as Keys


@dataclass(frozen=True, slots=True)
class CatalogueFault:
    """One thing that is wrong in a template file, at ``keys`` from its top.

    ``syntax``: the file is no TOML at all. The line is not known here: who shows the fault reads the file for it.
    """

    file: Path
    keys: Keys
    message: str
    advice: str = ""
    syntax: bool = False

    def __str__(self) -> str:
        advice = f" — {self.advice}" if self.advice else ""
        return f"{self.file.name}: {self.message}{advice}"


class CatalogueError(Exception):
    """The templates cannot be used: ``faults`` says why, everything at once."""

    def __init__(self, faults: list[CatalogueFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
