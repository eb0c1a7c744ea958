"""Workstreams as one or two letters."""

from collections.abc import Iterable, Mapping

from planner.export.words import heading
from planner.model.values import WORKSTREAMS
from planner.text.i18n import listed


def letters(found: Iterable[Iterable[str]]) -> dict[str, str]:
    """For each workstream in ``found`` the shortest beginning of its name that no other workstream has."""
    here = {stream for streams in found for stream in streams}
    order = [*WORKSTREAMS, *sorted(here - set(WORKSTREAMS))]
    names = {stream: heading(stream) for stream in order}
    return {
        stream: _beginning(names[stream], [names[other] for other in order if other != stream])
        for stream in order
        if stream in here
    }


def meanings(marks: Mapping[str, str]) -> str:
    """What each letter stands for, in a line."""
    return listed(f"{sign} = {heading(stream)}" for stream, sign in marks.items())


def _beginning(name: str, others: list[str]) -> str:
    ends = range(1, len(name) + 1)
    return next((name[:end] for end in ends if not any(other.startswith(name[:end]) for other in others)), name)
