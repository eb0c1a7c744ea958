"""What the rules between templates look things up in."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from planner.catalog.places import key_of
from planner.model.capability import split
from planner.model.knowledge import Catalogue
from planner.model.problem import Path, Problem, nearest
from planner.text.i18n import _


class Known:
    """A catalogue, and by part the ids it would have besides if the tables they belong to were readable."""

    def __init__(self, catalogue: Catalogue, lost: Mapping[str, Collection[str]]) -> None:
        self.catalogue = catalogue
        self._lost = lost
        self._ids: dict[str, frozenset[str]] = {}

    def ids(self, part: str) -> frozenset[str]:
        """The ids that may be referred to in a part of the catalogue."""
        if part not in self._ids:
            nouns = getattr(self.catalogue, part)
            self._ids[part] = frozenset({str(key_of(part, noun)) for noun in nouns} | set(self._lost.get(part, ())))
        return self._ids[part]

    def each(self, path: Path, names: Iterable[str], part: str, kind: str) -> Iterator[Problem]:
        """A problem for each of the ``names`` at ``path`` that is no id of ``part``; ``kind`` is what one is called."""
        for place, name in _placed(names):
            yield from self.one((*path, place), name, part, kind)

    def one(self, path: Path, name: str, part: str, kind: str) -> Iterator[Problem]:
        """A problem when ``name`` is no id of ``part``."""
        yield from among(path, name, self.ids(part), kind)

    def capability(self, path: Path, item: str) -> Iterator[Problem]:
        """A problem when ``item`` is no level of a process of the catalogue."""
        parts = split(item)
        if parts is None or parts[1] not in {level.number for level in self.catalogue.levels}:
            wrong = _("{item!r} is not a capability").format(item=item)
            yield Problem(path, wrong, _("write process@level, level 1 to 5, such as incident@3"))
        else:
            yield from self.one(path, parts[0], "processes", _("process"))


def among(path: Path, name: str, valid: Collection[str], kind: str) -> Iterator[Problem]:
    """A problem when ``name`` is none of ``valid``."""
    if name not in valid:
        yield Problem(path, _("unknown {kind} {name!r}").format(kind=kind, name=name), nearest(name, valid))


def ordered(path: Path, estimate: tuple[float, float, float] | None) -> Iterator[Problem]:
    """A problem when the numbers of an estimate, if there is one, do not rise from low over likely to high."""
    if estimate and not estimate[0] <= estimate[1] <= estimate[2]:
        values = ", ".join(f"{value:g}" for value in estimate)
        wrong = _("the estimate {values} is not in the order low, likely, high").format(values=values)
        yield Problem(path, wrong, _("sort the three numbers"))


def twice(path: Path, keys: Iterable[object]) -> Iterator[Problem]:
    """A problem for each of the ``keys`` of the list at ``path`` that stands there a second time."""
    seen: set[object] = set()
    for index, key in enumerate(keys):
        if key in seen:
            shown = " / ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            wrong = _("{name!r} stands there twice").format(name=shown)
            yield Problem((*path, index), wrong, _("rename or remove one of them"))
        seen.add(key)


def _placed(names: Iterable[str]) -> Iterator[tuple[str | int, str]]:
    """Names with where they stand: the keys of a table by themselves, the entries of a list by their number."""
    if isinstance(names, Mapping):
        return ((name, name) for name in names)
    return ((index, name) for index, name in enumerate(names))
