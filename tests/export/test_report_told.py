"""What the report tells of phases, progress, decisions, standards and other roadmaps; and how fast it is."""

import re
from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import pytest
from report_told import DAY, QUICK, SAMPLES, column, lists, only, report, sample, section, table, told, words

from planner.assessment.coverage import coverage
from planner.assessment.milestones import dated
from planner.catalog.load import load
from planner.edit.answers import give_answer
from planner.edit.certification import set_certification
from planner.edit.review import take_baseline
from planner.edit.scope import set_baseline
from planner.export.handover import hand_over
from planner.export.outline import outline
from planner.export.report.parts import HeatMap, Table, Timeline
from planner.export.theme import Theme
from planner.graph.naming import work_named
from planner.model.answers import Answer, Experience
from planner.model.calendar import CapacityChange
from planner.model.capability import level_of
from planner.model.context import Governance
from planner.model.knowledge import Catalogue
from planner.model.project import (
    Baseline,
    Decision,
    Phase,
    Pin,
    Placement,
    Progress,
    Project,
    Roadmap,
)
from planner.model.values import Fixed
from planner.rollout.metrics import metrics


def half_way() -> Project:
    """The first sample, half a year into its work."""
    plan = sample(SAMPLES[0])
    assert plan.roadmap
    known = plan.engagement.start + timedelta(days=200)
    progress = []
    for package in plan.packages:
        place = plan.roadmap.packages[package.id]
        if place.finish <= known:
            progress.append(Progress(package=package.id, start=place.start, finish=place.finish))
        elif place.start <= known:
            progress.append(Progress(package=package.id, start=place.start, remaining=7))
    return replace(plan, engagement=replace(plan.engagement, as_of=known), progress=tuple(progress))


class TestPhases:
    def test_each_phase_tells_what_the_committee_decides_by(self) -> None:
        plan, found = sample(SAMPLES[0]), told(SAMPLES[0], "en")
        parts = section(found, "phases").parts
        assert [part.id for part in parts] == ["phase-1", "phase-2", "phase-3"]
        for part, phase, of in zip(parts, plan.phases, outline(plan), strict=True):
            assert part.lead.rstrip(".") == phase.goal.rstrip(".")
            said = dict(lists(part))
            assert len(said["It delivers"]) == len(of.capabilities)
            assert said["The phase ends when"] == phase.exit_criteria
        assert any("comes before" in item for part in parts for item in dict(lists(part)).get("Risks", ()))

    def test_findings_and_full_roles_are_its_risks(self) -> None:
        found = told(SAMPLES[1], "en")
        risks = [dict(lists(part)).get("Risks", ()) for part in section(found, "phases").parts]
        assert "is loaded with 98 % on" in risks[1][0]
        assert any("no benefit" in risk.lower() or "does not reach" in risk for one in risks for risk in one)

    def test_a_decision_at_its_gate_is_told(self) -> None:
        plan = sample(SAMPLES[0])
        made = Decision(
            phase=plan.phases[0].id, verdict="conditions", author="Board", made=date(2027, 7, 1), note="Two more posts"
        )
        found = report(replace(plan, decisions=(made,)))
        text = words(section(found, "phases").parts[0])
        assert "Decided at its gate: approved with conditions (Board, 2027-07-01). Two more posts" in text
        rows = table(found, "decisions").rows
        assert any(row[0] == f"Confirm that the conditions of {plan.phases[0].name} are met" for row in rows)


