"""What removes findings on promises: pins, deadlines, phases, the agreed strategy."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial, reduce

from planner.assessment.dates import end_of_phase, finish_of
from planner.checks.finding import Finding
from planner.checks.remedy import Remedy, offers
from planner.edit.facts import change_engagement
from planner.edit.pins import remove_pin, set_pin
from planner.edit.roadmap import change_phase
from planner.model.knowledge import Catalogue
from planner.model.project import Pin, Project
from planner.rollout.verify import verify
from planner.text.i18n import _, ngettext


@offers("S03")
def _let_go(project: Project, _catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Let go of the phase and the earliest day of the pin that is not kept; its deadline stays."""
    for item in finding.items:
        pin = _pin(project, item)
        if pin and (pin.phase or pin.not_before):
            words = _("Take the pin off {item}") if not pin.deadline else _("Keep only the deadline of {item}")
            yield Remedy(words.format(item=project.title(pin.item)), partial(_loosened, pins=[pin]))
            return


@offers("H05")
def _loosen(project: Project, _catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Let go of phases and earliest days of all the hard pins; deadlines are promises and stay."""
    pins = [pin for pin in project.pins if pin.source == "own" and (pin.phase or (pin.not_before and pin.deadline))]
    words = ngettext("Keep only the deadline of {n} pin", "Keep only the deadlines of {n} pins", len(pins))
    yield Remedy(words.format(n=len(pins)), partial(_loosened, pins=pins))


def _loosened(project: Project, pins: list[Pin]) -> Project:
    def one(project: Project, pin: Pin) -> Project:
        kept = replace(pin, phase="", not_before=None)
        return set_pin(project, kept) if kept.deadline else remove_pin(project, pin.item)

    return reduce(one, pins, project)


def _pin(project: Project, item: str) -> Pin | None:
    """The pin on an item, or on the capability of a package."""
    package = project.package_by_id.get(item)
    return project.pin_by_item.get(item) or (project.pin_by_item.get(package.capability) if package else None)


@offers("S04")
def _later(project: Project, _catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Agree the day on which the roadmap has the work finished."""
    item = finding.items[0]
    pin = project.pin_by_item.get(item)
    finish = finish_of(project, project.roadmap, item) if project.roadmap else None
    if pin and finish:
        words = _("Agree {day} as the deadline of {item}").format(day=finish, item=project.title(item))
        yield Remedy(words, lambda p: set_pin(p, replace(pin, deadline=finish, source="own")))


@offers("S05")
def _fit_phase(project: Project, _catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Let the phase begin and end as the roadmap has it, or let it overlap with the one before it."""
    broken = next((v for v in verify(project) if (v.rule, v.message) == ("phase", finding.message)), None)
    if broken is None or len(broken.about) != 2 or project.roadmap is None:
        return
    ident, side = broken.about
    name = project.phase_by_id[ident].name
    if side == "order" and not project.phase_by_id[ident].overlap:
        words = _("Let phase {phase} overlap with the one before it").format(phase=name)
        yield Remedy(words, lambda p: change_phase(p, ident, overlap=True))
    elif side == "begin":
        words = _("Let phase {phase} begin on {day}").format(phase=name, day=broken.day)
        yield Remedy(words, lambda p: change_phase(p, ident, not_before=broken.day))
    elif side == "end" and (end := end_of_phase(project, project.roadmap, ident)):
        words = _("Let phase {phase} end on {day}").format(phase=name, day=end)
        yield Remedy(words, lambda p: change_phase(p, ident, not_after=end))


@offers("S07")
def _agree(project: Project, catalogue: Catalogue, _finding: Finding) -> Iterator[Remedy]:
    """Agree on the strategy that the roadmap follows."""
    used = project.roadmap.strategy if project.roadmap else ""
    known = catalogue.strategy_by_id.get(used)
    if known:
        words = _("Agree on the strategy of the roadmap: {strategy}")
        name = known.name.in_(project.engagement.language)
        yield Remedy(words.format(strategy=name), lambda p: change_engagement(p, strategy=used))
