"""Which file of a folder of templates holds which part of the catalogue, and what names a table in it."""

from collections.abc import Callable
from typing import Any

from planner.catalog.folders import PROCESSES
from planner.model.knowledge import (
    EngagementTemplate,
    KnownDependency,
    KnownRole,
    MaturityLevel,
    PackageTemplate,
    Process,
    Strategy,
)
from planner.model.known.assessment import AssessmentProfile, KnownPain, QuickWin
from planner.model.known.checks import KnownCheck
from planner.model.known.context import Checklist, ExperienceStage, OrganisationForm, ServiceLayer, TransformationPath
from planner.model.known.people import KnownServiceRole, RoleAttribute, Track
from planner.model.known.standards import Standard
from planner.model.known.work import (
    Deliverable,
    KnownIndicator,
    KnownModifier,
    Perspective,
    ProgrammeWork,
    RaciActivity,
    RaciParty,
    Vocabulary,
)

RULES = "catalogue/rules.toml"
"""The one file that is a single table: judgement that turns templates into work."""

CHECKS = "checks/checks.toml"

TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "processes": (Process, (PROCESSES,)),
    "levels": (MaturityLevel, ("catalogue/levels.toml",)),
    "roles": (KnownRole, ("catalogue/roles.toml",)),
    "dependencies": (KnownDependency, ("catalogue/dependencies.toml", "catalogue/dependencies_generic.toml")),
    "packages": (PackageTemplate, ("catalogue/packages.toml",)),
    "modifiers": (KnownModifier, ("catalogue/modifiers.toml",)),
    "programme": (ProgrammeWork, ("catalogue/programme.toml",)),
    "deliverables": (Deliverable, ("catalogue/deliverables.toml",)),
    "parties": (RaciParty, ("catalogue/raci.toml",)),
    "raci": (RaciActivity, ("catalogue/raci.toml",)),
    "indicators": (KnownIndicator, ("catalogue/indicators.toml",)),
    "perspectives": (Perspective, ("catalogue/indicators.toml",)),
    "vocabularies": (Vocabulary, ("catalogue/vocabularies.toml",)),
    "pains": (KnownPain, ("assessment/pains.toml",)),
    "quick_wins": (QuickWin, ("assessment/quick_wins.toml",)),
    "service_roles": (KnownServiceRole, ("people/service_roles.toml",)),
    "role_attributes": (RoleAttribute, ("people/service_roles.toml",)),
    "experience": (ExperienceStage, ("context/experience.toml",)),
    "forms": (OrganisationForm, ("context/organisation.toml",)),
    "paths": (TransformationPath, ("context/organisation.toml",)),
    "layers": (ServiceLayer, ("context/organisation.toml",)),
    "checklists": (Checklist, ("context/checklists.toml",)),
    "checks": (KnownCheck, (CHECKS,)),
}
"""Parts of the catalogue that are lists of tables: their noun, and the files that have a list of that name."""

FOLDERS: dict[str, tuple[Any, str]] = {
    "profiles": (AssessmentProfile, "assessment/profiles"),
    "standards": (Standard, "standards"),
    "tracks": (Track, "people/tracks"),
    "strategies": (Strategy, "strategies"),
    "engagements": (EngagementTemplate, "engagements"),
}
"""Parts of the catalogue of which each file of a folder is one."""

NAMES = {"dependencies": "item", "packages": "process", "quick_wins": "item", "levels": "number", "criteria": "code"}
"""The key that names the tables of a list, where that is not ``id``."""

KEYS: dict[str, Callable[[Any], object]] = {
    "dependencies": lambda row: (row.item, row.needs),
    "packages": lambda row: (row.process, row.level, row.workstream),
    "quick_wins": lambda row: (row.item, row.name.en),
    "levels": lambda row: row.number,
    "criteria": lambda row: row.code,
}
"""What no two tables of a list may share, where that is not ``id``."""


def key_of(part: str, row: Any) -> object:
    """What makes a table of ``part`` the one it is."""
    return KEYS[part](row) if part in KEYS else row.id


def files() -> tuple[str, ...]:
    """Every file that a folder of templates may have, beside those of its folders."""
    return (RULES, *dict.fromkeys(path for _noun, paths in TABLES.values() for path in paths))


def lists_of(path: str) -> tuple[str, ...]:
    """The lists of tables that the file ``path`` may hold."""
    return tuple(name for name, (_noun, paths) in TABLES.items() if path in paths)
