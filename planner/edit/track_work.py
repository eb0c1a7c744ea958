"""People on tracks as work: steps as packages of the People workstream, certificates and renewals as milestones."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from planner.edit.made import Made
from planner.edit.sizing import long_enough, role_capacities
from planner.graph.courses import Course, Step, courses, earliest_end, first_day, retakes
from planner.model.calendar import months_after
from planner.model.knowledge import Catalogue
from planner.model.known.people import Track
from planner.model.measures import Milestone
from planner.model.people import Certificate
from planner.model.project import Dependency, Pin, Project, WorkPackage
from planner.model.terms import Terms, horizon, person, post_of, terms
from planner.model.values import Duration, Effort, Fixed, Words

WITH_LEVEL = Words(en="{track} ({level})", zh="{track}（{level}）")
PLAIN = Words(en="{track}, {holder}: {step}", zh="{track}，{holder}：{step}")
RESIT = Words(en="{track}, {holder}: {step} (resit, attempt {n})", zh="{track}，{holder}：{step}（补考，第{n}次）")
AGAIN = Words(en="{track}, {holder}: {step} (time {n})", zh="{track}，{holder}：{step}（第{n}次）")
COUNTS = Words(en="counts {weight:g} % of the result", zh="占总成绩{weight:g}%")
PASSED = Words(en="{pass_mark:g} % in total passes", zh="总分{pass_mark:g}%合格")
LONGER = Words(
    en="{planned} days became {days}, so that each role can carry its share",
    zh="为使各角色能够承担，工期由{planned}天延长为{days}天",
)
BEGIN = Words(en="the beginning that was agreed", zh="约定的开始日期")
INTAKE = Words(en="the next intake, of {month}", zh="下一期：{month}")
FULL = Words(
    en="the intake of {full} has its {n} participants; this is the next with a place, of {month}",
    zh="{full}一期已满{n}人，顺延至下一期有名额者：{month}",
)
RETAKE = Words(en="the next intake after the failed one", zh="未通过后的下一期")
WAIT = Words(en="the steps of the track are so far apart", zh="培养路径规定的间隔")
AWARDED = Words(en="{track}, {holder}: has the certificate", zh="{track}，{holder}：取得证书")
RENEW = Words(en="{track}, {holder}: ask for renewal", zh="{track}，{holder}：申请换证")
EXPIRY = Words(en="{track}, {holder}: the certificate ends", zh="{track}，{holder}：证书到期")
VALID = Words(en="years valid: {years}", zh="有效年数：{years}")
LEAD = Words(en="years valid: {years}; months before to ask: {months}", zh="有效年数：{years}；提前申请月数：{months}")
LEAD_ONLY = Words(en="months before to ask: {months}", zh="提前申请月数：{months}")
KNOWN_END = Words(en="the certificate says so", zh="证书载明")
UNKNOWN = Words(
    en="for how long it is valid, or how early renewal is asked for, is not set: renewals are not planned in full",
    zh="有效期或换证提前期未设定，换证未能完整排期",
)
"""What the plan says, in its own language: it must read the same whoever opens it."""


def made(project: Project, catalogue: Catalogue) -> Made:
    """Packages, order, beginnings and milestones of everybody on a track, and renewals of the certificates held."""
    parts = [_Part(project, catalogue, course) for course in courses(project, catalogue)]
    return Made(
        packages=tuple(package for part in parts for package in part.packages()),
        dependencies=tuple(link for part in parts for link in part.links()),
        pins=tuple(pin for part in parts for pin in part.pins()),
        milestones=(
            *(stone for part in parts for stone in part.milestones()),
            *(stone for certificate in current(project) for stone in _renewals(project, catalogue, certificate)),
        ),
    )


def current(project: Project) -> tuple[Certificate, ...]:
    """The certificates that count: of each holder's the latest of its kind, and none that is lost and not reissued."""
    latest: dict[tuple[str, str, str], Certificate] = {}
    for certificate in sorted(project.certificates, key=lambda held: held.issued):
        if not certificate.lost or certificate.reissued:
            latest[certificate.track, certificate.level, certificate.holder] = certificate
    return tuple(certificate for certificate in project.certificates if certificate in latest.values())


def title(terms: Terms, level: str, language: str) -> str:
    """What a plan calls a certificate: the track, and the level where there are several."""
    found = terms.level(level)
    name = terms.track.name.in_(language)
    if found is None or len(terms.track.levels) == 1:
        return name
    return WITH_LEVEL.in_(language).format(track=name, level=found.name.in_(language))


