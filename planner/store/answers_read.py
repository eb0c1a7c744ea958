"""Taking in a filled questionnaire: every fault of the file at once, or all that it says.

Headings and words may be those of either language; columns may be parted by commas, semicolons or tabs. A row without
a reply says nothing: taking a file in removes no answer.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from planner.model.answers import Answer, AnswerSheet, HandLevel, Quality, Reply, Via
from planner.model.decode import LONGEST, MOST
from planner.model.known.assessment import AssessmentProfile, Criterion
from planner.model.project import Project
from planner.model.rating import asked
from planner.model.rules import closest, nearest
from planner.model.values import HIGHEST, LOWEST
from planner.store.answers_csv import COLUMNS, WORDS
from planner.store.fault import Fault
from planner.text.clean import clean, clean_name, one_line
from planner.text.i18n import _, listed
from planner.text.spreadsheet import BYTE_ORDER_MARK, unguarded
from planner.text.toml import LARGEST

NEEDED = ("process", "criterion", "assessor", "reply")
"""Columns without which a file is no questionnaire."""

FILLED = ("reply", "evidence", "quality", "via", "date", "level_by_hand", "reason")
"""Columns that people fill in; a row in which all are empty says nothing."""

SEPARATOR = re.compile(r"""["']?sep=([,;\t|])["']?[,;\s]*""", re.IGNORECASE)
"""The line before the heading by which a file says to a spreadsheet what parts its columns."""

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class QuestionnaireUnreadable(Exception):
    """A filled questionnaire cannot be taken in; ``faults`` has every reason, by row as a spreadsheet counts them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a questionnaire says: answers, and levels set by hand."""

    sheets: tuple[AnswerSheet, ...]
    levels: tuple[HandLevel, ...]


def read_questionnaire(path: Path, project: Project, profile: AssessmentProfile) -> Filled:
    """What the CSV file ``path`` says about ``project``. Raises QuestionnaireUnreadable with every fault."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _unusable(path, _("there is no such file"), _("check the name")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise _unusable(
            path, _("the file cannot be read: {reason}").format(reason=reason), _("check the name")
        ) from None
    if len(data) > LARGEST:
        size = _("the file is larger than {n} MB, which no questionnaire is").format(n=LARGEST // 1_000_000)
        raise _unusable(path, size, _("choose another file"))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        advice = _('save it from the spreadsheet as "CSV UTF-8"')
        raise _unusable(path, _("this is not text in UTF-8"), advice, row) from None
    return parse_questionnaire(text, str(path), project, profile)


def parse_questionnaire(text: str, name: str, project: Project, profile: AssessmentProfile) -> Filled:
    """What the CSV ``text`` says; ``name`` is what faults call it. Raises QuestionnaireUnreadable."""
    reading = _Reading(name, project, profile)
    body = text.removeprefix(BYTE_ORDER_MARK)
    head, delimiter = _opening(body)
    rows = enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True), 1)
    number = 0
    try:
        for number, cells in rows:
            if number == head:
                reading.heading(number, cells)
            elif number > head and any(cell.strip() for cell in cells):
                reading.row(number, cells)
            if len(reading.faults) >= MOST:
                break
    except csv.Error as error:
        wrong = _("this row is no CSV: {reason}").format(reason=error)
        reading.fault(number + 1, wrong, _("save the file from the spreadsheet again"))
    if not head:
        reading.fault(1, _("the file is empty"), _("write one with: planner assess FILE --questionnaire OUT"))
    return reading.filled()


def _opening(body: str) -> tuple[int, str]:
    """The row of the heading, 0 when there is none, and what parts its columns."""
    said = ""
    for number, line in enumerate(io.StringIO(body, newline=""), 1):
        if separator := SEPARATOR.fullmatch(line):
            said = separator[1]
        elif line.strip(" \t\r\n,;"):
            return number, max(f"{said},;\t", key=line.count)
    return 0, ","


def _unusable(path: Path, message: str, advice: str, row: int = 1) -> QuestionnaireUnreadable:
    return QuestionnaireUnreadable([Fault(str(path), row, message, advice)])


@dataclass
class _Reading:
    """A questionnaire as far as it is read: what it says, and what is wrong with it."""

    name: str
    project: Project
    profile: AssessmentProfile
    columns: dict[str, int] = field(default_factory=dict)
    width: int = 0
    faults: list[Fault] = field(default_factory=list)
    answers: dict[tuple[str, str], dict[str, Answer]] = field(default_factory=dict)
    levels: dict[tuple[str, str], HandLevel] = field(default_factory=dict)
    first: dict[tuple[str, ...], int] = field(default_factory=dict)

    def filled(self) -> Filled:
        if self.faults:
            raise QuestionnaireUnreadable(self.faults)
        sheets = (
            AnswerSheet(process=process, assessor=assessor, answers=tuple(answers.values()))
            for (process, assessor), answers in self.answers.items()
        )
        return Filled(tuple(sheets), tuple(self.levels.values()))

    def fault(self, row: int, message: str, advice: str) -> None:
        self.faults.append(Fault(self.name, row, message, advice))

    def heading(self, number: int, cells: Sequence[str]) -> None:
        """Find the columns. One that is like a heading but is none is a fault, other columns are people's own."""
        names = {word: column for column, chinese in COLUMNS.items() for word in (column, chinese)}
        strange: dict[str, int] = {}
        self.width = len(cells)
        for place, cell in enumerate(cells):
            word = one_line(cell).lower()
            column = names.get(word, "")
            if column in self.columns:
                wrong = _("the column {name!r} stands there twice").format(name=word)
                self.fault(number, wrong, _("remove one of them"))
            elif column:
                self.columns[column] = place
            elif word:
                strange[word] = place
        missing = [column for column in COLUMNS if column not in self.columns]
        for column in missing:
            like = closest(column, strange)
            if like:
                wrong = _("the column {name!r} is not known").format(name=like)
                self.fault(number, wrong, _("did you mean {name!r}?").format(name=column))
                self.columns[column] = strange[like]
            elif column in NEEDED:
                wrong = _("the column {name!r} is missing").format(name=column)
                needed = _("a questionnaire needs the columns {names}").format(names=listed(NEEDED))
                self.fault(number, wrong, needed)

    def row(self, number: int, cells: Sequence[str]) -> None:
        """Take one row in, or tell everything that is wrong with it."""
        if any(column not in self.columns for column in NEEDED):
            return
        given = {
            column: clean(unguarded(cells[place])) if place < len(cells) else ""
            for column, place in self.columns.items()
        }
        if long := next((column for column, cell in given.items() if len(cell) > LONGEST), ""):
            wrong = _("{column} has {n} characters; at most {most} are read")
            self.fault(number, wrong.format(column=long, n=len(given[long]), most=LONGEST), _("shorten it"))
            return
        if any(cell.strip() for cell in cells[self.width :]):
            self.fault(number, _("the row has more cells than the heading"), _("put text with commas in quotes"))
        if not any(given.get(column, "").strip() for column in FILLED):
            return
        process = given["process"].strip()
        if process not in self.project.process_by_id:
            wrong = _("unknown process {name!r}").format(name=one_line(process))
            self.fault(number, wrong, nearest(process, self.project.process_by_id))
            process = ""
        criterion = self._criterion(number, given, process)
        self._take_answer(number, given, process, criterion)
        self._take_level(number, given, process, criterion)

    def _criterion(self, number: int, given: Mapping[str, str], process: str) -> Criterion | None:
        code, level = given["criterion"].strip(), given.get("level", "").strip()
        valid = {criterion.code: criterion for criterion in self.profile.criteria}
        if not code or code in valid:
            found = valid.get(code)
            if found and process and found not in asked(self.profile, process):
                wrong = _("{criterion} is not asked about {process}").format(criterion=code, process=process)
                self.fault(number, wrong, _("take the row out"))
            if found and level and level != str(found.level):
                wrong = _("{criterion} is about level {level}, not about {other!r}").format(
                    criterion=code, level=found.level, other=one_line(level)
                )
                self.fault(number, wrong, _("write {name}").format(name=found.level))
            return found
        self.fault(number, _("unknown criterion {name!r}").format(name=one_line(code)), nearest(code, valid))
        return None

    def _take_answer(self, number: int, given: Mapping[str, str], process: str, criterion: Criterion | None) -> None:
        before = len(self.faults)
        reply = self._word(number, "reply", given)
        quality, via = self._word(number, "quality", given), self._word(number, "via", given)
        day = self._day(number, given.get("date", "").strip())
        evidence = given.get("evidence", "")
        if not given["reply"].strip():
            if evidence.strip() or any(given.get(column, "").strip() for column in ("quality", "via", "date")):
                self.fault(number, _("there is evidence, but no reply"), nearest("", WORDS["reply"]))
            return
        assessor = self._assessor(process, clean_name(given["assessor"]))
        if not assessor:
            self.fault(number, _("the reply has no assessor"), _("write in the column assessor who found it out"))
        if criterion is None and not given["criterion"].strip():
            self.fault(
                number,
                _("the reply has no criterion"),
                _("write the code of the question, such as {code}").format(code=self.profile.criteria[-1].code),
            )
        if criterion is None or not process or not assessor:
            return
        key = (process, criterion.code, assessor)
        if key in self.first:
            wrong = _("{assessor} answers {criterion} for {process} twice (first in row {n})").format(
                assessor=one_line(assessor), criterion=criterion.code, process=process, n=self.first[key]
            )
            self.fault(number, wrong, _("remove one of the two rows"))
            return
        self.first[key] = number
        if len(self.faults) == before:
            self.answers.setdefault((process, assessor), {})[criterion.code] = Answer(
                criterion=criterion.code,
                reply=cast(Reply, reply),
                evidence=evidence,
                quality=cast(Quality, quality) or None,
                via=cast(Via, via) or None,
                day=day,
            )

    def _take_level(self, number: int, given: Mapping[str, str], process: str, criterion: Criterion | None) -> None:
        level, reason = given.get("level_by_hand", "").strip(), given.get("reason", "")
        dimension = self._dimension(number, given.get("dimension", "").strip(), criterion)
        if reason.strip() and not level:
            self.fault(
                number, _("there is a reason, but no level set by hand"), _("write the level, or remove the reason")
            )
        if not level:
            return
        if level not in {str(n) for n in range(LOWEST, HIGHEST + 1)}:
            wrong = _("{value!r} is no level").format(value=one_line(level))
            self.fault(number, wrong, _("write a whole number from {low} to {high}").format(low=LOWEST, high=HIGHEST))
            return
        if not reason.strip():
            wrong = _("level {level} is set by hand without a reason").format(level=level)
            self.fault(number, wrong, _("say in the column reason why it is not what the answers give"))
            return
        if not dimension:
            self.fault(
                number, _("it is not said which dimension is set by hand"), nearest("", self.project.dimension_ids)
            )
            return
        if not process:
            return
        found = HandLevel(process=process, dimension=dimension, level=int(level), reason=reason)
        key = (process, dimension)
        if self.levels.setdefault(key, found) != found:
            wrong = _("{dimension} of {process} is set by hand twice, and not alike (first in row {n})").format(
                dimension=dimension, process=process, n=self.first[key]
            )
            self.fault(number, wrong, _("remove one of the two"))
        self.first.setdefault(key, number)

    def _dimension(self, number: int, given: str, criterion: Criterion | None) -> str:
        """The dimension that a row is about: that of its criterion, else the one it names."""
        valid = self.project.dimension_ids
        if criterion is not None:
            if given and given != criterion.dimension:
                wrong = _("{criterion} belongs to {dimension}, not to {other!r}").format(
                    criterion=criterion.code, dimension=criterion.dimension, other=one_line(given)
                )
                self.fault(number, wrong, _("write {name}").format(name=criterion.dimension))
            return criterion.dimension
        if given and given not in valid:
            self.fault(number, _("unknown dimension {name!r}").format(name=one_line(given)), nearest(given, valid))
        return given if given in valid else ""

    def _assessor(self, process: str, cell: str) -> str:
        """The name as the plan has it, else without the blanks around it."""
        known = {sheet.assessor for sheet in self.project.answer_sheets if sheet.process == process}
        return cell if cell in known else cell.strip()

    def _word(self, number: int, column: str, given: Mapping[str, str]) -> str:
        """The word of a column that the cell means, in either language; ``""`` for an empty or a wrong one."""
        cell = given.get(column, "").strip().lower()
        words = WORDS[column]
        known = {said: word for word, chinese in words.items() for said in (word, chinese, _(word).lower())}
        if cell and cell not in known:
            wrong = _("{column}: {value!r} is not known").format(column=column, value=one_line(cell))
            like = closest(cell, known)
            self.fault(number, wrong, nearest(cell, known if like else words))
        return known.get(cell, "")

    def _day(self, number: int, cell: str) -> date | None:
        if not cell:
            return None
        parts = _DATE.fullmatch(cell)
        try:
            day = date(*map(int, parts.groups())) if parts else None
        except ValueError:
            day = None
        if day is None or not 2000 <= day.year <= 2199:
            wrong = _("{value!r} is no date").format(value=one_line(cell))
            self.fault(number, wrong, _("write it such as 2027-01-04"))
            return None
        return day
