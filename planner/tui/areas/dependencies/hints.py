"""What stands out in the drawing of dependencies, and what is told about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.graph.chart import Chart, Pair
from planner.graph.cycles import cycle_if_added
from planner.graph.network import capability_of
from planner.graph.paths import paths
from planner.model.project import Dependency, Project
from planner.text.i18n import _, labelled, ngettext
from planner.tui.areas.dependencies.canvas import Graph, Marks
from planner.tui.areas.dependencies.view import PROCESSES, Drawing, named
from planner.tui.areas.dependencies.words import item_words, link_words, way_words
from planner.tui.widgets.lines import Piece, Pieces

MOST_WAYS = 12
"""So many ways between two items are told."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What a person has in hand beside the selected item.

    ``link``: the one chosen of its links. ``mark``: the marked item; ``ways``: those between it and another, each from
    what needs to what is needed. ``begun``: the item for which a link is being added, which the other end needs when
    ``turned``. ``circle``: the items that such a link would let wait for each other.
    """

    link: Pair | None = None
    mark: str = ""
    ways: tuple[tuple[str, ...], ...] = ()
    begun: str = ""
    turned: bool = False
    circle: tuple[str, ...] = ()

    @property
    def talks(self) -> bool:
        """Whether what is told is running text, not lines about an item."""
        return not self.begun and bool(self.link or self.ways or self.circle)


def marks_for(drawing: Drawing, selected: str, hint: Hint, frugal: bool) -> Marks:
    """The signs beside items and the lines that stand out.

    On a slow line (``frugal``) the lines of the selected item do not: every move of the cursor would send them anew.
    """
    chart = drawing.chart
    beside: dict[str, tuple[str, str]] = {}
    lines: dict[Pair, str] = {}
    for one, other in pairwise(chart.critical):
        lines[one, other] = "strong"
    if hint.circle:
        for item in hint.circle:
            beside[item] = "!", "!"
        for item, needs in pairwise(hint.circle):
            lines |= dict.fromkeys(_as_drawn(drawing, (needs, item)), "bad")
    elif hint.ways:
        for way in hint.ways:
            beside |= dict.fromkeys(way, ("+", "+"))
            lines |= {(needs, item): "key" for item, needs in pairwise(way)}
    elif selected in chart.needs:
        for other in chart.needs[selected]:
            beside[other] = "(", ")"
        for other in chart.needed[selected]:
            beside[other] = "{", "}" if other not in chart.needs[selected] else ")"
        if not frugal:
            for other in (*chart.needs[selected], *chart.needed[selected]):
                lines[selected, other] = "key"
        if hint.link:
            beside |= {end: ("*", "*") for end in hint.link if end != selected}
            lines |= dict.fromkeys(_as_drawn(drawing, hint.link), "here")
    for item in (hint.mark, hint.begun):
        if item:
            beside[item] = "+", beside.get(item, (" ", " "))[1]
    return Marks(beside, lines)


def ways_between(chart: Chart, one: str, other: str) -> tuple[tuple[str, ...], ...]:
    """The shortest ways from one of two items to the other, each from what needs to what is needed."""
    return tuple(paths(chart.needs, one, other, MOST_WAYS) or paths(chart.needs, other, one, MOST_WAYS))


def circle_closed(project: Project, item: str, needs: str) -> tuple[str, ...]:
    """The capabilities of the circle that a hard dependency would close, the first one again at the end."""
    found = cycle_if_added(project, Dependency(item=item, needs=needs))
    items = [capability_of(project, one) for one in found.items] if found else []
    return tuple(one for number, one in enumerate(items) if not number or one != items[number - 1])


def _as_drawn(drawing: Drawing, link: Pair) -> list[Pair]:
    """``link``, or those from which it follows where it is not drawn itself."""
    if link in drawing.picture.corners or not set(link) <= set(drawing.chart.items):
        return [link]
    ways = paths(drawing.chart.needs, link[1], link[0], 1)
    return [(needs, item) for way in ways for item, needs in pairwise(way)]


def hint_lines(project: Project, drawing: Drawing, selected: str, hint: Hint) -> list[str]:
    """What is told about the selected item and what is in hand."""
    if not selected:
        return []
    if hint.begun:
        ends = (selected, hint.begun) if hint.turned else (hint.begun, selected)
        item, needs = (named(project, end) if selected != hint.begun else "..." for end in ends)
        begun = named(project, hint.begun)
        if selected == hint.begun:
            item, needs = ("...", begun) if hint.turned else (begun, "...")
        words = _("New link: {item} needs {needs}").format(item=item, needs=needs)
        return [words, *item_words(project, drawing, selected)][:3]
    if hint.circle:
        words = way_words(project, hint.circle)
        return [_("That would make a circle"), words]
    if hint.link:
        told = link_words(project, hint.link)
        if hint.link not in drawing.picture.corners and set(hint.link) <= set(drawing.chart.items):
            told.append(_("Not drawn, because it follows from other links (W draws every link)."))
        return told
    if hint.ways:
        return _way_lines(project, hint.ways)
    return [*item_words(project, drawing, selected)]


def links_of(chart: Chart, item: str) -> list[Pair]:
    """The links of ``item``: what it needs, then what needs it."""
    return [*((other, item) for other in chart.needs[item]), *((item, other) for other in chart.needed[item])]


def told_in_full(project: Project, drawing: Drawing, selected: str, hint: Hint) -> list[str]:
    """Everything about the chosen link, else about the ways shown, else about the selected item."""
    if hint.link:
        return link_words(project, hint.link)
    if hint.ways:
        steps = dict.fromkeys((needs, item) for way in hint.ways for item, needs in pairwise(way))
        ways = [way_words(project, way) for way in hint.ways if len(way) > 2]
        reasons = [words for step in steps for words in link_words(project, step)]
        return [*ways, "", *reasons] if ways else reasons
    about = [*item_words(project, drawing, selected)]
    links = [words for ends in links_of(drawing.whole, selected) for words in link_words(project, ends)]
    return [*about, "", *links]


def _way_lines(project: Project, ways: Sequence[tuple[str, ...]]) -> list[str]:
    ends = {"item": named(project, ways[0][0]), "needs": named(project, ways[0][-1])}
    words = ngettext("{n} way from {item} to {needs}", "{n} ways from {item} to {needs}", len(ways))
    head = words.format(n=len(ways), **ends)
    return [labelled(head, way_words(project, ways[0])), _("e tells all of them, and why.")]


def where(project: Project, drawing: Drawing, graph: Graph) -> tuple[Pieces, Pieces]:
    """What is drawn, and how much of it is in view."""
    view, picture = drawing.view, drawing.picture
    count = len(drawing.chart.items)
    if view.zoom == PROCESSES:
        words = ngettext("{n} process", "{n} processes", count)
    else:
        words = ngettext("{n} capability", "{n} capabilities", count)
    left = [Piece(" " + words.format(n=count), "head")]
    if view.around:
        left.append(Piece(" " + _("around {name}").format(name=named(project, view.around))))
    spare = len(drawing.whole.only(drawing.chart.items).ties) - len(drawing.chart.ties)
    if drawing.star:
        among = ngettext("{n} link among the others: W draws it", "{n} links among the others: W draws them", spare)
        left.append(Piece(" | " + among.format(n=spare), "dim"))
    elif spare:
        follow = ngettext(
            "{n} link that follows from others: W draws it", "{n} links that follow from others: W draws them", spare
        )
        left.append(Piece(" | " + follow.format(n=spare), "dim"))
    right: list[str] = []
    if not graph.size:
        return left, []  # not laid out yet
    first, last, top, bottom = graph.seen
    if first > 1 or last < picture.width:
        sides = "<" * (first > 1), ">" * (last < picture.width)
        right.append(
            _("{before} columns {first}-{last} of {all} {after}")
            .format(before=sides[0], first=first, last=last, all=picture.width, after=sides[1])
            .strip()
        )
    if top > 1 or bottom < picture.height:
        sides = "^" * (top > 1), "v" * (bottom < picture.height)
        right.append(
            _("{before} lines {first}-{last} of {all} {after}")
            .format(before=sides[0], first=top, last=bottom, all=picture.height, after=sides[1])
            .strip()
        )
    return left, [Piece(f"  {'  '.join(right)} ", "dim")] if right else []
