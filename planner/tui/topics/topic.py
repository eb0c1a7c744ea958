"""What a topic of the Organisation and Review areas is: rows of a table, words about one of them, and edits."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, ClassVar

from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.clean import plain_id
from planner.text.i18n import N_, _
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area

Step = tuple[str, Callable[[Project], Project]]
"""An edit and what it is called."""


class Topic:
    """One kind of facts. A topic keeps nothing of the plan: it is given the plan and the knowledge each time."""

    columns: Sequence[Column] = ()
    empty = N_("Nothing here yet; n adds something.")
    """What stands in the place of rows when there are none."""
    bare = N_("Nothing here yet.")
    """What stands there for somebody who may not add any."""
    prefix = ""
    """What stands before the id in the keys of those rows that a finding may name."""
    findable = True
    """Whether rows stand for parts of the plan, to which one can go from elsewhere."""
    says: ClassVar[Mapping[str, str]] = {}
    """What the line of keys says of ``change``, ``alter``, ``tick``, ``new`` and ``remove`` where the usual word is
    not the right one, marked for translation."""

    remarks: Collection[str] = frozenset()
    """Those deeds that only change what is said about the plan."""
    looks: Collection[str] = frozenset()
    """Those deeds that change nothing."""

    def does(self, deed: str) -> bool:
        """Whether ``deed``, one of those of :attr:`says`, can do anything on this topic."""
        return getattr(type(self), deed) is not getattr(Topic, deed)

    def item(self, project: Project, key: str) -> str:
        """The part of the plan that the row ``key`` is about; empty when it is about none."""
        return key.removeprefix(self.prefix)

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        """What the table shows; a row without cells but with a banner divides others."""
        raise NotImplementedError

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        """Paragraphs about the row ``key``, the source of a fact of the catalogue last."""
        return ()

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        """What Space does to a row, or why it does nothing."""
        return _("Nothing can be ticked here; Enter changes the row.")

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        """What Enter does to a row."""
        area.plan.say(_("Nothing can be changed here."), warn=True)

    async def alter(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        """What c does to a row, where that is not what Enter does."""
        await self.change(area, catalogue, key)

    async def new(self, area: "Area", catalogue: Catalogue) -> None:
        """Ask for a new row."""
        area.plan.say(_("Nothing can be added here."), warn=True)

    def remove(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        """What x does to a row, or why it does nothing."""
        return _("Nothing can be removed here.")


def mark(on: bool) -> str:
    """A box that is ticked or not, without colour."""
    return "[x]" if on else "[ ]"


def source(text: str) -> str:
    """The mark of where a fact of the catalogue comes from."""
    return _("Source: {source}").format(source=text)


def fresh_id(wish: str, taken: Collection[str], otherwise: str) -> str:
    """An id made of ``wish`` (a name, say; else of ``otherwise``) that is not ``taken``."""
    base = plain_id(wish) or otherwise
    return next(name for n in count(1) if (name := base if n == 1 else f"{base}-{n}") not in taken)
