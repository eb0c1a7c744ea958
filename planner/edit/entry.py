"""A work package typed on one line: ``Visit the sites; people; 5; Change lead=3; after Sketch the flow``."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.edit.work import new_package_id
from planner.model.problem import nearest
from planner.model.project import Project, WorkPackage
from planner.model.values import WORKSTREAMS, Duration, Effort, Fixed, Workstream
from planner.text.clean import folded
from planner.text.i18n import _, listed

USUAL = Duration(3, 5, 8)
"""Working days of a package of which nothing is said."""

_SIGNS = str.maketrans("；，＝：", ";,=:")
_NUMBER = r"\d{1,6}(?:\.\d{1,3})?"
_NUMBERS = re.compile(rf"{_NUMBER}(?:[\s/-]+{_NUMBER}){{2}}|{_NUMBER}")


class Misread(ValueError):
    """A part of the line that cannot be understood; the text says why, in words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line says: the package, which has no name while none is typed, and what could not be understood."""

    package: WorkPackage
    wrong: tuple[str, ...] = ()


def read_entry(project: Project, line: str, capability: str = "", workstream: Workstream = "people") -> Entry:
    """What ``line`` says of a package for ``capability``, of ``workstream`` unless it names another; never raises.

    The name comes first. The other parts, between semicolons, may come in any order: a workstream; working days (one
    number, or low, likely and high); ``role=person-days``, several with commas; ``after`` and names of packages.
    """
    name, *parts = (part.strip() for part in line.translate(_SIGNS).split(";"))
    fields: dict[str, object] = {"workstream": workstream, "days": USUAL}
    wrong = []
    for part in parts:
        if part:
            try:
                fields |= _read(project, part, capability)
            except Misread as error:
                wrong.append(str(error))
    ident = new_package_id(project, name) if name else "new"
    package = WorkPackage(id=ident, name=name, capability=capability, **fields)  # type: ignore[arg-type]
    return Entry(package, tuple(wrong))


def _read(project: Project, part: str, capability: str) -> dict[str, object]:
    """The fields of a package that one part of the line gives. Raises Misread."""
    for after in dict.fromkeys(("after", folded(_("after")))):
        if folded(part).startswith(after):
            names = part[len(after) :].strip(" :").split(",")
            return {"after": tuple(_package(project, name.strip(), capability) for name in names if name.strip())}
    if "=" in part:
        return {"effort": Fixed(dict(_effort(project, pair) for pair in part.split(",") if pair.strip()))}
    if part[0].isdecimal():
        return {"days": _days(part)}
    streams = {stream: (stream, _(stream)) for stream in WORKSTREAMS}
    found = [stream for stream, names in streams.items() if any(folded(n).startswith(folded(part)) for n in names)]
    if len(found) == 1:
        return {"workstream": found[0]}
    words = _("what is {part!r}? Write a workstream ({streams}), days, role=person-days, or after and a package")
    raise Misread(words.format(part=part, streams=listed(_(stream) for stream in WORKSTREAMS)))


def _days(part: str) -> Duration:
    numbers = _three(part, r"\s*(?:d|days?|天|日)?")
    if numbers is None or any(number != int(number) or number < 1 for number in numbers):
        words = _("{part!r} is no number of days: write 5, or low, likely and high as in 3 5 8")
        raise Misread(words.format(part=part))
    return Duration(*(int(number) for number in numbers))


def _effort(project: Project, pair: str) -> tuple[str, Effort]:
    role, _sign, amount = (text.strip() for text in pair.partition("="))
    ids = _named(role, ((one.id, (one.name, one.id)) for one in project.roles))
    if len(ids) > 1:
        names = listed(project.role_by_id[ident].name for ident in ids[:3])
        raise Misread(
            _("{role!r} may be several roles, such as {names}: write more of it").format(role=role, names=names)
        )
    if not ids:
        advice = nearest(role, (one.name for one in project.roles))
        raise Misread(_("there is no role {role!r}: {advice}").format(role=role, advice=advice))
    numbers = _three(amount, r"\s*(?:d|days?|天|日)?")
    if numbers is None:
        raise Misread(_("{role}: write person-days as in {role}=3").format(role=project.role_by_id[ids[0]].name))
    return ids[0], Effort(*numbers)


def _three(text: str, unit: str) -> tuple[float, float, float] | None:
    """Three rising numbers, the same when there is only one; None when ``text`` is none of that."""
    found = re.fullmatch(rf"({_NUMBERS.pattern}){unit}", text.strip(), re.IGNORECASE)
    numbers = [float(number) for number in re.findall(_NUMBER, found[1])] if found else []
    if len(numbers) == 1:
        numbers *= 3
    return (numbers[0], numbers[1], numbers[2]) if numbers and numbers == sorted(numbers) else None


def _package(project: Project, name: str, capability: str) -> str:
    """The package that ``name`` names, best one of the same capability. Raises Misread."""
    near = _named(name, _called(project.packages_of.get(capability, ())))
    ids = near if len(near) == 1 else _named(name, _called(project.packages))
    if len(ids) == 1:
        return ids[0]
    if ids:
        words = _("{name!r} may be several packages, such as {ids}: write more of the name, or the id")
        raise Misread(words.format(name=name, ids=listed(ids[:3])))
    advice = nearest(name, (package.name for package in project.packages))
    raise Misread(_("there is no package {name!r}: {advice}").format(name=name, advice=advice))


def _called(packages: Iterable[WorkPackage]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((package.id, (package.name, package.id)) for package in packages)


def _named(typed: str, known: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    """The ids of what is called ``typed``; else of what begins with it; else of what holds it."""
    wanted = folded(typed)
    names = [(ident, [folded(name) for name in called]) for ident, called in known]
    if not wanted:
        return []
    exact = [ident for ident, called in names if wanted in called]
    begun = exact or [ident for ident, called in names if any(name.startswith(wanted) for name in called)]
    return begun or [ident for ident, called in names if any(wanted in name for name in called)]
