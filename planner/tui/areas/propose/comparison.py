"""What is said of a roadmap among others: where it wins and at what price, how far any two are apart."""

from collections.abc import Iterator

from planner.rollout.compare import Candidate, Comparison
from planner.rollout.compare import Column as Compared
from planner.text.i18n import _, listed, ngettext
from planner.tui.widgets.lines import Piece


def standing(found: Comparison, column: Compared) -> Iterator[Piece]:
    """How one roadmap stands among the others: where it wins and at what price, and whether another beats it."""
    candidate = column.candidate
    if column.tradeoff:
        yield Piece(column.tradeoff.words)
    if candidate.cost is not None:
        worse = _("{share:.1f} % worse by the strategy's weights than its own proposal")
        better = _("{share:.1f} % better by the strategy's weights, but not in the order that it asks for")
        yield Piece((worse if candidate.cost > 0 else better).format(share=abs(candidate.cost) * 100))
    if column.beaten_by:
        names = listed(found.column(ident).candidate.name for ident in column.beaten_by)
        yield Piece(_("beaten by {names}: as good in every figure and better in one").format(names=names))
    elif not candidate.broken:
        yield Piece(_("no other is as good in every figure and better in one"))
    for words in candidate.broken[:3]:
        yield Piece(f"! {words}", "warn")
    if len(candidate.broken) > 3:
        more = ngettext("! and {n} more", "! and {n} more", len(candidate.broken) - 3)
        yield Piece(more.format(n=len(candidate.broken) - 3), "warn")


def sheet(found: Comparison, candidate: Candidate) -> Iterator[Piece]:
    """One roadmap against each of the others: where it wins, at what price, and how much they differ."""
    yield from standing(found, found.column(candidate.id))
    for pair in found.apart:
        if candidate.id not in (pair.one, pair.other):
            continue
        other = found.column(pair.other if pair.one == candidate.id else pair.one).candidate
        differs = _(
            "differs by {order:.0f} % of all pairs of capabilities in the other order, "
            "and {phases} of {all} in another phase"
        ).format(order=pair.order * 100, phases=pair.phases, all=pair.capabilities)
        yield Piece("")
        yield Piece(found.tradeoff(candidate.id, other.id).words)
        yield Piece("  " + differs, "dim")
