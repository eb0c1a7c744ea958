"""Edits that ended sessions have left unsaved, as rows of a folder, and those of a plan that is gone."""

import os
from contextlib import suppress
from pathlib import Path

from planner.store.journal import Left, left
from planner.store.listing import Header, stamp_of
from planner.store.load import Loaded, PlanUnreadable
from planner.text.clean import one_line
from planner.text.i18n import _, listed, ngettext
from planner.tui.screens.plan import PlanScreen
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Row


def left_header(path: Path) -> Header:
    """What a list needs of the plan in ``path``, which may be gone."""
    return Header(path, stamp_of(path))


def left_row(path: Path) -> Row:
    """A row of the view of unsaved edits."""
    found = left(path)
    count = sum(one.edits for one in found)
    words = [ngettext("{n} edit", "{n} edits", count).format(n=count)] if count else []
    if not path.exists():
        words.append(_("the plan is gone: Enter brings it back"))
    elif not all(one.readable for one in found):
        words.append(_("not all of it can be read"))
    last = max((one.last for one in found if one.last), default=None)
    when = last.astimezone().strftime("%Y-%m-%d %H:%M") if last else ""
    by = listed(dict.fromkeys(one.by for one in found if one.by))
    return Row(str(path), (Piece(path.stem, "strong"), when, _("; ").join(words), Piece(by, "dim")))


def screen_over(path: Path, trouble: PlanUnreadable) -> PlanScreen:
    """The plan as an ended session had it on the screen, for one whose file is gone or broken: ``trouble``.

    Where it is gone a save writes it anew; a broken file is not written over. Raises ``trouble`` when no journal
    tells anything.
    """
    for one in left(path):
        with suppress(PlanUnreadable):
            told = one.told()
            screen = PlanScreen(Loaded(told.present, told.base_text, path))
            screen.from_journal(told, _where_from(one, path, trouble))
            return screen
    raise trouble


def _where_from(one: Left, path: Path, trouble: PlanUnreadable) -> str:
    words = _("{file} is gone. This is the plan as {user} had it on the screen last ({time}): s writes it anew.")
    if os.path.lexists(path):
        words = _(
            "{file} cannot be opened: {fault}. This is the plan as {user} had it on the screen last ({time}):"
            " s keeps it under another name."
        )
    return words.format(
        file=one_line(path.name),
        fault=trouble.faults[0].message,
        user=one.by or _("somebody unknown"),
        time=one.last.astimezone().strftime("%Y-%m-%d %H:%M") if one.last else _("an unknown day"),
    )
