"""A new work package on one line, with what is understood of it below while it is typed."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from planner.edit.entry import Entry, read_entry
from planner.edit.work import add_package
from planner.model.project import Project, WorkPackage
from planner.text.i18n import N_, _, labelled, listed
from planner.tui.areas.area import Area, Change, refusal
from planner.tui.screens.dialog import Dialog
from planner.tui.typed import show_three
from planner.tui.widgets.lines import Bar, Block, Piece
from planner.tui.widgets.textline import TextLine

LINES = 6
"""Lines of what is understood."""


async def enter_package(area: Area, like: WorkPackage | None) -> None:
    """Ask for a package on one line, for what ``like`` is for, and make the edit; or go on to the whole form."""
    answer = await area.ask(QuickEntry(area.project, like))
    if answer is None:
        return
    entry, whole_form = answer
    if whole_form:
        from planner.tui.areas.work.form import new_package

        await new_package(area, entry.package)
    else:
        area.edit(_("Added: {name}").format(name=entry.package.name), _adding(entry.package))


def _adding(package: WorkPackage) -> Change:
    def add(project: Project) -> Project:
        from planner.catalog.load import load

        return add_package(project, package, load())

    return add


class QuickEntry(Dialog[tuple[Entry, bool]]):
    """Returns what was typed, and whether it is to be filled into the whole form first."""

    box = "wide"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("add it"), id="entry.accept", priority=True),
        Binding("tab", "form", N_("the whole form"), id="entry.form", priority=True),
    ]

    def __init__(self, project: Project, like: WorkPackage | None) -> None:
        super().__init__(_("A work package of your own"))
        self.project = project
        self.capability = like.capability if like else ""
        self.workstream = like.workstream if like else "people"

    def body(self) -> ComposeResult:
        words = Bar()
        words.show([Piece(_("name; workstream; days; role=person-days, role=...; after package"), "dim")])
        yield words
        yield TextLine(id="search")
        understood = Block(id="understood")
        understood.styles.height = LINES
        yield understood

    def on_mount(self) -> None:
        self._tell()
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._tell()

    @property
    def entry(self) -> Entry:
        """What is typed, as it is understood."""
        return read_entry(self.project, self.query_one(Input).value, self.capability, self.workstream)

    def _tell(self, refused: str = "") -> None:
        entry = self.entry
        wrong = [Piece(f"! {words}", "warn") for words in (*filter(None, [refused]), *entry.wrong)]
        lines = list(_understood(self.project, entry.package))
        self.query_one(Block).show([*lines[: max(0, LINES - len(wrong))], *wrong])

    def action_accept(self) -> None:
        """Add the package, unless something cannot be understood or cannot be."""
        entry = self.entry
        if not entry.package.name:
            self._tell(_("Write the name of the package first."))
        elif not entry.wrong:
            refused = refusal(_adding(entry.package), self.project)
            if refused:
                self._tell(refused)
            else:
                self.dismiss((entry, False))

    def action_form(self) -> None:
        """Go on in the whole form."""
        self.dismiss((self.entry, True))


def _understood(project: Project, package: WorkPackage) -> Iterator[Piece]:
    yield Piece(labelled(_("Name"), package.name or "-"), "strong" if package.name else "dim")
    item = project.title(package.capability) if package.capability else _("the whole programme")
    yield Piece(_("For: {item}; workstream: {stream}").format(item=item, stream=_(package.workstream)))
    yield Piece(labelled(_("Working days"), show_three(*package.days)))
    roles = [f"{project.role_by_id[role].name} {show_three(*effort)}" for role, effort in package.effort.items()]
    yield Piece(labelled(_("Person-days"), listed(roles) or "-"))
    yield Piece(labelled(_("After"), listed(project.title(other) for other in package.after) or "-"))