class _Part:
    """What one enrolment brings into the plan. Steps that were taken out by hand are passed over."""

    def __init__(self, project: Project, catalogue: Catalogue, course: Course) -> None:
        self.project, self.catalogue, self.course = project, catalogue, course
        self.track: Track = course.terms.track
        self.language = project.engagement.language
        self.names = {
            "track": title(course.terms, course.enrolment.level, self.language),
            "holder": person(project, course.enrolment.holder),
        }
        out = {entry.package for entry in project.left_out}
        self.steps: Sequence[Step] = [step for step in course.steps if step.id not in out]
        self.roles = _roles(project, catalogue, course)

    def packages(self) -> Iterator[WorkPackage]:
        for index, step in enumerate(self.steps):
            weeks = step.known.weeks * max(1, len(self.project.calendar.working_days))
            share = round(step.known.days / len(self.roles), 2) if self.roles else 0.0
            effort = dict.fromkeys(self.roles, Effort(share, share, share)) if share else {}
            days = long_enough(Duration(weeks, weeks, weeks), effort, self.roles)
            name = RESIT if step.resit else AGAIN if step.time > 1 else PLAIN
            yield WorkPackage(
                id=step.id,
                name=self._say(name, step=step.known.name.in_(self.language), n=step.time),
                workstream="people",
                days=days,
                effort=Fixed(effort),
                after=(self.steps[index - 1].id,) if index and not step.wait else (),
                cost=self.course.paid(step),
                source="catalogue",
                note=self._note(step, weeks, days.likely),
            )

    def _note(self, step: Step, planned: int, days: int) -> str:
        parts = []
        if step.known.weight:
            parts.append(self._say(COUNTS, weight=step.known.weight))
            if self.track.pass_mark:
                parts.append(self._say(PASSED, pass_mark=self.track.pass_mark))
        if days > planned:
            parts.append(self._say(LONGER, planned=planned, days=days))
        return "; ".join(parts)

    def links(self) -> Iterator[Dependency]:
        for before, step in zip(self.steps, self.steps[1:], strict=False):
            if step.wait:
                yield Dependency(
                    item=step.id,
                    needs=before.id,
                    lag=step.wait * max(1, len(self.project.calendar.working_days)),
                    reason=WAIT.in_(self.language),
                    source="catalogue",
                )

    def pins(self) -> Iterator[Pin]:
        if self.steps:
            first = self.steps[0]
            yield self._pin(first.id, first_day(self.course, first), self._why_then())
        for ident, day in retakes(self.course).items():
            if any(step.id == ident for step in self.steps[1:]):
                yield self._pin(ident, day, RETAKE.in_(self.language))

    def _pin(self, item: str, day: date, reason: str) -> Pin:
        return Pin(item=item, not_before=day, reason=reason, source="catalogue")

    def milestones(self) -> Iterator[Milestone]:
        if not self.steps:
            return
        known, ident = self.course.terms, self.course.enrolment.id
        yield Milestone(
            id=f"{ident}-awarded",
            name=self._say(AWARDED),
            kind="certificate",
            item=self.steps[-1].id,
            reason=UNKNOWN.in_(self.language) if known.missing else "",
            source="catalogue",
        )
        years, lead = known.valid_years, known.lead_months
        # How many there are does not hang on the roadmap: another one must not change what the plan consists of.
        day = earliest_end(self.course)
        last = horizon(self.project)
        for n in count(1) if years else ():
            ends = 12 * (years or 0) * n
            asked = ends - (lead or 0)
            if months_after(day, asked) > last:
                return
            values = {"years": years, "months": lead}
            if lead and asked > 0:
                yield self._later(f"{ident}-renewal-{n}", RENEW, "renewal", asked, LEAD, values)
            if months_after(day, ends) <= last:
                yield self._later(f"{ident}-expiry-{n}", EXPIRY, "expiry", ends, VALID, values)

    def _later(
        self, ident: str, name: Words, kind: str, months: int, why: Words, values: Mapping[str, Any]
    ) -> Milestone:
        return Milestone(
            id=ident,
            name=self._say(name),
            kind=kind,
            item=self.steps[-1].id,
            months=months,
            reason=self._say(why, **values),
            source="catalogue",
        )

    def _why_then(self) -> str:
        course = self.course
        month = f"{course.begin:%Y-%m}"
        if course.full:
            return self._say(FULL, full=f"{course.full:%Y-%m}", n=self.track.cohort, month=month)
        asked = max(course.enrolment.begin, self.project.engagement.start)
        return self._say(INTAKE if course.begin > asked else BEGIN, month=month)

    def _say(self, words: Words, **values: Any) -> str:
        return words.in_(self.language).format(**self.names, **values)


def _renewals(project: Project, catalogue: Catalogue, certificate: Certificate) -> Iterator[Milestone]:
    """When renewal of a certificate that is held is to be asked for, and when it ends; nothing when it has ended."""
    known = terms(project, catalogue, certificate.track)
    ends = known.expires(certificate) if known else None
    if known is None or ends is None or ends < project.engagement.start:
        return
    language, last = project.engagement.language, horizon(project)
    years, lead = known.valid_years, known.lead_months
    names = {"track": title(known, certificate.level, language), "holder": person(project, certificate.holder)}
    for n in count(1):
        asked = months_after(ends, -(lead or 0))
        if asked > last:
            return
        reason = (VALID if years else KNOWN_END).in_(language).format(years=years)
        if lead:
            reason = (LEAD if years else LEAD_ONLY).in_(language).format(years=years, months=lead)
            yield Milestone(
                id=f"{certificate.id}-renewal-{n}",
                name=RENEW.in_(language).format(**names),
                kind="renewal",
                day=asked,
                reason=reason,
                source="catalogue",
            )
        if ends <= last:
            yield Milestone(
                id=f"{certificate.id}-expiry-{n}",
                name=EXPIRY.in_(language).format(**names),
                kind="expiry",
                day=ends,
                reason=reason,
                source="catalogue",
            )
        if not years:
            return
        ends = months_after(ends, 12 * years)


def _roles(project: Project, catalogue: Catalogue, course: Course) -> dict[str, float]:
    """The roles whose time a course takes, with the capacity of each: those of the holder's post, else the track's.

    A role without capacity cannot give any and is left out.
    """

    most = role_capacities(project, catalogue)

    def able(names: Sequence[str]) -> dict[str, float]:
        return {name: most[name] for name in names if most.get(name)}

    post = post_of(project, course.enrolment.holder)
    return able(post.roles if post else ()) or able((course.terms.track.role,))
