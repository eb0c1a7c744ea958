"""Which column of a sheet is which field: by its heading, or as the user says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.intake.headings import IGNORE, NUMBER, Words, label, of_levels, of_packages, plain
from planner.intake.incoming import Fault
from planner.intake.tables import Cell, Row, Sheet, in_row, told
from planner.model.problem import closest, nearest
from planner.model.project import Project
from planner.text.clean import one_line
from planner.text.i18n import N_, _, listed

KINDS: Mapping[str, str] = {"packages": N_("work packages"), "assessment": N_("levels of the assessment")}
"""What a table may hold."""

FREE = ("id", "note", "reason", "by-hand", "deliverables")
"""Fields of which the first column is taken where several may be meant: no date or number of the plan rests on them."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A column and what it is taken for: ``field`` as in ``--map``, ``told`` in words. Both are empty where ignored.

    ``ours``: the planner itself calls it so, in one language or the other.
    """

    heading: str
    field: str
    told: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet: by field where each stands, in words what each is taken for, and what is unclear.

    ``own``: the planner has written the heading.
    """

    places: Mapping[str, int]
    head: tuple[str, ...]
    understood: tuple[Understood, ...]
    own: bool
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]

    def __contains__(self, field: str) -> bool:
        return field in self.places

    def cell(self, row: Row, field: str) -> Cell:
        """What ``row`` has in the column of ``field``; None where there is no such column."""
        place = self.places.get(field)
        return row.cells[place] if place is not None and place < len(row.cells) else None

    def heading(self, field: str) -> str:
        """What the file calls the column of ``field``."""
        return self.head[self.places[field]] if field in self.places else ""


def words_of(kind: str, project: Project) -> Words:
    """The headings that are understood in a table of ``kind``."""
    return of_packages(project) if kind == "packages" else of_levels(project)


def understood(sheet: Sheet, kind: str, project: Project, mapping: Mapping[str, str]) -> Columns:
    """The columns of ``sheet``, which holds a table of ``kind``. ``mapping``: field by heading, as the user says it."""
    words = words_of(kind, project)
    faults: list[Fault] = []
    asked = _asked(sheet, words, mapping, faults)
    chosen = dict(asked)
    candidates: dict[str, list[int]] = {}
    unclear: dict[int, tuple[str, ...]] = {}
    worked_out = words.worked_out(sheet.head) - asked.keys()
    for place, heading in enumerate(sheet.head):
        if place in asked or place in worked_out or not heading:
            continue
        meant = words.meant(heading)
        if meant == ("process",) and ("process" in candidates or "process" in asked.values()):
            # the dimension of that name stands beside a column with the processes
            meant = (words.dimension(heading) or "process",)
        if len(meant) == 1 and meant[0] not in asked.values():
            candidates.setdefault(meant[0], []).append(place)
        elif len(meant) > 1:
            unclear[place] = meant
    for field, places in candidates.items():
        exact = [place for place in places if words.is_own(sheet.head[place])] or places
        if len(exact) > 1 and field not in FREE:
            names = listed(f'"{sheet.head[place]}"' for place in exact)
            wrong = _("the columns {names} may all be {field}").format(names=names, field=label(project, field))
            _fault(faults, sheet, "", wrong, _say(sheet.head[exact[0]], field))
        if field == "id":
            exact = sorted(exact, key=lambda place: _running(sheet, place, project))
            chosen |= dict.fromkeys((n for n in places if n != exact[0] and _running(sheet, n, project)), NUMBER)
        chosen[exact[0]] = field
    for place, fields in unclear.items():
        wrong = _("the column {name!r} may be several: {fields}").format(
            name=sheet.head[place], fields=listed(label(project, field) for field in fields)
        )
        _fault(faults, sheet, sheet.head[place], wrong, _say(sheet.head[place], fields[0]))
    taken = {place: field for place, field in chosen.items() if field != IGNORE}
    own = _own(sheet, words, taken)
    for place, field in taken.items():
        if field == "id" and place not in asked and not own and _running(sheet, place, project):
            taken[place] = NUMBER
    shown = tuple(
        Understood(
            heading,
            taken.get(place, ""),
            label(project, taken[place]) if place in taken else "",
            words.is_own(heading),
        )
        for place, heading in enumerate(sheet.head)
        if heading
    )
    ours = [sheet.head[place] for place in sorted(worked_out)]
    left = [one.heading for one in shown if not one.field and one.heading not in {*mapping, *ours}]
    return Columns(
        {field: place for place, field in sorted(taken.items())},
        sheet.head,
        shown,
        own,
        tuple(faults),
        (*_ours(ours), *_left(left, words)),
    )


