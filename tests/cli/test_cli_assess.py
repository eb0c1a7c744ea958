"""``planner assess``: questionnaires out and in, pains, profiles, the report; nothing is saved unasked."""

import csv
import io
import json
from pathlib import Path

import pytest
from cli_said import Planner

HEAD = "process,criterion,assessor,reply,evidence,quality,via,date,dimension,level_by_hand,reason\n"
PEOPLE = [f"demand,P2.{n},Li,yes,minutes,seen,document,2027-01-05,,," for n in range(1, 6)]
BY_HAND = "demand,,,,,,,,tech,2,the tool was shown"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Everything on people at level 2 for demand, a second opinion on one question, a level set by hand."""
    path = tmp_path / "in.csv"
    rows = [*PEOPLE, "demand,P2.1,Wang,no,,,,,,,", BY_HAND]
    path.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    return path


def flat(text: str) -> str:
    return " ".join(text.split())


class TestQuestionnaire:
    def test_written_to_a_file_or_to_standard_output(self, planner: Planner, desk_file: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        said = planner("assess", desk_file, "--questionnaire", out)
        assert (said.code, said.out) == (0, f"{out} written\n")
        text = out.read_bytes().decode()
        assert planner("assess", desk_file, "--questionnaire", "-").out == text.replace("\r\n", "\r\n")
        assert len(list(csv.DictReader(io.StringIO(text[1:], newline="")))) == 27 * 70

    def test_never_over_a_plan(self, planner: Planner, desk_file: Path) -> None:
        before = desk_file.read_bytes()
        said = planner("assess", desk_file, "--questionnaire", desk_file)
        assert said.code == 2
        assert "is a plan file" in said.err
        assert desk_file.read_bytes() == before

    @pytest.mark.parametrize("target", ["none/x.csv", "other.toml"])
    def test_a_target_that_cannot_be_leaves_the_plan_as_it_was(
        self, planner: Planner, desk_file: Path, tmp_path: Path, target: str
    ) -> None:
        before = desk_file.read_bytes()
        change = ("assess", desk_file, "--tick", "PN02", "--questionnaire", tmp_path / target)
        assert planner(*change, "--write").code == 2
        assert desk_file.read_bytes() == before
        assert planner(*change, "--out", tmp_path / "copy.toml").code == 2
        assert [path.name for path in tmp_path.iterdir()] == [desk_file.name]

    def test_a_change_and_its_questionnaire_together(self, planner: Planner, desk_file: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.csv"
        assert planner("assess", desk_file, "--tick", "PN02=3", "--write", "--questionnaire", out).code == 0
        assert out.stat().st_size > 0
        assert {"id": "PN02", "weight": 3}.items() <= next(
            pain for pain in json.loads(planner("assess", desk_file, "--json").out)["pains"] if pain["id"] == "PN02"
        ).items()

    def test_out_in_out(self, planner: Planner, desk_file: Path, answers: Path, tmp_path: Path) -> None:
        assert planner("assess", desk_file, "--import", answers, "--write").code == 0
        first, second = tmp_path / "1.csv", tmp_path / "2.csv"
        planner("assess", desk_file, "--questionnaire", first)
        assert planner("assess", desk_file, "--import", first, "--write").code == 0
        planner("assess", desk_file, "--questionnaire", second)
        assert first.read_bytes() == second.read_bytes()


class TestImport:
    def test_nothing_is_saved_unless_asked(self, planner: Planner, desk_file: Path, answers: Path) -> None:
        before = desk_file.read_bytes()
        said = planner("assess", desk_file, "--import", answers)
        assert (said.code, said.err) == (0, "planner: taken in: 6 answers, 1 level set by hand\n")
        assert "Nothing is saved yet: give the same command with --write" in flat(said.out)
        assert desk_file.read_bytes() == before

    def test_saved_and_shown(
        self, planner: Planner, desk_file: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "160")
        said = planner("assess", desk_file, "--import", answers, "--write")
        assert f"The plan is saved in {desk_file}." in flat(said.out)
        out = flat(planner("assess", desk_file).out)
        assert "As answered Process People Process Tech Level Index Answers Backed Open" in out
        assert "Demand management 2 (2-5) 1 2 by hand 1 1 6 83 % 16" in out
        assert "Demand management Tech 2 the tool was shown" in out
        assert "Demand management P2.1 Every task has a person" in out
        assert "Li: yes, Wang: no" in out

    def test_into_another_file(self, planner: Planner, desk_file: Path, answers: Path, tmp_path: Path) -> None:
        before = desk_file.read_bytes()
        assert planner("assess", desk_file, "--import", answers, "--out", tmp_path / "new.toml").code == 0
        assert desk_file.read_bytes() == before
        document = json.loads(planner("assess", tmp_path / "new.toml", "--json").out)
        score = next(score for score in document["scores"] if score["process"] == "demand")
        assert score["dimensions"]["people"] == {
            "plan": 2, "level": 2, "lowest": 2, "highest": 5, "basis": "answers", "reason": "", "open": 16,
        }  # fmt: skip
        assert score["dimensions"]["tech"]["basis"] == "by hand"
        assert score["confidence"] == pytest.approx(5 / 6)
        assert document["disagreements"] == [
            {"process": "demand", "criterion": "P2.1", "replies": {"Li": "yes", "Wang": "no"}}
        ]

    def test_every_fault_is_told_and_nothing_taken_in(self, planner: Planner, desk_file: Path, answers: Path) -> None:
        before = desk_file.read_bytes()
        answers.write_text(f"{HEAD}{PEOPLE[0]}\nincidnt,P2.1,Li,yes,,,,,,,\ndemand,P2.9,Li,perhaps,,,,,,,\n", "utf-8")
        said = planner("assess", desk_file, "--import", answers, "--write")
        assert (said.code, said.out) == (2, "")
        assert said.err.splitlines() == [
            f"planner: {answers}:3: unknown process 'incidnt' — did you mean 'incident'?",
            f"planner: {answers}:4: unknown criterion 'P2.9' — did you mean 'P2.5'?",
            f"planner: {answers}:4: reply: 'perhaps' is not known — use one of: n/a, no, partly, yes",
        ]
        assert desk_file.read_bytes() == before


class TestPains:
    def test_all_are_shown_with_what_they_ask_for_and_their_source(self, planner: Planner, desk_file: Path) -> None:
        planner("assess", desk_file, "--tick", "PN08=2", "--tick", "PN02", "--write")
        out = planner("assess", desk_file, "--pains").out
        assert sum(line.startswith("[") for line in out.splitlines()) == 26
        assert "[2] PN08  The same simple questions come again and again" in out.replace("PN08 The", "PN08  The")
        said = flat(out)
        assert "Asks for: Security" not in said
        assert "Asks for: Information security 3, Change management 3, Service management system 2" in said
        assert "[seed S003, levels judgement]" in said
        assert "The ticked pains together Asks for: " in said

    def test_ticks_are_saved_and_taken_back(self, planner: Planner, desk_file: Path) -> None:
        def weights() -> dict[str, int]:
            pains = json.loads(planner("assess", desk_file, "--json").out)["pains"]
            return {pain["id"]: pain["weight"] for pain in pains}

        before = weights()
        assert planner("assess", desk_file, "--tick", "PN02=3", "--write").code == 0
        assert weights() == before | {"PN02": 3}
        assert planner("assess", desk_file, "--untick", "PN02", "--write").code == 0
        assert weights() == before

    def test_targets_are_raised_when_asked(self, planner: Planner, desk_file: Path) -> None:
        words = ("assess", desk_file, "--tick", "PN04", "--raise-targets", "--write", "--json")
        document = json.loads(planner(*words).out)
        brm = next(process for process in document["processes"] if process["id"] == "brm")
        assert brm["target_level"] == 3
        assert "PN04: Business depends on IT" in desk_file.read_text("utf-8")
        target = next(target for target in document["pain_targets"] if target["process"] == "brm")
        assert (target["level"], target["pains"], target["now"], target["target"]) == (3, ["PN04"], 1, 3)

    @pytest.mark.parametrize(
        ("words", "fault"),
        [
            (("--tick", "PN88"), "there is no pain 'PN88' - did you mean 'PN"),
            (("--tick", "PN08=4"), "'PN08=4' does not fit — say how much it hurts, 1 to 3, such as PN08=2"),
            (("--untick", "PN01"), "the pain 'PN01' is not ticked - "),
        ],
    )
    def test_wrong_ticks(self, planner: Planner, desk_file: Path, words: tuple[str, ...], fault: str) -> None:
        said = planner("assess", desk_file, *words, "--write")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"planner: {fault}")


class TestProfile:
    def test_five_dimensions(self, planner: Planner, desk_file: Path, answers: Path) -> None:
        assert planner("assess", desk_file, "--import", answers, "--write").code == 0
        said = planner("assess", desk_file, "--profile", "five-dimensions", "--write")
        assert said.code == 2
        assert "6 answers are to questions that five-dimensions does not ask" in said.err
        said = planner("assess", desk_file, "--profile", "five-dimensions", "--drop-answers", "--write")
        assert said.code == 0
        assert "planner: Culture takes the level of People\n" in said.err
        document = json.loads(planner("assess", desk_file, "--json").out)
        assert document["profile"] == "five-dimensions"
        assert {*document["processes"][0]["dimensions"]} == {"vision", "people", "process", "tools", "culture"}
        for words in (("show",), ("show", "--section", "assessment"), ("assess",)):
            assert "Culture" in planner(words[0], desk_file, *words[1:]).out
        back = planner("assess", desk_file, "--profile", "three-dimensions", "--write")
        assert (
            "planner: People & organisation takes the lowest level of Vision & steering, People, Culture\n" in back.err
        )


def test_the_stricter_level_of_a_core(planner: Planner, desk_file: Path) -> None:
    assert "Lowest of Incident management, Change management: level 1 -> 3" in flat(
        planner("assess", desk_file, "--core", "incident,change").out
    )
    said = planner("assess", desk_file, "--core", "incidnt")
    assert (said.code, said.err) == (2, "planner: unknown process 'incidnt' — did you mean 'incident'?\n")


def test_the_report(planner: Planner, desk_file: Path, answers: Path) -> None:
    planner("assess", desk_file, "--import", answers, "--write")
    lines = planner("assess", desk_file, "--report").out.splitlines()
    chapters = [line for line in lines if line[:1].isdigit()]
    assert chapters[0] == "1 Current state"
    assert [line for line in chapters if line[1] == " "] == [
        "1 Current state",
        "2 Gap and priorities",
        "3 Pains",
        "4 Recommendations",
        "5 Evidence",
    ]
    assert [line.split(",")[0] for line in chapters if line.startswith("4.")] == [
        "4.1 Near term", "4.2 Mid term", "4.3 Long term",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--report", "--pains"), "--report and --pains do not go together — give one of them"),
        (("--questionnaire", "-", "--json"), "--questionnaire and --json do not go together — give one of them"),
        (("--tick", "PN01", "--write", "--out", "x.toml"), "--write and --out do not go together — give one of them"),
        (("--write",), "there is nothing to save — say what to change"),
        (("--drop-answers",), "--drop-answers belongs to --profile — name the questionnaire"),
    ],
)
def test_options_that_do_not_go_together(planner: Planner, desk_file: Path, words: tuple[str, ...], fault: str) -> None:
    said = planner("assess", desk_file, *words)
    assert said.code == 2
    assert said.err.startswith(f"planner: {fault}")
