"""What the tiny plans of tests/data/checks leave open: the other ways in which checks 29 to 55 fire, or keep quiet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.checks.check import check
from planner.checks.finding import Finding
from planner.edit.certification import set_certification
from planner.model.calendar import Role
from planner.model.context import Context, Governance, Overhead
from planner.model.knowledge import Catalogue
from planner.model.measures import Indicator, Milestone
from planner.model.people import Certificate, Enrolment, Post, TrackSetting
from planner.model.project import (
    Dependency,
    Engagement,
    Phase,
    Placement,
    ProcessScope,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import Duration, Effort, Fixed, Workstream

MONDAY = date(2027, 1, 4)
ONE = (Phase(id="p1", name="One"),)


def levels(people: int, process: int | None = None, tech: int | None = None) -> Fixed[str, int]:
    return Fixed({"people": people, "process": process or people, "tech": tech or people})


def scope(ident: str = "incident", now: int = 2, goal: int = 3, **fields: object) -> ProcessScope:
    name = ident.capitalize()
    return ProcessScope(id=ident, name=name, baseline=levels(now), target=levels(goal), **fields)  # type: ignore[arg-type]


def package(ident: str, workstream: Workstream = "process", item: str = "", **fields: object) -> WorkPackage:
    effort = Fixed({"team": Effort(5, 10, 20)})
    days = Duration(5, 5, 5)
    return WorkPackage(
        id=ident, name=ident, workstream=workstream, capability=item, days=days, **({"effort": effort} | fields)
    )


def plan(*packages: WorkPackage, processes: tuple[ProcessScope, ...] = (), **tables: object) -> Project:
    usual = {"roles": (Role(id="team", name="Team", fte=9.0),), "processes": processes or (scope(),)}
    return Project(engagement=Engagement(name="Tiny", start=MONDAY), packages=packages, **(usual | tables))  # type: ignore[arg-type]


def placed(project: Project, phases: tuple[Phase, ...] = ONE, **where: tuple[str, date]) -> Project:
    """Each package in a phase, from a day on; an underscore stands for a dash."""
    places = {
        item.replace("_", "-"): Placement(phase=phase, start=day, finish=project.calendar.finish(day, 5))
        for item, (phase, day) in where.items()
    }
    return replace(project, phases=phases, roadmap=Roadmap(packages=Fixed(places)))


def ticks(**ticked: str) -> Context:
    return Context(ticks=Fixed({name.replace("_", "-"): tuple(items.split()) for name, items in ticked.items()}))


Of = Callable[[Project, str], list[Finding]]


@pytest.fixture
def of(catalogue: Catalogue) -> Of:
    """The findings of one check on a plan."""

    def found(project: Project, ident: str) -> list[Finding]:
        return [finding for finding in check(project, catalogue) if finding.id == ident]

    return found


DESIGN = package("design", item="incident@3", deliverables=("codes-source", "record-form"))
TOOL = package("tool", "tech", "incident@3")


def test_a_tool_without_all_code_tables_is_told_which_are_missing(of: Of) -> None:
    (finding,) = of(plan(DESIGN, TOOL), "CHK29")
    assert "closure" in finding.message.lower()
    assert "source" not in finding.message.lower()
    assert of(plan(DESIGN), "CHK29") == [], "no tool is set up"
    assert of(plan(replace(DESIGN, deliverables=()), TOOL), "CHK29") == [], "nobody said what is handed over"


def test_silence_on_deliverables_is_a_note_where_others_speak_of_them(of: Of) -> None:
    processes = (scope(), scope("change"))
    other = package("other", item="change@3")
    found = of(plan(DESIGN, other, processes=processes), "CHK31")
    assert [(finding.severity, finding.items) for finding in found] == [
        ("warning", ("incident@3",)),
        ("info", ("change@3",)),
    ]
    assert of(plan(other, processes=processes), "CHK31") == []


def test_level_four_asks_for_all_eight_properties(of: Of, catalogue: Catalogue) -> None:
    (checklist,) = (entry for entry in catalogue.checklists if entry.id == "procedure-properties")
    seven = Fixed({checklist.id: tuple(item.id for item in checklist.items[:7])})
    assert of(plan(processes=(scope(ticks=seven),)), "CHK32") == []
    (finding,) = of(plan(processes=(scope(goal=4, ticks=seven), scope("change"))), "CHK32")[:1]
    assert checklist.items[7].name.en in finding.message
    note = of(plan(processes=(scope(ticks=seven), scope("change"))), "CHK32")
    assert [(entry.severity, entry.items) for entry in note] == [("info", ("change",))]


def test_a_stated_goal_and_an_agreed_effort_count_as_leadership(of: Of) -> None:
    three = plan(context=ticks(leadership="quality-requirement enforcement service-culture"))
    (finding,) = of(three, "CHK33")
    assert finding.severity == "warning"
    stated = replace(three, governance=Governance(effort=100.0), engagement=replace(three.engagement, goal="Calm"))
    assert of(stated, "CHK33") == []


def test_what_runs_beside_all_work_is_part_of_the_need(of: Of) -> None:
    lean = plan(package("a"), governance=Governance(effort=3.0))  # low estimate 5, 60 % of it is 3
    assert of(lean, "CHK35") == []
    (finding,) = of(replace(lean, overheads=(Overhead(id="lead", name="Lead", share=0.2),)), "CHK35")
    assert finding.severity == "error"
    assert "50%" in finding.message


def test_one_phase_for_many_processes_is_one_shot_even_on_different_days(of: Of) -> None:
    names = ("incident", "change", "config", "request")
    work = plan(*(package(name, item=f"{name}@3") for name in names), processes=tuple(scope(name) for name in names))
    weeks = {name: ("p1", MONDAY + timedelta(weeks=n)) for n, name in enumerate(names)}
    assert [finding.items for finding in of(placed(work, **weeks), "CHK36")] == [("p1",)]
    two = weeks | {"request": ("p2", weeks["request"][1])}
    assert of(placed(work, (*ONE, Phase(id="p2", name="Two")), **two), "CHK36") == []


def test_cost_needs_somebody_who_answers_for_the_benefit(of: Of) -> None:
    gain = Indicator(id="k", name="K", processes=("incident",), baseline=1.0, target=2.0)
    costly = plan(replace(DESIGN, cost=5000.0), indicators=(gain,), governance=Governance(currency="EUR"))
    (finding,) = of(costly, "CHK38")
    assert "5,000 EUR" in finding.message
    assert of(replace(costly, indicators=(replace(gain, owner="desk"),)), "CHK38") == []
    assert of(replace(costly, processes=(scope(owner="desk"),)), "CHK38") == []


def test_a_tool_two_levels_ahead_is_noted_unless_it_was_judged_to_fit(of: Of) -> None:
    ahead = plan(processes=(replace(scope(), target=levels(2, 2, 4)),))
    assert [finding.items for finding in of(ahead, "CHK39")] == [("incident",)]
    assert of(plan(processes=(replace(scope(), target=levels(2, 2, 3)),)), "CHK39") == []
    assert of(replace(ahead, context=ticks(technology="features-fit-target")), "CHK39") == []


def test_layers_of_usual_indicators_are_a_note_and_a_planned_layer_serves_all(of: Of) -> None:
    own = Indicator(id="own", name="Own", collected="log", report="sheet")
    usual = Indicator(id="usual", name="Usual", source="catalogue")
    found = of(plan(indicators=(own, usual)), "CHK41")
    assert [(finding.severity, finding.items) for finding in found] == [("warning", ("own",)), ("info", ("usual",))]
    some = of(plan(indicators=(own, usual), context=ticks(tool_layers="processing presentation")), "CHK41")
    assert [(finding.severity, finding.items) for finding in some] == [("warning", ("usual",))]


def test_departments_of_posts_show_a_process_that_crosses_them(of: Of) -> None:
    posts = (Post(id="a", name="A", department="business"), Post(id="b", name="B", department="it"))
    crossing = plan(processes=(scope(owner="a", posts=Fixed({"agent": "b"})),), posts=posts)
    silo = replace(crossing, context=Context(form="functional"))
    (finding,) = of(silo, "CHK42")
    assert "no manager" in finding.message
    assert of(replace(silo, processes=(replace(silo.processes[0], manager="b"),)), "CHK42") == []
    assert of(replace(crossing, context=Context(form="process")), "CHK42") == []


def test_what_stands_already_need_not_land_again(of: Of) -> None:
    (finding,) = of(plan(DESIGN, TOOL), "CHK44")
    assert "people" in finding.message.lower()
    trained = replace(scope(), baseline=levels(3, 2, 2))
    assert of(plan(DESIGN, TOOL, processes=(trained,)), "CHK44") == []


def test_strategy_may_begin_once_support_has_got_off_the_ground(of: Of) -> None:
    work = plan(
        package("demand", item="demand@2"),
        package("incident", item="incident@2"),
        processes=(scope("demand", 1, 2), scope("incident", 1, 2), scope("change", 2, 2)),
    )
    early = placed(work, demand=("p1", MONDAY), incident=("p1", MONDAY))
    assert [finding.items for finding in of(early, "CHK45")] == [("demand", "incident")]
    after = placed(work, demand=("p1", MONDAY + timedelta(weeks=1)), incident=("p1", MONDAY))
    assert of(after, "CHK45") == []
    late = placed(work, demand=("p1", date(2027, 7, 5)), incident=("p1", date(2027, 7, 5)))
    assert of(late, "CHK45") == []


# -- standards and certificates

STANDARD = "iso-20000-1-2018"


@pytest.fixture(scope="module")
def certified(desk: Project, catalogue: Catalogue) -> Project:
    return set_certification(desk, catalogue, STANDARD, date(2030, 9, 30))


def test_the_way_that_the_planner_makes_is_complete(of: Of, certified: Project) -> None:
    for ident in ("CHK46", "CHK47", "CHK48", "CHK51"):
        assert of(certified, ident) == [], ident


def test_a_process_that_the_plan_lacks_leaves_its_clauses_open(of: Of, certified: Project) -> None:
    less = replace(
        certified,
        processes=tuple(process for process in certified.processes if process.id != "supplier"),
        packages=tuple(p for p in certified.packages if not p.capability.startswith("supplier@")),
    )
    (finding,) = of(less, "CHK46")
    assert finding.items == (STANDARD, "supplier@3")
    assert "8.3.4" in finding.message


def test_the_system_must_have_run_for_three_months(of: Of, certified: Project) -> None:
    last = [package.id for package in certified.packages_of["sms@3"]]
    for begin, short in ((date(2030, 6, 20), False), (date(2030, 7, 1), True)):
        places = {item: Placement(phase="p1", start=begin, finish=begin + timedelta(days=4)) for item in last}
        dated = replace(certified, phases=ONE, roadmap=Roadmap(packages=Fixed(places)))
        found = [finding.items for finding in of(dated, "CHK47")]
        assert found == ([(STANDARD, "sms@3")] if short else [])


def test_an_audit_right_after_the_start_is_too_early_without_any_roadmap(of: Of, certified: Project) -> None:
    (aim,) = certified.certifications
    soon = replace(certified, certifications=(replace(aim, audit=date(2027, 4, 3)),))
    assert any("2027-04-04" in finding.message for finding in of(soon, "CHK47"))


@pytest.mark.parametrize(("work", "said"), [("internal-audit", "internal audit"), ("management-review", "review")])
def test_audit_and_review_come_before_the_certification_audit(of: Of, certified: Project, work: str, said: str) -> None:
    ident = f"{STANDARD}-{work}"
    rest = replace(certified, packages=tuple(entry for entry in certified.packages if entry.id != ident))
    (finding,) = of(rest, "CHK47")
    assert said in finding.message
    late = Placement(phase="p1", start=date(2030, 9, 30), finish=date(2030, 9, 30))
    after = replace(certified, phases=ONE, roadmap=Roadmap(packages=Fixed({ident: late})))
    assert said in of(after, "CHK47")[-1].message


@pytest.mark.parametrize("event", ["surveillance-1", "surveillance-2", "recertification"])
def test_each_audit_after_the_certificate_is_missed(of: Of, certified: Project, event: str) -> None:
    rest = tuple(stone for stone in certified.milestones if stone.id != f"{STANDARD}-{event}")
    (finding,) = of(replace(certified, milestones=rest), "CHK48")
    assert finding.items == (STANDARD,)


def test_a_withdrawn_edition_names_its_successor(of: Of, desk: Project, catalogue: Catalogue) -> None:
    old = set_certification(desk, catalogue, "iso-20000-1-2011", date(2030, 9, 30))
    (finding,) = of(old, "CHK51")
    assert finding.severity == "error"
    assert "2021-09-29" in finding.message
    assert "ISO/IEC 20000-1:2018" in finding.message


def test_a_planned_or_standing_capability_governs_other_parties_too(of: Of) -> None:
    run = scope(operated_by="Outsourcer Ltd")
    (finding,) = of(plan(processes=(run,)), "CHK49")
    assert finding.severity == "error"
    assert "Outsourcer Ltd" in finding.message
    assert of(plan(processes=(run, scope("supplier", 3, 3))), "CHK49") == []
    assert of(plan(package("s", item="supplier@3"), processes=(run, scope("supplier"))), "CHK49") == []


def test_somebody_on_two_posts_carries_the_effort_of_both(of: Of) -> None:
    roles = tuple(Role(id=name, name=name, fte=3.0) for name in ("a", "b", "team"))
    effort = Fixed({"a": Effort(7, 7, 7), "b": Effort(6, 6, 6), "team": Effort(8, 8, 8)})
    work = placed(plan(package("w", effort=effort), roles=roles), w=("p1", MONDAY))
    assert of(work, "CHK52") == [], "three pools of several people"
    posts = (Post(id="x", name="X", holder="Kim", roles=("a",)), Post(id="y", name="Y", holder="Kim", roles=("b",)))
    busy = replace(work, posts=posts)
    (finding,) = of(busy, "CHK52")
    assert "Kim" in finding.message
    assert finding.items == ("p1", "a", "b")


HELD = Certificate(
    id="kim-master", track="itsm-master", holder="Kim", issued=date(2024, 2, 1), expires=date(2027, 1, 8)
)
RULES = TrackSetting(track="itsm-master", valid_years=3, renewal_lead_months=3)


@pytest.fixture
def holding() -> Project:
    work = placed(plan(package("w")), w=("p1", MONDAY))
    return replace(work, certificates=(HELD,), tracks=(RULES,))


def test_a_certificate_that_ends_within_the_plan_wants_a_renewal(of: Of, holding: Project) -> None:
    assert [finding.items for finding in of(holding, "CHK53")] == [("kim-master",)]
    renewal = Milestone(id="kim-master-renewal-1", name="Renewal", kind="renewal", day=date(2027, 1, 5))
    assert of(replace(holding, milestones=(renewal,)), "CHK53") == []
    later = replace(HELD, id="kim-new", issued=date(2027, 1, 4), expires=date(2030, 1, 4))
    assert of(replace(holding, certificates=(HELD, later)), "CHK53") == []


def test_a_lost_or_lapsed_certificate_is_told(of: Of, holding: Project) -> None:
    lost = replace(HELD, expires=date(2029, 1, 1), lost=date(2026, 5, 1))
    (finding,) = of(replace(holding, certificates=(lost,)), "CHK53")
    assert "lost" in finding.message
    assert of(replace(holding, certificates=(replace(lost, reissued=date(2026, 6, 1)),)), "CHK53") == []
    (over,) = of(replace(holding, certificates=(replace(HELD, expires=date(2027, 1, 3)),)), "CHK53")
    assert "2027-01-03" in over.message


def test_a_track_in_use_without_rules_of_validity_is_a_note(of: Of, holding: Project) -> None:
    far = replace(holding, certificates=(replace(HELD, expires=date(2029, 1, 1)),), tracks=())
    (finding,) = of(far, "CHK53")
    assert (finding.severity, finding.items) == ("info", ("itsm-master",))


def test_work_that_begins_before_the_certificate_it_needs(of: Of) -> None:
    work = plan(
        package("exam-kim-exam", "people"),
        package("w"),
        dependencies=(Dependency(item="w", needs="exam-kim-exam", strength="soft"),),
        enrolments=(Enrolment(id="exam-kim", track="itsm-master", holder="Kim", begin=MONDAY),),
        tracks=(RULES,),
    )
    late = placed(work, exam_kim_exam=("p1", MONDAY), w=("p1", MONDAY))
    assert [finding.items for finding in of(late, "CHK53")] == [("w", "exam-kim-exam")]
    kept = placed(work, exam_kim_exam=("p1", MONDAY), w=("p1", MONDAY + timedelta(weeks=1)))
    assert of(kept, "CHK53") == []


def test_a_gap_that_the_plan_closes_or_projects_that_ask_operations(of: Of) -> None:
    low = (scope("new-services", 2, 2), scope("transition", 1, 2))
    gap = plan(processes=low, context=ticks(build_projects="running"))
    assert [finding.items for finding in of(gap, "CHK55")] == [("transition",)]
    assert of(replace(gap, packages=(package("t", item="transition@2"),)), "CHK55") == []
    assert of(replace(gap, context=ticks(build_projects="running operations-required")), "CHK55") == []
