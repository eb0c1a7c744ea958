"""What must hold in the tables that the knowledge brings into a plan: answers, pains, indicators, modifiers."""

from collections.abc import Callable, Collection, Iterable, Iterator

from planner.model.problem import Known, Path, Problem, nearest
from planner.model.project import Project
from planner.model.values import WORKSTREAMS
from planner.text.i18n import _


def scopes(project: Project, known: Known) -> Collection[str]:
    """The processes that may be referred to: the plan's, or any when the plan's own list has an unknown one,
    so that one mistyped id is not reported at every capability of that process."""
    own = project.process_by_id
    return own if known is None or all(process in known for process in own) else {*own, *known}


def _named(path: Path, names: Iterable[str], valid: Collection[str]) -> Iterator[Problem]:
    """A problem for each process in the list at ``path`` that is none of ``valid``."""
    for index, name in enumerate(names):
        if name not in valid:
            yield Problem((*path, index), _("unknown process {name!r}").format(name=name), nearest(name, valid))


def _modifiers(project: Project, known: Known) -> Iterator[Problem]:
    valid = scopes(project, known)
    for index, modifier in enumerate(project.modifiers):
        yield from _named(("modifiers", index, "processes"), modifier.processes, valid)
        for workstream in modifier.effort:
            if workstream not in WORKSTREAMS:
                yield Problem(
                    ("modifiers", index, "effort", workstream),
                    _("unknown workstream {name!r}").format(name=workstream),
                    nearest(workstream, WORKSTREAMS),
                )


def _by_hand(project: Project, known: Known) -> Iterator[Problem]:
    dimensions = project.dimension_ids
    for index, process in enumerate(project.processes):
        for dimension, reason in process.by_hand.items():
            where: Path = ("processes", index, "by_hand", dimension)
            if dimension not in dimensions:
                yield Problem(
                    where, _("unknown dimension {name!r}").format(name=dimension), nearest(dimension, dimensions)
                )
            elif not reason.strip():
                yield Problem(
                    where,
                    _("{process}: the level for {dimension} is set by hand without a reason").format(
                        process=process.id, dimension=dimension
                    ),
                    _("say why it is not what the answers give"),
                )


def _pains(project: Project, known: Known) -> Iterator[Problem]:
    """A pain may be cured by processes that are not in the plan, but not by ones that nobody knows."""
    if known is None:
        return
    valid = {*known, *project.process_by_id}
    for index, pain in enumerate(project.pains):
        for process in pain.levels:
            if process not in valid:
                yield Problem(
                    ("pains", index, "levels", process),
                    _("unknown process {name!r}").format(name=process),
                    nearest(process, valid),
                )


def _answer_sheets(project: Project, known: Known) -> Iterator[Problem]:
    valid = scopes(project, known)
    for index, sheet in enumerate(project.answer_sheets):
        where: Path = ("answer_sheets", index)
        if sheet.process not in valid:
            yield Problem(
                (*where, "process"),
                _("unknown process {name!r}").format(name=sheet.process),
                nearest(sheet.process, valid),
            )
        first: dict[str, int] = {}
        for place, answer in enumerate(sheet.answers):
            number = first.setdefault(answer.criterion, place)
            if number != place:
                yield Problem(
                    (*where, "answers", place, "criterion"),
                    _("{process}: {assessor} answers {criterion!r} twice (first as number {n})").format(
                        process=sheet.process, assessor=sheet.assessor, criterion=answer.criterion, n=number + 1
                    ),
                    _("remove one of the two answers"),
                )


def _indicators(project: Project, known: Known) -> Iterator[Problem]:
    valid = scopes(project, known)
    phases = project.phase_by_id
    for index, indicator in enumerate(project.indicators):
        where: Path = ("indicators", index)
        yield from _named((*where, "processes"), indicator.processes, valid)
        for phase in indicator.gates:
            if phase not in phases:
                yield Problem(
                    (*where, "gates", phase), _("unknown phase {name!r}").format(name=phase), nearest(phase, phases)
                )


RULES: tuple[Callable[[Project, Known], Iterator[Problem]], ...] = (
    _modifiers,
    _by_hand,
    _pains,
    _answer_sheets,
    _indicators,
)
