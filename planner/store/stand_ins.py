"""What stands in for a value of a plan that cannot be read, so that the rest of the plan can be judged.

It offends no rule: neither where it stands nor anywhere else.
"""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from planner.model.problem import Path
from planner.model.values import DIMENSIONS, HIGHEST, LOWEST, Day, Months, WorkingDays
from planner.store.syntax import UNREADABLE

_EARLIEST, _LATEST = get_args(Day)[1].value, get_args(Day)[2].value
_LONGEST = get_args(WorkingDays)[2].value
_SHORTEST = get_args(Months)[1].value
_PLENTY = 10**8

ROWS: dict[str, dict[str, Any]] = {
    "modifiers": {"id": UNREADABLE, "name": "?"},
    "overheads": {"id": UNREADABLE, "name": "?", "share": 0},
    "certifications": {
        "standard": UNREADABLE,
        "name": "?",
        "audit": _LATEST,
        "operate_months": _SHORTEST,
        "level": LOWEST,
    },
    "roles": {"id": UNREADABLE, "name": "?", "fte": _PLENTY},
    "posts": {"id": UNREADABLE, "name": "?"},
    "service_roles": {"id": UNREADABLE, "name": "?"},
    "tracks": {"track": UNREADABLE},
    "enrolments": {"id": UNREADABLE, "track": UNREADABLE, "holder": UNREADABLE, "begin": _LATEST},
    "certificates": {"id": UNREADABLE, "track": UNREADABLE, "holder": UNREADABLE, "issued": _EARLIEST},
    "dimensions": {"id": UNREADABLE, "name": "?", "workstream": "people"},
    "pains": {"id": UNREADABLE, "name": "?", "levels": {}},
    "processes": {"id": UNREADABLE, "name": "?", "baseline": {}, "target": {}},
    "answer_sheets": {"process": UNREADABLE, "assessor": UNREADABLE},
    "indicators": {"id": UNREADABLE, "name": "?"},
    "phases": {"id": UNREADABLE, "name": "?"},
    "packages": {"id": UNREADABLE, "name": "?", "workstream": "people", "days": [_LONGEST] * 3},
    "dependencies": {"item": UNREADABLE, "needs": UNREADABLE},
    "pins": {"item": UNREADABLE, "phase": UNREADABLE, "not_before": _EARLIEST, "deadline": _LATEST},
    "progress": {"package": UNREADABLE, "start": _EARLIEST},
    "scenarios": {"id": UNREADABLE, "name": "?"},
    "left_out": {"package": UNREADABLE},
    "milestones": {"id": UNREADABLE, "name": "?", "day": _LATEST},
    "checks": {"id": UNREADABLE},
}
"""By list of tables: what keeps a row readable when one of its keys is not. The keys are the lists' names."""

_LEVELS = {"baseline": LOWEST, "target": HIGHEST}
_ENGAGEMENT = {"name": "?", "start": _EARLIEST}
_PERIOD = {"first": _EARLIEST, "last": _EARLIEST}
_PLACEMENT = {"phase": UNREADABLE, "start": _EARLIEST, "finish": _LATEST}
_ANSWER = {"criterion": UNREADABLE, "reply": "n/a"}


def dimensions_of(data: Mapping[str, Any]) -> Sequence[str]:
    """What the processes of the plan ``data`` are scored on, as far as it can be read."""
    rows = data.get("dimensions")
    rows = rows if isinstance(rows, list) else []
    found = [row.get("id") for row in rows if isinstance(row, Mapping)]
    return [ident for ident in found if isinstance(ident, str) and ident] or DIMENSIONS


def stand_in(path: Path, dimensions: Sequence[str]) -> tuple[Path, Any]:
    """Where above ``path`` (or at it) to put what; nowhere when the plan can be read without."""
    match path:
        case ("engagement",):
            return path, _ENGAGEMENT
        case ("engagement", str(key), *_rest) if key in _ENGAGEMENT:
            return path[:2], _ENGAGEMENT[key]
        case ("calendar", "holidays" | "blackouts", int(), *_rest):
            return path[:3], _PERIOD
        case ("roadmap", "packages", str()):
            return path, _PLACEMENT
        case ("roadmap", "packages", str(), str(key), *_rest) if key in _PLACEMENT:
            return path[:4], _PLACEMENT[key]
        case ("roles", int(), "changes", *_rest):
            return (*path[:2], "fte"), _PLENTY
        case ("processes", int(), "baseline" | "target" as key, str(dimension), *_rest) if dimension in dimensions:
            return path[:4], _LEVELS[key]
        case ("processes", int(), "baseline" | "target" as key, *_rest):
            return path[:3], dict.fromkeys(dimensions, _LEVELS[key])
        case ("processes", int()):
            return path, ROWS["processes"] | {key: dict.fromkeys(dimensions, value) for key, value in _LEVELS.items()}
        case ("pains", int(), "levels", str(), *_rest):
            return (), None
        case ("answer_sheets", int(), "answers", int()):
            return path, _ANSWER
        case ("answer_sheets", int(), "answers", int(), str(key), *_rest) if key in _ANSWER:
            return path[:5], _ANSWER[key]
        case ("milestones", int(), "item" | "phase", *_rest):
            return path[:3], UNREADABLE
        case ("certificates", int(), "lost", *_rest):
            return path[:3], _EARLIEST
        case (str(table), int()) if table in ROWS:
            return path, ROWS[table]
        case (str(table), int(), str(key), *_rest) if key in ROWS.get(table, {}):
            return path[:3], ROWS[table][key]
    return (), None
