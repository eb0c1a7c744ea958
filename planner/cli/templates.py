"""``planner templates``: the knowledge that plans are made from, shown; and a consultant's own, checked."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from planner.catalog.fault import CatalogueError, CatalogueFault
from planner.catalog.places import CHECKS
from planner.catalog.read import Read, parse, read
from planner.cli import knowledge, plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser
from planner.cli.layout import facts, page, paragraph, table, titled
from planner.export.words import heading
from planner.model.knowledge import Catalogue, EngagementTemplate, Strategy
from planner.model.problem import nearest
from planner.model.values import DIMENSIONS
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, language, listed, ngettext

CHECK = "check"
"""The word instead of an id that asks for the templates of a folder to be checked."""

BEGIN = date(2027, 1, 4)
"""The day from which the engagement templates of a folder are tried: any Monday does."""

LISTED = ("engagements", "strategies", "standards", "tracks", "profiles")
"""The parts of the catalogue whose nouns the list names; of the others it gives the number."""


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner templates``."""
    parser.add_argument(
        "id", metavar="ID", nargs="?", help=_("what to show in full, or a kind such as pains to list; check: see DIR")
    )
    parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, help=_("a folder of templates to check"))


def run(args: Namespace) -> Answer:
    """The list, what was asked for, or what is wrong with the templates of a folder."""
    if args.id == CHECK:
        return _check(args.folder)
    if args.folder is not None:
        wrong = _("{word!r} is one argument too many").format(word=one_line(str(args.folder)))
        raise Failure(fault(wrong, _("see {command}").format(command="planner templates --help")))
    catalogue = plan.catalogue()
    if args.id is None:
        return Answer(_list(catalogue))
    if args.id in knowledge.KINDS:
        return Answer(page([_kind(catalogue, args.id)]))
    found = [*_called(catalogue, args.id)]
    if not found:
        wrong = _("there is no template or strategy {name!r}").format(name=one_line(args.id))
        raise Failure(fault(wrong, nearest(args.id, _ids(catalogue))))
    return Answer(page(found))


def _check(folder: Path | None) -> Answer:
    """What is wrong with the templates of ``folder``, and how much there is when nothing is."""
    from planner.catalog.load import load, templates_folder
    from planner.checks.check import unknown_checks
    from planner.cli.faults import located

    if folder is None:
        raise Failure(fault(_("the folder is missing"), _("write planner templates check DIR")))
    if not folder.is_dir():
        raise Failure(
            fault(_("there is no folder of templates {name}").format(name=plan.shown(folder)), _("check the path"))
        )
    own = templates_folder()
    alone = folder.resolve() == own.resolve()
    try:
        catalogue = load(own) if alone else load(own, folder)
    except CatalogueError as wrong:
        raise Failure(*map(str, located(wrong.faults))) from None
    useless = [*_without_function(folder, unknown_checks(catalogue)), *_without_start(folder, catalogue)]
    if useless:
        raise Failure(*map(str, located(useless)))
    had = None if alone else load(own)
    counts = {part: len(getattr(catalogue, part)) - (len(getattr(had, part)) if had else 0) for part in knowledge.KINDS}
    if not any(counts.values()):
        wrong_place = _("{name} holds no templates").format(name=plan.shown(folder))
        raise Failure(fault(wrong_place, _("arrange them as the planner's own: processes in catalogue/processes.toml")))
    told = listed(f"{knowledge.kind(part, several=count > 1)} {count}" for part, count in counts.items() if count)
    return Answer(
        _("{folder}: nothing is wrong. It holds: {names}").format(folder=plan.shown(folder), names=told) + "\n"
    )


def _without_function(folder: Path, unknown: tuple[str, ...]) -> Iterator[CatalogueFault]:
    """Checks of a folder that the planner cannot carry out, because it has no function for them."""
    file = folder / CHECKS
    for index, check in enumerate(parse(file, Read()).get("checks", ())):
        if check["id"] in unknown:
            wrong = _("checks {name!r}: the planner has no function that looks for this").format(name=check["id"])
            advice = _("set numbers and names of a check in the plan; a new check needs a new planner")
            yield CatalogueFault(file, ("checks", index, "id"), wrong, advice)


def _without_start(folder: Path, catalogue: Catalogue) -> Iterator[CatalogueFault]:
    """Engagement templates of a folder that make no plan which can be."""
    from planner.edit.refused import Refused
    from planner.edit.start import start

    found = read((folder,))
    for template, (file, keys) in zip(found.parts["engagements"], found.origins["engagements"], strict=True):
        try:
            start(template, catalogue, begin=BEGIN)
        except Refused as refused:
            wrong = _("no plan can start from this template: {reason}").format(reason=refused)
            yield CatalogueFault(file, keys, wrong)


def _ids(catalogue: Catalogue) -> list[str]:
    """Everything that can be asked for."""
    own = [str(noun.id) for part in knowledge.KINDS for noun in getattr(catalogue, part) if hasattr(noun, "id")]
    return [*own, *knowledge.KINDS, CHECK]


