"""The roadmap as a Mermaid Gantt chart, as Markdown pages and wikis draw it."""

import re

from planner.export.handover import Handover
from planner.export.outline import outline
from planner.text.clean import one_line

_SPECIAL = re.compile(r"""[!"#$%&'*:;<=>?@\[\\\]^_`{|}~]""")


def render(handover: Handover) -> str:
    """A bar for each capability (and each work package of the whole programme), by phase; none without a roadmap."""
    project = handover.project
    lines = ["gantt", f"    title {literal(project.engagement.name)}", "    dateFormat YYYY-MM-DD"]
    lines += ["    inclusiveEndDates", "    axisFormat %Y-%m"]
    for part in outline(project):
        lines.append(f"    section {part.number}. {literal(part.phase.name)}")
        for index, item in enumerate(part.items, 1):
            # The number in front keeps a name such as "title" or "click" from being read as a statement.
            text = f"{part.number}.{index} {literal(project.title(item.id))}"
            lines.append(f"    {text}:p{part.number}i{index}, {item.start}, {item.finish}")
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """``text`` on one line, with an entity code for every character that could mean something to Mermaid."""
    return _SPECIAL.sub(lambda found: f"#{ord(found.group())};", one_line(text))
