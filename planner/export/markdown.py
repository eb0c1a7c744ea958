"""The report as a Markdown document, to read, to print or to keep beside the plan file."""

import re
from collections.abc import Iterable, Iterator, Sequence

from planner.export.handover import Handover
from planner.export.report.cells import alignment, rows_shown
from planner.export.report.parts import (
    Block,
    Bullets,
    Figure,
    Figures,
    HeatMap,
    Network,
    Paragraph,
    Section,
    Table,
    Timeline,
)
from planner.export.words import number, percent
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, listed

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$#]|:(?=//)|(?<=www)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_AT_START = re.compile(r"^(?:[-+=]|\d+(?=[.)](?:\s|$)))")


def render(handover: Handover) -> str:
    """The report as GitHub-flavoured Markdown. Text from the plan shows literally."""
    report = handover.report
    parts = [f"# {literal(report.title)}", bullets(map(literal, report.identity.lines))]
    for section in report.sections:
        parts += chapter(section, "##")
    return "\n\n".join(parts) + "\n"


def chapter(section: Section, mark: str) -> Iterator[str]:
    """A section of the report with its parts; ``mark`` is that of its heading."""
    yield f"{mark} {literal(section.title)}"
    if section.lead:
        yield _strong(section.lead)
    yield from blocks(section.blocks, section.title)
    for part in section.parts:
        yield from chapter(part, f"{mark}#")


def literal(text: str) -> str:
    """``text`` on one line, with everything escaped that Markdown would take for markup."""
    line = _SPECIAL.sub(lambda found: "\\" + found.group(), one_line(text))
    return _AT_START.sub(_escape_start, line)


def _escape_start(found: re.Match[str]) -> str:
    start = found.group()
    return start + "\\" if start.isdecimal() else "\\" + start


def bullets(lines: Iterable[str]) -> str:
    """A list of ready lines."""
    return "\n".join(f"- {line}" for line in lines)


def blocks(found: Iterable[Block], said: str = "") -> Iterator[str]:
    """Blocks of the report as Markdown; ``said`` is the heading that they stand under."""
    for block in found:
        yield from _block(block, said)


def _block(block: Block, said: str) -> Iterator[str]:
    match block:
        case Paragraph(text=text, strong=strong):
            yield _strong(text) if strong else literal(text)
        case Bullets(items=items, title=title):
            if title:
                yield labelled(literal(title), "").rstrip()
            yield bullets(map(literal, items))
        case Figures(figures=figures):
            yield bullets(map(_figure, figures))
        case Table():
            if not block.detail:
                yield from _table(block, said)
        case HeatMap():
            yield from _heat(block)
        case Timeline():
            yield from _timeline(block)
        case Network():
            yield from _network(block)


def _strong(text: str) -> str:
    told = literal(text)
    return f"**{told}**" if told else ""


def _figure(figure: Figure) -> str:
    told = labelled(_strong(figure.label), literal(figure.value))
    return _("{told} ({note})").format(told=told, note=literal(figure.note)) if figure.note else told


def _table(found: Table, said: str) -> Iterator[str]:
    if found.title and found.title != said:
        yield _strong(found.title)
    yield table([column.title for column in found.columns], rows_shown(found), alignment(found))
    if found.note:
        yield literal(found.note)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    """A table of any texts; aligned right are the columns with ``>`` in ``align``."""
    rule = ["--:" if side == ">" else "---" for side in align.ljust(len(head), "<")]
    lines = (map(literal, head), rule, *(map(literal, row) for row in rows))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _heat(found: HeatMap) -> Iterator[str]:
    yield _strong(found.title)
    head = (_("Process"), *found.columns)
    yield table(head, ([row.name, *map(str, row.levels)] for row in found.rows), "<".ljust(len(head), ">"))


def _timeline(found: Timeline) -> Iterator[str]:
    head = (_("Phase"), _("Item"), _("Start"), _("Finish"), _("Person-days"), _("Finished"))
    yield table(
        head,
        (
            [
                str(bar.phase),
                bar.name,
                bar.start.isoformat(),
                bar.finish.isoformat(),
                number(bar.person_days),
                percent(bar.done) if bar.done else "",
            ]
            for bar in found.bars
        ),
        "><<<>>",
    )
    if found.stones:
        yield table((_("Day"), _("What happens")), ([stone.day.isoformat(), stone.name] for stone in found.stones))


def _network(found: Network) -> Iterator[str]:
    names = {node.id: node.name for node in found.nodes}
    must: dict[str, list[str]] = {}
    should: dict[str, list[str]] = {}
    for tie in found.ties:
        (must if tie.hard else should).setdefault(tie.item, []).append(names[tie.needs])
    lines = []
    for node in found.nodes:
        told = []
        if node.id in must:
            told.append(_("needs {items}").format(items=listed(must[node.id])))
        if node.id in should:
            told.append(_("should have {items}").format(items=listed(should[node.id])))
        if told:
            lines.append(literal(labelled(node.name, _("; ").join(told))))
    if lines:
        yield _strong(found.title)
        yield bullets(lines)
