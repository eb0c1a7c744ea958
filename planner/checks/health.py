"""Looks at the health of the schedule, in the spirit of the DCMA 14-point assessment as far as it fits a rollout plan.

Its points on work in progress (missed tasks against a baseline, baseline execution) do not: a plan holds no actuals.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from planner.checks.registry import Hit, View, looks
from planner.checks.slack import Slack
from planner.graph.links import links
from planner.model.calendar import months_after
from planner.model.project import Dependency, Project
from planner.text.i18n import _, listed

NAMED = 5
"""How many items a sentence names before it only counts the rest."""


@looks("H01")
def missing_logic(view: View) -> Iterator[Hit]:
    """Work that waits for nothing and for which nothing waits."""
    project = view.project
    linked = {end for link in links(project) for end in (link.needs, link.item)}
    alone = [
        package.id
        for package in project.packages
        if package.id not in linked and (not package.capability or package.capability not in linked)
    ]
    if len(project.packages) >= view.number("least") and len(alone) > view.number("share") * len(project.packages):
        yield _counted(
            _("{n} of {all} work packages wait for nothing, and nothing waits for them: {items}"),
            alone,
            len(project.packages),
        )


@looks("H02")
def leads(view: View) -> Iterator[Hit]:
    """Dependencies with a negative lag."""
    for link in _followed(view.project):
        if link.lag < 0:
            yield _link(_("{item} begins {days} working days before what it waits for in {needs} has come"), link)


@looks("H03")
def lags(view: View) -> Iterator[Hit]:
    """Dependencies with a long wait in them."""
    for link in _followed(view.project):
        if link.lag > view.number("days"):
            yield _link(
                _("{item} waits {days} working days after {needs}, and nobody works on anything in that time"), link
            )


def _link(text: str, link: Dependency) -> Hit:
    message = text.format(item=link.item, needs=link.needs, days=abs(link.lag))
    return Hit(message, (link.item, link.needs))


@looks("H04")
def other_types(view: View) -> Iterator[Hit]:
    """Many dependencies that are not "one after the other"."""
    followed = _followed(view.project)
    other = [link for link in followed if link.type != "finish-start"]
    if len(followed) >= view.number("least") and len(other) > view.number("share") * len(followed):
        ends = [f"{link.item} / {link.needs}" for link in other]
        items = tuple(dict.fromkeys(end for link in other for end in (link.item, link.needs)))
        yield Hit(
            _("{n} of {all} dependencies tie other ends than a finish to a start: {items}").format(
                n=len(other), all=len(followed), items=_some(ends)
            ),
            items,
        )


def _followed(project: Project) -> Sequence[Dependency]:
    """The dependencies that tie items of the plan."""
    here = {*project.capabilities, *project.package_by_id}
    return [d for d in project.dependencies if d.strength != "off" and d.item in here and d.needs in here]


@looks("H05")
def hard_pins(view: View) -> Iterator[Hit]:
    """Much work that somebody nailed to a phase or between two days; what the catalogue pins follows from a date."""
    project = view.project
    held = [
        package
        for pin in project.pins
        if pin.source == "own" and (pin.phase or (pin.not_before and pin.deadline))
        for package in ([part.id for part in project.packages_of.get(pin.item, ())] or [pin.item])
    ]
    nailed = [*dict.fromkeys(held)]
    if len(project.packages) >= view.number("least") and len(nailed) > view.number("share") * len(project.packages):
        yield _counted(
            _("{n} of {all} work packages are nailed to a phase or between two days: {items}"),
            nailed,
            len(project.packages),
        )


@looks("H06")
def high_float(view: View) -> Iterator[Hit]:
    """Much work that could come far later in its phase without holding anything up: links may be missing."""
    floats = Slack(view.facts).floats
    loose = [package for package, days in floats.items() if days > view.number("days")]
    if len(floats) >= view.number("least") and len(loose) > view.number("share") * len(floats):
        text = _(
            "{n} of {all} work packages could come more than {days:.0f} working days later and hold up nothing: {items}"
        )
        yield _counted(text, loose, len(floats), view.number("days"))


@looks("H07")
def impossible(view: View) -> Iterator[Hit]:
    """Deadlines that the links alone make impossible, however many people there are."""
    soonest = Slack(view.facts).soonest
    for pin in view.project.pins:
        if pin.deadline and pin.item in soonest and soonest[pin.item] > pin.deadline:
            yield Hit(
                _("{item} must be finished by {deadline}, but what comes before it takes until {day} at least").format(
                    item=pin.item, deadline=pin.deadline, day=soonest[pin.item]
                ),
                (pin.item,),
            )


@looks("H08")
def long_packages(view: View) -> Iterator[Hit]:
    """Much work in pieces so long that nobody sees whether it moves."""
    packages = view.project.packages
    long = [package.id for package in packages if package.days.likely > view.number("days")]
    if len(packages) >= view.number("least") and len(long) > view.number("share") * len(packages):
        text = _("{n} of {all} work packages last more than {days:.0f} working days: {items}")
        yield _counted(text, long, len(packages), view.number("days"))


@looks("H09")
def impossible_dates(view: View) -> Iterator[Hit]:
    """Dates that cannot be: audits and milestones before the project starts, certificates that end before they are."""
    project = view.project
    begin = project.engagement.start
    for ident, name, day in (
        *((c.standard, c.name, c.audit) for c in project.certifications),
        *((stone.id, stone.name, stone.day) for stone in project.milestones if stone.day),
    ):
        if day < begin:
            text = _("{name} is on {day}, before the project starts on {begin}")
            yield Hit(text.format(name=name, day=day, begin=begin), (ident,))
    for certificate in project.certificates:
        later = (certificate.expires, certificate.lost, certificate.reissued)
        if any(day and day < certificate.issued for day in later):
            text = _("the certificate {id} of {holder} expires, was lost or reissued before it was issued on {day}")
            message = text.format(id=certificate.id, holder=certificate.holder, day=certificate.issued)
            yield Hit(message, (certificate.id,))


@looks("H10")
def unassigned(view: View) -> Iterator[Hit]:
    """Much effort of roles that no post fills, in a plan that names posts."""
    project = view.project
    if not project.posts:
        return
    filled = {role for post in project.posts for role in post.roles}
    total, without = 0.0, dict[str, float]()
    for package in project.packages:
        for role, effort in package.effort.items():
            total += effort.likely
            if role not in filled:
                without[role] = without.get(role, 0.0) + effort.likely
    if sum(without.values()) > view.number("share") * total:
        yield Hit(
            _("{percent:.0%} of the effort belongs to roles that no post fills: {roles}").format(
                percent=sum(without.values()) / total, roles=_some([project.role_by_id[role].name for role in without])
            ),
            tuple(without),
        )


@looks("H11")
def missed_dates(view: View) -> Iterator[Hit]:
    """Much of what has a promised date finishes after it."""
    project, roadmap, spans = view.project, view.project.roadmap, view.facts.spans
    if roadmap is None:
        return
    promised: dict[str, date] = {}
    for item, place in roadmap.packages.items():
        phase = project.phase_by_id.get(place.phase)
        if item in spans and phase and phase.not_after:
            promised[item] = phase.not_after
    for pin in project.pins:
        if pin.deadline and pin.item in spans:
            promised[pin.item] = min(pin.deadline, promised.get(pin.item, pin.deadline))
    missed = [item for item, day in promised.items() if spans[item].finish > day]
    if len(promised) >= view.number("least") and len(missed) > view.number("share") * len(promised):
        yield Hit(
            _("{n} of {all} items that have a promised date finish after it: {items}").format(
                n=len(missed), all=len(promised), items=_some(missed)
            ),
            tuple(missed),
        )


@looks("H12")
def critical_path_test(view: View) -> Iterator[Hit]:
    """A long delay of the first critical work that would not be felt at the end: links are missing on the way."""
    slack, finish = Slack(view.facts), view.facts.finish
    first = slack.first_critical()
    if not first or finish is None or len(view.project.packages) < view.number("least"):
        return
    ends = {item: span.finish for item, span in view.facts.spans.items() if item in view.project.package_by_id}
    last = [item for item, day in ends.items() if day == finish]
    delay = math.ceil(view.number("lengths") * slack.days_until(finish))
    if first not in last and slack.held_up_by(first, delay).isdisjoint(last):
        yield Hit(
            _(
                "if {first} started {days} working days late, {last} would still finish on {day} as planned: nothing "
                "links the beginning of the plan to its end"
            ).format(first=first, days=delay, last=_some(last), day=finish),
            (first, *last),
        )


@looks("H13")
def too_long(view: View) -> Iterator[Hit]:
    """A plan, or without a roadmap its longest chain, that needs more days than there are until it must be over."""
    slack, finish, project = Slack(view.facts), view.facts.finish, view.project
    end = _agreed_end(project)
    needed = slack.days_until(finish) + 1 if finish else slack.length
    if end is None or not needed:
        return
    there = slack.days_until(end) + project.calendar.is_working(end)
    if there / needed < view.number("index"):
        text = (
            _("the roadmap takes {needed} working days, but there are only {there} until {end}")
            if finish
            else _("the longest chain of work takes {needed} working days, but there are only {there} until {end}")
        )
        yield Hit(text.format(needed=needed, there=there, end=end))


def _agreed_end(project: Project) -> date | None:
    """The day by which all is to be over: that of the last phase, else the horizon of the engagement; None if open."""
    if project.phases and project.phases[-1].not_after:
        return project.phases[-1].not_after
    months = project.context.horizon_months
    return months_after(project.engagement.start, months) if months else None


def _counted(text: str, packages: Sequence[str], whole: int, days: float = 0) -> Hit:
    """A hit on some of all work packages, ``text`` being what is to be said of them."""
    return Hit(text.format(n=len(packages), all=whole, items=_some(packages), days=days), tuple(packages))


def _some(names: Sequence[str]) -> str:
    """``names`` listed, the first few of them when they are many."""
    if len(names) <= NAMED:
        return listed(names)
    return _("{names} and {n} more").format(names=listed(names[:NAMED]), n=len(names) - NAMED)
