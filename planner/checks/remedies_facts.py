"""What removes findings on the facts of a plan: roles, settings, levels, owners."""

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from planner.checks.finding import Finding
from planner.checks.remedy import Remedy, offers
from planner.edit.answers import take_answers
from planner.edit.facts import remove_role
from planner.edit.posts import set_manager, set_owner
from planner.edit.refresh import refresh
from planner.edit.refused import checked
from planner.edit.scope import set_target
from planner.edit.work import restore_package
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Fixed
from planner.text.i18n import _, ngettext


@offers("D06")
def _drop_role(project: Project, _catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Remove a role without work."""
    role = finding.items[0]
    words = _("Remove the role {role}").format(role=project.role_by_id[role].name)
    yield Remedy(words, lambda p: remove_role(p, role))


@offers("D07")
def _restore(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Bring everything back that was left out by hand."""
    words = ngettext("Bring back {n} work package", "Bring back {n} work packages", n := len(finding.items))

    def change(project: Project) -> Project:
        return reduce(lambda p, package: restore_package(p, catalogue, package), finding.items, project)

    yield Remedy(words.format(n=n), change)


@offers("D08")
def _drop_setting(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Remove what is set for a check, number or list that there is not."""
    ident = finding.items[0]
    known = next((check for check in catalogue.checks if check.id == ident), None)

    def change(project: Project) -> Project:
        kept = [setting for setting in project.checks if known is not None or setting.id != ident]
        if known is not None:
            kept = [
                replace(
                    setting,
                    numbers=Fixed({k: v for k, v in setting.numbers.items() if k in known.numbers}),
                    names=Fixed({k: v for k, v in setting.names.items() if k in known.names}),
                )
                if setting.id == ident
                else setting
                for setting in kept
            ]
        return checked(project, replace(project, checks=tuple(kept)))

    yield Remedy(_("Remove the setting"), change)


@offers("D10")
def _in_step(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Follow the facts: work and dates those of the plan, levels the answers."""
    if len(finding.items) == 1 and finding.items[0] in project.process_by_id:
        ident = finding.items[0]
        sheets = [sheet for sheet in project.answer_sheets if sheet.process == ident]
        words = _("Let the levels of {process} follow the answers").format(process=project.process_by_id[ident].name)
        yield Remedy(words, lambda p: take_answers(p, catalogue, sheets))
    else:
        yield Remedy(_("Bring work and dates in step with the facts"), lambda p: refresh(p, catalogue))


@offers("CHK16")
def _less_ambition(project: Project, catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Aim below the level for which a reason is wanted."""
    process = project.process_by_id[finding.items[0]]
    setting = next((setting for setting in project.checks if setting.id == finding.id), None)
    usual = next(check for check in catalogue.checks if check.id == finding.id).numbers["level"]
    goal = int(setting.numbers.get("level", usual) if setting else usual) - 1
    high = [dimension for dimension, level in process.target.items() if level > goal]

    def change(project: Project) -> Project:
        return reduce(lambda p, dimension: set_target(p, catalogue, process.id, dimension, goal), high, project)

    yield Remedy(_("Lower the target of {process} to level {level}").format(process=process.name, level=goal), change)


@offers("CHK27")
def _name_one(project: Project, _catalogue: Catalogue, finding: Finding) -> Iterator[Remedy]:
    """Name one of the client's posts as the owner or the manager that is missing."""
    process = project.process_by_id[finding.items[0]]
    if not process.owner and not process.manager:
        return
    for post in project.posts:
        if not process.owner:
            words, name = _("{post} owns {process}"), set_owner
        else:
            words, name = _("{post} manages {process}"), set_manager
        yield Remedy(
            words.format(post=post.name, process=process.name),
            lambda p, name=name, post=post: name(p, process.id, post.id),  # type: ignore[misc]
        )