def _called(catalogue: Catalogue, ident: str) -> Iterator[str]:
    """The blocks of all nouns with the id ``ident``; two of different kinds may share one."""
    for part in knowledge.KINDS:
        for noun in getattr(catalogue, part):
            if getattr(noun, "id", None) != ident:
                continue
            if isinstance(noun, EngagementTemplate):
                yield from _template(noun, catalogue)
            elif isinstance(noun, Strategy):
                yield from _strategy(noun, catalogue)
            else:
                yield labelled(knowledge.kind(part), knowledge.title(noun))
                yield from knowledge.blocks(noun, without=("name", "title"))


def _kind(catalogue: Catalogue, part: str, *, last: str = "source") -> str:
    """The nouns of one part of the catalogue, by id and name, with their source or another field last."""
    nouns = getattr(catalogue, part)
    named = [noun for noun in nouns if hasattr(noun, "id")]
    if not named:
        wrong = ngettext("there is {n} of this kind", "there are {n} of this kind", len(nouns)).format(n=len(nouns))
        raise Failure(fault(wrong, _("see one in a plan: planner show FILE --section work")))
    rows = [
        [noun.id, knowledge.text(getattr(noun, "name", None) or noun.title), knowledge.text(getattr(noun, last))]
        for noun in named
    ]
    head = [_("ID"), _("Name"), knowledge.label(last)]
    return titled(knowledge.kind(part, several=True), table(head, rows, indent=2))


def _list(catalogue: Catalogue) -> str:
    others = [part for part in knowledge.KINDS if part not in LISTED]
    counts = [(knowledge.kind(part, several=True), str(len(getattr(catalogue, part)))) for part in others]
    tables = [
        _kind(catalogue, part, last="suits" if part in ("engagements", "strategies") else "source")
        for part in LISTED
        if getattr(catalogue, part)
    ]
    return page(
        [
            *tables,
            titled(_("Number of"), facts((pair for pair in counts if pair[1] != "0"), indent=2)),
            _("Next: planner new FILE --template ID"),
        ]
    )


def _template(template: EngagementTemplate, catalogue: Catalogue) -> Iterator[str]:
    tongue = language()
    names = {process.id: process.name.in_(tongue) for process in catalogue.processes}
    nothing = dict.fromkeys(DIMENSIONS, 1)
    levels = [
        [
            names[process],
            *(str(template.baseline.get(process, nothing)[dimension]) for dimension in DIMENSIONS),
            str(template.target.get(process, "")),
        ]
        for process in names
        if process in template.baseline or process in template.target
    ]
    team = [[catalogue.role_by_id[entry.role].name.in_(tongue), f"{entry.fte:g}"] for entry in template.roles]
    strategy = catalogue.strategy_by_id[template.strategy]
    yield f"{template.name.in_(tongue)} ({template.id})"
    yield facts(
        [
            (_("Suits"), template.suits.in_(tongue)),
            (_("Client"), template.client.in_(tongue)),
            (_("Goal"), template.goal.in_(tongue)),
            (_("Size"), _(template.size)),
            (_("Strategy"), f"{strategy.name.in_(tongue)} ({strategy.id})"),
            (_("Processes in change at once"), str(template.absorption)),
            (_("No change"), listed(f"{b.name.in_(tongue)} {b.first} .. {b.last}" for b in template.blackouts)),
        ]
    )
    yield titled(
        _("Levels now, and the level wanted"),
        table([_("Name"), *map(heading, DIMENSIONS), _("Target")], levels, right="<>>>>", indent=2),
    )
    yield titled(_("Team"), table([_("Role"), _("Full-time equivalents")], team, right="<>", indent=2))
    shown = ("name", "suits", "client", "goal", "size", "strategy", "absorption", "blackouts")
    yield from knowledge.blocks(template, without=(*shown, "baseline", "target", "roles", "working_days"))


def _strategy(strategy: Strategy, catalogue: Catalogue) -> Iterator[str]:
    tongue = language()
    names = {process.id: process.name.in_(tongue) for process in catalogue.processes}
    phases = []
    for number, phase in enumerate(strategy.phases, 1):
        reached = listed(f"{names[process]} {level}" for process, level in phase.levels.items())
        aim = reached or _("what cures the pains of the plan, the heaviest first")
        phases += [
            paragraph(labelled(phase.name.in_(tongue), phase.goal.in_(tongue)), indent=2, bullet=f"{number}. "),
            paragraph(aim, indent=5, bullet="> "),
            *(paragraph(criterion.in_(tongue), indent=5, bullet="- ") for criterion in phase.exit_criteria),
        ]
    yield f"{strategy.name.in_(tongue)} ({strategy.id})"
    yield facts(
        [
            (_("Suits"), strategy.suits.in_(tongue)),
            (_("Avoid when"), strategy.avoid.in_(tongue)),
            (_("Logic"), strategy.logic.in_(tongue)),
        ]
    )
    yield titled(_("Phases it aims at, with what ends them"), *phases)
    yield from knowledge.blocks(strategy, without=("name", "suits", "avoid", "logic", "phases", "from_pains"))
