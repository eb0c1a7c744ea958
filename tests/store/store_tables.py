"""A project with something in every table that the knowledge brings into a plan, and random edits of those tables."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from planner.model.answers import QUALITIES, REPLIES, VIAS, Answer, AnswerSheet, Experience, Pain
from planner.model.context import CheckSetting, Context, Governance, Modifier, Overhead
from planner.model.measures import Indicator, Milestone
from planner.model.people import Certificate, Certification, Enrolment, Post, ServiceRole, TrackSetting
from planner.model.project import Dimension, Progress, Project, Scenario
from planner.model.values import Fixed

WORDS = ("", "plain", 'with "quotes" and # no remark', "C:\\desk", "服务台", "a\nb\n", "{ x = [1, 2] }", "'''")
"""Texts that need care in TOML; the first one is empty."""

Edit = Callable[[Project, Random], Project]


def knowing(project: Project) -> Project:
    """``project`` with every table of the knowledge filled; it breaks no rule. Needs the phases p1 and p2."""
    first, second = project.processes[:2]
    known = replace(
        first,
        by_hand=Fixed({"tech": "the tool is being replaced"}),
        importance=5,
        owner="desk-lead",
        manager="desk-lead",
        posts=Fixed({"analyst": "desk-lead"}),
        operated_by="Night Shift Ltd",
        groups=("shops", "head office"),
        ticks=Fixed({"design": ("owner", "flow"), "tool": ()}),
    )
    return replace(
        project,
        engagement=replace(
            project.engagement,
            vocabulary="itil-4",
            assessed=date(2026, 11, 30),
            as_of=date(2027, 2, 26),
            programme=("steering", "communication"),
        ),
        governance=Governance(
            sponsor_department="business",
            steering_weeks=4,
            business_members=2,
            effort=900.0,
            budget=250_000.5,
            tool_cost=0.0,
            currency="EUR",
        ),
        context=Context(
            form="matrix",
            path="to-provider",
            stands="supplier",
            aims="provider",
            horizon_months=24,
            layers=("operations", "management"),
            ticks=Fixed({"readiness": ("sponsor", "budget"), "empty": ()}),
        ),
        modifiers=(
            Modifier(id="sites", name="Sites", count=3, effort=Fixed({"people": 1.2, "tech": 1.1}), duration=1.15),
            Modifier(id="tool", name="Tool in place", effort=Fixed({"tech": 0.7}), processes=(first.id,)),
        ),
        overheads=(Overhead(id="office", name="Programme office", share=0.08, source="catalogue"),),
        certifications=(
            Certification(standard="iso", name="ISO 20000-1", audit=date(2029, 6, 4), operate_months=3, source="own"),
        ),
        posts=(
            Post(id="desk-lead", name="Desk lead", holder="A. Lead", department="it", roles=(project.roles[0].id,)),
            Post(id="sponsor", name="Sponsor", department="business"),
        ),
        service_roles=(
            ServiceRole(id="agent", name="Agent", post="desk-lead", has=("profile", "training")),
            ServiceRole(id="expert", name="Expert"),
        ),
        tracks=(
            TrackSetting(
                track="master",
                valid_years=3,
                renewal_lead_months=2,
                paid_share=Fixed({"basic": 1.0, "senior": 0.5}),
                cost=Fixed({"basic": 400.0}),
            ),
        ),
        enrolments=(
            Enrolment(
                id="e1", track="master", level="basic", holder="desk-lead", begin=date(2027, 3, 1), resits=1, side=True
            ),
        ),
        certificates=(
            Certificate(
                id="c1",
                track="master",
                level="basic",
                holder="A. Lead",
                issued=date(2025, 1, 10),
                expires=date(2028, 1, 10),
                lost=date(2026, 1, 10),
                reissued=date(2026, 2, 10),
            ),
        ),
        dimensions=tuple(
            Dimension(id=stream, name=stream.title(), workstream=stream) for stream in ("people", "process", "tech")
        ),
        pains=(
            Pain(id="lost", name="Faults get lost", weight=3, levels=Fixed({first.id: 3, second.id: 2}), note="often"),
            Pain(id="slow", name="Slow", levels=Fixed({first.id: 2})),
        ),
        processes=(
            known,
            *(replace(process, owner="", manager="", posts=Fixed()) for process in project.processes[1:]),
        ),
        answer_sheets=(
            AnswerSheet(process=first.id, assessor="Ada", answers=tuple(map(answer, range(12)))),
            AnswerSheet(process=first.id, assessor="Ben", answers=(Answer(criterion="people-1", reply="n/a"),)),
            AnswerSheet(process=second.id, assessor="Ada"),
        ),
        experience=Experience(
            scores=Fixed({"reach": 4, "answer": 2, "close": 5}), respondents=42, day=date(2026, 12, 1)
        ),
        indicators=(
            Indicator(
                id="first-call",
                name="Solved at the first call",
                kind="kgi",
                processes=(first.id, second.id),
                perspective="customer",
                unit="%",
                direction="up",
                baseline=41.5,
                target=70.0,
                limit=35.0,
                owner="desk-lead",
                collected="telephone",
                platform="warehouse",
                report="monthly",
                gates=Fixed({"p1": 50.0, "p2": 60.5}),
                source="catalogue",
            ),
            Indicator(id="backlog", name="Backlog", direction="down"),
        ),
        progress=(
            Progress(package=project.packages[0].id, start=date(2027, 1, 5), finish=date(2027, 2, 5), note="with help"),
            Progress(package=project.packages[1].id, start=date(2027, 2, 8), remaining=12),
        ),
        scenarios=(
            Scenario(
                id="staff",
                name="More staff",
                note="as the board asked",
                start=date(2027, 2, 1),
                strategy="compliance-first",
                absorption=4,
                capacity=Fixed({project.roles[0].id: 2.5}),
                targets=Fixed({first.id: 4}),
                deadlines=Fixed({project.packages[0].id: date(2027, 6, 30)}),
            ),
            Scenario(id="later", name="A month later", start=date(2027, 3, 1)),
        ),
        milestones=(
            Milestone(id="audit", name="Audit", kind="audit", day=date(2029, 6, 4), cost=9000.0, reason="agreed"),
            Milestone(id="benefit", name="Fewer calls", kind="benefit", item=project.packages[0].id),
            Milestone(id="gate", name="Gate", phase="p1", source="catalogue"),
        ),
        checks=(
            CheckSetting(id="one-owner", mute="small firm", items=("incident", "change")),
            CheckSetting(id="long", numbers=Fixed({"days": 60.0}), names=Fixed({"skip": ("a", "b"), "none": ()})),
        ),
    )


def answer(number: int) -> Answer:
    """The answer number ``number`` of a sheet, every field in use in some of them."""
    return Answer(
        criterion=f"people-{number}",
        reply=REPLIES[number % 4],
        evidence=WORDS[number % len(WORDS)],
        quality=None if number % 2 else QUALITIES[number % 3],
        via=VIAS[number % 3],
        day=None if number % 5 == 0 else date(2026, 11, 1 + number),
    )


# Edits -----------------------------------------------------------------------------------------------------------


def _one(table: str, **choices: Callable[[Random], Any]) -> Edit:
    """An edit that gives one field of one row of ``table`` another value."""

    def edit(project: Project, random: Random) -> Project:
        rows = getattr(project, table)
        if not rows:
            return project
        at, key = random.randrange(len(rows)), random.choice(sorted(choices))
        return replace(
            project, **{table: (*rows[:at], replace(rows[at], **{key: choices[key](random)}), *rows[at + 1 :])}
        )

    return edit


def _table(name: str, **choices: Callable[[Random], Any]) -> Edit:
    """An edit that gives some fields of the table ``name`` other values."""

    def edit(project: Project, random: Random) -> Project:
        keys = random.sample(sorted(choices), random.randint(1, len(choices)))
        return replace(project, **{name: replace(getattr(project, name), **{k: choices[k](random) for k in keys})})

    return edit


def _answers(project: Project, random: Random) -> Project:
    """One sheet with answers changed, added, taken out or in another order."""
    sheets = list(project.answer_sheets)
    if not sheets:
        return project
    at = random.randrange(len(sheets))
    answers = list(sheets[at].answers)
    for _change in range(random.randint(1, 3)):
        place = random.randrange(len(answers)) if answers else 0
        match random.choice(["change", "change", "add", "drop", "move", "none"]):
            case "change" if answers:
                answers[place] = replace(answers[place], reply=random.choice(REPLIES), evidence=random.choice(WORDS))
            case "add":
                answers.insert(place, replace(answer(place), criterion=f"new-{random.randrange(10**6)}"))
            case "drop" if answers:
                del answers[place]
            case "move" if answers:
                answers.insert(random.randint(0, len(answers) - 1), answers.pop(place))
            case "none" if random.random() < 0.2:
                answers = []
    sheets[at] = replace(sheets[at], answers=tuple(answers))
    return replace(project, answer_sheets=tuple(sheets))


def _rows(table: str, new: Callable[[str], Any]) -> Edit:
    """An edit that adds, takes out or moves a row of ``table``, or takes out all."""

    def edit(project: Project, random: Random) -> Project:
        rows = list(getattr(project, table))
        place = random.randrange(len(rows)) if rows else 0
        match random.choice(["add", "drop", "move", "none"]):
            case "add":
                rows.insert(place, new(f"new-{random.randrange(10**6)}"))
            case "drop" if rows:
                del rows[place]
            case "move" if rows:
                rows.append(rows.pop(place))
            case "none":
                rows = []
        return replace(project, **{table: tuple(rows)})

    return edit


def _words(random: Random) -> str:
    return random.choice(WORDS)


def _levels(random: Random) -> Fixed[str, int]:
    return Fixed({key: random.randint(1, 5) for key in random.sample(["incident", "change", "a b", "服务台"], 2)})


def _amounts(random: Random) -> Fixed[str, float]:
    return Fixed({key: random.choice([0.5, 2.0, 1e6]) for key in random.sample(["people", "tech", "p1"], 2)})


def _shares(random: Random) -> Fixed[str, float]:
    return Fixed({key: random.choice([0.0, 0.25, 1.0]) for key in random.sample(["junior", "senior", "a b"], 2)})


def _ticks(random: Random) -> Fixed[str, tuple[str, ...]]:
    return Fixed({key: ("one", "two")[: random.randint(0, 2)] for key in random.sample(["readiness", "a b", "x"], 2)})


def _day(random: Random) -> date | None:
    return random.choice([None, date(2027, 1, random.randint(1, 28))])


KNOWING_EDITS: tuple[Edit, ...] = (
    _answers,
    _answers,
    _answers,
    _rows("answer_sheets", lambda name: AnswerSheet(process=name, assessor="Ada", answers=(answer(1), answer(2)))),
    _rows("modifiers", lambda name: Modifier(id=name, name="New")),
    _rows("overheads", lambda name: Overhead(id=name, name="New", share=0.1)),
    _rows("posts", lambda name: Post(id=name, name="New")),
    _rows("service_roles", lambda name: ServiceRole(id=name, name="New", has=("profile",))),
    _rows("tracks", lambda name: TrackSetting(track=name)),
    _rows("enrolments", lambda name: Enrolment(id=name, track="t", holder="h", begin=date(2027, 1, 4))),
    _rows("certificates", lambda name: Certificate(id=name, track="t", holder="h", issued=date(2027, 1, 4))),
    _rows(
        "certifications",
        lambda name: Certification(standard=name, name="New", audit=date(2028, 1, 4), operate_months=3),
    ),
    _rows("dimensions", lambda name: Dimension(id=name, name="New", workstream="tech")),
    _rows("pains", lambda name: Pain(id=name, name="New", levels=Fixed({"incident": 2}))),
    _rows("indicators", lambda name: Indicator(id=name, name="New", target=2.0)),
    _rows("progress", lambda name: Progress(package=name, start=date(2027, 1, 11))),
    _rows("scenarios", lambda name: Scenario(id=name, name="New", absorption=2)),
    _rows("milestones", lambda name: Milestone(id=name, name="New", day=date(2027, 1, 4))),
    _rows("checks", lambda name: CheckSetting(id=name, mute="no")),
    _one("answer_sheets", assessor=lambda r: r.choice(WORDS[1:])),
    _one("modifiers", count=lambda r: r.randint(1, 9), effort=_amounts, processes=lambda r: ("a",) * r.randint(0, 2)),
    _one("pains", levels=_levels, note=_words, weight=lambda r: r.randint(1, 3)),
    _one("indicators", gates=_amounts, baseline=lambda r: r.choice([None, 0.0, -2.5]), unit=_words, owner=_words),
    _one("milestones", day=_day, reason=_words, kind=_words, cost=lambda r: r.choice([0.0, 10.5])),
    _one("progress", note=_words, remaining=lambda r: r.choice([None, 3]), finish=_day),
    _one(
        "scenarios", note=_words, targets=_levels, capacity=_amounts, start=_day, absorption=lambda r: r.randint(1, 3)
    ),
    _one("checks", mute=_words, names=_ticks, numbers=_amounts, items=lambda r: ("a", "b")[: r.randint(0, 2)]),
    _one("tracks", paid_share=_shares, cost=_amounts, valid_years=lambda r: r.choice([None, 3])),
    _one("service_roles", has=lambda r: ("profile", "pay")[: r.randint(0, 2)], post=_words),
    _one("certificates", expires=_day, lost=_day),
    _one(
        "processes",
        ticks=_ticks,
        posts=lambda r: Fixed({"analyst": r.choice(WORDS)}),
        by_hand=lambda r: Fixed({"tech": r.choice(WORDS)}),
        groups=lambda r: ("shops",) * r.randint(0, 1),
        importance=lambda r: r.randint(1, 5),
    ),
    _table("governance", effort=lambda r: r.choice([None, 10.0]), currency=_words, steering_weeks=lambda r: 2),
    _table("context", ticks=_ticks, form=_words, layers=lambda r: ("operations",) * r.randint(0, 1)),
    _table("experience", scores=_levels, day=_day, respondents=lambda r: r.choice([None, 7])),
    _table(
        "engagement", programme=lambda r: ("steering",) * r.randint(0, 1), assessed=_day, as_of=_day, vocabulary=_words
    ),
)
