"""Plan texts laid out as people lay them out, and random edits of a project, for the tests of saving."""

import re
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import tomlkit
from store_tables import KNOWING_EDITS, WORDS, knowing

from planner.model.calendar import CapacityChange, Period, Role
from planner.model.decode import encode
from planner.model.project import SCHEMA, Dependency, LeftOut, Phase, Pin, Placement, Project, Roadmap, WorkPackage
from planner.model.values import Duration, Effort, Fixed
from planner.store.save import dumps

TEXTS = (*WORDS, "tab\there", "= [x]")


def planned(project: Project) -> Project:
    """``project`` with something in every table."""
    first, second = project.packages[:2]
    start = project.engagement.start
    project = replace(
        project,
        calendar=replace(
            project.calendar,
            holidays=(Period(first=date(2027, 5, 1), last=date(2027, 5, 1), name="May"),),
        ),
        roles=(
            replace(project.roles[0], changes=(CapacityChange(since=date(2027, 6, 1), fte=1.5),)),
            *project.roles[1:],
        ),
        phases=(
            Phase(id="p1", name="First", goal="Faster answers", exit_criteria=("Desk answers", "Tool runs")),
            Phase(id="p2", name="Second", limit=2),
        ),
        pins=(Pin(item=first.id, phase="p1"), Pin(item=second.id, deadline=date(2028, 1, 1), reason="promised")),
        left_out=(LeftOut(package="gone", reason="not now"),),
        roadmap=Roadmap(
            strategy="s",
            packages=Fixed(
                {
                    package.id: Placement(phase="p1", start=start, finish=start + timedelta(days=number))
                    for number, package in enumerate(project.packages[:6])
                }
            ),
        ),
    )
    return knowing(project)


# Layouts ---------------------------------------------------------------------------------------------------------


def laid_out(project: Project, random: Random) -> str:
    """The plan file of ``project`` in one of many layouts, with comments and ``x-`` keys strewn in."""
    style = random.choice(["own", "own", "headings", "one-line"])
    if style == "own":
        text = dumps(project)
    elif style == "headings":
        text = tomlkit.dumps({"schema": SCHEMA, **encode(project)})
    else:
        text = _one_line_tables(project)
    return strewn(text, random)


def strewn(text: str, random: Random) -> str:
    """``text`` with numbered comments, ``x-`` keys, odd spacing, other line breaks."""
    density = random.choice([0.0, 0.02, 0.3])
    lines: list[str] = []
    depth, inside_text = 0, False
    for number, line in enumerate(text.split("\n")[:-1]):
        quotes = line.count('"""')
        if inside_text or quotes:
            lines.append(line)
            inside_text = inside_text != (quotes % 2 == 1)
            continue
        opens = re.match(r"[a-z_]+ = \[$", line)
        depth += 1 if opens else -1 if line == "]" else 0
        if random.random() < density:
            lines.append(f"# above {number}")
        if random.random() < density / 2:
            lines.append("")
        if " = { " in line and random.random() < density:
            line = line.replace(" = { ", f" = {{ x-in-{number} = [1, {{ a = 2 }}], ", 1)
        if random.random() < density / 3:
            line = line.replace(" = ", "  =   ", 1) if not line.startswith(" ") else line
        if random.random() < density:
            line += f"  # behind {number}"
        lines.append(line)
        if depth == 0 and line and not line.startswith("]") and random.random() < density:
            lines.append(f'x-key-{number} = "kept {number}"')
    if random.random() < 0.3:
        lines += ["", "[x-own-table]", 'x = "anything"  # at the end']
    text = "\n".join(lines) + "\n"
    if random.random() < 0.2:
        text = text.rstrip("\n")
    if random.random() < 0.3:
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if random.random() < 0.1 else text


