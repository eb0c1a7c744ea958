"""The section ``summary`` of the report: the bottom line, before anything else."""

from collections.abc import Iterator

from planner.assessment.effort import in_all
from planner.assessment.maturity import organisation_index
from planner.export.handover import Handover
from planner.export.outline import PhaseOutline
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Bullets, Figure, Figures, Paragraph, Section
from planner.export.report.wording import from_to, lasting, person_days, sentence, some
from planner.export.words import days, percent, percent_up
from planner.model.calendar import Role
from planner.model.values import HIGHEST
from planner.text.i18n import _, labelled, listed, ngettext

NAMED = 4
"""So many of the capabilities of a phase are named in a line about it."""


def section(handover: Handover) -> Section:
    """Where we are, where we will be, by when, in how many phases, with what effort."""
    facts = handover.facts
    figures = tuple(_figures(facts))
    blocks: list[Block] = [Figures(figures)] if figures else []
    blocks += _agreed(facts)
    lines = tuple(phase_line(facts, part) for part in facts.phases if part.items)
    if lines:
        blocks.append(Bullets(lines, _("The phases")))
    return Section("summary", _("At a glance"), tuple(blocks), lead(facts))


def lead(facts: Facts) -> str:
    """The whole plan in one sentence."""
    project = facts.project
    if not project.packages:
        return _("The plan holds no work yet: the assessment and the targets come first.")
    words = {
        "now": f"{organisation_index(project):.1f}",
        "goal": f"{_goal(facts):.1f}",
        "top": HIGHEST,
        "effort": person_days(facts.effort.likely),
    }
    if facts.last is None:
        told = _("From maturity {now} to {goal} (of {top}) with {effort} of work; a roadmap is still to be proposed.")
        return told.format(**words)
    count = _count(facts)
    phases = ngettext("{n} phase", "{n} phases", count).format(n=count)
    told = _("From maturity {now} to {goal} (of {top}) by {day}, in {phases}, with {effort} of work.")
    if facts.waiting:
        told = _("From maturity {now} to {goal} (of {top}) with {effort} of work, of which not all has a place yet.")
    return told.format(day=facts.last, phases=phases, **words)


def _goal(facts: Facts) -> float:
    return facts.index(facts.levels_after[-1] if facts.metrics and not facts.waiting else facts.wanted)


def _figures(facts: Facts) -> Iterator[Figure]:
    project = facts.project
    scope = sum(process.in_scope for process in project.processes)
    of = ngettext("mean level of {n} process, 1 to 5", "mean level of {n} processes, 1 to 5", scope).format(n=scope)
    now, goal = organisation_index(project), _goal(facts)
    if scope:
        yield Figure(_("Maturity"), _("{now:.1f} to {goal:.1f}").format(now=now, goal=goal), of)
    if facts.first and facts.last:
        yield Figure(_("Duration"), lasting(facts.first, facts.last), from_to(facts.first, facts.last))
        yield Figure(_("Phases"), str(_count(facts)), _results(facts))
    if project.packages:
        yield Figure(_("Person-days"), f"{facts.effort.likely:.0f}", _estimate(facts))
    if (peak := busiest(facts)) is not None:
        yield Figure(_("Highest load"), percent(peak[1]), peak[0].name)
    if facts.reached:
        first = min(facts.reached, key=lambda item: facts.reached[item])
        yield Figure(_("First result"), facts.reached[first].isoformat(), project.title(first))


def _estimate(facts: Facts) -> str:
    """How sure the effort is, and what runs beside it."""
    told = _("{low:.0f} to {high:.0f} as estimated").format(low=facts.effort.low, high=facts.effort.high)
    if not facts.project.overheads:
        return told
    whole = in_all(facts.project).likely
    return _("{range}; {days:.0f} with what runs beside").format(range=told, days=whole)


def _count(facts: Facts) -> int:
    return sum(bool(part.items) for part in facts.phases)


