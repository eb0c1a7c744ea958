"""Rules between standards and the rest of the templates."""

from collections.abc import Iterator
from string import Formatter

from planner.catalog.contradictions.known import Known, among, ordered, twice
from planner.catalog.contradictions.work import roles
from planner.model.known.standards import Standard
from planner.model.problem import Path, Problem, nearest
from planner.model.values import SIZES, Words
from planner.text.i18n import LANGUAGES, _, listed

BLANKS = frozenset({"audit", "months"})
"""What stands in braces in the rule of a date."""


def _clauses(known: Known) -> Iterator[Problem]:
    clauses = {standard.id: {clause.id for clause in standard.clauses} for standard in known.catalogue.standards}
    for index, standard in enumerate(known.catalogue.standards):
        where: Path = ("standards", index)
        yield from twice((*where, "clauses"), (clause.id for clause in standard.clauses))
        for number, clause in enumerate(standard.clauses):
            place = (*where, "clauses", number)
            for position, item in enumerate(clause.items):
                yield from known.capability((*place, "items", position), item)
            for other, same in clause.same.items():
                yield from known.one((*place, "same", other), other, "standards", _("standard"))
                for position, ident in enumerate(same if other in clauses else ()):
                    yield from among((*place, "same", other, position), ident, clauses[other], _("clause"))


def _stages(known: Known) -> Iterator[Problem]:
    for index, standard in enumerate(known.catalogue.standards):
        where: Path = ("standards", index)
        yield from twice((*where, "stages"), (stage.id for stage in standard.stages))
        yield from twice((*where, "cycle"), (event.id for event in standard.cycle))
        yield from _marks(where, standard)
        names = [work.id for stage in standard.stages for work in stage.work]
        for number, stage in enumerate(standard.stages):
            place = (*where, "stages", number)
            if missing := [size for size in SIZES if size not in stage.weeks]:
                wrong = _("weeks says nothing about {names}").format(names=listed(missing))
                yield Problem((*place, "weeks"), wrong, _("give the weeks for each size of client"))
            for size in stage.weeks:
                yield from among((*place, "weeks", size), size, SIZES, _("size"))
            for position, work in enumerate(stage.work):
                at = (*place, "work", position)
                if names.count(work.id) > 1:
                    wrong = _("{name!r} stands there twice").format(name=work.id)
                    yield Problem((*at, "id"), wrong, _("rename or remove one of them"))
                yield from roles(known, (*at, "roles"), work.roles)
                yield from ordered((*at, "effort"), work.effort)
                for name in work.after:
                    yield from among((*at, "after"), name, names, _("work of a stage"))


def _marks(where: Path, standard: Standard) -> Iterator[Problem]:
    """What is marked: the last stage decides, by one of its events, and at most one stage operates."""
    for number, stage in enumerate(standard.stages):
        at: Path = (*where, "stages", number)
        last = number == len(standard.stages) - 1
        if stage.decides != last:
            wrong = _("the last stage, and no other, has decides = true")
            yield Problem(at, wrong, _("mark it") if last else _("remove the mark"))
        deciding = sum(event.decides for event in stage.events)
        if deciding != int(last):
            wrong = _("{n} of its events have decides = true").format(n=deciding)
            yield Problem(at, wrong, _("mark the audit that decides") if last else _("mark an event of the last stage"))
        yield from twice((*at, "events"), (event.id for event in stage.events))
    if sum(stage.operates for stage in standard.stages) > 1:
        wrong = _("more than one stage has operates = true")
        yield Problem((*where, "stages"), wrong, _("mark one"))


def _cycle(known: Known) -> Iterator[Problem]:
    for index, standard in enumerate(known.catalogue.standards):
        for number, event in enumerate(standard.cycle):
            if event.months > standard.valid_months:
                wrong = _("it comes {months} months after a certificate that is valid for {valid}").format(
                    months=event.months, valid=standard.valid_months
                )
                advice = _("write {valid} or less").format(valid=standard.valid_months)
                yield Problem(("standards", index, "cycle", number, "months"), wrong, advice)


def _rules(known: Known) -> Iterator[Problem]:
    """Words in braces inside the rules of dates: a plan puts the audit and the months of operation there."""
    for index, standard in enumerate(known.catalogue.standards):
        where: Path = ("standards", index)
        ruled: list[tuple[Path, Words | None]] = [
            (("cycle", number, "rule"), event.rule) for number, event in enumerate(standard.cycle)
        ]
        for number, stage in enumerate(standard.stages):
            ruled += [(("stages", number, "rule"), stage.rule), (("stages", number, "gate"), stage.gate)]
            ruled += [(("stages", number, "events", n, "rule"), event.rule) for n, event in enumerate(stage.events)]
        for path, rule in ruled:
            for language in LANGUAGES if rule else ():
                yield from _blanks((*where, *path, language), getattr(rule, language))


def _blanks(path: Path, text: str) -> Iterator[Problem]:
    try:
        names = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:
        yield Problem(
            path, _("a brace is open or stands alone"), _("write {{audit}} or {{months}}, or no brace").format()
        )
        return
    for name in sorted(names - BLANKS):
        wrong = _("nothing is put where {{{name}}} stands").format(name=name)
        yield Problem(path, wrong, nearest(name, BLANKS))


def _successors(known: Known) -> Iterator[Problem]:
    for index, standard in enumerate(known.catalogue.standards):
        if standard.successor:
            yield from known.one(("standards", index, "successor"), standard.successor, "standards", _("standard"))


RULES = (_clauses, _stages, _cycle, _rules, _successors)
