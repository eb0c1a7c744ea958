"""The views of a folder: the plans, what was archived, what was thrown away, and edits that were not saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.store.kept import ARCHIVE, BIN
from planner.text.i18n import N_, _, ngettext
from planner.tui.plans.rows import COLUMNS, KEPT_COLUMNS
from planner.tui.widgets.table import Column

NEED_A_FILE = frozenset({"duplicate", "change", "archive", "bin", "open"})
"""Actions on the file of the cursor, or the marked ones."""

NEED_A_REST = frozenset({"change", "archive", "bin"})
"""Actions on files that nobody may have open."""


@dataclass(frozen=True)
class View:
    """``words`` are what keys do here by their action, where it is not the usual; ``refuses`` why some do nothing.

    ``below`` is the folder, in that of the plans, whose files are shown. All texts are marked for translation.
    """

    name: str
    title: str
    empty: str
    below: str = ""
    kept: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    refuses: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of its table."""
        return KEPT_COLUMNS if self.kept else COLUMNS

    def folder(self, home: Path) -> Path:
        """Where its files are when the plans are in ``home``."""
        return home / self.below if self.below else home

    def counted(self, files: int, aside: Sequence[str]) -> str:
        """How much it holds, in words; beside the plans also how much the other views hold, ``aside``."""
        if self.below or self.kept:
            return f"[{_(self.title)}] {files}"
        return " | ".join([ngettext("{n} plan", "{n} plans", files).format(n=files), *aside])

    def why_not(self, action: str, *, selected: bool, files: int) -> str:
        """Why ``action`` can do nothing here, with a file under the cursor or not; empty when it can."""
        if refusal := self.refuses.get(action, ""):
            return _(refusal)
        if selected or action not in NEED_A_FILE:
            return ""
        if self.below or self.kept:
            return _("There is nothing here.")
        if action == "open" and not files:
            return ""  # makes the sample
        return _("There is no plan here; n makes one.")

    def told(self, home: Path) -> str:
        """How many files it has, in words; empty when there is none, or nobody may look."""
        if self.kept:
            from planner.store.journal import unsaved_in

            count = len(unsaved_in(home))
        else:
            try:
                count = sum(path.suffix == ".toml" for path in self.folder(home).iterdir())
            except OSError:
                return ""
        words = {
            ARCHIVE: ngettext("{n} in the archive", "{n} in the archive", count),
            BIN: ngettext("{n} in the bin", "{n} in the bin", count),
            "kept": ngettext("! {n} with unsaved edits", "! {n} with unsaved edits", count),
        }
        return words[self.name].format(n=count) if count else ""


def marked(marks: int, hidden: int) -> str:
    """How many rows are marked, and how many of these nobody sees now; empty when none is marked."""
    if not marks:
        return ""
    words = ngettext("{n} marked", "{n} marked", marks).format(n=marks)
    return _("{marked}, {n} of them not shown").format(marked=words, n=hidden) if hidden else words


PLANS = View(
    "plans",
    N_("Plans"),
    N_(
        "There is no plan in {folder} yet.\n\n"
        "Enter makes a sample plan with a roadmap, to look around in.\n"
        "n makes your own, in four steps: what kind of client, what it is called, when it starts, what comes first."
    ),
)
VIEWS = (
    PLANS,
    View(
        ARCHIVE,
        N_("Archive"),
        N_("Nothing is archived. In the list of plans A puts a plan here, and here A takes it out; t leads on."),
        below=ARCHIVE,
        words={"archive": N_("take out")},
    ),
    View(
        BIN,
        N_("Bin"),
        N_("The bin is empty. In the list of plans x puts a plan here; nothing in it is ever deleted; t leads on."),
        below=BIN,
        words={"open": N_("bring back")},
        refuses={
            "duplicate": N_("Bring the plan back first: Enter."),
            "change": N_("Bring the plan back first: Enter."),
            "archive": N_("Bring the plan back first: Enter."),
            "bin": N_("It is in the bin. The planner never deletes a file: do that outside of it."),
        },
    ),
    View(
        "kept",
        N_("Unsaved edits"),
        N_("Nothing was left unsaved: no session ended before its edits were saved. t leads back to the plans."),
        kept=True,
        words={"open": N_("look at them")},
        refuses={
            "duplicate": N_("Open the plan with Enter: it asks what is to become of the edits."),
            "change": N_("Unsaved edits belong to their plan: change that in the list of plans."),
            "archive": N_("Unsaved edits go where their plan goes."),
            "bin": N_("Open the plan with Enter and discard the edits there."),
            "sort": N_("Unsaved edits stand in the order of their files."),
            "filter": N_("Unsaved edits are not filtered."),
        },
    ),
)
"""In the order in which ``t`` goes through them."""
