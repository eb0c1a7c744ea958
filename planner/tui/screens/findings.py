"""Everything that is broken or worth a look, worst first; Enter goes to the item, m accepts the finding."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from planner.checks.finding import Finding
from planner.model.project import Project
from planner.text.i18n import N_, _, listed
from planner.tui.named import named
from planner.tui.screens.dialog import Dialog
from planner.tui.widgets.lines import Lines, Piece
from planner.tui.widgets.prose import Prose, Unread
from planner.tui.widgets.table import Column, Row, Table

COLUMNS = (
    Column(N_("Weight"), 8),
    Column(N_("What"), 20, share=2),
    Column(N_("Where"), 20, share=3),
)
STYLE = {"error": "bad", "warning": "warn", "info": "dim"}


class Findings(Dialog[tuple[str, str]]):
    """Returns what to do and with what: ``go`` with the first item of the chosen finding, ``mute`` with its check."""

    box = "wide tall"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("go there")),
        Binding("m", "mute", N_("mute"), tooltip=N_("Accept what the check finds, with a reason")),
    ]

    def __init__(self, project: Project, findings: Sequence[Finding]) -> None:
        super().__init__(_("Findings"))
        self.project = project
        self.findings = findings

    def body(self) -> ComposeResult:
        table = Table(COLUMNS, empty=lambda cells: [[Piece(_("Nothing is broken and nothing needs a look."), "good")]])
        table.add_class("list")
        table.show([self._row(n, finding) for n, finding in enumerate(self.findings)])
        yield table
        yield Unread(id="about")

    def _row(self, number: int, finding: Finding) -> Row:
        where = listed(named(self.project, item) for item in finding.items)
        weight = Piece(_(finding.severity), STYLE[finding.severity])
        return Row(str(number), (weight, finding.title, where))

    def on_mount(self) -> None:
        self.query_one(Table).focus()
        self._tell()

    def _tell(self) -> None:
        if self.findings:
            finding = self.findings[self.query_one(Table).cursor]
            advice = _("What to do: {advice}").format(advice=finding.advice)
            self.query_one("#about", Prose).show([Piece(f"{finding.id}: {finding.message}"), Piece(advice, "dim")])

    def on_lines_moved(self, event: Lines.Moved) -> None:
        self._tell()

    def action_choose(self) -> None:
        items = self.findings[self.query_one(Table).cursor].items if self.findings else ()
        self.dismiss(("go", items[0]) if items else None)

    def action_mute(self) -> None:
        if self.findings:
            self.dismiss(("mute", self.findings[self.query_one(Table).cursor].id))
