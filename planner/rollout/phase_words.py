"""What a phase says: what it delivers, when it may end, what users notice of it, and how far away it is.

The strategy gives a phase its intent (``Phase.goal``) where it holds the work for it (``phase_names``). What it
delivers is read off the roadmap and so stays true when work is moved. A gate that the strategy does not give is taken
from the plan and the catalogue: what is measured and handed over, and what must be so at the level that the phase
reaches (domain.md §3.2). All texts are in the plan's language: they become part of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.assessment.dates import end_of_phase, finish_of, phase_of
from planner.assessment.gates import measured
from planner.edit.start import BENEFIT
from planner.model.calendar import months_after
from planner.model.capability import level_of, process_of
from planner.model.knowledge import Catalogue, Horizon
from planner.model.measures import Milestone
from planner.model.project import Phase, Project, Roadmap
from planner.model.rating import asked, profile_of
from planner.rollout.phases import kept
from planner.rollout.result import Proposal
from planner.text.i18n import N_, said_in

NAMED = 2
"""How many processes a criterion names before it says how many more there are."""

HANDED_OVER = 4
"""The most deliverables that make a criterion: nobody reads a longer list at a gate."""


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """What a phase says.

    ``delivers``: the capabilities it reaches, in that order. ``goal``: them in words, each process at the highest level
    that it gets here. ``gate``: when the phase may end. ``benefit``: what users notice first, a milestone that hangs on
    the end of the phase; None where nothing is delivered. ``horizon``: the one in which the middle of the phase lies;
    None while nothing is placed in it.
    """

    delivers: tuple[str, ...]
    goal: str
    gate: tuple[str, ...]
    benefit: Milestone | None
    finish: date | None
    horizon: Horizon | None


def phase_facts(
    project: Project, catalogue: Catalogue, roadmap: Roadmap | None = None, phases: tuple[Phase, ...] | None = None
) -> dict[str, PhaseFacts]:
    """What each phase says, by id; ``roadmap`` and ``phases`` default to the plan's own."""
    roadmap = roadmap or project.roadmap or Roadmap()
    found = {}
    for phase in project.phases if phases is None else phases:
        items = _delivered(project, roadmap, phase.id)
        finish = end_of_phase(project, roadmap, phase.id)
        found[phase.id] = PhaseFacts(
            delivers=items,
            goal=_goal(project, items),
            gate=phase.exit_criteria or _gate(project, catalogue, items),
            benefit=_benefit(project, catalogue, roadmap, phase.id, items),
            finish=finish,
            horizon=_horizon(project, catalogue, roadmap, phase.id, finish),
        )
    return found


def furnished(project: Project, catalogue: Catalogue, proposal: Proposal) -> Proposal:
    """``proposal`` whose phases all have a goal and a gate; see ``with_gates``."""
    return replace(proposal, phases=with_gates(project, catalogue, proposal.roadmap, proposal.phases))


def with_gates(
    project: Project, catalogue: Catalogue, roadmap: Roadmap, phases: tuple[Phase, ...]
) -> tuple[Phase, ...]:
    """``phases`` of a proposed ``roadmap``; those that the strategy gave no goal or gate get it from what they deliver.

    Phases that somebody made or edited stay as they are.
    """
    facts = phase_facts(project, catalogue, roadmap, phases)
    return tuple(
        phase
        if kept(phase)
        else replace(phase, goal=phase.goal or facts[phase.id].goal, exit_criteria=facts[phase.id].gate)
        for phase in phases
    )


def _delivered(project: Project, roadmap: Roadmap, phase: str) -> tuple[str, ...]:
    days = [
        (day, item)
        for item in project.capabilities
        if phase_of(project, roadmap, item) == phase and (day := finish_of(project, roadmap, item))
    ]
    return tuple(item for _day, item in sorted(days, key=lambda pair: pair[0]))


def _levels(items: Sequence[str]) -> dict[str, int]:
    """The highest level of each process among ``items``."""
    found: dict[str, int] = {}
    for item in items:
        found[process_of(item)] = max(level_of(item), found.get(process_of(item), 0))
    return found


def _goal(project: Project, items: Sequence[str]) -> str:
    language = project.engagement.language
    if not items:
        return said_in(language, N_("The work of the whole programme is done."))
    reached: dict[int, list[str]] = {}
    for process, level in _levels(items).items():
        reached.setdefault(level, []).append(project.process_by_id[process].name)
    words = said_in(language, N_("level {level}: {names}"))
    comma = said_in(language, N_(", "))
    parts = [words.format(level=level, names=comma.join(reached[level])) for level in sorted(reached, reverse=True)]
    return said_in(language, N_("Reached at {levels}.")).format(levels="; ".join(parts))


