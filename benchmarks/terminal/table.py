"""The table of figures: the planner in both modes beside the floor, and whether what was to be reached is."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Three(NamedTuple):
    """What tuibench says of the planner, of the planner with low bandwidth, and of the floor; None if not measured."""

    normal: Any
    low: Any
    floor: Any


def head() -> str:
    """The first lines of the table."""
    return "| what | goal | planner | low bandwidth | floor |  |\n|---|---|---|---|---|---|"


def row(
    what: str,
    three: Three,
    value: Callable[[Any], float | None],
    of_floor: float | None = None,
    normal: float | None = None,
    low: float | None = None,
) -> None:
    """Print a line. ``of_floor`` is the goal as a multiple of the floor; ``normal`` and ``low`` are those of a mode."""
    found = [None if summary is None else value(summary) for summary in three]
    floor = found[2]
    goals: list[str] = []
    judged: list[bool] = []
    if of_floor is not None and floor:
        goals.append(f"{of_floor:g} x floor")
        judged = [number <= of_floor * floor for number in found[:2] if number is not None]
    for number, most, mode in zip(found, (normal, low), ("", " low"), strict=False):
        if most is not None and number is not None:
            goals.append(f"{most:,g}{mode}")
            judged.append(number <= most)
    cells = [_cell(number, floor if of_floor is not None else None) for number in found[:2]]
    verdict = "" if not judged else "reached" if all(judged) else "missed"
    print(f"| {' | '.join([what, ', '.join(goals) or '-', *cells, _cell(floor), verdict])} |", flush=True)


def _cell(number: float | None, floor: float | None = None) -> str:
    if number is None:
        return "-"
    text = f"{number:,.{0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2}f}"
    return f"{text} ({number / floor:.2f}x)" if floor else text


def median(values: dict[str, float] | None) -> float:
    """The median of a summary of tuibench; nought if there is none."""
    return 0.0 if values is None else values["median"]


def pooled(summary: Any, steps: Iterable[str], what: str, instead: Iterable[str] = ()) -> float | None:
    """The mean of the medians of some steps, by how many keys each had; of others ``instead`` if there are none."""
    found = [summary["steps"][step][what] for step in steps if summary["steps"].get(step, {}).get(what)]
    keys = sum(values["n"] for values in found)
    if not keys:
        return pooled(summary, instead, what) if instead else None
    return float(sum(values["median"] * values["n"] for values in found) / keys)


def against_diff(summary: Any, steps: Iterable[str]) -> float | None:
    """All bytes of some steps, by what a plain cell diff would have sent."""
    found = [summary["steps"][step] for step in steps if summary["steps"].get(step, {}).get("diff")]
    least = sum(step["diff"]["total"] for step in found)
    return float(sum(step["bytes"]["total"] for step in found) / least) if least else None


def script(summary: Any, steps: Iterable[str], what: str, count: bool = False) -> float:
    """The sum over the keys of a script, a run; with ``count`` how many keys there were."""
    found = [summary["steps"][step][what] for step in steps if summary["steps"].get(step, {}).get(what)]
    return float(sum(values["n" if count else "total"] for values in found)) / summary["runs"]
