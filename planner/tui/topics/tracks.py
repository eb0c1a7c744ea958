"""Certificates of people: who is on which track, who holds what, what the client decided about a track."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from planner.edit.tracks import change_enrolment, enrol, set_track, unenrol
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, listed, ngettext
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic, source
from planner.tui.typed import day, positive_or_none, whole
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

_TRACK = "track "


class Tracks(Topic):
    """Who is on a track, certificates held, then the tracks and their settings."""

    columns = (Column(N_("Who, track"), 18, share=2), Column(N_("Level"), 10, share=1), Column(N_("From, until"), 22))

    prefix = _TRACK

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        posts = {post.id: post.name for post in project.posts}
        tongue = language()
        names = {(track.id, level.id): level.name.in_(tongue) for track in catalogue.tracks for level in track.levels}
        rows = [
            Row(e.id, (posts.get(e.holder, e.holder), names.get((e.track, e.level), e.track), str(e.begin)))
            for e in project.enrolments
        ]
        if project.certificates:
            rows.append(Row("held", banner=_("Certificates held"), style="head"))
            rows += [
                Row(
                    c.id,
                    (
                        posts.get(c.holder, c.holder),
                        names.get((c.track, c.level), c.track),
                        f"{c.issued} .. {c.expires or '?'}",
                    ),
                )
                for c in project.certificates
            ]
        rows.append(Row("tracks", banner=_("Tracks: how long a certificate is valid"), style="head"))
        held = {setting.track: setting for setting in project.tracks}
        for track in catalogue.tracks:
            setting = held.get(track.id)
            years = (setting.valid_years if setting else None) or track.valid_years
            words = ngettext("{n} year", "{n} years", years).format(n=years) if years else _("not decided yet")
            rows.append(Row(_TRACK + track.id, (track.name.in_(tongue), "", words)))
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        track = next((track for track in catalogue.tracks if _TRACK + track.id == key), None)
        tongue = language()
        if track:
            entry = listed(words.in_(tongue) for words in track.entry)
            rules = listed(words.in_(tongue) for words in track.rules)
            return [labelled(track.name.in_(tongue), entry or rules), source(track.source)]
        enrolment = next((e for e in project.enrolments if e.id == key), None)
        if enrolment is None:
            return [_("n puts somebody on a track.")]
        begins = f"{enrolment.id}-"
        steps = [p for p in project.packages if p.id.startswith(begins)]
        cost = sum(package.cost for package in steps)
        return [
            _("Steps: {steps}").format(steps=listed(package.name for package in steps)),
            _("Failed exams: {n}. Cost to the company: {cost:g}.").format(n=enrolment.resits, cost=cost),
        ]

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        if any(enrolment.id == key for enrolment in project.enrolments):
            return _("Taken off the track"), lambda p: unenrol(p, catalogue, key)
        return _("Only somebody on a track can be taken off it.")

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        project = area.project
        enrolment = next((e for e in project.enrolments if e.id == key), None)
        if key.startswith(_TRACK):
            await _settings(area, catalogue, key.removeprefix(_TRACK))
        elif enrolment:
            fields = [
                Text("begin", _("Begins"), str(enrolment.begin), day),
                Text("resits", _("Failed exams"), str(enrolment.resits), whole),
            ]

            def change(values: Values) -> "Change":
                return lambda p: change_enrolment(p, catalogue, key, **values)

            await area.fill(key, fields, change, lambda values: _("{fact} changed").format(fact=key))
        else:
            await super().change(area, catalogue, key)

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        tongue = language()
        levels = tuple(
            (f"{track.id} {level.id}", labelled(track.name.in_(tongue), level.name.in_(tongue)))
            for track in catalogue.tracks
            for level in track.levels
        )

        def change(values: Values) -> "Change":
            track, level = values["level"].split(" ")
            holder = values["name"] or values["post"]
            return lambda p: enrol(p, catalogue, track, level, holder, values["begin"])

        posts = (("", _("somebody else")), *((post.id, post.name) for post in area.project.posts))
        await area.fill(
            _("Put on a track"),
            [
                OneOf("level", _("Track and level"), levels, levels[0][0] if levels else ""),
                OneOf("post", _("Post"), posts, ""),
                Text("name", _("or name"), hint=_("a person without a post here")),
                Text("begin", _("Begins"), str(area.project.engagement.start), day),
            ],
            change,
            lambda values: _("{name} on a track").format(name=values["name"] or values["post"]),
            objection=_objection,
        )


def _objection(values: Values) -> str:
    """Why it is not clear who is put on a track."""
    if values["name"] and values["post"]:
        return _("Choose a post or write a name, not both.")
    return "" if values["name"] or values["post"] else _("Choose a post or write a name.")


async def _settings(area: "Area", catalogue: Catalogue, track_id: str) -> None:
    track = next(track for track in catalogue.tracks if track.id == track_id)
    held = next((setting for setting in area.project.tracks if setting.track == track_id), None)
    years = (held.valid_years if held else None) or track.valid_years
    lead = (held.renewal_lead_months if held else None) or track.renewal_lead_months

    def change(values: Values) -> "Change":
        facts: dict[str, Any] = dict(values)
        return lambda p: set_track(p, catalogue, track_id, **facts)

    await area.fill(
        track.name.in_(language()),
        [
            Text("valid_years", _("Valid for years"), str(years or ""), positive_or_none),
            Text("renewal_lead_months", _("Renew months before"), str(lead or ""), positive_or_none),
        ],
        change,
        lambda values: _("{fact} changed").format(fact=track.name.in_(language())),
    )


TOPIC = Tracks()
