"""The commands that only read: assess, explain, check, verify, export, schema; and files that cannot be read."""

import json
import os
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
from cli_said import Planner

READING = [
    ("assess",),
    ("propose",),
    ("explain", "incident@3"),
    ("check",),
    ("verify",),
    ("show",),
    ("export", "--format", "md", "--out", "-"),
]


@pytest.mark.parametrize("words", READING)
def test_every_fault_of_a_file_is_told_with_its_line(words: tuple[str, ...], planner: Planner, desk_file: Path) -> None:
    text = desk_file.read_text("utf-8")
    lines = text.splitlines()
    lines[0:0] = ['x-mark = "kept"']
    broken = "\n".join(lines).replace('id = "incident"', 'id = "incidnet"', 1).replace("[2, ", "[7, ", 1) + "\n"
    broken = broken.replace("start = 2027-01-04", 'start = "soon"', 1)
    desk_file.write_text(broken, "utf-8")
    name, *rest = words
    said = planner(name, desk_file, *rest)
    assert (said.code, said.out) == (2, "")
    found = said.err.splitlines()
    assert len(found) >= 2
    for line in found:
        assert re.match(rf"planner: {re.escape(str(desk_file))}:\d+: .+", line)
    assert any("incidnet" in line and "'incident'" in line for line in found)
    number = broken.splitlines().index('start = "soon"') + 1
    assert any(line.startswith(f"planner: {desk_file}:{number}: ") and "a date" in line for line in found)
    assert desk_file.read_text("utf-8") == broken


@pytest.mark.parametrize("content", [b"not toml at all [", b"\xff\xfe\x00", b"", b"schema = 2\n"])
def test_a_file_that_is_no_plan(content: bytes, planner: Planner, tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_bytes(content)
    said = planner("show", file)
    assert (said.code, said.out) == (2, "")
    assert all(line.startswith(f"planner: {file}:") for line in said.err.splitlines())
    assert said.err


def test_missing_files_and_folders(planner: Planner, tmp_path: Path) -> None:
    for file in (tmp_path / "no.toml", tmp_path, tmp_path / "no" / "no.toml", tmp_path / ("x" * 300)):
        said = planner("show", file)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"planner: {file}:1: ")
        assert said.err.count("\n") == 1


class TestAssess:
    def test_levels_gaps_pulled_in_and_left_out(self, planner: Planner, desk_file: Path) -> None:
        said = planner("assess", desk_file)
        assert (said.code, said.err) == (0, "")
        out = said.out
        assert re.search(r"^  incident +Incident management +2 -> 3 +1 -> 3 +2 -> 3 +1 -> 3 +2$", out, re.M)
        assert "Maturity: organisation level 1; mean of all processes in scope 1.00 -> 1." in out.replace("\n", " ")
        assert re.search(r"^  problem@2 +Problem .*incident@3", out, re.M)
        assert re.search(r"^  incident-2-people +people already stands at level 2$", out, re.M)

    def test_json(self, planner: Planner, desk_file: Path) -> None:
        document = json.loads(planner("assess", desk_file, "--json").out)
        assert document["schema"] == 1
        incident = next(p for p in document["processes"] if p["id"] == "incident")
        assert (incident["level"], incident["target_level"], incident["in_scope"]) == (1, 3, True)
        assert incident["dimensions"]["process"] == {"now": 1, "target": 3, "gap": 2}
        assert document["gaps"][0]["gap"] == max(gap["gap"] for gap in document["gaps"])
        assert next(n["pulled_by"] for n in document["needs"] if n["item"] == "problem@2") == "incident@3"
        assert "incident-2-people" in {n["package"] for n in document["left_out"]}
        assert document["organisation"]["index"] == 1.0

    def test_processes_out_of_scope_come_with_the_reason(self, planner: Planner, desk_file: Path) -> None:
        text = desk_file.read_text("utf-8")
        marked = text.replace(
            'id = "supplier"\n', 'id = "supplier"\nin_scope = false\nreason = "run by the group"\n', 1
        )
        desk_file.write_text(marked, "utf-8")
        assert re.search(r"^  supplier +Supplier management +run by the group$", planner("assess", desk_file).out, re.M)


