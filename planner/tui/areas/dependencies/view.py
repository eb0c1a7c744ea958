"""Which part of the dependencies is drawn, and the drawing of it: pure, so that a large one can be made in a thread."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from planner.export.outline import outline
from planner.graph.chart import Chart, capability_chart, process_chart
from planner.graph.layout import Arrow, Box, Picture, layered
from planner.graph.paths import neighbourhood
from planner.model.capability import level_of, process_of
from planner.model.project import Project
from planner.text.clean import one_line
from planner.text.i18n import N_, _
from planner.text.shorten import shortened
from planner.text.width import width
from planner.tui.areas.dependencies.canvas import Label
from planner.tui.filtering import Field, Filter, Value

PROCESSES, SHORT, FITTING, FULL = range(4)
"""Zoom: processes; capabilities with short names, with names as the screen allows, with full names."""

ORDERS = {
    "steps": N_("by steps: what must come first stands left"),
    "levels": N_("by maturity level"),
    "phases": N_("by phase of the roadmap"),
}
"""What columns may stand for."""

ZOOMS = (
    N_("processes"),
    N_("capabilities, short names"),
    N_("capabilities"),
    N_("capabilities, full names"),
)
"""What is drawn at each zoom."""

LENGTHS = (28, 24, 20, 18, 16, 14, 12)
"""Cells for a name that are tried, so that the whole picture fits the screen."""

USUAL = 20
"""Cells for a name where the whole picture does not fit the screen anyway."""

SHORTEST = 10
"""Cells for a short name."""

AIRY = 60
"""Up to so many items a free line between them is tried."""

LARGE = 100
"""From so many items on a drawing takes longer than a person should wait for  (30 ms)."""


FIELDS = (
    Field("name", N_("name")),
    Field("level", N_("level"), "number"),
    Field("phase", N_("phase")),
    Field("needs", N_("needs")),
    Field("for", N_("for")),
    Field("is", N_("is"), "choice", (("critical", N_("critical")), ("pulled", N_("pulled in")), ("met", N_("met")))),
)
"""What items are filtered by."""


@dataclass(frozen=True, slots=True)
class View:
    """What is to be drawn.

    ``order``: what columns stand for: steps (whatever must come first stands left), levels, phases of the roadmap.
    ``every``: also links that follow from others. ``met``: also what stands already. ``around``: only this item and
    what lies within ``reach`` steps (None: any number).
    """

    zoom: int = FITTING
    order: Literal["steps", "levels", "phases"] = "steps"
    every: bool = False
    met: bool = False
    around: str = ""
    reach: int | None = 1
    filter: Filter = Filter()


@dataclass(frozen=True)
class Drawing:
    """``chart`` is what is drawn, ``whole`` all there is at this zoom, with every link.

    ``phases``: the number of the phase of each item that has one, as ``phase_numbers`` has them. ``star``: only the
    links of the item that the view is around are drawn, for with those among the others it would not fit.
    """

    view: View
    whole: Chart
    chart: Chart
    picture: Picture
    labels: Mapping[str, Label]
    titles: tuple[str, ...]
    phases: Mapping[str, int]
    star: bool = False


def whole_chart(project: Project, view: View) -> Chart:
    """All there is to draw at this zoom, with every link."""
    return (process_chart if view.zoom == PROCESSES else capability_chart)(project, view.met)


def draw(project: Project, view: View, cells: int, lines: int) -> Drawing:
    """The drawing of ``view``, if possible no wider than ``cells`` and no higher than ``lines``."""
    whole = whole_chart(project, view)
    phases = phase_numbers(project)
    chart = whole
    if not view.filter.empty:
        kept = {item for item in whole.items if view.filter.keeps(facts(project, whole, item, phases))}
        chart = chart.only(kept)
    if view.around in chart.items:
        chart = chart.only(neighbourhood(chart.needs, chart.needed, view.around, view.reach))
    drawing = _draw(project, view, whole, chart if view.every else chart.least(), phases, cells, lines)
    if view.around in chart.items and not view.every and drawing.picture.width > cells:
        own = {ends: hard for ends, hard in chart.ties.items() if view.around in ends}
        drawing = _draw(project, view, whole, replace(chart, ties=own), phases, cells, lines)
        drawing = replace(drawing, star=True)
    return drawing


def _draw(
    project: Project, view: View, whole: Chart, chart: Chart, phases: Mapping[str, int], cells: int, lines: int
) -> Drawing:
    """The drawing of just ``chart``."""
    groups = _groups(project, chart, view, phases)
    boxes = [Box(item, groups[item]) for item in chart.items]
    arrows = [Arrow(*ends, hard) for ends, hard in chart.ties.items()]
    plan = layered(boxes, arrows, gap=2) if len(boxes) <= AIRY else layered(boxes, arrows)
    if len(boxes) <= AIRY and plan.height > lines - (view.order != "steps"):
        plan = layered(boxes, arrows)
    for length, spread in _sizes(project, chart, view.zoom):
        labels = _labels(project, chart, length)
        widths = {item: width(found.text) + 2 for item, found in labels.items()}
        columns = plan.columns(widths, spread)
        if not columns or columns[-1].x + columns[-1].width <= cells:
            break
    picture = plan.picture(widths, spread)
    return Drawing(view, whole, chart, picture, labels, _titles(project, picture, view), phases)


def _sizes(project: Project, chart: Chart, zoom: int) -> Iterator[tuple[int, int]]:
    """Cells for names and columns between upright lines to try, the one to keep if nothing fits last."""
    longest = max((width(named(project, item)) for item in chart.items), default=0)
    if zoom == SHORT:
        yield SHORTEST, 1
        return
    yield longest, 2
    if zoom != FULL:
        for length in LENGTHS if len(chart.items) < LARGE else ():
            if length < longest:
                yield length, 2
                yield length, 1
        yield USUAL, 2


def _labels(project: Project, chart: Chart, length: int) -> dict[str, Label]:
    """What stands in each box: signs, and its name in at most ``length`` cells, the level always whole."""
    processes = list(dict.fromkeys(process_of(item) or item for item in chart.items))
    room = length - 2 if any(map(level_of, chart.items)) else length
    names = [one_line(named(project, process)) for process in processes]
    short = dict(zip(processes, shortened(names, room), strict=True))
    found = {}
    for item in chart.items:
        level = level_of(item)
        signs = "#" * (item in chart.critical) + "^" * (item in chart.pulled) + "=" * (item in chart.met)
        style = "dim" if item in chart.met else "strong" if item in chart.critical else ""
        name = short[process_of(item) or item]
        found[item] = Label(f"{signs}{name} {level}" if level else f"{signs}{name}", style, named(project, item))
    return found


def named(project: Project, item: str) -> str:
    """What a person calls an item of a chart: a process or a capability."""
    process = project.process_by_id.get(item)
    return process.name if process else project.title(item)


def phase_numbers(project: Project) -> dict[str, int]:
    """The number of the phase, from 1, in which each capability is finished; of a process that of its first."""
    found: dict[str, int] = {}
    for part in outline(project) if project.roadmap else ():
        for item in part.items:
            found[item.id] = part.number
            if process := process_of(item.id):
                found.setdefault(process, part.number)
    return found


def _groups(project: Project, chart: Chart, view: View, phases: Mapping[str, int]) -> dict[str, int]:
    """What decides in which column an item stands, beside what it needs."""
    if view.order == "steps":
        return dict.fromkeys(chart.items, 0)
    if view.order == "levels":
        return {item: level_of(item) or project.process_by_id[item].target_level for item in chart.items}
    last = len(project.phases) + 1
    return {item: 0 if item in chart.met else phases.get(item, last) for item in chart.items}


def _titles(project: Project, picture: Picture, view: View) -> tuple[str, ...]:
    """What stands over the first column of each group."""
    if view.order == "steps" or not picture.columns:
        return ()
    found = []
    before = None
    for column in picture.columns:
        found.append("" if column.group == before else _group_title(project, column.group, view))
        before = column.group
    return tuple(found)


def _group_title(project: Project, group: int, view: View) -> str:
    if view.order == "levels":
        words = _("to level {n}") if view.zoom == PROCESSES else _("level {n}")
        return words.format(n=group)
    if group == 0:
        return _("stands already")
    if group > len(project.phases):
        return _("in no phase")
    return f"{group} {project.phases[group - 1].name}"


def facts(project: Project, chart: Chart, item: str, phases: Mapping[str, int]) -> dict[str, Value]:
    """What the filter may ask of an item (docs/filters.md); ``phases`` as ``phase_numbers`` has them."""
    states = {"pulled": {*chart.pulled}, "met": chart.met, "critical": {*chart.critical}}
    phase = phases.get(item, 0)
    return {
        "name": (named(project, item), item),
        "level": float(level_of(item) or project.process_by_id[item].target_level),
        "phase": (str(phase), project.phases[phase - 1].name) if phase else "",
        "needs": _names(project, chart.needs[item]),
        "for": _names(project, chart.needed[item]),
        "is": tuple(state for state, items in states.items() if item in items),
    }


def _names(project: Project, items: Iterable[str]) -> tuple[str, ...]:
    return tuple(named(project, item) for item in items)
