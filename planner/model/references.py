"""Whether what a plan names by its id exists: capabilities and work packages."""

from collections.abc import Collection, Iterator

from planner.model.capability import split
from planner.model.problem import Known, Path, Problem, nearest
from planner.model.project import Project
from planner.model.rules_knowledge import scopes
from planner.text.i18n import _


def capability_known(path: Path, item: str, valid: Collection[str]) -> Iterator[Problem]:
    parts = split(item)
    if parts is None:
        yield Problem(
            path,
            _("{item!r} is not a capability").format(item=item),
            _("write process@level, level 1 to 5, such as incident@3"),
        )
    elif parts[0] not in valid:
        yield Problem(path, _("unknown process {name!r}").format(name=parts[0]), nearest(parts[0], valid))


def item_known(path: Path, item: str, project: Project, known: Known) -> Iterator[Problem]:
    if item in project.package_by_id:
        return
    valid = scopes(project, known)
    if "@" in item:
        yield from capability_known(path, item, valid)
    else:
        yield Problem(
            path,
            _("no capability or work package is called {item!r}").format(item=item),
            nearest(item, project.package_by_id),
        )