class TestExplain:
    def test_why_here_and_why_not_earlier(self, planner: Planner, planned_file: Path) -> None:
        said = planner("explain", planned_file, "incident@3")
        assert (said.code, said.err) == (0, "")
        document = json.loads(planner("explain", planned_file, "incident@3", "--json").out)
        flat = " ".join(said.out.split())
        assert said.out.startswith("Incident management 3 (incident@3)\n")
        assert f"Dates {document['start']} .. {document['finish']}" in flat
        assert f"Why not earlier than {document['earliest']}" in flat
        assert document["reasons"]
        assert document["because"]
        for reason in document["reasons"]:
            assert {*reason} == {"rule", "items", "message"}
            assert " ".join(reason["message"].split()) in flat
        for text in document["because"] + document["parts"]:
            assert " ".join(text.split()) in flat

    def test_a_work_package(self, planner: Planner, planned_file: Path) -> None:
        document = json.loads(planner("explain", planned_file, "incident-3-tech", "--json").out)
        plan = tomllib.loads(planned_file.read_text("utf-8"))
        place = plan["roadmap"]["packages"]["incident-3-tech"]
        assert (document["start"], document["finish"]) == (place["start"].isoformat(), place["finish"].isoformat())

    def test_what_speaks_against_another_phase(self, planner: Planner, planned_file: Path) -> None:
        document = json.loads(planner("explain", planned_file, "incident@3", "--phase", "1", "--json").out)
        assert document["phase"] != "p1"
        assert document["against_phase"]["phase"] == "p1"
        out = planner("explain", planned_file, "incident@3", "--phase", "p1").out
        assert "Against phase 1. One front door\n" in out
        for reason in document["against_phase"]["reasons"]:
            assert " ".join(reason["message"].split()) in " ".join(out.split())
        own = planner("explain", planned_file, "incident@3", "--phase", document["phase"]).out
        assert own.endswith("  - it stands there already\n")

    @pytest.mark.parametrize(
        ("words", "line"),
        [
            (["incident"], "the plan has no capability or work package 'incident' — did you mean 'incident@"),
            (["incidnet@3"], "the plan has no capability or work package 'incidnet@3' — did you mean 'incident@3'?"),
            (["financial@1"], "Budgeting & accounting 1 is reached today and needs no work — see: planner assess"),
            (["incident@3", "--phase", "9"], "there is no phase '9' — use one of: p1, p2"),
        ],
    )
    def test_what_is_not_there(self, words: list[str], line: str, planner: Planner, planned_file: Path) -> None:
        said = planner("explain", planned_file, *words)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"planner: {line}")
        assert said.err.count("\n") == 1

    def test_a_package_added_after_the_proposal_has_no_place(self, planner: Planner, planned_file: Path) -> None:
        text = planned_file.read_text("utf-8")
        own = '[[packages]]\nid = "extra"\nname = "Extra"\nworkstream = "people"\ndays = [1, 2, 3]\n\n'
        planned_file.write_text(text.replace("[[packages]]", own + "[[packages]]", 1), "utf-8")
        said = planner("explain", planned_file, "extra")
        advice = f"propose again: planner propose {planned_file} --write"
        assert said == (2, "", f"planner: extra has no place in the roadmap yet — {advice}\n")


@pytest.mark.parametrize("words", [("explain", "incident@3"), ("verify",), ("show", "--section", "roadmap")])
def test_without_a_roadmap_the_way_to_one_is_told(words: tuple[str, ...], planner: Planner, desk_file: Path) -> None:
    name, *rest = words
    advice = f"make one: planner propose {desk_file} --write"
    assert planner(name, desk_file, *rest) == (2, "", f"planner: {desk_file} has no roadmap yet — {advice}\n")


def overloaded(file: Path) -> None:
    """Give the first placed package the days of the last one."""
    text = file.read_text("utf-8")
    plan = tomllib.loads(text)
    places = plan["roadmap"]["packages"]
    late = max(places, key=lambda item: places[item]["start"])
    first = min(place["start"] for place in places.values())
    lines = text.splitlines()
    index = next(n for n, line in enumerate(lines) if line.startswith(f"{late} ") and "start" in line)
    lines[index] = lines[index].replace(f"{places[late]['start']}", f"{first}", 1)
    file.write_text("\n".join(lines) + "\n", "utf-8")


