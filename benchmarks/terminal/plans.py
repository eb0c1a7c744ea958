"""Plans of any size for the interface to open: the sample, with its packages many times over."""

from dataclasses import replace
from pathlib import Path

from planner.catalog.ids import process_ids
from planner.store.load import load
from planner.store.save import save

SAMPLE = Path(__file__).parents[2] / "projects" / "lantern-retail.toml"


def write(path: Path, packages: int) -> Path:
    """Write the sample with at least ``packages`` work packages to ``path``; what is added is not placed yet."""
    project = load(SAMPLE, process_ids()).project
    more = []
    copy = 0
    while len(project.packages) + len(more) < packages:
        copy += 1
        ids = {package.id: f"{package.id}-x{copy}" for package in project.packages}
        more += [
            replace(
                package,
                id=ids[package.id],
                name=f"{package.name} {copy}",
                after=tuple(ids.get(other, other) for other in package.after),
                alongside=tuple(ids.get(other, other) for other in package.alongside),
            )
            for package in project.packages
        ]
    path.unlink(missing_ok=True)
    save(replace(project, packages=(*project.packages, *more)), path)
    return path
