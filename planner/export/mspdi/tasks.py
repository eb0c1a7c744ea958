"""The tasks of a project file, in their order: what stands in which row, on which days, with which fields and links."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

from planner.assessment.deliverables import deliverable_names
from planner.assessment.milestones import dated
from planner.export.handover import Handover
from planner.export.mspdi.network import End, network
from planner.export.mspdi.rows import Link, Row, Stretch, Value, evening
from planner.export.outline import PhaseOutline, outline
from planner.model.capability import level_of, process_of
from planner.model.measures import Milestone
from planner.model.project import Dependency, Phase, Planned, Project, Roadmap, WorkPackage
from planner.model.values import LinkType
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, listed
from planner.text.mspdi import MOST, SHORT, facts, spread, stamp

DELIVERABLES = ("deliverables", "deliverables2", "deliverables3")
NEEDS = ("needs", "needs2", "needs3")


def outlined(handover: Handover) -> list[Row]:
    """All tasks of the plan's roadmap. Raises ValueError when there is none."""
    if handover.project.roadmap is None:
        raise ValueError("the plan has no roadmap")
    return _Outline(handover, handover.project, handover.project.roadmap).rows()


class _Outline:
    def __init__(self, handover: Handover, project: Project, roadmap: Roadmap) -> None:
        self.project, self.roadmap, self.catalogue = project, roadmap, handover.catalogue
        self.network = network(project, roadmap)
        self.days = self.network.days
        self.found: list[Row] = []
        self.counts: list[int] = []
        self.phase = ""
        self.place = {package.id: place for place, package in enumerate(project.packages, 1)}
        self.baseline = max(project.baselines, key=lambda b: (b.taken, b.id), default=None)
        self.roles = {role.id: number for number, role in enumerate(project.roles, 1)}
        self.stones = {stone.id: stone for stone in project.milestones}
        self.needs: dict[str, list[Dependency]] = {}
        for dependency in project.dependencies:
            self.needs.setdefault(dependency.item, []).append(dependency)
        strategies = {one.id: one.name.in_(project.engagement.language) for one in handover.catalogue.strategies}
        self.strategy = strategies.get(roadmap.strategy, roadmap.strategy)

    def rows(self) -> list[Row]:
        for told in outline(self.project, self.roadmap):
            self._phase(told)
        self._milestones()
        self._waiting()
        self._around()
        uids = {row.end: row.uid for row in self.found}
        return [self._linked(row, uids) for row in self.found]

    def _add(self, level: int, name: str, end: End, **more: Any) -> None:
        """The next row. A name too long for the format stands in full at the head of the note."""
        del self.counts[level:]
        self.counts += [0] * (level - len(self.counts))
        self.counts[-1] += 1
        row = Row(
            uid=len(self.found) + 1, level=level, number=".".join(map(str, self.counts)), name="", end=end, **more
        )
        whole = one_line(name) or end[1]
        if len(whole) > MOST:
            note = f"{whole}\n\n{row.note}" if row.note else whole
            row = replace(row, note=note, facts={**row.facts, "name": "note"})
            whole = whole[: MOST - 1] + "…"
        self.found.append(replace(row, name=whole))

    def _phase(self, told: PhaseOutline) -> None:
        phase = told.phase
        self.phase = phase.id
        self._add(
            1,
            phase.name,
            ("phase", phase.id),
            summary=bool(told.items) or phase.id in self.network.gates,
            no_earlier=phase.not_before,
            deadline=phase.not_after,
            fields={"id": phase.id},
            facts={"kind": "phase", "limit": phase.limit, "overlap": phase.overlap or None, "source": phase.source}
            | {"items": len(phase.exit_criteria)},
            note=phase.goal,
            items=phase.exit_criteria,
        )
        for item in told.items:
            if item.packages[0].capability:
                self._capability(item.id, item.packages)
            else:
                self._package(2, item.packages[0])
        if phase.id in self.network.gates:
            self._gate(phase, self.network.gates[phase.id])

    def _gate(self, phase: Phase, day: date) -> None:
        told = self.project.progress_of
        here = (item for item, place in self.roadmap.packages.items() if place.phase == phase.id)
        done = all(item in told and told[item].finish for item in here)
        decisions = [decision for decision in self.project.decisions if decision.phase == phase.id]
        self._add(
            2,
            _("Gate: {phase}").format(phase=phase.name),
            ("gate", phase.id),
            stretch=Stretch(start=day, finish=day, begun=done, ended=done, late=True),
            deadline=phase.not_after,
            fields={"id": phase.id},
            facts={"kind": "gate"},
            note="\n".join(f"{made.made} {_(made.verdict)} {made.note}".rstrip() for made in decisions),
            items=phase.exit_criteria,
        )

    def _capability(self, ident: str, packages: tuple[WorkPackage, ...]) -> None:
        process = self.project.process_by_id[process_of(ident)]
        pin = self.project.pin_by_item.get(ident)
        self._add(
            2,
            self.project.title(ident),
            ("capability", ident),
            summary=True,
            no_earlier=pin.not_before if pin else None,
            fields={
                "id": ident,
                **self._promised(ident),
                "process": process.name,
                "level": level_of(ident),
                "now": facts(process.baseline),
                "wanted": facts(process.target),
            },
            facts={"kind": "capability", "importance": process.importance, "scope": int(process.in_scope)},
            **self._promise(ident),
        )
        for package in sorted(packages, key=self._order):
            self._package(3, package)

    def _order(self, package: WorkPackage) -> tuple[date, int]:
        place = self.roadmap.packages.get(package.id)
        return (place.start if place else date.max, self.place[package.id])

    def _package(self, level: int, package: WorkPackage) -> None:
        place = self.roadmap.packages.get(package.id)
        process = self.project.process_by_id.get(process_of(package.capability))
        effort = {str(self.roles[role]): "/".join(map(_plain, e)) for role, e in package.effort.items()}
        self._add(
            level,
            package.name,
            ("package", package.id),
            package=package,
            note=package.note,
            fields={
                "id": package.id,
                **self._promised(package.id),
                "process": process.name if process else None,
                "level": level_of(package.capability) or None,
                "workstream": _(package.workstream),
                "strategy": self.strategy,
                "days": "/".join(map(str, package.days)),
                "effort": facts(effort),
                **dict(zip(DELIVERABLES, spread(package.deliverables, len(DELIVERABLES)), strict=False)),
                "order": self.place[package.id],
            },
            facts={
                "kind": "package",
                "source": package.source,
                "phase": place.phase if place and place.phase != self.phase else None,
            },
            **self._promise(package.id),
        )
        names = deliverable_names(self.project, self.catalogue, package)
        if names:
            row = self.found[-1]
            told = tuple(labelled(_("Deliverable"), name) for name in names)
            self.found[-1] = replace(row, items=(*row.items, *told), facts={**row.facts, "more": len(told)})
        if place:
            self._worked(package, place.start, place.finish)

    def _worked(self, package: WorkPackage, start: date, finish: date) -> None:
        """The days of the last row, how far it is, and whether only its links keep it from starting earlier."""
        row = self.found[-1]
        days = max(1, self.days.count(start, finish))
        told, as_of = self.project.progress_of.get(package.id), self.project.engagement.as_of
        ended = bool(told and told.finish)
        done = days if ended else min(days - 1, max(0, self.days.count(start, as_of or start))) if told else 0
        late = not told and self.days.number(start) > self.network.earliest[package.id]
        planned = self.baseline.packages.get(package.id) if self.baseline else None
        if not self.baseline:
            planned = Planned(start=start, finish=finish, days=days, effort=package.person_days)
        fields: dict[str, Value] = {"stamp": stamp(start, finish, days, done, bool(told), ended)}
        if told:
            fields |= {"begun": told.start, "ended": told.finish, "remaining": told.remaining}
        stretch = Stretch(start=start, finish=finish, days=days, done=done, begun=bool(told), ended=ended)
        self.found[-1] = replace(
            row,
            stretch=stretch,
            no_earlier=start if late else None,
            planned=planned,
            fields={**row.fields, **fields},
        )

    def _promise(self, item: str) -> dict[str, Any]:
        """The deadline of an item, and why it has that and needs what it needs."""
        pin = self.project.pin_by_item.get(item)
        reasons = [*(d.reason for d in self.needs.get(item, ())), pin.reason if pin else ""]
        return {"deadline": pin.deadline if pin else None, "items": tuple(reason for reason in reasons if reason)}

    def _promised(self, item: str) -> dict[str, Value]:
        """What was promised of an item and what it should come after, as fields."""
        pin = self.project.pin_by_item.get(item)
        wishes = listed(self.project.title(d.needs) for d in self.needs.get(item, ()) if d.strength == "soft")
        found: dict[str, Value] = {"wishes": wishes}
        if pin:
            promise = {"phase": pin.phase, "source": pin.source, "because": 1 if pin.reason else None}
            found |= {"promise": facts(promise), "not_before": pin.not_before, "slips": pin.may_slip or None}
        return found

    def _around(self) -> None:
        """Give every heading the days of what stands below it."""
        below: dict[int, list[Row]] = {}
        for place in range(len(self.found) - 1, -1, -1):
            row = self.found[place]
            inner = below.pop(row.level + 1, [])
            if row.summary and inner:
                row = self.found[place] = replace(row, stretch=self._span(inner))
            if row.stretch:
                below.setdefault(row.level, []).append(row)

    def _span(self, rows: list[Row]) -> Stretch:
        begin = min(row.begin for row in rows if row.begin)
        start, finish, late = (
            begin.date(),
            max(row.stretch.finish for row in rows if row.stretch),
            begin == evening(begin.date()),
        )
        first = self.days.last(start) + 1 if late else self.days.number(start)
        return Stretch(start=start, finish=finish, days=self.days.last(finish) + 1 - first, late=late)

    def _milestones(self) -> None:
        stones = dated(self.project)
        if not stones:
            return
        self._add(1, _("Milestones"), ("heading", "milestones"), summary=True, facts={"kind": "heading"})
        for stone, day in stones:
            self._milestone(stone, day)

    def _milestone(self, stone: Milestone, day: date | None) -> None:
        self._add(
            2,
            stone.name,
            ("milestone", stone.id),
            stretch=Stretch(start=day, finish=day, late=True, fixed=not self._behind(stone)) if day else None,
            fields={"id": stone.id, "kind": stone.kind},
            facts={"kind": "milestone", "day": stone.day, "item": stone.item, "phase": stone.phase}
            | {"months": stone.months or None, "source": stone.source, "items": 1 if stone.reason else None},
            items=(stone.reason,) if stone.reason else (),
        )

    def _behind(self, stone: Milestone) -> list[End]:
        """What a milestone comes at the end of, where it does so on that very day."""
        if stone.day or stone.months:
            return []
        if stone.item:
            return [("package", package.id) for package in self.network.ends.get(stone.item, ())]
        return [("gate", stone.phase)] if stone.phase in self.network.gates else []

    def _waiting(self) -> None:
        """What the roadmap gives no days, where nothing of its capability has any."""
        shown = {row.end for row in self.found}
        left = [package for package in self.project.packages if ("package", package.id) not in shown]
        if not left:
            return
        self._add(1, _("Without dates"), ("heading", "waiting"), summary=True, facts={"kind": "heading"})
        for item, packages in self.project.packages_of.items():
            if item and ("capability", item) not in shown:
                self._capability(item, packages)
        for package in left:
            if not package.capability:
                self._package(2, package)

    def _linked(self, row: Row, uids: dict[End, int]) -> Row:
        """``row`` with its links, and what it needs as the plan says it, by the numbers of tasks."""
        ties = self.network.ties.get(row.end, ())
        links = [Link(uids[tie.needs], tie.type, tie.lag, tie.weeks) for tie in ties]
        if row.end[0] == "milestone":
            behind = self._behind(self.stones[row.end[1]]) if row.stretch else []
            links = [Link(uids[end], "finish-start", 0, 0) for end in behind]
        fields = dict(row.fields)
        if row.end[0] in ("capability", "package"):
            fields |= self._needed(row.end[1], uids)
        return replace(row, links=tuple(links), fields=fields)

    def _needed(self, item: str, uids: dict[End, int]) -> dict[str, Value]:
        """The dependencies of ``item`` and its place among packages, as many as the fields have room for."""
        words = []
        for d in self.needs.get(item, ()):
            end = ("capability" if level_of(d.needs) else "package", d.needs)
            ref = str(uids[end]) if end in uids else "=" + quote(d.needs)
            untied = d.strength == "hard" and d.key not in self.network.tied
            signs = d.strength[0] + d.source[0] + "!" * untied + "r" * bool(d.reason)
            words.append(f"{ref}:{SHORT[d.type]}:{d.lag}:{signs}")
        package = self.project.package_by_id.get(item)
        places: tuple[tuple[LinkType, tuple[str, ...]], ...] = ()
        if package:
            places = (("finish-start", package.after), ("start-start", package.alongside))
        for type, others in places:
            for other in others:
                untied = (item, other, type) not in self.network.tied
                words.append(f"{uids['package', other]}:{SHORT[type]}:0:p{'!' * untied}")
        return dict(zip(NEEDS, spread(words, len(NEEDS)), strict=False))


def _plain(value: float) -> str:
    return repr(float(value)).removesuffix(".0")
