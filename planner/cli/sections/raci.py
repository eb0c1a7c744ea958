"""``--section raci``: who is responsible, accountable, consulted and informed, and which posts these are."""

from collections.abc import Iterator

from planner.cli.layout import paragraph, table, titled
from planner.export.report.raci import built, stands_for
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import _, language, listed


def blocks(project: Project, catalogue: Catalogue) -> Iterator[str]:
    """The blocks of the section."""
    tongue = language()
    signs = [chr(ord("a") + number) for number in range(len(catalogue.parties))]
    head = [_("Activity"), *signs]
    rows = [
        [activity.name.in_(tongue), *(activity.parts.get(party.id, "") for party in catalogue.parties)]
        for activity in catalogue.raci
    ]
    sources = [*(party.source for party in catalogue.parties), *(activity.source for activity in catalogue.raci)]
    marks = listed(dict.fromkeys(sources))
    named = listed(f"{sign} {party.name.in_(tongue)}" for sign, party in zip(signs, catalogue.parties, strict=True))
    yield titled(
        _("Who does what in each step of a process"),
        table(head, rows, indent=2),
        paragraph(named, indent=2),
        paragraph(_("R responsible, A accountable, C consulted, I informed (source: {source})").format(source=marks)),
    )
    parties = [party for party in catalogue.parties if party.post]
    if moving := built(project):
        posts = [[process.id, *(stands_for(project, process, party) or "-" for party in parties)] for process in moving]
        yield titled(
            _("Which posts these are"),
            table([_("ID"), *(party.name.in_(tongue) for party in parties)], posts, indent=2),
        )
