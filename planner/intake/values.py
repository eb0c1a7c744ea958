"""What people write in the cells of a plan's tables, understood: numbers, estimates, days, levels, lists of names."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from planner.intake.tables import Cell, told
from planner.model.values import HIGHEST, LOWEST, Day
from planner.text.clean import folded, one_line
from planner.text.i18n import _

WEEK = r"w|wk|wks|week|weeks|周|个?星期"
MONTH = r"mo|mon|mons|month|months|个?月"
_DAY = r"d|day|days|pd|pds|md|mds|(?:person|man|work|working)[- ]?days?|天|日|个?工作日|个?人天|个?人日"
_UNIT = rf"(?P<unit>{_DAY}|{WEEK}|{MONTH})?\.?\s?\??"  # a question mark is how scheduling tools say "about"
WEEKS_OF_A_MONTH = 4
"""As scheduling tools count: a month has twenty working days."""
_NUMBER = r"\d{1,9}(?:[.,]\d{1,20})?(?:e-?\d{1,3})?"
_ONE = re.compile(rf"(?P<one>{_NUMBER})\s*{_UNIT}", re.IGNORECASE)
_THREE = re.compile(rf"({_NUMBER})\s*[/;,\s~-]\s*({_NUMBER})\s*[/;,\s~-]\s*({_NUMBER})\s*{_UNIT}", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[, ']\d{3})+(?:\.\d+)?")
_ISO = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?")
_OTHER_WAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|(?<!-)\d\d)(?: \d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?)?", re.I)
_WEEKDAY = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? +| *(?:周|星期|礼拜)[一二三四五六日天]", re.IGNORECASE
)
_NAMED = re.compile(r"(\d{1,2})[-. ]+([A-Za-z]{3,9})\.?[-, ]+(\d{4})|([A-Za-z]{3,9})\.? +(\d{1,2}),? +(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LEVEL = re.compile(r"(?:level|lvl|l|m|ml|等级|级别|第)?\s*([1-5一二三四五])\s*(?:级|\.0)?", re.IGNORECASE)
_CHINESE = dict(zip("一二三四五", range(1, 6), strict=True))
_ENTRY = re.compile(r'(?:^|(?<=[;；\n]))[^\S\n]*(?:"((?:[^"]|"")+)"[^\S\n]*(?=[;；\n]|$)|([^;；\n]+))')
_BETWEEN = re.compile(r"[;；,，、\n]")


_YEARS = 20
"""From here on two figures may be a year of this century."""

LONGEST_VALUE = 100
"""Characters of the longest cell that may be a number, a day or a level."""


class Misread(ValueError):
    """A cell cannot be understood: ``wrong`` says why, ``advice`` what to write instead."""

    def __init__(self, wrong: str, advice: str) -> None:
        super().__init__(wrong)
        self.wrong, self.advice = wrong, advice


def _short(cell: Cell) -> str:
    text = one_line(told(cell))
    return text if len(text) <= 60 else text[:60] + "..."


def _normal(cell: Cell) -> str:
    """The text of a short cell with plain figures and single blanks; a long one is no value, and reads as empty."""
    text = told(cell)
    return " ".join(unicodedata.normalize("NFKC", text).split()) if len(text) <= LONGEST_VALUE else ""


def plain_text(cell: Cell) -> str:
    """A cell without case, width and blanks around it."""
    return folded(told(cell)).strip()


def amount(cell: Cell, what: str) -> float:
    """A number of at least nothing; ``what`` says of what. Units of days may stand behind it. Raises Misread."""
    if isinstance(cell, (int, float)):
        number = float(cell)
    else:
        text = _normal(cell).lstrip("¥$€£ ")
        found = _ONE.fullmatch(text)
        if _GROUPED.fullmatch(text):
            number = float(re.sub("[, ']", "", text))
        elif found and not _many(found["unit"], 1):
            number = float(found["one"].replace(",", "."))
        else:
            raise Misread(
                _("{value!r} is no number").format(value=_short(cell)),
                _("write {what} such as 8 or 2.5").format(what=what),
            )
    if not 0 <= number < 1e9:
        raise Misread(_("{value!r} does not fit").format(value=_short(cell)), _("write a number from 0"))
    return number


def estimate(cell: Cell, week: int = 0) -> tuple[float, ...]:
    """One number, or three in the order low, likely, high; with ``week`` weeks of so many days may be meant.

    Raises Misread.
    """
    if isinstance(cell, date):
        raise Misread(
            _("{day} is a date, not a number of days").format(day=cell.isoformat()),
            _("a spreadsheet makes a date of 3/5/8: write 3 5 8, or format the cell as text"),
        )
    text = _normal(cell)
    one, three = _ONE.fullmatch(text), _THREE.fullmatch(text)
    found = one or three
    if found is None:
        raise Misread(
            _("{value!r} is no number of days").format(value=_short(cell)),
            _("write 5, or low, likely and high as in 3 5 8"),
        )
    many = _many(found["unit"], week or 1)
    if many and not week:
        raise Misread(_("{value!r} is in weeks or months").format(value=_short(cell)), _("write person-days"))
    words = found.groups()[:3] if three is found else (found["one"],)
    return tuple(float(word.replace(",", ".")) * (many or 1) for word in words)


def no_time(cell: Cell) -> bool:
    """Whether ``cell`` says that something takes no time, as milestones do."""
    found = _ONE.fullmatch(_normal(cell))
    return found is not None and not float(found["one"].replace(",", "."))


def _many(unit: str | None, week: int) -> int:
    """Days of a unit that is more than a day, 0 of any other; a week has ``week``."""
    if re.fullmatch(WEEK, unit or "", re.IGNORECASE):
        return week
    return WEEKS_OF_A_MONTH * week if re.fullmatch(MONTH, unit or "", re.IGNORECASE) else 0


def days(cell: Cell, week: int) -> tuple[int, ...]:
    """One number of working days, or three; a week has ``week``. Raises Misread, also for parts of days."""
    numbers = estimate(cell, week)
    if any(number != int(number) for number in numbers):
        raise Misread(
            _("{value!r} is no whole number of days").format(value=_short(cell)),
            _("work is planned in whole days: round it up"),
        )
    if any(not 1 <= number <= 5000 for number in numbers):
        raise Misread(_("{value!r} does not fit").format(value=_short(cell)), _("write working days from 1 to 5000"))
    return tuple(int(number) for number in numbers)


def day_first(cells: Iterable[Cell]) -> bool | None:
    """Whether days stand before months in ``cells`` such as 31/12/2027; None where no cell tells, or they differ."""
    told_so = set()
    for cell in cells:
        found = _OTHER_WAY.fullmatch(_WEEKDAY.sub("", _normal(cell)).strip()) if isinstance(cell, str) else None
        if found and max(int(found[1]), int(found[3])) > 12 and not _may_begin_with_year(found):
            told_so.add(int(found[1]) > 12)
    return told_so.pop() if len(told_so) == 1 else None


def _may_begin_with_year(found: re.Match[str]) -> bool:
    """Whether a day with a year of two figures, such as 27/3/28, may have it at either end."""
    return len(found[4]) == 2 and int(found[1]) >= _YEARS


def day(cell: Cell, days_first: bool | None = None) -> date:
    """A day. Raises Misread, also where day and month cannot be told apart and ``days_first`` does not say it."""
    found = cell if isinstance(cell, date) else _day(_WEEKDAY.sub("", _normal(cell)).strip(), days_first)
    low, high = (bound.value for bound in Day.__metadata__)  # type: ignore[attr-defined]
    if found is None or not low <= found <= high:
        raise Misread(_("{value!r} is no date").format(value=_short(cell)), _("write it such as 2027-01-04"))
    return found


def _day(text: str, days_first: bool | None) -> date | None:
    numbers: tuple[int, int, int] | None = None
    if found := _ISO.fullmatch(text):
        numbers = (int(found[1]), int(found[2]), int(found[3]))
    elif found := _NAMED.fullmatch(text):
        name = (found[2] or found[4]).lower()[:3]
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        numbers = (int(found[3] or found[6]), month, int(found[1] or found[5]))
    elif found := _OTHER_WAY.fullmatch(text):
        first, second = int(found[1]), int(found[3])
        year = int(found[4]) if len(found[4]) == 4 else 2000 + int(found[4])
        if (_may_begin_with_year(found) and not days_first) or (year < 2000 + _YEARS and len(found[4]) == 2):
            raise Misread(_("{value!r} may be two days").format(value=text), _("write it such as 2027-01-04"))
        before = True if found[2] == "." or first > 12 else False if second > 12 else days_first
        if before is None and first != second:
            raise Misread(_("{value!r} may be two days").format(value=text), _("write it such as 2027-01-04"))
        numbers = (year, *((second, first) if before else (first, second)))
    try:
        return date(*numbers) if numbers else None
    except ValueError:
        return None


def level(cell: Cell) -> int:
    """A level of the maturity scale: ``2``, ``L2``, ``Level 2``, ``2级``. Raises Misread."""
    found = _LEVEL.fullmatch(_normal(cell))
    if found is None:
        raise Misread(
            _("{value!r} is no level").format(value=_short(cell)),
            _("write a whole number from {low} to {high}").format(low=LOWEST, high=HIGHEST),
        )
    return _CHINESE.get(found[1]) or int(found[1])


def flag(cell: Cell, yes: Sequence[str], no: Sequence[str]) -> bool:
    """Yes or no, in any of the words for it. Raises Misread."""
    text = plain_text(cell)
    if text in {"x", "1", "true", "y", "√", "✓", *map(folded, yes)}:
        return True
    if text in {"0", "false", "n", "-", *map(folded, no)}:
        return False
    raise Misread(_("{value!r} is neither yes nor no").format(value=_short(cell)), _("write yes or no"))


def parts(cell: Cell) -> tuple[str, ...]:
    """The entries of a list in one cell: semicolons or line breaks between them, in quotes what holds such itself."""
    found = (quoted.replace('""', '"') or bare.strip() for quoted, bare in _ENTRY.findall(told(cell)))
    return tuple(entry for entry in found if entry.strip())


def finer(part: str) -> tuple[str, ...]:
    """An entry that is none as it stands, taken apart at commas."""
    return tuple(word.strip() for word in _BETWEEN.split(part) if word.strip())
