"""What goes out of an open plan and what comes in: documents to hand over, and rows of other programs' files."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from planner.text.i18n import N_
from planner.tui.screens.visits import Visits
from planner.tui.typeahead import CONVERSATION

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp
    from planner.tui.screens.plan import PlanScreen


class Exchange(Visits):
    """The keys of an open plan that lead to the Export and Import dialogs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "O",
            "export",
            N_("export"),
            id="plan.export",
            show=False,
            tooltip=N_("Export: slides, workbook, page, calendar and more"),
        ),
        Binding(
            "J",
            "import",
            N_("import"),
            id="plan.import",
            show=False,
            tooltip=N_("Import: work packages, levels, a schedule"),
        ),
    ]

    def action_export(self) -> None:
        """Choose what is handed over, see what goes in, and have it made."""
        from planner.tui.exporting.dialog import export_plan

        app = cast("PlannerApp", self.app)
        self.run_worker(export_plan(cast("PlanScreen", self), app.exports), group=CONVERSATION, exclusive=True)

    def action_import(self) -> None:
        """Take in what another program's file holds, after a look at it."""
        from planner.tui.importing.dialog import import_into

        app = cast("PlannerApp", self.app)
        self.run_worker(import_into(cast("PlanScreen", self), app.imports), group=CONVERSATION, exclusive=True)
