"""``--section effort``: how much work and money the plan takes, by which rules, and against what was agreed."""

from collections.abc import Iterator, Mapping

from planner.assessment import effort
from planner.assessment.effort import Against
from planner.cli.layout import facts, paragraph, table, titled
from planner.cli.sections.context import effects
from planner.edit.sizing import CLIENT, circumstance, factor
from planner.export.words import heading, number
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Effort
from planner.text.i18n import _, language


def blocks(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """The blocks of the section."""
    roles = {role.id: role.name for role in project.roles}
    phases = {phase.id: phase.name for phase in project.phases} | {"": _("not placed yet")}
    streams = effort.by_workstream(project)
    yield _table(_("Effort by workstream"), {heading(stream): days for stream, days in streams.items()})
    yield _in_all(project)
    yield titled(_("Rules that sized it"), *_rules(project, catalogue))
    yield _table(_("Effort by role"), {roles[role]: days for role, days in effort.by_role(project).items()})
    yield _table(_("Effort by phase"), {phases[phase]: days for phase, days in effort.by_phase(project).items()})
    yield titled(_("Against what was agreed"), _agreed(project))


def _table(title: str, rows: Mapping[str, Effort]) -> str:
    head = [_("Person-days"), _("Low"), _("Likely"), _("High")]
    cells = [[name, *map(number, days)] for name, days in rows.items()]
    return titled(title, table(head, cells, right="<>>>", indent=2)) if cells else ""


def _in_all(project: Project) -> str:
    """Packages, what runs beside them, and both together."""
    rows = {_("Work packages"): effort.total(project.packages)}
    for load in effort.overheads(project):
        name = _("{name}, {share:g} %").format(name=load.overhead.name, share=round(load.overhead.share * 100, 2))
        rows[name] = load.effort
    return _table(_("With what runs beside everything"), rows | {_("Together"): effort.in_all(project)})


def _rules(project: Project, catalogue: Catalogue) -> Iterator[str]:
    size = catalogue.defaults.size[project.engagement.size]
    about = _("{name}: all effort x{effort}, all durations x{duration}").format(
        name=CLIENT[project.engagement.size].in_(language()),
        effort=factor(size.effort),
        duration=factor(size.duration),
    )
    yield paragraph(about, indent=2, bullet="- ")
    sources = {known.id: known.source for known in catalogue.modifiers}
    for modifier in project.modifiers:
        source = sources.get(modifier.id, "") if modifier.source == "catalogue" else ""
        rule = _("{name}: {effects} ({source})").format(
            name=circumstance(modifier, project.engagement.language),
            effects=effects(modifier),
            source=source or _("own"),
        )
        yield paragraph(rule, indent=2, bullet="- ")


def _agreed(project: Project) -> str:
    money = project.governance.currency
    return facts(
        [
            (_("Effort"), _against(effort.effort_against(project), _("person-days"))),
            (_("Cost"), _against(effort.cost_against(project), money)),
        ],
        indent=2,
    )


def _against(amount: Against, unit: str) -> str:
    planned = f"{number(amount.planned)} {unit}".rstrip()
    if amount.agreed is None:
        return _("{planned}; nothing was agreed").format(planned=planned)
    words = (
        _("{planned} of {agreed} agreed: {over} too much")
        if amount.over > 0
        else _("{planned} of {agreed} agreed: {left} left")
    )
    return words.format(
        planned=planned, agreed=number(amount.agreed), over=number(amount.over), left=number(-amount.over)
    )
