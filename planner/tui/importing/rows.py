"""The rows of the Import dialog: how a file was understood, what is wrong with it, and what it changes."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from planner.intake import ALL_KINDS, Preview
from planner.intake.preview import SCHEDULE
from planner.text.i18n import _, labelled, listed, ngettext
from planner.text.width import fit
from planner.tui.screens.differences import Told
from planner.tui.widgets.table import Row

SETTING, COLUMN, FAULT, NOTE, CHANGE = "set:", "column:", "fault:", "note:", "change:"
"""What the keys of rows begin with."""

LABEL = 10
"""Cells of what stands before a setting."""


def rows(preview: Preview, told: Sequence[Told]) -> list[Row]:
    """Everything, from top to bottom; ``told`` is what changes, in planning terms."""
    return [*_settings(preview), *_faults(preview), *_changes(preview, told), *_notes(preview), *_columns(preview)]


def _settings(preview: Preview) -> Iterator[Row]:
    kind = _(ALL_KINDS[preview.kind]) if preview.kind in ALL_KINDS else _("not known")
    told = {"file": (_("File"), preview.file), "kind": (_("Holds"), kind)}
    if preview.kind != SCHEDULE:
        told["sheet"] = (_("Table"), _table(preview))
    for name, (label, words) in told.items():
        yield Row(SETTING + name, banner=f"{fit(label, LABEL)} {words}")


def _table(preview: Preview) -> str:
    if not preview.columns:
        return _("none that can be read")
    count = ngettext("{n} row below the heading in row {m}", "{n} rows below the heading in row {m}", preview.rows)
    words = count.format(n=preview.rows, m=preview.number)
    return labelled(preview.sheet, words) if preview.sheet else words


def _faults(preview: Preview) -> Iterator[Row]:
    if not preview.faults:
        return
    count = ngettext(
        "What is wrong: {n} fault; nothing is taken in",
        "What is wrong: {n} faults; nothing is taken in",
        len(preview.faults),
    )
    yield Row("space:faults", banner=" ")
    yield Row("head:faults", banner=count.format(n=len(preview.faults)), style="head")
    for n, fault in enumerate(preview.faults):
        where = listed(filter(None, (fault.where, fault.column)))
        yield Row(f"{FAULT}{n}", banner=f"! {labelled(where, fault.wrong)}", style="warn")


def _changes(preview: Preview, told: Sequence[Told]) -> Iterator[Row]:
    if preview.result is None:
        return
    yield Row("space:changes", banner=" ")
    if not preview.differences:
        yield Row("head:changes", banner=_("What changes: nothing; the plan says all of it already"), style="head")
        return
    count = ngettext("What changes: {n} line", "What changes: {n} lines", len(told))
    yield Row("head:changes", banner=count.format(n=len(told)), style="head")
    for group, members in groupby(enumerate(told), key=lambda each: each[1].group):
        yield Row(f"group:{group}", banner=f"  {group}", style="dim")
        for n, one in members:
            yield Row(f"{CHANGE}{n}", banner=f"    {one.words}")


def _notes(preview: Preview) -> Iterator[Row]:
    if preview.notes:
        yield Row("space:notes", banner=" ")
        yield Row("head:notes", banner=_("To be known"), style="head")
        for n, note in enumerate(preview.notes):
            yield Row(f"{NOTE}{n}", banner=f"  {note}")


def _columns(preview: Preview) -> Iterator[Row]:
    if preview.columns:
        yield Row("space:columns", banner=" ")
        count = ngettext("{n} column: c says what it is", "{n} columns: c says what one is", len(preview.columns))
        yield Row("head:columns", banner=count.format(n=len(preview.columns)), style="head")
        for n, column in enumerate(preview.columns):
            words = column.told or _("left out")
            yield Row(
                f"{COLUMN}{n}", banner=f"  {fit(column.heading, 28)} {words}", style="" if column.field else "dim"
            )


def about(key: str, preview: Preview, told: Sequence[Told]) -> str:
    """What is said below the list about the row ``key``."""
    kind, _colon, number = key.partition(":")
    if kind == "fault":
        fault = preview.faults[int(number)]
        return f"{fault.wrong}; {fault.advice}" if fault.advice else fault.wrong
    if kind == "change":
        return told[int(number)].words
    if kind == "note":
        return preview.notes[int(number)]
    if kind == "column":
        column = preview.columns[int(number)]
        if column.field:
            return _("{heading} is taken for {field}; c chooses another").format(
                heading=column.heading, field=column.told
            )
        return _("{heading} is left out; c says what it is").format(heading=column.heading)
    if kind == "set":
        return {
            "file": _("c: another file"),
            "kind": _("c: what the file holds, if it was misunderstood"),
            "sheet": _("c: another sheet of the workbook"),
        }[number]
    return ""
