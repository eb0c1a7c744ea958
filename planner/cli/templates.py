"""``planner templates``: what a plan can be started from, and the strategies to roll it out by."""

from argparse import Namespace

from planner.cli import plan
from planner.cli.answer import Answer, Failure, fault
from planner.cli.arguments import Parser
from planner.cli.layout import facts, page, paragraph, table, titled
from planner.export.words import heading
from planner.model.knowledge import Catalogue, EngagementTemplate, Strategy
from planner.model.rules import nearest
from planner.model.values import DIMENSIONS
from planner.text.clean import one_line
from planner.text.i18n import _, labelled, language, listed


def configure(parser: Parser) -> None:
    """Add the arguments of ``planner templates``."""
    parser.add_argument("id", metavar="ID", nargs="?", help=_("a template or strategy to show in full"))


def run(args: Namespace) -> Answer:
    """The list, or the template or strategy asked for."""
    knowledge = plan.catalogue()
    if args.id is None:
        return Answer(_list(knowledge))
    if args.id in knowledge.engagement_by_id:
        return Answer(_template(knowledge.engagement_by_id[args.id], knowledge))
    if args.id in knowledge.strategy_by_id:
        return Answer(_strategy(knowledge.strategy_by_id[args.id], knowledge))
    wrong = _("there is no template or strategy {name!r}").format(name=one_line(args.id))
    raise Failure(fault(wrong, nearest(args.id, {**knowledge.engagement_by_id, **knowledge.strategy_by_id})))


def _list(knowledge: Catalogue) -> str:
    head = [_("ID"), _("Name"), _("Suits")]
    tongue = language()
    return page(
        [
            titled(
                _("Templates"),
                table(head, ([t.id, t.name.in_(tongue), t.suits.in_(tongue)] for t in knowledge.engagements), indent=2),
            ),
            titled(
                _("Strategies"),
                table(head, ([s.id, s.name.in_(tongue), s.suits.in_(tongue)] for s in knowledge.strategies), indent=2),
            ),
            _("Next: planner new FILE --template ID"),
        ]
    )


def _template(template: EngagementTemplate, knowledge: Catalogue) -> str:
    tongue = language()
    names = {process.id: process.name.in_(tongue) for process in knowledge.processes}
    nothing = dict.fromkeys(DIMENSIONS, 1)
    levels = [
        [
            names[process],
            *(str(template.baseline.get(process, nothing)[dimension]) for dimension in DIMENSIONS),
            str(template.target.get(process, "")),
        ]
        for process in names
        if process in template.baseline or process in template.target
    ]
    team = [[knowledge.role_by_id[entry.role].name.in_(tongue), f"{entry.fte:g}"] for entry in template.roles]
    strategy = knowledge.strategy_by_id[template.strategy]
    return page(
        [
            f"{template.name.in_(tongue)} ({template.id})",
            facts(
                [
                    (_("Suits"), template.suits.in_(tongue)),
                    (_("Client"), template.client.in_(tongue)),
                    (_("Goal"), template.goal.in_(tongue)),
                    (_("Size"), _(template.size)),
                    (_("Strategy"), f"{strategy.name.in_(tongue)} ({strategy.id})"),
                    (_("Processes in change at once"), str(template.absorption)),
                    (
                        _("No change"),
                        listed(f"{b.name.in_(tongue)} {b.first} .. {b.last}" for b in template.blackouts),
                    ),
                ]
            ),
            titled(
                _("Levels now, and the level wanted"),
                table([_("Name"), *map(heading, DIMENSIONS), _("Target")], levels, right="<>>>>", indent=2),
            ),
            titled(_("Team"), table([_("Role"), _("Full-time equivalents")], team, right="<>", indent=2)),
        ]
    )


def _strategy(strategy: Strategy, knowledge: Catalogue) -> str:
    tongue = language()
    names = {process.id: process.name.in_(tongue) for process in knowledge.processes}
    phases = []
    for number, phase in enumerate(strategy.phases, 1):
        reached = listed(f"{names[process]} {level}" for process, level in phase.levels.items())
        phases += [
            paragraph(labelled(phase.name.in_(tongue), phase.goal.in_(tongue)), indent=2, bullet=f"{number}. "),
            paragraph(reached, indent=5, bullet="> "),
        ]
    return page(
        [
            f"{strategy.name.in_(tongue)} ({strategy.id})",
            facts(
                [
                    (_("Suits"), strategy.suits.in_(tongue)),
                    (_("Avoid when"), strategy.avoid.in_(tongue)),
                    (_("Logic"), strategy.logic.in_(tongue)),
                ]
            ),
            titled(_("Phases it aims at"), *phases),
        ]
    )
