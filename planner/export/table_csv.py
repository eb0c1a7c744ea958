"""Tables as comma-separated values that a spreadsheet opens as they are, and that ``planner import`` takes in again.

RFC 4180 quoting and line ends; a byte order mark, without which Excel takes Chinese text for another encoding.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from planner.assessment.deliverables import deliverable_words
from planner.export.handover import Handover
from planner.export.outline import outline
from planner.export.report.parts import Cell, Table
from planner.graph.naming import dimension_title
from planner.model.audience import internal_fields
from planner.model.capability import level_of, process_of
from planner.model.project import ProcessScope, Project, WorkPackage
from planner.store.table_columns import ASSESSMENT, EFFORTS, PACKAGES, heading, role_word
from planner.text.clean import clean, clean_name
from planner.text.i18n import _
from planner.text.spreadsheet import BYTE_ORDER_MARK, guarded

OWN = ("packages", "assessment")
"""The tables that ``planner import`` reads; they are told without the report."""


def render(handover: Handover) -> str:
    """The work packages, one on each row, in plan order."""
    return table(handover, "packages")


def tables(handover: Handover) -> dict[str, str]:
    """Every table by its name: those that come back in, and those of the report as far as the theme has chosen them."""
    found = {name: table(handover, name) for name in OWN}
    for block in handover.report.blocks():
        if isinstance(block, Table) and block.columns:
            found.setdefault(_free(block.name, found), _of_report(block))
    return found


def table(handover: Handover, name: str) -> str:
    """The table called ``name``. Raises KeyError where there is none."""
    if name == "packages":
        return _text(_packages(handover))
    if name == "assessment":
        return _text(_assessment(handover.project))
    return tables(handover)[name]


def _free(name: str, taken: Iterable[str]) -> str:
    """``name``, with a number behind it when there is a table of that name already."""
    known, number = set(taken), 2
    free = name
    while free in known:
        free, number = f"{name}-{number}", number + 1
    return free


def _text(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return BYTE_ORDER_MARK + text.getvalue()


def _packages(handover: Handover) -> Iterator[list[str]]:
    """The heading and a row for each package. A client's copy is without the columns that it must not fill."""
    project = handover.project
    hidden = internal_fields(WorkPackage) if handover.audience == "client" else {}
    fields = [field for field in PACKAGES if field not in hidden]
    place = fields.index("effort") + 1
    roles = [role_word(project, role) for role in project.roles]

    def row(cells: dict[str, str], likely: list[str], bounds: list[str]) -> list[str]:
        told = [cells[field] for field in fields]
        return [guarded(cell) for cell in (*told[:place], *likely, *told[place:], *bounds)]

    yield row(
        {field: heading(PACKAGES, field) for field in fields},
        [heading(EFFORTS, "effort").format(role=role) for role in roles],
        [heading(EFFORTS, bound).format(role=role) for role in roles for bound in ("effort-low", "effort-high")],
    )
    phase_names = {part.phase.id: part.phase.name for part in outline(project)}
    for package in project.packages:
        efforts = [package.effort.get(role.id) for role in project.roles]
        yield row(
            _package(handover, package, phase_names),
            [exact(effort.likely) if effort else "" for effort in efforts],
            [exact(bound) if effort else "" for effort in efforts for bound in (effort or (0, 0, 0))[::2]],
        )


def _package(handover: Handover, package: WorkPackage, phase_names: dict[str, str]) -> dict[str, str]:
    """The cells of a package by field."""
    project = handover.project
    process = process_of(package.capability)
    scope = project.process_by_id.get(process)
    placement = project.roadmap.packages.get(package.id) if project.roadmap else None
    return {
        "id": clean_name(package.id),
        "name": clean_name(package.name),
        "process-id": clean_name(process),
        "process": clean_name(scope.name) if scope else "",
        "level": str(level_of(package.capability) or ""),
        "workstream": _(package.workstream),
        "phase-id": clean_name(placement.phase) if placement else "",
        "phase": clean_name(phase_names[placement.phase]) if placement else "",
        "start": placement.start.isoformat() if placement else "",
        "finish": placement.finish.isoformat() if placement else "",
        "days": str(package.days.likely),
        "effort": f"{package.person_days:g}",
        "note": clean(package.note),
        "days-low": str(package.days.low),
        "days-high": str(package.days.high),
        "after": in_one_cell(package.after),
        "alongside": in_one_cell(package.alongside),
        "deliverables": in_one_cell(deliverable_words(project, handover.catalogue, package)),
        "cost": exact(package.cost) if package.cost else "",
        "source": _(package.source),
    }


def _assessment(project: Project) -> Iterator[list[str]]:
    """The heading and a row for each process and dimension, processes in the order of the plan."""
    yield [heading(ASSESSMENT, field) for field in ASSESSMENT]
    for process in project.processes:
        for dimension in project.dimension_ids:
            yield [guarded(cell) for cell in _levels(project, process, dimension)]


def _levels(project: Project, process: ProcessScope, dimension: str) -> Iterator[str]:
    yield clean_name(process.id)
    yield clean_name(process.name)
    yield clean_name(dimension)
    yield clean_name(dimension_title(project, dimension))
    yield str(process.baseline[dimension])
    yield str(process.target[dimension])
    yield _("yes") if process.in_scope else _("no")
    yield str(process.importance)
    yield clean(process.reason)
    yield clean(process.by_hand.get(dimension, ""))


def _of_report(shown: Table) -> str:
    """A table of the report with the headings that it has there."""
    head = [guarded(clean_name(column.title)) for column in shown.columns]
    return _text([head, *([_cell(cell) for cell in row] for row in shown.rows)])


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(clean(cell))
    return exact(cell) if isinstance(cell, (int, float)) else cell.isoformat()


def exact(number: float) -> str:
    """``number`` with all digits that it has, and no more: ``12``, ``0.35``."""
    return str(number).removesuffix(".0")


def in_one_cell(words: Iterable[str]) -> str:
    """``words`` with semicolons between them, each in quotes where it would be taken for several otherwise."""

    def quoted(word: str) -> str:
        if word == word.strip() and not set(word) & set(';；"'):
            return word
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="").writerow([word])
        return text.getvalue()

    return "; ".join(quoted(clean_name(word)) for word in words)
