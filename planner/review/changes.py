"""What changed between two plans in planning terms: targets, promises, phases, dates, effort, work, dependencies."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.model.project import Baseline, Project
from planner.review.causes import date_causes, effort_causes
from planner.review.differences import ORDER, Difference, differences
from planner.review.sides import Names, Side, Stand
from planner.text.clean import one_line
from planner.text.i18n import N_, _, ngettext

Kind = Literal["target", "frame", "promise", "phase", "dates", "effort", "work", "need", "progress"]

KINDS: Mapping[Kind, str] = {
    "target": N_("Targets"),
    "frame": N_("What the dates rest on"),
    "promise": N_("Promises"),
    "phase": N_("Phases"),
    "dates": N_("Dates"),
    "effort": N_("Effort"),
    "work": N_("Work added or removed"),
    "need": N_("Dependencies"),
    "progress": N_("Progress"),
}
"""The kinds of change in the order in which they are told, with their headings."""

_FRAME = frozenset(
    {("engagement", "start"), ("engagement", "as_of"), ("engagement", "size"), ("roles", "fte"), ("roles", "changes")}
)
"""Fields on which dates rest, beside the whole calendar and the limits on change."""

_PROMISES = frozenset({"not_before", "not_after", "limit", "overlap"})
"""Fields of a phase that promise something."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what ``item`` was (``was``) and is (``now``); both are words, empty for what did not exist."""

    kind: Kind
    item: str
    was: str
    now: str
    words: str


def changes(project: Project, baseline: Baseline) -> tuple[Change, ...]:
    """Everything in which ``project`` differs from ``baseline``, by kind and then in plan order."""
    return between(baseline, project)


def between(
    old: Project | Baseline,
    new: Project | Baseline,
    known: Sequence[Project] = (),
    found: Sequence[Difference] | None = None,
) -> tuple[Change, ...]:
    """What changed from ``old`` to ``new`` in planning terms, by kind and then in plan order.

    Between two whole plans also what the dates rest on, which a baseline does not keep. ``known`` are plans that may
    know the names of what is in neither; ``found`` are the ``differences`` of two whole plans, where they are known.
    """
    was, now = Side.of(old), Side.of(new)
    names = Names((now, was), known)
    changed = [*_targets(was, now, names), *_strategy(was, now), *_phases(was, now), *_work(was, now, names)]
    changed += _needs(was, now, names)
    if was.project and now.project:
        told = {change.item for change in changed if change.kind == "target"}
        changed += _beside(differences(was.project, now.project) if found is None else found, told)
    order = list(KINDS)
    return tuple(sorted(changed, key=lambda change: order.index(change.kind)))


def _targets(was: Side, now: Side, names: Names) -> Iterator[Change]:
    for process in [*now.targets, *(one for one in was.targets if one not in now.targets)]:
        before, after = was.targets.get(process), now.targets.get(process)
        if before == after:
            continue
        name = names.process(process)
        if before is None:
            words = _("{process} has come into scope, with target level {now}").format(process=name, now=after)
        elif after is None:
            words = _("{process} has gone out of scope").format(process=name)
        else:
            words = _("{process}: target level {was} -> {now}").format(process=name, was=before, now=after)
        yield Change("target", process, str(before or ""), str(after or ""), words)


def _strategy(was: Side, now: Side) -> Iterator[Change]:
    if was.strategy != now.strategy and was.strategy and now.strategy:
        words = _("The roadmap follows another strategy: {was} -> {now}")
        old, new = one_line(was.strategy), one_line(now.strategy)
        yield Change("frame", "", old, new, words.format(was=old, now=new))


def _beside(found: Sequence[Difference], told: Collection[str]) -> Iterator[Change]:
    """What the dates rest on, promises, progress and the order of phases, as the fields say it.

    Also targets of single dimensions, where nothing of the process is ``told`` already.
    """
    for one in found:
        field = one.field.split(".")[0]
        kind: Kind | None = None
        if one.table in ("calendar", "limits") or (one.table, field) in _FRAME:
            kind = "frame"
        elif one.table == "pins" or (one.table == "phases" and field in _PROMISES):
            kind = "promise"
        elif one.table == "progress" and field != "note":
            kind = "progress"
        elif one.table == "phases" and field == ORDER:
            kind = "phase"
        elif one.table == "processes" and field == "target" and one.item not in told:
            kind = "target"
        if kind:
            yield Change(kind, one.item, one.was, one.now, one.words)


