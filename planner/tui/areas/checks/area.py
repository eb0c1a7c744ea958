"""Checks: what is broken or worth a look, worst first; where it is, what mends it, or why it is accepted."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Resize

from planner.checks.finding import Finding
from planner.checks.number_words import number_words
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, listed, ngettext
from planner.tui.areas.area import Area, nothing_selected
from planner.tui.areas.assessment.details import Details
from planner.tui.areas.checks.accepting import accept_finding, speaking_again
from planner.tui.areas.checks.finding_list import FindingList
from planner.tui.areas.checks.mending import mend, ways_of
from planner.tui.areas.checks.rows import (
    ACCEPTED,
    STYLE,
    WEIGHTS,
    FindingRow,
    called,
    crowded,
    facts,
    fields,
    plainly,
    rows,
)
from planner.tui.filtering import Value
from planner.tui.judgement import Judgement
from planner.tui.widgets.filterline import FilterLine
from planner.tui.widgets.keybar import KeyBar
from planner.tui.widgets.lines import Bar, Lines, Piece

BESIDE = 110
"""From so many cells on the details stand beside the list."""

MOST_NAMED = 4
"""So many things that a finding is about are named beside the list."""


class ChecksArea(Area):
    """A list of findings in groups, and the one under the cursor in full below or beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "go", N_("go there"), id="checks.go", tooltip=N_("Go to what the finding is about; fold a group")
        ),
        Binding("c", "mend", N_("mend"), id="checks.mend", tooltip=N_("Apply what mends the finding, or choose")),
        Binding("m", "mute", N_("accept"), id="checks.mute", tooltip=N_("Accept it with a reason, or no longer")),
        Binding("e", "explain", N_("in full"), id="checks.explain", tooltip=N_("The finding in full, all it is about")),
        Binding("f", "filter", N_("filter"), id="checks.filter", tooltip=N_("Show only some findings")),
        Binding(
            "escape",
            "out",
            N_("no filter"),
            id="checks.out",
            show=False,
            tooltip=N_("No filter any more; without one to the list of plans"),
        ),
        Binding("left,h", "fold(True)", N_("Fold"), id="checks.fold", show=False),
        Binding("right,l", "fold(False)", N_("Unfold"), id="checks.unfold", show=False),
    ]
    edits = frozenset({"mend", "mute"})
    legend = (
        N_("- +     a group that is open, or folded: Enter, Left, Right"),
        N_("(3)     how many findings there are in it"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.judgement = Judgement()
        self.judged_once = False
        self._facts: dict[Finding, dict[str, Value]] = {}
        self.folded: set[str] = {ACCEPTED}

    def compose(self) -> ComposeResult:
        yield Bar(id="summary")
        yield FilterLine(fields)
        with Container(id="findings"):
            yield FindingList(id="list")
            yield Details(id="finding")

    @property
    def listing(self) -> FindingList:
        """The findings."""
        return self.query_one(FindingList)

    @property
    def line(self) -> FilterLine:
        """The filter."""
        return self.query_one(FilterLine)

    @property
    def finding(self) -> Finding | None:
        """The finding under the cursor; None on a head."""
        row = self.listing.row
        return row.finding if row else None

    # Drawing

    def on_resize(self, event: Resize) -> None:
        self.query_one("#findings").set_class(event.size.width >= BESIDE, "beside")

    def show(self, project: Project) -> None:
        self._draw()

    def judged(self, judgement: Judgement) -> None:
        if not self.judged_once:
            self.folded |= crowded(judgement.findings)
        self.judged_once, self.judgement = True, judgement
        self._facts = {}
        self._draw()

    def _draw(self) -> None:
        project, kept = self.project, self.line.filter
        found, accepted = (
            [finding for finding in part if kept.empty or kept.keeps(self._facts_of(project, finding))]
            for part in (self.judgement.findings, self.judgement.accepted)
        )
        whole = len(self.judgement.findings) + len(self.judgement.accepted)
        self.line.tell(len(found) + len(accepted), whole)
        self.listing.nothing = self._nothing()
        self.listing.show(project, rows(found, accepted, () if not kept.empty else self.folded))
        self._summarise()
        self._tell()

    def _facts_of(self, project: Project, finding: Finding) -> dict[str, Value]:
        """The facts of a finding, worked out once: a filter asks for all of them with every letter."""
        if finding not in self._facts:
            self._facts[finding] = facts(project, finding)
        return self._facts[finding]

    def _nothing(self) -> Piece:
        if not self.judged_once:
            return Piece(_("  Checking the plan..."), "dim")
        if not self.line.filter.empty:
            return Piece(_("  Nothing fits the filter; Esc takes it away."), "dim")
        return Piece(_("  Nothing is broken and nothing needs a look."), "good")

    def _summarise(self) -> None:
        if not self.judged_once:
            self.query_one("#summary", Bar).show([Piece(_(" checking..."), "dim")])
            return
        found, n = self.judgement, len(self.judgement.accepted)
        words = [found.count]
        if n:
            words.append(ngettext("{n} more is accepted", "{n} more are accepted", n).format(n=n))
        state = _("checking again...") if self.plan.judgement is None else ""
        style = "bad" if found.errors else "warn" if found.findings else "good"
        self.query_one("#summary", Bar).show([Piece(f" {listed(words)}", style)], [Piece(f"{state} ", "dim")])

    def _tell(self) -> None:
        row = self.listing.row
        if row is None:
            about = []
        elif row.finding:
            about = [*self.words(row.finding)]
        else:
            about = [Piece(row.words, "strong"), Piece(_("Enter folds the group, or opens it."), "dim")]
        self.query_one(Details).show(about or [Piece("")])
        self.screen.query_one(KeyBar).refresh()

    def words(self, finding: Finding, *, here: bool = True) -> Iterator[Piece]:
        """A finding in full; ``here`` where ``c`` mends it."""
        project = self.project
        style = "dim" if finding.muted else STYLE[finding.severity]
        yield Piece(labelled(_(WEIGHTS[finding.severity]), finding.title), style)
        yield Piece(plainly(project, finding))
        yield Piece(_("What to do: {advice}").format(advice=finding.advice), "key")
        if finding.muted:
            yield Piece(_("Accepted because: {reason}").format(reason=finding.muted))
        if here and (ways := ways_of(self.project, finding)):
            yield Piece(_("c offers: {ways}").format(ways=ways))
        if finding.items:
            yield Piece(_("About: {items}").format(items=self._about(finding.items)))
        for changed in finding.changed:
            text = _("By this plan's own threshold {key}: {value}, usually {usual}")
            yield Piece(text.format(key=number_words(changed.key), value=changed.value, usual=changed.usual))
        text = _("Check {id}, from: {origin}; weight and numbers: {source}")
        yield Piece(text.format(id=finding.id, origin=finding.origin, source=finding.source), "dim")

    def _about(self, items: Sequence[str]) -> str:
        """The first of ``items`` by name, and how many there are beside them."""
        names = dict.fromkeys(called(self.project, item) for item in items)
        first, rest = [*names][:MOST_NAMED], len(names) - MOST_NAMED
        if rest > 0:
            first.append(ngettext("{n} more (e)", "{n} more (e)", rest).format(n=rest))
        return listed(first)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    # What the plan screen asks

    def enter(self) -> None:
        self.listing.focus()

    def select(self, item: str) -> bool:
        """Put the cursor on a finding about ``item``; a finding is not the item, so whoever wants it goes on."""
        if self.finding is None or item not in self.finding.items:
            found = (n for n, row in enumerate(self.listing.rows) if row.finding and item in row.finding.items)
            place = next(found, None)
            if place is not None:
                self.listing.go(place)
        return False

    @property
    def current(self) -> str:
        items = self.finding.items if self.finding else ()
        known = self.project
        return next((i for i in items if i in known.process_by_id or i in known.package_by_id or "@" in i), "")

    def why_not(self, action: str) -> str:
        if action not in ("mend", "mute", "explain"):
            return ""
        finding = self.finding
        if finding is None:
            return _("This is a group: go to one of its findings.") if self.listing.row else nothing_selected()
        if action == "mend" and not ways_of(self.project, finding):
            return _("That is for a person to decide: {advice}.").format(advice=finding.advice)
        return ""

    def footer(self, action: str, words: str) -> str:
        row = self.listing.row
        if action == "go":
            return _("open") if row and row.folded else words if row is None or row.finding else _("fold")
        if action == "mute" and row and row.finding and row.finding.muted:
            return _("accept no more")
        return "" if self.why_not(action) else words

    # Going about

    def action_go(self) -> None:
        row = self.listing.row
        if row is None:
            self.plan.say(nothing_selected(), warn=True)
        elif row.finding is None:
            self.action_fold(not row.folded)
        elif row.finding.items:
            self.plan.go_to(row.finding.items[0])
        else:
            words = _("This is about the plan as a whole. {advice}")
            self.plan.say(words.format(advice=_("What to do: {advice}").format(advice=row.finding.advice)))

    def action_fold(self, folded: bool) -> None:
        row = self.listing.row
        if row is None or not self.line.filter.empty:
            return
        head = row.key if row.finding is None else self._head(row)
        if (head in self.folded) == folded:
            return
        (self.folded.add if folded else self.folded.discard)(head)
        self._draw()
        self.listing.go(next(n for n, other in enumerate(self.listing.rows) if other.key == head))

    def _head(self, row: FindingRow) -> str:
        """The key of the nearest head above ``row``."""
        heads = (other.key for other in self.listing.rows[: self.listing.cursor] if other.finding is None)
        return max((key for key in heads if row.key.startswith(f"{key}/")), key=len)

    def action_explain(self) -> None:
        if self.may("explain") and self.finding:
            self.talk(self._explain(self.finding))

    async def _explain(self, finding: Finding) -> None:
        from planner.tui.areas.checks.finding import WholeFinding

        item = await self.ask(WholeFinding(self.project, finding, [*self.words(finding, here=False)]))
        if item:
            self.plan.go_to(item)

    # Filtering

    def action_filter(self) -> None:
        self.line.open()

    def action_out(self) -> None:
        """Take the filter away; without one to the list of plans."""
        if self.line.typed.value:
            self.line.clear()
            self._draw()
        else:
            self.plan.action_back()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        self._draw()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        self.enter()

    # Mending, accepting

    def action_mend(self) -> None:
        if self.may("mend") and self.finding:
            self.talk(mend(self, self.finding))

    def action_mute(self) -> None:
        finding = self.finding
        if not self.may("mute") or finding is None:
            return
        if finding.muted:
            self.edit(_("{title}: no longer accepted").format(title=finding.title), speaking_again(finding))
        else:
            self.talk(accept_finding(self, finding, self._alike(finding)))

    def _alike(self, finding: Finding) -> int:
        """How many findings the check of ``finding`` has."""
        return sum(other.id == finding.id for other in self.judgement.findings)
