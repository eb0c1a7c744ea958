"""What the views of the work show of a plan: rows, cards, facts to filter by, words about one package."""

from collections.abc import Iterator
from functools import cached_property

from planner.model.project import Placement, Project, WorkPackage
from planner.model.values import WORKSTREAMS
from planner.text.i18n import N_, _, listed
from planner.tui.areas.roadmap.rows import progress_words
from planner.tui.areas.work.columns import Card
from planner.tui.filtering import Facts, Field
from planner.tui.named import work_named
from planner.tui.typed import show
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Column, Row

WIDE = 110
"""Cells from which on dates and names of phases are shown."""

WIDER = 140
"""Cells from which on roles are shown."""

COLUMNS = (
    Column(N_("Stream"), 8),
    Column(N_("Work package"), 20, share=4),
    Column(N_("For"), 17, share=1, wide=66),
    Column(N_("Days"), 4, align=">"),
    Column(N_("Effort"), 6, align=">", wide=72),
    Column(N_("Roles"), 18, share=2, wide=WIDER),
    Column(N_("Phase"), 5, align=">", narrow=WIDE),
    Column(N_("Phase"), 12, share=1, wide=WIDE),
    Column(N_("Start"), 10, wide=WIDE),
    Column(N_("Finish"), 10, wide=WIDE),
    Column(N_("Done"), 6),
)

STATES = {"open": N_("not begun"), "begun": N_("begun"), "done": N_("done")}
"""How far a package is: what is typed in a filter, and in words."""


