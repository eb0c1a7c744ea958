"""A new plan in four steps: what kind of client, what it is called, when and how large, by which strategy."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.model.knowledge import Catalogue, EngagementTemplate, Strategy
from planner.model.values import SIZES
from planner.store import shelf
from planner.store.shelf import ShelfFault, Steps
from planner.text.clean import plain_id
from planner.text.i18n import _, language
from planner.tui.plans.shelf_acts import do
from planner.tui.plans.steps import FormStep, ListStep
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.typed import day

if TYPE_CHECKING:
    from planner.tui.plans.screen import PlansScreen
    from planner.tui.screens.plan import PlanScreen


@dataclass
class Wish:
    """What has been answered so far. ``typed`` are texts of fields, ``values`` what they mean."""

    folder: Path
    catalogue: Catalogue
    template: str = ""
    strategy: str = ""
    propose: bool = True
    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def chosen(self) -> EngagementTemplate:
        """The template."""
        return self.catalogue.engagement_by_id[self.template]


Step = Callable[["PlansScreen", Wish], Awaitable[bool]]


async def new_plan(screen: "PlansScreen") -> None:
    """Ask what the plan is to be, write it, open it, and propose a roadmap if that is wished."""
    from planner.catalog.load import load

    wish = Wish(screen.folder, load())
    step = 0
    while 0 <= step < len(STEPS):
        step += 1 if await STEPS[step](screen, wish) else -1
    if step < 0:
        screen.say(_("No plan was made."))
        return
    path = file_of(wish)
    if not do(screen, _("{file} made").format(file=path.name), lambda: make(wish, path)):
        return
    opened = screen.open(path, "propose" if wish.propose else "assessment")
    if opened is not None and wish.propose:
        opened.call_after_refresh(_propose, opened, wish.catalogue.strategy_by_id[wish.strategy])


def _title(step: int, question: str) -> str:
    return _("New plan, {n} of {all}: {question}").format(n=step, all=len(STEPS), question=question)


async def _ask_template(screen: "PlansScreen", wish: Wish) -> bool:
    tongue = language()
    templates = wish.catalogue.engagements
    notes = {
        template.id: _("{suits}\nGoal: {goal}").format(suits=template.suits.in_(tongue), goal=template.goal.in_(tongue))
        for template in templates
    }
    options = [(template.id, template.name.in_(tongue)) for template in templates]
    dialog = ListStep(_title(1, _("what kind of client is it?")), options, notes, wish.template, first=True)
    answer = await screen.app.push_screen_wait(dialog)
    if answer is None:
        return False
    if answer[0] != wish.template:
        wish.template = answer[0]
        wish.strategy = wish.chosen.strategy
    return True


async def _ask_names(screen: "PlansScreen", wish: Wish) -> bool:
    template = wish.chosen
    fields = [
        Text("name", _("Name of the plan"), hint=_("empty: {name}").format(name=template.name.in_(language()))),
        Text("client", _("Client"), hint=_("empty: {name}").format(name=template.client.in_(language()))),
        Text("file", _("File name"), hint=_("empty: made from the name")),
    ]
    intro = _("All of it can be left empty and changed later.")
    return await _fill(
        screen, wish, FormStep(_title(2, _("what is it called?")), _again(wish, fields), _taken(wish), intro)
    )


async def _ask_facts(screen: "PlansScreen", wish: Wish) -> bool:
    usual = _("as is usual for such a client: {size}").format(size=_(wish.chosen.size))
    sizes = (("", usual), *((size, _(size)) for size in SIZES))
    languages = (("en", "English"), ("zh", "中文"))
    first = str(first_of_next_month(date.today()))
    fields: list[Text | OneOf] = [
        Text("start", _("Start"), first, day, _("the first day of work, such as 2027-01-04")),
        OneOf("size", _("Size of the client"), sizes, hint=_("Left and Right change it; it scales effort and time")),
        OneOf("language", _("Language of the plan"), languages, language(), _("names of processes and work")),
    ]
    intro = _("Work can begin on the first day; the roadmap is counted from it.")
    return await _fill(screen, wish, FormStep(_title(3, _("when, and how large?")), _again(wish, fields), None, intro))


async def _ask_strategy(screen: "PlansScreen", wish: Wish) -> bool:
    tongue = language()
    usual = wish.chosen.strategy
    strategies = sorted(wish.catalogue.strategies, key=lambda strategy: strategy.id != usual)
    advice = _("{name} (recommended here)")
    options = [
        (
            strategy.id,
            advice.format(name=strategy.name.in_(tongue)) if strategy.id == usual else strategy.name.in_(tongue),
        )
        for strategy in strategies
    ]
    notes = {
        strategy.id: _("{logic}\nSuits: {suits}").format(
            logic=strategy.logic.in_(tongue), suits=strategy.suits.in_(tongue)
        )
        for strategy in strategies
    }
    dialog = ListStep(
        _title(4, _("what comes first?")),
        options,
        notes,
        wish.strategy,
        enter=_("make and propose"),
        other=_("make only"),
    )
    answer = await screen.app.push_screen_wait(dialog)
    if answer is None:
        return False
    wish.strategy, wish.propose = answer
    return True


STEPS: tuple[Step, ...] = (_ask_template, _ask_names, _ask_facts, _ask_strategy)


async def _fill(screen: "PlansScreen", wish: Wish, dialog: FormStep) -> bool:
    values = await screen.app.push_screen_wait(dialog)
    wish.typed |= dialog.typed
    wish.values |= values or {}
    return values is not None


def _again(wish: Wish, fields: Sequence[Text | OneOf]) -> list[Text | OneOf]:
    """The fields with what was typed there before."""
    return [replace(spec, value=wish.typed.get(spec.name, spec.value)) for spec in fields]


def first_of_next_month(today: date) -> date:
    """A start date to suggest."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def file_of(wish: Wish) -> Path:
    """The file for a new plan: the name given, else one made from plan, client or template.

    Nobody has to think of a name: where nothing was typed, and the template's is taken, it gets a number.
    """
    values = wish.values
    if values["file"]:
        return wish.folder / shelf.file_name(values["file"])
    name = plain_id(values["name"]) or plain_id(values["client"])
    return wish.folder / f"{name}.toml" if name else shelf.free_name(wish.folder / f"{wish.template}.toml")


