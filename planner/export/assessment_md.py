"""The report of an assessment as a Markdown document. Text from the plan shows literally."""

from collections.abc import Iterator

from planner.export.assessment_report import Block, Bullets, Report, Table, report
from planner.export.handover import Handover
from planner.export.markdown import bullets, literal, table


def render(handover: Handover) -> str:
    """The report as GitHub-flavoured Markdown."""
    return "\n\n".join(_blocks(report(handover.project, handover.catalogue))) + "\n"


def _blocks(told: Report) -> Iterator[str]:
    yield f"# {literal(told.title)}"
    yield from _block(told.facts)
    for chapter in told.chapters:
        yield f"{'###' if chapter.inner else '##'} {literal(chapter.title)}"
        for block in chapter.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    """A block as Markdown; nothing for an empty one."""
    match block:
        case Table():
            rows = (map(literal, row) for row in block.rows)
            yield table([literal(cell) for cell in block.head], ([*row] for row in rows), right=block.right)
        case Bullets(items=items):
            if items:
                yield bullets(map(literal, items))
        case str():
            yield literal(block)
