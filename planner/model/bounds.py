"""Bounds of a value, to be written into its annotation: ``Annotated[int, Ge(1), Le(5)]``.

``planner.model.decode`` reads them, and pydantic does through the hook that each has. They do what ``annotated_types``
does for pydantic; importing that takes longer than everything else that stands in ``planner.model.values``.
"""

from typing import Any


class _Bound:
    """One bound: ``key`` is what pydantic's schemas call it."""

    key = ""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.value == self.value

    def __hash__(self) -> int:
        return hash((self.key, self.value))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {**handler(source), self.key: self.value}


class Ge(_Bound):
    """At least ``value``."""

    key = "ge"


class Le(_Bound):
    """At most ``value``."""

    key = "le"


class MinLen(_Bound):
    """At least ``value`` characters."""

    key = "min_length"


class Written(MinLen):
    """At least ``value`` characters of running text, which may have several lines; in names a break is a blank."""
