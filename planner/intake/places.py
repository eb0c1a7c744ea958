"""Where a table says that work stands: phase, first and last day."""

from collections.abc import Callable
from datetime import date

from planner.intake import names
from planner.intake.columns import Columns
from planner.intake.headings import PHASE_NUMBER
from planner.intake.tables import Row, told
from planner.intake.values import Misread
from planner.model.project import Phase, Placement, Project, Roadmap, WorkPackage
from planner.model.values import Fixed
from planner.text.clean import clean_name, folded, one_line
from planner.text.i18n import _, ngettext

DayOf = Callable[[Row, str], date | None]
"""The day that a row has in the column of a field; what is wrong with it is told."""

PHASES = ("phase-id", "phase", PHASE_NUMBER)
"""The columns that may name a phase."""

LONGEST = 5000
"""Working days of the longest work package."""


class Places:
    """The phases and days of a table. A plan that has phases takes no new ones: their names may be mistyped."""

    def __init__(self, project: Project, columns: Columns) -> None:
        self._project, self._columns = project, columns
        self._known = names.phases(project)
        self._made: dict[str, Phase] = {}
        self._placed: dict[str, Placement] = {}
        self._homeless = 0

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Phases that the plan does not have, in the order of the rows."""
        return tuple(self._made.values())

    def roadmap(self) -> Roadmap | None:
        """Where the rows stand, None when no row says so."""
        return Roadmap(status="edited", packages=Fixed(self._placed)) if self._placed else None

    def notes(self) -> list[str]:
        """What could not be used."""
        words = ngettext(
            "the dates of {n} work package are not taken over, since it has no phase in the plan or in the file",
            "the dates of {n} work packages are not taken over, since they have no phase in the plan or in the file",
            self._homeless,
        )
        return [words.format(n=self._homeless)] if self._homeless else []

    def length(self, row: Row, day: DayOf) -> int | None:
        """Working days between the two dates of a row, None where it has not both."""
        start, finish = day(row, "start"), day(row, "finish")
        if start is None or finish is None or finish < start or (finish - start).days > LONGEST:
            return None
        return max(1, self._project.calendar.count(start, finish))

    def take(self, row: Row, package: WorkPackage, phase: str, day: DayOf) -> None:
        """Note where ``package`` stands, in ``phase`` or, where that is empty, where it was. Raises Misread."""
        start, finish = day(row, "start"), day(row, "finish")
        roadmap = self._project.roadmap
        before = roadmap.packages.get(package.id) if roadmap else None
        phase = phase or (before.phase if before else "")
        if not phase:
            self._homeless += start is not None or finish is not None
            return
        if start is None and finish is None:
            if before is None or before.phase == phase:
                return
            start, finish = before.start, before.finish
        calendar, length = self._project.calendar, package.days.likely
        if start is None and finish is not None:
            start = calendar.start(finish, length)
        if start is not None:
            finish = finish or calendar.finish(start, length)
            if finish < start:
                wrong = _("it finishes on {finish}, before it starts on {start}").format(start=start, finish=finish)
                raise Misread(wrong, _("correct one of the two dates"))
            placement = Placement(phase=phase, start=start, finish=finish)
            if placement != before:
                self._placed[package.id] = placement

    def phase(self, row: Row, package: str) -> str:
        """The phase of a row about ``package``, empty where it names none. Raises Misread.

        Where name and number of the phase differ, that which is not as it was has been changed.
        """
        named, counted = self._named(row), self._counted(row)
        if not (named and counted) or named == counted:
            return named or counted
        roadmap = self._project.roadmap
        before = roadmap.packages.get(package) if roadmap else None
        if before and before.phase in (named, counted):
            return counted if before.phase == named else named
        wrong = _("{first!r} and {second!r} are two phases").format(
            first=self._project.phase_by_id[named].name, second=self._project.phase_by_id[counted].name
        )
        raise Misread(wrong, _("change both columns, or remove one of them"))

    def _counted(self, row: Row) -> str:
        """The phase whose number a row gives."""
        if not self._project.phases or (cell := self._columns.cell(row, PHASE_NUMBER)) is None:
            return ""
        text, most = told(cell).strip(), len(self._project.phases)
        if not text.isdecimal() or not 1 <= int(text) <= most:
            wrong = _("{value!r} is no number of a phase").format(value=one_line(text)[:60])
            raise Misread(wrong, _("write a whole number from {low} to {high}").format(low=1, high=most))
        return self._project.phases[int(text) - 1].id

    def _named(self, row: Row) -> str:
        ident = clean_name(told(self._columns.cell(row, "phase-id")))
        name = clean_name(told(self._columns.cell(row, "phase")))
        if not (ident.strip() or name.strip()):
            return ""
        if self._project.phases:
            try:
                return self._known.one(ident if ident.strip() else name)
            except Misread as error:
                advice = _('{advice}; or leave the column out: --map "{heading}=ignore"')
                column = self._columns.heading("phase-id" if ident.strip() else "phase")
                raise Misread(error.wrong, advice.format(advice=error.advice, heading=column)) from None
        key = folded((ident or name).strip())
        if key not in self._made:
            taken = {phase.id for phase in self._made.values()}
            number = next(n for n in range(1, len(taken) + 2) if f"p{n}" not in taken)
            self._made[key] = Phase(id=ident or f"p{number}", name=name or ident)
        return self._made[key].id
