"""What the answers of an assessment say about processes and the organisation (domain.md §3.4).

The arithmetic from replies to the level of a dimension is in ``planner.model.rating``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.model.answers import Answer, Reply
from planner.model.knowledge import Catalogue
from planner.model.known.assessment import Criterion
from planner.model.project import ProcessScope, Project
from planner.model.rating import DimensionScore, asked, profile_of, replies, scores
from planner.model.values import HIGHEST

TOP = 0.99
"""How far an index may rise above its level: a level that is not reached is never shown as reached."""

Basis = Literal["answers", "by hand", "given"]
"""Where a level comes from: answers, somebody's reason, or it was there from the beginning."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dimension of a process stands and why. ``plan`` is the level that the plan counts with.

    For answers ``level`` is the one as answered, ``lowest`` and ``highest`` its spread while criteria are open; for a
    level set by hand or given all are the plan's.
    """

    dimension: str
    plan: int
    level: int
    lowest: int
    highest: int
    basis: Basis
    reason: str = ""
    open: int = 0
    progress: float = 0.0


@dataclass(frozen=True, slots=True)
class ProcessScore:
    """Where a process stands: its weakest dimension, with spread.

    ``answers`` and ``backed``: how many answers there are, and how many of them name evidence.
    """

    process: str
    dimensions: tuple[Standing, ...]
    answers: int
    backed: int

    @property
    def level(self) -> int:
        """The weakest dimension."""
        return min(standing.level for standing in self.dimensions)

    @property
    def lowest(self) -> int:
        """The level if every open criterion turned out worst."""
        return min(standing.lowest for standing in self.dimensions)

    @property
    def highest(self) -> int:
        """The level if every open criterion turned out best."""
        return min(standing.highest for standing in self.dimensions)

    @property
    def index(self) -> float:
        """The level with how much of the next one its weakest dimension has achieved; for charts only.

        Of several weakest dimensions the one that has achieved least of the next level counts.
        """
        if self.level == HIGHEST:
            return float(HIGHEST)
        least = min(standing.progress for standing in self.dimensions if standing.level == self.level)
        return round(self.level + min(least, TOP), 4)

    @property
    def confidence(self) -> float | None:
        """The share of the answers that name evidence; None without answers."""
        return self.backed / self.answers if self.answers else None

    @property
    def open(self) -> int:
        """Criteria that nobody has answered, of the dimensions that were answered at all."""
        return sum(standing.open for standing in self.dimensions if standing.basis == "answers")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A criterion to which assessors replied differently, and who replied what."""

    process: str
    criterion: Criterion
    replies: tuple[tuple[str, Reply], ...]


def process_score(project: Project, catalogue: Catalogue, process: ProcessScope) -> ProcessScore:
    """Where ``process`` stands by what was answered, set by hand or given."""
    found = scores(project, catalogue, process.id)
    given = _scored_answers(project, catalogue, process.id)
    return ProcessScore(
        process.id,
        tuple(_standing(process, dimension, found.get(dimension)) for dimension in project.dimension_ids),
        answers=len(given),
        backed=sum(bool(answer.evidence.strip()) for answer in given),
    )


def process_scores(project: Project, catalogue: Catalogue) -> tuple[ProcessScore, ...]:
    """Where each process in scope stands, in plan order."""
    return tuple(process_score(project, catalogue, process) for process in project.processes if process.in_scope)


def confidence(found: tuple[ProcessScore, ...]) -> float | None:
    """The share of all answers that name evidence; None without answers."""
    answers = sum(score.answers for score in found)
    return sum(score.backed for score in found) / answers if answers else None


def disagreements(project: Project, catalogue: Catalogue) -> tuple[Disagreement, ...]:
    """Where assessors of a process in scope do not agree, in the order of the plan and the questionnaire."""
    return tuple(_disagreements(project, catalogue))


def _disagreements(project: Project, catalogue: Catalogue) -> Iterator[Disagreement]:
    profile = profile_of(project, catalogue)
    if profile is None:
        return
    for process in project.processes:
        said = replies(project, process.id) if process.in_scope else {}
        for criterion in asked(profile, process.id):
            given = said.get(criterion.code, {})
            if len(set(given.values())) > 1:
                yield Disagreement(process.id, criterion, tuple(given.items()))


def _standing(process: ProcessScope, dimension: str, score: DimensionScore | None) -> Standing:
    plan, reason = process.baseline[dimension], process.by_hand.get(dimension, "")
    if reason or score is None or not score.scored:
        return Standing(dimension, plan, plan, plan, plan, "by hand" if reason else "given", reason)
    return Standing(
        dimension,
        plan,
        score.level,
        score.lowest,
        score.highest,
        "answers",
        open=score.open,
        progress=score.progress,
    )


def _scored_answers(project: Project, catalogue: Catalogue, process: str) -> list[Answer]:
    """The answers on ``process`` that count towards a level."""
    profile = profile_of(project, catalogue)
    codes = {criterion.code for criterion in asked(profile, process) if not criterion.symptom} if profile else set()
    return [
        answer
        for sheet in project.answer_sheets
        if sheet.process == process
        for answer in sheet.answers
        if answer.criterion in codes and answer.reply in catalogue.defaults.scoring.values
    ]
