"""By what a row of a table of the plan is the same row as before, and how it is called.

One table of keys for all who compare plans: a save that changes a text in place, the journal, differences, merging.
"""

from collections.abc import Mapping
from typing import Any

SAME: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
    ("modifiers",): (("id",),),
    ("overheads",): (("id",),),
    ("certifications",): (("standard",),),
    ("roles",): (("id",),),
    ("posts",): (("id",),),
    ("service_roles",): (("id",),),
    ("tracks",): (("track",),),
    ("enrolments",): (("id",),),
    ("certificates",): (("id",),),
    ("dimensions",): (("id",),),
    ("pains",): (("id",),),
    ("processes",): (("id",),),
    ("answer_sheets",): (("process", "assessor"), ("process",)),
    ("answer_sheets", "answers"): (("criterion",),),
    ("indicators",): (("id",),),
    ("phases",): (("id",),),
    ("packages",): (("id",),),
    ("dependencies",): (("item", "needs", "type"), ("item", "needs")),
    ("pins",): (("item",),),
    ("progress",): (("package",),),
    ("scenarios",): (("id",),),
    ("left_out",): (("package",),),
    ("milestones",): (("id",),),
    ("checks",): (("id",),),
    ("baselines",): (("id",),),
    ("comments",): (("id",),),
    ("decisions",): (("phase",),),
    ("baselines", "needs"): (("item", "needs", "type"), ("item", "needs")),
    ("conflicts",): (("id",),),
}
"""The keys by which a table of a list is the same as before; where none agrees on the first, the next are tried.

What is not listed here (periods, capacity changes) is the same when it reads alike or stands in the same order.
"""


def row_name(table: str, row: Mapping[str, Any]) -> str:
    """What a row of ``table`` (as encoded) is called in a conflict or a difference: its keys, with spaces between.

    A dependency is ``change@3 config@2 finish-start``; a row of a table that has no keys has no name.
    """
    keys = SAME.get((table,))
    if keys is None:
        return ""
    usual = {"type": "finish-start", "assessor": ""}
    return " ".join(str(value) for key in keys[0] if (value := row.get(key, usual.get(key, ""))))
