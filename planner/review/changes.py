"""What changed in a plan since a baseline, in planning terms: targets, phases, dates, effort, work, dependencies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from planner.edit.review import planned
from planner.model.project import Baseline, Planned, Project
from planner.text.i18n import N_, _, listed, ngettext

Kind = Literal["target", "phase", "work", "dates", "effort", "need"]

KINDS: Mapping[Kind, str] = {
    "target": N_("Targets"),
    "phase": N_("Phases"),
    "dates": N_("Dates"),
    "effort": N_("Effort"),
    "work": N_("Work added or removed"),
    "need": N_("Dependencies"),
}
"""The kinds of change in the order in which they are told, with their headings."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what ``item`` was (``was``) and is (``now``); both are words, empty for what did not exist."""

    kind: Kind
    item: str
    was: str
    now: str
    words: str


def changes(project: Project, baseline: Baseline) -> tuple[Change, ...]:
    """Everything in which ``project`` differs from ``baseline``, by kind and then in plan order."""
    order = list(KINDS)
    found = [*_targets(project, baseline), *_phases(project, baseline), *_work(project, baseline)]
    found += _needs(project, baseline)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _targets(project: Project, baseline: Baseline) -> Iterator[Change]:
    now = {process.id: process.target_level for process in project.processes if process.in_scope}
    for process in [*now, *(one for one in baseline.targets if one not in now)]:
        before, after = baseline.targets.get(process), now.get(process)
        if before == after:
            continue
        known = project.process_by_id.get(process)
        name = known.name if known else process
        if before is None:
            words = _("{process} has come into scope, with target level {now}").format(process=name, now=after)
        elif after is None:
            words = _("{process} has gone out of scope").format(process=name)
        else:
            words = _("{process}: target level {was} -> {now}").format(process=name, was=before, now=after)
        yield Change("target", process, str(before or ""), str(after or ""), words)


def _phases(project: Project, baseline: Baseline) -> Iterator[Change]:
    now = {phase.id: phase.name for phase in project.phases}
    for phase in [*now, *(one for one in baseline.phases if one not in now)]:
        before, after = baseline.phases.get(phase, ""), now.get(phase, "")
        if before == after:
            continue
        if not before:
            words = _("new phase {name}").format(name=after)
        elif not after:
            words = _("phase {name} is no more").format(name=before)
        else:
            words = _("phase {was} is called {now}").format(was=before, now=after)
        yield Change("phase", phase, before, after, words)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A capability, or a package of the whole programme: where it stands, how long, and what it takes."""

    phase: str
    start: date | None
    finish: date | None
    effort: float
    packages: frozenset[str]


def _work(project: Project, baseline: Baseline) -> Iterator[Change]:
    before = _stands(baseline.packages, {phase: n for n, phase in enumerate(baseline.phases, 1)})
    after = _stands(planned(project), {phase.id: n for n, phase in enumerate(project.phases, 1)})
    for item in [*after, *(one for one in before if one not in after)]:
        name = _name(project, baseline, item)
        if item not in before:
            yield Change("work", item, "", name, _("{item} is new").format(item=name))
        elif item not in after:
            yield Change("work", item, name, "", _("{item} is no longer in the plan").format(item=name))
        else:
            yield from _difference(item, name, before[item], after[item])


def _stands(packages: Mapping[str, Planned], number: Mapping[str, int]) -> dict[str, _Stand]:
    groups: dict[str, list[str]] = {}
    for ident, package in packages.items():
        groups.setdefault(package.capability or ident, []).append(ident)
    stands = {}
    for item, idents in groups.items():
        works = [packages[ident] for ident in idents]
        last = max((work for work in works if work.finish), key=lambda work: (work.finish, work.phase), default=None)
        stands[item] = _Stand(
            phase=str(number.get(last.phase, last.phase)) if last else "",
            start=min((work.start for work in works if work.start), default=None),
            finish=last.finish if last else None,
            effort=sum(work.effort for work in works),
            packages=frozenset(idents),
        )
    return stands


def _difference(item: str, name: str, was: _Stand, now: _Stand) -> Iterator[Change]:
    if was.phase != now.phase and was.phase and now.phase:
        words = _("{item}: from phase {was} to phase {now}").format(item=name, was=was.phase, now=now.phase)
        yield Change("phase", item, was.phase, now.phase, words)
    if (was.start, was.finish) != (now.start, now.finish):
        yield Change("dates", item, _span(was), _span(now), _shifted(name, was, now))
    more = round(now.effort - was.effort, 1)
    if more:
        added, taken = len(now.packages - was.packages), len(was.packages - now.packages)
        why = [
            ngettext("{n} package added", "{n} packages added", added).format(n=added) if added else "",
            ngettext("{n} package removed", "{n} packages removed", taken).format(n=taken) if taken else "",
        ]
        words = _("{item}: effort {more:+g} person-days").format(item=name, more=more)
        because = listed(part for part in why if part)
        yield Change("effort", item, f"{was.effort:g}", f"{now.effort:g}", f"{words} ({because})" if because else words)


def _span(stand: _Stand) -> str:
    return _("{start} to {finish}").format(start=stand.start, finish=stand.finish) if stand.finish else ""


def _shifted(name: str, was: _Stand, now: _Stand) -> str:
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


def _name(project: Project, baseline: Baseline, item: str) -> str:
    title = project.title(item)
    return baseline.packages[item].name or item if title == item and item in baseline.packages else title


def _needs(project: Project, baseline: Baseline) -> Iterator[Change]:
    now = {(d.item, d.needs): d for d in project.dependencies if d.strength == "hard"}
    before = {(need.item, need.needs) for need in baseline.needs}
    for item, needs in sorted(now.keys() - before):
        words = _("{item} now needs {needs}").format(item=project.title(item), needs=project.title(needs))
        yield Change("need", item, "", needs, words)
    for item, needs in sorted(before - now.keys()):
        words = _("{item} no longer needs {needs}").format(item=project.title(item), needs=project.title(needs))
        yield Change("need", item, needs, "", words)


def newest(baselines: Sequence[Baseline]) -> Baseline | None:
    """The baseline taken last; of those of one day the one that stands last."""
    return max(enumerate(baselines), key=lambda one: (one[1].taken, one[0]))[1] if baselines else None
