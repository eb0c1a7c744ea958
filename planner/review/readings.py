"""What the texts of one merge hold, each taken apart once: reading is most of the time that a merge takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.model.project import SCHEMA, Project
from planner.store.load import BOM, NoPlan, said_by
from planner.store.positions import Scan, scan
from planner.store.upgrade import upgraded
from planner.text.toml import NotToml, loads


@dataclass(frozen=True, slots=True)
class Readings:
    """Remembers every text that it is asked about: for as long as one merge takes, and no longer."""

    _tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    _plans: dict[str, tuple[Project, int]] = field(default_factory=dict)
    _scans: dict[str, Scan] = field(default_factory=dict)

    def data(self, text: str) -> Mapping[str, Any]:
        """The tables of ``text`` as the present schema has them. Raises TooMuch, and NotToml for no TOML."""
        return upgraded(self._read(text))

    def said(self, text: str) -> tuple[Project, int]:
        """The plan in ``text`` and its schema; rules between tables are not judged. Raises TooMuch, NotToml, NoPlan."""
        if text not in self._plans:
            self._plans[text] = said_by(self._read(text))
        return self._plans[text]

    def holds(self, text: str, project: Project) -> bool:
        """Whether ``text`` reads back as ``project`` in the present schema. Raises TooMuch."""
        try:
            return self.said(text) == (project, SCHEMA)
        except (NotToml, NoPlan):
            return False

    def scanned(self, text: str) -> Scan:
        """Where things stand in ``text``, counted from behind the mark that some editors put before it."""
        if text not in self._scans:
            self._scans[text] = scan(text.removeprefix(BOM))
        return self._scans[text]

    def _read(self, text: str) -> dict[str, Any]:
        if text not in self._tables:
            self._tables[text] = loads(text.removeprefix(BOM))
        return self._tables[text]
