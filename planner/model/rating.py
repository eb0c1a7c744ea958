"""From replies to levels: the arithmetic of an assessment (domain.md §3.4). Every number in it is the catalogue's.

Criteria that several assessors answered count with the mean of their replies. A reply without a value (n/a) does not
count. A cell of which nothing counts and nothing is open is passed over: it neither lifts a dimension nor stops it.
It stands in the model because edits keep a plan's levels in step with its answers and the assessment reports them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from planner.model.answers import Reply
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import AssessmentProfile, Criterion, Scoring
from planner.model.project import Project
from planner.model.values import DIMENSIONS, LOWEST

Rating = Literal["N", "P", "L", "F"]
"""How far a cell is achieved: not, partly, largely, fully."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What was said on the criteria of one dimension at one level: values that count, and how many are still open."""

    level: int
    values: tuple[float, ...]
    open: int

    def percent(self, fill: float | None = None) -> float | None:
        """Of 100 what is achieved, with every open criterion answered as ``fill`` (None: leave them out)."""
        values = self.values if fill is None else (*self.values, *[fill] * self.open)
        return round(100 * sum(values) / len(values), 9) if values else None


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """The level of a dimension as answered, and the lowest and highest it could be once all is answered."""

    dimension: str
    cells: tuple[Cell, ...]
    level: int
    lowest: int
    highest: int

    @property
    def scored(self) -> bool:
        """Whether any reply counts."""
        return any(cell.values for cell in self.cells)

    @property
    def open(self) -> int:
        """Criteria that nobody has answered."""
        return sum(cell.open for cell in self.cells)

    @property
    def progress(self) -> float:
        """How much of the next level is achieved, 0 to 1: that of the first cell above the level that has replies."""
        above = (cell.percent() for cell in self.cells if cell.level > self.level and cell.values)
        return (next(above, None) or 0.0) / 100


def profile_of(project: Project, catalogue: Catalogue) -> AssessmentProfile | None:
    """The questionnaire that a plan uses: the one it names, else the first that scores the plan's dimensions."""
    fitting = (
        profile
        for profile in catalogue.profiles
        if project.engagement.profile in ("", profile.id)
        and tuple(dimension.id for dimension in profile.dimensions) == project.dimension_ids
    )
    return next(fitting, None)


def is_usual(profile: AssessmentProfile) -> bool:
    """Whether ``profile`` scores what a plan without dimensions of its own is scored on."""
    return tuple(dimension.id for dimension in profile.dimensions) == DIMENSIONS


def asked(profile: AssessmentProfile, process: str) -> tuple[Criterion, ...]:
    """The criteria of ``profile`` that are asked about ``process``, symptoms among them."""
    return tuple(
        criterion for criterion in profile.criteria if not criterion.processes or process in criterion.processes
    )


def replies(project: Project, process: str) -> dict[str, dict[str, Reply]]:
    """What was replied about ``process``: by criterion, then by assessor."""
    found: dict[str, dict[str, Reply]] = {}
    for sheet in project.answer_sheets:
        if sheet.process == process:
            for answer in sheet.answers:
                found.setdefault(answer.criterion, {})[sheet.assessor] = answer.reply
    return found


def rating(percent: float, scoring: Scoring) -> Rating:
    """The rating of a cell; a percentage that is just a bound belongs to the lower rating."""
    if percent <= scoring.partly:
        return "N"
    if percent <= scoring.largely:
        return "P"
    return "L" if percent <= scoring.fully else "F"


def scores(project: Project, catalogue: Catalogue, process: str) -> dict[str, DimensionScore]:
    """The score of each dimension of ``process``; empty where no questionnaire fits the plan's dimensions."""
    profile = profile_of(project, catalogue)
    if profile is None:
        return {}
    scoring, said = catalogue.defaults.scoring, replies(project, process)
    cells: dict[str, dict[int, list[Criterion]]] = {dimension: {} for dimension in project.dimension_ids}
    for criterion in asked(profile, process):
        if not criterion.symptom and criterion.level > LOWEST:
            cells[criterion.dimension].setdefault(criterion.level, []).append(criterion)
    return {
        dimension: _score(
            dimension, [_cell(level, criteria, said, scoring) for level, criteria in sorted(levels.items())], scoring
        )
        for dimension, levels in cells.items()
    }


def _cell(level: int, criteria: Iterable[Criterion], said: dict[str, dict[str, Reply]], scoring: Scoring) -> Cell:
    values: list[float] = []
    unanswered = 0
    for criterion in criteria:
        given = said.get(criterion.code, {}).values()
        counted = [scoring.values[reply] for reply in given if reply in scoring.values]
        if counted:
            values.append(sum(counted) / len(counted))
        elif not given:
            unanswered += 1
    return Cell(level, tuple(values), unanswered)


def _score(dimension: str, cells: list[Cell], scoring: Scoring) -> DimensionScore:
    worst, best = min(scoring.values.values()), max(scoring.values.values())
    level, lowest, highest = (_climb(cells, scoring, fill) for fill in (None, worst, best))
    return DimensionScore(dimension, tuple(cells), level, lowest, highest)


def _climb(cells: Iterable[Cell], scoring: Scoring, fill: float | None) -> int:
    """The highest level whose cell is at least L while all cells below it are F."""
    level = LOWEST
    for cell in cells:
        if not cell.values and not cell.open:
            continue
        percent = cell.percent(fill)
        found = rating(percent, scoring) if percent is not None else "N"
        if found in ("L", "F"):
            level = cell.level
        if found != "F":
            break
    return level
