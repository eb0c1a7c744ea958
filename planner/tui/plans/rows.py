"""The plans of a folder as rows: columns, orders, what a filter knows of them. Pure, nothing is read here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any, NamedTuple

from planner.checks.finding import SEVERITIES
from planner.store.holder import Holder
from planner.store.listing import Header
from planner.text.i18n import N_, _, ngettext
from planner.tui.filtering import Facts, Field
from planner.tui.glyphs import glyphs
from planner.tui.plans.overview import Overview
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.table import Column, Row

HIGHEST = 5
"""The highest level of maturity: the whole length of a bar."""

COLUMNS = (
    Column(N_("Plan"), 16, share=3),
    Column(N_("Client"), 11, share=2, wide=80),
    Column(N_("Maturity"), 13, narrow=124),
    Column(N_("Maturity"), 18, wide=124),
    Column(N_("Phases"), 6, align=">", wide=100),
    Column(N_("Next gate"), 10, wide=68),
    Column(N_("What ends then"), 16, share=2, wide=124),
    Column(N_("Findings"), 11),
    Column(N_("Saved"), 10, wide=100),
    Column(N_("Open by"), 10, wide=112),
    Column(N_("File"), 12, share=1, ends=True),
)

KEPT_COLUMNS = (
    Column(N_("Edits of"), 18, share=2, ends=True),
    Column(N_("Left on"), 16),
    Column(N_("What they are"), 24, share=3),
    Column(N_("Whose"), 14, share=1),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as far as it is known: what its file begins with, and, once it is read, the rest."""

    header: Header
    seen: Overview | None = None
    kept: int = 0
    """How many edits ended sessions have left unsaved."""
    holder: Holder | None = None
    """Who has it open now."""

    @property
    def name(self) -> str:
        """What the plan is called; the name of its file where it does not say."""
        return (self.seen.name if self.seen else "") or self.header.name or self.header.path.stem

    @property
    def client(self) -> str:
        """The client, as far as known."""
        return self.seen.client if self.seen else self.header.client


class Order(NamedTuple):
    """A way to sort: ``title`` is that of the column that shows it; ``read`` when plans must have been read for it."""

    title: str
    words: str
    key: Callable[[Shown], Any]
    read: bool = False


ORDERS = (
    Order(N_("File"), N_("by file name"), lambda plan: 0),
    Order(N_("Plan"), N_("by name"), lambda plan: plan.name.casefold()),
    Order(N_("Client"), N_("by client"), lambda plan: (not plan.client, plan.client.casefold())),
    Order(N_("Maturity"), N_("widest gap first"), lambda plan: -plan.seen.gap if plan.seen else inf, read=True),
    Order(
        N_("Next gate"),
        N_("next gate first"),
        lambda plan: (plan.seen.gate_day if plan.seen else None) or date.max,
        read=True,
    ),
    Order(N_("Findings"), N_("worst first"), lambda plan: _badness(plan.seen), read=True),
    Order(N_("Saved"), N_("saved last first"), lambda plan: -plan.header.stamp.written if plan.header.stamp else inf),
)
"""What ``S`` goes through; plans that are equal stay in the order of their files."""


def _badness(seen: Overview | None) -> tuple[int, int]:
    """Least for the worst: unreadable, then by severity and number, then without findings, then not read."""
    if seen is None:
        return len(SEVERITIES) + 1, 0
    if seen.faults:
        return -1, 0
    severity, count = seen.findings[0] if seen.findings else ("", 0)
    return SEVERITIES.index(severity) if severity else len(SEVERITIES), -count


def fields() -> Sequence[Field]:
    """What plans are filtered by."""
    findings = (
        ("unreadable", _("unreadable")),
        ("error", _("error")),
        ("warning", _("warning")),
        ("info", _("hint")),
        ("none", _("none")),
    )
    return (
        Field("name", N_("Plan")),
        Field("client", N_("Client")),
        Field("file", N_("File")),
        Field("now", N_("Now"), "number"),
        Field("target", N_("Target"), "number"),
        Field("gap", N_("Gap"), "number"),
        Field("phases", N_("Phases"), "number"),
        Field("gate", N_("Next gate"), "date"),
        Field("finding", N_("Findings"), "choice", findings),
        Field("saved", N_("Saved"), "date"),
        Field("kept", N_("Unsaved"), "choice", (("yes", _("yes")), ("no", _("no")))),
        Field("open", N_("Open by")),
    )


