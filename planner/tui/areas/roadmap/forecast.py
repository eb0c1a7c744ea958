"""How sure the dates of the roadmap are: many runs in the background, told in dates, chances and bars."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.catalog.load import load
from planner.export.words import percent
from planner.model.project import Project
from planner.rollout.problem import Circular, TooFar
from planner.rollout.risk import Driver, Outlook, Risk, risk
from planner.rollout.risks.partial_order import Unplaced
from planner.rollout.watch import Watch
from planner.text.i18n import N_, _, labelled, ngettext
from planner.text.width import fit
from planner.tui.areas.area import Area
from planner.tui.glyphs import glyphs
from planner.tui.named import named, work_named
from planner.tui.screens.dialog import Notice
from planner.tui.screens.working import Searching
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.prose import Prose

BAR = 24
"""Cells of the longest bar, where there is room."""

_NAME, _DAY, _CHANCE, _WHAT = 20, 12, 8, 38
_MOST = 44
"""Cells of a name: at least so many with all days and with a bar, and at most so many."""
_ALL_DAYS = _NAME + 4 * _DAY + _CHANCE
"""Cells below which of all the days only the planned one and that of 80 of 100 runs are shown."""
_CRITICAL = 8
"""So many of the packages that decide the finish most often are named."""


async def forecast(area: Area) -> None:
    """Run the plan many times in the background, and tell what came of it."""
    project, catalogue = area.project, load()

    def work(watch: Watch) -> Risk | str:
        try:
            return risk(project, catalogue, watch=watch)
        except Unplaced as unplaced:
            words = _("{item} has no place in the roadmap yet: g proposes one, m moves it to a phase.")
            return words.format(item=project.title(unplaced.packages[0]))
        except Circular:
            return _("The dependencies form a circle; v says which.")
        except TooFar:
            return _("In some runs the work goes on past the last year that a plan may hold: make it shorter.")

    found = await area.ask(Runs(_("Running the plan many times"), work))
    if found is None:
        area.plan.say(_("Given up: the plan is as it was."))
    elif isinstance(found, str):
        area.plan.say(found, warn=True)
    else:
        await area.ask(Forecast(project, found))


class Runs(Searching[Risk | str]):
    """The wait; what it has are runs, of which none is the best."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "T", "take", N_("use the runs so far"), id="forecast.take", tooltip=N_("End it with the runs done so far")
        ),
    ]

    def ending(self, seconds: int) -> str:
        return _("Ending with the runs done so far... {n} s").format(n=seconds)


class Forecast(Notice):
    """The answer in lines."""

    box = "wide"

    def __init__(self, project: Project, found: Risk) -> None:
        super().__init__(_("How sure are the dates?"), [])
        self.told = Told(project, found)

    def body(self) -> Iterator[Prose]:
        yield self.told


class Told(Prose):
    """What the runs say, laid out for the width there is."""

    def __init__(self, project: Project, found: Risk) -> None:
        super().__init__([], hang=2)
        self.of = (project, found)

    def lines(self, cells: int) -> list[Piece]:
        if self._wrapped[0] != cells:
            self.paragraphs = [*told(*self.of, cells)]
        return super().lines(cells)


def told(project: Project, found: Risk, cells: int) -> Iterator[Piece]:
    """What many runs of the plan say, in ``cells``: dates, promises, what moves the finish, what decides it most."""
    words = ngettext(
        "{n} run, with the lengths of work drawn from their estimates; the order of work stays.",
        "{n} runs, with the lengths of work drawn from their estimates; the order of work stays.",
        found.runs,
    )
    yield Piece(words.format(n=found.runs), "dim")
    yield Piece("")
    yield Piece(_line(cells, _("When it is finished"), _("Planned"), "P50", "P80", "P90", _("By plan")), "head")
    if found.first_value:
        yield _outlook(cells, _("First capability reached"), found.first_value)
    for number, phase in enumerate(project.phases, 1):
        if phase.id in found.gates:
            yield _outlook(cells, f"{number} {phase.name}", found.gates[phase.id])
    yield _outlook(cells, _("All work"), found.finish)
    if found.deadlines:
        yield Piece("")
        yield Piece(_("Promised dates"), "head")
    for promise in found.deadlines:
        kept = _("{item}, promised by {due}: kept in {chance} of all runs; in 80 % it is there by {day}").format(
            item=named(project, promise.item), due=promise.due, chance=percent(promise.chance), day=promise.p80
        )
        kept += _(" (may slip)") if promise.may_slip else ""
        doubtful = promise.chance < 0.5
        yield Piece(f"{'!' if doubtful else ' '} {kept}", "warn" if doubtful else "")
    yield Piece("")
    yield Piece(_("What moves the finish most (working days, between the best and the worst tenth)"), "head")
    longest = max((driver.swing for driver in found.drivers), default=1.0)
    room = max(4, min(BAR, cells - _WHAT - 10))
    name = max(12, min(_MOST, cells - room - 10))
    for driver in found.drivers:
        bar = glyphs().full * max(1, round(room * driver.swing / longest))
        yield Piece(f"  {fit(_driver(project, driver), name)} {fit(bar, room)} {driver.swing:.1f}")
    if not found.drivers:
        yield Piece(_("  nothing: no length is uncertain"), "dim")
    often = sorted(found.critical.items(), key=lambda entry: -entry[1])[:_CRITICAL]
    yield Piece("")
    yield Piece(_("Most often on the longest path"), "head")
    yield from (
        Piece(f"  {fit(percent(share), 6, '>')}  {work_named(project, item)}") for item, share in often if share
    )
    if found.milestones:
        yield Piece("")
        yield Piece(_("Milestones that hang on work"), "head")
    yield from (_outlook(cells, named(project, stone), outlook) for stone, outlook in found.milestones.items())
    yield from _remarks(project, found)


def _remarks(project: Project, found: Risk) -> Iterator[Piece]:
    """What a reader should know about the runs."""
    if found.doubts:
        yield Piece("")
        yield Piece(_("Processes that may stand one level lower than their assessment says"), "head")
    for process, chance in sorted(found.doubts.items(), key=lambda entry: -entry[1]):
        yield Piece(f"  {fit(percent(chance), 6, '>')}  {named(project, process)}")
    if found.short:
        words = _("In {share} of the runs some work found no capacity at all, and was reckoned as going on without.")
        yield Piece("")
        yield Piece("! " + words.format(share=percent(found.short)), "warn")
    if found.loosened:
        text = _("Links with negative lag that the roadmap has overtaken hold no longer: {n}.")
        yield Piece("")
        yield Piece(text.format(n=found.loosened), "dim")


def _outlook(cells: int, name: str, outlook: Outlook) -> Piece:
    planned, p50, p80, p90 = map(str, (outlook.planned, outlook.p50, outlook.p80, outlook.p90))
    return Piece(_line(cells, name, planned, p50, p80, p90, percent(outlook.chance)))


def _line(cells: int, name: str, planned: str, p50: str, p80: str, p90: str, chance: str) -> str:
    days = (planned, p50, p80, p90) if cells >= _ALL_DAYS else (planned, p80)
    room = max(10, min(_MOST, cells - len(days) * _DAY - _CHANCE))
    return fit(name, room) + "".join(fit(f"  {day}", _DAY) for day in days) + fit(chance, _CHANCE, ">")


def _driver(project: Project, driver: Driver) -> str:
    if driver.kind == "package":
        return work_named(project, driver.item)
    kind = _("level now") if driver.kind == "baseline" else _(driver.kind)
    return labelled(kind, named(project, driver.item))
