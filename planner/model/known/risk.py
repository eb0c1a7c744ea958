"""Knowledge nouns: how far estimates and assessments may be wrong together (judgement)."""

from dataclasses import dataclass

from planner.model.values import Amount, Name, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """A factor on durations: most likely 1, at best 1 - ``faster``, at worst 1 + ``slower`` (triangular)."""

    faster: Share
    slower: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineDoubt:
    """How likely a process stands one level lower than the plan says, and what that costs.

    ``extra`` is the share by which the packages of its first planned level then take longer. The probability begins
    with what the level rests on: ``given`` (nobody was asked), ``by_hand`` or ``answered``. To it is added ``open``
    where criteria without an answer could lower the level, ``disagreed`` times the share of the criteria asked of
    several assessors on which they differ, ``unbacked`` times the share of answers that name no evidence, and
    ``yearly`` for each year between the assessment and the start. It is never above ``most``.
    """

    extra: Amount
    given: Share
    by_hand: Share
    answered: Share
    open: Share
    disagreed: Share
    unbacked: Share
    yearly: Share
    most: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """What is uncertain beside the estimate of each work package.

    One draw of ``role`` is common to all packages that a role works on, one of ``process`` to all packages of a
    process.
    """

    role: Swing
    process: Swing
    baseline: BaselineDoubt
    source: Name
