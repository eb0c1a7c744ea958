"""A foreign file as it would come into a plan: how it was understood, what is wrong with it, and the plan it makes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from planner.catalog.load import load
from planner.edit.refused import Refused
from planner.intake import apply
from planner.intake.assessment import read_levels
from planner.intake.columns import KINDS, Columns, Understood, fits, kind_of, understood, words_of
from planner.intake.incoming import Fault, Incoming
from planner.intake.packages import read_packages
from planner.intake.reading import Taken
from planner.intake.tables import LARGEST, Sheet, Unreadable, in_row, read_sheet, unreadable
from planner.model.calendar import Role
from planner.model.knowledge import Catalogue
from planner.model.problem import Problem
from planner.model.project import Engagement, ProcessScope, Project
from planner.model.rules import problems
from planner.model.values import DIMENSIONS, LOWEST, Fixed, Language
from planner.review.differences import Difference, differences
from planner.rollout.verify import verify
from planner.text.clean import one_line
from planner.text.file import NoFile, contents
from planner.text.i18n import N_, _, listed, ngettext

SCHEDULE = "mspdi"
ALL_KINDS: Mapping[str, str] = {**KINDS, SCHEDULE: N_("a plan of a scheduling tool (MSPDI)")}
"""What a file may hold, by the name of its kind."""

_QUESTIONS = {"criterion", "准则编号"}
"""The heading by which a filled questionnaire is known."""

_TOOLS = (".mpp", ".mpt", ".mpx", ".pod", ".planner", ".xer")
"""How files of scheduling tools end that are no MSPDI."""

_EARLIEST = date(2000, 1, 3)
"""The start of a plan of which none is known yet: a Monday."""


@dataclass(frozen=True)
class Preview:
    """What becomes of a file. ``result`` is the plan with it, None where there are ``faults``.

    ``kind`` is one of ``ALL_KINDS``. ``columns`` are those of a table, as they are understood, ``number`` is the row of
    its heading, ``rows`` how many rows below it were taken. ``before`` is the plan without it, None for a new one.
    """

    file: str
    kind: str
    before: Project | None
    result: Project | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[Understood, ...] = ()
    sheet: str = ""
    number: int = 0
    rows: int = 0

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """What changes in the plan; nothing for a new one, which has nothing to be compared with."""
        return differences(self.before, self.result) if self.before and self.result else ()


@dataclass(frozen=True, slots=True)
class Begin:
    """What is said of a new plan; a start that is not given is the first day in the file."""

    name: str = ""
    client: str = ""
    start: date | None = None
    language: Language = "en"


def read(
    path: Path,
    project: Project | None,
    *,
    sheet: str = "",
    mapping: Mapping[str, str] | None = None,
    kind: str = "",
    begin: Begin | None = None,
    catalogue: Catalogue | None = None,
) -> Preview:
    """What the file ``path`` would make of ``project``, or as a new plan where that is None; never raises for a file.

    ``sheet`` is that of a workbook, ``mapping`` gives the field of a column by its heading, ``kind`` says what the file
    holds; what is not said is found out.
    """
    known = catalogue or load()
    begin = begin or Begin()
    base = project or _scaffold(begin, known)
    made = Preview(path.name, kind, project, None)
    try:
        data = _data(path)
        if kind == SCHEDULE or (not kind and _is_xml(data)):
            return _applied(Preview(path.name, SCHEDULE, project, None), Taken(_schedule(data), {}), None, begin, known)
        table = read_sheet(data, fits(base, kind, mapping or {}), sheet)
        kind = kind or kind_of(table.head, base)
        _no_questionnaire(table)
    except Unreadable as error:
        return Preview(path.name, made.kind, project, None, error.faults)
    columns = understood(table, kind, base, mapping or {})
    if kind == "packages":
        taken = read_packages(table, columns, base, known)
    else:
        taken = read_levels(table, columns, base, known, path.name)
    shown = Preview(
        path.name,
        kind,
        project,
        None,
        columns=columns.understood,
        sheet=table.name,
        number=table.number,
        rows=len(table.rows),
    )
    notes = tuple(_changed_besides(table.others, project, known, path.name)) if project else ()
    incoming = replace(taken.incoming, notes=(*taken.incoming.notes, *notes))
    return _applied(shown, replace(taken, incoming=incoming), columns, begin, known)


def _changed_besides(others: Iterable[Sheet], project: Project, catalogue: Catalogue, file: str) -> Iterator[str]:
    """Sheets of the planner's own that are not read, though somebody has changed a level in them."""
    for sheet in others:
        if words_of("assessment", project).worked_out(sheet.head):
            taken = read_levels(sheet, understood(sheet, "assessment", project, {}), project, catalogue, file)
            if taken.incoming.processes or taken.incoming.faults:
                words = _('the sheet "{name}" has changes as well, which are not taken in: --sheet "{name}" does')
                yield words.format(name=one_line(sheet.name))


