"""Pains that the client ticks, and the targets that they ask for (domain.md §5.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner.edit.materialise import known_links, materialise
from planner.edit.refused import Refused, checked
from planner.graph.closure import closure, levels_required
from planner.model.answers import Pain
from planner.model.capability import capability, level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope, Project
from planner.model.rules import nearest
from planner.model.values import LOWEST, Fixed
from planner.text.i18n import _


@dataclass(frozen=True, slots=True)
class PainTarget:
    """The level that ``pains`` ask of a process, or (without pains) that ``pulled_by`` needs, for ``reason``.

    ``now`` is where the process stands, ``target`` where it is to go so far. One out of scope is named and left alone:
    somebody decided so.
    """

    process: str
    level: int
    now: int
    target: int
    in_scope: bool
    pains: tuple[str, ...] = ()
    pulled_by: str = ""
    reason: str = ""

    @property
    def item(self) -> str:
        """The capability."""
        return capability(self.process, self.level)

    @property
    def raises(self) -> bool:
        """Whether the target must rise for the pains; what is only pulled in needs no target of its own."""
        return bool(self.pains) and self.in_scope and self.level > self.target


@dataclass(frozen=True, slots=True)
class PainProposal:
    """What pains ask for: first what they name, then for each process the highest level that hard dependencies add.

    ``steps`` counts all levels to be climbed from where the client stands.
    """

    targets: tuple[PainTarget, ...]
    steps: int

    @property
    def wanted(self) -> tuple[PainTarget, ...]:
        """What the pains name."""
        return tuple(target for target in self.targets if target.pains)

    @property
    def added(self) -> tuple[PainTarget, ...]:
        """What these need besides."""
        return tuple(target for target in self.targets if not target.pains)


def tick(project: Project, catalogue: Catalogue, pain_id: str, weight: int = 1, note: str = "") -> Project:
    """``project`` with a pain of the catalogue that hurts as much as ``weight`` says (1, bearable, to 3).

    Its levels are copied into the plan. A pain ticked before takes the new weight and note. Raises Refused.
    """
    known = next((pain for pain in catalogue.pains if pain.id == pain_id), None)
    if known is None:
        advice = nearest(pain_id, [pain.id for pain in catalogue.pains])
        raise Refused(_("there is no pain {name!r} - {advice}").format(name=pain_id, advice=advice))
    name = known.name.in_(project.engagement.language)
    pain = Pain(id=known.id, name=name, weight=weight, levels=known.levels, note=note)
    ticked = {pain.id: pain for pain in project.pains} | {pain.id: pain}
    order = {known.id: place for place, known in enumerate(catalogue.pains)}
    pains = sorted(ticked.values(), key=lambda pain: order.get(pain.id, len(order)))
    return checked(project, replace(project, pains=tuple(pains)))


def untick(project: Project, pain_id: str) -> Project:
    """``project`` without a pain; targets that were raised for it stay. Raises Refused when it is not ticked."""
    if pain_id not in {pain.id for pain in project.pains}:
        advice = nearest(pain_id, [pain.id for pain in project.pains])
        raise Refused(_("the pain {name!r} is not ticked - {advice}").format(name=pain_id, advice=advice))
    return checked(project, replace(project, pains=tuple(pain for pain in project.pains if pain.id != pain_id)))


def propose_targets(project: Project, catalogue: Catalogue) -> tuple[PainTarget, ...]:
    """What the ticked pains ask for, process by process, then what hard dependencies add (without pains)."""
    return asked_by(project, catalogue, {pain.id: pain.levels for pain in project.pains}).targets


def asked_by(project: Project, catalogue: Catalogue, pains: Mapping[str, Mapping[str, int]]) -> PainProposal:
    """What ``pains`` (levels by process, by pain) ask for of a client who stands as in ``project``."""
    wanted: dict[str, int] = {}
    for levels in pains.values():
        for process, level in levels.items():
            wanted[process] = max(level, wanted.get(process, LOWEST))
    scopes = {process.id: process for process in _processes(project, catalogue)}
    aims = [_aiming(process, wanted.get(process.id, LOWEST)) for process in scopes.values()]
    needs = closure(aims, known_links(project, catalogue))
    required = levels_required(needs)

    def target(process: str, level: int) -> PainTarget:
        scope = scopes[process]
        return PainTarget(process, level, scope.level, scope.target_level, scope.in_scope)

    named = (
        replace(target(process, wanted[process]), pains=tuple(p for p, levels in pains.items() if process in levels))
        for process in scopes
        if process in wanted
    )
    added = (
        replace(target(process_of(item), level_of(item)), pulled_by=need.pulled_by, reason=need.reason)
        for item, need in needs.items()
        if required[process_of(item)] == level_of(item) > wanted.get(process_of(item), LOWEST)
        and process_of(item) in scopes
    )
    return PainProposal((*named, *added), len(needs))


def apply_pain_targets(project: Project, catalogue: Catalogue) -> Project:
    """``project`` with the targets that its ticked pains ask for; none is lowered, and the reasons name the pains.

    Processes out of scope are left alone; one that the plan does not list yet comes in. Raises Refused.
    """
    raised = {target.process: target for target in propose_targets(project, catalogue) if target.raises}
    names = {pain.id: pain.name for pain in project.pains}
    processes = tuple(
        _raised(process, raised[process.id], names) if process.id in raised else process
        for process in _processes(project, catalogue)
        if process.id in raised or process.id in project.process_by_id
    )
    if not raised:
        return project
    after = checked(project, replace(project, processes=processes))
    return checked(project, materialise(after, catalogue))


def _raised(process: ProcessScope, target: PainTarget, names: Mapping[str, str]) -> ProcessScope:
    said = [f"{pain}: {names[pain]}" for pain in target.pains if f"{pain}: {names[pain]}" not in process.reason]
    return replace(
        process,
        target=Fixed({dimension: max(level, target.level) for dimension, level in process.target.items()}),
        reason="; ".join([process.reason, *said] if process.reason else said),
    )


def _aiming(process: ProcessScope, level: int) -> ProcessScope:
    """``process`` with nothing but ``level`` as its target, in every dimension that stands lower."""
    return replace(process, target=Fixed({d: max(now, level) for d, now in process.baseline.items()}))


def _processes(project: Project, catalogue: Catalogue) -> Sequence[ProcessScope]:
    """The plan's processes, and those of the catalogue that it does not list, at level 1."""
    nothing = Fixed(dict.fromkeys(project.dimension_ids, LOWEST))
    language = project.engagement.language
    missing = (process for process in catalogue.processes if process.id not in project.process_by_id)
    return (
        *project.processes,
        *(ProcessScope(id=p.id, name=p.name.in_(language), baseline=nothing, target=nothing) for p in missing),
    )
