"""Searches in the background, one after the other: what they told so far, and the lines that show it."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from time import monotonic

from planner.export.words import percent_up
from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.found import Asked, Found, Search
from planner.rollout.result import Infeasible
from planner.rollout.watch import Sight
from planner.text.i18n import _, language, ngettext
from planner.tui.areas.propose.proposal import attempt
from planner.tui.glyphs import glyphs
from planner.tui.screens.working import Lookout
from planner.tui.widgets.lines import Piece

CURVE = 40
"""The curve of the best over time is at most so many cells wide."""

SHORT = 0.5
"""Seconds after which a search is worth a curve."""


class Job:
    """A search to be done: a proposal by ``strategy``; with ``others`` roadmaps that are nearly as good to it.

    ``key`` is what the cursor stood on when it was asked for.
    """

    def __init__(self, strategy: Strategy, asked: Asked, key: str = "", others: bool = False) -> None:
        self.strategy = strategy
        self.name = strategy.name.in_(language())
        self.asked = asked
        self.key = key
        self.others = others
        self.trail = Trail()
        self.given_up = False

    @property
    def title(self) -> str:
        """What is being done."""
        words = _("Looking for other ways: {name}") if self.others else _("Proposing: {name}")
        return words.format(name=self.name)

    @property
    def question(self) -> tuple[str, Asked, bool]:
        """What is asked; two jobs with the same question need not both be done."""
        return self.strategy.id, self.asked, self.others

    @property
    def search(self) -> Search:
        """How it went until now."""
        sight, trail = self.trail.sight, self.trail
        early = trail.halted and not self.given_up
        return Search(trail.seconds, sight.tried if sight else 0, tuple(trail.points), early)

    def lines(self, number: int, of: int) -> list[Piece]:
        """How far it is, the ``number``-th of so many."""
        which = _(" ({n} of {all})").format(n=number, all=of) if of > 1 else ""
        if self.trail.halted:
            words = _(" {what}{which}, {n} s: ending with the best so far...")
        else:
            words = _(" {what}{which}, {n} s: T takes the best, C gives up")
        head = words.format(what=self.name, which=which, n=int(self.trail.seconds))
        drawn = "" if self.others else best_over_time(self.search)
        return [Piece(head, "strong"), Piece(f" {far(self.trail.sight)}"), Piece(f" {drawn}")]


class Pursuit:
    """Does jobs one after the other, in a thread."""

    def __init__(self) -> None:
        self.waiting: deque[Job] = deque()
        self.job: Job | None = None
        """What is being done."""
        self.begun = 0
        """How many jobs were begun since the last time that none was left."""

    @property
    def live(self) -> Job | None:
        """What is being done and was not given up; the thread of one that was may need a moment to end."""
        return self.job if self.job and not self.job.given_up else None

    def add(self, jobs: Iterable[Job]) -> bool:
        """Do these as well, except those that ask what is being asked already; whether somebody must begin."""
        known = {job.question for job in (*self.waiting, *filter(None, [self.live]))}
        self.waiting += [job for job in jobs if job.question not in known]
        return self.job is None and bool(self.waiting)

    async def run(
        self,
        project: Callable[[], Project],
        begins: Callable[[Job], None],
        done: Callable[[Job, Project, "Answer"], None],
    ) -> None:
        """Do all of them, each with the plan as it is when it begins. ``done`` is told what was not given up."""
        self.begun = 0
        while self.waiting:
            job = self.job = self.waiting.popleft()
            job.trail = Trail()
            self.begun += 1
            begins(job)
            plan = project()
            answer = await asyncio.to_thread(looked, plan, job)
            self.job = None
            if not job.given_up:
                done(job, plan, answer)

    def take(self) -> None:
        """End the search with the best so far."""
        if self.job:
            self.job.trail.halted = True

    def give_up(self) -> None:
        """End the search, take nothing of it, and forget what waits."""
        self.waiting.clear()
        self.begun = 0
        if self.job:
            self.job.given_up = self.job.trail.halted = True


Answer = list[Found] | Infeasible


def looked(project: Project, job: Job) -> Answer:
    """What a search of ``project`` finds."""
    from planner.rollout.alternatives import alternative, alternatives
    from planner.rollout.compare import proposed

    if job.others:
        try:
            ways = alternatives(project, job.strategy, seed=job.asked.seed, watch=job.trail)
        except Infeasible as error:
            return error
        found = [alternative(project, job.strategy, way) for way in ways]
    else:
        answer = attempt(project, job.strategy, job.asked, job.trail)
        if isinstance(answer, Infeasible):
            return answer
        found = [proposed(job.strategy, answer)]
    return [Found(candidate, project, job.asked, job.search) for candidate in found]


def outcome(job: Job, new: int, kept: Sequence[Found], here: bool, goes: bool) -> str:
    """What a search brought, how many of it ``new``, and what to do with it.

    ``here``: the place is in view; ``goes``: the cursor goes to the first of them.
    """
    if not kept:
        return _("{name}: nothing that begins otherwise is nearly as good.").format(name=job.name)
    if not new:
        return _("{name}: the roadmap that was found is listed already.").format(name=job.name)
    words = ngettext("{name}: {n} roadmap found{early}. ", "{name}: {n} roadmaps found{early}. ", new)
    words = words.format(name=job.name, n=new, early=_(", ended early") if kept[0].search.early else "")
    if not here:
        return words + _("g shows it.")
    return words + _("Enter shows what it would move.") if goes else words.rstrip()


class Trail(Lookout):
    """Keeps when the search found something better, besides what it told last.

    A worse value begins the trail anew: then it is another division into phases that is searched.
    """

    def __init__(self) -> None:
        super().__init__()
        self.began = monotonic()
        self.points: list[tuple[float, float]] = []

    @property
    def seconds(self) -> float:
        """Since it began."""
        return monotonic() - self.began

    def told(self, sight: Sight) -> None:
        super().told(sight)
        if sight.value is None:
            return
        last = self.points[-1][1] if self.points else float("inf")
        if sight.value > last + 1e-9:
            self.points = [(self.seconds, sight.value)]
        elif sight.value < last - 1e-9:
            self.points = [*self.points, (self.seconds, sight.value)]


def far(sight: Sight | None) -> str:
    """How far a search is, in one line: the best and what is possible, the schedules tried."""
    if sight is None:
        return _("it begins...")
    parts = [_("exact solver") if sight.solver == "exact" else _("heuristic")]
    if sight.value is None:
        parts.append(_("nothing found yet"))
    else:
        parts.append(_("best {value:.2f}").format(value=sight.value))
    if sight.bound is not None:
        parts.append(_("bound {bound:.2f}").format(bound=sight.bound))
    if sight.gap is not None:
        parts.append(_("at most {gap} better").format(gap=percent_up(sight.gap)))
    if sight.tried:
        parts.append(_("{n} tried").format(n=sight.tried))
    return _("; ").join(parts)


def best_over_time(search: Search) -> str:
    """The curve of the best with its first and last value; empty for a search of a moment."""
    if search.seconds < SHORT or len(search.trail) < 2:
        return ""
    words = _("best over time {curve} {first:.2f} to {last:.2f}")
    drawn = curve(search.trail, search.seconds, min(CURVE, max(8, int(search.seconds * 4))), glyphs().levels)
    return words.format(curve=drawn, first=search.trail[0][1], last=search.trail[-1][1])


def curve(points: Sequence[tuple[float, float]], seconds: float, cells: int, levels: str) -> str:
    """The best as heights, the first value the highest: in ``cells`` equal spans from the first point to ``seconds``.

    ``levels`` has a sign for every height, the lowest first; the first of them, which is nothing, is not used.
    """
    (begin, top), (_last, bottom) = points[0], points[-1]
    signs = []
    for cell in range(cells):
        until = begin + (seconds - begin) * cell / max(1, cells - 1)
        best = next(value for at, value in reversed(points) if at <= until or at == begin)
        share = (best - bottom) / (top - bottom) if top > bottom else 0.0
        signs.append(levels[1 + round(share * (len(levels) - 2))])
    return "".join(signs)
