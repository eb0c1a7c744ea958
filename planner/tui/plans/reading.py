"""Reading the plans of a folder while somebody works in the list."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from planner.tui.plans.overview import Overview, overview

HANDOVER = 0.0005
"""Seconds after which the thread that reads plans lets the interface have a turn; Python's usual 0.005 is felt."""

USUAL_HANDOVER = sys.getswitchinterval()
"""The same while nothing is read."""


async def read_all(next_one: Callable[[], Path | None], learned: Callable[[Path, Overview], None]) -> None:
    """Read one plan after the other in a thread, until ``next_one`` has no more; tell ``learned`` of each."""
    try:
        while (path := next_one()) is not None:
            sys.setswitchinterval(HANDOVER)
            learned(path, await asyncio.to_thread(overview, path))
    finally:
        sys.setswitchinterval(USUAL_HANDOVER)