def _taken(wish: Wish) -> Callable[[Values], str]:
    """What is wrong with the file name that the values lead to."""

    def objection(values: Values) -> str:
        try:
            path = file_of(Wish(wish.folder, wish.catalogue, wish.template, values=dict(values)))
        except ShelfFault as fault:
            return str(fault)
        if path.exists():
            return _("{file} exists already: type another file name").format(file=path.name)
        return ""

    return objection


def make(wish: Wish, path: Path) -> Steps:
    """Start the plan and write it. Raises ShelfFault, also for a template from which no plan can start."""
    from planner.edit.facts import change_engagement
    from planner.edit.refused import Refused
    from planner.edit.start import start

    values: Mapping[str, Any] = wish.values
    try:
        project = start(
            wish.chosen,
            wish.catalogue,
            begin=values["start"],
            name=values["name"],
            client=values["client"],
            size=values["size"] or None,
            language=values["language"],
        )
        project = change_engagement(project, strategy=wish.strategy)
        path.parent.mkdir(parents=True, exist_ok=True)
    except Refused as error:
        raise ShelfFault(str(error)) from None
    except OSError as error:
        raise ShelfFault(f"{path.parent}: {error.strerror}") from None
    return shelf.copy(project, path)


def _propose(screen: "PlanScreen", strategy: Strategy) -> None:
    """Let the plan that was just opened propose a roadmap by ``strategy``."""
    from planner.tui.areas.propose.area import ProposeArea
    from planner.tui.areas.propose.rows import BY
    from planner.tui.areas.propose.searching import Job

    area = screen.query_one(ProposeArea)
    area.search(Job(strategy, area.asked, BY + strategy.id))
