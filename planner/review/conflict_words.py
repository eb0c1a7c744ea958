"""Conflicts of a merge as people read them: what it is about, and the values by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.edit.conflicts import value_of
from planner.edit.refused import Refused
from planner.model.project import Conflict, Project
from planner.model.rows import row_name
from planner.review.labels import field_label, table_label
from planner.review.wording import Wording, short
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, listed, ngettext


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict in words: ``about`` an item, ``field`` of it (empty for all of it), and the three values in full."""

    about: str
    field: str
    base: str
    ours: str
    theirs: str

    @property
    def subject(self) -> str:
        """What it is about, in one piece."""
        return labelled(self.about, self.field) if self.field else self.about

    @property
    def sentence(self) -> str:
        """The conflict in one line, with long values cut."""
        words = _("{subject}: ours {ours}, theirs {theirs}")
        return words.format(subject=short(self.subject), ours=short(self.ours), theirs=short(self.theirs))


def told(project: Project, conflict: Conflict) -> Told:
    """``conflict`` of ``project`` in words."""
    wording = Wording(project)
    texts = (conflict.base, conflict.ours, conflict.theirs)
    values = [_read(text) for text in texts]
    whole = not conflict.field
    shown = [_shown(wording, conflict, text, value) for text, value in zip(texts, values, strict=True)]
    if not whole and all(isinstance(value, Mapping) for value in values):
        shown = [
            _otherwise(wording, conflict, value, values) or words for value, words in zip(values, shown, strict=True)
        ]
    elif whole and conflict.base and "" in texts[1:]:
        shown = [shown[0], *(_kept(wording, conflict, values[side], values[0]) or shown[side] for side in (1, 2))]
    about = wording.named_row(conflict.table, one_line(conflict.item))
    rows = (value for value in values if isinstance(value, Mapping))
    row = next((row for row in rows if row_name(conflict.table, row) == conflict.item), None)
    if whole and row is not None and conflict.item:
        about = wording.row(conflict.table, row)
    if conflict.table in _PREFIXED:
        about = labelled(table_label(conflict.table), about)
    return Told(about, "" if whole else field_label((conflict.table, conflict.field)), *shown)


def counted(project: Project) -> str:
    """How many conflicts there are; empty for none."""
    n = len(project.conflicts)
    return ngettext("{n} conflict", "{n} conflicts", n).format(n=n) if n else ""


_PREFIXED = frozenset({"pins", "progress", "left_out", "decisions", "scenarios", "checks", "tracks"})
"""Tables whose rows are called as something else in the plan is."""


def _read(text: str) -> Any:
    try:
        return value_of(text)
    except Refused:
        return _Unread(text)


@dataclass(frozen=True, slots=True)
class _Unread:
    """A value that is no TOML: shown as it stands."""

    text: str


def _shown(wording: Wording, conflict: Conflict, text: str, value: Any) -> str:
    if isinstance(value, _Unread):
        return one_line(text)
    if value is None:
        if conflict.field:
            return _("empty")
        return _("taken out") if conflict.base else _("not there")
    path = (conflict.table, conflict.field) if conflict.field else (conflict.table,)
    return wording.value(path, value) or _("empty")


def _kept(wording: Wording, conflict: Conflict, value: Any, base: Any) -> str:
    """Of a row that the other one took out what was changed in it; nothing for a row that is not there."""
    if not isinstance(value, Mapping) or not isinstance(base, Mapping):
        return ""
    came = {key: one for key, one in value.items() if base.get(key) != one}
    fields = [field_label((conflict.table, key)) for key in base if key not in value]
    gone = [labelled(field, _("taken out")) for field in fields]
    changes = listed(filter(None, (wording.value((conflict.table,), came), *gone)))
    return _("kept, with {changes}").format(changes=changes) if changes else _("kept, as it was")


def _otherwise(wording: Wording, conflict: Conflict, value: Mapping[str, Any], all_values: list[Any]) -> str:
    """Of a mapping only what is not the same in all three."""
    path = (conflict.table, conflict.field)
    others = {
        key: one for key, one in value.items() if any(key not in other or other[key] != one for other in all_values)
    }
    return wording.value(path, others)
