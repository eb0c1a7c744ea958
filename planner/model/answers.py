"""What was asked and answered in an assessment: answer sheets, pains, scores of customer experience.

Criteria, pains and items stand in the catalogue (``planner.model.knowledge``); a plan names them by their ids.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from planner.model.audience import NOTES, internal
from planner.model.bounds import Ge, Le
from planner.model.values import Day, Fixed, Level, Name, Positive
from planner.text.i18n import N_

Reply = Literal["yes", "partly", "no", "n/a"]
REPLIES: tuple[Reply, ...] = (N_("yes"), N_("partly"), N_("no"), N_("n/a"))
Quality = Literal["said", "seen", "measured"]
QUALITIES: tuple[Quality, ...] = (N_("said"), N_("seen"), N_("measured"))
"""How good evidence is, weakest first."""
Via = Literal["interview", "document", "tool"]
VIAS: tuple[Via, ...] = (N_("interview"), N_("document"), N_("tool"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one criterion, with what it rests on: evidence in words, how good, where from and when."""

    criterion: Name
    reply: Reply
    evidence: str = ""
    quality: Quality | None = None
    via: Via | None = None
    day: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSheet:
    """The answers of one assessor on one process. Several assessors may fill sheets for the same process."""

    process: Name
    assessor: Name
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandLevel:
    """A level that somebody sets by hand, and why it is not what the answers give. No plan holds one as such."""

    process: Name
    dimension: Name
    level: Level
    reason: Name


PainWeight = Annotated[int, Ge(1), Le(3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pain:
    """A pain that the client has, how much it hurts (1, bearable, to 3), and the target levels that cure it."""

    id: Name
    name: Name
    weight: PainWeight = 1
    levels: Fixed[str, Level]
    note: str = field(default="", metadata=internal(NOTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """How customers score the service, by item of the catalogue's survey: 1 (bad) to 5 (good)."""

    scores: Fixed[str, Level] = Fixed()
    respondents: Positive | None = None
    day: Day | None = None
