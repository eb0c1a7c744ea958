"""Knowledge nouns: standards, their clauses and the way to a certificate (domain.md §7)."""

from dataclasses import dataclass

from planner.model.values import (
    Day,
    Effort,
    Fixed,
    Level,
    Name,
    Positive,
    Share,
    Words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a standard and the capabilities (``items``) that give evidence for it.

    A clause with sub-clauses has no items of its own. ``stresses`` is what a source makes much of, ``same`` lists, by
    standard, the clauses of another edition that ask for the same.
    """

    id: Name
    title: Words
    items: tuple[Name, ...] = ()
    evidence: Words | None = None
    stresses: Words | None = None
    same: Fixed[str, tuple[Name, ...]] = Fixed()
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWork:
    """A work package of a certification stage; ``effort`` is for a medium client.

    It takes ``share`` of the weeks of its stage. Without ``after`` it may start with its stage. One that ``runs`` is
    the operation itself: it lasts the months that the standard asks for, and the rest of its stage goes on beside it.
    """

    id: Name
    name: Words
    roles: tuple[Name, ...]
    effort: Effort
    after: tuple[Name, ...] = ()
    share: Share = 1.0
    runs: bool = False
    deliverables: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEvent:
    """A milestone of a stage, ``at`` a part of its time; in a stage that operates, of the time of operation.

    ``decides``: it is the audit from whose day all others are counted. ``rule`` says why it stands where it does.
    """

    id: Name
    name: Words
    kind: Name
    at: Share = 1.0
    decides: bool = False
    rule: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationStage:
    """A stage on the way to a certificate. ``weeks`` by size of the client.

    ``operates``: in this stage the system must run for the months that the standard asks for, with every capability of
    its clauses reached. ``decides``: the audit that decides is one of its ``events``; it is the last stage. ``rule``
    says why its work must be done when it must; {audit} and {months} in a rule stand for those of the certification.
    """

    id: Name
    name: Words
    weeks: Fixed[str, Positive]
    gate: Words
    rule: Words | None = None
    work: tuple[StageWork, ...]
    events: tuple[StageEvent, ...] = ()
    operates: bool = False
    decides: bool = False
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleEvent:
    """What follows a certificate: a milestone ``months`` after it."""

    id: Name
    name: Words
    kind: Name
    months: Positive
    rule: Words | None = None
    source: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A standard: its clauses and the way to a certificate.

    ``operate_months``: how long the system must have run before the deciding audit. ``level``: the level at which
    capabilities give evidence. ``withdrawn``: since when certificates of this edition are invalid.
    """

    id: Name
    name: Words
    level: Level
    operate_months: Positive
    valid_months: Positive
    withdrawn: Day | None = None
    successor: str = ""
    clauses: tuple[Clause, ...]
    stages: tuple[CertificationStage, ...] = ()
    cycle: tuple[CycleEvent, ...] = ()
    source: Name

    def parts(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses with items that ``clause`` comes to: itself, or those below it."""
        return tuple(c for c in self.clauses if c.items and (c.id == clause.id or c.id.startswith(f"{clause.id}.")))

    def items_of(self, clause: Clause) -> tuple[str, ...]:
        """The capabilities that give evidence for ``clause`` and everything below it."""
        return tuple(dict.fromkeys(item for part in self.parts(clause) for item in part.items))

    def clauses_of(self) -> dict[str, tuple[Clause, ...]]:
        """By capability that gives evidence, the clauses for which it does, in their order."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            for item in clause.items:
                found.setdefault(item, []).append(clause)
        return {item: tuple(clauses) for item, clauses in found.items()}