class TestProgress:
    def test_bars_packages_and_the_next_gate_know_how_far_it_is(self) -> None:
        plan = half_way()
        found = report(plan)
        (line,) = only(section(found, "roadmap"), Timeline)
        assert isinstance(line, Timeline)
        assert line.as_of == plan.engagement.as_of
        done = {bar.id: bar.done for bar in line.bars}
        assert done["service-desk@2"] == 1.0
        assert done["change@3"] == 0.0
        assert "100 % finished" in next(bar.detail[-1] for bar in line.bars if bar.id == "service-desk@2")
        progress = column(table(found, "work_packages"), "progress")
        assert sum(str(cell).startswith("finished ") for cell in progress) == sum(bool(p.finish) for p in plan.progress)
        assert any(str(cell).endswith(", 7 days left") for cell in progress)
        asked = table(found, "decisions")
        decisions = dict(zip(column(asked, "decision"), column(asked, "by"), strict=True))
        assert decisions[f"Decide on the gate of {plan.phases[0].name}"] == outline(plan)[0].finish
        assert f"Decide on the gate of {plan.phases[1].name}" in decisions
        assert f"Decide on the gate of {plan.phases[2].name}" not in decisions
        assert decisions["Agree to this roadmap as the baseline"] == plan.engagement.as_of

    def test_the_bottom_line_says_what_is_finished_and_what_was_agreed(self) -> None:
        agreed = take_baseline(sample(SAMPLES[0]), "Agreed in January", sample(SAMPLES[0]).engagement.start)
        plan = replace(half_way(), baselines=agreed.baselines)
        done = sum(bool(one.finish) for one in plan.progress)
        found = report(plan)
        said = words(section(found, "summary"))
        assert f"Finished so far: {done} of {len(plan.packages)} work packages, with " in said
        assert "Reached so far: Service desk 2, " in said or "Reached so far: Service management system 2, " in said
        assert "Against the baseline Agreed in January: the work ends on 2028-07-25, as it says" in said
        standing = section(found, "assessment")
        assert standing.lead.startswith("Maturity was 1.0 when the work began; ")
        assert "Levels are those at the start; reached since then: Service " in words(standing)
        (heat,) = only(standing, HeatMap)
        assert isinstance(heat, HeatMap)
        assert heat.columns[0] == "At the start"
        days = [day for _stone, day in dated(plan) if day and day >= (plan.engagement.as_of or day)]
        assert section(found, "measures").lead.endswith(f"{len(days)} dates are to be kept, the first on {days[0]}.")

    def test_a_roadmap_that_leaves_work_out_promises_no_day(self) -> None:
        plan = sample(SAMPLES[0])
        assert plan.roadmap
        packages = dict(plan.roadmap.packages)
        del packages["config-3-people"]
        found = report(replace(plan, roadmap=replace(plan.roadmap, packages=Fixed(packages))))
        assert section(found, "summary").lead.endswith("775 person-days of work, of which not all has a place yet.")
        asked = column(table(found, "decisions"), "decision")
        assert "Complete the roadmap, or let the rest go" in asked
        assert "Settle: Work without a place" not in asked
        assert "1 work package is not in the roadmap: " in words(section(found, "findings"))


class TestDecisions:
    def test_all_that_is_open_is_asked_for(self) -> None:
        plan = sample(SAMPLES[0])
        assert plan.roadmap
        item, early = "change@3", date(2028, 1, 31)
        role = max(plan.roles, key=lambda role: metrics(plan, plan.roadmap or Roadmap()).peak_load.get(role.id, 0))
        less = replace(role, changes=(CapacityChange(since=date(2027, 9, 1), fte=role.fte / 4),))
        open_plan = replace(
            plan,
            pins=(Pin(item=item, deadline=early, may_slip=True, reason="promised to the board"),),
            governance=Governance(effort=500, budget=100, currency="EUR"),
            roles=tuple(less if one.id == role.id else one for one in plan.roles),
            packages=(replace(plan.packages[0], cost=250.0), *plan.packages[1:]),
            roadmap=replace(plan.roadmap, status="edited"),
        )
        rows = {row[0]: row[1:] for row in table(report(open_plan), "decisions").rows}
        said = " | ".join(map(str, rows))
        assert rows[f"Accept that {plan.title(item)} comes 100 days late, or make room for it"] == (
            early,
            "promised to the board.",
        )
        assert f"Give more of {role.name}, or move work" in rows
        assert "Confirm the roadmap as it was changed by hand" in rows
        assert "Agree to this roadmap as the baseline" in rows
        assert "Agree to 430 person-days more, or take work out" in rows
        assert "Agree to a budget that is higher by 150 EUR, or save" in rows
        assert "Settle: " in said
        client = {row[0] for row in table(report(open_plan, audience="client"), "decisions").rows}
        assert not any("budget" in str(row) for row in client)

    def test_what_was_agreed_is_not_asked_for_again(self) -> None:
        plan = sample(SAMPLES[0])
        day = plan.engagement.start
        agreed = replace(
            plan,
            baselines=(Baseline(id="b", name="Agreed", taken=day),),
            decisions=tuple(Decision(phase=phase.id, verdict="approved", made=day) for phase in plan.phases),
        )
        assert report(agreed).section("decisions") is None

    def test_a_stale_roadmap(self) -> None:
        plan = sample(SAMPLES[0])
        assert plan.roadmap
        found = report(replace(plan, roadmap=replace(plan.roadmap, status="stale")))
        assert "Have a new roadmap proposed" in column(table(found, "decisions"), "decision")
        assert "out of date" in words(section(found, "summary"))


