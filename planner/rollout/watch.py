"""Watching a long search, and stopping it: what the command line and the interface hand down to the engine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """How far a search is.

    ``solver`` says which engine is at work; ``seconds`` since the search began; ``tried`` how many schedules were
    made. ``value`` is the best found so far and ``bound`` what no roadmap can fall below, where one is known.
    """

    solver: str
    seconds: float
    tried: int
    value: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """How far above the best possible the value may be, as a share of the value; None while unknown."""
        if self.value is None or self.bound is None:
            return None
        return max(0.0, self.value - self.bound) / max(abs(self.value), 1e-9)


class Watch:
    """Looks on and never stops anything; the base of those that do.

    A search calls ``told`` now and then and whenever it finds something better, and ``stopped`` often. Once that is
    true the search ends soon with the best it has.
    """

    def told(self, sight: Sight) -> None:
        """Take note of how far the search is; called from the thread that searches."""

    def stopped(self) -> bool:
        """Whether the search should end with what it has."""
        return False


UNWATCHED = Watch()
"""Nobody looks, nobody stops."""
