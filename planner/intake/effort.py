"""Whose days a row asks for: a column for each role, or names with days in one cell, or one role and a number."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from planner.intake import values
from planner.intake.columns import Columns
from planner.intake.headings import plain
from planner.intake.names import Names
from planner.intake.tables import Row, told
from planner.intake.values import Misread
from planner.model.project import WorkPackage
from planner.model.values import Effort, Fixed
from planner.text.clean import one_line
from planner.text.i18n import _

Tell = Callable[[str, str, str], None]
"""Takes field, what is wrong and advice; a fault of the whole column has no field."""

_PAIR = re.compile(
    r"(?P<name>.*[^\s:=(\[])\s*(?:[:=(\[]\s*|\s)(?P<number>\d[\d.,]*(?:[/-]\d[\d.,]*){0,2})\s*"
    r"(?:(?P<share>%)|d|days?|pds?|天|日|人天|人日)?\s*[)\]]?",
    re.IGNORECASE,
)
_SCHEDULED = ("resourcenames", "资源名称")
"""How scheduling tools call the column in which a name without a number means all day, every day."""

_MOST = 0.06
"""Person-days by which a sum may differ from its parts and still be the same, rounded."""


def resized(old: tuple[float, float, float] | None, likely: float) -> tuple[float, float]:
    """Low and high of an estimate whose likely value is now ``likely``: as they were, as far as they still hold."""
    return (likely, likely) if old is None else (min(old[0], likely), max(old[2], likely))


def bound(given: float | None, before: float | None, resized: float) -> float:
    """A low or high value as ``given``; one that nobody has touched, being as it was ``before``, gives way."""
    return resized if given is None or given == before else given


def effort_of(
    row: Row, package: WorkPackage, columns: Columns, roles: Names, tell: Tell, new: bool
) -> Fixed[str, Effort]:
    """The effort of ``package``, which has what it had before, after ``row``; what is wrong is told."""
    bearers = list(
        dict.fromkeys(
            field.partition(":")[2] for field in columns.places if field.startswith("effort") and ":" in field
        )
    )
    if bearers:
        found = dict(package.effort)
        for role in bearers:
            effort = _column(row, role, package.effort.get(role), columns, tell)
            if effort is None:
                found.pop(role, None)
            elif any(effort) or columns.own or role in found:
                found[role] = effort
        _sum_up(row, package, found, columns, tell, new)
        return Fixed(found)
    if "effort" not in columns and "role" not in columns:
        return package.effort
    try:
        return Fixed(_told(row, package, columns, roles, tell))
    except Misread as error:
        tell("role" if columns.cell(row, "role") is not None else "effort", error.wrong, error.advice)
        return package.effort


def _column(row: Row, role: str, old: Effort | None, columns: Columns, tell: Tell) -> Effort | None:
    """The effort that the columns of ``role`` have; None for no work."""
    given: dict[str, tuple[float, ...]] = {}
    for field in ("effort", "effort-low", "effort-high"):
        name = f"{field}:{role}"
        if (cell := columns.cell(row, name)) is None:
            continue
        try:
            given[field] = (
                (values.amount(cell, _("person-days")),) if isinstance(cell, (int, float)) else values.estimate(cell)
            )
        except Misread as error:
            tell(name, error.wrong, error.advice)
            return old
    if len(given.get("effort", ())) == 3:
        return Effort(*given["effort"])
    if not given:
        return None
    if "effort" not in given and (old is None or f"effort:{role}" in columns):
        tell(
            f"effort:{role}",
            _("low or high is given, but not the likely number of person-days"),
            _("write it, or empty all three"),
        )
        return old
    likely = given["effort"][0] if "effort" in given else (old.likely if old else 0.0)
    low, high = resized(old, likely)
    told_low, told_high = (given[name][0] if name in given else None for name in ("effort-low", "effort-high"))
    return Effort(
        bound(told_low, old.low if old else None, low), likely, bound(told_high, old.high if old else None, high)
    )


def _sum_up(row: Row, package: WorkPackage, found: dict[str, Effort], columns: Columns, tell: Tell, new: bool) -> None:
    """Tell of a sum that somebody has changed where the parts were meant."""
    cell = columns.cell(row, "effort")
    if not isinstance(cell, (int, float, str)):
        return
    try:
        said = values.amount(cell, _("person-days"))
    except Misread as error:
        return tell("effort", error.wrong, error.advice)
    total = sum(effort.likely for effort in found.values())
    stale = not new and abs(said - package.person_days) <= _MOST
    if abs(said - total) > _MOST and not stale:
        wrong = _("the sum is {said:g} person-days, but the columns of the roles have {total:g}")
        tell("effort", wrong.format(said=said, total=total), _("change the columns of the roles; the sum is not read"))
    return None


def _told(row: Row, package: WorkPackage, columns: Columns, roles: Names, tell: Tell) -> dict[str, Effort]:
    """The effort where roles stand in cells. Raises Misread."""
    who, much = columns.cell(row, "role"), columns.cell(row, "effort")
    named = [part for cell in (who, much) if isinstance(cell, str) for part in _entries(cell)]
    whole_days = plain(columns.heading("role")) in _SCHEDULED and much is None
    pairs = [
        pair
        for part in named
        if (pair := _pair(part, package.days.likely) or (_every_day(part, package) if whole_days else None)) is not None
    ]
    if pairs and len(pairs) < len(named):
        bare = next(part for part in named if _pair(part, 1) is None)
        wrong = _("{name!r} has no number of person-days, though others have").format(name=one_line(bare)[:60])
        raise Misread(wrong, _('write one for each, such as "{example}"').format(example=f"{bare[:60]}: 3"))
    if pairs:
        found: dict[str, Effort] = {}
        for name, numbers in pairs:
            role = roles.one(name)
            before = found.get(role, Effort(0, 0, 0))
            found[role] = Effort(*(a + b for a, b in zip(before, numbers, strict=True)))
        return found
    whole = None if much is None else _three(values.estimate(much))
    bearers = [roles.one(name) for name in ([] if who is None else _names(told(who), roles))]
    if len(bearers) > 1 and whole:
        raise Misread(
            _("{n} roles share {days:g} person-days").format(n=len(bearers), days=whole.likely),
            _('say how many each has, such as "{example}"').format(example=f"{bearers[0]}: 3; {bearers[1]}: 2"),
        )
    if whole is None:
        if not bearers or set(bearers) <= set(package.effort):
            return dict(package.effort)
        raise Misread(_("there is a role, but no number of person-days"), _("write how many, in a column of their own"))
    if bearers:
        return {bearers[0]: whole}
    if abs(whole.likely - package.person_days) <= _MOST:
        return dict(package.effort)
    if len(package.effort) == 1:
        return dict.fromkeys(package.effort, whole)
    wrong = _("it is not said which role has the effort")
    if "role" in columns:
        raise Misread(wrong, _("name it in the column {name}").format(name=columns.heading("role")))
    tell(
        "",
        wrong,
        _('add a column "{heading}", or leave the effort out: --map "{name}=ignore"').format(
            heading=_("Role"), name=columns.heading("effort")
        ),
    )
    return dict(package.effort)


def _entries(cell: str) -> Iterator[str]:
    for part in values.parts(cell):
        yield from (part,) if _pair(part, 1) and len(values.finer(part)) == 1 else values.finer(part)


def _names(text: str, roles: Names) -> list[str]:
    """The names in a cell: one, or several with signs between them."""
    if roles.found(text):
        return [text]
    return [word for part in values.parts(text) for word in ([part] if roles.found(part) else values.finer(part))]


def _pair(part: str, days: int) -> tuple[str, Effort] | None:
    """``Process owner: 3`` as name and effort; ``Process owner [50%]`` is that share of each of ``days``."""
    text = " ".join(unicodedata.normalize("NFKC", part).split())
    found = _PAIR.fullmatch(text) if len(text) <= 200 else None
    if found is None:
        return None
    numbers = values.estimate(found["number"].replace("/", " ").replace("-", " "))
    if found["share"]:
        numbers = tuple(number / 100 * days for number in numbers)
    return one_line(found["name"]), _three(numbers)


def _every_day(part: str, package: WorkPackage) -> tuple[str, Effort]:
    """Somebody who is on the work all day, every day."""
    return one_line(part), Effort(*[float(package.days.likely)] * 3)


def _three(numbers: tuple[float, ...]) -> Effort:
    return Effort(*numbers) if len(numbers) == 3 else Effort(*(numbers[:1] * 3))
