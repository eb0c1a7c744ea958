"""What the sections of the report say, held against the plan that they tell of."""

import re
from dataclasses import replace
from datetime import date

import pytest
from report_told import QUICK, SAMPLES, column, only, report, sample, section, table, texts, told

from planner.assessment.effort import in_all, total
from planner.export.outline import outline
from planner.export.report.parts import (
    Bullets,
    Figures,
    HeatMap,
    Network,
    Table,
    Timeline,
)
from planner.model.knowledge import Catalogue
from planner.model.project import (
    Engagement,
    Project,
    WorkPackage,
)
from planner.model.values import Duration, Fixed
from planner.rollout.metrics import loads, metrics
from planner.text import i18n


class TestForm:
    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    @pytest.mark.parametrize("name", SAMPLES)
    def test_every_section_says_something_in_a_sentence(self, name: str, language: str) -> None:
        found = told(name, language)
        assert [one.id for one in found.sections] == list(QUICK)
        for one in (*found.sections, *section(found, "phases").parts):
            assert one.title.strip()
            assert one.lead.endswith((".", "。", "!", "?")), one.id
            assert one.blocks or one.parts

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    @pytest.mark.parametrize("name", SAMPLES)
    def test_tables_are_typed_and_have_names_of_their_own(self, name: str, language: str) -> None:
        tables = [block for block in told(name, language).blocks() if isinstance(block, Table)]
        names = [one.name for one in tables]
        assert len(set(names)) == len(names)
        kinds = {
            "text": str, "tick": str, "date": date, "level": int,
            "number": int | float, "days": int | float, "money": int | float, "share": int | float,
        }  # fmt: skip
        for one in tables:
            keys = [head.key for head in one.columns]
            assert len(set(keys)) == len(keys)
            assert all(re.fullmatch("[a-z][a-z0-9_]*", key) for key in keys), keys
            assert re.fullmatch("[a-z][a-z0-9_-]*", one.name)
            assert one.rows
            for row in one.rows:
                assert len(row) == len(keys)
                for cell, head in zip(row, one.columns, strict=True):
                    assert cell is None or isinstance(cell, kinds[head.kind]), (one.name, head.key, cell)

    @pytest.mark.parametrize("name", SAMPLES)
    def test_programs_find_the_same_tables_in_every_language(self, name: str) -> None:
        shapes = [
            [(block.name, [head.key for head in block.columns], len(block.rows))
             for block in told(name, language).blocks() if isinstance(block, Table)]
            for language in i18n.LANGUAGES
        ]  # fmt: skip
        assert shapes[0] == shapes[1]

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    @pytest.mark.parametrize("name", SAMPLES)
    def test_people_read_names_and_no_ids(self, name: str, language: str) -> None:
        plan = sample(name)
        ids = {*plan.package_by_id, *plan.capabilities, *plan.phase_by_id}
        ids |= {one.id for part in (plan.roles, plan.posts, plan.milestones, plan.indicators) for one in part}
        ids = {ident for ident in ids if re.search(r"[-@\d]", ident)}
        assert len(ids) > 60
        seen = {word for text in texts(told(name, language).sections) for word in re.findall(r"[\w@-]+", text)}
        assert seen & ids == set()

    def test_the_same_hand_over_gives_the_same_report(self) -> None:
        assert report(sample(SAMPLES[0])) == report(sample(SAMPLES[0]))


