"""The XML of a project file as records of text, with bounds on what the file may ask of its reader."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from planner.text.i18n import _

LARGEST = 100_000_000
"""Bytes of the largest file that is read. Microsoft Project writes five kilobytes for a task and as much for each
assignment, so that ten thousand tasks are 50 to 100 million."""

DEEPEST = 40
"""How deep elements may stand in each other; the format needs ten."""

MOST_ELEMENTS = 6_000_000
MOST_TASKS = 20_000
MOST_RECORDS = 100_000
"""Elements; tasks; resources, assignments and calendars."""

Record = dict[str, str]
"""The texts of an element's children, by name."""


class Unreadable(ValueError):
    """A file is no project file, or asks too much of its reader: what is wrong, and what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message, self.advice = message, advice


@dataclass(slots=True)
class Entry:
    """An element with its texts, and those of its children that have children, by name."""

    texts: Record
    parts: dict[str, "list[Entry]"]

    def part(self, name: str) -> "list[Entry]":
        """The children called ``name``, within their list where the format puts them into one (``WeekDays``)."""
        return self.parts.get(name, [])


@dataclass(slots=True)
class Records:
    """A project file: the texts of the project, and what its lists hold."""

    project: Record = field(default_factory=dict)
    attributes: list[Entry] = field(default_factory=list)
    calendars: list[Entry] = field(default_factory=list)
    tasks: list[Entry] = field(default_factory=list)
    resources: list[Entry] = field(default_factory=list)
    assignments: list[Entry] = field(default_factory=list)


_LISTS = {
    "ExtendedAttributes": ("ExtendedAttribute", "attributes"),
    "Calendars": ("Calendar", "calendars"),
    "Tasks": ("Task", "tasks"),
    "Resources": ("Resource", "resources"),
    "Assignments": ("Assignment", "assignments"),
}

_IGNORED = frozenset({"TimephasedData", "OutlineCode", "Rates", "WorkWeeks", "ValueList", "Project"})
"""What a plan has no use for; the first is most of a file that a tool has written."""


def records(data: bytes) -> Records:
    """What the file ``data`` holds. Raises Unreadable."""
    if len(data) > LARGEST:
        words = _("the file is larger than {n} million bytes").format(n=LARGEST // 1_000_000)
        raise Unreadable(words, _("save the project without its assignments over time, or split it"))
    found = Records()
    try:
        for path, element in _elements(data):
            if len(path) == 2:
                if path[1] not in _LISTS:
                    found.project[path[1]] = element.text or ""
                element.clear()
            elif len(path) == 3:
                _record(found, path[1], element)
                element.clear()
    except ParseError as error:
        line = error.position[0]
        words = _("this is no XML that can be read (line {line})").format(line=line)
        raise Unreadable(words, _("save it again as XML from the scheduling tool")) from None
    except DefusedXmlException:
        words = _("the file has a document type or entities, which no scheduling tool writes")
        raise Unreadable(words, _("do not trust it; ask who made it for a file as their tool saves it")) from None
    except (ValueError, LookupError) as error:
        if isinstance(error, Unreadable):
            raise
        words = _("this is no XML that can be read (unknown encoding)")
        raise Unreadable(words, _("save it again as XML from the scheduling tool")) from None
    return found


def _record(found: Records, parent: str, element: Element) -> None:
    name, place = _LISTS.get(parent, ("", ""))
    if not name or _name(element) != name:
        return
    kept: list[Entry] = getattr(found, place)
    most = MOST_TASKS if place == "tasks" else MOST_RECORDS
    if len(kept) == most:
        words = _("the file has more than {n} elements {name}").format(n=most, name=name)
        raise Unreadable(words, _("split the project into several files"))
    kept.append(_entry(element))


def _elements(data: bytes) -> Iterator[tuple[list[str], Element]]:
    """Elements that end, with the names of those around them and their own. Raises Unreadable beyond the bounds."""
    path: list[str] = []
    count = 0
    for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(_name(element))
            count += 1
            if len(path) > DEEPEST or count > MOST_ELEMENTS:
                words = (
                    _("elements stand in each other more than {n} deep").format(n=DEEPEST)
                    if len(path) > DEEPEST
                    else _("the file has more than {n} million elements").format(n=MOST_ELEMENTS // 1_000_000)
                )
                raise Unreadable(words, _("this is no file of a scheduling tool; ask for another one"))
            if count == 1 and path[0] != "Project":
                words = _("this is XML, but no project file")
                raise Unreadable(words, _("save the project as XML (MSPDI) from the scheduling tool"))
        else:
            yield path, element
            path.pop()


def _entry(element: Element) -> Entry:
    texts: Record = {}
    parts: dict[str, list[Entry]] = {}
    for child in element:
        name = _name(child)
        if len(child) and name not in _IGNORED:
            parts.setdefault(name, []).append(_entry(child))
        elif not len(child):
            texts.setdefault(name, child.text or "")
    return Entry(texts, parts)


def _name(element: Element) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]
