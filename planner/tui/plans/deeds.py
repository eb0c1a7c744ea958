"""What was done to the files of a folder in this session, each with a name, and the way back and forth."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.store.beside import FOLDER

if TYPE_CHECKING:
    from planner.store.shelf import Steps


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of a person, which may have taken several steps."""

    label: str
    steps: "Steps"

    @property
    def place(self) -> Path:
        """Where the plan stands now that the deed was done to."""
        from planner.store.shelf import Moved

        moves = {step.source: step.target for step in self.steps if isinstance(step, Moved)}
        began = [step.source if isinstance(step, Moved) else step.path for step in self.steps]
        first = next((path for path in began if path.parent.name != FOLDER), began[0])
        return moves.get(first, first)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done, oldest first, and what was taken back, the next to do again last."""

    past: tuple[Deed, ...] = ()
    future: tuple[Deed, ...] = ()

    def do(self, deed: Deed) -> "Deeds":
        """After ``deed``."""
        return Deeds((*self.past, deed))

    def undo(self, home: Path) -> "Deeds":
        """Take the last deed back, in the folder ``home``. Raises ShelfFault when files have changed too much."""
        from planner.store.shelf import take_back

        last = self.past[-1]
        return Deeds(self.past[:-1], (*self.future, Deed(last.label, take_back(last.steps, home))))

    def redo(self, home: Path) -> "Deeds":
        """Do again what was taken back last. Raises ShelfFault when files have changed too much."""
        from planner.store.shelf import take_back

        last = self.future[-1]
        return Deeds((*self.past, Deed(last.label, take_back(last.steps, home))), self.future[:-1])
