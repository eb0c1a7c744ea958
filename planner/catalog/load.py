"""Reads folders of templates into one ``Catalogue`` and refuses knowledge that contradicts itself."""

from functools import lru_cache
from itertools import islice
from pathlib import Path

from planner.catalog.contradictions import contradictions
from planner.catalog.fault import CatalogueError, CatalogueFault
from planner.catalog.folders import in_use, templates_folder
from planner.catalog.places import RULES
from planner.catalog.read import Read, read
from planner.model.decode import MOST
from planner.model.knowledge import Catalogue
from planner.text.i18n import _

__all__ = ["CatalogueError", "contradictions", "load", "templates_folder"]


def load(*folders: Path) -> Catalogue:
    """The catalogue of ``folders`` together (default: the planner's own templates and those added by ``use``).

    Raises CatalogueError with every fault: a value of the wrong kind, a thing that stands there twice, a reference to
    nothing, a dependency on a higher level, a circle among dependencies.
    """
    return _load(folders or in_use())


@lru_cache(maxsize=4)
def _load(folders: tuple[Path, ...]) -> Catalogue:
    found = read(folders)
    if found.defaults is None and found.whole and not found.faults:
        found.faults.append(CatalogueFault(folders[0] / RULES, (), _("the file is missing"), _("put it back")))
    if found.defaults is None:
        raise CatalogueError(found.faults)
    parts = {name: tuple(nouns) for name, nouns in found.parts.items()}
    catalogue = Catalogue(defaults=found.defaults, **parts)
    if found.whole:
        found.faults += _contradicting(catalogue, found)
    if found.faults:
        raise CatalogueError(found.faults)
    return catalogue


def _contradicting(catalogue: Catalogue, found: Read) -> list[CatalogueFault]:
    faults = []
    for problem in islice(contradictions(catalogue, found.lost), MOST):
        part, index, *rest = problem.path
        file, keys = found.where(str(part), int(index), tuple(rest))
        faults.append(CatalogueFault(file, keys, found.title(file, keys) + problem.message, problem.advice))
    return faults
