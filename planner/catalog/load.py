"""Reads ``templates/`` into one ``Catalogue`` and refuses knowledge that contradicts itself."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

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
from planner.model.values import DIMENSIONS

T = TypeVar("T")


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
    base = folder / "catalogue"
    defaults = _table(Defaults, base / "rules.toml", faults)
    parts = {
        "processes": _tables(Process, base / "processes.toml", "processes", faults),
        "levels": _tables(MaturityLevel, base / "levels.toml", "levels", faults),
        "roles": _tables(KnownRole, base / "roles.toml", "roles", faults),
        "dependencies": _tables(KnownDependency, base / "dependencies.toml", "dependencies", faults)
        + _tables(KnownDependency, base / "dependencies_generic.toml", "dependencies", faults),
        "packages": _tables(PackageTemplate, base / "packages.toml", "packages", faults),
        "strategies": _files(Strategy, folder / "strategies", faults),
        "engagements": _files(EngagementTemplate, folder / "engagements", faults),
    }
    if faults or defaults is None:
        raise CatalogueError(faults)
    catalogue = Catalogue(defaults=defaults, **parts)  # type: ignore[arg-type]
    if faults := [*contradictions(catalogue)]:
        raise CatalogueError(faults)
    return catalogue


@lru_cache(maxsize=4)
def process_ids(folder: Path | None = None) -> frozenset[str]:
    """The ids of all processes, without reading the rest of the catalogue."""
    faults: list[str] = []
    path = (folder or templates_folder()) / "catalogue" / "processes.toml"
    return frozenset(process.id for process in _tables(Process, path, "processes", faults))


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
    return _value(kind, data, path.name, faults) if data else None


def _tables(kind: type[T], path: Path, key: str, faults: list[str]) -> tuple[T, ...]:
    rows = _parse(path, faults).get(key, [])
    values = (_value(kind, row, f"{path.name}: {key}[{n}]", faults) for n, row in enumerate(rows))
    return tuple(value for value in values if value is not None)


def _files(kind: type[T], folder: Path, faults: list[str]) -> tuple[T, ...]:
    values = (_table(kind, path, faults) for path in sorted(folder.glob("*.toml")))
    return tuple(value for value in values if value is not None)
