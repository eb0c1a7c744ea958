"""Reading and writing review files: TOML as a plan, one for each plan and reviewer."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from planner.model.decode import decode, encode
from planner.model.problem import Problem
from planner.model.remarks import SCHEMA, Remarks, mark_of, problems
from planner.model.told import sentence
from planner.store import render
from planner.store.fault import Fault, PlanUnreadable, SaveFailed
from planner.store.load import BOM, read_text
from planner.store.save import write_file
from planner.store.syntax import mend
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.toml import loads

LARGEST = 2_000_000
"""Characters of the longest review file that is read."""

_LONGEST_STEM = 120
"""Bytes of the longest name of a plan that is whole in those of its reviews; a file's name has 255 at most."""

_LISTS = ("comments", "settled", "decisions")
_KEYS = {"settled": "comment", "decisions": "phase"}


def review_path(plan: Path, reviewer: str, folder: Path | None = None) -> Path:
    """Where ``reviewer`` keeps remarks on ``plan``: beside it, or in ``folder``. Nothing of the name is a path."""
    return (folder or plan.parent) / f"{reviews_of(plan)}{mark_of(reviewer)}.toml"


def reviews_of(plan: Path) -> str:
    """With what the names of all review files of ``plan`` begin. A long name is cut: theirs would be too long."""
    stem = os.fsencode(plan.stem)
    if len(stem) > _LONGEST_STEM:
        stem = stem[:_LONGEST_STEM].decode("utf-8", "ignore").encode() + b"~" + sha256(stem).hexdigest()[:8].encode()
    return f"{os.fsdecode(stem)}.review-"


def load_remarks(path: Path) -> Remarks:
    """The review in the file ``path``. Raises PlanUnreadable with every fault of the file."""
    return parse_remarks(read_text(path), str(path))


def parse_remarks(text: str, name: str) -> Remarks:
    """The review that ``text`` holds; ``name`` is what faults call it. Raises PlanUnreadable with every fault."""
    body = text.removeprefix(BOM)
    if len(body) > LARGEST:
        large = _("the file is larger than {n} MB, which no review is").format(n=LARGEST // 1_000_000)
        raise PlanUnreadable((Fault(name, 1, large, _("choose a review file")),))
    try:
        data = loads(body)
        remarks, misfits = decode(Remarks, data)
    except ValueError:
        remarks, misfits, data = None, [], {}
    found = misfits or (problems(remarks) if remarks else [])
    if remarks is None or found:
        raise PlanUnreadable(_faults(body, name, data, found, worded=not misfits))
    return remarks


def save_remarks(remarks: Remarks, path: Path) -> str:
    """Write ``remarks`` to the file ``path``, durably and in one step, and return the text. Raises SaveFailed.

    A link is not followed: it may lead to anything.
    """
    if os.path.islink(path):  # noqa: PTH114 - unlike that of pathlib it answers where the disk does not
        wrong = _("{file} is a link — name a file of its own for the review").format(file=one_line(str(path)))
        raise SaveFailed(wrong)
    text = dumps_remarks(remarks)
    write_file(path, text)
    return text


def dumps_remarks(remarks: Remarks) -> str:
    """The review file of ``remarks``: each value on one line, so that nothing in a text looks like a heading."""
    data = encode(remarks)
    blocks = [[f"schema = {SCHEMA}", *_entries({k: v for k, v in data.items() if k not in (*_LISTS, "draft")})]]
    if remarks.draft:
        blocks.append(["[draft]", *_entries(data["draft"])])
    blocks += [[f"[[{table}]]", *_entries(row)] for table in _LISTS for row in data.get(table, ())]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _entries(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {render.inline(value)}" for key, value in table.items()]


def _faults(body: str, name: str, data: Mapping[str, Any], found: list[Problem], *, worded: bool) -> tuple[Fault, ...]:
    """What is wrong, in the order of lines; ``worded`` where the problems are whole sentences."""
    mended = mend(body, _LISTS)
    flaws = [Fault(name, flaw.line, flaw.message, flaw.advice) for flaw in mended.flaws]
    version = data.get("schema")
    if type(version) is int and version > SCHEMA and "engagement" not in data:
        newer = _("this review was written by a newer planner (schema {version})").format(version=version)
        return (Fault(name, 1, newer, _("update the planner")),)
    if not flaws and "reviewer" not in data:
        return (Fault(name, 1, _("this is not a review file"), _("name one that planner review has written")),)
    faults = [
        Fault(name, mended.scan.line(mended.scan.find(problem.path).at), _words(problem, data, worded), problem.advice)
        for problem in found
    ]
    return tuple(sorted([*flaws, *faults], key=lambda fault: fault.line))


def _words(problem: Problem, data: Mapping[str, Any], worded: bool) -> str:
    return problem.message if worded else sentence(problem, data, _KEYS)