def _results(facts: Facts) -> str:
    count = len(facts.reached)
    return ngettext("{n} capability", "{n} capabilities", count).format(n=count)


def busiest(facts: Facts) -> tuple[Role, float] | None:
    """The role that gives the highest share of its capacity on a day, and that share; None without a roadmap."""
    loads = facts.metrics.peak_load if facts.metrics else {}
    role = max(loads, key=lambda ident: loads[ident], default=None)
    return (facts.project.role_by_id[role], loads[role]) if role is not None else None


def _agreed(facts: Facts) -> Iterator[Block]:
    about = facts.project.engagement
    if about.goal:
        yield Paragraph(labelled(_("Goal"), about.goal), strong=True)
    told = [labelled(_("Sponsor"), about.sponsor)] if about.sponsor else []
    if strategy := facts.strategy_name:
        told.append(labelled(_("Strategy"), strategy))
    if good := known_good(facts):
        told.append(labelled(_("How good the roadmap is"), good))
    told += _so_far(facts)
    told += _against(facts)
    if told:
        yield Bullets(tuple(told))
    if about.notes:
        yield Paragraph(about.notes)


def _so_far(facts: Facts) -> Iterator[str]:
    """What is finished; nothing before anything is."""
    if not facts.done:
        return
    packages = facts.project.packages
    ready = sum(package.person_days for package in packages if package.id in facts.done)
    told = ngettext(
        "{done} of {n} work package, with {days} of {all} person-days",
        "{done} of {n} work packages, with {days} of {all} person-days",
        len(packages),
    )
    told = told.format(done=len(facts.done), n=len(packages), days=round(ready), all=round(facts.effort.likely))
    yield labelled(_("Finished so far"), told)
    if facts.achieved:
        yield labelled(_("Reached so far"), listed(facts.project.title(item) for item in facts.achieved))


def _against(facts: Facts) -> Iterator[str]:
    """When the work ends beside when the newest baseline has it end."""
    agreed = max(facts.project.baselines, key=lambda one: one.taken, default=None)
    if agreed is None or facts.last is None:
        return
    then = max((planned.finish for planned in agreed.packages.values() if planned.finish), default=None)
    if then is None:
        return
    off = (facts.last - then).days
    words = _("the work ends on {day}, as it says")
    if off:
        later = _("the work ends {days} later, on {day} instead of {then}")
        words = later if off > 0 else _("the work ends {days} earlier, on {day} instead of {then}")
    told = words.format(days=days(abs(off)), day=facts.last, then=then)
    yield labelled(_("Against the baseline {name}").format(name=agreed.name), told)


def known_good(facts: Facts) -> str:
    """How good the roadmap is known to be, in words for everybody; empty without one."""
    roadmap = facts.project.roadmap
    if roadmap is None:
        return ""
    if waiting := len(facts.waiting):
        told = ngettext("{n} work package has no place in it", "{n} work packages have no place in it", waiting)
        return told.format(n=waiting)
    if roadmap.status == "stale":
        return _("out of date: the plan has changed since it was made")
    if roadmap.status == "edited":
        return _("changed by hand since it was worked out, so that nothing says how good it is")
    if roadmap.status == "optimal":
        return _("proven: by the measure of its strategy no other order of the work in these phases is better")
    if roadmap.gap is not None and roadmap.gap < 1:
        told = _(
            "by the measure of its strategy no other order of the work in these phases is more than {share} better"
        )
        return told.format(share=percent_up(roadmap.gap))
    return _("the best of many that were tried; how much better another could be is not known")


def phase_line(facts: Facts, part: PhaseOutline) -> str:
    """A phase in a line: its days and what it brings."""
    assert part.start is not None
    assert part.finish is not None
    names = [facts.project.title(item) for item in part.capabilities]
    told = labelled(f"{part.number}. {part.phase.name}", from_to(part.start, part.finish))
    what = some(names, NAMED) or _("work of the whole programme")
    return sentence(_("{phase}; {what}").format(phase=told, what=what))
