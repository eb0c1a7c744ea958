"""The signs of the roadmap, as this terminal draws them."""

from planner.text.i18n import _
from planner.tui.glyphs import LEFT, RIGHT, glyphs


def legend() -> tuple[str, ...]:
    """Lines for the help."""
    signs = glyphs()
    return (
        _("=  {gate}    a phase, which ends at its gate").format(gate=signs.gate),
        _("{full}       decides the finish; {shade}  a capability, {line}  a work package that do not").format(
            full=signs.full, shade=signs.shades[-2], line=signs.joints[LEFT | RIGHT]
        ),
        _("x       done; {ghost}  where the baseline had it, or where it was before a move").format(ghost=signs.ghost),
        _(
            "{stone}       a milestone; :  a blackout, in which work pauses; {line}  the day progress is known for"
        ).format(stone=signs.milestone, line=signs.vertical),
        _("< >     at the edge: the bar is out of view that way"),
        _("+ -     closed, opened (Enter); + in front: marked (Space)"),
        _("!       breaks a rule (v says which); *  pinned"),
    )
