"""Organisation: what is known of the client and agreed with it, by topic."""

from planner.text.i18n import N_
from planner.tui.areas.topical import TopicalArea
from planner.tui.topics import ORGANISATION


class OrganisationArea(TopicalArea):
    """Facts about the client; what came from the catalogue says its source."""

    titles = ORGANISATION
    legend = (
        N_("[x]     ticked: it applies to this client; [ ]  it does not"),
        N_("*       changed by hand: no longer as the catalogue has it"),
    )
