"""The engagement: names, goal, size, strategy, steering, money, and how much change at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.edit.context import set_governance
from planner.edit.facts import change_engagement, change_limits, set_size
from planner.edit.vocabulary import use_vocabulary
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import SIZES
from planner.text.i18n import N_, _, labelled
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Topic
from planner.tui.typed import amount_or_none, day_or_none, positive_or_none, required, show, whole_or_none
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change


@dataclass(frozen=True, slots=True)
class _Fact:
    """One value of the plan's head. ``part`` is the table it stands in; ``read`` makes the value of what is typed."""

    key: str
    label: str
    part: str = "engagement"
    read: Callable[[str], Any] = str.strip
    hint: str = ""


_FACTS = (
    _Fact("name", N_("Name"), read=required),
    _Fact("client", N_("Client")),
    _Fact("goal", N_("Goal")),
    _Fact("sponsor", N_("Sponsor"), hint=N_("the executive who decides when it is stuck")),
    _Fact("size", N_("Size")),
    _Fact("strategy", N_("Strategy agreed")),
    _Fact("vocabulary", N_("Names of processes")),
    _Fact("assessed", N_("Levels as of"), read=day_or_none, hint=N_("a date such as 2027-01-04, or empty")),
    _Fact("sponsor_department", N_("Sponsor's department"), "governance"),
    _Fact("steering_weeks", N_("Weeks between steerings"), "governance", positive_or_none),
    _Fact("business_members", N_("Steering: from business"), "governance", whole_or_none),
    _Fact("effort", N_("Person-days agreed"), "governance", amount_or_none),
    _Fact("budget", N_("Budget"), "governance", amount_or_none),
    _Fact("tool_cost", N_("of it for tools"), "governance", amount_or_none),
    _Fact("currency", N_("Currency"), "governance"),
    _Fact("absorption", N_("Processes in change"), "limits", positive_or_none, N_("how many may change at once")),
    _Fact("version", N_("Version"), hint=N_("what you call this state of the plan, such as 1.2")),
    _Fact("notes", N_("Notes")),
)


class Engagement(Topic):
    """One row for each fact."""

    columns = (Column(N_("What"), 24), Column(N_("Value"), 16, share=1))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        return [
            Row(fact.key, (_(fact.label), " ".join(_whole(project, catalogue, fact).split()) or "-")) for fact in _FACTS
        ]

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        fact = next(fact for fact in _FACTS if fact.key == key)
        said = [labelled(_(fact.label), _whole(project, catalogue, fact) or "-")]
        return [*said, _(fact.hint)] if fact.hint else said

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        fact = next(fact for fact in _FACTS if fact.key == key)
        options = _options(catalogue, fact.key)
        now = getattr(getattr(area.project, fact.part), fact.key)
        typed = "" if now is None else show(now) if isinstance(now, float) else str(now)
        field = (
            OneOf("value", _(fact.label), options, typed)
            if options
            else Text("value", _(fact.label), typed, fact.read, _(fact.hint) if fact.hint else "")
        )

        def change(values: Values) -> "Change":
            return lambda project: _set(project, catalogue, fact, values["value"])

        label = _("{fact} changed").format(fact=_(fact.label))
        await area.fill(_(fact.label), [field], change, lambda values: label)


def _whole(project: Project, catalogue: Catalogue, fact: _Fact) -> str:
    """The value in words, with its line breaks."""
    value = getattr(getattr(project, fact.part), fact.key)
    words = dict(_options(catalogue, fact.key))
    if value in words:
        return words[value]
    return "" if value is None else show(value) if isinstance(value, float) else str(value)


def _options(catalogue: Catalogue, key: str) -> tuple[tuple[str, str], ...]:
    from planner.text.i18n import language

    tongue = language()
    if key == "size":
        return tuple((size, _(size)) for size in SIZES)
    if key == "sponsor_department":
        return (("", _("not said")), ("business", _("business")), ("it", _("IT")))
    if key == "strategy":
        return (("", _("none yet")), *((s.id, s.name.in_(tongue)) for s in catalogue.strategies))
    if key == "vocabulary":
        return (("", _("the planner's own")), *((v.id, v.name.in_(tongue)) for v in catalogue.vocabularies))
    return ()


def _set(project: Project, catalogue: Catalogue, fact: _Fact, value: Any) -> Project:
    if fact.key == "size":
        return set_size(project, catalogue, value)
    if fact.key == "vocabulary":
        return use_vocabulary(project, catalogue, value)
    if fact.part == "governance":
        return set_governance(project, **{fact.key: value})
    if fact.part == "limits":
        return change_limits(project, **{fact.key: value or 1})
    return change_engagement(project, **{fact.key: value})


TOPIC = Engagement()
