"""In whose words the processes of a plan are called (domain.md §1.1, §7.4)."""

from collections.abc import Iterable
from dataclasses import replace

from planner.edit.refused import checked, meant
from planner.model.knowledge import Catalogue, Process
from planner.model.project import Project
from planner.text.i18n import _

BRACKETS = ("(", "（")
"""How a name begins that says where the process is a part of something else, so that it has no name of its own."""


def use_vocabulary(project: Project, catalogue: Catalogue, vocabulary_id: str = "") -> Project:
    """``project`` with its processes called as a vocabulary calls them; with "" as the catalogue does.

    A name that somebody gave a process stays, and so does the catalogue's where the vocabulary has none. Where two
    processes of the plan have one name there, each says in brackets which it is. Raises Refused.
    """
    if vocabulary_id:
        meant(vocabulary_id, [vocabulary.id for vocabulary in catalogue.vocabularies], _("vocabulary"))
    language = project.engagement.language
    known = [
        catalogue.process_by_id[process.id] for process in project.processes if process.id in catalogue.process_by_id
    ]
    names = called(known, vocabulary_id, language)
    processes = tuple(
        replace(process, name=names[process.id])
        if process.id in names and process.name in given(catalogue.process_by_id[process.id])
        else process
        for process in project.processes
    )
    engagement = replace(project.engagement, vocabulary=vocabulary_id)
    return checked(project, replace(project, engagement=engagement, processes=processes))


def called(processes: Iterable[Process], vocabulary_id: str, language: str) -> dict[str, str]:
    """What a vocabulary calls each of ``processes``, by id; the catalogue's name where it has none of its own."""
    own = {process.id: (process.name.in_(language), _name(process, vocabulary_id, language)) for process in processes}
    shared = [there for _usual, there in own.values() if there]
    return {
        ident: usual if not there else _told_apart(there, usual) if shared.count(there) > 1 else there
        for ident, (usual, there) in own.items()
    }


def given(process: Process) -> set[str]:
    """Every name that the catalogue may have given ``process``, in any language and vocabulary."""
    found = set()
    for language in ("en", "zh"):
        usual = process.name.in_(language)
        there = [words.in_(language) for words in process.names.values()]
        found |= {usual, process.full_name.in_(language), *there, *(_told_apart(name, usual) for name in there)}
    return found


def _name(process: Process, vocabulary_id: str, language: str) -> str:
    words = process.names.get(vocabulary_id)
    name = words.in_(language) if words else ""
    return "" if name.startswith(BRACKETS) else name


def _told_apart(name: str, usual: str) -> str:
    return f"{name} ({usual})"
