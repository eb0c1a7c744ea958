"""Where in Organisation a person fills in what a check misses: a row of a topic, or the topic."""

from collections.abc import Mapping

from planner.checks.finding import Finding
from planner.model.project import Project

_ROWS: Mapping[str, str] = {
    "CHK04": "sponsor",
    "CHK08": "sponsor",
    "CHK27": "process {process}",
    "CHK28": "process {process}",
    "CHK35": "budget",
}
"""By check: the key of a row, perhaps for the process that the finding is about."""

_TOPICS: Mapping[str, str] = {
    "CHK06": "milestones",
    "CHK07": "programme",
    "CHK10": "indicators",
    "CHK12": "programme",
    "CHK33": "context",
    "CHK34": "context",
    "CHK38": "indicators",
    "CHK47": "standard",
    "CHK48": "standard",
    "CHK50": "standard",
    "CHK51": "standard",
    "CHK52": "posts",
    "H10": "posts",
}
"""By check: a topic in which something is to be added."""


def row_of(project: Project, finding: Finding) -> str:
    """The key of the row in which what ``finding`` misses is filled in; empty when there is none."""
    process = next((item for item in finding.items if item in project.process_by_id), "")
    key = _ROWS.get(finding.id, "")
    return "" if "{" in key and not process else key.format(process=process)


def topic_of(finding: Finding) -> str:
    """The topic in which what ``finding`` misses is added; empty when there is none."""
    return _TOPICS.get(finding.id, "")
