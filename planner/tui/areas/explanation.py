"""Why an item is where it is, told in a dialog."""

import asyncio

from planner.text.i18n import _
from planner.tui.areas.area import Area
from planner.tui.screens.dialog import Notice
from planner.tui.widgets.lines import Piece


async def explain_item(area: Area, item: str) -> None:
    """Explain where the roadmap has ``item``."""
    from planner.rollout.explain import explain

    project = area.project
    try:
        found = await asyncio.to_thread(explain, project, item)
    except KeyError:
        area.plan.say(
            _("{item} has no full place in the roadmap yet: m puts it into a phase.").format(item=project.title(item)),
            warn=True,
        )
        return
    phase = project.phase_by_id.get(found.phase)
    lines = [
        Piece(
            _("{start} to {finish}, in phase {phase}").format(
                start=found.start, finish=found.finish, phase=phase.name if phase else found.phase
            ),
            "strong",
        )
    ]
    if found.broken:
        lines += [Piece(""), Piece(_("What is wrong here"), "head"), *(Piece(f"  ! {line}") for line in found.broken)]
    if found.because:
        lines += [Piece(""), Piece(_("Why it is in the plan"), "head"), *(Piece(f"  {line}") for line in found.because)]
    lines += [Piece(""), Piece(_("Why not earlier"), "head")]
    if found.reasons:
        lines += [Piece(f"  {reason.message}") for reason in found.reasons]
    if found.earliest < found.start:
        lines.append(
            Piece("  " + _("It could start on {day} if everything else stayed where it is.").format(day=found.earliest))
        )
    elif not found.reasons:
        lines.append(Piece("  " + _("It starts when the project starts.")))
    if found.parts:
        lines += [Piece(""), Piece(_("Its parts"), "head"), *(Piece(f"  {line}") for line in found.parts)]
    await area.ask(Notice(_("Why is {item} here?").format(item=project.title(item)), lines, hang=2))
