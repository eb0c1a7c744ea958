"""Knowledge nouns: what a check is called and by what it judges (domain.md §6)."""

from dataclasses import dataclass
from typing import Literal

from planner.model.values import (
    Fixed,
    Name,
    Words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCheck:
    """What a check is called, how bad what it finds is, and by which numbers and names it judges.

    ``id`` names the function that looks. ``origin`` is where the idea comes from.
    """

    id: Name
    title: Words
    severity: Literal["error", "warning", "info"]
    advice: Words
    numbers: Fixed[str, float] = Fixed()
    names: Fixed[str, tuple[Name, ...]] = Fixed()
    origin: Name
    source: Name
