"""Reads ``templates/`` into one ``Catalogue`` and refuses knowledge that contradicts itself."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from planner.model.decode import decode
from planner.model.knowledge import (
    Catalogue,
    Defaults,
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
from planner.model.values import DIMENSIONS

T = TypeVar("T")

_TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "processes": (Process, ("catalogue/processes.toml",)),
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
    "checks": (KnownCheck, ("checks/checks.toml",)),
}
"""Parts of the catalogue that are lists of tables: their noun, and the files that have a list of that name."""

_FOLDERS: dict[str, tuple[Any, str]] = {
    "profiles": (AssessmentProfile, "assessment/profiles"),
    "standards": (Standard, "standards"),
    "tracks": (Track, "people/tracks"),
    "strategies": (Strategy, "strategies"),
    "engagements": (EngagementTemplate, "engagements"),
}
"""Parts of the catalogue of which each file of a folder is one."""


class CatalogueError(Exception):
    """The templates cannot be used: ``faults`` has one line for each thing that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def templates_folder() -> Path:
    """``templates/`` of the checkout, or the copy inside an installed package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


@lru_cache(maxsize=4)
def load(folder: Path | None = None) -> Catalogue:
    """The catalogue of ``folder`` (default: the planner's own templates).

    Raises CatalogueError naming file and key of every fault: a value of the wrong kind, a duplicate id, a
    reference to nothing, a dependency on a higher level, a cycle among dependencies.
    """
    folder = folder or templates_folder()
    faults: list[str] = []
    defaults = _table(Defaults, folder / "catalogue" / "rules.toml", faults)
    parts: dict[str, Any] = {
        name: tuple(row for path in paths for row in _tables(noun, folder / path, name, faults))
        for name, (noun, paths) in _TABLES.items()
    }
    parts |= {name: _files(noun, folder / place, faults) for name, (noun, place) in _FOLDERS.items()}
    if defaults is None and not faults:
        faults.append("rules.toml: is missing")
    if faults or defaults is None:
        raise CatalogueError(faults)
    catalogue = Catalogue(defaults=defaults, **parts)
    if faults := [*contradictions(catalogue)]:
        raise CatalogueError(faults)
    return catalogue


@lru_cache(maxsize=4)
def process_ids(folder: Path | None = None) -> frozenset[str]:
    """The ids of all processes, without reading the rest of the catalogue."""
    faults: list[str] = []
    path = (folder or templates_folder()) / "catalogue" / "processes.toml"
    return frozenset(process["id"] for process in _parse(path, faults).get("processes", []))


def contradictions(catalogue: Catalogue) -> Iterator[str]:
    """What is wrong between the parts of a catalogue, one line each."""
    yield from _repeated(catalogue)
    processes = set(catalogue.process_by_id)
    capabilities = {f"{process}@{level.number}" for process in processes for level in catalogue.levels}
    for dependency in catalogue.dependencies:
        for end in (dependency.item, dependency.needs):
            if end not in capabilities:
                yield f"dependencies: {dependency.item} needs {dependency.needs}: there is no {end}"
        if dependency.needs[-1:] > dependency.item[-1:]:
            yield f"dependencies: {dependency.item} needs {dependency.needs}, which is a higher level"
    if cycle := _cycle(catalogue):
        yield f"dependencies: {' needs '.join(cycle)}: a circle"
    for package in catalogue.packages:
        where = f"packages: {package.process} to level {package.level}, {package.workstream}"
        if package.process not in processes:
            yield f"{where}: unknown process"
        for role in package.roles:
            if role not in catalogue.role_by_id:
                yield f"{where}: unknown role {role}"
        if str(len(package.roles)) not in catalogue.defaults.role_share:
            yield f"{where}: rules.toml shares no effort among {len(package.roles)} roles"
    for strategy in catalogue.strategies:
        for phase in strategy.phases:
            for process in phase.levels:
                if process not in processes:
                    yield f"strategies: {strategy.id}, phase {phase.id}: unknown process {process}"
    for template in catalogue.engagements:
        where = f"engagements: {template.id}"
        if template.strategy not in catalogue.strategy_by_id:
            yield f"{where}: unknown strategy {template.strategy}"
        for process in (*template.baseline, *template.target):
            if process not in processes:
                yield f"{where}: unknown process {process}"
        for process, levels in template.baseline.items():
            if set(levels) != set(DIMENSIONS):
                yield f"{where}: {process} must be scored for {', '.join(DIMENSIONS)}"
        for entry in template.roles:
            if entry.role not in catalogue.role_by_id:
                yield f"{where}: unknown role {entry.role}"


def _repeated(catalogue: Catalogue) -> Iterator[str]:
    tables: dict[str, list[object]] = {
        "processes": [process.id for process in catalogue.processes],
        "levels": [level.number for level in catalogue.levels],
        "roles": [role.id for role in catalogue.roles],
        "dependencies": [(dependency.item, dependency.needs) for dependency in catalogue.dependencies],
        "packages": [(package.process, package.level, package.workstream) for package in catalogue.packages],
        "strategies": [strategy.id for strategy in catalogue.strategies],
        "engagements": [template.id for template in catalogue.engagements],
    }
    for table, keys in tables.items():
        seen: set[object] = set()
        for key in keys:
            if key in seen:
                yield f"{table}: {key} stands there twice"
            seen.add(key)


def _cycle(catalogue: Catalogue) -> list[str]:
    """A circle of capabilities among dependencies and level steps, or nothing."""
    needs: dict[str, list[str]] = {}
    for dependency in catalogue.dependencies:
        needs.setdefault(dependency.item, []).append(dependency.needs)
    for process in catalogue.process_by_id:
        for level in range(2, len(catalogue.levels) + 1):
            needs.setdefault(f"{process}@{level}", []).append(f"{process}@{level - 1}")
    done: set[str] = set()
    for start in needs:
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(needs[start]))] if start not in done else []
        path += [start] if stack else []
        while stack:
            item, following = stack[-1]
            nxt = next(following, None)
            if nxt is None:
                done.add(item)
                stack.pop()
                path.pop()
            elif nxt in path:
                return [*path[path.index(nxt) :], nxt]
            elif nxt not in done:
                stack.append((nxt, iter(needs.get(nxt, ()))))
                path.append(nxt)
    return []


def _parse(path: Path, faults: list[str]) -> dict[str, Any]:
    """What stands in a file; nothing when there is none, so that a folder need not have every part."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path.name}: {error}")
        return {}


