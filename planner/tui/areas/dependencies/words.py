"""Sentences about dependencies: an item, a link between two, ways through several."""

from collections.abc import Iterator, Sequence

from planner.graph.chart import Chart, Pair
from planner.graph.links import Link
from planner.graph.network import capability_of, joined
from planner.model.capability import process_of
from planner.model.project import Dependency, Project
from planner.text.i18n import _, labelled, listed, ngettext
from planner.tui.areas.dependencies.view import Drawing, named

NAMES = 6
"""So many names stand in a list; of the others only the number is told."""


def why(project: Project, dependency: Dependency) -> str:
    """What ``dependency`` says: both ends, strength, type, lag, where it comes from, and its reason."""
    from planner.export.words import link

    words = _("{item} needs {needs}: {strength}, {link}").format(
        item=project.title(dependency.item),
        needs=project.title(dependency.needs),
        strength=_(dependency.strength),
        link=link(dependency),
    )
    source = _("from the catalogue") if dependency.source == "catalogue" else _("of this plan")
    return _("{words}, {source}. {reason}").format(words=words, source=source, reason=dependency.reason)


def order_words(link: Link) -> str:
    """Why a link that is no dependency is there."""
    if link.origin != "level":
        return _("The order of packages inside one capability.")
    if link.weeks:
        return _("The level below comes first and settles for {n} weeks.").format(n=link.weeks)
    return _("The level below comes first.")


def dependencies_between(project: Project, ends: Pair) -> list[Dependency]:
    """The dependencies that a link of the drawing stands for; what is needed comes first in ``ends``."""
    before, after = ends
    return [
        dependency
        for dependency in project.dependencies
        if dependency.strength != "off"
        and capability_of(project, dependency.needs) == before
        and capability_of(project, dependency.item) == after
    ]


def link_words(project: Project, ends: Pair) -> list[str]:
    """All there is between two items: dependencies, then the order of levels and packages."""
    if ends[0] in project.process_by_id:
        found = [pair for pair in joined(project) if process_of(pair[0]) == ends[0] and process_of(pair[1]) == ends[1]]
        return [words for pair in found for words in link_words(project, pair)]
    told = [why(project, dependency) for dependency in dependencies_between(project, ends)]
    told += [order_words(link) for link in joined(project).get(ends, ()) if link.origin != "dependency"]
    return list(dict.fromkeys(told))


def item_words(project: Project, drawing: Drawing, item: str) -> Iterator[str]:
    """Three lines about an item: where it stands, what it needs, what needs it."""
    chart = drawing.whole
    parts = [labelled(named(project, item), _state(project, item))]
    phase = drawing.phases.get(item, 0)
    packages = project.packages_of.get(item, ())
    where = project.roadmap.packages if project.roadmap else {}
    placed = [where[package.id] for package in packages if package.id in where]
    if placed:
        first, last = min(place.start for place in placed), max(place.finish for place in placed)
        parts.append(_("phase {n}, {first} to {last}").format(n=phase, first=first, last=last))
    elif phase:
        parts.append(_("begins in phase {n}").format(n=phase))
    if packages:
        words = ngettext("{n} package, {days:.0f} person-days", "{n} packages, {days:.0f} person-days", len(packages))
        parts.append(words.format(n=len(packages), days=sum(package.person_days for package in packages)))
    yield " | ".join(parts)
    yield "( ) " + _beside(project, chart, item, True)
    needed = "{ } " + _beside(project, chart, item, False)
    if item in chart.pulled:
        words = _("No target asks for it, {other} needs it.").format(other=named(project, chart.pulled[item]))
        needed = f"^ {words} {needed}"
    if item in chart.critical:
        words = _("On the longest chain of work.")
        needed = f"# {words} {needed}"
    yield needed


def _state(project: Project, item: str) -> str:
    process = project.process_by_id[process_of(item) or item]
    if project.stands_at(item):
        return _("stands already")
    return _("now {now}, target {target}").format(now=process.level, target=process.target_level)


def _beside(project: Project, chart: Chart, item: str, needs: bool) -> str:
    """What ``item`` needs, or what needs it, the hard ones first."""
    others = (chart.needs if needs else chart.needed)[item]
    if not others:
        return _("needs nothing here") if needs else _("nothing here needs it")

    def hard(other: str) -> bool:
        return chart.ties[(other, item) if needs else (item, other)]

    ranked = sorted(others, key=lambda other: not hard(other))
    names = [named(project, other) for other in ranked[:NAMES]]
    if len(ranked) > NAMES:
        more = len(ranked) - NAMES
        names.append(ngettext("{n} other", "{n} others", more).format(n=more))
    words = _("needs {n}, {hard} hard: {names}") if needs else _("needed by {n}, {hard} hard: {names}")
    return words.format(n=len(others), hard=sum(map(hard, others)), names=listed(names))


def way_words(project: Project, way: Sequence[str]) -> str:
    """A way from what needs to what is needed, in words."""
    text = _("{item} needs {needs}").format(item=named(project, way[0]), needs=named(project, way[1]))
    for other in way[2:]:
        text = _("{path}, which needs {needs}").format(path=text, needs=named(project, other))
    return _("{words}.").format(words=text)


def fixed_order() -> str:
    """What is answered to who wants to change the order of levels or packages."""
    return _("This is the order of levels and packages, not a dependency of its own: it cannot be changed here.")
