"""To which level of which process the work of a row leads."""

from collections.abc import Collection

from planner.intake import names, values
from planner.intake.reading import Reading
from planner.intake.tables import Row, told
from planner.model.capability import capability, process_of
from planner.text.clean import clean_name, folded, one_line
from planner.text.i18n import _


def same(name: str) -> str:
    """``name`` as names of work packages are compared."""
    return " ".join(folded(name).split())


class Capabilities:
    """Finds the capability of each row of a table.

    ``called``: capability and name of the plan's packages, as they are compared.
    """

    def __init__(self, reading: Reading, called: Collection[tuple[str, str]]) -> None:
        self.reading, self.called = reading, called
        self.columns, self.project = reading.columns, reading.project
        self.processes = names.processes(reading.project, reading.catalogue)

    def of(self, row: Row) -> str | None:
        """The capability of a row, "" for the work of the whole programme; None where nothing is said of it."""
        if self.columns.cell(row, "capability") is not None:
            word = told(self.columns.cell(row, "capability"))
            return self.reading.read(row, "capability", lambda: names.capability_of(word, self.processes), None)
        if not {"process", "process-id", "capability"} & set(self.columns.places):
            return None
        found = [
            (one, self.reading.read(row, one, lambda cell=cell: names.at_level(told(cell), self.processes), ("", 0)))  # type: ignore[misc]
            for one in ("process-id", "process")
            if (cell := self.columns.cell(row, one)) is not None
            and (one == "process-id" or not self._named_by_id(row) or len(self.processes.found(told(cell))) == 1)
        ]
        ids = list(dict.fromkeys(process for _one, (process, _level) in found if process))
        if len(ids) > 1:
            wrong = _("{first!r} and {second!r} are two processes").format(first=ids[0], second=ids[1])
            self.reading.fault(row, "process", wrong, _("change both columns, or remove one of them"))
            return None
        cell = self.columns.cell(row, "level")
        said = self.reading.read(row, "level", lambda: values.level(cell), 2) if cell is not None and found else 0
        if not found:
            if cell is not None and told(cell) not in ("0", "-"):
                wrong = _("there is a level, but no process")
                self.reading.fault(row, "level", wrong, _("say whose level it is, or empty the cell"))
            return ""
        if not ids:
            return None
        if number := said or max(level for _one, (_process, level) in found):
            return capability(ids[0], number)
        return self._without_level(row, ids[0])

    def _named_by_id(self, row: Row) -> bool:
        return self.columns.cell(row, "process-id") is not None

    def _without_level(self, row: Row, process: str) -> str | None:
        """A row that names its process and no level: right only for a package that the plan has for that process."""
        ident = clean_name(told(self.columns.cell(row, "id"))).strip()
        name = same(one_line(told(self.columns.cell(row, "name"))))
        known = self.project.package_by_id.get(ident)
        mine = [item for item, known_as in self.called if known_as == name and process_of(item) == process]
        if known and process_of(known.capability) == process:
            return known.capability
        if len(mine) == 1:
            return mine[0]
        wrong = _("it is not said to which level of the process the work leads")
        advice = _('add a column "{heading}" with 2 to 5').format(heading=_("Level"))
        if "level" in self.columns:
            self.reading.fault(row, "level", wrong, _("write a level from 2 to 5"))
        else:
            self.reading.of_the_heading(self.columns.heading("process"), wrong, advice)
        return None
