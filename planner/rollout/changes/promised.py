"""Changes of what is promised and wanted: pins, phases, targets, the number of phases (see ``kinds``)."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from planner.model.knowledge import Catalogue
from planner.model.project import Phase, Pin, Project
from planner.rollout.changes.kinds import phase_edit
from planner.text.i18n import _

Way = Literal["phase", "not_before", "deadline"]
"""What a pin may hold."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """What somebody promised about an item, other than before; a pin that holds nothing falls away.

    ``weeks``: by how many weeks what was promised comes later or is given up, for the cost.
    """

    pin: Pin
    ways: tuple[Way, ...]
    weeks: float = 0.0

    def apply(self, project: Project) -> Project:
        from planner.edit.pins import remove_pin, set_pin

        held = project.pin_by_item.get(self.pin.item)
        pin = replace(held, source="own") if held else Pin(item=self.pin.item, reason=self.pin.reason)
        for way in self.ways:
            pin = replace(pin, **{way: getattr(self.pin, way)})
        if pin.phase or pin.not_before or pin.deadline:
            return set_pin(project, pin)
        return remove_pin(project, self.pin.item) if held else project

    def said(self) -> str:
        words = {
            "phase": (_("{item} pinned to phase {value}"), _("{item} not pinned to a phase")),
            "not_before": (_("{item} allowed to start on {value}"), _("{item} without an earliest start")),
            "deadline": (_("a deadline of {item} on {value}"), _("no deadline of {item}")),
        }
        return _("; ").join(
            words[way][0 if value else 1].format(item=self.pin.item, value=value) for way, value in self._values()
        )

    def toml(self, project: Project) -> str:
        told = ", ".join(_entry(way, value) for way, value in self._values())
        return f'[[pins]] item = "{self.pin.item}": {told}'

    def cost(self, project: Project) -> float:
        held = project.pin_by_item.get(self.pin.item)
        if held is None:
            return 1.0
        stands = {way for way in self.ways if getattr(held, way) and getattr(held, way) != getattr(self.pin, way)}
        return sum(4.0 if way == "deadline" else 3.0 for way in stands) + (2.0 if held.reason else 0.0) + self.weeks

    def _values(self) -> list[tuple[Way, str | date | None]]:
        return [(way, getattr(self.pin, way)) for way in self.ways]


@dataclass(frozen=True, slots=True)
class PhaseDates:
    """A phase that may begin from ``day`` on, or must end by it; None: whenever. Its other end stays."""

    phase: str
    end: Literal["not_before", "not_after"]
    day: date | None

    def apply(self, project: Project) -> Project:
        from planner.edit.roadmap import change_phase

        return change_phase(project, self.phase, **{self.end: self.day})

    def said(self) -> str:
        if self.end == "not_after":
            text = _("an end of phase {phase} on {day}") if self.day else _("no fixed end of phase {phase}")
        else:
            text = _("a beginning of phase {phase} on {day}") if self.day else _("no fixed beginning of phase {phase}")
        return text.format(phase=self.phase, day=self.day)

    def toml(self, project: Project) -> str:
        return phase_edit(project, self.phase, _entry(self.end, self.day))

    def cost(self, project: Project) -> float:
        held = getattr(project.phase_by_id[self.phase], self.end)
        weeks = abs((self.day - held).days) / 7 if self.day and held else 8.0
        return 3 + weeks


@dataclass(frozen=True, slots=True)
class OverlappingPhase:
    """A phase that may begin when the one before it has begun."""

    phase: str

    def apply(self, project: Project) -> Project:
        from planner.edit.roadmap import change_phase

        return change_phase(project, self.phase, overlap=True)

    def said(self) -> str:
        return _("phase {phase} may begin before the phase before it has finished").format(phase=self.phase)

    def toml(self, project: Project) -> str:
        return phase_edit(project, self.phase, "overlap = true")

    def cost(self, project: Project) -> float:
        return 5.0


@dataclass(frozen=True, slots=True)
class AddedPhase:
    """One more phase, the last."""

    name: str

    def apply(self, project: Project) -> Project:
        from planner.edit.roadmap import add_phase, new_phase_id

        return add_phase(project, Phase(id=new_phase_id(project), name=self.name))

    def said(self) -> str:
        return _("one more phase after the last")

    def toml(self, project: Project) -> str:
        from planner.edit.roadmap import new_phase_id

        return f'[[phases]] id = "{new_phase_id(project)}", name = "{self.name}"'

    def cost(self, project: Project) -> float:
        return 2.0


@dataclass(frozen=True, slots=True)
class LowerTarget:
    """A process that is to rise to ``level`` only; what nothing else needs of its work falls away."""

    process: str
    level: int
    catalogue: Catalogue = field(repr=False, compare=False)

    def apply(self, project: Project) -> Project:
        from planner.edit.scope import set_target

        for dimension, level in self._target(project).items():
            if level != project.process_by_id[self.process].target[dimension]:
                project = set_target(project, self.catalogue, self.process, dimension, level)
        return project

    def _target(self, project: Project) -> dict[str, int]:
        process = project.process_by_id[self.process]
        return {d: max(now, min(process.target[d], self.level)) for d, now in process.baseline.items()}

    def said(self) -> str:
        return _("{process} to level {level} only").format(process=self.process, level=self.level)

    def toml(self, project: Project) -> str:
        levels = ", ".join(f"{dimension} = {level}" for dimension, level in self._target(project).items())
        return f'[[processes]] id = "{self.process}": target = {{ {levels} }}'

    def cost(self, project: Project) -> float:
        return 14 + 4.0 * project.process_by_id[self.process].importance


@dataclass(frozen=True, slots=True)
class FreeCount:
    """The number of phases left to the engine instead of asked for; nothing in the plan changes."""

    asked: int

    def apply(self, project: Project) -> Project:
        return project

    def said(self) -> str:
        return _("as many phases as fit, instead of {asked}").format(asked=self.asked)

    def toml(self, project: Project) -> str:
        return _("leave --phases out")

    def cost(self, project: Project) -> float:
        return 1.0


def _entry(key: str, value: str | date | None) -> str:
    """An entry of the plan file, or that it goes."""
    if not value:
        return _("remove {key}").format(key=key)
    return f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
