"""``--section context``: who steers, what was agreed, which kind of organisation this is, what was ticked."""

from collections.abc import Iterator, Sequence

from planner.cli.layout import facts, paragraph, table, titled
from planner.edit.sizing import circumstance, factor
from planner.export.words import heading, number
from planner.model.context import Modifier
from planner.model.knowledge import Catalogue
from planner.model.known.context import Checklist
from planner.model.project import Project
from planner.model.values import WORKSTREAMS
from planner.text.i18n import _, labelled, language, listed, ngettext


def blocks(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """The blocks of the section."""
    yield titled(_("Governance"), _governance(project) or _nothing())
    yield titled(_("Organisation"), _organisation(project, catalogue) or _nothing())
    yield titled(_("Circumstances that size the work"), *_circumstances(project, catalogue))
    yield titled(_("Ticked for the engagement"), *_engagement(project, catalogue))
    yield titled(_("Ticked for processes"), *_processes(project, catalogue))


def _nothing() -> str:
    return paragraph(_("nothing is entered yet"), indent=2)


def _governance(project: Project) -> str:
    agreed, money = project.governance, project.governance.currency
    return facts(
        [
            (_("Sponsor"), project.engagement.sponsor),
            (
                _("Department of the sponsor"),
                {"it": _("IT"), "business": _("business")}.get(agreed.sponsor_department, ""),
            ),
            (_("Steering group meets"), _every(agreed.steering_weeks)),
            (_("Members from the business"), "" if agreed.business_members is None else str(agreed.business_members)),
            (_("Effort agreed"), _amount(agreed.effort, _("person-days"))),
            (_("Budget"), _amount(agreed.budget, money)),
            (_("Cost of the tool"), _amount(agreed.tool_cost, money)),
        ],
        indent=2,
    )


def _every(weeks: int | None) -> str:
    return ngettext("every week", "every {n} weeks", weeks).format(n=weeks) if weeks else ""


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{number(value)} {unit}".rstrip()


def _organisation(project: Project, catalogue: Catalogue) -> str:
    context, tongue = project.context, language()
    form = next((form for form in catalogue.forms if form.id == context.form), None)
    path = next((path for path in catalogue.paths if path.id == context.path), None)
    steps = {step.id: step.name.in_(tongue) for step in path.steps} if path else {}
    layers = {layer.id: layer.name.in_(tongue) for layer in catalogue.layers}
    return facts(
        [
            (_("Form"), f"{form.name.in_(tongue)} - {form.weakness.in_(tongue)}" if form else context.form),
            (_("Transformation"), path.name.in_(tongue) if path else context.path),
            (_("Stands at"), steps.get(context.stands, context.stands)),
            (_("Aims at"), steps.get(context.aims, context.aims)),
            (_("Takes at least"), _months(path.months if path else None)),
            (_("Horizon"), _months(context.horizon_months)),
            (_("Service layers"), listed(layers.get(layer, layer) for layer in context.layers)),
        ],
        indent=2,
    )


def _months(count: int | None) -> str:
    return ngettext("{n} month", "{n} months", count).format(n=count) if count else ""


def _circumstances(project: Project, catalogue: Catalogue) -> Iterator[str]:
    if not project.modifiers:
        yield _nothing()
        return
    sources = {known.id: known.source for known in catalogue.modifiers}
    rows = [
        [
            modifier.id,
            circumstance(modifier, project.engagement.language),
            effects(modifier),
            listed(modifier.processes) or _("all"),
            sources.get(modifier.id, "") if modifier.source == "catalogue" else _("own"),
        ]
        for modifier in project.modifiers
    ]
    yield table([_("ID"), _("Name"), _("What it does"), _("Processes"), _("Source")], rows, indent=2)


def effects(modifier: Modifier) -> str:
    """What a circumstance does to work: ``Standard x1.3, duration x1.1``."""
    changed = [
        _("{workstream} x{factor}").format(workstream=heading(stream), factor=factor(modifier.effort[stream]))
        for stream in WORKSTREAMS
        if modifier.effort.get(stream, 1.0) != 1.0
    ]
    if modifier.duration != 1.0:
        changed.append(_("duration x{factor}").format(factor=factor(modifier.duration)))
    return listed(changed) or _("nothing to effort or duration")


def _engagement(project: Project, catalogue: Catalogue) -> Iterator[str]:
    for checklist in catalogue.checklists:
        if checklist.scope == "engagement":
            ticked = project.context.ticks.get(checklist.id, ())
            title = f"{checklist.name.in_(language())} ({checklist.id})"
            yield paragraph(labelled(title, _count(checklist, ticked)), indent=2)
            for item in checklist.items:
                mark = "[x] " if item.id in ticked else "[ ] "
                yield paragraph(item.name.in_(language()), indent=4, bullet=mark)


def _processes(project: Project, catalogue: Catalogue) -> Iterator[str]:
    lists = [checklist for checklist in catalogue.checklists if checklist.scope == "process"]
    rows = [
        [process.id, *(_count(checklist, process.ticks.get(checklist.id, ())) for checklist in lists)]
        for process in project.processes
        if process.ticks
    ]
    if rows:
        yield table([_("ID"), *(checklist.name.in_(language()) for checklist in lists)], rows, indent=2)
    else:
        yield _nothing()


def _count(checklist: Checklist, ticked: Sequence[str]) -> str:
    return _("{n} of {all}").format(n=sum(item.id in ticked for item in checklist.items), all=len(checklist.items))
