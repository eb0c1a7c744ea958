"""Sentences of findings as people read them: with names where the checks write ids."""

import re
from collections.abc import Collection

from planner.checks.finding import Finding
from planner.export.report.wording import sentence
from planner.graph.naming import work_named
from planner.model.capability import process_of
from planner.model.project import Project

_WORD = re.compile(r"[\w@.+-]+")


def said(project: Project, finding: Finding) -> str:
    """What ``finding`` says, work packages by their names."""
    return _capital(sentence(_named(project, finding.message, frozenset(finding.items))))


def advised(project: Project, finding: Finding) -> str:
    """What to do about it."""
    return _capital(sentence(_named(project, finding.advice, frozenset(finding.items))))


def named(project: Project, text: str) -> str:
    """A sentence of the engine with the names of capabilities, and of work packages whose ids could be nothing else."""
    return _named(project, text, {*project.capabilities, *(ident for ident in project.package_by_id if "-" in ident)})


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(project: Project, text: str, items: Collection[str]) -> str:
    """``text`` with the names of those of ``items`` that are work packages or capabilities.

    Only of these: a package may have the id of any word, and so may stand in a text that does not speak of it.
    """

    def name(found: re.Match[str]) -> str:
        word = found.group()
        ident = word if word in items else word.rstrip(".")
        if ident not in items or not (ident in project.package_by_id or process_of(ident)):
            return word
        shown = work_named(project, ident) if ident in project.package_by_id else project.title(ident)
        return shown + word[len(ident) :]

    return _WORD.sub(name, text)