class TestVerify:
    def test_a_roadmap_that_breaks_a_constraint(self, planner: Planner, planned_file: Path) -> None:
        overloaded(planned_file)
        said = planner("verify", planned_file)
        assert (said.code, said.err) == (1, "")
        document = json.loads(planner("verify", planned_file, "--json").out)
        assert document["schema"] == 1
        assert document["violations"]
        flat = " ".join(said.out.split())
        for violation in document["violations"]:
            assert {*violation} == {"rule", "items", "message", "day", "amount"}
            assert f"- {violation['rule']}: {violation['message']}" in flat
        assert planner("verify", planned_file, "--json").code == 1

    def test_json_of_a_good_one(self, planner: Planner, planned_file: Path) -> None:
        said = planner("verify", planned_file, "--json")
        assert (said.code, json.loads(said.out)) == (0, {"schema": 1, "violations": []})


class TestCheck:
    def test_a_good_plan_has_no_errors(self, planner: Planner, planned_file: Path) -> None:
        said = planner("check", planned_file)
        assert (said.code, said.err) == (0, "")
        assert planner("show", planned_file, "--section", "checks") == said

    def test_errors_come_first_and_give_exit_code_1(self, planner: Planner, planned_file: Path) -> None:
        text = planned_file.read_text("utf-8")
        circle = '[[dependencies]]\nitem = "problem@2"\nneeds = "incident@3"\nreason = "wrong way round"\n\n'
        planned_file.write_text(text.replace("[[dependencies]]", circle + "[[dependencies]]", 1), "utf-8")
        said = planner("check", planned_file)
        assert (said.code, said.err) == (1, "")
        document = json.loads(planner("check", planned_file, "--json").out)
        severities = [finding["severity"] for finding in document["findings"]]
        assert severities == sorted(severities, key=["error", "warning", "info"].index)
        worst = document["findings"][0]
        assert worst["severity"] == "error"
        assert {*worst} == {"id", "severity", "title", "message", "advice", "items", "origin", "source"}
        assert {"problem@2", "incident@3"} <= {i for f in document["findings"] for i in f["items"]}
        flat = " ".join(said.out.split())
        for finding in document["findings"]:
            assert " ".join(f"{finding['severity']}: {finding['title']} ({finding['id']})".split()) in flat
            assert " ".join(finding["message"].split()) in flat
        shown = planner("show", planned_file, "--section", "checks")
        assert (shown.code, shown.out) == (0, said.out)

    def test_a_circle_is_told_by_the_commands_that_need_an_order(self, planner: Planner, planned_file: Path) -> None:
        text = planned_file.read_text("utf-8")
        circle = '[[dependencies]]\nitem = "problem@2"\nneeds = "incident@3"\n\n'
        planned_file.write_text(text.replace("[[dependencies]]", circle + "[[dependencies]]", 1), "utf-8")
        explained = planner("explain", planned_file, "incident@3", "--phase", "1", "--json")
        assert (explained.code, explained.err) == (0, "")
        assert [reason["rule"] for reason in json.loads(explained.out)["reasons"]] == ["cycle"]
        proposed = planner("propose", planned_file)
        assert (proposed.code, proposed.out) == (3, "")
        assert "problem-2" in proposed.err
        for words in (("show", planned_file), ("assess", planned_file), ("verify", planned_file)):
            assert planner(*words).code in (0, 1)
        said = planner(
            "export", planned_file, "--format", "md,mspdi,svg,mermaid-graph", "--out", planned_file.parent / "circle"
        )
        assert (said.code, said.err) == (0, "")

    def test_a_plan_with_few_processes_can_be_read_by_every_command(self, planner: Planner, tmp_path: Path) -> None:
        file = tmp_path / "few.toml"
        scores = "baseline = { people = 1, process = 1, tech = 1 }\ntarget = { people = 3, process = 3, tech = 3 }\n"
        process = f'[[processes]]\nid = "incident"\nname = "Incidents"\n{scores}'
        file.write_text(f'schema = 2\n\n[engagement]\nname = "Few"\nstart = 2027-01-04\n\n{process}', "utf-8")
        for words in (("assess",), ("check",), ("show",), ("export", "--format", "md", "--out", "-")):
            said = planner(words[0], file, *words[1:])
            assert (said.code, said.err) == (1 if words == ("check",) else 0, "")
        assert "Needed, but the plan has no work for it: Incidents 2, Incidents 3" in planner("assess", file).out