class WorkFacts:
    """One plan, looked at package by package; what takes all of them is worked out once, when first asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._facts: dict[str, Facts] = {}

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The place of each phase, counted from 1."""
        return {phase.id: number for number, phase in enumerate(self.project.phases, 1)}

    @cached_property
    def waiting(self) -> dict[str, list[str]]:
        """By package, what comes after it or starts with it, and what a dependency lets wait for it."""
        found: dict[str, list[str]] = {}
        for package in self.project.packages:
            for other in (*package.after, *package.alongside):
                found.setdefault(other, []).append(package.id)
        for link in self.project.dependencies:
            if link.strength != "off" and link.needs in self.project.package_by_id:
                found.setdefault(link.needs, []).append(link.item)
        return found

    @cached_property
    def needed(self) -> dict[str, list[str]]:
        """By package, what a dependency of its own lets it wait for."""
        found: dict[str, list[str]] = {}
        for link in self.project.dependencies:
            if link.strength != "off" and link.item in self.project.package_by_id:
                found.setdefault(link.item, []).append(link.needs)
        return found

    def place(self, package: WorkPackage) -> Placement | None:
        """Where it stands in the roadmap."""
        return self.project.roadmap.packages.get(package.id) if self.project.roadmap else None

    def state(self, package: WorkPackage) -> str:
        """One of ``STATES``."""
        told = self.project.progress_of.get(package.id)
        return "open" if told is None else "done" if told.finish else "begun"

    def role(self, role: str) -> str:
        """The name of a role."""
        return self.project.role_by_id[role].name if role in self.project.role_by_id else role

    def item(self, package: WorkPackage) -> str:
        """What a package is for."""
        return self.project.title(package.capability) if package.capability else _("whole programme")

    def row(self, key: str) -> Row:
        """A row of the table."""
        package = self.project.package_by_id[key]
        placed = self.place(package)
        number = self.number_of.get(placed.phase, 0) if placed else 0
        name = self.project.phases[number - 1].name if number else ""
        own = "*" if package.source == "own" else ""
        state = self.state(package)
        return Row(
            key,
            (
                _(package.workstream),
                f"{own}{package.name}",
                self.item(package),
                str(package.days.likely),
                show(round(package.person_days, 1)),
                listed(self.role(role) for role in package.effort) or "-",
                str(number or "-"),
                f"{number} {name}" if number else "-",
                str(placed.start) if placed else "-",
                str(placed.finish) if placed else "-",
                Piece(
                    "-" if state == "open" else _(STATES[state]), {"begun": "warn", "done": "good"}.get(state, "dim")
                ),
            ),
        )

    def card(self, key: str) -> Card:
        """A card of the columns."""
        package = self.project.package_by_id[key]
        placed = self.place(package)
        number = self.number_of.get(placed.phase, 0) if placed else 0
        parts = [_("{days} d").format(days=f"{package.days.likely:>3}")]
        parts += [f"{number}  {placed.start}"] if placed else []
        state = self.state(package)
        own = "*" if package.source == "own" else ""
        told = "" if state == "open" else _(STATES[state])
        if package.capability:
            return Card(key, own + self.item(package), package.name, "  ".join(parts), told)
        return Card(key, own + package.name, side="  ".join(parts), state=told)

    def order(self, key: str) -> str:
        """By what the cards of a column are ordered: their start; what has none comes last."""
        placed = self.place(self.project.package_by_id[key])
        return str(placed.start) if placed else "~"

    def facts(self, key: str) -> Facts:
        """What a filter may ask of a package (docs/filters.md)."""
        if key not in self._facts:
            package = self.project.package_by_id[key]
            placed = self.place(package)
            item = self.item(package)
            self._facts[key] = {
                "name": (package.name, item, key),
                "stream": package.workstream,
                "for": (item, package.capability),
                "days": package.days.likely,
                "effort": package.person_days,
                "role": tuple(text for role in package.effort for text in (self.role(role), role)),
                "phase": placed.phase if placed else None,
                "start": placed.start if placed else None,
                "finish": placed.finish if placed else None,
                "state": self.state(package),
                "by": package.source,
                "note": package.note,
            }
        return self._facts[key]

    def fields(self) -> list[Field]:
        """What packages are filtered by."""
        phases = tuple((phase.id, f"{number} {phase.name}") for number, phase in enumerate(self.project.phases, 1))
        numbers = tuple((phase.id, str(number)) for number, phase in enumerate(self.project.phases, 1))
        return [
            Field("name", N_("Work package")),
            Field("stream", N_("Stream"), "choice", tuple((stream, _(stream)) for stream in WORKSTREAMS)),
            Field("for", N_("For")),
            Field("days", N_("Days"), "number"),
            Field("effort", N_("Effort"), "number"),
            Field("role", N_("Roles")),
            Field("phase", N_("Phase"), "choice", numbers + phases),
            Field("start", N_("Start"), "date"),
            Field("finish", N_("Finish"), "date"),
            Field("state", N_("Done"), "choice", tuple((state, _(words)) for state, words in STATES.items())),
            Field("by", N_("By"), "choice", (("own", _("own")), ("catalogue", _("catalogue")))),
            Field("note", N_("Note")),
        ]

    def details(self, key: str, cells: int) -> Iterator[Piece]:
        """Four lines about a package, without what its row shows already in so many cells."""
        package = self.project.package_by_id[key]
        yield Piece(f" {package.name}", "strong")
        roles = [
            _("{role} {days}").format(role=self.role(role), days=show(effort.likely))
            for role, effort in package.effort.items()
        ]
        words = _(" Person-days: {roles}").format(roles=listed(roles) or "-")
        if package.cost:
            words += _("; cost {cost}").format(cost=f"{package.cost:,.0f}")
        yield Piece(words)
        after = [self._other(package, other) for other in (*package.after, *self.needed.get(key, ()))]
        words = _(" After: {after}").format(after=listed(after) or "-")
        if along := [self._other(package, other) for other in package.alongside]:
            words += _("; starts with: {along}").format(along=listed(along))
        before = [self._other(package, other) for other in self.waiting.get(key, ())]
        yield Piece(words + _("; before: {before}").format(before=listed(before) or "-"))
        yield Piece(" " + _("; ").join(self._told(package, cells)), "dim")

    def _told(self, package: WorkPackage, cells: int) -> Iterator[str]:
        placed = self.place(package)
        if placed and cells < WIDE:
            yield _("{start} to {finish}").format(start=placed.start, finish=placed.finish)
        if told := progress_words(self.project, [package.id]):
            yield told
        if pin := self.project.pin_by_item.get(package.id):
            yield _("pinned: {reason}").format(reason=pin.reason) if pin.reason else _("pinned")
        if package.note:
            yield _("note: {note}").format(note=" ".join(package.note.split()))

    def _other(self, package: WorkPackage, other: str) -> str:
        """What another package, or a capability, is called beside ``package``.

        In the same capability that is its workstream, unless another package of it shares that.
        """
        found = self.project.package_by_id.get(other)
        if found is None:
            return self.project.title(other)
        near = self.project.packages_of[found.capability]
        alone = sum(one.workstream == found.workstream for one in near) == 1
        if found.capability != package.capability:
            return work_named(self.project, other) if alone else found.name
        return _(found.workstream) if alone and found.capability else found.name
