"""A plan with a roadmap that is quickly read, judged and handed over: a few processes of a sample."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.model.project import Project
from planner.model.values import Fixed
from planner.store.load import load
from planner.store.save import save

SAMPLE = Path(__file__).parent.parent / "projects" / "lantern-retail.toml"
KEPT = ("", "sms", "service-desk", "incident", "problem")
"""Processes; the work of none of them is that of the whole programme."""


@cache
def small() -> Project:
    """The sample with these processes alone, and the work for them in its place."""
    whole = load(SAMPLE).project
    roadmap = whole.roadmap
    assert roadmap is not None
    packages = tuple(package for package in whole.packages if package.capability.partition("@")[0] in KEPT)
    kept = {package.id for package in packages}
    things = kept | {package.capability for package in packages}
    return replace(
        whole,
        processes=tuple(process for process in whole.processes if process.id in KEPT),
        packages=packages,
        dependencies=tuple(each for each in whole.dependencies if {each.item, each.needs} <= things),
        milestones=(),
        indicators=tuple(each for each in whole.indicators if {*each.processes} <= {*KEPT}),
        pains=(),
        service_roles=(),
        roadmap=replace(roadmap, packages=Fixed({id: place for id, place in roadmap.packages.items() if id in kept})),
    )


@cache
def _text() -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.toml"
        save(small(), path)
        return path.read_text("utf-8")


def small_file(folder: Path, name: str) -> Path:
    """The same, saved as ``name`` in ``folder``."""
    path = folder / name
    path.write_text(_text(), "utf-8")
    return path
