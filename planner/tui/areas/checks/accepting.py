"""Accepting a finding with a reason, and no longer accepting it."""

from planner.checks.finding import Finding
from planner.model.project import Project
from planner.text.i18n import _, ngettext
from planner.tui.areas.area import Area, Change
from planner.tui.areas.checks.rows import plainly


async def accept_finding(area: Area, finding: Finding, n: int) -> None:
    """Ask why a finding is accepted, and whether with it all ``n`` that its check finds."""
    from planner.tui.screens.form import OneOf, Text, Values
    from planner.tui.typed import required

    extents = [("all", ngettext("the {n} finding of this check", "all {n} findings of this check", n).format(n=n))]
    if finding.items:
        extents.insert(0, ("one", _("only this one")))

    def change(values: Values) -> Change:
        return accepting(finding, values["reason"], values["extent"] == "one")

    await area.fill(
        _("Accept: {title}").format(title=finding.title),
        [
            Text("reason", _("Accepted because"), "", required, _("it stays in the plan, for whoever reviews it")),
            OneOf("extent", _("What is accepted"), tuple(extents), extents[0][0]),
        ],
        change,
        lambda values: _("{title}: accepted").format(title=finding.title),
        plainly(area.project, finding),
    )


def accepting(finding: Finding, reason: str, only: bool) -> Change:
    """An edit that accepts ``finding`` for ``reason``, with ``only`` nothing else of its check."""

    def change(project: Project) -> Project:
        from planner.catalog.load import load
        from planner.edit.checks import accept, mute

        if only:
            return accept(project, load(), finding.id, reason, finding.items)
        return mute(project, load(), finding.id, reason)

    return change


def speaking_again(finding: Finding) -> Change:
    """An edit that no longer accepts ``finding``."""

    def change(project: Project) -> Project:
        from planner.edit.checks import speak_again

        return speak_again(project, finding.id, finding.items)

    return change
