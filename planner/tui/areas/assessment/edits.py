"""Edits of Assessment: levels, targets, importance and scope, of one process or of several at once."""

from collections.abc import Mapping
from functools import reduce

from planner.model.project import Project
from planner.tui.areas.area import Change


def set_levels(levels: Mapping[str, Mapping[str, int]], reason: str) -> Change:
    """An edit that sets where processes stand now, by dimension, for ``reason``."""

    def change(project: Project) -> Project:
        from planner.catalog.load import load
        from planner.edit.scope import set_baselines

        return set_baselines(project, load(), levels, reason)

    return change


def set_target_of(levels: Mapping[str, Mapping[str, int]]) -> Change:
    """An edit that sets targets by process and dimension; one for several leaves alone what stands higher already."""

    def change(project: Project) -> Project:
        from planner.catalog.load import load
        from planner.edit.scope import set_target, set_targets

        cells = [(process, *cell) for process, wanted in levels.items() for cell in wanted.items()]
        return set_target(project, load(), *cells[0]) if len(cells) == 1 else set_targets(project, load(), levels)

    return change


def set_importance(ranks: Mapping[str, int]) -> Change:
    """An edit that says how important processes are to the business, 1 to 5."""

    def change(project: Project) -> Project:
        from planner.edit.scope import change_process

        return reduce(lambda p, one: change_process(p, one[0], importance=one[1]), ranks.items(), project)

    return change


def set_scope(processes: list[str], in_scope: bool) -> Change:
    """An edit that takes processes into the engagement or out of it."""

    def change(project: Project) -> Project:
        from planner.catalog.load import load
        from planner.edit.scope import set_scopes

        return set_scopes(project, load(), processes, in_scope)

    return change
