"""What keys do in the drawing of dependencies: look at it otherwise, choose links, find ways, pick both ends of one."""

from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from planner.graph.chart import Pair
from planner.graph.paths import farthest
from planner.model.project import Dependency
from planner.text.i18n import N_, _, ngettext
from planner.tui.areas.area import Area, nothing_selected
from planner.tui.areas.dependencies.drawn import DrawnView
from planner.tui.areas.dependencies.hints import Hint, circle_closed, links_of, told_in_full, ways_between
from planner.tui.areas.dependencies.view import FULL, ORDERS, PROCESSES, ZOOMS, named
from planner.tui.areas.dependencies.words import dependencies_between, fixed_order
from planner.tui.widgets.filterline import FilterLine


def _key(key: str, action: str, name: str, words: str, more: str, *, show: bool = True) -> Binding:
    return Binding(key, action, words, id=f"dependencies.{name}", tooltip=more, show=show)


class DependencyGraph(DrawnView):
    """The drawing; the area asks it what a key that both views have is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("tab", "link(1)", "link", N_("its links"), N_("Choose the next of its links")),
        _key("shift+tab", "link(-1)", "link-before", N_("link before"), N_("Choose the one before"), show=False),
        _key("z", "zoom(1)", "in", N_("zoom"), N_("Zoom in: capabilities, longer names")),
        _key("Z", "zoom(-1)", "out", N_("out"), N_("Zoom out: shorter names, processes"), show=False),
        _key("space", "mark", "mark", N_("mark"), N_("Mark one end of the ways to look for"), show=False),
        _key("equals_sign", "ways", "ways", N_("ways"), N_("The ways between the marked item and this one")),
        _key("f", "filter", "filter", N_("filter"), N_("Only items that fit a filter")),
        _key("e", "explain", "explain", N_("why"), N_("Everything about it, in words"), show=False),
        _key("S", "order", "order", N_("columns"), N_("What columns stand for: steps, levels or phases"), show=False),
        _key("W", "every", "every", N_("every link"), N_("Also links that follow from others, or not"), show=False),
        _key("I", "met", "met", N_("what stands"), N_("Also what stands already, or not"), show=False),
        _key("plus", "reach(1)", "more", N_("further"), N_("A step further around the item"), show=False),
        _key("minus", "reach(-1)", "less", N_("nearer"), N_("A step less around the item"), show=False),
    ]

    def __init__(self, area: Area, *, id: str) -> None:
        super().__init__(area, id=id)
        self.trail: list[str] = []
        """Around what the part was that was drawn before."""

    # What the area asks

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now; empty when it can."""
        selected = self.current
        if action in ("open", "link", "new", "change", "remove", "mark", "ways", "explain") and not selected:
            return nothing_selected()
        if action in ("new", "change", "remove") and self.view.zoom == PROCESSES:
            return _("Dependencies join capabilities: zoom in with z first.")
        if action in ("change", "remove") and not self._chosen():
            return _("Choose one of its links with Tab first.")
        if action in ("change", "remove") and not dependencies_between(self.area.project, self._chosen() or ("", "")):
            return fixed_order()
        if action == "ways" and not self.hint.ways and self.hint.mark in ("", selected):
            return _("Mark the other end with Space first.")
        if action == "reach" and not self.view.around:
            return _("Enter first draws only what lies around one item; + and - widen and narrow that.")
        return ""

    def footer(self, action: str, words: str) -> str:
        """What the line of keys says of ``action``; nothing of what would end the picking of a link."""
        if self.hint.begun:
            picking = {"open": _("takes it"), "new": _("turns it round"), "filter": words, "help": words}
            return picking.get(action, "")
        if action == "open" and self.hint.link:
            return _("along it")
        if action == "open" and self.view.around == self.current != "":
            return _("all again")
        return words

    def follow(self) -> None:
        """Enter: take the other end, go along the chosen link, or draw only what lies around the selected item."""
        selected = self.current
        if self.hint.begun:
            self._finish_picking()
        elif self.hint.link:
            self.area.plan.go_to(next(end for end in self.hint.link if end != selected))
        elif self.view.around == selected:
            self.trail = []
            self._around("")
        else:
            self.trail.append(self.view.around)
            self._around(selected)

    def back(self) -> bool:
        """Draw what was drawn before the last Enter; whether there was something."""
        if self.trail:
            self._around(self.trail.pop())
            return True
        return False

    def out(self) -> bool:
        """Leave the innermost thing that is going on; whether there was something."""
        if self.hint != Hint():
            self.hint = Hint()
            self.area.plan.say("")
            self._point_out()
        elif self.view.around:
            self.trail = []
            self._around("")
            self.area.plan.say("")
        elif not self.view.filter.empty:
            self.query_one(FilterLine).clear()
        else:
            return False
        return True

    def begin(self) -> None:
        """Begin a new link at the selected item; begun already, turn it round."""
        if self.hint.begun:
            self.hint = replace(self.hint, turned=not self.hint.turned)
        else:
            self.hint = Hint(begun=self.current)
        self._point_out()
        self.area.plan.say(_("Go to the other end; Enter takes it, n turns the link round, Esc gives up."))

    def dependencies(self) -> list[Dependency]:
        """Those of the chosen link."""
        return dependencies_between(self.area.project, self._chosen() or ("", ""))

    # Looking

    def action_zoom(self, step: int) -> None:
        if self.area.may("zoom"):
            zoom = self.view.zoom + step
            if not PROCESSES <= zoom <= FULL:
                self.area.plan.say(
                    _("That is as near as it gets.") if step > 0 else _("That is as far as it gets."), warn=True
                )
                return
            self.hint = Hint()
            around = self.view.around if min(zoom, self.view.zoom) > PROCESSES else ""
            self.view = replace(self.view, zoom=zoom, around=around)
            self.redraw()
            self.area.plan.say(_(ZOOMS[zoom]))

    def action_order(self) -> None:
        if self.area.may("order"):
            orders = [*ORDERS]
            order = orders[(orders.index(self.view.order) + 1) % len(orders)]
            if order == "phases" and not self.area.project.roadmap:
                order = "steps"
            self.view = replace(self.view, order=order)  # type: ignore[arg-type]
            self.redraw()
            self.area.plan.say(_("Columns {words}").format(words=_(ORDERS[order])))

    def action_every(self) -> None:
        if self.area.may("every"):
            self.view = replace(self.view, every=not self.view.every)
            self.redraw()
            self.area.plan.say(
                _("Every link is drawn.") if self.view.every else _("Links that follow from others are left out.")
            )

    def action_met(self) -> None:
        if self.area.may("met"):
            self.view = replace(self.view, met=not self.view.met)
            self.redraw()
            count = len(self.drawing.whole.met) if self.drawing else 0
            words = ngettext("With {n} item that stands already.", "With {n} items that stand already.", count)
            self.area.plan.say(words.format(n=count) if self.view.met else _("Without what stands already."))

    def action_reach(self, step: int) -> None:
        if self.area.may("reach") and self.drawing:
            whole = self.drawing.whole
            most = farthest(whole.needs, whole.needed, self.view.around)
            reach = max(1, min(most, (self.view.reach or most) + step))
            self.view = replace(self.view, reach=reach)
            self.redraw()
            self.area.plan.say(ngettext("{n} step around it", "{n} steps around it", reach).format(n=reach))

    def _around(self, item: str) -> None:
        self.view = replace(self.view, around=item, reach=1)
        self.redraw()

    # Links and ways

    def _links(self) -> list[Pair]:
        """The links of the selected item, drawn or not."""
        return links_of(self.drawing.whole, self.current) if self.drawing else []

    def _chosen(self) -> Pair | None:
        """The link chosen with Tab, or the only one there is."""
        links = self._links()
        return self.hint.link or (links[0] if len(links) == 1 else None)

    def action_link(self, step: int) -> None:
        if self.area.may("link"):
            links = self._links()
            if not links:
                self.area.plan.say(_("Nothing is linked with it."), warn=True)
                return
            place = links.index(self.hint.link) + step if self.hint.link in links else min(step, 0) % len(links)
            self.hint = replace(self.hint, link=links[place % len(links)])
            self._point_out()

    def action_mark(self) -> None:
        if self.area.may("mark"):
            selected = self.current
            self.hint = Hint(mark="" if self.hint.mark == selected else selected)
            self._point_out()
            if self.hint.mark:
                self.area.plan.say(_("Marked. Go to another item; = shows the ways between the two."))

    def action_ways(self) -> None:
        if not self.area.may("ways") or not self.drawing:
            return
        mark, selected, chart = self.hint.mark, self.current, self.drawing.chart
        if self.hint.ways and mark in ("", selected):
            self.hint = replace(self.hint, ways=())
        elif mark in chart.items:
            found = ways_between(chart, selected, mark)
            self.hint = replace(self.hint, ways=found)
            self.area.plan.say("" if found else _("No way leads from one to the other."), warn=not found)
        self._point_out()

    def action_explain(self) -> None:
        """Everything about the link, the ways or the item, to read."""
        if not self.area.may("explain") or not self.drawing:
            return
        from planner.tui.screens.dialog import Notice

        lines = told_in_full(self.area.project, self.drawing, self.current, self.hint)
        self.app.push_screen(Notice(named(self.area.project, self.current), lines))

    def _finish_picking(self) -> None:
        from planner.tui.areas.dependencies.form import join

        begun, other = self.hint.begun, self.current
        if begun == other:
            self.area.plan.say(_("Go to the other end first: with the arrows, or by name with /."), warn=True)
            return
        item, needs = (other, begun) if self.hint.turned else (begun, other)
        self.hint = Hint(circle=circle_closed(self.area.project, item, needs))
        self.area.plan.say("")
        self._point_out()
        self.area.talk(join(self.area, item, needs))
