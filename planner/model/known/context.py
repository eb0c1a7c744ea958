"""Knowledge nouns: customer experience, kinds of organisation, checklists (domain.md §9)."""

from dataclasses import dataclass
from typing import Literal

from planner.model.values import (
    Name,
    Positive,
    Words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceItem:
    """One item of the customer survey."""

    id: Name
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceStage:
    """A stage of what a customer lives through, with the items of the survey."""

    id: Name
    name: Words
    items: tuple[ExperienceItem, ...]
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationForm:
    """How an organisation is divided. ``silo``: processes across it need a manager with authority."""

    id: Name
    name: Words
    use: Words
    strength: Words
    weakness: Words
    silo: bool = False
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """A step of a transformation path."""

    id: Name
    name: Words
    picture: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformationPath:
    """A way along which an organisation changes; the whole of it takes at least ``months``."""

    id: Name
    name: Words
    steps: tuple[PathStep, ...]
    months: Positive
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLayer:
    """A layer of a service organisation."""

    id: Name
    name: Words
    content: Words
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """Something to tick."""

    id: Name
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Things to tick, for the engagement as a whole or for each process; checks read what was ticked."""

    id: Name
    name: Words
    scope: Literal["engagement", "process"]
    items: tuple[ChecklistItem, ...]
    source: Name
