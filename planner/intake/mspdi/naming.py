"""Ids for what comes from a project file: the planner's own where they stand in it, else made of names."""

from planner.text.clean import one_line, plain_id
from planner.text.mspdi import unpacked


class Ids:
    """Gives ids of one list, each once."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._given: set[str] = set()

    def own(self, ident: str) -> str:
        """``ident`` where it may be an id and is not given yet; else nothing."""
        ident = one_line(ident)
        if not ident or "@" in ident or ident.startswith("x-") or ident in self._given:
            return ""
        self._given.add(ident)
        return ident

    def made(self, name: str, number: int) -> str:
        """An id made of ``name``; of its kind and ``number`` where that has no letters of ASCII."""
        base = plain_id(name)[:60].strip("-") or f"{self._kind}-{number}"
        if base.startswith("x-"):
            base = f"{self._kind}-{base}"
        ident, count = base, 1
        while ident in self._given:
            count += 1
            ident = f"{base}-{count}"
        self._given.add(ident)
        return ident


def levels(text: str) -> dict[str, int]:
    """Levels by dimension, as a field tells them; those that are none are left out."""
    pairs = (word.rpartition("=") for word in unpacked(one_line(text)))
    return {key: int(value) for key, _eq, value in pairs if key and value in ("1", "2", "3", "4", "5")}
