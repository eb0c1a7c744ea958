"""The report of an assessment as a Markdown document. Text from the plan shows literally."""

from collections.abc import Iterator

from planner.export import assessment_report
from planner.export.handover import Handover
from planner.export.markdown import blocks, bullets, chapter, literal


def render(handover: Handover) -> str:
    """The report as GitHub-flavoured Markdown."""
    return "\n\n".join(_blocks(handover)) + "\n"


def _blocks(handover: Handover) -> Iterator[str]:
    project, catalogue = handover.project, handover.catalogue
    yield f"# {literal(assessment_report.title(project))}"
    yield bullets(map(literal, handover.identity.lines))
    yield from blocks((assessment_report.facts(project, catalogue),))
    for section in assessment_report.chapters(project, catalogue):
        yield from chapter(section, "##")
