"""What a check is made of: a function that looks, and a table of ``templates/checks`` that says by what it judges.

@looks("CHK02")
def all_at_once(view: View) -> Iterator[Hit]:
    if share > view.number("share"):
        yield Hit(_("..."), items)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.checks.facts import Facts
from planner.checks.finding import Severity
from planner.model.context import CheckSetting
from planner.model.knowledge import Catalogue
from planner.model.known.checks import KnownCheck
from planner.model.project import Project


@dataclass(frozen=True, slots=True)
class Hit:
    """What a look found: a sentence, the ids it is about; severity and advice where they differ from the table."""

    message: str
    items: tuple[str, ...] = ()
    severity: Severity | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What a look may see: the plan, the knowledge, and the numbers and names by which to judge this plan.

    ``facts`` holds what several looks want to know about the plan, worked out once.
    """

    project: Project
    catalogue: Catalogue
    known: KnownCheck
    setting: CheckSetting | None
    facts: Facts

    def number(self, key: str) -> float:
        """A threshold: the plan's own, else the table's. Raises KeyError for one that the table does not have."""
        if self.setting and key in self.setting.numbers:
            return self.setting.numbers[key]
        return self.known.numbers[key]

    def names(self, key: str) -> tuple[str, ...]:
        """Ids that the check looks for: the plan's own, else the table's. Raises KeyError as ``number`` does."""
        if self.setting and key in self.setting.names:
            return self.setting.names[key]
        return self.known.names[key]


Look = Callable[[View], Iterator[Hit]]

LOOKS: dict[str, Look] = {}
"""The functions that look, by the id of their check; filled when the modules of this room are imported."""


def looks(ident: str) -> Callable[[Look], Look]:
    """Marks the function that looks for what the check ``ident`` is about."""

    def mark(look: Look) -> Look:
        LOOKS[ident] = look
        return look

    return mark
