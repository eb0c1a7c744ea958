"""The words of project files for scheduling tools (MSPDI, Microsoft's XML) that their writer and their reader share.

A task of such a file has places for text of its maker's own (``ExtendedAttribute``). ``FIELDS`` says which of them hold
what a plan knows and the file has no place for; the reader finds them by their titles, in whatever language they were
written. A text of this kind has at most ``MOST`` characters, as scheduling tools cut longer ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from planner.text.i18n import LANGUAGES, N_, said_in

LinkType = Literal["finish-start", "start-start", "finish-finish", "start-finish"]

NAMESPACE = "http://schemas.microsoft.com/project"

MOST = 255
"""Characters of a name or a field of text."""

MINUTES_PER_DAY = 480
"""Working minutes of a working day in files that the planner writes: 8 to 12 and 13 to 17."""

LINKS: Mapping[LinkType, int] = {"finish-finish": 0, "finish-start": 1, "start-finish": 2, "start-start": 3}
"""The number of each type of link."""

SHORT: Mapping[LinkType, str] = {"finish-start": "FS", "start-start": "SS", "finish-finish": "FF", "start-finish": "SF"}
"""Types of links as scheduling tools write them."""

BULLET = "- "
"""Begins each of the items at the end of a note."""

BLACKOUT = N_("Blackout")
"""What the name of an exception of the calendar begins with that is no holiday."""

HOLIDAY = N_("Holiday")
"""The name of an exception of the calendar that has none."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place for text of the maker's own: the number and the name that the format gives it, and its title."""

    number: int
    name: str
    title: str


FIELDS: Mapping[str, Field] = {
    "id": Field(188743731, "Text1", N_("Plan: id")),
    "facts": Field(188743734, "Text2", N_("Plan: facts")),
    "process": Field(188743737, "Text3", N_("Process")),
    "now": Field(188743740, "Text4", N_("Levels now")),
    "wanted": Field(188743743, "Text5", N_("Levels wanted")),
    "workstream": Field(188743746, "Text6", N_("Workstream")),
    "days": Field(188743747, "Text7", N_("Days (low/likely/high)")),
    "effort": Field(188743748, "Text8", N_("Plan: person-days by resource (low/likely/high)")),
    "deliverables": Field(188743749, "Text9", N_("Plan: deliverables")),
    "deliverables2": Field(188744009, "Text23", N_("Plan: deliverables (2)")),
    "deliverables3": Field(188744010, "Text24", N_("Plan: deliverables (3)")),
    "wishes": Field(188743750, "Text10", N_("Should come after (not binding)")),
    "needs": Field(188743997, "Text11", N_("Plan: needs")),
    "needs2": Field(188743998, "Text12", N_("Plan: needs (2)")),
    "needs3": Field(188743999, "Text13", N_("Plan: needs (3)")),
    "stamp": Field(188744000, "Text14", N_("Plan: as handed over")),
    "strategy": Field(188744001, "Text15", N_("Strategy")),
    "kind": Field(188744002, "Text16", N_("Kind of milestone")),
    "promise": Field(188744003, "Text17", N_("Plan: promise")),
    "project": Field(188744004, "Text18", N_("Plan: project")),
    "limits": Field(188744005, "Text19", N_("Plan: limits")),
    "roadmap": Field(188744006, "Text20", N_("Plan: roadmap")),
    "baseline": Field(188744007, "Text21", N_("Plan: baseline")),
    "dimensions": Field(188744008, "Text22", N_("Plan: dimensions")),
    "level": Field(188743767, "Number1", N_("Level")),
    "order": Field(188743768, "Number2", N_("Plan: place")),
    "remaining": Field(188743769, "Number3", N_("Plan: days left as told")),
    "slips": Field(188743752, "Flag1", N_("Deadline may slip")),
    "not_before": Field(188743945, "Date1", N_("Not before (promised)")),
    "begun": Field(188743946, "Date2", N_("Plan: begun on")),
    "ended": Field(188743947, "Date3", N_("Plan: finished on")),
}
"""Fields of tasks, by what they hold. Those called "Plan: ..." are there to be read back, not to be changed."""

RESOURCE_FIELDS: Mapping[str, Field] = {
    "id": Field(205520904, "Text1", N_("Plan: id")),
    "name": Field(205520905, "Text2", N_("Plan: name")),
}
"""The same of resources."""


def titles(fields: Mapping[str, Field]) -> dict[str, str]:
    """What a field holds by its title, in every language."""
    return {said_in(language, field.title): key for key, field in fields.items() for language in LANGUAGES}


def in_any_language(word: str) -> tuple[str, ...]:
    """``word`` in every language."""
    return tuple(said_in(language, word) for language in LANGUAGES)


def packed(words: Iterable[str]) -> str:
    """``words`` as one text: ``; `` between them, a semicolon or backslash in one behind a backslash."""
    return "; ".join(word.replace("\\", "\\\\").replace(";", "\\;") for word in words)


def unpacked(text: str) -> list[str]:
    """The words that :func:`packed` has put together."""
    words, word, signs = [], "", iter(text)
    for sign in signs:
        if sign == "\\":
            word += next(signs, "")
        elif sign == ";":
            words.append(word)
            word = ""
        else:
            word += sign
    words.append(word)
    return [words[0], *(word.removeprefix(" ") for word in words[1:])] if text else []


def spread(words: Iterable[str], count: int) -> list[str]:
    """``words`` packed into ``count`` texts, each as long as a field may be; what has no room is left out."""
    lines = [""]
    for word in (packed([word]) for word in words):
        if len(lines[-1]) + len(word) + 2 > MOST:
            lines.append("")
        lines[-1] = f"{lines[-1]}; {word}" if lines[-1] else word
    return lines[:count]


def facts(values: Mapping[str, object]) -> str:
    """``values`` as one text, those left out that are None or empty; False and 0 are not empty."""
    return packed(f"{key}={value}" for key, value in values.items() if value is not None and value != "")


def told(text: str) -> dict[str, str]:
    """The values that :func:`facts` has put together."""
    return {key: value for key, _eq, value in (word.partition("=") for word in unpacked(text))}


def noted(text: str, items: Iterable[str]) -> str:
    """A note: ``text``, and below it one line for each of ``items`` (more lines of an item are indented)."""
    lines = "\n".join(BULLET + item.replace("\n", "\n  ") for item in items)
    return "\n\n".join(part for part in (text, lines) if part)


def split_note(note: str, count: int) -> tuple[str, list[str]]:
    """The text of a note and its last ``count`` items; fewer when somebody took some out."""
    lines, items = note.split("\n"), list[str]()
    open_item: list[str] = []
    while lines and len(items) < count and (lines[-1].startswith(BULLET) or lines[-1].startswith("  ")):
        line = lines.pop()
        open_item.insert(0, line[2:])
        if line.startswith(BULLET):
            items.insert(0, "\n".join(open_item))
            open_item = []
    if items and lines and not lines[-1]:
        lines.pop()
    return "\n".join([*lines, *(f"  {line}" for line in open_item)]), items


def stamp(*values: object) -> str:
    """Eight signs that are others for other ``values``: whether somebody has changed what was handed over."""
    return f"{crc32('|'.join(map(str, values)).encode()):08x}"
