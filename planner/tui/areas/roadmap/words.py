"""What is said about the roadmap and about what stands under the cursor."""

from collections.abc import Iterator, Mapping, Sequence

from planner.checks.finding import Finding
from planner.export.words import percent_up, quality
from planner.model.project import Project, Roadmap
from planner.rollout.result import Reason
from planner.text.i18n import _, listed, ngettext
from planner.text.width import width
from planner.tui.areas.roadmap.board import named as shortened
from planner.tui.areas.roadmap.picture import MILESTONES, PHASE, UNPLACED, Picture, with_parts
from planner.tui.areas.roadmap.rows import progress_words, span_words
from planner.tui.areas.roadmap.wording import called
from planner.tui.named import in_names, named
from planner.tui.widgets.lines import Piece

NAME = 40
"""Cells of a name before the facts about it."""

NEXT = 6
"""So many of the next milestones are named."""


def describe(
    picture: Picture, key: str, broken: Sequence[Finding], critical: Mapping[str, Reason] | None = None
) -> list[Piece]:
    """Lines about the phase, capability, package or milestone ``key``, the most pressing first.

    ``critical`` says of what decides the finish why it is not earlier.
    """
    if key.startswith(PHASE):
        return [*_phase_lines(picture, key.removeprefix(PHASE), broken)]
    if key.startswith(MILESTONES):
        return [*_milestone_lines(picture, key.removeprefix(MILESTONES))]
    return [*_item_lines(picture, key, broken, critical or {})]


def _phase_lines(picture: Picture, phase_id: str, broken: Sequence[Finding]) -> Iterator[Piece]:
    items = frozenset(picture.inside.get(phase_id, ()))
    if phase_id == UNPLACED:
        yield Piece(_(" Work without a place: m puts it into a phase, g has a roadmap proposed that holds it."))
        yield from _broken_words(picture.project, items, broken)
        return
    if phase_id not in picture.phase_by_id:
        return
    phase = picture.phase_by_id[phase_id]
    count = ngettext("{n} capability", "{n} capabilities", len(phase.items)).format(n=len(phase.items))
    words = _(" {name} | {days} | {count}, {effort:.0f} person-days")
    days = span_words(phase.start, phase.finish)
    yield Piece(words.format(name=phase.phase.name, days=days, count=count, effort=phase.person_days))
    yield from _broken_words(picture.project, items, broken)
    yield from _since_baseline(picture, PHASE + phase_id)
    yield Piece(_(" Goal: {goal}").format(goal=phase.phase.goal or "-"), "dim")
    facts = []
    if phase.phase.not_before or phase.phase.not_after:
        facts.append(
            _("window {first} to {last}").format(
                first=phase.phase.not_before or "...", last=phase.phase.not_after or "..."
            )
        )
    if phase.phase.limit:
        facts.append(_("at most {n} processes in change").format(n=phase.phase.limit))
    if phase.phase.exit_criteria:
        facts.append(_("gate: {criteria}").format(criteria=_("; ").join(phase.phase.exit_criteria)))
    if facts:
        yield Piece(" " + listed(facts), "dim")


