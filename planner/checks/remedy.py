"""What a remedy is: an edit that removes a finding; and where those of each check are kept.

Each function that offers remedies knows the findings of its checks; they stand in ``remedies_*.py`` of this room.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.checks.finding import Finding
from planner.model.knowledge import Catalogue
from planner.model.project import Project

Change = Callable[[Project], Project]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that removes a finding; ``words`` say what is done, as an order."""

    words: str
    change: Change


Offer = Callable[[Project, Catalogue, Finding], Iterator[Remedy]]

OFFERS: dict[str, Offer] = {}
"""What offers remedies, by the id of the check; filled when the modules of this room are imported."""


def offers(*idents: str) -> Callable[[Offer], Offer]:
    """Marks the function that knows what removes the findings of the checks ``idents``."""

    def mark(offer: Offer) -> Offer:
        OFFERS.update(dict.fromkeys(idents, offer))
        return offer

    return mark
