"""``planner import``: a preview, faults by row, and the plan saved whole or not at all."""

import json
import tomllib
from pathlib import Path

import pytest
from cli_said import Planner
from intake_made import workbook, written

ROWS = [
    ["Task", "Process", "Level", "Workstream", "Days", "Role", "PD"],
    ["Night shift hand-over", "Incident management", 2, "Process", 5, "Process owner", 2],
    ["Posters for the new number", "", "", "People", 3, "Change lead", 1.5],
]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return written(tmp_path, ROWS)


def test_a_preview_saves_nothing(planner: Planner, planned_file: Path, work: Path) -> None:
    before = planned_file.read_bytes()
    said = planner("import", planned_file, "--from", work)
    assert (said.code, said.err) == (0, "")
    for words in (
        "work.csv: work packages, 2 rows below the heading in row 1",
        "Task         Work package",
        "- new: Night shift hand-over (Incident management 2, process, 5 days, Process",
        "- new: Posters for the new number (whole programme, people, 3 days, Change",
        "2 work packages have no place in the roadmap yet",
        "Nothing is saved yet: add --write, or --out NEW.",
    ):
        assert words in said.out
    assert planned_file.read_bytes() == before


def test_faults_are_a_line_each_and_nothing_is_taken_in(planner: Planner, planned_file: Path, tmp_path: Path) -> None:
    before = planned_file.read_bytes()
    bad = written(tmp_path, [*ROWS, ["X", "Incidnts", 9, "Folk", "long", "Wizard", 2]])
    said = planner("import", planned_file, "--from", bad, "--write")
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert [line.split(" ")[1] for line in lines] == [f"{bad}:4:"] * 5
    assert all(line.startswith("planner: ") and " — " in line for line in lines)
    assert planned_file.read_bytes() == before


def test_writing_keeps_remarks_and_own_keys(planner: Planner, planned_file: Path, work: Path, tmp_path: Path) -> None:
    text = planned_file.read_text("utf-8")
    marked = text.replace("[[packages]]\n", '# mine\n[[packages]]\nx-ticket = "LR-1"\n', 1)
    planned_file.write_text(marked, "utf-8", newline="")
    other = tmp_path / "other.toml"
    assert planner("import", planned_file, "--from", work, "--out", other).code == 0
    said = planner("import", planned_file, "--from", work, "--write")
    assert (said.code, "The plan is saved" in said.err) == (0, True)
    for path in (planned_file, other):
        kept = path.read_text("utf-8")
        assert '# mine\n[[packages]]\nx-ticket = "LR-1"\n' in kept
        assert "Night shift hand-over" in kept
        names = [package["name"] for package in tomllib.loads(kept)["packages"]]
        assert names.count("Night shift hand-over") == 1
    again = planner("import", planned_file, "--from", work, "--write")
    assert "The plan says all of this already." in again.out
    assert again.err == ""


def test_the_preview_as_data(planner: Planner, planned_file: Path, tmp_path: Path) -> None:
    book = workbook(tmp_path, {"Cover": [["Hello"]], "Work": ROWS})
    words = ["import", planned_file, "--from", book, "--sheet", "Work", "--json", "--map", "Role=ignore"]
    assert 'leave the effort out: --map "PD=ignore"' in planner(*words).err
    said = planner(*words, "--map", "PD=ignore")
    assert said.code == 0, said.err
    data = json.loads(said.out)
    assert (data["schema"], data["kind"], data["sheet"], data["rows"]) == (1, "packages", "Work", 2)
    assert {"heading": "Role", "field": ""} in data["columns"]
    assert {"heading": "Days", "field": "days"} in data["columns"]
    assert [one["item"] for one in data["differences"] if one["table"] == "packages"] == [
        "night-shift-hand-over",
        "posters-for-the-new-number",
    ]


def test_a_new_plan(planner: Planner, work: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.toml"
    words = [
        "import",
        made,
        "--from",
        work,
        "--new",
        "--name",
        "Nights",
        "--client",
        "Lantern",
        "--start",
        "2027-01-04",
    ]
    said = planner(*words)
    assert (said.code, made.exists()) == (0, False)
    assert "A new plan: Nights, from 2027-01-04, with 1 process and 2 work packages" in said.out
    plan = json.loads(planner(*words, "--json").out)["plan"]
    assert [package["name"] for package in plan["packages"]] == ["Night shift hand-over", "Posters for the new number"]
    assert planner(*words, "--write").code == 0
    assert planner("check", made).code in (0, 1)
    proposed = planner("propose", made, "--strategy", "service-desk-first")
    assert proposed.code == 0, proposed.err
    assert planner(*words, "--write").code == 2, "it is never written over a plan"


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["--name", "X"], "--name belongs to --new"),
        (["--map", "Task"], "does not fit"),
        (["--as", "novel"], "'novel' is not known"),
        (["--sheet", "One"], "only a workbook has sheets"),
        (["--new"], "the name of a plan file ends in .toml"),
    ],
)
def test_wrong_usage(planner: Planner, planned_file: Path, work: Path, words: list[str], wrong: str) -> None:
    file = planned_file.with_suffix(".txt") if words == ["--new"] else planned_file
    said = planner("import", file, "--from", work, *words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert wrong in said.err


def test_export_and_import_in_two_languages(planner: Planner, planned_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "zh.csv"
    assert planner("--lang", "zh", "export", planned_file, "--format", "csv", "--out", out).code == 0
    said = planner("import", planned_file, "--from", out)
    assert "columns are as the planner writes them." in said.out
    assert "The plan says all of this already." in said.out
    rows = out.read_text("utf-8").replace("2027-", "2031-", 2)
    out.write_text(rows, "utf-8", newline="")
    assert "propose it anew" in " ".join(planner("import", planned_file, "--from", out).out.split())


def test_a_schedule_comes_in_by_the_same_door(planner: Planner, planned_file: Path, tmp_path: Path) -> None:
    said = planner("import", planned_file, "--from", written(tmp_path, [["<?xml version='1.0'?><Project/>"]], "a.xml"))
    assert said.code in (0, 2)
    assert "a.xml" in said.out + said.err
