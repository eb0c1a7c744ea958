"""What the four formats say about a real plan, and that they always say it with the same bytes."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from handed import FORMATS, TEXTS, made, render

from planner.edit.roadmap import adopt
from planner.export.handover import hand_over
from planner.export.markdown import literal
from planner.export.mermaid_text import literal as in_mermaid
from planner.export.outline import outline, unplaced
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.propose import propose


@pytest.fixture(scope="module")
def planned(desk: Project, catalogue: Catalogue) -> Project:
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"])
    return adopt(desk, proposal.roadmap, proposal.phases)


@pytest.fixture(scope="module")
def planned_bank(bank: Project, catalogue: Catalogue) -> Project:
    proposal = propose(bank, catalogue.strategy_by_id["change-config-first"])
    return adopt(bank, proposal.roadmap, proposal.phases)


def rows_of(project: Project) -> list[dict[str, str]]:
    text = render(project, "csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_an_unknown_format_is_refused(planned: Project) -> None:
    with pytest.raises(KeyError, match="papyrus"):
        render(planned, "papyrus")


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if not form.of_roadmap])
def test_plans_without_a_roadmap_or_without_work_can_be_rendered(form: str, desk: Project, planned: Project) -> None:
    for project in (desk, replace(desk, packages=(), dependencies=()), replace(planned, phases=(), roadmap=None)):
        data = made(project, form)
        assert data
        if form in TEXTS and form != "csv":
            assert desk.engagement.name.split(",")[0] in data.decode()


class TestOutline:
    def test_every_capability_stands_in_exactly_one_phase(self, planned: Project) -> None:
        found = [item for part in outline(planned) for item in part.capabilities]
        assert sorted(found) == sorted(planned.capabilities)
        assert unplaced(planned) == ()

    def test_dates_and_effort_are_those_of_the_packages(self, planned: Project) -> None:
        assert planned.roadmap
        for part in outline(planned):
            places = [p for p in planned.roadmap.packages.values() if p.phase == part.phase.id]
            assert part.start == min(p.start for p in places)
            assert part.finish == max(p.finish for p in places)
        total = sum(package.person_days for package in planned.packages)
        assert sum(part.person_days for part in outline(planned)) == pytest.approx(total)

    def test_what_has_no_place_is_named_and_its_capability_keeps_the_rest(self, planned: Project) -> None:
        assert planned.roadmap
        gone = planned.packages_of["incident@3"][0]
        places = {k: v for k, v in planned.roadmap.packages.items() if k != gone.id}
        partly = replace(planned, roadmap=replace(planned.roadmap, packages=type(planned.roadmap.packages)(places)))
        assert unplaced(partly) == (gone,)
        assert "incident@3" in [item for part in outline(partly) for item in part.capabilities]
        assert f"Not placed yet:\n\n- {gone.name}\n" in render(partly, "md")

    def test_a_phase_with_nothing_in_it_has_no_dates(self, desk: Project, planned: Project) -> None:
        part = outline(replace(planned, roadmap=None))[0]
        assert (part.start, part.finish, part.items) == (None, None, ())


class TestCsv:
    def test_one_row_per_package_with_its_days_and_effort_by_role(self, planned: Project) -> None:
        rows = rows_of(planned)
        assert [row["ID"] for row in rows] == [package.id for package in planned.packages]
        assert planned.roadmap
        for row, package in zip(rows, planned.packages, strict=True):
            place = planned.roadmap.packages[package.id]
            assert (row["Start"], row["Finish"]) == (place.start.isoformat(), place.finish.isoformat())
            assert row["Phase"] == planned.phase_by_id[place.phase].name
            assert f"{row['Process ID']}@{row['Level']}".strip("@") == package.capability
            by_role = [float(row[f"Person-days: {role.name}"] or 0) for role in planned.roles]
            assert sum(by_role) == pytest.approx(float(row["Person-days"]), abs=0.06)
            assert float(row["Person-days"]) == pytest.approx(package.person_days, abs=0.06)

    def test_lines_end_as_rfc_4180_says(self, planned: Project) -> None:
        text = render(planned, "csv")
        assert text.count("\r\n") == text.count("\n") == len(planned.packages) + 1

    def test_chinese_names_stand_as_they_are(self, planned_bank: Project) -> None:
        assert "事件管理" in {row["Process"] for row in rows_of(planned_bank)}


class TestJson:
    def test_the_plan_inside_fits_the_schema_of_plan_files(self, planned: Project, planned_bank: Project) -> None:
        from planner.store.schema import json_schema

        for project in (planned, planned_bank):
            jsonschema.validate(json.loads(render(project, "json"))["plan"], json_schema())

    def test_derived_facts(self, planned: Project) -> None:
        document = json.loads(render(planned, "json"))
        assert document["schema"] == 2
        derived = document["derived"]
        assert {"item": "problem@2", "pulled_by": "incident@3"}.items() <= next(
            need for need in derived["needs"] if need["item"] == "problem@2"
        ).items()
        assert [phase["id"] for phase in derived["phases"]] == [phase.id for phase in planned.phases]
        assert derived["metrics"]["maturity_by_phase"][planned.phases[-1].id]["incident"] == 3
        assert next(p for p in derived["processes"] if p["id"] == "incident") == {
            "id": "incident",
            "level": 1,
            "target_level": 3,
        }
        assert derived["unplaced"] == []

    def test_the_report_is_there_with_typed_cells(self, planned: Project, catalogue: Catalogue) -> None:
        document = json.loads(render(planned, "json", audience="client"))["report"]
        told = hand_over(planned, catalogue, audience="client")
        assert document["audience"] == "client"
        assert document["left_out"] == list(told.left_out)
        assert document["identity"]["as_of"] == told.identity.as_of.isoformat()
        assert [section["id"] for section in document["sections"]] == [section.id for section in told.report.sections]
        blocks = {block["type"] for section in document["sections"] for block in section["blocks"]}
        assert {"figures", "bullets", "table", "heatmap", "timeline", "network"} <= blocks
        work = next(section for section in document["sections"] if section["id"] == "work")
        table = next(block for block in work["blocks"] if block.get("name") == "work_packages")
        keys = [column["key"] for column in table["columns"]]
        rows = [dict(zip(keys, row, strict=True)) for row in table["rows"]]
        assert [row["id"] for row in rows] == [package.id for package in planned.packages]
        assert all(isinstance(row["person_days"], float) for row in rows)
        assert planned.roadmap
        assert rows[0]["start"] == planned.roadmap.packages[rows[0]["id"]].start.isoformat()

    def test_no_roadmap_no_metrics(self, desk: Project) -> None:
        derived = json.loads(render(desk, "json"))["derived"]
        assert derived["metrics"] is None
        assert len(derived["unplaced"]) == len(desk.packages)


class TestMarkdown:
    def test_it_tells_the_plan(self, planned: Project, catalogue: Catalogue) -> None:
        text = render(planned, "md")
        assert text.startswith("# Mid-size company, desk first\n")
        titles = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
        assert titles == [literal(section.title) for section in hand_over(planned, catalogue).report.sections]
        assert "- Organisation level 1 now, 1 wanted\n" in text
        assert "| Problem management 2 | Incident management 3 | Repeat faults" in text
        assert "| Incident management | 2 | 3 | 1 | 3 | 2 | 3 | 1 | 3 | 3 |" in text
        assert "| Incident management 2 | People | people already stands at level 2 |" in text
        first = planned.phases[0]
        assert f"### 1\\. {first.name}\n" in text
        assert f"- {first.exit_criteria[0]}\n" in text

    def test_every_package_is_in_the_table(self, planned: Project) -> None:
        text = render(planned, "md")
        assert [p.id for p in planned.packages if f"\n| {p.id} | " not in text] == []

    def test_out_of_scope_comes_with_its_reason(self, planned: Project) -> None:
        first = replace(planned.processes[-1], in_scope=False, reason="run by *another* firm")
        text = render(replace(planned, processes=(*planned.processes[:-1], first)), "md")
        assert f"| {literal(first.name)} | run by \\*another\\* firm |" in text


class TestMermaid:
    def test_a_section_per_phase_and_a_bar_per_capability(self, planned: Project) -> None:
        lines = render(planned, "mermaid").splitlines()
        assert lines[:2] == ["gantt", "    title Mid-size company, desk first"]
        sections = [line.removeprefix("    section ") for line in lines if line.startswith("    section ")]
        named = [f"{number}. {in_mermaid(phase.name)}" for number, phase in enumerate(planned.phases, 1)]
        assert sections == [*named, "Dates"]
        bars = [line for line in lines if ":p" in line]
        assert len(bars) == len(planned.capabilities) + len(planned.packages_of[""])
        item = outline(planned)[0].items[0]
        assert f"    1.1 {planned.title(item.id)}:p1i1, {item.start}, {item.finish}" in lines


DETERMINISM = """
import sys
from small_plan import small
from planner.catalog.load import load
from planner.export.formats import FORMATS, render
from planner.export.handover import hand_over
from planner.text import i18n
i18n.use("zh")
handed = hand_over(small(), load())
for form in FORMATS:
    sys.stdout.buffer.write(render(handed, form))
"""


def test_same_plan_same_bytes() -> None:
    def bytes_with(seed: str) -> bytes:
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)}
        run = [sys.executable, "-c", DETERMINISM]
        return subprocess.run(run, capture_output=True, check=True, env=env).stdout

    assert bytes_with("1") == bytes_with("2")
