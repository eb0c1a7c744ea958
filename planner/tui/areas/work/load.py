"""The load of the roles in the work place: what the histogram shows of a plan, and what stands behind it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from planner.model.project import Project, Roadmap, WorkPackage
from planner.model.values import Fixed
from planner.text.i18n import _, labelled, listed, ngettext
from planner.text.width import wrap
from planner.tui.areas.area import Area
from planner.tui.areas.work.loadchart import Bars, LoadChart
from planner.tui.named import work_named
from planner.tui.typed import show
from planner.tui.widgets.lines import Piece, Pieces

NAMED = 6
"""So many of the packages behind a load are named; the others are counted."""


class WorkLoad(LoadChart):
    """The load of each role by week or month, of all packages or of some."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.empty = _nothing
        self.months = False
        self._project: Project | None = None
        self._roadmap = Roadmap()
        self._ends: Sequence[date] = ()
        self._of_role: dict[str, Roadmap] = {}

    def show_load(self, project: Project, only: Collection[str] | None) -> None:
        """Show the load of the packages ``only`` (of all when None)."""
        from planner.rollout.workload import workload

        places = project.roadmap.packages if project.roadmap else Fixed[str, object]()
        kept = places if only is None else {item: place for item, place in places.items() if item in only}
        self._project, self._of_role = project, {}
        self._roadmap = replace(project.roadmap or Roadmap(), packages=Fixed(kept))  # type: ignore[arg-type]
        found = workload(project, self._roadmap, self.months)
        self._ends = [last for _first, last in found.periods]
        bars = [
            Bars(role, project.role_by_id[role].name, [(slot.load, slot.capacity, slot.over > 0) for slot in slots])
            for role, slots in found.slots.items()
        ]
        self._over = {role: [slot.over for slot in slots] for role, slots in found.slots.items()}
        self.show([first for first, _last in found.periods], bars, self.months)

    def go_to(self, package: WorkPackage) -> None:
        """Put the cursor on the role that works most on ``package``, when that begins."""
        place = self._roadmap.packages.get(package.id)
        if place and package.effort:
            self.put(max(package.effort, key=lambda role: package.effort[role].likely), place.start)

    def makers(self) -> tuple[tuple[str, float], ...]:
        """The packages behind the load under the cursor, with their person-days."""
        if self.day is None or self._project is None:
            return ()
        from planner.rollout.workload import behind

        if self.key not in self._of_role:
            packages = self._project.package_by_id
            mine = {i: p for i, p in self._roadmap.packages.items() if i in packages and self.key in packages[i].effort}
            self._of_role[self.key] = replace(self._roadmap, packages=Fixed(mine))
        return behind(self._project, self._of_role[self.key], self.key, self.day, self._ends[self.column])

    def words(self, cells: int) -> list[Piece]:
        """Lines about the load under the cursor, in so many cells."""
        if self.day is None or self._project is None or not self.bars:
            return []
        load, capacity, over = self.bars[self.cursor].loads[self.column]
        told = Piece(f" {labelled(self._when(), self._sum(load, capacity))}")
        lines = [told]
        if over:
            days = self._over[self.key][self.column]
            many = ngettext(" ! too much on {n} day", " ! too much on {n} days", days).format(n=days)
            lines = [Piece(f"{told.text};{many}", "bad")]
        makers = self.makers()
        names = [f"{work_named(self._project, item)} {show(round(days, 1))}" for item, days in makers[:NAMED]]
        if len(makers) > NAMED:
            names.append(_("{n} more").format(n=len(makers) - NAMED))
        text = listed(names) or _("no package")
        return [*lines, *(Piece(f" {line}") for line in wrap(text, cells - 2)[:3])]

    def _when(self) -> str:
        assert self.day is not None
        return (
            _("month {month}").format(month=f"{self.day:%Y-%m}")
            if self.months
            else _("week of {day}").format(day=self.day)
        )

    def _sum(self, load: float, capacity: float) -> str:
        words = _("{role} {load} of {capacity} person-days")
        return words.format(
            role=self.bars[self.cursor].name, load=show(round(load, 1)), capacity=show(round(capacity, 1))
        )

    async def ask_behind(self, area: Area) -> str | None:
        """Let somebody pick one of the packages behind the load; its id."""
        if self._project is None or not self.bars:
            return None
        from planner.tui.screens.pick import Option, Pick

        project = self._project
        options = [
            Option(item, project.title(item), f"{show(round(days, 1))}  {work_named(project, item)}")
            for item, days in self.makers()
        ]
        load, capacity, _over = self.bars[self.cursor].loads[self.column]
        return await area.ask(Pick(labelled(self._when(), self._sum(load, capacity)), options))


def _nothing(cells: int) -> list[Pieces]:
    text = _(
        "No load is known yet: it follows from the dates. Propose (g) finds them; the filter (f) may hide them, too."
    )
    return [(), *([Piece(f"  {line}", "dim")] for line in wrap(text, cells - 4))]
