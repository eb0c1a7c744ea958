"""What holds for a track in one plan: what the client decided, else what the catalogue says."""

from dataclasses import dataclass
from datetime import date

from planner.model.calendar import months_after
from planner.model.knowledge import Catalogue
from planner.model.known.people import Track, TrackLevel
from planner.model.people import Certificate, Post, TrackSetting
from planner.model.project import Project

YEARS_AHEAD = 5
"""For how many years from the start of a project renewals of certificates are entered."""

LAST_DAY = date(2199, 12, 31)
"""The last day that a plan may name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A track with the client's settings for it."""

    track: Track
    setting: TrackSetting

    @property
    def valid_years(self) -> int | None:
        """How long a certificate is valid; None where nobody has decided it yet."""
        return self.setting.valid_years or self.track.valid_years

    @property
    def lead_months(self) -> int | None:
        """How many months before the end renewal is asked for; None where nobody has decided it yet."""
        return self.setting.renewal_lead_months or self.track.renewal_lead_months

    @property
    def missing(self) -> tuple[str, ...]:
        """The settings without which no renewal can be planned."""
        known = {"valid_years": self.valid_years, "renewal_lead_months": self.lead_months}
        return tuple(name for name, value in known.items() if value is None)

    def level(self, ident: str) -> TrackLevel | None:
        """The level ``ident``; the only one of a track with one level may go without saying."""
        if not ident and len(self.track.levels) == 1:
            return self.track.levels[0]
        return next((level for level in self.track.levels if level.id == ident), None)

    def price(self, level: TrackLevel) -> float:
        """What a person costs at ``level``, whoever pays, in the currency of the track."""
        return self.setting.cost.get(level.id, level.cost)

    def paid_share(self, level: TrackLevel) -> float:
        """The part of it that the company pays, 0 to 1."""
        return self.setting.paid_share.get(level.id, level.paid_share)

    def expires(self, certificate: Certificate) -> date | None:
        """The last day of a certificate: as it says, else by how long such ones are valid; None when unknown."""
        if certificate.expires or self.valid_years is None:
            return certificate.expires
        return months_after(certificate.issued, 12 * self.valid_years)


def terms(project: Project, catalogue: Catalogue, track: str) -> Terms | None:
    """What holds for the track ``track``; None when the catalogue has no such track."""
    known = next((known for known in catalogue.tracks if known.id == track), None)
    if known is None:
        return None
    held = next((setting for setting in project.tracks if setting.track == track), None)
    return Terms(known, held or TrackSetting(track=track))


def horizon(project: Project) -> date:
    """Until when renewals are entered."""
    return min(LAST_DAY, months_after(project.engagement.start, 12 * YEARS_AHEAD))


def post_of(project: Project, holder: str) -> Post | None:
    """The post that ``holder`` means: its id, or the name of the person on it."""
    by_id = next((post for post in project.posts if post.id == holder), None)
    return by_id or next((post for post in project.posts if holder and post.holder == holder), None)


def person(project: Project, holder: str) -> str:
    """What people call ``holder``: the name of whoever is on the post, else that of the post, else the name given."""
    post = post_of(project, holder)
    return (post.holder or post.name) if post else holder