def facts(plan: Shown) -> Facts:
    """What a filter may ask of ``plan``; of one that is not read yet, only what its file begins with."""
    found: dict[str, Any] = {
        "name": (plan.name, plan.client, plan.header.path.name),
        "client": plan.client,
        "file": plan.header.path.name,
        "saved": plan.header.stamp.saved.astimezone().date() if plan.header.stamp else None,
        "kept": "yes" if plan.kept else "no",
        "open": plan.holder.user if plan.holder else "",
    }
    seen = plan.seen
    if seen is None:
        return found
    if seen.faults:
        return found | {"finding": "unreadable"}
    return found | {
        "now": seen.level,
        "target": seen.target,
        "gap": seen.gap,
        "phases": seen.phases,
        "gate": seen.gate_day,
        "finding": [severity for severity, _count in seen.findings] or "none",
    }


def row(plan: Shown) -> Row:
    """``plan`` in :data:`COLUMNS`."""
    path = plan.header.path
    seen = plan.seen
    if seen is not None and seen.faults:
        text = ngettext(
            "{file}: cannot be read, {n} fault; Enter shows it",
            "{file}: cannot be read, {n} faults; Enter shows them",
            len(seen.faults),
        )
        return Row(str(path), banner=text.format(file=path.name, n=len(seen.faults)), style="bad")
    signs = f"{'! ' if plan.kept else ''}{'@ ' if plan.holder else ''}"
    name = Piece(f"{signs}{plan.name}", "warn" if plan.kept else "strong")
    who = Piece(plan.holder.user or _("somebody unknown") if plan.holder else "", "key")
    file = Piece(path.stem, "dim")
    saved = plan.header.stamp.saved.astimezone().strftime("%Y-%m-%d") if plan.header.stamp else "-"
    if seen is None:
        return Row(str(path), (name, plan.client, "", "", "", "", "", "", saved, who, file))
    return Row(
        str(path),
        (
            name,
            plan.client,
            maturity(seen, 5),
            maturity(seen, 10),
            str(seen.phases) if seen.phases else "-",
            seen.gate_day.isoformat() if seen.gate_day else "-",
            seen.gate or "-",
            worst(seen),
            saved,
            who,
            file,
        ),
    )


def maturity(seen: Overview, cells: int) -> str:
    """Now and target as numbers and as a bar: what is reached, what is to be gained, what stays open."""
    signs = glyphs()
    now = round(seen.level / HIGHEST * cells)
    gain = max(round(seen.target / HIGHEST * cells) - now, 1 if seen.gap > 0 else 0)
    rest = signs.dot * (cells - now - gain)
    return f"{seen.level:.1f}>{seen.target:.1f} {signs.full * now}{signs.shades[2] * gain}{rest}"


def worst(seen: Overview) -> Piece:
    """The worst findings, and how many there are of that severity."""
    if not seen.findings:
        return Piece(_("none"), "dim")
    severity, count = seen.findings[0]
    words = {
        "error": (ngettext("{n} error", "{n} errors", count), "bad"),
        "warning": (ngettext("{n} warning", "{n} warnings", count), "warn"),
        "info": (ngettext("{n} hint", "{n} hints", count), "dim"),
    }
    text, style = words[severity]
    return Piece(text.format(n=count), style)


def told(plan: Shown) -> str:
    """The line below the list: what the row has no room for."""
    parts = [plan.header.path.name]
    seen = plan.seen
    if plan.holder is not None:
        parts.append(f"@ {plan.holder.told()}")
    if plan.kept:
        words = ngettext(
            "! {n} edit of an ended session is not saved: Enter asks",
            "! {n} edits of an ended session are not saved: Enter asks",
            plan.kept,
        )
        parts.append(words.format(n=plan.kept))
    if seen is not None and seen.gate_day:
        parts.append(_("{phase} ends on {day}").format(phase=seen.gate, day=seen.gate_day))
    elif seen is not None and not seen.faults:
        parts.append(_("no gate to come") if seen.phases else _("no roadmap yet"))
    return " | ".join(parts)
