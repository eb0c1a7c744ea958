"""The section ``dependencies`` of the report: what needs what, and why."""

from planner.export.handover import Handover
from planner.export.report.facts import Facts
from planner.export.report.parts import Block, Column, Network, Node, Section, Table, Tie
from planner.export.words import link
from planner.graph.network import joined, needless
from planner.model.project import Dependency
from planner.text.i18n import _, ngettext


def section(handover: Handover) -> Section | None:
    """The picture, every dependency that is followed, and those that are not; nothing where there are none."""
    facts = handover.facts
    followed = [one for one in facts.project.dependencies if one.strength != "off"]
    off = [one for one in facts.project.dependencies if one.strength == "off"]
    picture = network(facts)
    if not followed and not off and not picture.ties:
        return None
    blocks: list[Block] = [picture] if picture.nodes else []
    if followed:
        blocks.append(_followed(facts, followed))
    if off:
        blocks.append(_off(facts, off))
    return Section("dependencies", _("Dependencies"), tuple(blocks), _lead(followed))


def _lead(followed: list[Dependency]) -> str:
    must = sum(one.strength == "hard" for one in followed)
    told = ngettext(
        "The plan follows {n} dependency: {must} must be kept, {should} should be.",
        "The plan follows {n} dependencies: {must} must be kept, {should} should be.",
        len(followed),
    )
    return told.format(n=len(followed), must=must, should=len(followed) - must)


def _followed(facts: Facts, followed: list[Dependency]) -> Table:
    columns = (
        Column("item", _("Item")),
        Column("needs", _("Needs")),
        Column("link", _("Link")),
        Column("strength", _("Strength")),
        Column("why", _("Why")),
    )
    rows = tuple((*_ends(facts, one), link(one), _(one.strength), one.reason) for one in followed)
    return Table("dependencies", _("Dependencies"), columns, rows)


def _off(facts: Facts, off: list[Dependency]) -> Table:
    columns = (Column("item", _("Item")), Column("needs", _("Would need")), Column("why", _("Why")))
    rows = tuple((*_ends(facts, one), one.reason) for one in off)
    return Table("dependencies_off", _("Dependencies that this plan does not follow"), columns, rows)


def _ends(facts: Facts, one: Dependency) -> tuple[str, str]:
    return facts.title(one.item), facts.title(one.needs)


def network(facts: Facts) -> Network:
    """The capabilities of the plan by phase, and the ties between them that do not follow from others."""
    project = facts.project
    phase = {item.id: number for number, item in facts.placed_items}
    ties = {ends: any(one.hard for one in between) for ends, between in joined(project).items()}
    dropped = set(needless(project.capabilities, ties))
    nodes = tuple(Node(item, project.title(item), phase.get(item, 0)) for item in project.capabilities)
    kept = tuple(Tie(before, after, hard) for (before, after), hard in ties.items() if (before, after) not in dropped)
    return Network(_("What needs what"), facts.spans, nodes, kept)
