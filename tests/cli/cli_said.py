"""The types that the tests of the command line speak in."""

from collections.abc import Callable
from typing import NamedTuple


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


Planner = Callable[..., Said]
