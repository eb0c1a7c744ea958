"""What a row comes after: other rows and packages by id, by running number, or by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.intake import values
from planner.intake.tables import Cell
from planner.intake.values import Misread
from planner.model.problem import nearest
from planner.model.project import Project, WorkPackage
from planner.text.clean import folded, one_line
from planner.text.i18n import _, listed

_TYPED = re.compile(r"(?P<item>.*?\S)\s*(?P<type>FS|SS|FF|SF)\s*(?P<lag>[+-].*)?", re.IGNORECASE)
_SIDES = {"fs": "after", "ss": "alongside"}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a cell with links, as it is written."""

    text: str


def links(cell: Cell) -> tuple[Link, ...]:
    """The entries of a cell."""
    return tuple(Link(part) for part in values.parts(cell))


class References:
    """The packages of the plan and of the file, as rows refer to them."""

    def __init__(self, project: Project) -> None:
        self._ids: dict[str, str] = {}
        self._numbers: dict[str, dict[str, None]] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._shown: dict[str, None] = {}
        self._of: dict[str, str] = {}
        for package in project.packages:
            self.add(package.id, package.name)
            self._of[package.id] = package.capability

    def add(self, ident: str, name: str, number: str = "", capability: str = "") -> None:
        """Add a package of the file, which may have a running ``number`` in it."""
        self._ids[_same(ident)] = ident
        self._shown |= dict.fromkeys((ident, name))
        self._names.setdefault(_same(name), {})[ident] = None
        if number:
            self._numbers.setdefault(number, {})[ident] = None
        if capability:
            self._of[ident] = capability

    def find(self, link: Link, side: str, package: WorkPackage) -> Iterator[tuple[str, str]]:
        """What ``link`` of ``package`` means: ids, each with the side it is on (``after`` or ``alongside``).

        ``side`` is the one of its column. Raises Misread.
        """
        if ident := self._one(link.text, package):
            yield side, ident
            return
        for word in values.finer(link.text):
            yield self._typed(word, side, package)

    def _typed(self, word: str, side: str, package: WorkPackage) -> tuple[str, str]:
        if ident := self._one(word, package):
            return side, ident
        found = _TYPED.fullmatch(word) if len(word) <= values.LONGEST_VALUE else None
        if found and (ident := self._one(found["item"], package)):
            if found["type"].lower() in _SIDES and not found["lag"]:
                return _SIDES[found["type"].lower()], ident
            raise Misread(
                _("{link!r} has a lag, or is of a kind that a table of work packages cannot hold").format(
                    link=_short(word)
                ),
                _("write the work package alone, and give the plan the dependency afterwards"),
            )
        raise Misread(
            _("there is no work package {name!r}").format(name=_short(word)), nearest(one_line(word), self._shown)
        )

    def _one(self, word: str, package: WorkPackage) -> str:
        """The id of what is called ``word``; empty for none. Raises Misread for several."""
        wanted = _same(word)
        numbered = list(self._numbers.get(wanted, {}))
        if len(numbered) > 1:
            wrong = _("{name!r} is the number of several work packages: {ids}")
            advice = _("number each otherwise, as text: a spreadsheet makes 1.1 of 1.10")
            raise Misread(wrong.format(name=_short(word), ids=listed(numbered[:4])), advice)
        known: str = numbered[0] if numbered else self._ids.get(wanted, "")
        if known:
            return known
        ids = list(self._names.get(wanted, {}))
        near = [ident for ident in ids if self._of.get(ident) == package.capability and ident != package.id]
        if len(near) == 1:
            return near[0]
        if len(ids) > 1:
            wrong = _("{name!r} may be several work packages: {ids}").format(name=_short(word), ids=listed(ids[:4]))
            raise Misread(wrong, _("write the id"))
        return ids[0] if ids else ""


def _same(word: str) -> str:
    return " ".join(folded(word).split())


def _short(word: str) -> str:
    text = one_line(word)
    return text if len(text) <= 60 else text[:60] + "..."
