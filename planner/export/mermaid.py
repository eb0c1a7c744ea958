"""The roadmap as a Mermaid Gantt chart, as Markdown pages and wikis draw it."""

from collections.abc import Iterator

from planner.export.handover import Handover
from planner.export.mermaid_text import heading, literal, within
from planner.export.report.parts import Bar, Span, Stone, Timeline
from planner.export.report.roadmap import GATE, timeline
from planner.text.i18n import _, ngettext


def render(handover: Handover) -> str:
    """A bar for each capability (and each work package of the whole programme) by phase, and the dates around them.

    What is finished is marked so, what is under way too. As Mermaid draws no more than ``MOST`` signs of text, names
    are shortened in a large plan; in one still larger each phase tells its first bars only.
    """
    head = ["gantt", f"    title {literal(handover.project.engagement.name, 200)}", *heading(handover)]
    head += ["    dateFormat YYYY-MM-DD", "    inclusiveEndDates", "    axisFormat %Y-%m"]
    line = timeline(handover)
    if line is None:
        return "\n".join(head) + "\n"
    return within(
        "\n".join([*head, *_sections(line, cells, most)]) + "\n"
        for cells, most in ((120, 5000), (60, 5000), (30, 5000), (30, 40), (20, 10))
    )


def _sections(line: Timeline, cells: int, most: int) -> Iterator[str]:
    """Each phase with up to ``most`` bars and its gate; then all other dates."""
    for span in line.phases:
        yield f"    section {span.number}. {literal(span.name, cells)}"
        bars = [bar for bar in line.bars if bar.phase == span.number]
        for index, bar in enumerate(bars[:most], 1):
            yield _bar(bar, span, index, cells)
        if len(bars) > most and span.start and span.finish:
            more = len(bars) - most
            told = ngettext("and {n} more", "and {n} more", more).format(n=more)
            yield f"    {span.number}.{most + 1} {literal(told)}:p{span.number}more, {span.start}, {span.finish}"
        for stone in line.stones:
            if stone.kind == GATE and stone.id == f"{GATE}-{span.id}":
                yield _stone(stone, f"{span.number}.{len(bars) + 1}", f"g{span.number}", cells)
    others = [stone for stone in line.stones if stone.kind != GATE]
    if others:
        yield f"    section {literal(_('Dates'))}"
    for index, stone in enumerate(others[:most], 1):
        yield _stone(stone, str(index), f"m{index}", cells)


def _bar(bar: Bar, span: Span, index: int, cells: int) -> str:
    # The number in front keeps a name such as "title" or "click" from being read as a statement.
    state = "done, " if bar.done >= 1 else "active, " if bar.done > 0 else ""
    name = f"{span.number}.{index} {literal(bar.name, cells)}"
    return f"    {name}:{state}p{span.number}i{index}, {bar.start}, {bar.finish}"


def _stone(stone: Stone, number: str, ident: str, cells: int) -> str:
    return f"    {number} {literal(stone.name, cells)}:milestone, {ident}, {stone.day}, 0d"