def placed(plan: Project) -> Roadmap:
    """Everything one after another, lower levels in the phase ``p1``, the rest in ``p2``: fast, and no good plan."""
    order = sorted(plan.packages, key=lambda package: level_of(package.capability) > 2)
    days = (plan.engagement.start + timedelta(days=5 * number) for number in range(len(order)))
    return Roadmap(
        packages=Fixed(
            {
                package.id: Placement(
                    phase="p2" if level_of(package.capability) > 2 else "p1", start=day, finish=day + timedelta(days=2)
                )
                for package, day in zip(order, days, strict=True)
            }
        )
    )


class TestKnowledge:
    def test_the_standard_that_the_plan_aims_at(self, desk: Project, catalogue: Catalogue) -> None:
        goal = catalogue.standards[-1]
        aimed = set_certification(desk, catalogue, goal.id, date(2030, 6, 3))
        plan = replace(
            aimed, phases=(Phase(id="p1", name="Basics"), Phase(id="p2", name="Rest")), roadmap=placed(aimed)
        )
        found = report(plan)
        whole = coverage(plan, catalogue, goal.id)
        rows = table(found, "coverage")
        assert column(rows, "clauses") == [whole.now, *whole.after.values()]
        assert column(rows, "share")[-1] == pytest.approx(whole.share(plan.phases[-1].id))
        clauses = table(found, "clauses")
        assert column(clauses, "clause") == [part.clause.id for part in whole.clauses]
        covered = [when != "not" for when in column(clauses, "covered")]
        assert covered == [part.now or bool(part.phase) for part in whole.clauses]
        assert whole.after["p1"] < whole.after["p2"]
        assert "the deciding audit is on 2030-06-03" in words(section(found, "standard"))
        line = next(block for block in found.blocks() if isinstance(block, Timeline))
        assert date(2030, 6, 3) in {stone.day for stone in line.stones if stone.kind == "audit"}
        assert line.last < date(2031, 6, 1)
        later = dict(lists(section(found, "roadmap")))["Long before or after this work"]
        assert [item[:10] for item in later] == sorted(item[:10] for item in later)
        assert all(item[:10] > line.last.isoformat() for item in later)
        assert len(later) == 3

    def test_what_the_levels_rest_on(self, desk: Project, catalogue: Catalogue) -> None:
        answer = Answer(criterion="P2.1", reply="yes", evidence="org chart", quality="seen", via="document", day=DAY)
        plan = give_answer(desk, catalogue, "demand", "Li", answer)
        plan = give_answer(plan, catalogue, "demand", "Wang", replace(answer, reply="no", evidence=""))
        plan = set_baseline(plan, catalogue, "demand", "tech", 2, "the tool was shown")
        items = [item.id for stage in catalogue.experience for item in stage.items]
        plan = replace(plan, experience=Experience(scores=Fixed({items[0]: 2, items[1]: 5})))
        found = report(plan)
        evidence = table(found, "evidence")
        assert evidence.rows[0][:4] == ("Demand management", "People", 2, "P2.1")
        assert evidence.rows[0][5:] == ("yes", "org chart", "seen", "document", DAY, "Li")
        assert table(found, "by_hand").rows == (("Demand management", "Tech 2", "the tool was shown"),)
        assert column(table(found, "disagreements"), "replies") == ["Li: yes, Wang: no"]
        assert "50 % of the answers name evidence" in words(section(found, "assessment"))
        experience = table(found, "experience")
        assert sum(mean is not None for mean in column(experience, "mean")) in (1, 2)
        assert experience.note.startswith("Mean of all scored items: 3.5")

    def test_pains_tell_after_which_phase_they_are_cured(self) -> None:
        plan, found = sample(SAMPLES[0]), table(told(SAMPLES[0], "en"), "pains")
        assert column(found, "when") == [
            f"after {plan.phases[1].name}",
            f"after {plan.phases[0].name}",
            f"after {plan.phases[2].name}",
        ]

    def test_why_this_roadmap(self) -> None:
        found = section(told(SAMPLES[0], "en", whole=True), "alternatives")
        assert found.lead.startswith("Desk & incident first was chosen, although Quick wins, value first reaches ")
        (side,) = only(found, Table)
        assert isinstance(side, Table)
        names = column(side, "roadmap")
        assert names[0] == "Desk & incident first (chosen)"
        assert len(names) == len(set(names)) == len(load().strategies)
        best = column(side, "best_in")
        finish = column(side, "finish")
        first = finish.index(min(finish))
        assert "Finish" in str(best[first])
        costs = dict(lists(found))["What each would win and cost"]
        assert sum(": against Desk & incident first: " in line for line in costs) == len(costs) - 1
        bank = section(told(SAMPLES[1], "en", whole=True), "alternatives")
        assert "finishing 17.4 weeks later" in bank.lead

    def test_strategies_that_lead_nowhere_say_why(self) -> None:
        plan = sample(SAMPLES[0])
        package = plan.packages_of["change@3"][0]
        early = replace(plan, pins=(Pin(item=package.id, deadline=plan.engagement.start + timedelta(days=30)),))
        found = section(hand_over(early, load(), theme=Theme(sections=("alternatives",))).report, "alternatives")
        assert found.lead == "Desk & incident first was chosen; no other strategy leads to a roadmap here."
        out = dict(lists(found))["Left out of the comparison"]
        assert len(out) == len(load().strategies) - 1
        assert all(package.id not in reason for reason in out)
        assert work_named(plan, package.id) in out[0]
        assert not any("; in it " in reason or re.search(r"@\d", reason) for reason in out)

    def test_findings_are_told_with_names(self) -> None:
        plan, found = sample(SAMPLES[1]), table(told(SAMPLES[1], "en"), "findings")
        long = next(str(row[2]) for row in found.rows if row[1] == "Long work packages")
        assert plan.title("change@3") in long
        severities = column(found, "severity")
        assert severities == sorted(severities, key=("Error", "Warning", "Info").index)

    def test_raci_names_the_posts(self) -> None:
        posts = table(told(SAMPLES[0], "en"), "posts")
        row = next(row for row in posts.rows if row[0] == "Service desk")
        assert row == ("Service desk", "Chief operating officer", "Support manager", "Service desk lead")


