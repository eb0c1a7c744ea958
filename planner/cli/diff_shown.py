"""What ``planner diff`` answers: the changes in planning terms, then every field, as text or as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from planner.cli.layout import page, paragraph, titled
from planner.model.project import Baseline
from planner.review.changes import KINDS, Change
from planner.review.differences import Difference, in_few_words
from planner.review.labels import table_label
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, ngettext


@dataclass(frozen=True, slots=True)
class Compared:
    """Two plans and what changed. ``differences`` is None for baselines, which keep no fields.

    ``only_text``: the files are not the same, whatever the plans are.
    """

    old: str
    new: str
    changes: Sequence[Change]
    differences: Sequence[Difference] | None
    only_text: bool = False


def called(baseline: Baseline) -> str:
    """A baseline by its name and day."""
    return _("{name} of {day}").format(name=one_line(baseline.name), day=baseline.taken)


def text(compared: Compared) -> str:
    """The whole answer as text."""
    head = _("{old} -> {new}").format(old=compared.old, new=compared.new)
    return page([paragraph(head), *blocks(compared)])


def blocks(compared: Compared) -> Iterator[str]:
    """What changed in planning terms, group by group, then every field, table by table."""
    if not compared.changes and not compared.differences:
        words = _("Nothing has changed in the plan.")
        yield paragraph(
            _("The plans say the same; only the text of the files differs.") if compared.only_text else words
        )
        return
    for kind, heading in KINDS.items():
        mine = [change.words for change in compared.changes if change.kind == kind]
        if mine:
            yield titled(labelled(_(heading), str(len(mine))), *map(_item, mine))
    if compared.differences is None:
        return
    if not compared.changes:
        yield paragraph(_("Nothing has changed in planning terms."))
    n = len(compared.differences)
    yield paragraph(ngettext("Field by field: {n} difference", "Field by field: {n} differences", n).format(n=n))
    for table in dict.fromkeys(one.table for one in compared.differences):
        fields = [one for one in compared.differences if one.table == table]
        yield titled(labelled(table_label(table), str(len(fields))), *map(_item, in_few_words(fields)))


def _item(words: str) -> str:
    return paragraph(words, indent=2, bullet="- ")


def data(compared: Compared) -> dict[str, Any]:
    """The answer as data; ``was`` and ``now`` of a difference are values of the file, null for what is not there."""
    return {
        "schema": 1,
        "old": compared.old,
        "new": compared.new,
        "changes": [
            {"kind": one.kind, "item": one.item, "was": one.was, "now": one.now, "words": one.words}
            for one in compared.changes
        ],
        "differences": None
        if compared.differences is None
        else [
            {
                "table": one.table,
                "item": one.item,
                "field": one.field,
                "was": one.before,
                "now": one.after,
                "words": one.words,
            }
            for one in compared.differences
        ],
    }