class TestOtherPlans:
    def test_without_a_roadmap_it_tells_what_there_is(self, desk: Project) -> None:
        found = report(desk)
        assert "roadmap" not in [one.id for one in found.sections]
        assert "a roadmap is still to be proposed" in section(found, "summary").lead
        assert not any(isinstance(block, Timeline) for block in found.blocks())
        assert column(table(found, "work_packages"), "start") == [None] * len(desk.packages)
        assert column(table(found, "decisions"), "decision")[0] == "Choose the strategy by which the roadmap is made"

    def test_an_empty_plan_has_a_beginning_and_an_end(self) -> None:
        empty = Project(engagement=Engagement(name="Nothing", start=date(2027, 1, 4)))
        found = report(empty)
        assert [one.id for one in found.sections] == ["summary", "findings", "decisions", "about"]
        assert not only(found.sections[0], Figures)
        assert found.sections[0].lead == "The plan holds no work yet: the assessment and the targets come first."

    def test_work_of_a_plan_without_processes(self, catalogue: Catalogue) -> None:
        package = WorkPackage(id="p", name="Plan", workstream="people", days=Duration(1, 2, 3))
        found = report(Project(engagement=Engagement(name="Bare", start=date(2027, 1, 4)), packages=(package,)))
        assert "work" in [one.id for one in found.sections]
        assert found.section("assessment") is None

    def test_what_has_no_place_is_named(self) -> None:
        plan = sample(SAMPLES[0])
        assert plan.roadmap
        gone = plan.packages_of["incident@3"][0]
        places = {item: place for item, place in plan.roadmap.packages.items() if item != gone.id}
        found = report(replace(plan, roadmap=replace(plan.roadmap, packages=Fixed(places))))
        assert Bullets((gone.name,), "Not placed yet") in section(found, "roadmap").blocks
        assert "Complete the roadmap, or let the rest go" in column(table(found, "decisions"), "decision")


