"""What must hold between the parts of a plan, beyond the type of each value.

Each rule is a function from a project to the problems it sees. A file with a problem is not opened
(``planner.store`` adds file and line); an edit that would make one is refused (``planner.edit``).
A cycle is no problem here: such a plan opens, and ``planner check`` explains the cycle.
"""

from collections.abc import Iterator
from itertools import chain, islice

from planner.model.decode import MOST
from planner.model.problem import Known, Path, Problem, closest, nearest
from planner.model.project import Project
from planner.model.references import capability_known, item_known
from planner.model.rules_dates import DATE_RULES
from planner.model.rules_knowledge import RULES, scopes
from planner.model.rules_people import PEOPLE_RULES
from planner.model.rules_progress import PROGRESS_RULES
from planner.model.rules_review import REVIEW_RULES
from planner.text.i18n import _

__all__ = ["Known", "Path", "Problem", "closest", "nearest", "problems"]


def problems(project: Project, known: Known = None) -> list[Problem]:
    """Every broken rule, table by table; no more than are told at once."""
    rules = (
        _duplicates,
        _ids,
        _calendar,
        _limits,
        _roles,
        _processes,
        _phases,
        _packages,
        _dependencies,
        _pins,
        _roadmap,
        *RULES,
        *PEOPLE_RULES,
        *DATE_RULES,
        *PROGRESS_RULES,
        *REVIEW_RULES,
    )
    return [*islice(chain.from_iterable(rule(project, known) for rule in rules), MOST)]


def _duplicates(project: Project, known: Known) -> Iterator[Problem]:
    keyed: tuple[tuple[str, str, list[object]], ...] = (
        ("modifiers", "id", [modifier.id for modifier in project.modifiers]),
        ("overheads", "id", [overhead.id for overhead in project.overheads]),
        ("roles", "id", [role.id for role in project.roles]),
        ("posts", "id", [post.id for post in project.posts]),
        ("service_roles", "id", [role.id for role in project.service_roles]),
        ("tracks", "track", [setting.track for setting in project.tracks]),
        ("enrolments", "id", [enrolment.id for enrolment in project.enrolments]),
        ("certificates", "id", [certificate.id for certificate in project.certificates]),
        ("dimensions", "id", [dimension.id for dimension in project.dimensions]),
        ("pains", "id", [pain.id for pain in project.pains]),
        ("processes", "id", [process.id for process in project.processes]),
        ("answer_sheets", "assessor", [(sheet.process, sheet.assessor) for sheet in project.answer_sheets]),
        ("indicators", "id", [indicator.id for indicator in project.indicators]),
        ("phases", "id", [phase.id for phase in project.phases]),
        ("packages", "id", [package.id for package in project.packages]),
        ("dependencies", "item", [dependency.key for dependency in project.dependencies]),
        ("pins", "item", [pin.item for pin in project.pins]),
        ("progress", "package", [progress.package for progress in project.progress]),
        ("scenarios", "id", [scenario.id for scenario in project.scenarios]),
        ("certifications", "standard", [goal.standard for goal in project.certifications]),
        ("milestones", "id", [stone.id for stone in project.milestones]),
        ("left_out", "package", [out.package for out in project.left_out]),
        ("checks", "id", [check.id for check in project.checks]),
        ("baselines", "id", [baseline.id for baseline in project.baselines]),
        ("comments", "id", [comment.id for comment in project.comments]),
        ("decisions", "phase", [decision.phase for decision in project.decisions]),
        ("conflicts", "id", [conflict.id for conflict in project.conflicts]),
    )
    for table, key, ids in keyed:
        first: dict[object, int] = {}
        for index, value in enumerate(ids):
            if value not in first:
                first[value] = index
                continue
            shown = value if isinstance(value, str) else " / ".join(map(str, value))  # type: ignore[call-overload]
            yield Problem(
                (table, index, key),
                _("{table} has {name!r} twice (first as number {n})").format(
                    table=table, name=shown, n=first[value] + 1
                ),
                _("rename or remove one of them"),
            )


def _ids(project: Project, known: Known) -> Iterator[Problem]:
    """Ids are keys of other tables (``effort``, say), where ``x-`` marks what the planner leaves alone."""
    for table in ("roles", "dimensions", "phases", "packages"):
        for index, row in enumerate(getattr(project, table)):
            ident = row.id
            if ident.startswith("x-"):
                yield Problem(
                    (table, index, "id"),
                    _("the id {name!r} begins with x-, which is kept for remarks").format(name=ident),
                    _("choose another id"),
                )
            elif "@" in ident and table in ("roles", "packages"):
                yield Problem(
                    (table, index, "id"),
                    _("the id {name!r} contains @, which is kept for capabilities").format(name=ident),
                    _("choose another id"),
                )