def _gate(project: Project, catalogue: Catalogue, items: Sequence[str]) -> tuple[str, ...]:
    """What must be so at the highest level that ``items`` reach, first of all what can be seen or measured.

    These are indicators, then for each dimension that is lifted what is handed over there, or where that is too long a
    list a criterion of the questionnaire; as many lines as there are such dimensions.
    """
    language = project.engagement.language
    levels = _levels(items)
    profile = profile_of(project, catalogue)
    if not levels or profile is None:
        return (said_in(language, N_("The work of this phase is finished and accepted")),)
    top = max(levels.values())
    processes = [process for process, level in levels.items() if level == top]
    criteria = [c for c in asked(profile, processes[0]) if c.level == top and not c.symptom]
    first = {c.dimension: c.text.in_(language).rstrip(".。") for c in reversed(criteria)}
    handed = _handed_over(project, catalogue, [item for item in items if level_of(item) == top])
    names = _named(project, processes)
    seen, asked_for = (
        said_in(language, N_("{names}, handed over: {what}")),
        said_in(language, N_("{names}: {criterion}")),
    )
    lifted = [d for d in project.dimension_ids if d in handed and (handed[d] or d in first)]
    lines = _measured(project, processes) if top >= catalogue.defaults.measured_from else []
    lines += [
        seen.format(names=names, what=handed[d]) if handed[d] else asked_for.format(names=names, criterion=first[d])
        for d in lifted
    ]
    if not lines:
        assessed = said_in(language, N_("{names}: assessed at level {level}"))
        return (assessed.format(names=names, level=top),)
    return tuple(lines[: max(1, len(lifted))])


def _handed_over(project: Project, catalogue: Catalogue, items: Sequence[str]) -> dict[str, str]:
    """By dimension that ``items`` lift, what their packages hand over there; nothing where that is a long list."""
    language = project.engagement.language
    called = {known.id: known.name.in_(language) for known in catalogue.deliverables}
    found: dict[str, dict[str, None]] = {}
    for item in items:
        for package in project.packages_of[item]:
            for dimension in project.lifted_by(package.workstream):
                found.setdefault(dimension, {}).update(dict.fromkeys(package.deliverables))
    comma = said_in(language, N_(", "))
    return {
        dimension: comma.join(called.get(one, one) for one in what) if len(what) <= HANDED_OVER else ""
        for dimension, what in found.items()
    }


def _measured(project: Project, processes: Sequence[str]) -> list[str]:
    """For each of the most important ``processes`` that has one, its first indicator with a target."""
    words = said_in(project.engagement.language, N_("{name}: measured and reported against the target of {value}"))
    found = []
    for process in _ranked(project, processes):
        for indicator in project.indicators:
            if process in indicator.processes and not indicator.perspective and indicator.target is not None:
                value = measured(indicator.target, indicator.unit)
                found.append(words.format(name=indicator.name, value=value))
                break
    return found[:NAMED]


def _ranked(project: Project, processes: Sequence[str]) -> list[str]:
    """``processes``, the most important first."""
    return sorted(processes, key=lambda process: -project.process_by_id[process].importance)


def _named(project: Project, processes: Sequence[str]) -> str:
    """The most important processes by name, and how many more there are."""
    language = project.engagement.language
    most = _ranked(project, processes)[:NAMED]
    names = said_in(language, N_(", ")).join(project.process_by_id[process].name for process in most)
    if len(processes) <= NAMED:
        return names
    return said_in(language, N_("{names} and {n} more")).format(names=names, n=len(processes) - NAMED)


def _benefit(
    project: Project, catalogue: Catalogue, roadmap: Roadmap, phase: str, items: Sequence[str]
) -> Milestone | None:
    """What users notice first: a benefit of the plan, a quick win, a cured pain, an indicator, a purpose."""
    if not items:
        return None
    language = project.engagement.language
    agreed = {stone.item: stone.name for stone in project.milestones if stone.kind == BENEFIT and stone.item}
    wins = {win.item: win.name.in_(language) for win in catalogue.quick_wins}
    measured = {i.processes[0]: i.name for i in reversed(project.indicators) if i.processes and not i.perspective}
    purposes = {process.id: process.purpose.in_(language) for process in catalogue.processes}
    gets_better = said_in(language, N_("gets better: {what}"))
    name = (
        next((agreed[item] for item in items if item in agreed), "")
        or next((wins[item] for item in items if item in wins), "")
        or _cured(project, roadmap, phase, items)
        or next((gets_better.format(what=measured[p]) for p in map(process_of, items) if p in measured), "")
        or next((purposes[p] for p in map(process_of, items) if p in purposes), "")
        or project.title(items[0])
    )
    return Milestone(id=f"{BENEFIT}-{phase}", name=name, kind=BENEFIT, phase=phase, source="catalogue")


def _cured(project: Project, roadmap: Roadmap, phase: str, items: Sequence[str]) -> str:
    """The heaviest pain that is cured at the end of the phase and not before; nothing where none is."""
    language, here = project.engagement.language, _levels(items)
    end = end_of_phase(project, roadmap, phase)
    reached = [
        item for item in project.capabilities if (day := finish_of(project, roadmap, item)) and end and day <= end
    ]
    level = {process.id: process.level for process in project.processes}
    level |= {process: max(got, level[process]) for process, got in _levels(reached).items()}
    for pain in sorted(project.pains, key=lambda pain: -pain.weight):
        cured = all(level.get(process, 0) >= least for process, least in pain.levels.items())
        if cured and any(here.get(process, 0) >= least for process, least in pain.levels.items()):
            return said_in(language, N_("gone: {what}")).format(what=pain.name)
    return ""


def _horizon(
    project: Project, catalogue: Catalogue, roadmap: Roadmap, phase: str, finish: date | None
) -> Horizon | None:
    """The horizon in which the middle of the phase lies; the farthest for what lies beyond all."""
    begins = [place.start for place in roadmap.packages.values() if place.phase == phase]
    if finish is None or not begins:
        return None
    middle = min(begins) + (finish - min(begins)) / 2
    horizons = sorted(catalogue.defaults.horizons, key=lambda horizon: horizon.months)
    begin = project.engagement.start
    return next((h for h in horizons if middle < months_after(begin, h.months)), horizons[-1] if horizons else None)
