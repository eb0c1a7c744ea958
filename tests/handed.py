"""Documents of a plan, as tests want them."""

from typing import Any

from planner.catalog.load import load
from planner.export.formats import FORMATS
from planner.export.formats import render as rendered
from planner.export.handover import hand_over
from planner.model.project import Project

TEXTS = ("md", "csv", "json", "mermaid", "mermaid-graph", "assessment-md", "svg", "html")
"""The formats that are text."""

__all__ = ["FORMATS", "TEXTS", "made", "render"]


def made(project: Project, name: str, **options: Any) -> bytes:
    """``project`` in the format ``name``; ``options`` as ``hand_over`` takes them."""
    return rendered(hand_over(project, load(), **options), name)


def render(project: Project, name: str, **options: Any) -> str:
    """The same as text."""
    return made(project, name, **options).decode()
