"""A capability: a process at a maturity level, written ``incident@3``.

It is the node of the dependency graph. Processes need each other in circles; processes *at levels* do not
(docs/architecture.md, "The idea the engine stands on").
"""

from functools import lru_cache

from planner.model.values import HIGHEST, LOWEST


def capability(process: str, level: int) -> str:
    """The id of ``process`` at ``level``: ``capability("incident", 3) == "incident@3"``."""
    return f"{process}@{level}"


@lru_cache(maxsize=4096)
def split(item: str) -> tuple[str, int] | None:
    """Process and level of a capability id; None when ``item`` is not one (a work package, say)."""
    process, at, level = item.rpartition("@")
    if not at or not process or len(level) != 1 or not level.isdecimal():
        return None
    number = int(level)
    return (process, number) if LOWEST <= number <= HIGHEST else None


def process_of(item: str) -> str:
    """The process of a capability id, or ``""`` when ``item`` is not one."""
    parts = split(item)
    return parts[0] if parts else ""


def level_of(item: str) -> int:
    """The level of a capability id, or 0 when ``item`` is not one."""
    parts = split(item)
    return parts[1] if parts else 0
