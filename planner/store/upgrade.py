"""Plans of earlier schemas: what they say, as the present schema says it.

Each step takes the data of one schema to the next, and leaves alone what is not as that schema has it, so that the
fault is told as any other. Nothing is written by reading: the file becomes one of the present schema when the plan
is saved, and then the file as it was is kept among the backups (``planner.store.backups``).
"""

from collections.abc import Callable, Mapping
from typing import Any

from planner.model.project import SCHEMA

Data = Mapping[str, Any]


def upgraded(data: Data) -> Data:
    """``data`` in the present schema; the same object when it is, or when no planner has written its schema."""
    while (step := _STEPS.get(_schema(data))) is not None:
        data = step(data)
    return data


def _schema(data: Data) -> int:
    version = data.get("schema")
    return version if type(version) is int else SCHEMA


def _to_2(data: Data) -> Data:
    """Schema 2 has conflicts of a merge, and names the two ends of what a baseline holds of a dependency."""
    baselines = data.get("baselines")
    if not isinstance(baselines, list):
        return {**data, "schema": 2}
    return {**data, "schema": 2, "baselines": [_with_ends(baseline) for baseline in baselines]}


def _with_ends(baseline: Any) -> Any:
    needs = baseline.get("needs") if isinstance(baseline, Mapping) else None
    if not isinstance(needs, list):
        return baseline
    return {**baseline, "needs": [_ends(need) for need in needs]}


def _ends(need: Any) -> Any:
    item, found, needs = need.partition(" needs ") if isinstance(need, str) else ("", "", "")
    return {"item": item, "needs": needs} if found else need


_STEPS: Mapping[int, Callable[[Data], Data]] = {1: _to_2}
"""From the schema named to the next one."""