def _data(path: Path) -> bytes:
    if path.suffix == ".toml":
        wrong = _("this is a plan, and no foreign file")
        raise unreadable(wrong, _("see what two plans differ in with planner diff, and bring them together with merge"))
    if path.suffix.lower() in _TOOLS:
        wrong = _("a file of this kind is read by its own tool only")
        raise unreadable(wrong, _("save it there as XML, the format that all scheduling tools exchange"))
    from planner.intake.mspdi import LARGEST as LARGEST_SCHEDULE

    try:
        return contents(path, max(LARGEST, LARGEST_SCHEDULE) + 1)
    except NoFile as error:
        raise unreadable(str(error), _("name a file")) from None
    except FileNotFoundError:
        raise unreadable(_("there is no such file"), _("check the name")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise unreadable(_("the file cannot be read: {reason}").format(reason=reason), _("check the name")) from None


def _is_xml(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")[:5] in (b"<?xml", b"<Proj")


def _schedule(data: bytes) -> Incoming:
    from planner.intake.mspdi import read as read_schedule

    return read_schedule(data)


def _no_questionnaire(table: Sheet) -> None:
    """Raise Unreadable for a filled questionnaire, which has a door of its own."""
    if _QUESTIONS & {heading.casefold() for heading in table.head}:
        raise Unreadable(
            Fault(
                in_row(table.number),
                "",
                _("this is a filled questionnaire"),
                _("take it in with: planner assess FILE --import QUESTIONNAIRE"),
                table.number,
            )
        )


def _scaffold(begin: Begin, catalogue: Catalogue) -> Project:
    """Everything that the catalogue knows, so that a file without a plan can name it."""
    nothing = Fixed(dict.fromkeys(DIMENSIONS, LOWEST))
    return Project(
        engagement=Engagement(name="-", start=begin.start or _EARLIEST, language=begin.language),
        roles=tuple(Role(id=r.id, name=r.name.in_(begin.language), fte=r.fte) for r in catalogue.roles),
        processes=tuple(
            ProcessScope(id=p.id, name=p.name.in_(begin.language), in_scope=False, baseline=nothing, target=nothing)
            for p in catalogue.processes
        ),
    )


def _applied(shown: Preview, taken: Taken, columns: Columns | None, begin: Begin, catalogue: Catalogue) -> Preview:
    """``shown`` with the plan that comes of it, or with the faults for which there is none."""
    incoming, project = taken.incoming, shown.before
    faults, notes, result = incoming.faults, incoming.notes, None
    if not faults:
        try:
            faults = tuple(_broken(project, taken, columns, catalogue)) if project else ()
            if not faults and project:
                result = apply.merged(project, incoming, catalogue)
                notes += tuple(_following(project, result))
            elif not faults:
                result = apply.begun(
                    incoming,
                    name=begin.name,
                    client=begin.client,
                    start=begin.start,
                    language=begin.language,
                    catalogue=catalogue,
                )
        except Refused as refused:
            faults = (Fault(_("the file"), "", str(refused), ""),)
    notes += tuple(_assumed(project, result, incoming)) if result else ()
    return replace(shown, result=result, faults=faults, notes=notes)


def _assumed(before: Project | None, after: Project, incoming: Incoming) -> Iterator[str]:
    """Roles that neither plan nor file says anything of, with the capacity that they are given."""
    known = {role.id for role in (*incoming.roles, *(before.roles if before else ()))}
    given = [f"{one_line(role.name)} {role.fte:g}" for role in after.roles if role.id not in known]
    if given:
        words = _("full-time equivalents are assumed, since nothing is said of them: {roles}")
        yield words.format(roles=listed(given))


def _broken(project: Project, taken: Taken, columns: Columns | None, catalogue: Catalogue) -> Iterator[Fault]:
    """The rules of a plan that the file would break, by row where it is known from which it comes."""
    after = apply.candidate(project, taken.incoming, catalogue)
    known = {problem.message for problem in problems(project)}
    for problem in problems(after):
        if problem.message not in known:
            row = taken.rows.get(_id(after, problem), 0)
            column = _column(problem, columns) if columns else ""
            yield Fault(in_row(row) if row else _("the file"), column, problem.message, problem.advice, row)


def _id(project: Project, problem: Problem) -> str:
    """The id of the package or process that a problem is about."""
    table, *rest = problem.path
    if table not in ("packages", "processes") or not rest or not isinstance(rest[0], int):
        return ""
    ident: str = getattr(project, table)[rest[0]].id
    return ident


def _column(problem: Problem, columns: Columns) -> str:
    """The heading of the column that a problem is about."""
    keys = [str(key) for key in problem.path[2:4]]
    wanted = (":".join(keys), *keys, *(("process-id", "process") if "capability" in keys else ()))
    wanted += ("role",) if "effort" in keys else ()
    return next((columns.heading(field) for field in wanted if field in columns), "")


def _following(before: Project, after: Project) -> Iterator[str]:
    """What the change means for a roadmap that is kept."""
    if after.roadmap is None or after == before:
        return
    homeless = sum(package.id not in after.roadmap.packages for package in after.packages)
    already = sum(package.id not in before.roadmap.packages for package in before.packages) if before.roadmap else 0
    if homeless > already:
        words = ngettext(
            "{n} work package has no place in the roadmap yet: propose the roadmap anew",
            "{n} work packages have no place in the roadmap yet: propose the roadmap anew",
            homeless,
        )
        yield words.format(n=homeless)
    known = {violation.message for violation in verify(before)} if before.roadmap else set()
    late = [one for one in verify(after) if one.message not in known and one.rule != "coverage"]
    if late:
        words = ngettext(
            "the roadmap breaks {n} constraint then: propose it anew. {first}",
            "the roadmap breaks {n} constraints then: propose it anew. The first: {first}",
            len(late),
        )
        yield words.format(n=len(late), first=late[0].message)
