"""How values, fields and rows of a plan are worded for people: names in the place of ids, amounts with their unit."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from planner.graph.naming import work_named
from planner.model.decode import encode
from planner.model.project import Project
from planner.model.remarks import VERDICTS
from planner.model.rows import SAME, row_name
from planner.review.labels import KEYS, REFERS, UNITS, field_label, place_of, table_label
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, listed, ngettext
from planner.text.width import cut

SHORT = 60
"""Cells that a text has at most where it stands in a sentence."""

FEW = 3
"""So many things of a list are named in a sentence."""

Data = Mapping[str, Any]


class Wording:
    """Words for what stands in ``projects``: a name is looked up in the first, then in the others."""

    def __init__(self, *projects: Project) -> None:
        self._projects = projects
        self._rows: dict[str, list[dict[str, Data]]] = {}
        self._items: dict[str, str] = {}

    def value(self, path: Sequence[str], value: Any) -> str:
        """``value`` (encoded) of the field at ``path``, in full; empty for nothing."""
        place = place_of(path)
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, Mapping):
            # By its keys a row is called already; only the type of a dependency is not in its name.
            naming = set(SAME[path[0],][0]) - {"type"} if (path[0],) in SAME and len(path) == 1 else set()
            told = {key: one for key, one in value.items() if key not in naming}
            return self._known(path, value) or listed(self._entry(path, key, one) for key, one in told.items())
        if isinstance(value, list):
            if is_estimate(value):
                amount = _("{likely} ({low} to {high})")
                return self._counted(place, amount.format(likely=number(value[1]), low=number(value[0]), high=value[2]))
            return listed(self.value(path, one) for one in value)
        if isinstance(value, (int, float)):
            return self._counted(place, number(value))
        return self._named(REFERS.get(place, ""), str(value))

    def _known(self, path: Sequence[str], value: Data) -> str:
        """A period, a change of capacity, a dependency or a place in a roadmap as people write them; else nothing."""
        inner = {key: self.value((*path[:2], "", key), one) for key, one in value.items()}
        match inner:
            case {"first": first, "last": last}:
                days = first if first == last else _("{start} to {finish}").format(start=first, finish=last)
                return f"{days} ({inner['name']})" if inner.get("name") else days
            case {"since": since, "fte": fte}:
                return _("{amount} from {day}").format(amount=fte, day=since)
            case {"phase": phase, "start": start, "finish": finish} if len(inner) == 3:
                days = _("{start} to {finish}").format(start=start, finish=finish)
                return listed([phase, days])
            case {"item": item, "needs": needs} if len(path) > 1:
                return _("{item} needs {needs}").format(item=item, needs=needs)
        return ""

    def _entry(self, path: Sequence[str], key: str, value: Any) -> str:
        """One entry of a mapping, or one field of a whole row."""
        if len(path) == 1 or len(path) == 3:
            inner = (*path, key)
            return labelled(field_label(place_of(inner)), self.value(inner, value))
        return labelled(self.key(path, key), self.value((*path[:2], key), value))

    def _counted(self, place: Sequence[str], amount: str) -> str:
        unit = UNITS.get(tuple(place))
        return _(unit[0 if amount == "1" else 1]).format(amount=amount) if unit else amount

    def amount(self, path: Sequence[str], was: Any, now: Any) -> str:
        """``8 -> 12 person-days`` for two numbers or estimates; empty where one of them is none, or they look alike."""
        if is_estimate(was) and is_estimate(now):
            was, now = was[1], now[1]
        if not all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (was, now)) or was == now:
            return ""
        step = _("{was} -> {now}").format(was=number(was), now=number(now))
        return self._counted(place_of(path), step)

    def key(self, path: Sequence[str], key: str) -> str:
        """The key of a mapping by its name."""
        return self._named(KEYS.get(tuple(path[:2]), ""), key)

    def field(self, path: Sequence[str]) -> str:
        """What the field at ``path`` (table, field, key, field inside) is called: ``effort of Trainer``."""
        if len(path) == 2:
            return field_label(path)
        key = self.key(path, path[2])
        if len(path) > 3:
            return labelled(key, field_label(place_of(path)))
        kind = KEYS.get(tuple(path[:2]))
        if kind == "dimension" or kind is None:
            return f"{field_label(path[:2])} {key}"
        return _("{field} of {key}").format(field=field_label(path[:2]), key=key)

    def row(self, table: str, row: Data) -> str:
        """What a row of ``table`` (encoded) is called."""
        match table:
            case "dependencies":
                return _("{item} needs {needs}").format(
                    item=self.item(str(row.get("item", ""))), needs=self.item(str(row.get("needs", "")))
                )
            case "packages":
                return self.item(str(row.get("id", "")))
            case "answer_sheets":
                by = str(row.get("assessor", ""))
                return labelled(self._named("process", str(row.get("process", ""))), by)
            case "comments":
                return labelled(self._named("any", str(row.get("item", ""))) or _("the whole plan"), short(row["text"]))
            case "conflicts":
                table, item = str(row.get("table", "")), one_line(str(row.get("item", "")))
                about = labelled(table_label(table), self.named_row(table, item)) if item else table_label(table)
                name = str(row.get("field", ""))
                return labelled(about, field_label((table, name))) if name else about
            case "enrolments" | "certificates":
                return labelled(str(row.get("track", "")), self._named("post", str(row.get("holder", ""))))
            case "pins" | "progress" | "left_out":
                return self.item(row_name(table, row))
            case "decisions":
                return self._named("phase", row_name(table, row))
        return one_line(str(row.get("name") or "")) or row_name(table, row) or table_label(table)

    def named_row(self, table: str, item: str) -> str:
        """What the row ``item`` (as ``planner.model.rows`` names it) is called; also one that is in no plan."""
        if not item:
            return table_label(table)
        if table == "packages":
            return self.item(item)
        for rows in self._tables(table):
            if item in rows:
                return self.row(table, rows[item])
        if table == "dependencies" and len(ends := item.split(" ")) == 3:
            return self.row(table, {"item": ends[0], "needs": ends[1]})
        return self.row(
            table, {"item": item, "package": item, "phase": item} if table != "comments" else {"text": item}
        )

    def _tables(self, table: str) -> list[dict[str, Data]]:
        if table not in self._rows:
            found = [getattr(project, table, ()) for project in self._projects]
            encoded = [[encode(row) for row in rows] if isinstance(rows, tuple) else [] for rows in found]
            self._rows[table] = [{row_name(table, row): row for row in rows} for rows in encoded]
        return self._rows[table]

    def item(self, item: str) -> str:
        """A capability by its title, a work package by what it is for: many packages share a name."""
        if item not in self._items:
            self._items[item] = one_line(self._item(item))
        return self._items[item]

    def _item(self, item: str) -> str:
        for project in self._projects:
            if item in project.package_by_id:
                return work_named(project, item)
        titles = (project.title(item) for project in self._projects)
        return next((title for title in titles if title != item), item)

    def _named(self, kind: str, value: str) -> str:
        match kind:
            case "item":
                return self.item(value)
            case "word":
                return _(value) if value else ""
            case "verdict":
                return _(VERDICTS[value]) if value in VERDICTS else one_line(value)
            case "dimension":
                own = (one.name for project in self._projects for one in project.dimensions if one.id == value)
                return one_line(next(own, _(value) if value else ""))
            case "table":
                return table_label(value)
            case "any":
                found = self.item(value)
                return found if found != value else self._name_in(("process", "phase", "post", "role"), value)
            case "":
                return one_line(value)
        return self._name_in((kind,), value)

    def _name_in(self, kinds: Sequence[str], value: str) -> str:
        for kind in kinds:
            for names in self._names[kind]:
                if value in names:
                    return one_line(names[value])
        return one_line(value)

    @cached_property
    def _names(self) -> Mapping[str, list[dict[str, str]]]:
        tables = {"process": "processes", "phase": "phases", "post": "posts", "role": "roles"}
        return {
            kind: [{row.id: row.name for row in getattr(project, table)} for project in self._projects]
            for kind, table in tables.items()
        }


def is_estimate(value: Any) -> bool:
    """Whether ``value`` is a triangular estimate: low, likely, high."""
    return isinstance(value, list) and len(value) == 3 and all(type(one) in (int, float) for one in value)


def number(value: float) -> str:
    """A number as a person writes it: ``8``, ``0.25``."""
    return str(int(value)) if value == int(value) else repr(round(value, 6))


def short(text: str) -> str:
    """``text`` on one line, cut to what a sentence holds."""
    return cut(one_line(text), SHORT)


def some(words: Sequence[str]) -> str:
    """The first of ``words``, and how many more there are."""
    shown = [short(word) for word in words[:FEW]]
    if len(words) > FEW:
        left = len(words) - FEW
        shown.append(ngettext("{n} more", "{n} more", left).format(n=left))
    return listed(shown)
