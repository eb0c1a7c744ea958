"""``planner crosswalk``: what a process is called elsewhere, looked up from any of its names or clauses."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import Any

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser, as_json
from planner.cli.layout import facts, page, paragraph, table, titled
from planner.export.json_doc import dumps
from planner.model.capability import process_of
from planner.model.knowledge import Catalogue, Process
from planner.model.problem import nearest
from planner.model.values import Words
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, language, listed

BRACKETS = frozenset("()（）")


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner crosswalk``."""
    parser.add_argument(
        "word", metavar="WORD", nargs="*", help=_("a process, a name of one in any vocabulary, or a clause; none: all")
    )
    as_json(parser)


def run(args: Namespace) -> Answer:
    """The processes that the words mean, or the whole table."""
    catalogue = plan.catalogue()
    word = " ".join(args.word).strip()
    found = meant(catalogue, word) if word else list(catalogue.processes)
    if not found:
        wrong = _("no process is called {word!r} in any vocabulary").format(word=one_line(word))
        raise Failure(fault(wrong, nearest(word, _terms(catalogue))))
    if args.json:
        return Answer(dumps({"schema": 1, "processes": [_data(catalogue, process) for process in found]}))
    return Answer(page(_blocks(catalogue, found) if word else [_whole(catalogue)]))


def meant(catalogue: Catalogue, word: str) -> list[Process]:
    """The processes that ``word`` means: by id, by any name, by the number or title of a clause, or of one above it.

    Where it is nothing of these as a whole, those of which it is a part of a name.
    """
    sought = _plain(word)
    exact = [process for process in catalogue.processes if sought in map(_plain, _words(catalogue, process))]
    if exact or len(sought) < 2:
        return exact
    return [
        process
        for process in catalogue.processes
        if any(sought in _plain(name) for name in (*_names(process), *_titles(catalogue, process)))
    ]


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())


def _terms(catalogue: Catalogue) -> Iterator[str]:
    """What may be proposed instead of a word; a name in brackets is not what a process is called there."""
    for process in catalogue.processes:
        yield from (word for word in _words(catalogue, process) if BRACKETS.isdisjoint(word))


def _words(catalogue: Catalogue, process: Process) -> Iterator[str]:
    """Everything by which ``process`` can be looked up."""
    yield process.id
    yield from _names(process)
    yield from _titles(catalogue, process)
    for standard, clauses in clauses_of(catalogue, process).items():
        for clause in clauses:
            parts = clause.split(".")
            above = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
            yield from (*above, *(f"{standard} {number}" for number in above))


def _names(process: Process) -> Iterator[str]:
    """The names of ``process`` in both languages, also each one of several in one name."""
    for words in (process.name, process.full_name, *process.aliases, *process.names.values()):
        for name in (words.en, words.zh):
            yield name
            yield from (part.strip() for part in name.replace("；", ";").split(";") if ";" in name.replace("；", ";"))


def _titles(catalogue: Catalogue, process: Process) -> Iterator[str]:
    """The titles of the clauses for which ``process`` gives evidence."""
    for standard in catalogue.standards:
        for clause in standard.clauses:
            if process.id in map(process_of, clause.items):
                yield from (clause.title.en, clause.title.zh)


def clauses_of(catalogue: Catalogue, process: Process) -> dict[str, tuple[str, ...]]:
    """By standard, the clauses for which ``process`` gives evidence at some level."""
    return {
        standard.id: tuple(clause.id for clause in standard.clauses if process.id in map(process_of, clause.items))
        for standard in catalogue.standards
    }


def _blocks(catalogue: Catalogue, found: Iterable[Process]) -> Iterator[str]:
    tongue = language()
    standards = {standard.id: standard.name.in_(tongue) for standard in catalogue.standards}
    for process in found:
        called = [
            (vocabulary.name.in_(tongue), _name(process.names.get(vocabulary.id)))
            for vocabulary in catalogue.vocabularies
        ]
        clauses = [
            (_("Clauses of {standard}").format(standard=standards[standard]), listed(numbers) or "-")
            for standard, numbers in clauses_of(catalogue, process).items()
        ]
        yield titled(
            f"{process.name.in_(tongue)} ({process.id})",
            facts(
                [
                    (_("Full name"), process.full_name.in_(tongue)),
                    (_("Also called"), listed(_aliases(process, tongue))),
                    (_("Purpose"), process.purpose.in_(tongue)),
                    *called,
                    *clauses,
                    (_("Tools"), process.tools),
                    (_("Source"), process.source),
                ],
                indent=2,
            ),
        )


def _whole(catalogue: Catalogue) -> str:
    """Every process with its names in a table for each vocabulary and its clauses in a table for all standards."""
    tongue = language()
    blocks = []
    for vocabulary in catalogue.vocabularies:
        rows = [
            [process.id, process.name.in_(tongue), _name(process.names.get(vocabulary.id))]
            for process in catalogue.processes
        ]
        title = labelled(vocabulary.name.in_(tongue), _("source {source}").format(source=vocabulary.source))
        blocks.append(titled(title, table([_("ID"), _("Name"), _("Called there")], rows, indent=2)))
    if catalogue.standards:
        rows = [
            [process.id, *(listed(numbers) or "-" for numbers in clauses_of(catalogue, process).values())]
            for process in catalogue.processes
        ]
        head = [_("ID"), *(standard.name.in_(tongue) for standard in catalogue.standards)]
        blocks.append(titled(_("Clauses"), table(head, rows, indent=2)))
    blocks.append(paragraph(_("In brackets: there it is a part of something else. A dash: there is none.")))
    return "\n\n".join(blocks)


def _name(words: Words | None) -> str:
    return words.in_(language()) if words else "-"


def _aliases(process: Process, tongue: str) -> list[str]:
    """Other names, each once, without the usual name that stands where one language has none."""
    names = dict.fromkeys(alias.in_(tongue) for alias in process.aliases)
    return [name for name in names if name != process.name.in_(tongue)]


def _data(catalogue: Catalogue, process: Process) -> dict[str, Any]:
    return {
        "id": process.id,
        "name": _both(process.name),
        "full_name": _both(process.full_name),
        "aliases": {tongue: _aliases(process, tongue) for tongue in ("en", "zh")},
        "names": {vocabulary: _both(words) for vocabulary, words in process.names.items()},
        "clauses": {standard: list(numbers) for standard, numbers in clauses_of(catalogue, process).items()},
        "source": process.source,
    }


def _both(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}
