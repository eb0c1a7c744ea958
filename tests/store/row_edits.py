"""Random edits of the rows of any table, and the words, ids and days that are drawn for them."""

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from store_layouts import TEXTS

from planner.model.project import Project
from planner.model.values import Fixed

TABLES = tuple(field.name for field in fields(Project) if field.default == ())


def put(project: Project, table: str, rows: Any) -> Project:
    return replace(project, **{table: tuple(rows)})


def one_of(rows: tuple[Any, ...], random: Random) -> Any:
    """Often one of the first, so that two people often change the same."""
    return random.choice(rows[: random.choice([3, 3, len(rows)])]) if rows else None


def some_text(random: Random) -> str:
    return random.choice(TEXTS[1:])


def some_id(random: Random) -> str:
    """Of few, so that two people often take the same."""
    return f"new-{random.randrange(4)}"


def some_day(random: Random) -> date:
    return date(2027, 1, 4) + timedelta(days=random.randrange(600))


def as_another_row(project: Project, random: Random) -> Project:
    """A field of a row becomes what it is in another row of the table, or what it is by default."""
    table = random.choice(TABLES)
    rows = getattr(project, table)
    if not rows:
        return project
    at, field = random.randrange(len(rows)), random.choice(fields(rows[0]))
    value = getattr(random.choice(rows), field.name)
    return put(project, table, (*rows[:at], replace(rows[at], **{field.name: value}), *rows[at + 1 :]))


def drop(project: Project, random: Random) -> Project:
    """A row goes, and what refers to it goes with it or lets go of it."""
    table = random.choice(TABLES)
    row = one_of(getattr(project, table), random)
    if row is None:
        return project
    project = put(project, table, (other for other in getattr(project, table) if other is not row))
    return let_go(project, getattr(row, "id", ""))


def let_go(project: Project, name: str) -> Project:
    """``project`` where nothing refers to ``name``."""

    def gone(item: str) -> bool:
        return item == name or item.startswith(f"{name}@")

    def freed(row: Any) -> Any:
        changed = {}
        for field in fields(row):
            value = getattr(row, field.name)
            if field.name == "id":
                continue
            if isinstance(value, Fixed) and any(gone(str(key)) for key in value):
                changed[field.name] = Fixed({key: item for key, item in value.items() if not gone(str(key))})
            elif type(value) is tuple and any(isinstance(item, str) and gone(item) for item in value):
                changed[field.name] = tuple(item for item in value if not (isinstance(item, str) and gone(item)))
            elif isinstance(value, str) and gone(value) and field.name in ("owner", "manager", "post", "reply_to"):
                changed[field.name] = ""
            elif isinstance(value, Fixed) and any(item == name for item in value.values()):
                changed[field.name] = Fixed({key: item for key, item in value.items() if item != name})
        return replace(row, **changed) if changed else row

    for table in (
        "processes",
        "packages",
        "posts",
        "service_roles",
        "modifiers",
        "indicators",
        "scenarios",
        "comments",
    ):
        project = put(project, table, map(freed, getattr(project, table)))
    for table, keys in (
        ("packages", ("capability",)),
        ("dependencies", ("item", "needs")),
        ("pins", ("item", "phase")),
        ("milestones", ("item", "phase")),
        ("progress", ("package",)),
        ("answer_sheets", ("process",)),
    ):
        rows = getattr(project, table)
        project = put(project, table, (row for row in rows if not any(gone(getattr(row, key)) for key in keys)))
    if project.roadmap:
        known = project.package_by_id
        places = {
            item: place for item, place in project.roadmap.packages.items() if item in known and not gone(place.phase)
        }
        project = replace(project, roadmap=replace(project.roadmap, packages=Fixed(places)))
    return project


def move(project: Project, random: Random) -> Project:
    rows = list(getattr(project, table := random.choice(TABLES)))
    if not rows:
        return project
    rows.insert(random.randrange(len(rows)), rows.pop(random.randrange(len(rows))))
    return put(project, table, rows)