def _calendar(project: Project, known: Known) -> Iterator[Problem]:
    calendar = project.calendar
    kinds = {"holidays": _("holiday"), "blackouts": _("blackout")}
    if not calendar.working_days:
        yield Problem(
            ("calendar", "working_days"), _("the week has no working day"), _('name at least one, such as "mon"')
        )
    for name, kind in kinds.items():
        for index, period in enumerate(getattr(calendar, name)):
            title = f'{kind} "{period.name}"' if period.name else f"{kind} {index + 1}"
            if period.last < period.first:
                yield Problem(
                    ("calendar", name, index),
                    _("{period} ends on {last}, before it begins on {first}").format(
                        period=title, first=period.first, last=period.last
                    ),
                    _("swap the two dates"),
                )
            elif (period.last - period.first).days > 366:
                yield Problem(
                    ("calendar", name, index),
                    _("{period} lasts more than a year ({first} to {last})").format(
                        period=title, first=period.first, last=period.last
                    ),
                    _("check the year"),
                )


def _limits(project: Project, known: Known) -> Iterator[Problem]:
    for level in project.limits.stabilise_weeks:
        if level not in ("2", "3", "4", "5"):
            yield Problem(
                ("limits", "stabilise_weeks", level),
                _("{level!r} is not a level that is reached by work").format(level=level),
                _("use levels 2 to 5"),
            )


def _roles(project: Project, known: Known) -> Iterator[Problem]:
    for index, role in enumerate(project.roles):
        days = [change.since for change in role.changes]
        if days != sorted(set(days)):
            yield Problem(
                ("roles", index, "changes"),
                _("capacity changes of {role!r} are not in order of date").format(role=role.id),
                _("sort them; one change a day"),
            )


def _processes(project: Project, known: Known) -> Iterator[Problem]:
    dimensions = project.dimension_ids
    for index, process in enumerate(project.processes):
        where: Path = ("processes", index)
        if known is not None and process.id not in known:
            yield Problem(
                (*where, "id"),
                _("unknown process {name!r}").format(name=process.id),
                _("{advice} (a process of your own templates needs --templates DIR)").format(
                    advice=nearest(process.id, known)
                ),
            )
        for key in ("baseline", "target"):
            levels = getattr(process, key)
            mistyped: set[str] = set()
            for dimension in levels:
                if dimension not in dimensions:
                    mistyped.add(closest(dimension, dimensions))
                    yield Problem(
                        (*where, key, dimension),
                        _("unknown dimension {name!r}").format(name=dimension),
                        nearest(dimension, dimensions),
                    )
            for dimension in dimensions:
                if dimension not in levels and dimension not in mistyped:
                    yield Problem(
                        (*where, key),
                        _("{process}: {key} says nothing about {dimension}").format(
                            process=process.id, key=key, dimension=dimension
                        ),
                        _("add {dimension} = 1 (to 5)").format(dimension=dimension),
                    )
        for dimension in dimensions:
            now, goal = process.baseline.get(dimension), process.target.get(dimension)
            if now is not None and goal is not None and goal < now:
                yield Problem(
                    (*where, "target"),
                    _("{process}: target {goal} for {dimension} is below its baseline {now}").format(
                        process=process.id, goal=goal, dimension=dimension, now=now
                    ),
                    _("raise the target to at least {now}").format(now=now),
                )


def _phases(project: Project, known: Known) -> Iterator[Problem]:
    for index, phase in enumerate(project.phases):
        if phase.not_before and phase.not_after and phase.not_after < phase.not_before:
            yield Problem(
                ("phases", index, "not_after"),
                _("phase {phase!r} must end by {last}, before it may begin on {first}").format(
                    phase=phase.id, first=phase.not_before, last=phase.not_after
                ),
                _("swap the two dates"),
            )


