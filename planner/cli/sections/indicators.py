"""``--section indicators``: what is measured, by perspective of the scorecard and by process."""

from collections.abc import Iterator, Sequence

from planner.assessment.gates import measured
from planner.cli.layout import paragraph, table, titled
from planner.export.report.measures import BETTER, gate_values
from planner.model.knowledge import Catalogue
from planner.model.measures import Indicator
from planner.model.project import Project
from planner.text.i18n import _, labelled, language, listed


def blocks(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """The blocks of the section."""
    if not project.indicators:
        yield _("The plan has no indicators.")
        return
    sources = {known.id: known.source for known in catalogue.indicators}
    perspectives = {entry.id: entry.name.in_(language()) for entry in catalogue.perspectives}
    of = {indicator.id: indicator for indicator in project.indicators}
    for perspective in dict.fromkeys(i.perspective for i in of.values() if i.perspective):
        title = _("Scorecard: {perspective}").format(perspective=perspectives.get(perspective, perspective))
        yield _block(project, title, [i for i in of.values() if i.perspective == perspective], sources)
    for process in project.processes:
        found = [i for i in of.values() if not i.perspective and i.processes[:1] == (process.id,)]
        yield _block(project, f"{process.name} ({process.id})", found, sources)
    yield _block(project, _("Others"), [i for i in of.values() if not i.perspective and not i.processes], sources)
    if any(indicator.source == "catalogue" for indicator in project.indicators):
        yield paragraph(_("assumed: baseline and target are what is usual elsewhere; measure, then enter your own."))


def _block(project: Project, title: str, found: Sequence[Indicator], sources: dict[str, str]) -> str:
    if not found:
        return ""
    rows = [
        [
            indicator.id,
            indicator.name,
            indicator.kind.upper(),
            indicator.unit,
            _(BETTER[indicator.direction]),
            measured(indicator.baseline, "") or "-",
            measured(indicator.target, "") or "-",
            _("own") if indicator.source == "own" else _("assumed"),
        ]
        for indicator in found
    ]
    head = [_("ID"), _("Name"), _("Kind"), _("Unit"), _("Better"), _("Baseline"), _("Target"), _("Values")]
    lines = [table(head, rows, right="<<<<<>><", indent=2)]
    marks = listed(dict.fromkeys(sources[i.id] for i in found if i.source == "catalogue" and i.id in sources))
    if marks:
        lines.append(paragraph(_("Source of what is assumed: {source}").format(source=marks), indent=2))
    for indicator in found:
        if gates := gate_values(project, indicator):
            lines.append(paragraph(labelled(indicator.id, gates), indent=4, bullet="> "))
    return titled(title, *lines)