def _own(sheet: Sheet, words: Words, taken: Mapping[int, str]) -> bool:
    """Whether the planner has written the heading: no other column is in it, and hardly one of its own is missing."""
    if any(heading and not words.is_own(heading) for heading in sheet.head):
        return False
    fields = set(words.own.values())
    return 5 * len(fields & set(taken.values())) >= 4 * len(fields)


def _running(sheet: Sheet, place: int, project: Project) -> bool:
    """Whether a column has running numbers that are no ids of the plan, such as 1, 2, 3 or 1.1, 1.2."""
    words = [
        cell_text for row in sheet.rows if (cell_text := told(row.cells[place] if place < len(row.cells) else None))
    ]
    numbers = [word for word in words if word.replace(".", "").isdecimal()]
    return 2 * len(numbers) > len(words) and not project.package_by_id.keys() >= set(numbers)


def _say(heading: str, field: str) -> str:
    return _(
        'say which it is, such as --map "{heading}={field}", or leave one out with --map "{heading}=ignore"'
    ).format(heading=heading, field=field)


def _fault(faults: list[Fault], sheet: Sheet, column: str, wrong: str, advice: str) -> None:
    faults.append(Fault(in_row(sheet.number), column, wrong, advice, sheet.number))


def _asked(sheet: Sheet, words: Words, mapping: Mapping[str, str], faults: list[Fault]) -> dict[int, str]:
    """The columns that the user names, with their fields."""
    asked: dict[int, str] = {}
    for heading, field in mapping.items():
        places = [place for place, name in enumerate(sheet.head) if name and plain(name) == plain(heading)]
        if not places:
            wrong = _("there is no column {name!r}").format(name=one_line(heading))
            _fault(faults, sheet, "", wrong, nearest(one_line(heading), filter(None, sheet.head)))
        elif field != IGNORE and field not in words.fields:
            wrong = _("there is no field {name!r}").format(name=one_line(field))
            _fault(faults, sheet, sheet.head[places[0]], wrong, nearest(field, (*words.fields, IGNORE)))
        elif field != IGNORE and field in asked.values():
            wrong = _("two columns are said to be {name}").format(name=field)
            _fault(faults, sheet, sheet.head[places[0]], wrong, _("name one of them only"))
        else:
            asked |= dict.fromkeys(places if field == IGNORE else places[:1], field)
    return asked


def _ours(headings: Sequence[str]) -> tuple[str, ...]:
    """A sentence on the columns that the planner works out."""
    if not headings:
        return ()
    names = listed(f'"{name}"' for name in headings)
    return (_("worked out by the planner, and not read: {names}").format(names=names),)


def _left(headings: Sequence[str], words: Words) -> tuple[str, ...]:
    """A sentence on the columns that are not understood, with what they are like."""
    if not headings:
        return ()
    near = {name: closest(plain(name), words.own) for name in headings}
    told = [
        _('"{name}" (did you mean {field}?)').format(name=name, field=words.own[like]) if like else f'"{name}"'
        for name, like in near.items()
    ]
    return (_("not understood, and left out: {names}").format(names=listed(told)),)


def kind_of(head: Sequence[str], project: Project) -> str:
    """What a table with this heading holds, ``packages`` or ``assessment``: that of which it has more columns."""
    counts = {kind: _count(head, words_of(kind, project)) for kind in KINDS}
    return max(counts, key=lambda kind: counts[kind])


def fits(project: Project, kind: str, mapping: Mapping[str, str]) -> "Fit":
    """How many headings of a row are understood, for finding the heading of a sheet."""
    return Fit([words_of(one, project) for one in ([kind] if kind in KINDS else KINDS)], set(map(plain, mapping)))


@dataclass(frozen=True, slots=True)
class Fit:
    """Counts the columns that are understood, by the kind of table that has most; those that the user names, double."""

    words: list[Words]
    named: set[str]

    def __call__(self, head: Sequence[str]) -> int:
        said = sum(plain(heading) in self.named for heading in head)
        return 2 * said + max(_count(head, words) for words in self.words)


def _count(head: Sequence[str], words: Words) -> int:
    return len({field for heading in head if heading for field in words.meant(heading)[:1]})
