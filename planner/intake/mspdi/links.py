"""What waits for what: the links of a project file as dependencies of a plan.

In a file of the planner every package and capability says itself what it needs; the links only show it. So a link that
is one of those says nothing new, one that somebody has added becomes a dependency, and what somebody has taken all
links of is no longer needed. In other files links are all there is: those of headings and milestones are led on to the
packages within or behind them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from math import ceil
from urllib.parse import unquote

from planner.intake.mspdi.judge import Judge
from planner.intake.mspdi.outline import Outline
from planner.intake.mspdi.tasks import RawLink, Task
from planner.model.capability import level_of, process_of
from planner.model.project import Dependency
from planner.model.values import LinkType, Source, Strength
from planner.text.clean import one_line
from planner.text.i18n import _, listed
from planner.text.mspdi import SHORT, unpacked

MOST = 50_000
"""Dependencies that the links of headings and milestones may become."""

MOST_STEPS = 1_000_000
"""Milestones and packages that are passed while links are led on."""

_NUMBER, _LAG = re.compile(r"[0-9]{1,10}"), re.compile(r"-?[0-9]{1,4}")

MOST_LAG = 1000
LONG: dict[str, LinkType] = {short: type for type, short in SHORT.items()}
STRENGTHS: dict[str, Strength] = {"h": "hard", "s": "soft", "o": "off"}
SOURCES: dict[str, Source] = {"c": "catalogue", "o": "own"}


@dataclass(slots=True)
class Declared:
    """A dependency, or (``place``) the place of a package among others, as an item says it; ``shown`` by links."""

    dependency: Dependency
    place: bool
    shown: bool
    reasoned: bool
    seen: bool = False


@dataclass
class Needs:
    """What items need: dependencies, and by package those it comes ``after`` and those it starts ``alongside``."""

    dependencies: list[Dependency] = field(default_factory=list)
    after: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alongside: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tie:
    """``item`` waits for ``needs``, both numbers of packages; ``lag`` in working days."""

    needs: int
    item: int
    type: LinkType
    lag: int


def declared(tasks: list[Task], found: Outline, judge: Judge) -> dict[int, list[Declared]]:
    """What each package and capability of the planner says it needs, by the number of its task."""
    refs = {**found.capabilities, **found.ids}
    told: dict[int, list[Declared]] = {}
    for task in tasks:
        item = refs.get(task.uid)
        words = [word for key in ("needs", "needs2", "needs3") for word in unpacked(task.fields.get(key, ""))]
        for word in words if item else ():
            one = _declared(word, item or "", refs)
            if one is None:
                judge.note(
                    _("{item}: {word} in its needs is not understood").format(item=task.name, word=one_line(word))
                )
            else:
                told.setdefault(task.uid, []).append(one)
    return told


def _declared(word: str, item: str, refs: dict[int, str]) -> Declared | None:
    ref, _colon, rest = word.partition(":")
    parts = rest.split(":")
    if len(parts) != 3 or parts[0] not in LONG or not _LAG.fullmatch(parts[1]):
        return None
    needs = (
        one_line(unquote(ref[1:])) if ref.startswith("=") else refs.get(int(ref) if _NUMBER.fullmatch(ref) else -1, "")
    )
    signs, lag = parts[2], int(parts[1])
    if not needs or needs == item or not signs or abs(lag) > MOST_LAG:
        return None
    place = signs[0] == "p"
    return Declared(
        Dependency(
            item=item,
            needs=needs,
            type=LONG[parts[0]],
            lag=lag,
            strength=STRENGTHS.get(signs[0], "hard"),
            source=SOURCES.get(signs[1:2], "own"),
        ),
        place=place,
        shown=signs[0] in "hp" and "!" not in signs,
        reasoned="r" in signs[1:],
    )


def needs(tasks: list[Task], found: Outline, own: dict[int, list[Declared]], per_day: float, judge: Judge) -> Needs:
    """What items need, of what they say and of the links of their tasks. ``per_day``: working minutes of a day."""
    by_uid = {task.uid: task for task in tasks}
    ties = list(dict.fromkeys(_ties(tasks, by_uid, found, per_day, judge)))
    _no_circle(ties, by_uid, judge)
    said: dict[tuple[str, str, LinkType, int], list[Declared]] = {}
    for one in (one for several in own.values() for one in several):
        d = one.dependency
        said.setdefault((d.needs, d.item, d.type, d.lag), []).append(one)
    wanted = Needs()
    new: dict[tuple[str, str, str], Dependency] = {}
    for tie in ties:
        if not _explained(tie, said, found):
            dependency = Dependency(item=found.ids[tie.item], needs=found.ids[tie.needs], type=tie.type, lag=tie.lag)
            new.setdefault(dependency.key, dependency)
    gone = []
    for one in (one for several in own.values() for one in several):
        d = one.dependency
        if one.shown and not one.seen:
            gone.append(f"{d.item} < {d.needs}")
        elif one.place:
            side = wanted.after if d.type == "finish-start" else wanted.alongside
            side[d.item] = (*side.get(d.item, ()), d.needs)
        elif d.key not in new:
            wanted.dependencies.append(d)
    if gone:
        words = _("links that were taken out of the file are no longer needed: {names}")
        judge.note(words.format(names=listed(gone[:10])))
    wanted.dependencies += new.values()
    return wanted


def _explained(tie: Tie, said: dict[tuple[str, str, LinkType, int], list[Declared]], found: Outline) -> bool:
    """Whether a link shows what the plan has anyway: what an item says it needs, levels, or phases that overlap."""
    before, after = found.capability_of.get(tie.needs, ""), found.capability_of.get(tie.item, "")
    shows = False
    for needs in (found.ids[tie.needs], before):
        for item in (found.ids[tie.item], after):
            for one in said.get((needs, item, tie.type, tie.lag), ()) if needs and item else ():
                one.seen = shows = True
    if shows:
        return True
    rises = before and process_of(before) == process_of(after) and level_of(before) < level_of(after)
    if rises and tie.type == "finish-start":
        return True
    return tie.type == "start-start" and tie.lag == 0 and _overlaps(tie, found)


def _overlaps(tie: Tie, found: Outline) -> bool:
    here, there = found.phase_of.get(tie.item, ""), found.phase_of.get(tie.needs, "")
    return bool(found.gates) and here != there and any(p.id == here and p.overlap for p in found.phases)


def _ties(tasks: list[Task], by_uid: dict[int, Task], found: Outline, per_day: float, judge: Judge) -> Iterator[Tie]:
    """Links between packages, those of headings and milestones led on; gates are not followed."""
    through = _Through(tasks, by_uid, found)
    count = 0
    for task in tasks:
        for link in task.links:
            if link.needs not in by_uid:
                words = _("it waits for task {uid}, which is not in the file").format(uid=link.needs)
                judge.wrong(task.where, "PredecessorUID", words, _("take the link out, or add the task"))
                continue
            before = by_uid[link.needs]
            if before is task or _within(before, task) or _within(task, before):
                words = _("it waits for itself, or for what it is a part of")
                judge.wrong(task.where, "PredecessorUID", words, _("take the link out"))
                continue
            if task.uid in found.gates or before.uid in found.gates or task.kind == "milestone":
                continue
            lag = _lag(link, before, task, per_day, judge)
            items = through.begins(task, link.type)
            for needs in through.ends(before, link.type) if items else ():
                for item in items:
                    count += 1
                    if count > MOST or through.steps >= MOST_STEPS:
                        words = _("its links lead on to more than {n} dependencies").format(n=MOST)
                        judge.wrong(task.where, "PredecessorLink", words, _("link tasks instead of headings"))
                        return
                    if needs != item:
                        yield Tie(needs, item, link.type, lag)


def _within(task: Task, other: Task) -> bool:
    above = task.parent
    while above and above is not other:
        above = above.parent
    return above is other


class _Through:
    """Which packages a link of any task is about."""

    def __init__(self, tasks: list[Task], by_uid: dict[int, Task], found: Outline) -> None:
        self._packages = found.ids
        self._by_uid = by_uid
        self._followers: dict[int, list[Task]] = {}
        for task in tasks:
            for link in task.links:
                self._followers.setdefault(link.needs, []).append(task)
        self._known: dict[tuple[int, bool], list[int]] = {}
        self.steps = 0

    def ends(self, task: Task, type: LinkType) -> list[int]:
        """The packages that are waited for: of a heading those that nothing within it comes after."""
        return self._at(task, ends=type.startswith("finish-"))

    def begins(self, task: Task, type: LinkType) -> list[int]:
        """The packages that wait: of a heading those that wait for nothing within it; none behind a milestone."""
        if not task.children and task.uid not in self._packages:
            return []
        return self._at(task, ends=not type.endswith("-start"))

    def _at(self, task: Task, *, ends: bool) -> list[int]:
        """The first or last packages of ``task``. A milestone leads back to what it waits for."""
        known = self._known.get((task.uid, ends))
        if known is None:
            known = self._inner(task, ends=ends) if task.children else self._behind(task)
            self._known[task.uid, ends] = known
        return known

    def _inner(self, task: Task, *, ends: bool) -> list[int]:
        leaves = [leaf for leaf in task.leaves() if leaf.uid in self._packages]
        within = {leaf.uid for leaf in leaves}
        if ends:
            return [x.uid for x in leaves if not any(f.uid in within for f in self._followers.get(x.uid, ()))]
        return [x.uid for x in leaves if not any(link.needs in within for link in x.links)]

    def _behind(self, task: Task) -> list[int]:
        found, waiting, seen = list[int](), [task], {task.uid}
        while waiting and self.steps < MOST_STEPS:
            one = waiting.pop()
            self.steps += 1
            if one.uid in self._packages:
                found.append(one.uid)
            elif one.children:
                found += self._at(one, ends=True)
            else:
                before = {link.needs for link in one.links if link.needs in self._by_uid} - seen
                seen |= before
                waiting += (self._by_uid[uid] for uid in sorted(before))
        return found


def _lag(link: RawLink, before: Task, task: Task, per_day: float, judge: Judge) -> int:
    """The lag of a link in whole working days, rounded up; by days a start-finish link has one less."""
    minutes = link.lag
    if link.percent:
        minutes = (before.minutes or 0.0) * link.lag / 100
        judge.note(_("lags in percent were turned into working days"))
    days = minutes / per_day
    if link.elapsed and not link.percent:
        days = minutes / (24 * 60) * 5 / 7
        if before.kind != "package":
            judge.note(_("lags in elapsed days were turned into working days"))
    whole = ceil(round(days, 4))
    if whole != round(days, 4) and not (link.elapsed and not link.percent):
        judge.note(_("lags of parts of a day were rounded up to whole days"))
    if abs(whole) > MOST_LAG:
        words = _("a lag of {n} days").format(n=whole)
        judge.wrong(task.where, "LinkLag", words, _("use at most {n} days").format(n=MOST_LAG))
        return 0
    return whole - (link.type == "start-finish")


def _no_circle(ties: list[Tie], by_uid: dict[int, Task], judge: Judge) -> None:
    """A fault where packages wait for each other in a circle."""
    waits: dict[int, set[int]] = {}
    for tie in ties:
        waits.setdefault(tie.item, set()).add(tie.needs)
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as error:
        circle = error.args[1]
        names = [by_uid[uid].name or str(uid) for uid in circle[:8]]
        judge.wrong(
            by_uid[circle[0]].where,
            "PredecessorLink",
            _("tasks wait for each other in a circle: {names}").format(names=" -> ".join(names)),
            _("take one of these links out"),
        )
