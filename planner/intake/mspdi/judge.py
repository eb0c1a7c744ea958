"""Reading single values of a project file: what is wrong with one is kept as a fault, and reading goes on."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from planner.intake.incoming import Fault
from planner.text.clean import one_line
from planner.text.i18n import _, ngettext

MOST_FAULTS = 100
"""Faults that are told; more of them help nobody."""

SHOWN = 60
"""Characters of a wrong value that are shown."""

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
"""The days that a plan may name (``planner.model.values.Day``)."""

_PART = r"(\d{1,9}(?:\.\d{1,9})?)"
_DURATION = re.compile(rf"P(?:{_PART}D)?(?:T(?:{_PART}H)?(?:{_PART}M)?(?:{_PART}S)?)?")


@dataclass
class Judge:
    """Collects faults and notes while a file is read."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: int = 0

    def wrong(self, where: str, column: str, wrong: str, advice: str) -> None:
        """One fault; beyond a limit they are only counted."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(where, column, wrong, advice))
        else:
            self.more += 1

    def note(self, words: str) -> None:
        """One note, once."""
        if words not in self.notes and len(self.notes) < MOST_FAULTS:
            self.notes.append(words)

    def told(self) -> tuple[Fault, ...]:
        """All faults, the last of which says how many more there are."""
        if not self.more:
            return tuple(self.faults)
        text = ngettext("{n} more fault", "{n} more faults", self.more).format(n=self.more)
        return (*self.faults, Fault(_("the file"), "", text, _("correct those above, and import it again")))

    def moment(self, text: str | None, where: str, column: str) -> datetime | None:
        """A date with its time; None where there is none, or a wrong one."""
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text[:40]).replace(tzinfo=None)
        except ValueError:
            found = None
        if found is None or not FIRST <= found.date() <= LAST:
            words = _("{value!r} is no date from {first} to {last}") if found else _("{value!r} is no date")
            advice = _("correct it in the scheduling tool, and save the file again")
            self.wrong(where, column, words.format(value=shown(text), first=FIRST, last=LAST), advice)
            return None
        return found

    def minutes(self, text: str | None, where: str, column: str) -> float | None:
        """A duration in minutes; None where there is none, or a wrong one."""
        if not text:
            return None
        match = _DURATION.fullmatch(text) if len(text) < SHOWN else None
        if match is None or not any(match.groups()):
            words = _("{value!r} is no duration").format(value=shown(text))
            self.wrong(where, column, words, _("it is written like PT16H0M0S, for 16 hours"))
            return None
        days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return days * 24 * 60 + hours * 60 + minutes + seconds / 60

    def number(self, text: str | None, where: str, column: str, low: float, high: float) -> float | None:
        """A number from ``low`` to ``high``; None where there is none, or a wrong one."""
        if not text:
            return None
        try:
            found = float(text) if len(text) < SHOWN else float("nan")
        except ValueError:
            found = float("nan")
        if not low <= found <= high:
            words = _("{value!r} is no number from {low:g} to {high:g}")
            advice = _("correct it in the scheduling tool, and save the file again")
            self.wrong(where, column, words.format(value=shown(text), low=low, high=high), advice)
            return None
        return found

    def whole(self, text: str | None, where: str, column: str, low: int, high: int) -> int | None:
        """The same for a whole number."""
        found = self.number(text, where, column, low, high)
        if found is not None and found != int(found):
            words = _("{value!r} is no whole number").format(value=shown(text or ""))
            self.wrong(where, column, words, _("correct it in the scheduling tool, and save the file again"))
            return None
        return None if found is None else int(found)


def shown(text: str) -> str:
    """The beginning of a value, as it may be shown."""
    line = one_line(text[: 4 * SHOWN])
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