def _value(kind: type[T], data: Any, where: str, faults: list[str]) -> T | None:
    value, problems = decode(kind, data)
    faults += [f"{where}: {'.'.join(map(str, p.path))}: {p.message} - {p.advice}".rstrip(" -") for p in problems]
    return value


def _table(kind: type[T], path: Path, faults: list[str]) -> T | None:
    data = _parse(path, faults)
    return _value(kind, _sourced(kind, data, data.get("source")), path.name, faults) if data else None


def _tables(kind: type[T], path: Path, key: str, faults: list[str]) -> tuple[T, ...]:
    data = _parse(path, faults)
    values = (
        _value(kind, _sourced(kind, row, data.get("source")), f"{path.name}: {key}[{n}]", faults)
        for n, row in enumerate(data.get(key, []))
    )
    return tuple(value for value in values if value is not None)


def _files(kind: type[T], folder: Path, faults: list[str]) -> tuple[T, ...]:
    values = (_table(kind, path, faults) for path in sorted(folder.glob("*.toml")))
    return tuple(value for value in values if value is not None)


def _sourced(kind: Any, row: Any, source: Any) -> Any:
    """``row`` with the mark of its source where it has none, and likewise the tables inside it that want one."""
    if source is None or not isinstance(row, dict):
        return row
    wants = {field.name: field.type for field in fields(kind)}
    filled = {"source": source, **row} if "source" in wants else dict(row)
    for key, value in row.items():
        inner = get_args(wants.get(key))[:1]
        if isinstance(value, list) and inner and is_dataclass(inner[0]):
            filled[key] = [_sourced(inner[0], item, source) for item in value]
    return filled