def _one_line_tables(project: Project) -> str:
    """Every table in braces, every list in brackets, and the engagement in dotted keys."""
    data = encode(project)
    lines = ["schema = 2"]
    lines += [f"engagement.{key} = {_flat(value)}" for key, value in data.pop("engagement").items()]
    for name, value in data.items():
        if isinstance(value, list):
            lines += [f"{name} = [", *(f"  {_flat(row)}," for row in value), "]"]
        else:
            lines.append(f"{name} = {_flat(value)}")
    return "\n".join(lines) + "\n"


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{tomlkit.key(k).as_string()} = {_flat(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ",".join(map(_flat, value)) + " ]"
    return str(tomlkit.item(value).as_string())


def remarks(text: str) -> set[str]:
    """The comments and ``x-`` keys that ``strewn`` put into a text."""
    return set(re.findall(r"# (?:above|behind) \d+|x-key-\d+|x-in-\d+|x-own-table|# at the end", text))


# Edits -----------------------------------------------------------------------------------------------------------


def edited(project: Project, random: Random) -> Project:
    """``project`` after one random edit of any kind. Rules between tables may break: saving does not judge them."""
    return random.choice(random.choice((_EDITS, KNOWING_EDITS)))(project, random)


def _some(random: Random, rows: tuple[Any, ...], **fields: Any) -> tuple[Any, ...]:
    if not rows:
        return rows
    at = random.randrange(len(rows))
    return (*rows[:at], replace(rows[at], **fields), *rows[at + 1 :])


def _without(random: Random, rows: tuple[Any, ...]) -> tuple[Any, ...]:
    at = random.randrange(len(rows)) if rows else 0
    return rows[:at] + rows[at + 1 :]


def _with(random: Random, rows: tuple[Any, ...], row: Any) -> tuple[Any, ...]:
    at = random.randint(0, len(rows))
    return (*rows[:at], row, *rows[at:])


def _shuffled(random: Random, rows: tuple[Any, ...]) -> tuple[Any, ...]:
    order = list(rows)
    for _swap in range(2):
        if order:
            row = order.pop(random.randrange(len(order)))
            order.insert(random.randint(0, len(order)), row)
    return tuple(order)


def _day(random: Random) -> date:
    return date(2027, 1, 1) + timedelta(days=random.randrange(900))


def _period(random: Random) -> Period:
    return Period(first=_day(random), last=_day(random), name=random.choice(TEXTS))


def _package(random: Random) -> WorkPackage:
    return WorkPackage(
        id=f"new-{random.randrange(10**6)}",
        name="New work",
        workstream="tech",
        days=Duration(1, 2, 3),
        effort=Fixed({"change-lead": Effort(0.5, 1, 2)}),
        note=random.choice(TEXTS),
    )


def _roadmap(project: Project, random: Random) -> Project:
    if project.roadmap is None or random.random() < 0.2:
        return replace(project, roadmap=None if project.roadmap else Roadmap(seed=7))
    packages = dict(project.roadmap.packages)
    for _change in range(random.randint(1, 3)):
        name = random.choice([*packages, *project.package_by_id][:40])
        if name in packages and random.random() < 0.4:
            del packages[name]
        else:
            packages[name] = Placement(phase="p1", start=_day(random), finish=_day(random))
    strategy = random.choice(TEXTS)
    return replace(project, roadmap=replace(project.roadmap, strategy=strategy, packages=Fixed(packages)))


def _calendar(project: Project, random: Random) -> Project:
    kind = random.choice(["holidays", "blackouts"])
    rows = getattr(project.calendar, kind)
    rows = random.choice([_with(random, rows, _period(random)), _without(random, rows), _shuffled(random, rows), ()])
    return replace(project, calendar=replace(project.calendar, **{kind: rows}))


def _package_field(project: Project, random: Random) -> Project:
    field: dict[str, Any] = random.choice(
        [
            {"note": random.choice(TEXTS)},
            {"name": random.choice(TEXTS[1:])},
            {"days": Duration(1, random.randint(1, 9), 9)},
            {"effort": Fixed({"change-lead": Effort(1, 2.5, 3), "neu": Effort(0, 0, 1)})},
            {"effort": Fixed()},
            {"after": ("a", "b")},
            {"after": ()},
            {"source": "own"},
            {"capability": ""},
        ]
    )
    return replace(project, packages=_some(random, project.packages, **field))


def _rows(name: str, new: Any) -> Any:
    def edit(project: Project, random: Random) -> Project:
        rows = getattr(project, name)
        choices = [_with(random, rows, new(random)), _without(random, rows), _shuffled(random, rows)]
        return replace(project, **{name: random.choice(choices)})

    return edit


def _dependency(random: Random) -> Dependency:
    return Dependency(item=f"x{random.randrange(10**6)}@2", needs="b@2", lag=random.randint(-2, 2), reason="own")


_EDITS: tuple[Any, ...] = (
    _roadmap,
    _calendar,
    _package_field,
    _package_field,
    _rows("packages", _package),
    _rows("dependencies", _dependency),
    _rows("pins", lambda random: Pin(item=f"i{random.randrange(10**6)}", deadline=_day(random))),
    _rows("phases", lambda random: Phase(id=f"p{random.randrange(10**6)}", name="New", overlap=True)),
    _rows("roles", lambda random: Role(id=f"r{random.randrange(10**6)}", name="New", fte=random.choice([1, 0.4]))),
    _rows("left_out", lambda random: LeftOut(package=f"l{random.randrange(10**6)}")),
    lambda p, r: replace(p, limits=replace(p.limits, absorption=r.randint(1, 9), stabilise_weeks=Fixed({"2": 3}))),
    lambda p, r: replace(p, limits=replace(p.limits, stabilise_weeks=Fixed())),
    lambda p, r: replace(p, engagement=replace(p.engagement, goal=r.choice(TEXTS), sponsor=r.choice(TEXTS))),
    lambda p, r: replace(p, processes=_some(r, p.processes, in_scope=r.random() < 0.5, reason=r.choice(TEXTS))),
    lambda p, r: replace(
        p, processes=_some(r, p.processes, target=Fixed({"people": 2, "process": r.randint(1, 5), "tech": 3}))
    ),
    lambda p, r: replace(p, dependencies=_some(r, p.dependencies, type="start-start", strength="soft")),
    lambda p, r: replace(p, roles=_some(r, p.roles, changes=(CapacityChange(since=_day(r), fte=1.0),))),
    lambda p, r: replace(p, phases=_some(r, p.phases, exit_criteria=r.sample(TEXTS, 2), limit=None)),
    lambda p, r: replace(p, pins=(), phases=(), left_out=()),
)
