"""What is otherwise in a roadmap than in the adopted one, and why: facts of the past, and what follows from them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from planner.model.project import Phase, Placement, Roadmap
from planner.rollout.problem import Problem
from planner.rollout.reasons.placed import Placed
from planner.rollout.result import Reason
from planner.rollout.schedule import lower_bound
from planner.text.i18n import _, listed, ngettext


@dataclass(frozen=True, slots=True)
class Fact:
    """A package that has begun and stands otherwise than the adopted roadmap has it (``was``; None: nowhere).

    ``late``: by how many working days it ends later than planned; negative when earlier.
    """

    item: str
    was: Placement | None
    now: Placement
    late: int
    message: str


@dataclass(frozen=True, slots=True)
class Move:
    """A package that has not begun and stands elsewhere than in the adopted roadmap (``was``; None: it is new).

    ``days``: by how many working days it starts later; negative when earlier. ``reasons``: what speaks against its old
    place. ``cause``: the package whose delay it goes back to, empty when it is something else than a delay. ``needs``:
    the items of the moves without which this one would break something, and of those which these need in turn.
    """

    item: str
    was: Placement | None
    now: Placement
    days: int
    reasons: tuple[Reason, ...]
    cause: str = ""
    needs: tuple[str, ...] = ()


def facts(problem: Problem, adopted: Roadmap, roadmap: Roadmap) -> tuple[Fact, ...]:
    """What has begun and stands otherwise than adopted, in the order of the days on which it was begun."""
    found = []
    for task in problem.tasks:
        was, now = adopted.packages.get(task.id), roadmap.packages[task.id]
        if task.begun is None or (was and (was.start, was.finish) == (now.start, now.finish)):
            continue
        late = _between(problem, was.finish, now.finish) if was else 0
        found.append(Fact(task.id, was, now, late, _told(task.id, was, now, late, task.done)))
    return tuple(sorted(found, key=lambda fact: (fact.now.start, problem.task_of[fact.item])))


def _told(item: str, was: Placement | None, now: Placement, late: int, done: bool) -> str:
    if was is None:
        text = _("{item} is not in the roadmap and was begun on {start}")
    elif done and late:
        text = _("{item} was finished on {finish} instead of {planned}")
    elif late:
        text = _("{item} is expected to finish on {finish} instead of {planned}")
    else:
        text = _("{item} was begun on {start} instead of {begin}, and ends as planned")
    return text.format(
        item=item,
        start=now.start,
        finish=now.finish,
        begin=was.start if was else None,
        planned=was.finish if was else None,
    )


def moves(
    problem: Problem, adopted: Roadmap, roadmap: Roadmap, phases: Sequence[Phase], known: Sequence[Fact]
) -> tuple[Move, ...]:
    """Every package that has not begun and stands elsewhere, those with the same cause together."""
    return tuple(_Moving(problem, adopted, roadmap, phases, known).ordered())


def _between(problem: Problem, first: date, second: date) -> int:
    """Working days from ``first`` to ``second``."""
    days = problem.workdays
    return days.on_or_after(second) - days.on_or_after(first)


@dataclass(slots=True)
class _Why:
    """What is found out about one move. ``own``: it goes back to nothing else but that it has not begun in time."""

    reasons: list[Reason] = field(default_factory=list)
    own: bool = False
    cause: str = ""
    needs: set[str] = field(default_factory=set)


class _Moving:
    """The moves of one roadmap, and what each has to do with the others."""

    def __init__(
        self, problem: Problem, adopted: Roadmap, roadmap: Roadmap, phases: Sequence[Phase], known: Sequence[Fact]
    ) -> None:
        self.problem = problem
        self.was = adopted.packages
        self.now = roadmap.packages
        self.placed = Placed.of(problem, roadmap, phases)
        self.facts = {fact.item: number for number, fact in enumerate(known)}
        self.items = [
            task.id for task in problem.tasks if task.begun is None and self.was.get(task.id) != self.now[task.id]
        ]
        self.why = {item: _Why() for item in self.items}
        for item in self.items:
            self._explain(item)

    def ordered(self) -> Iterator[Move]:
        """Those that go back to what is late first, in the order of that; then the rest."""
        roots = {item: self._root(item) for item in self.items}

        def key(item: str) -> tuple[bool, int, str, date, int]:
            root = roots[item]
            return (
                not root,
                self.facts.get(root, len(self.facts)),
                root,
                self.now[item].start,
                self.problem.task_of[item],
            )

        for item in sorted(self.items, key=key):
            was, now, why = self.was.get(item), self.now[item], self.why[item]
            days = _between(self.problem, was.start, now.start) if was else 0
            needs = sorted(self._all_needed(item), key=self.problem.task_of.__getitem__)
            yield Move(item, was, now, days, tuple(why.reasons), roots[item], tuple(needs))

    def _explain(self, item: str) -> None:
        """Find out why one package moves, and which other moves rest on that."""
        problem, why = self.problem, self.why[item]
        number = problem.task_of[item]
        was, new = self.was.get(item), self.placed.start[number]
        if was is None:
            why.reasons.append(Reason("coverage", (item,), _("{item} is new in the roadmap").format(item=item)))
            return
        old = problem.workdays.on_or_after(was.start)
        if new > old:
            self._later(item, number, old, new)
        elif new < old:
            self._earlier(item, number, old)
        if was.phase != self.now[item].phase:
            text = _("{item} goes from phase {old} to phase {new}")
            message = text.format(item=item, old=was.phase, new=self.now[item].phase)
            why.reasons.append(Reason("phase", (item,), message))
        if not why.reasons:
            text = _("nothing keeps {item} where it was, but the other moves fit better so")
            why.reasons.append(Reason("strategy", (item,), text.format(item=item)))

    def _later(self, item: str, number: int, old: int, new: int) -> None:
        """What speaks against the old place when everything else stands where it stands now."""
        problem, why = self.problem, self.why[item]
        if old < problem.now:
            text = _("{item} was to begin on {day} and has not begun by {as_of}")
            as_of, day = problem.project.engagement.as_of, problem.workdays[old]
            why.reasons.append(Reason("calendar", (item,), text.format(item=item, day=day, as_of=as_of)))
            why.own = True
        since = max(old, problem.now)
        if new > since:
            found = self.placed.objections([number], new - since)
            why.reasons += found
            others = [other for reason in found for other in self._packages(reason) if other != item]
            beside = {
                other
                for reason in found
                if reason.rule in ("capacity", "absorption")
                for other in self._packages(reason)
                if not self._was_clear(other, number, old)
            }
            for other in others:
                if other in self.why and other not in beside:
                    self.why[other].needs.add(item)
            late = [other for other in others if other in self.facts or other in self.why]
            nearest = self.placed.nearest_reason([r for r in found if set(self._packages(r)) & set(late)])
            if nearest is not None:
                first = nearest.follows if nearest.follows in late else ""
                why.cause = first or next(other for other in self._packages(nearest) if other in late)

    def _was_clear(self, other: str, number: int, old: int) -> bool:
        """Whether another package was worked wholly before or after task ``number`` in the adopted roadmap."""
        place = self.was.get(other)
        if place is None:
            return True
        days, task = self.problem.workdays, self.problem.tasks[number]
        begin, end = days.on_or_after(place.start), days.on_or_before(place.finish)
        return end < old or begin >= old + task.days

    def _earlier(self, item: str, number: int, old: int) -> None:
        """Which promise it would miss where it was, and who would be in the way of whom."""
        task, start, finish = self.problem.tasks[number], self.placed.start, self.placed.finish
        for name in (item, task.capability):
            pin, end = self.problem.project.pin_by_item.get(name), self.problem.workdays[old + task.days - 1]
            if pin and pin.deadline and pin.deadline < end:
                text = _("where it was it would finish on {day}, after the deadline {deadline} of {item}")
                message = text.format(day=end, deadline=pin.deadline, item=name)
                self.why[item].reasons.append(Reason("deadline", (name,), message))
        kept = start[number], finish[number]
        start[number], finish[number] = old, old + task.days - 1
        blocked = [
            other.id
            for other in self.problem.tasks
            if other.begun is None
            and any(
                number in bound.sources and lower_bound(self.problem, bound, other, start, finish) > start[other.number]
                for bound in other.bounds
            )
        ]
        for reason in self.placed.objections([number], 0):
            blocked += [other for other in self._packages(reason) if other in self.why and other != item]
        start[number], finish[number] = kept
        blocked = list(dict.fromkeys(blocked))
        for other in blocked:
            if other in self.why:
                self.why[other].needs.add(item)
        if blocked:
            text = _("in its old place it would be in the way of {items}")
            message = text.format(items=listed(blocked))
            self.why[item].reasons.append(Reason("strategy", tuple(blocked), message))

    def _all_needed(self, item: str) -> set[str]:
        """What a move needs, what that needs, and so on."""
        found: set[str] = set()
        queue = [item]
        while queue:
            new = self.why[queue.pop()].needs - found
            found |= new
            queue += new
        return found - {item}

    def _packages(self, reason: Reason) -> Iterable[str]:
        """The packages that a reason names, itself or by their capability."""
        for item in dict.fromkeys((reason.follows, *reason.items)):
            yield from (self.problem.tasks[number].id for number in self.problem.ends(item))

    def _root(self, item: str) -> str:
        """The delay that a move goes back to: of something that has begun, or that should have."""
        seen: set[str] = set()
        while item in self.why and item not in seen:
            seen.add(item)
            why = self.why[item]
            if not why.cause:
                return item if why.own else ""
            item = why.cause
        return item if item in self.facts else ""


def shift(days: int) -> str:
    """By how much something moves, in words."""
    if days < 0:
        return ngettext("{n} working day earlier", "{n} working days earlier", -days).format(n=-days)
    return ngettext("{n} working day later", "{n} working days later", days).format(n=days)
