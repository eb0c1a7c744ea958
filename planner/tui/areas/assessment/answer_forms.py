"""The forms of the questionnaire: who assesses, and what a reply rests on."""

from typing import TYPE_CHECKING

from planner.model.answers import QUALITIES, REPLIES, VIAS, Answer
from planner.model.known.assessment import Criterion
from planner.text.i18n import _, listed
from planner.tui.screens.form import Form, OneOf, Text, Values
from planner.tui.typed import day_or_none, required

if TYPE_CHECKING:
    from planner.tui.screens.plan import PlanScreen


def fields(old: Answer) -> list[Text | OneOf]:
    """What is asked about a reply: evidence, how good it is, how and when it was found."""
    none = ("", _("not said"))
    return [
        OneOf("reply", _("Reply"), tuple((reply, _(reply)) for reply in REPLIES), old.reply),
        Text("evidence", _("Evidence"), old.evidence),
        OneOf("quality", _("Quality"), (none, *((q, _(q)) for q in QUALITIES)), old.quality or ""),
        OneOf("via", _("Found by"), (none, *((via, _(via)) for via in VIAS)), old.via or ""),
        Text("day", _("On the day"), str(old.day or ""), day_or_none, _("a date such as 2027-01-04, or empty")),
    ]


def who(plan: "PlanScreen") -> Form:
    """Asks who assesses: one of those known, the present or last one first, or a new name."""
    last = (sheet.assessor for sheet in reversed(plan.project.answer_sheets))
    known = [*dict.fromkeys(name for name in (plan.assessor, *last) if name)]
    fields: list[Text | OneOf] = [
        Text("name", _("Assessor"), "", required, _("a name or initials; stands beside every answer"))
    ]
    if known:
        fields = [
            OneOf("known", _("Assessor"), tuple((name, name) for name in known)),
            Text("name", _("or a new name"), hint=_("empty: the one above")),
        ]
    return Form(_("Who assesses?"), fields)


def chosen(values: Values) -> str:
    """The assessor asked for with :func:`who`; a name that was typed goes before the choice."""
    name: str = values["name"] or values["known"]
    return name


def given(criterion: Criterion, values: Values) -> Answer:
    return Answer(
        criterion=criterion.code,
        reply=values["reply"],
        evidence=values["evidence"],
        quality=values["quality"] or None,
        via=values["via"] or None,
        day=values["day"],
    )


def rests_on(given: Answer) -> str:
    """A reply and what it rests on, in words."""
    facts = [
        _(given.reply),
        given.evidence,
        _(given.quality) if given.quality else "",
        _(given.via) if given.via else "",
    ]
    return listed([*(fact for fact in facts if fact), *([str(given.day)] if given.day else [])])
