"""What is to be handed over: chosen in the dialog, and remembered until the session ends."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from os.path import lexists
from pathlib import Path
from typing import Any

from planner.export.documents import Document, stem
from planner.export.formats import FORMATS
from planner.export.orders import order
from planner.model.audience import Audience
from planner.text.i18n import language


@dataclass(frozen=True)
class Wish:
    """``formats`` are those that are ticked. ``as_of`` is the day on every page, None for what the plan knows.

    ``theme`` and ``template`` are files, or empty. ``name`` is what the files' names begin with, empty for the plan's.
    """

    plan_file: Path
    folder: Path
    formats: frozenset[str] = frozenset({"md"})
    audience: Audience = "internal"
    language: str = "en"
    as_of: date | None = None
    theme: str = ""
    template: str = ""
    name: str = ""
    table: str = ""
    """What CSV holds: the work packages, or ``ALL`` for a file of each table."""

    @classmethod
    def of(cls, plan_file: Path) -> "Wish":
        """What is chosen for a plan of which nothing was exported yet."""
        return cls(plan_file, plan_file.resolve().parent, language=language())

    @property
    def chosen(self) -> tuple[str, ...]:
        """The formats that are ticked, in their order."""
        return tuple(name for name in FORMATS if name in self.formats)

    def ticked(self, format: str) -> "Wish":
        """The same with the tick of ``format`` set, or taken away."""
        return replace(self, formats=self.formats ^ {format})

    def with_values(self, values: dict[str, Any]) -> "Wish":
        """The same with what a form says."""
        return replace(self, **values)

    def path(self, suffix: str) -> Path:
        """Where a document that ends so goes; ``*`` stands for any end."""
        return self.folder / f"{self.name or stem(self.plan_file, self.audience)}.{suffix}"

    def path_of(self, format: str) -> Path:
        """Where the document in ``format`` goes; with ``*`` in it where it is several."""
        every = format == "csv" and self.table
        return self.path("*.csv" if every else FORMATS[format].suffix)

    def there(self, documents: Iterable[Document]) -> list[str]:
        """The names of files that ``documents`` would replace."""
        return [path.name for document in documents if lexists(path := self.path(document.suffix))]

    def order(self, formats: tuple[str, ...] = ()) -> bytes:
        """What the workshop is asked: documents, or without ``formats`` what they would hold."""
        template = self.template if not formats or "pptx" in formats else ""
        return order(formats, self.audience, self.language, self.as_of, self.theme, template, self.table)
