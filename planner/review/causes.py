"""What stands in two plans that goes with a move of dates or a change of effort: facts of the difference, no guesses.

That a date moved *because* of something only a new search could prove; what is said here moved with it, and the same
way. Effort is a sum, and there the parts that changed are the reason.
"""

from collections.abc import Iterator
from datetime import date

from planner.model.project import Pin
from planner.review.sides import Names, Side, Stand
from planner.review.wording import number, some
from planner.text.i18n import _, labelled, ngettext


def effort_causes(was: Side, now: Side, names: Names, before: Stand, after: Stand) -> Iterator[str]:
    """Why the effort of one item is another: the packages that came, went, or take more or less."""
    if was.project and now.project and was.project.engagement.size != now.project.engagement.size:
        known = now.project.package_by_id
        if any(known[ident].source == "catalogue" for ident in after.packages if ident in known):
            sizes = _(was.project.engagement.size), _(now.project.engagement.size)
            yield _("size of the organisation {was} -> {now}").format(was=sizes[0], now=sizes[1])
    yield from packages_changed(names, before, after)
    others = [
        _("{part} {was} -> {now}").format(part=names.part(ident), was=number(old.effort), now=number(new.effort))
        for ident, new in after.packages.items()
        if (old := before.packages.get(ident)) and round(new.effort - old.effort, 2)
    ]
    if others:
        yield some(others)


def packages_changed(names: Names, before: Stand, after: Stand) -> Iterator[str]:
    """The packages of one item that came and those that went, by name."""
    came = [names.part(ident) for ident in after.packages if ident not in before.packages]
    went = [names.part(ident) for ident in before.packages if ident not in after.packages]
    if came:
        yield labelled(ngettext("{n} package added", "{n} packages added", len(came)).format(n=len(came)), some(came))
    if went:
        words = ngettext("{n} package removed", "{n} packages removed", len(went)).format(n=len(went))
        yield labelled(words, some(went))


def date_causes(was: Side, now: Side, names: Names, item: str) -> Iterator[str]:
    """What changed together with the dates of ``item``, and could have moved them that way."""
    before, after = was.stands[item], now.stands[item]
    yield from packages_changed(names, before, after)
    lengths = [
        _("{part} takes {was} -> {now} working days").format(part=names.part(ident), was=old.days, now=new.days)
        for ident, new in after.packages.items()
        if (old := before.packages.get(ident)) and old.days != new.days
    ]
    if lengths:
        yield some(lengths)
    yield from _promises(was, now, {item, *after.packages})
    whole = was.project and now.project
    had, has = ((side.preceding if whole else side.needed).get(item, ()) for side in (was, now))
    came = [names.item(other) for other in has if other not in had]
    went = [names.item(other) for other in had if other not in has]
    if came:
        yield _("it waits for {names} now").format(names=some(came))
    if went:
        yield _("it no longer waits for {names}").format(names=some(went))
    way = _way(before.finish, after.finish) or _way(before.start, after.start)
    moved = [words for other in has if (words := _moved(was, now, names, other, way))]
    if moved:
        yield some(moved)


def _promises(was: Side, now: Side, items: set[str]) -> Iterator[str]:
    """Promises about ``items`` that are others now; only whole plans keep them."""
    if was.project is None or now.project is None:
        return
    for item in sorted(items):
        had, has = was.project.pin_by_item.get(item), now.project.pin_by_item.get(item)
        yield from _promise(_("deadline"), _deadline(had), _deadline(has))
        yield from _promise(_("not before"), had.not_before if had else None, has.not_before if has else None)


def _deadline(pin: Pin | None) -> date | None:
    return pin.deadline if pin else None


def _promise(label: str, was: date | None, now: date | None) -> Iterator[str]:
    if was == now:
        return
    if was and now:
        yield _("{label} {was} -> {now}").format(label=label, was=was, now=now)
    else:
        yield (_("{label} {day} added") if now else _("{label} {day} removed")).format(label=label, day=now or was)


def _way(was: date | None, now: date | None) -> int:
    """1 for later, -1 for earlier, 0 for neither."""
    return (now > was) - (now < was) if was and now else 0


def _moved(was: Side, now: Side, names: Names, other: str, way: int) -> str:
    """That what comes before moved the same way; empty when it did not."""
    before, after = was.stands.get(other), now.stands.get(other)
    if not (before and after and before.finish and after.finish) or _way(before.finish, after.finish) != way or not way:
        return ""
    days = (after.finish - before.finish).days
    later = ngettext("{item} finishes {n} day later", "{item} finishes {n} days later", days)
    earlier = ngettext("{item} finishes {n} day earlier", "{item} finishes {n} days earlier", -days)
    return (later if days > 0 else earlier).format(item=names.item(other), n=abs(days))