class TestSpeed:
    @pytest.mark.parametrize(("many", "times", "limit"), [(1, 4, 8), pytest.param(4, 10, 12, marks=pytest.mark.soak)])
    def test_it_takes_as_much_longer_as_there_is_more_work(self, many: int, times: int, limit: float) -> None:
        small, large = (spent(copies(sample(SAMPLES[0]), n)) for n in (many, many * times))
        assert large < limit * small


def copies(plan: Project, many: int) -> Project:
    """``plan`` with its processes and work ``many`` times, each time under other ids."""
    assert plan.roadmap

    def named(ident: str, n: int) -> str:
        process, at, level = ident.rpartition("@")
        return f"{process}-c{n}@{level}" if at else f"{ident}-c{n}" if ident else ""

    rounds = range(many)
    return replace(
        plan,
        processes=tuple(replace(one, id=named(one.id, n)) for n in rounds for one in plan.processes),
        packages=tuple(
            replace(
                one,
                id=named(one.id, n),
                capability=named(one.capability, n),
                after=tuple(named(other, n) for other in one.after),
                alongside=tuple(named(other, n) for other in one.alongside),
            )
            for n in rounds
            for one in plan.packages
        ),
        dependencies=tuple(
            replace(one, item=named(one.item, n), needs=named(one.needs, n))
            for n in rounds
            for one in plan.dependencies
        ),
        roadmap=replace(
            plan.roadmap,
            packages=Fixed({named(ident, n): place for n in rounds for ident, place in plan.roadmap.packages.items()}),
        ),
        pins=(),
        milestones=(),
    )


def spent(plan: Project) -> float:
    """Seconds that the sections of the report take, the best of three times."""

    def once() -> float:
        handed = hand_over(replace(plan), load(), theme=Theme(sections=QUICK))
        begin = process_time()
        assert handed.report.sections
        return process_time() - begin

    return min(once() for _time in range(3))
