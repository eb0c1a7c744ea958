"""What a report is made of. Plain values without any layout: each format says how it shows one.

All texts are ready to be shown, in the language of the report, and may hold anything that a plan holds: a renderer
quotes them as its format wants.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.text.i18n import _

Cell = str | int | float | date | None
"""None where there is nothing to say."""

Kind = Literal["text", "number", "days", "money", "level", "share", "date", "tick"]
"""What the cells of a column hold: ``number`` a count, ``days`` person-days or working days, ``level`` 1 to 5,
``share`` a part of a whole (0.12 is 12 %), ``tick`` a text, or an empty one for no."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``key`` is its name for programs, in English and the same in every language."""

    key: str
    title: str
    kind: Kind = "text"

    @property
    def right(self) -> bool:
        """Whether its cells are figures, which stand on the right."""
        return self.kind in ("number", "days", "money", "level", "share")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of typed cells. ``name`` is its name for programs (a CSV file, say); ``note`` is said below it.

    ``detail``: long, to be reckoned with rather than read; documents that are read from end to end go without it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. ``strong`` is for the one thing to be remembered."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements, under a heading of its own where ``title`` is given."""

    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the bottom line: ``Duration`` - ``17 months`` - ``4 Jan 2027 to 28 May 2028``."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Two to six figures beside each other."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A process and its level by column of the map, the last of which is the level wanted (``goal``)."""

    id: str
    name: str
    levels: tuple[int, ...]
    goal: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Maturity of each process: now, after each phase, as wanted. ``columns`` are their headings."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A phase on the time line; no days while nothing stands in it."""

    id: str
    number: int
    name: str
    start: date | None
    finish: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A capability, or a work package of the whole programme, on its days.

    ``phase`` is the number of its phase. ``done`` is the share of its packages that is finished, 0 to 1. ``detail`` are
    lines to be read when somebody points at it. ``needs`` are ids of other bars that it needs.
    """

    id: str
    name: str
    phase: int
    start: date
    finish: date
    workstreams: tuple[str, ...]
    person_days: float
    done: float = 0.0
    detail: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stone:
    """A gate, an audit or another day without work; ``kind`` is ``gate`` or a kind of milestone."""

    id: str
    name: str
    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The roadmap in time, by phase and in order of start. ``as_of`` is the day up to which the plan is known."""

    title: str
    first: date
    last: date
    phases: tuple[Span, ...]
    bars: tuple[Bar, ...]
    stones: tuple[Stone, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A capability in the picture of dependencies; ``phase`` is its number, 0 where it stands already."""

    id: str
    name: str
    phase: int


@dataclass(frozen=True, slots=True)
class Tie:
    """``item`` needs ``needs``; not ``hard``: it should."""

    needs: str
    item: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Network:
    """What needs what, by phase: those ties that do not follow from others."""

    title: str
    phases: tuple[Span, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


Block = Paragraph | Bullets | Figures | Table | HeatMap | Timeline | Network


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter. ``lead`` is what it says in one sentence: the headline of a slide. ``parts`` are sections inside it.

    ``id`` is one of ``planner.export.report.assemble.SECTIONS``; that of a part is its own (``phase-1``).
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    lead: str = ""
    parts: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What every page bears. ``version`` is the plan's own word for it, if any, and the sign of its content."""

    client: str
    plan: str
    version: str
    as_of: date

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is of client, plan, version and day, in words."""
        told = (self.client, self.plan, self.version, _("as of {day}").format(day=self.as_of))
        return tuple(line for line in told if line)


@dataclass(frozen=True, slots=True)
class Report:
    """A title, what every page bears, and the sections in their order."""

    title: str
    identity: Identity
    sections: tuple[Section, ...]

    def section(self, ident: str) -> Section | None:
        """The section of that id, if the report has it."""
        return next((section for section in self.sections if section.id == ident), None)

    def blocks(self) -> tuple[Block, ...]:
        """All blocks in order, those of inner sections with them."""

        def inside(section: Section) -> tuple[Block, ...]:
            return (*section.blocks, *(block for part in section.parts for block in inside(part)))

        return tuple(block for section in self.sections for block in inside(section))
