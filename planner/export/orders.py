"""What the process that makes documents (``planner.export.apart``) is told: the plan, then order after order."""

import json
from datetime import date
from typing import Any

from planner.catalog.folders import added
from planner.model.audience import Audience
from planner.model.decode import encode
from planner.model.project import Project
from planner.store.delta import to_json


def opening(project: Project) -> bytes:
    """The first line: the plan, and the folders of templates in use.

    Row by row: to write all at once would keep an interface waiting that has other threads.
    """
    templates = [str(folder.resolve()) for folder in added()]
    tables = ",".join(f"{_json(name)}:{_rows(value)}" for name, value in encode(project).items())
    return f'{{"templates":{_json(templates)},"project":{{{tables}}}}}\n'.encode()


def _rows(value: Any) -> str:
    return f"[{','.join(map(_json, value))}]" if isinstance(value, list) else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, default=to_json)


def order(
    make: tuple[str, ...],
    audience: Audience,
    language: str,
    as_of: date | None,
    theme: str,
    template: str,
    table: str,
) -> bytes:
    """Another line: documents in the formats ``make``, or with none of them what the hand-over holds.

    ``theme`` and ``template`` are files, or empty. ``table`` as ``planner.export.documents`` takes it.
    """
    day = as_of.isoformat() if as_of else ""
    asked = {"make": make, "audience": audience, "language": language, "as_of": day}
    return json.dumps(asked | {"theme": theme, "template": template, "table": table}).encode() + b"\n"
