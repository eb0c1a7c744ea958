"""The small values that the nouns are made of: levels, three-point estimates, mappings that cannot change.

Constraints are written with ``planner.model.bounds`` so that one annotation serves ``planner.model.decode``, which
words the faults of a file, and pydantic, which makes the JSON Schema of ``planner schema`` from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from planner.model.bounds import Ge, Le, MinLen, Written
from planner.text.i18n import N_

K = TypeVar("K")
V = TypeVar("V")

LOWEST, HIGHEST = 1, 5
"""The maturity scale (domain.md §3.1). An absent process is stored as level 1."""

Level = Annotated[int, Ge(LOWEST), Le(HIGHEST)]
Name = Annotated[str, MinLen(1)]
Prose = Annotated[str, Written(1)]
Positive = Annotated[int, Ge(1)]
Amount = Annotated[float, Ge(0)]
Count = Annotated[int, Ge(0)]
Percent = Annotated[float, Ge(0), Le(100)]
Share = Annotated[float, Ge(0), Le(1)]
Weeks = Annotated[int, Ge(0), Le(520)]
Months = Annotated[int, Ge(1), Le(600)]
Years = Annotated[int, Ge(1), Le(100)]
Times = Annotated[int, Ge(1), Le(1000)]
Lag = Annotated[int, Ge(-1000), Le(1000)]
WorkingDays = Annotated[int, Ge(1), Le(5000)]
Day = Annotated[date, Ge(date(2000, 1, 1)), Le(date(2199, 12, 31))]
"""Bounds far beyond any project, so that no number or date in a file can make the planner count for ever."""

Workstream = Literal["people", "process", "tech", "standard"]
WORKSTREAMS: tuple[Workstream, ...] = (N_("people"), N_("process"), N_("tech"), N_("standard"))
"""The four workstreams, in the order in which every view shows them."""

DIMENSIONS: tuple[str, ...] = ("people", "process", "tech")
"""What is scored unless a plan has dimensions of its own; the workstream Standard follows the process level."""

Source = Literal["catalogue", "own"]
"""Whether something stands in a plan as the catalogue has it, or was added or changed by hand."""
Strength = Literal["hard", "soft", "off"]
LinkType = Literal["finish-start", "start-start", "finish-finish", "start-finish"]
Size = Literal["small", "medium", "large"]
SIZES: tuple[Size, ...] = (N_("small"), N_("medium"), N_("large"))
Language = Literal["en", "zh"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Effort(NamedTuple):
    """Person-days of one role in one work package, as a triangular estimate."""

    low: Amount
    likely: Amount
    high: Amount


class Duration(NamedTuple):
    """Working days that a work package lasts, as a triangular estimate; planning uses ``likely``."""

    low: WorkingDays
    likely: WorkingDays
    high: WorkingDays


class WeekRange(NamedTuple):
    """Weeks that something takes, as a triangular estimate."""

    low: Positive
    likely: Positive
    high: Positive


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in both languages."""

    en: Name
    zh: Name

    def in_(self, language: str) -> str:
        """The text in ``language``; English for an unknown one."""
        return self.zh if language == "zh" else self.en


class Fixed(Mapping[K, V]):
    """A mapping that cannot be changed, compares by content and can be hashed."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None, /) -> None:
        self._items: dict[K, V] = dict(items or {})

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Fixed):
            return self._items == other._items
        return isinstance(other, Mapping) and self._items == dict(other)

    def __repr__(self) -> str:
        return f"Fixed({self._items!r})"

    def with_item(self, key: K, value: V) -> "Fixed[K, V]":
        """The same mapping with one item set."""
        return Fixed({**self._items, key: value})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """How pydantic reads one: as a dict of the same kinds."""
        from typing import get_args

        from pydantic_core import core_schema

        items = handler.generate_schema(dict[get_args(source)])  # type: ignore[misc]
        return core_schema.no_info_after_validator_function(cls, items)
