"""The scheduling problem as plain numbers, for a solver in another process.

Everything here can be written as JSON. Days are working days from the project start; a task occupies the days from its
start to before its *end*. Work that has begun stands: it is a fixed task that only takes capacity.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.model.knowledge import TERMS
from planner.model.values import WEEKDAYS
from planner.rollout.division import Division
from planner.rollout.goal import Goal, Schedule
from planner.rollout.problem import Bound, Problem, TooFar

Pair = tuple[int, int]
Triple = tuple[int, int, int]


@dataclass(slots=True)
class Role:
    """What tasks take of a role, and ``runs``: (first day, capacity, what work takes that has begun)."""

    loads: list[Pair]
    runs: list[Triple]


@dataclass(slots=True)
class Change:
    """A limit on change at once: (capability, how much change it is) of those whom it concerns.

    ``begun`` are those among them that have begun, which stand even where they alone are too much.
    """

    limit: int
    items: list[Pair]
    begun: list[int]


@dataclass(slots=True)
class Stage:
    """A phase that holds work: no task of it that has not begun starts before it may."""

    tasks: list[int]
    overlap: bool


@dataclass(slots=True)
class Promised:
    """``tasks`` are to end by the end of day ``last``; ``due`` is the promised calendar day. See goal.Promise."""

    tasks: list[int]
    last: int
    due: int
    may_slip: bool


@dataclass(slots=True)
class Parts:
    """The whole problem. ``horizon``: a best schedule exists in which everything has ended by the start of that day;
    by task, it starts on day ``low`` or later in it and has ended by ``high``.

    ``after``: (a, b, n), b starts n days or more after a. ``after_first``: the same for the first of several.
    ``settles``: (a, b, weeks). ``calendar``: by working day, calendar days from the project start to its end.
    ``gaps``: how working weeks lie in the calendar, see ``_gaps``.
    """

    days: list[int]
    low: list[int]
    high: list[int]
    begun: list[bool]
    now: int
    horizon: int
    calendar: list[int]
    nominal: list[int]
    gaps: list[Pair]
    after: list[Triple] = field(default_factory=list)
    after_first: list[tuple[list[int], int, int]] = field(default_factory=list)
    settles: list[Triple] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    items: list[list[int]] = field(default_factory=list)
    shortest: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    promises: list[Promised] = field(default_factory=list)
    results: list[tuple[list[int], float]] = field(default_factory=list)
    soft: list[tuple[list[int], list[int]]] = field(default_factory=list)
    adopted: list[Pair] = field(default_factory=list)
    week_days: int = 5
    weight: dict[str, float] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, data: dict[str, object]) -> "Parts":
        """The parts from what ``dataclasses.asdict`` and JSON made of them."""
        parts = cls(**data)  # type: ignore[arg-type]
        for name, kind in (("roles", Role), ("changes", Change), ("stages", Stage), ("promises", Promised)):
            setattr(parts, name, [kind(**row) for row in getattr(parts, name)])
        return parts


def parts_of(problem: Problem, division: Division, goal: Goal, schedule: Schedule) -> Parts:
    """The problem in parts; ``schedule`` is one that is valid, and shows how long the work may take."""
    tasks = problem.tasks
    begun = [task.begun is not None for task in tasks]
    low = [task.begun if task.begun is not None else max(problem.now, task.not_before) for task in tasks]
    for task in tasks:
        if not begun[task.number]:
            low[task.number] = max(low[task.number], division.windows[division.phase_of[task.group]].first)
    horizon, calendar = _calendar(problem, _horizon(problem, goal, low, schedule))
    nominal, gaps = _gaps(problem, calendar)
    parts = Parts(
        days=[task.days for task in tasks],
        low=low,
        high=[horizon] * len(tasks),
        begun=begun,
        now=problem.now,
        horizon=horizon,
        calendar=calendar,
        nominal=nominal,
        gaps=gaps,
        roles=_roles(problem, horizon),
        items=[list(numbers) for numbers in problem.tasks_of.values()],
        stages=_stages(problem, division),
        results=[(list(result.tasks), result.weight) for result in problem.results],
        soft=[(list(needs), list(targets)) for needs, targets in goal.soft],
        adopted=sorted(goal.adopted.items()),
        week_days=len(problem.project.calendar.working_days),
        weight={term: goal.weight[term] for term in TERMS if goal.weight[term]},
        first=list(goal.first),
    )
    parts.shortest = [_shortest(problem, item) for item in problem.tasks_of]
    parts.changes = _changes(problem, division, begun)
    for promise in goal.promises:
        parts.promises.append(Promised(list(promise.tasks), promise.last, promise.due_day, promise.may_slip))
    for task in tasks:
        if not begun[task.number]:
            for bound in task.bounds:
                _bind(parts, bound, task.number)
    parts.after = sorted(set(parts.after))
    parts.settles = sorted(set(parts.settles))
    return parts


def _bind(parts: Parts, bound: Bound, task: int) -> None:
    """What ``schedule.lower_bound`` says, as distances between starts."""
    lag = bound.lag
    if bound.on_finish:
        lag -= parts.days[task] - 1
    elif bound.from_finish:
        lag += 1
    if bound.from_finish:
        for source in bound.sources:
            parts.after.append((source, task, lag + parts.days[source] - 1))
            if bound.weeks and not bound.on_finish:
                parts.settles.append((source, task, bound.weeks))
    elif len(bound.sources) == 1:
        parts.after.append((bound.sources[0], task, lag))
    else:
        parts.after_first.append((list(bound.sources), task, lag))


def _horizon(problem: Problem, goal: Goal, low: Sequence[int], schedule: Schedule) -> int:
    """By when everything has ended in some best schedule.

    Once nothing changes any more - every date of the plan has passed, the calendar is only weeks - a day on which
    nothing runs and no lag is waited for can be cut out of a schedule: the distances that are left stay as they are, so
    it keeps every constraint, and no term gets worse. Hence there are at most as many days after that as all work and
    all lags have together. Where only the weighted sum counts and it counts the finish, no better schedule finishes
    later than that term alone allows.
    """
    project, days = problem.project, problem.workdays
    dates = [day for period in (*project.calendar.holidays, *project.calendar.blackouts) for day in [period.last]]
    settled = max((bound.weeks for task in problem.tasks for bound in task.bounds), default=0)
    quiet = max(
        [
            *low,
            *goal.adopted.values(),
            *(steps[-1][0] for steps in problem.capacity_steps),
            *(task.begun + task.days for task in problem.tasks if task.begun is not None),
            # Days off matter only to those who count calendar weeks from one task to another.
            *(days.on_or_after(day) + 7 * settled + 7 for day in dates if settled),
        ],
        default=0,
    )
    waits = {
        (bound.sources, bound.from_finish, bound.on_finish, bound.lag, bound.weeks)
        for task in problem.tasks
        for bound in task.bounds
    }
    idle = sum(max(0, lag, 7 * weeks) + 1 for *_who, lag, weeks in waits)
    longest = quiet + idle + sum(task.days for task in problem.tasks if task.begun is None) + 1
    reached = max(schedule.finish) + 1
    if goal.first[:1] == ("finish",) and not goal.late(schedule):
        return reached
    if goal.weight["finish"] and not goal.first and not goal.late(schedule):
        rank = goal.rank(schedule)
        assert rank is not None
        allowed = rank[-1] / goal.weight["finish"] + 1e-9
        while reached <= longest and goal.week(reached) <= allowed:
            reached += 1
        return reached
    return max(longest, reached)


def _calendar(problem: Problem, horizon: int) -> tuple[int, list[int]]:
    """By working day, calendar days to its end; no schedule may run past the last date that a plan may hold."""
    day_of = problem.project.engagement.start.toordinal() - 1
    longest = max((bound.weeks for task in problem.tasks for bound in task.bounds), default=0)
    dates: list[int] = []
    try:
        while len(dates) < horizon + 1 or dates[-1] <= dates[horizon] + 7 * longest + 1:
            dates.append(problem.workdays[len(dates)].toordinal() - day_of)
    except TooFar:
        horizon = min(horizon, len(dates))
    return horizon, dates


def _gaps(problem: Problem, calendar: Sequence[int]) -> tuple[list[int], list[Pair]]:
    """Each working day's number if there were no days off, and where in a working week days are not worked.

    A gap (p, n): n days off follow the p-th working day of a week, the first being 0. The calendar day of a working
    day then is its number plus, for every gap, n for each time that it was passed, plus a constant.
    """
    week = sorted(WEEKDAYS.index(day) for day in problem.project.calendar.working_days)
    begin = problem.project.engagement.start.weekday()
    nominal = []
    for day in calendar:
        since = begin + day - 1
        nominal.append(since // 7 * len(week) + week.index(since % 7))
    following = [*week[1:], week[0] + 7]
    gaps = [(place, after - day - 1) for place, (day, after) in enumerate(zip(week, following, strict=True))]
    return nominal, [gap for gap in gaps if gap[1]]


def _roles(problem: Problem, horizon: int) -> list[Role]:
    found = []
    for role, steps in enumerate(problem.capacity_steps):
        loads = [(t.number, units) for t in problem.tasks for mine, units in t.loads if mine == role]
        if not loads:
            continue
        standing = [
            (task.begun, task.begun + task.days, dict(task.loads)[role])
            for number, _units in loads
            if (task := problem.tasks[number]).begun is not None
        ]
        changes = {problem.now, *(s for s, _u in steps), *(day for a, b, _u in standing for day in (a, b))}
        runs: list[Triple] = []
        for day in sorted(day for day in changes if problem.now <= day < horizon):
            units = problem.capacity(role, day)
            taken = sum(u for begin, end, u in standing if begin <= day < end)
            if not runs or runs[-1][1:] != (units, taken):
                runs.append((day, units, taken))
        found.append(Role([(n, u) for n, u in loads if problem.tasks[n].begun is None], runs))
    return found


def _shortest(problem: Problem, item: str) -> int:
    numbers = problem.tasks_of[item]
    group = problem.groups[problem.tasks[numbers[0]].group]
    if len(group.tasks) == len(numbers):
        return problem.shortest[group.number]
    return max(problem.tasks[n].days for n in numbers)


def _changes(problem: Problem, division: Division, begun: Sequence[bool]) -> list[Change]:
    items = list(problem.tasks_of)
    phase = [division.phase_of[problem.tasks[problem.tasks_of[item][0]].group] for item in items]
    stand = [any(begun[n] for n in problem.tasks_of[item]) for item in items]
    limits: list[tuple[int, list[int]]] = [(problem.absorption, list(range(len(items))))]
    for index, window in enumerate(division.windows):
        if window.limit is not None:
            limits.append((window.limit, [n for n in range(len(items)) if phase[n] == index]))
    return [
        Change(limit, [(n, problem.change(items[n])) for n in mine], [n for n in mine if stand[n]])
        for limit, mine in limits
        if mine
    ]


def _stages(problem: Problem, division: Division) -> list[Stage]:
    stages = []
    for index, window in enumerate(division.windows):
        inside = [n for g in problem.groups if division.phase_of[g.number] == index for n in g.tasks]
        if inside:
            stages.append(Stage(inside, window.overlap))
    return stages


def block_of(parts: Parts, tasks: Sequence[int]) -> Parts:
    """Some tasks alone, begun on day 0 at the earliest, in days that are all alike; without dates and without a goal.

    A relaxation: whatever holds for every schedule of it holds, counted from their gate, for ``tasks`` in every
    schedule of the whole in which none of them begins before that gate.
    """
    number_of = {task: number for number, task in enumerate(tasks)}

    def inside(others: Sequence[int]) -> list[int]:
        return [number_of[n] for n in others if n in number_of]

    days = [parts.days[n] for n in tasks]
    after = [(number_of[a], number_of[b], n) for a, b, n in parts.after if a in number_of and b in number_of]
    for a, b, weeks in parts.settles:
        if a in number_of and b in number_of:
            last = parts.days[a] - 1
            least = min(settled(parts.calendar, day, weeks) - day for day in range(parts.horizon))
            after.append((number_of[a], number_of[b], least + last))
    horizon = sum(days) + sum(max(0, n - days[a]) for a, _b, n in after) + 1
    whole = [n for n, item in enumerate(parts.items) if item and len(inside(item)) == len(item)]
    return Parts(
        days=days,
        low=[0] * len(days),
        high=[horizon] * len(days),
        begun=[False] * len(days),
        now=0,
        horizon=horizon,
        calendar=list(range(1, horizon + 2)),
        nominal=list(range(horizon + 1)),
        gaps=[],
        after=after,
        roles=[
            Role(
                [(number_of[n], units) for n, units in role.loads if n in number_of],
                [(0, max(max(0, units - taken) for _day, units, taken in role.runs), 0)],
            )
            for role in parts.roles
            if inside([n for n, _units in role.loads])
        ],
        stages=[Stage(list(range(len(days))), False)],
        items=[inside(parts.items[n]) for n in whole],
        shortest=[parts.shortest[n] for n in whole],
        changes=[
            Change(change.limit, mine, [])
            for change in parts.changes
            if (mine := [(whole.index(n), more) for n, more in change.items if n in whole])
        ],
    )


def settled(calendar: Sequence[int], day: int, weeks: int) -> int:
    """The first working day after ``weeks`` calendar weeks from working day ``day``; see ``schedule.settled``."""
    return bisect_left(calendar, calendar[day] + 7 * weeks + 1)
