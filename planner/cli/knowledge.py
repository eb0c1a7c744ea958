"""Any noun of the catalogue as text: its values with a label each, the tables inside it as tables.

What a field is called stands here; that a field exists is known from the noun alone. So a new noun, or a new field of
one, needs a label and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from planner.cli.layout import facts, paragraph, table, titled
from planner.model.values import Words
from planner.text.i18n import N_, _, labelled, language, listed

WIDEST = 5
"""Tables inside a noun that have more columns than this are shown one below another."""

FEW_WORDS = 40
"""Texts longer than this do not stand in one line with others."""

KINDS = {
    "engagements": (N_("Template"), N_("Templates")),
    "strategies": (N_("Strategy"), N_("Strategies")),
    "standards": (N_("Standard"), N_("Standards")),
    "tracks": (N_("Track"), N_("Tracks")),
    "profiles": (N_("Questionnaire"), N_("Questionnaires")),
    "processes": (N_("Process"), N_("Processes")),
    "levels": (N_("Maturity level"), N_("Maturity levels")),
    "roles": (N_("Role"), N_("Roles")),
    "dependencies": (N_("Dependency"), N_("Dependencies")),
    "packages": (N_("Work package"), N_("Work packages")),
    "modifiers": (N_("Modifier"), N_("Modifiers")),
    "programme": (N_("Programme work"), N_("Programme work")),
    "deliverables": (N_("Deliverable"), N_("Deliverables")),
    "parties": (N_("Party"), N_("Parties")),
    "raci": (N_("Activity"), N_("Activities")),
    "indicators": (N_("Indicator"), N_("Indicators")),
    "perspectives": (N_("Perspective"), N_("Perspectives")),
    "vocabularies": (N_("Vocabulary"), N_("Vocabularies")),
    "pains": (N_("Pain"), N_("Pains")),
    "quick_wins": (N_("Quick win"), N_("Quick wins")),
    "service_roles": (N_("Service role"), N_("Service roles")),
    "role_attributes": (N_("Role attribute"), N_("Role attributes")),
    "experience": (N_("Stage of experience"), N_("Stages of experience")),
    "forms": (N_("Form of organisation"), N_("Forms of organisation")),
    "paths": (N_("Transformation path"), N_("Transformation paths")),
    "layers": (N_("Service layer"), N_("Service layers")),
    "checklists": (N_("Checklist"), N_("Checklists")),
    "checks": (N_("Check"), N_("Checks")),
}
"""What one noun of a part of the catalogue is called, and what several are."""

LABELS = {
    "absorption": N_("Processes in change at once"),
    "absorption_reason": N_("Why so many"),
    "advice": N_("Advice"),
    "after": N_("After"),
    "aims": N_("Aims at"),
    "aliases": N_("Also called"),
    "at": N_("At part of its time"),
    "avoid": N_("Avoid when"),
    "baseline": N_("Usual now"),
    "benefits": N_("Benefits"),
    "blackouts": N_("No change"),
    "budget": N_("Budget"),
    "business_members": N_("Members from the business"),
    "certifications": N_("Certifications"),
    "clauses": N_("Clauses"),
    "client": N_("Client"),
    "code": N_("Code"),
    "cohort": N_("At most in a group"),
    "content": N_("Content"),
    "context": N_("Organisation"),
    "cost": N_("Cost"),
    "cost_share": N_("Share of the cost"),
    "counted": N_("Counted"),
    "criteria": N_("Criteria"),
    "currency": N_("Currency"),
    "cycle": N_("After the certificate"),
    "days": N_("Days"),
    "decides": N_("Ends with the deciding audit"),
    "deliverables": N_("Deliverables"),
    "department": N_("Department"),
    "dimension": N_("Dimension"),
    "dimensions": N_("Dimensions"),
    "direction": N_("Better when"),
    "duration": N_("Duration"),
    "effort": N_("Effort (person-days)"),
    "enrolments": N_("On a track"),
    "entry": N_("Entry"),
    "events": N_("Events"),
    "evidence": N_("Evidence"),
    "exit_criteria": N_("Exit criteria"),
    "finish": N_("Finish"),
    "first": N_("Before all design"),
    "first_value": N_("First value"),
    "for_whom": N_("For whom"),
    "form": N_("Form"),
    "free": N_("First ones without effect"),
    "from_pains": N_("Levels from pains"),
    "fte": N_("Full-time equivalents"),
    "full_name": N_("Full name"),
    "gate": N_("Gate"),
    "goal": N_("Goal"),
    "governance": N_("Governance"),
    "group": N_("Group"),
    "holidays": N_("Holidays"),
    "horizon_months": N_("Horizon (months)"),
    "id": N_("ID"),
    "intake_months": N_("Begins in months"),
    "item": N_("Item"),
    "items": N_("Items"),
    "kind": N_("Kind"),
    "last": N_("After all go-lives"),
    "late": N_("Deadlines missed"),
    "layers": N_("Service layers"),
    "level": N_("Level"),
    "levels": N_("Levels"),
    "line": N_("Line"),
    "logic": N_("Logic"),
    "manages": N_("Manages"),
    "modifiers": N_("Circumstances"),
    "months": N_("Months"),
    "most_duration": N_("Duration at most"),
    "most_effort": N_("Effort at most"),
    "moved": N_("Distance from the adopted roadmap"),
    "mutes": N_("Findings accepted"),
    "name": N_("Name"),
    "named": N_("For certain processes"),
    "names": N_("Names"),
    "needs": N_("Needs"),
    "number": N_("Level"),
    "numbers": N_("Numbers"),
    "operate_months": N_("Months of operation"),
    "operates": N_("The system operates"),
    "origin": N_("Origin"),
    "owner": N_("Owner"),
    "owns": N_("Owns"),
    "paid_share": N_("Share that the company pays"),
    "pains": N_("Pains"),
    "parts": N_("Parts"),
    "pass_mark": N_("Pass mark (%)"),
    "path": N_("Path"),
    "payer": N_("Who pays"),
    "peak": N_("Peak load"),
    "perspective": N_("Perspective"),
    "phase_weeks": N_("Weeks of a phase"),
    "phases": N_("Phases"),
    "phases_overlap": N_("Phases overlap"),
    "picture": N_("Picture"),
    "post": N_("Post"),
    "posts": N_("Posts"),
    "process": N_("Process"),
    "processes": N_("Processes"),
    "programme": N_("Programme work"),
    "purpose": N_("Purpose"),
    "reason": N_("Reason"),
    "renewal_lead_months": N_("Renewal begins before (months)"),
    "repeats": N_("Repeated after a failed exam"),
    "resits": N_("Resits"),
    "role": N_("Role"),
    "roles": N_("Roles"),
    "rule": N_("Rule of the date"),
    "rules": N_("Rules"),
    "runs": N_("Is the operation itself"),
    "same": N_("Same in"),
    "scope": N_("Scope"),
    "service_roles": N_("Service roles"),
    "severity": N_("Severity"),
    "share": N_("Share"),
    "side": N_("Only by the side entry"),
    "side_entry": N_("Side entry"),
    "side_skips": N_("Side entry skips"),
    "silo": N_("Needs managers with authority"),
    "size": N_("Size"),
    "smooth": N_("Smooth load"),
    "soft": N_("Soft dependencies"),
    "source": N_("Source"),
    "sponsor": N_("Sponsor"),
    "sponsor_department": N_("Sponsor from"),
    "stages": N_("Stages"),
    "standard": N_("Standard"),
    "stands": N_("Stands at"),
    "steering_weeks": N_("Weeks between steering meetings"),
    "steps": N_("Steps"),
    "strategy": N_("Strategy"),
    "strength": N_("Strength"),
    "stresses": N_("Stresses"),
    "successor": N_("Successor"),
    "suits": N_("Suits"),
    "symptom": N_("Symptom"),
    "target": N_("Target"),
    "target_reason": N_("Reason of the targets"),
    "text": N_("Text"),
    "ticks": N_("Ticked"),
    "title": N_("Title"),
    "tool_cost": N_("Cost of tools"),
    "tools": N_("Tools"),
    "track": N_("Track"),
    "unit": N_("Unit"),
    "use": N_("Use when"),
    "usual": N_("In every new plan"),
    "valid_months": N_("Valid (months)"),
    "valid_years": N_("Valid (years)"),
    "value": N_("Value"),
    "voice": N_("Heard from"),
    "weakness": N_("Weakness"),
    "week": N_("From week"),
    "weeks": N_("Weeks"),
    "weight": N_("Weight (%)"),
    "weights": N_("Weights"),
    "withdrawn": N_("Withdrawn"),
    "work": N_("Work"),
    "working_days": N_("Working days"),
    "workstream": N_("Workstream"),
}
"""What the fields of nouns are called."""


def label(field: str) -> str:
    """What a field is called: its label, else its own name in words."""
    return _(LABELS[field]) if field in LABELS else field.replace("_", " ").capitalize()


def kind(part: str, *, several: bool = False) -> str:
    """What a noun of a part of the catalogue is called, or several of them."""
    return _(KINDS[part][several])


def title(noun: Any) -> str:
    """What a noun is called, with its id: ``Incident management (incident)``."""
    words = next((getattr(noun, key) for key in ("name", "title") if hasattr(noun, key)), None)
    ident = str(getattr(noun, "id", getattr(noun, "item", getattr(noun, "number", ""))))
    return f"{text(words)} ({ident})" if words is not None else ident


def blocks(noun: Any, *, without: Iterable[str] = (), indent: int = 0) -> Iterator[str]:
    """The values of a noun as facts, then each list of tables in it; fields in ``without`` are left out."""
    values = {field.name: getattr(noun, field.name) for field in fields(noun) if field.name not in {*without, "id"}}
    plain = {key: value for key, value in values.items() if not (_has_tables(value) or _is_prose(value))}
    plain |= {"source": plain.pop("source")} if "source" in plain else {}
    yield facts(((label(key), text(value)) for key, value in plain.items()), indent=indent)
    for key, value in values.items():
        if _is_prose(value):
            yield titled(
                " " * indent + label(key), *(paragraph(text(words), indent=indent + 2, bullet="- ") for words in value)
            )
        if _has_tables(value):
            yield titled(" " * indent + label(key), *_rows(value, getattr(noun, "source", ""), indent + 2))


def text(value: Any) -> str:
    """A value of a noun in one line; empty for what is not given."""
    if isinstance(value, Words):
        return value.in_(language())
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return listed(f"{key} {text(item)}" for key, item in value.items())
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return " / ".join(map(text, value))
    if isinstance(value, tuple):
        return (
            _("; ").join(map(text, value))
            if any(isinstance(item, Words) for item in value)
            else listed(map(text, value))
        )
    if is_dataclass(value):
        pairs = ((label(field.name), text(getattr(value, field.name))) for field in fields(value))
        return listed(labelled(name, told) for name, told in pairs if told)
    return "" if value is None else str(value)


def _has_tables(value: Any) -> bool:
    return isinstance(value, tuple) and any(is_dataclass(item) and not isinstance(item, Words) for item in value)


def _is_prose(value: Any) -> bool:
    """Whether it is a list of texts some of which are longer than a few words."""
    return isinstance(value, tuple) and any(isinstance(item, Words) and len(item.en) > FEW_WORDS for item in value)


def _rows(nouns: tuple[Any, ...], source: str, indent: int) -> Iterator[str]:
    """The tables of a list: beside each other as far as that can be read; the source only where it is another one."""
    names = [field.name for field in fields(nouns[0])]
    if all(getattr(noun, "source", source) == source for noun in nouns):  # said once, by what they are part of
        names = [name for name in names if name != "source"]
    used = [name for name in names if any(text(getattr(noun, name)) for noun in nouns)]
    if len(used) <= WIDEST and not any(_has_tables(getattr(noun, name)) for noun in nouns for name in used):
        cells = ([text(getattr(noun, name)) for name in used] for noun in nouns)
        yield table([label(name) for name in used], cells, indent=indent)
        return
    for noun in nouns:
        yield paragraph(title(noun), indent=indent, bullet="- ")
        without = {"name", "title"} | ({"source"} if "source" not in names else set())
        yield from (block for block in blocks(noun, without=without, indent=indent + 2) if block)
