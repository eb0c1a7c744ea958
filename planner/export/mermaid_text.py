"""How a text from a plan stands in a Mermaid source: as itself, and never as a part of the source."""

import re
from collections.abc import Iterable

from planner.export.handover import Handover
from planner.text.clean import one_line
from planner.text.width import cut

MOST = 48_000
"""Signs of text that Mermaid draws are 50,000; the rest is left for what a wiki adds."""

_SPECIAL = re.compile(r"""^[-+0-9]|[!"#$%&'*:;<=>?@\[\\\]^_`{|}~]""")
"""What means something anywhere, and at the beginning signs of a list."""


def literal(text: str, cells: int = 0) -> str:
    """``text`` on one line, with an entity code for every character that could mean something to Mermaid.

    With ``cells``, shortened to so many before.
    """
    text = one_line(text)
    if cells:
        text = cut(text, cells)
    return _SPECIAL.sub(lambda found: f"#{ord(found.group())};", text)


def heading(handover: Handover) -> list[str]:
    """What every page bears, as a comment of Mermaid."""
    told = [*handover.identity.lines, *handover.left_out]
    return [f"    %% {literal(text, 200)}" for text in told]


def within(drafts: Iterable[str]) -> str:
    """The first of ``drafts`` that Mermaid draws, else the last."""
    made = ""
    for made in drafts:
        if len(made) <= MOST:
            break
    return made
