"""What needs what as a Mermaid flow chart: a frame for each phase, dashed lines for what only should come before."""

from collections.abc import Iterator, Sequence

from planner.export.handover import Handover
from planner.export.mermaid_text import heading, literal, within
from planner.export.report.dependencies import network
from planner.export.report.parts import Network, Tie
from planner.text.i18n import _, ngettext

EDGES = 500
"""As many lines as Mermaid draws."""


def render(handover: Handover) -> str:
    """The capabilities of the plan, by phase, and the ties between them that do not follow from others.

    Mermaid draws no more than ``EDGES`` lines: in a larger plan those that must be kept come first, and a comment
    says how many are left out.
    """
    picture = network(handover.facts)
    ties = sorted(picture.ties, key=lambda tie: not tie.hard)[:EDGES]
    head = ["flowchart LR", *heading(handover)]
    left_out = len(picture.ties) - len(ties)
    if left_out:
        told = ngettext("{n} dependency is left out", "{n} dependencies are left out", left_out).format(n=left_out)
        head.append(f"    %% {literal(told)}")
    return within("\n".join([*head, *_body(picture, ties, cells)]) + "\n" for cells in (120, 60, 30, 16))


def _body(picture: Network, ties: Sequence[Tie], cells: int) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(picture.nodes)}
    titles = {span.number: f"{span.number} {span.name}" for span in picture.phases}
    for phase in sorted({node.phase for node in picture.nodes}):
        yield f'    subgraph p{phase}["{literal(titles.get(phase, _("In no phase")), cells)}"]'
        for node in picture.nodes:
            if node.phase == phase:
                yield f'        {names[node.id]}["{literal(node.name, cells)}"]'
        yield "    end"
    for tie in ties:
        if tie.needs in names and tie.item in names:
            yield f"    {names[tie.needs]} {'-->' if tie.hard else '-.->'} {names[tie.item]}"
