"""What must hold between templates, beyond the type of each value.

Each rule is a function from the catalogue to the problems it sees; their paths begin with a part of the catalogue and
the number of a noun in it.
"""

from collections.abc import Collection, Iterator, Mapping

from planner.catalog.contradictions import assessment, engagements, people, standards, strategies, work
from planner.catalog.contradictions.known import Known, twice
from planner.catalog.places import FOLDERS, TABLES, key_of
from planner.model.knowledge import Catalogue
from planner.model.problem import Problem


def contradictions(catalogue: Catalogue, lost: Mapping[str, Collection[str]] = {}) -> Iterator[Problem]:
    """What is wrong between the parts of a catalogue.

    ``lost`` has, by part, ids that may be referred to although their tables could not be read.
    """
    known = Known(catalogue, lost)
    for part in (*TABLES, *FOLDERS):
        yield from twice((part,), (key_of(part, noun) for noun in getattr(catalogue, part)))
    for room in (work, assessment, standards, people, strategies, engagements):
        for rule in room.RULES:
            yield from rule(known)