def _milestone_lines(picture: Picture, ident: str) -> Iterator[Piece]:
    if ident:
        stone, day = next((stone, day) for stone, day in picture.milestones if stone.id == ident)
        yield Piece(f" {stone.name} | {day or _('no day yet')}")
        if of := stone.item or stone.phase:
            yield Piece(_(" comes with the end of {item}").format(item=named(picture.project, of)), "dim")
        if stone.reason:
            yield Piece(f" {stone.reason}", "dim")
        return
    today = picture.project.engagement.as_of
    coming = [(stone, day) for stone, day in picture.milestones if day and not (today and day <= today)]
    yield Piece(_(" Coming milestones:"))
    for half in (coming[: NEXT // 2], coming[NEXT // 2 : NEXT]):
        yield Piece(" " + _("; ").join(f"{day} {stone.name}" for stone, day in half), "dim")


def _item_lines(
    picture: Picture, item: str, broken: Sequence[Finding], critical: Mapping[str, Reason]
) -> Iterator[Piece]:
    project = picture.project
    packages = [project.package_by_id[package] for package in picture.packages(item)]
    places = [picture.placed[package.id] for package in packages if package.id in picture.placed]
    title = project.title(item)
    parts = [shortened(title, min(NAME, width(title)))]
    if places:
        parts.append(span_words(min(p.start for p in places), max(p.finish for p in places)))
    if len(packages) > 1:
        parts.append(ngettext("{n} package", "{n} packages", len(packages)).format(n=len(packages)))
    parts.append(_("{n:.0f} person-days").format(n=sum(package.person_days for package in packages)))
    yield Piece(" " + " | ".join(parts))
    yield from _broken_words(project, with_parts(project, [item]), broken)
    if words := progress_words(project, [package.id for package in packages]):
        yield Piece(f" {words}")
    if item in project.pin_by_item:
        yield Piece(" * " + pin_words(project, item))
    yield from _since_baseline(picture, item)
    if item in critical:
        why = in_names(project, critical[item].message)
        yield Piece(_(" Decides the finish: {why}").format(why=why), "dim")
    if len(packages) > 1:
        yield Piece(" " + listed(dict.fromkeys(_(package.workstream) for package in packages)), "dim")
    elif packages and packages[0].capability not in ("", item):
        yield Piece(_(" part of {item}").format(item=project.title(packages[0].capability)), "dim")


def _since_baseline(picture: Picture, key: str) -> Iterator[Piece]:
    """How much later something ends than the baseline had it."""
    phase = picture.phase_by_id.get(key.removeprefix(PHASE)) if key.startswith(PHASE) else None
    places = [picture.placed[package] for package in picture.packages(key) if package in picture.placed]
    finish = phase.finish if phase else max((place.finish for place in places), default=None)
    was = picture.was.get(key)
    if picture.baseline is None or finish is None:
        return
    name = picture.baseline.name
    if was is None:
        yield Piece(_(" not in the baseline {name}").format(name=name), "dim")
    elif days := (finish - was[1]).days:
        later = ngettext(
            "{n} day later than in the baseline {name} ({day})",
            "{n} days later than in the baseline {name} ({day})",
            days,
        )
        earlier = ngettext(
            "{n} day earlier than in the baseline {name} ({day})",
            "{n} days earlier than in the baseline {name} ({day})",
            -days,
        )
        yield Piece(" " + (later if days > 0 else earlier).format(n=abs(days), name=name, day=was[1]))


def _broken_words(project: Project, items: frozenset[str], broken: Sequence[Finding]) -> Iterator[Piece]:
    """What is broken of ``items`` in a line: how many errors, and the first of them."""
    own = [finding for finding in broken if not items.isdisjoint(finding.items)]
    if not own:
        return
    first = in_names(project, own[0].message)
    if len(own) > 1:
        first = ngettext("{n} error: {first}", "{n} errors: {first}", len(own)).format(n=len(own), first=first)
    yield Piece(f" ! {first}", "warn")


def fixed(project: Project, item: str, action: str) -> str:
    """Why a capability or package that has begun can no longer be moved or pinned; empty when it can.

    What is done cannot be either, and what has begun stands where it was begun; it may still be given a deadline.
    """
    packages = [package.id for package in project.packages_of.get(item, ())] or [item]
    told = [project.progress_of[package] for package in packages if package in project.progress_of]
    if told and len(told) == len(packages) and all(progress.finish for progress in told):
        return _("{item} is done: it stays where it is.").format(item=called(project, item))
    if not told or action == "pin":
        return ""
    if len(packages) == 1:
        return _("{item} has begun: it stays where it is.").format(item=called(project, item))
    words = _("{begun} has begun and stays where it is: move the other packages one by one.")
    return words.format(begun=called(project, told[0].package))


def known(roadmap: Roadmap) -> str:
    """How good a roadmap is known to be, in a few words."""
    if roadmap.status in ("heuristic", "feasible") and roadmap.gap is not None and roadmap.gap < 1:
        return _("at most {gap} better possible").format(gap=percent_up(roadmap.gap))
    if roadmap.status in ("heuristic", "feasible"):
        return _("found by searching, not proven best")
    return quality(roadmap.status, roadmap.gap)


def made_by(roadmap: Roadmap, strategies: Mapping[str, str]) -> str:
    """By which strategy and seed a roadmap was found, and what it allows on purpose; ``strategies`` are names by id."""
    name = strategies.get(roadmap.strategy, roadmap.strategy) or _("no strategy")
    words = _("{strategy}, seed {seed}").format(strategy=name, seed=roadmap.seed)
    if roadmap.absorption is None:
        return words
    return _("{origin}; up to {n} processes change at once, on purpose").format(origin=words, n=roadmap.absorption)


def pin_words(project: Project, item: str) -> str:
    """What is promised about ``item``."""
    pin = project.pin_by_item[item]
    parts = []
    if pin.phase:
        phase = project.phase_by_id.get(pin.phase)
        parts.append(_("in phase {name}").format(name=phase.name if phase else pin.phase))
    if pin.not_before:
        parts.append(_("not before {day}").format(day=pin.not_before))
    if pin.deadline:
        parts.append(_("finished by {day}").format(day=pin.deadline))
    words = _("pinned: {what}").format(what=listed(parts))
    return f"{words} ({pin.reason})" if pin.reason else words