def _phases(was: Side, now: Side) -> Iterator[Change]:
    for phase in [*now.phases, *(one for one in was.phases if one not in now.phases)]:
        before, after = one_line(was.phases.get(phase, "")), one_line(now.phases.get(phase, ""))
        if before == after:
            continue
        if not before:
            words = _("new phase {name}").format(name=after)
        elif not after:
            words = _("phase {name} is no more").format(name=before)
        else:
            words = _("phase {was} is called {now}").format(was=before, now=after)
        yield Change("phase", phase, before, after, words)


def _work(was: Side, now: Side, names: Names) -> Iterator[Change]:
    before, after = was.stands, now.stands
    for item in [*after, *(one for one in before if one not in after)]:
        name = names.item(item)
        if item not in before:
            yield Change("work", item, "", name, _("{item} is new").format(item=name))
        elif item not in after:
            yield Change("work", item, name, "", _("{item} is no longer in the plan").format(item=name))
        else:
            yield from _moved(was, now, names, item)


def _moved(was: Side, now: Side, names: Names, item: str) -> Iterator[Change]:
    name, before, after = names.item(item), was.stands[item], now.stands[item]
    if before.phase != after.phase and before.phase and after.phase:
        old, new = _phase_words(was, now, before.phase), _phase_words(now, was, after.phase)
        if old == new:
            old, new = _quoted(was, before.phase), _quoted(now, after.phase)
        words = _("{item}: from {was} to {now}").format(item=name, was=old, now=new)
        yield Change("phase", item, old, new, words)
    if (before.start, before.finish) != (after.start, after.finish):
        told = _shifted(name, before, after)
        if causes := _("; ").join(date_causes(was, now, names, item)) if before.finish and after.finish else "":
            told = _("{change} - with it: {causes}").format(change=told, causes=causes)
        yield Change("dates", item, _span(before), _span(after), told)
    more = round(after.effort - before.effort, 1)
    if more:
        days = 1 if abs(more) == 1 else 2
        words = ngettext("{item}: effort {more:+g} person-day", "{item}: effort {more:+g} person-days", days)
        words = words.format(item=name, more=more)
        if causes := _("; ").join(effort_causes(was, now, names, before, after)):
            words = _("{change} because {causes}").format(change=words, causes=causes)
        yield Change("effort", item, f"{before.effort:g}", f"{after.effort:g}", words)


def _phase_words(side: Side, other: Side, phase: str) -> str:
    number = side.number(phase) or other.number(phase)
    return _("phase {n}").format(n=number) if number else one_line(phase)


def _quoted(side: Side, phase: str) -> str:
    return _("phase {name}").format(name=one_line(side.phases.get(phase, phase)))


def _span(stand: Stand) -> str:
    return _("{start} to {finish}").format(start=stand.start, finish=stand.finish) if stand.finish else ""


def _shifted(name: str, was: Stand, now: Stand) -> str:
    if was.finish is None or now.finish is None:
        told = (
            _("{item} has a place in the roadmap now") if now.finish else _("{item} has lost its place in the roadmap")
        )
        return told.format(item=name)
    days = (now.finish - was.finish).days
    if days > 0:
        told = ngettext("{item}: finishes {n} day later, {day}", "{item}: finishes {n} days later, {day}", days)
    elif days < 0:
        told = ngettext("{item}: finishes {n} day earlier, {day}", "{item}: finishes {n} days earlier, {day}", -days)
    else:
        told = _("{item}: starts on {start} instead of {before}, finishes as before")
    return told.format(item=name, n=abs(days), day=now.finish, start=now.start, before=was.start)


def _needs(was: Side, now: Side, names: Names) -> Iterator[Change]:
    for item, needs in sorted({*was.needs, *now.needs}):
        before, after = was.needs.get((item, needs)), now.needs.get((item, needs))
        one, other = names.item(item), names.item(needs)
        if before is None:
            yield Change("need", item, "", needs, _("{item} now needs {needs}").format(item=one, needs=other))
        elif after is None:
            yield Change("need", item, needs, "", _("{item} no longer needs {needs}").format(item=one, needs=other))
        elif before != after:
            words = _("{item} needs {needs} in another way: {was} -> {now}")
            yield Change("need", item, before, after, words.format(item=one, needs=other, was=_(before), now=_(after)))


def newest(baselines: Sequence[Baseline]) -> Baseline | None:
    """The baseline taken last; of those of one day the one that stands last."""
    return max(enumerate(baselines), key=lambda one: (one[1].taken, one[0]))[1] if baselines else None


def agreed(baselines: Sequence[Baseline]) -> Baseline | None:
    """The baseline that a plan is held against: the last one that somebody has approved, else the last one."""
    return newest([one for one in baselines if one.approved_by]) or newest(baselines)