class TestFigures:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_effort_adds_up_wherever_it_is_told(self, name: str) -> None:
        plan, found = sample(name), told(name, "en")
        likely = total(plan.packages).likely
        packages = table(found, "work_packages")
        line = next(block for block in found.blocks() if isinstance(block, Timeline))
        sums = [
            sum(column(packages, "person_days")),
            sum(column(table(found, "phases"), "person_days")),
            sum(column(table(found, "capacity"), "person_days")),
            sum(sum(column(table(found, f"phase-{n}-capacity"), "person_days")) for n in (1, 2, 3)),
            sum(column(table(found, "capacity-weeks"), "needed")),
            sum(bar.person_days for bar in line.bars),
        ]
        assert sums == pytest.approx([likely] * len(sums), abs=5)
        effort = dict(
            zip(column(table(found, "effort"), "work"), column(table(found, "effort"), "likely"), strict=True)
        )
        assert effort["Work packages together"] == pytest.approx(likely, abs=0.01)
        if plan.overheads:
            assert list(effort.values())[-1] == pytest.approx(in_all(plan).likely, abs=0.01)

    def test_the_bottom_line(self) -> None:
        plan, found = sample(SAMPLES[0]), told(SAMPLES[0], "en")
        summary = section(found, "summary")
        assert (
            summary.lead == "From maturity 1.0 to 1.6 (of 5) by 2028-07-25, in 3 phases, with 775 person-days of work."
        )
        (figures,) = only(summary, Figures)
        assert isinstance(figures, Figures)
        shown = {figure.label: (figure.value, figure.note) for figure in figures.figures}
        assert shown["Maturity"] == ("1.0 to 1.6", "mean level of 27 processes, 1 to 5")
        assert shown["Duration"] == ("19 months", "2027-01-04 to 2028-07-25")
        assert shown["Phases"] == ("3", f"{len(plan.capabilities)} capabilities")
        assert shown["First result"] == ("2027-03-03", "Service desk 2")
        assert shown["Highest load"] == ("98 %", "Tool administrator")

    @pytest.mark.parametrize("name", SAMPLES)
    def test_the_heat_map_goes_from_now_to_what_is_planned(self, name: str) -> None:
        plan, found = sample(name), told(name, "en")
        assert plan.roadmap
        (heat,) = only(section(found, "assessment"), HeatMap)
        assert isinstance(heat, HeatMap)
        after = metrics(plan, plan.roadmap).maturity_by_phase
        assert heat.columns == ("Now", *(f"After {n}. {p.name}" for n, p in enumerate(plan.phases, 1)), "Planned")
        for row in heat.rows:
            process = plan.process_by_id[row.id]
            expected = [after[phase.id].get(row.id, process.level) for phase in plan.phases]
            assert row.levels == (process.level, *expected, row.goal)
            assert row.goal >= process.target_level
            assert expected[-1] == row.goal

    def test_a_level_that_only_some_dimensions_reach_is_not_reached(self) -> None:
        plan = sample(SAMPLES[0])
        process = plan.process_by_id["catalogue"]
        higher = replace(process, target=process.target.with_item("people", 3))
        packages = (
            *plan.packages,
            replace(plan.packages_of["catalogue@2"][0], id="more", capability="catalogue@3", workstream="people"),
        )
        assert plan.roadmap
        places = {**plan.roadmap.packages, "more": list(plan.roadmap.packages.values())[-1]}
        processes = tuple(higher if one.id == "catalogue" else one for one in plan.processes)
        found = report(
            replace(plan, processes=processes, packages=packages, roadmap=replace(plan.roadmap, packages=Fixed(places)))
        )
        (heat,) = only(section(found, "assessment"), HeatMap)
        assert isinstance(heat, HeatMap)
        row = next(row for row in heat.rows if row.id == "catalogue")
        assert (row.levels[-2], row.goal) == (2, 2)

    @pytest.mark.parametrize("name", SAMPLES)
    def test_the_time_line_is_the_roadmap(self, name: str) -> None:
        plan, found = sample(name), told(name, "en")
        (line,) = only(section(found, "roadmap"), Timeline)
        assert isinstance(line, Timeline)
        parts = outline(plan)
        assert [bar.id for bar in line.bars] == [item.id for part in parts for item in part.items]
        assert [(span.number, span.start, span.finish) for span in line.phases] == [
            (part.number, part.start, part.finish) for part in parts
        ]
        assert [stone.day for stone in line.stones if stone.kind == "gate"] == [part.finish for part in parts]
        assert [stone.day for stone in line.stones] == sorted(stone.day for stone in line.stones)
        assert {stone.id for stone in line.stones} >= {stone.id for stone in plan.milestones}
        ids = {bar.id for bar in line.bars}
        assert all(set(bar.needs) <= ids - {bar.id} for bar in line.bars)
        hard = {(one.needs, one.item) for one in plan.dependencies if one.strength == "hard"}
        shown = {(need, bar.id) for bar in line.bars for need in bar.needs}
        assert {pair for pair in hard if set(pair) <= ids} <= shown
        assert line.first <= min(bar.start for bar in line.bars)
        assert line.last >= max(bar.finish for bar in line.bars)

    def test_capacity_is_what_the_days_come_to(self) -> None:
        plan, found = sample(SAMPLES[0]), told(SAMPLES[0], "en")
        assert plan.roadmap
        rows = table(found, "capacity")
        peaks = metrics(plan, plan.roadmap).peak_load
        assert column(rows, "peak") == [peaks.get(role.id) for role in plan.roles]
        weeks = table(found, "capacity-weeks")
        assert weeks.detail
        assert all(isinstance(day, date) and day.weekday() == 0 for day in column(weeks, "start"))
        used = sum(sum(days.values()) for days in loads(plan, plan.roadmap).values())
        assert sum(column(weeks, "needed")) == pytest.approx(used, abs=1)
        assert column(weeks, "week")[0] == "2027-W01"

    def test_the_picture_leaves_out_what_follows(self) -> None:
        plan, found = sample(SAMPLES[0]), told(SAMPLES[0], "en")
        (picture,) = only(section(found, "dependencies"), Network)
        assert isinstance(picture, Network)
        assert {node.id for node in picture.nodes} == set(plan.capabilities)
        assert all(node.phase for node in picture.nodes)
        ties = {(tie.needs, tie.item) for tie in picture.ties if tie.hard}
        chains = {(a, d) for a, b in ties for c, d in ties if b == c}
        assert ties & chains == set()
        assert len(table(found, "dependencies").rows) == sum(one.strength != "off" for one in plan.dependencies)

    def test_dependencies_that_are_not_followed_say_why(self) -> None:
        plan = sample(SAMPLES[0])
        first = replace(plan.dependencies[0], strength="off", reason="a workaround stands")
        found = table(report(replace(plan, dependencies=(first, *plan.dependencies[1:]))), "dependencies_off")
        assert found.rows == ((plan.title(first.item), plan.title(first.needs), "a workaround stands"),)