def _packages(project: Project, known: Known) -> Iterator[Problem]:
    valid = scopes(project, known)
    roles = project.role_by_id
    packages = project.package_by_id
    for index, package in enumerate(project.packages):
        where: Path = ("packages", index)
        if package.capability:
            yield from capability_known((*where, "capability"), package.capability, valid)
        estimates: list[tuple[tuple[float, float, float], str]] = [(package.days, "days")]
        estimates += [(effort, role) for role, effort in package.effort.items()]
        for estimate, key in estimates:
            if not estimate[0] <= estimate[1] <= estimate[2]:
                path = (*where, "days") if key == "days" else (*where, "effort", key)
                yield Problem(
                    path,
                    _("{package}: the estimate {values} is not in the order low, likely, high").format(
                        package=package.id, values=", ".join(f"{value:g}" for value in estimate)
                    ),
                    _("sort the three numbers"),
                )
        for key in ("after", "alongside"):
            for other in getattr(package, key):
                if other == package.id:
                    yield Problem((*where, key), _("{item} cannot depend on itself").format(item=other), _("remove it"))
                elif other not in packages:
                    yield Problem(
                        (*where, key), _("unknown work package {name!r}").format(name=other), nearest(other, packages)
                    )
        for role_id in package.effort:
            if role_id not in roles:
                yield Problem(
                    (*where, "effort", role_id),
                    _("{package}: unknown role {name!r}").format(package=package.id, name=role_id),
                    nearest(role_id, roles),
                )
            else:
                most = roles[role_id].most
                needed = package.load(role_id)
                if needed > most + 1e-9:
                    yield Problem(
                        (*where, "effort", role_id),
                        _("{package} needs {needed:.2f} of {role} a day, who has {most:g}").format(
                            package=package.id, needed=needed, role=role_id, most=most
                        ),
                        _("lengthen it to {days} days, or give {role} more capacity").format(
                            days=_days_needed(package.effort[role_id].likely, most), role=role_id
                        )
                        if most
                        else _("give {role} capacity, or take the effort away").format(role=role_id),
                    )


def _days_needed(effort: float, fte: float) -> int:
    return -int(-effort / fte // 1)


def _dependencies(project: Project, known: Known) -> Iterator[Problem]:
    for index, dependency in enumerate(project.dependencies):
        where: Path = ("dependencies", index)
        yield from item_known((*where, "item"), dependency.item, project, known)
        yield from item_known((*where, "needs"), dependency.needs, project, known)
        package = project.package_by_id.get(dependency.item) or project.package_by_id.get(dependency.needs)
        inside = package is not None and package.capability in (dependency.item, dependency.needs)
        if dependency.item == dependency.needs or inside:
            yield Problem(
                (*where, "needs"),
                _("{item} cannot depend on itself").format(item=dependency.item)
                if not inside
                else _("{item} and {needs} cannot depend on each other: one is part of the other").format(
                    item=dependency.item, needs=dependency.needs
                ),
                _("remove this dependency"),
            )


def _pins(project: Project, known: Known) -> Iterator[Problem]:
    phases = project.phase_by_id
    for index, pin in enumerate(project.pins):
        where: Path = ("pins", index)
        yield from item_known((*where, "item"), pin.item, project, known)
        if pin.phase and pin.phase not in phases:
            yield Problem(
                (*where, "phase"), _("unknown phase {name!r}").format(name=pin.phase), nearest(pin.phase, phases)
            )
        if not pin.phase and pin.not_before is None and pin.deadline is None:
            yield Problem(
                (*where, "item"),
                _("the pin on {item} says nothing").format(item=pin.item),
                _("give it a phase, not_before or deadline, or remove it"),
            )
        if pin.not_before and pin.deadline and pin.deadline < pin.not_before:
            yield Problem(
                (*where, "deadline"),
                _("{item} must finish by {deadline}, before it may start on {start}").format(
                    item=pin.item, deadline=pin.deadline, start=pin.not_before
                ),
                _("change one of the two dates"),
            )


def _roadmap(project: Project, known: Known) -> Iterator[Problem]:
    if project.roadmap is None:
        return
    phases = project.phase_by_id
    packages = project.package_by_id
    for item, placement in project.roadmap.packages.items():
        where: Path = ("roadmap", "packages", item)
        if item not in packages:
            yield Problem(where, _("unknown work package {name!r}").format(name=item), nearest(item, packages))
        if placement.phase not in phases:
            yield Problem(
                (*where, "phase"),
                _("unknown phase {name!r}").format(name=placement.phase),
                nearest(placement.phase, phases),
            )
        if placement.finish < placement.start:
            yield Problem(
                (*where, "finish"),
                _("{item} finishes on {finish}, before it starts on {start}").format(
                    item=item, finish=placement.finish, start=placement.start
                ),
                _("correct one of the two dates"),
            )
