"""What a move breaks and mends, by how much, in a few lines and in the names that people know."""

from collections import Counter
from collections.abc import Iterator, Sequence

from planner.model.project import Project
from planner.rollout.impact import Broken, Impact
from planner.rollout.result import Violation
from planner.text.i18n import _, listed, ngettext
from planner.tui.named import in_names, named, work_named
from planner.tui.widgets.lines import Piece


def impact_lines(project: Project, found: Impact, lines: int) -> Iterator[Piece]:
    """What a move breaks and mends in at most ``lines`` lines; ``project`` is the moved one."""
    if not found.broken:
        words = (
            _("  It breaks nothing.")
            if not found.left
            else ngettext(
                "  It breaks nothing more; {n} constraint is broken as before.",
                "  It breaks nothing more; {n} constraints are broken as before.",
                found.left,
            ).format(n=found.left)
        )
        yield Piece(words, "good")
        mended = found.mended[: lines - 1]
        yield from (Piece("  " + _("mends: {what}").format(what=in_names(project, v.message)), "good") for v in mended)
        return
    count = len(found.broken)
    words = ngettext("! {n} constraint would break", "! {n} constraints would break", count).format(n=count)
    if found.mended:
        more = ngettext("{words}, {n} would be mended", "{words}, {n} would be mended", len(found.mended))
        words = more.format(words=words, n=len(found.mended))
    yield Piece(words, "bad")
    told = Counter(broken_words(project, one, found.broken) for one in found.broken)
    shown = list(told) if len(told) < lines else list(told)[: lines - 2]
    yield from (Piece(f"! {line}", "warn") for line in shown)
    if rest := count - sum(told[line] for line in shown):
        yield Piece(ngettext("  and {n} more", "  and {n} more", rest).format(n=rest), "warn")


def broken_words(project: Project, broken: Broken, all_of_them: Sequence[Broken] = ()) -> str:
    """What is broken and by how much; a role's overload in all its months, taken from ``all_of_them``."""
    words = _violation_words(project, broken.violation, all_of_them)
    return _("{words} (already broken, but less)").format(words=words) if broken.worse else words


def _violation_words(project: Project, one: Violation, others: Sequence[Broken]) -> str:
    days = round(one.amount)
    if one.rule == "dependency" and days:
        starts = ngettext(
            "{item} would start {n} working day too early: it needs {needs}",
            "{item} would start {n} working days too early: it needs {needs}",
            days,
        )
        ends = ngettext(
            "{item} would end {n} working day too early: it needs {needs}",
            "{item} would end {n} working days too early: it needs {needs}",
            days,
        )
        item, needs = (called(project, part) for part in one.items)
        return (ends if one.about[0].endswith("-finish") else starts).format(item=item, n=days, needs=needs)
    if one.rule == "stabilisation":
        words = ngettext(
            "{item} would start {n} day before {below} has settled",
            "{item} would start {n} days before {below} has settled",
            days,
        )
        item, below = (called(project, part) for part in one.items)
        return words.format(item=item, n=days, below=below)
    if one.rule == "deadline":
        words = ngettext(
            "{item} would end {n} day after its deadline", "{item} would end {n} days after its deadline", days
        )
        return words.format(item=called(project, one.items[0]), n=days)
    if one.rule == "capacity" and one.about:
        mine = [other.violation for other in others if other.violation.about == one.about] or [one]
        months = sorted({f"{other.day:%Y-%m}": _share(project, other) for other in mine if other.day}.items())
        loads = listed(_("{load} in {month}").format(load=load, month=month) for month, load in months[:3])
        loads = _("{names}, ...").format(names=loads) if len(months) > 3 else loads
        return f"{named(project, one.about[0])} {loads}"
    if one.rule == "absorption" and one.day:
        return _change_words(project, one, days)
    return in_names(project, one.message)


def _change_words(project: Project, one: Violation, over: int) -> str:
    """Too much change at once."""
    phase = project.phase_by_id.get(one.about[0]) if one.about else None
    allowed = project.roadmap.absorption if project.roadmap else None
    limit = phase.limit if phase and phase.limit else max(allowed or 0, project.limits.absorption)
    words = (
        _("{count} of change at once in {month}, {limit} allowed in phase {phase}")
        if phase
        else _("{count} processes change at once in {month}, {limit} allowed")
        if not project.limits.change_weight
        else _("{count} of change at once in {month}, {limit} allowed")
    )
    return words.format(count=limit + over, month=f"{one.day:%Y-%m}", limit=limit, phase=phase.name if phase else "")


def _share(project: Project, one: Violation) -> str:
    """How much of what a role can do it would have to do, on the worst day."""
    has = project.role_by_id[one.about[0]].capacity(one.day) if one.day else 0.0
    if not has:
        return _("needed {n:.1f} FTE, has none").format(n=one.amount)
    return f"{round((has + one.amount) / has * 100)} %"


def called(project: Project, item: str) -> str:
    """A capability by its title, a package by what it is for."""
    return work_named(project, item) if item in project.package_by_id else project.title(item)
