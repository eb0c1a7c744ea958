"""What the areas of a plan share: they are shown a project and ask for edits; they keep no plan."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from textual.containers import Vertical
from textual.message import Message

from planner.model.project import Project
from planner.text.i18n import _
from planner.tui.access import FULL, Access
from planner.tui.judgement import Judgement
from planner.tui.typeahead import CONVERSATION

if TYPE_CHECKING:
    from planner.tui.screens.dialog import Dialog
    from planner.tui.screens.form import OneOf, Text, Values
    from planner.tui.screens.plan import PlanScreen

T = TypeVar("T")
Change = Callable[[Project], Project]


class Edit(Message):
    """Somebody wants ``change`` done; ``label`` names it, also when it is undone."""

    def __init__(self, label: str, change: Change) -> None:
        super().__init__()
        self.label = label
        self.change = change


class Area(Vertical):
    """One of the views of an open plan."""

    legend: Sequence[str] = ()
    """Lines of the help that explain the signs the area draws."""

    edits: Collection[str] = frozenset()
    """Actions of keys that change the plan, or begin to."""

    async def ready(self) -> None:
        """Get, before the area is shown for the first time, what it cannot draw without."""

    def show(self, project: Project) -> None:
        """Draw ``project``."""
        raise NotImplementedError

    def select(self, item: str) -> bool:
        """Put the cursor on a process, capability or work package, or on what stands for it; whether there is such.

        A cursor that stands on a part of ``item`` already stays there.
        """
        raise NotImplementedError

    @property
    def current(self) -> str:
        """The process, capability or work package under the cursor; empty when there is none."""
        raise NotImplementedError

    def judged(self, judgement: Judgement) -> None:
        """Findings and broken constraints of the project shown are known now."""

    def enter(self) -> None:
        """Give the keyboard to the area."""
        raise NotImplementedError

    def touches(self, action: str) -> Literal["", "plan", "remarks"]:
        """What ``action`` changes where the cursor stands: the plan, or only what is said about it."""
        return "plan" if action in self.edits else ""

    def why_not(self, action: str) -> str:
        """Why ``action`` can do nothing now; empty when it can."""
        return ""

    def footer(self, action: str, words: str) -> str:
        """What the line of keys says of ``action``, ``words`` as a rule; empty for a key that does nothing now."""
        return words

    @property
    def plan(self) -> "PlanScreen":
        """The screen the area stands on."""
        return cast("PlanScreen", self.screen)

    @property
    def project(self) -> Project:
        """The plan as it is now."""
        return self.plan.project

    def may(self, action: str) -> bool:
        """Whether ``action`` can do something now; if not, the message line says why."""
        reason = self.why_not(action)
        if reason:
            self.plan.say(reason, warn=True)
        return not reason

    def edit(self, label: str, change: Change) -> None:
        """Ask for an edit."""
        self.post_message(Edit(label, change))

    async def ask(self, dialog: "Dialog[T]") -> T | None:
        """Show a dialog and wait for its answer; only inside a worker."""
        return await self.app.push_screen_wait(dialog)

    async def fill(
        self,
        title: str,
        fields: "Sequence[Text | OneOf]",
        change: "Callable[[Values], Change]",
        label: "Callable[[Values], str]",
        intro: str = "",
        objection: "Callable[[Values], str]" = lambda values: "",
    ) -> None:
        """Ask for values and make an edit of them.

        What ``objection`` answers and a refusal of the edit are shown in the form, which stays open.
        """
        from planner.tui.screens.form import Form

        def judge(values: "Values") -> str:
            return objection(values) or refusal(change(values), self.project, self.plan.access)

        values = await self.ask(Form(title, fields, judge, intro))
        if values is not None:
            self.edit(label(values), change(values))

    def talk(self, work: Any) -> None:
        """Run a coroutine that asks questions; one at a time."""
        self.run_worker(work, group=CONVERSATION, exclusive=True)


def refusal(change: Change, project: Project, access: Access = FULL) -> str:
    """Why ``project`` cannot be changed so, or not by somebody with this ``access``; empty when it can."""
    from planner.edit.refused import Refused

    try:
        return access.refuses(project, change(project))
    except Refused as error:
        return str(error)


def nothing_selected() -> str:
    """What an action answers that has nothing to work on."""
    return _("Nothing is selected here.")