class TestExport:
    def test_mermaid_needs_a_roadmap(self, planner: Planner, desk_file: Path) -> None:
        said = planner("export", desk_file, "--format", "mermaid", "--out", "-")
        assert (said.code, said.out) == (2, "")
        assert "has no roadmap yet" in said.err

    def test_a_plan_file_is_never_replaced_by_an_export(self, planner: Planner, planned_file: Path) -> None:
        before = planned_file.read_bytes()
        link = planned_file.with_name("link.md")
        link.symlink_to(planned_file)
        hard = planned_file.with_name("hard.md")
        os.link(planned_file, hard)
        wrong = "is a plan file, and an export would replace it — write to "
        for target in (planned_file, link, hard, planned_file.with_name("other.toml")):
            said = planner("export", planned_file, "--format", "md", "--out", target)
            assert (said.code, said.out) == (2, "")
            assert said.err.startswith(f"planner: {target} {'is a link to another place' if target == link else wrong}")
        assert planned_file.read_bytes() == before
        assert link.is_symlink()
        assert not planned_file.with_name("other.toml").exists()

    def test_an_older_export_is_replaced(self, planner: Planner, planned_file: Path) -> None:
        target = planned_file.with_name("plan.md")
        target.write_text("old")
        assert planner("export", planned_file, "--format", "md", "--out", target).code == 0
        assert target.read_text("utf-8").startswith("# Mid-size company, desk first\n")

    def test_a_place_that_cannot_be_written(self, planner: Planner, planned_file: Path) -> None:
        for target in (planned_file.parent, planned_file.parent / "no" / "plan.md"):
            said = planner("export", planned_file, "--format", "md", "--out", target)
            assert (said.code, said.out) == (2, "")
            assert said.err.startswith("planner: ")
            assert said.err.count("\n") == 1
            assert f"{target.parent} — make it" in said.err or f"{target} is a folder — name the file in it" in said.err

    def test_the_spreadsheet_has_its_line_ends_on_disk(self, planner: Planner, planned_file: Path) -> None:
        target = planned_file.with_name("plan.csv")
        planner("export", planned_file, "--format", "csv", "--out", target)
        data = target.read_bytes()
        assert data.startswith(b"\xef\xbb\xbfID,")
        assert data.count(b"\r\n") == data.count(b"\n") == 1 + planned_file.read_bytes().count(b"\n[[packages]]\n")


def test_schema_is_a_json_schema_that_judges_plans(planner: Planner, planned_file: Path) -> None:
    said = planner("schema")
    assert (said.code, said.err) == (0, "")
    schema = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    plan = json.loads(json.dumps(tomllib.loads(planned_file.read_text("utf-8")), default=str))
    jsonschema.validate(plan, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**plan, "schema": "one"}, schema)


@pytest.mark.parametrize(("word", "text"), [("desk-first", "Some thousand users"), ("service-desk-first", "Visible")])
def test_one_template_or_strategy(word: str, text: str, planner: Planner) -> None:
    said = planner("templates", word)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0].endswith(f"({word})")
    assert text in said.out


def test_templates_and_strategies_are_listed_and_an_unknown_one_names_the_nearest(planner: Planner) -> None:
    out = planner("templates").out
    for word in ("desk-first", "bank-change-first", "service-desk-first", "change-config-first"):
        assert f"\n  {word} " in out
    said = planner("templates", "bank-change-frist")
    line = "there is no template or strategy 'bank-change-frist' — did you mean 'bank-change-first'?"
    assert said == (2, "", f"planner: {line}\n")
