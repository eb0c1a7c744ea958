"""What must hold for the progress of the work, for scenarios, and for how much change a level is."""

from collections.abc import Callable, Iterator

from planner.model.problem import Known, Path, Problem, nearest
from planner.model.project import Project
from planner.model.references import item_known
from planner.model.values import HIGHEST, LOWEST
from planner.text.i18n import _

_LEVELS = frozenset(str(level) for level in range(LOWEST, HIGHEST + 1))


def _change_weight(project: Project, known: Known) -> Iterator[Problem]:
    """A level that is more change than the limit allows could never be worked on."""
    limit = project.limits.absorption
    for level, weight in project.limits.change_weight.items():
        where: Path = ("limits", "change_weight", level)
        if level not in _LEVELS:
            yield Problem(where, _("{level!r} is not a level of maturity").format(level=level), _("use levels 1 to 5"))
        elif weight > limit:
            yield Problem(
                where,
                _("level {level} is {weight} of change, and absorption allows {limit} at once").format(
                    level=level, weight=weight, limit=limit
                ),
                _("lower it, or raise absorption to {weight}").format(weight=weight),
            )


def _progress(project: Project, known: Known) -> Iterator[Problem]:
    begin, as_of = project.engagement.start, project.engagement.as_of
    packages = project.package_by_id
    if project.progress and as_of is None:
        yield Problem(
            ("engagement", "as_of"),
            _("progress is told, but not as of which day"),
            _("say the day up to which progress is known (As of)"),
        )
    for index, told in enumerate(project.progress):
        where: Path = ("progress", index)
        if told.package not in packages:
            yield Problem(
                (*where, "package"),
                _("unknown work package {name!r}").format(name=told.package),
                nearest(told.package, packages),
            )
        if told.start < begin:
            yield Problem(
                (*where, "start"),
                _("{item} began on {day}, before the project starts on {begin}").format(
                    item=told.package, day=told.start, begin=begin
                ),
                _("correct one of the two dates"),
            )
        for key in ("start", "finish"):
            day = getattr(told, key)
            if as_of and day and day > as_of:
                text = (
                    _("{item} began on {day}, after the day as of which progress is known, {as_of}")
                    if key == "start"
                    else _("{item} was finished on {day}, after the day as of which progress is known, {as_of}")
                )
                yield Problem(
                    (*where, key),
                    text.format(item=told.package, day=day, as_of=as_of),
                    _("tell what has happened only, or move the day up to which progress is known (As of)"),
                )
        if told.finish and told.finish < told.start:
            yield Problem(
                (*where, "finish"),
                _("{item} finishes on {finish}, before it starts on {start}").format(
                    item=told.package, finish=told.finish, start=told.start
                ),
                _("correct one of the two dates"),
            )
        if told.finish and told.remaining:
            yield Problem(
                (*where, "remaining"),
                _("{item} is finished, and yet {days} days remain").format(item=told.package, days=told.remaining),
                _("take out one of the two"),
            )


def _scenarios(project: Project, known: Known) -> Iterator[Problem]:
    """Targets are levels by their kind; one that a process has reached already changes nothing."""
    roles, processes = project.role_by_id, project.process_by_id
    most = max(project.limits.change_weight.values(), default=1)
    for index, scenario in enumerate(project.scenarios):
        where: Path = ("scenarios", index)
        for role in scenario.capacity:
            if role not in roles:
                yield Problem(
                    (*where, "capacity", role), _("unknown role {name!r}").format(name=role), nearest(role, roles)
                )
        for process in scenario.targets:
            if process not in processes:
                yield Problem(
                    (*where, "targets", process),
                    _("unknown process {name!r}").format(name=process),
                    nearest(process, processes),
                )
        for item in scenario.deadlines:
            yield from item_known((*where, "deadlines", item), item, project, known)
        if scenario.absorption is not None and scenario.absorption < most:
            yield Problem(
                (*where, "absorption"),
                _("one level alone is {weight} of change, and this scenario allows {limit} at once").format(
                    weight=most, limit=scenario.absorption
                ),
                _("raise it to {weight}").format(weight=most),
            )


PROGRESS_RULES: tuple[Callable[[Project, Known], Iterator[Problem]], ...] = (_change_weight, _progress, _scenarios)
