"""planner templates lists, shows and checks knowledge; --templates adds a consultant's own to every command."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest
from added_templates import made
from cli_said import Planner

from planner.catalog import folders
from planner.catalog.places import FOLDERS, TABLES
from planner.cli import knowledge
from planner.model.knowledge import Catalogue
from planner.model.values import Words
from planner.store.load import load


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A consultant's own templates; afterwards only the planner's are in use again."""
    monkeypatch.setattr(folders, "_added", ())
    return made(tmp_path / "mine")


def put(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


class TestShow:
    def test_every_kind_is_listed(self, planner: Planner, catalogue: Catalogue) -> None:
        out = planner("templates").out
        for part in ("engagements", "strategies", "standards", "tracks", "profiles"):
            for noun in getattr(catalogue, part):
                assert f"\n  {noun.id} " in out
        assert "\n  Processes " in out
        assert f"  {len(catalogue.checks)}\n" in out

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_every_noun_can_be_shown_with_its_source(
        self, planner: Planner, catalogue: Catalogue, language: str
    ) -> None:
        """One of each kind; two that share an id are both shown."""
        for part in knowledge.KINDS:
            noun = getattr(catalogue, part)[-1]
            if hasattr(noun, "id"):
                said = planner("--lang", language, "templates", noun.id)
                assert (said.code, said.err) == (0, "")
                assert f"({noun.id})" in said.out
                words = getattr(noun, "name", None) or noun.title
                assert "".join(words.in_(language).split())[:8] in "".join(said.out.split())
                assert "".join(noun.source.split()) in "".join(said.out.split()), noun.id

    def test_a_kind_is_listed(self, planner: Planner, catalogue: Catalogue) -> None:
        out = planner("templates", "pains").out
        assert out.count("\n  PN") == len(catalogue.pains)

    def test_ids_of_two_kinds_show_both(self, planner: Planner) -> None:
        out = planner("templates", "new-platform").out
        assert "Modifier: First process on a new platform" in out
        assert "Programme work: Set-up of the new platform" in out

    def test_a_standard_in_full(self, planner: Planner, catalogue: Catalogue) -> None:
        standard = next(standard for standard in catalogue.standards if standard.id == "iso-20000-1-2018")
        out = planner("templates", standard.id).out
        for clause in standard.clauses:
            assert f"({clause.id})" in out
        assert "Months of operation  3" in out
        assert "Internal audit of all clauses" in out

    def test_a_strategy_says_what_it_exceeds_and_why(self, planner: Planner) -> None:
        out = " ".join(planner("templates", "compliance-first").out.split())
        assert "Processes in change at once 6" in out
        assert "Why so many The standard asks for all its clauses at one audit" in out
        assert "Source seed S001, public: BITL, phases judgement" in out

    def test_a_strategy_led_by_pains(self, planner: Planner) -> None:
        assert "what cures the pains of the plan, the heaviest first" in planner("templates", "pain-driven").out

    def test_a_template_in_full(self, planner: Planner) -> None:
        out = " ".join(planner("templates", "iso-provider").out.split())
        assert "Managing director" in out
        assert "Findings accepted CHK02 The standard asks for all its clauses" in out
        assert "iso-20000-1-2018" in out

    def test_nothing_lacks_a_label(self) -> None:
        for part in (*TABLES, *FOLDERS):
            assert part in knowledge.KINDS
        left = [noun for noun, _place in (*TABLES.values(), *FOLDERS.values())]
        while left:
            noun = left.pop()
            for field in fields(noun):
                if issubclass(noun, Words) and field.name in ("en", "zh"):
                    continue
                assert field.name in knowledge.LABELS, f"{noun.__name__}.{field.name}"
                inner = (field.type, *get_args(field.type))
                left += [kind for kind in inner if isinstance(kind, type) and is_dataclass(kind) and kind is not Words]


class TestCheck:
    def test_what_is_fine_is_counted(self, planner: Planner, mine: Path) -> None:
        said = planner("templates", "check", mine)
        assert said == (
            0,
            f"{mine}: nothing is wrong. It holds: Template 1, Strategy 1, Standard 1, Track 1, Process 1, "
            "Dependency 1, Work packages 8\n",
            "",
        )

    def test_the_planner_s_own_can_be_checked(self, planner: Planner) -> None:
        said = planner("templates", "check", folders.templates_folder())
        assert (said.code, said.err) == (0, "")
        assert "Processes 27" in said.out

    def test_everything_wrong_is_told_at_once_with_its_line(self, planner: Planner, mine: Path) -> None:
        put(mine, "standards/guild-7.toml", '"incident@2"', '"incidnt@2"')
        put(mine, "people/tracks/guild-ladle.toml", "valid_years = 2", "valid_years = 0")
        put(mine, "engagements/inn.toml", 'strategy = "guests-first"', 'strategy = "guest-first"')
        put(mine, "catalogue/dependencies.toml", 'source = "judgement"', "sauce = 1")
        said = planner("templates", "check", mine)
        assert (said.code, said.out) == (2, "")
        lines = {line.removeprefix(f"planner: {mine}/") for line in said.err.splitlines()}
        assert lines == {
            "catalogue/dependencies.toml:2: sauce is an unknown key — use one of: dependencies",
            'catalogue/dependencies.toml:4: dependencies "catering@2": source is missing — add it',
            "people/tracks/guild-ladle.toml:6: valid_years must be 1 to 100, not 0 — choose one from 1 to 100",
            "standards/guild-7.toml:17: clauses \"2\": unknown process 'incidnt' — did you mean 'incident'?",
            "engagements/inn.toml:8: unknown strategy 'guest-first' — did you mean 'guests-first'?",
        }

    def test_what_is_no_toml_is_told_as_in_a_plan_file(self, planner: Planner, mine: Path) -> None:
        put(mine, "strategies/guests-first.toml", "phase_weeks = 20", "phase_weeks = yes")
        said = planner("templates", "check", mine)
        line = f"planner: {mine}/strategies/guests-first.toml:8: yes is not a value — write true or false\n"
        assert (said.code, said.err) == (2, line)

    def test_a_check_that_the_planner_cannot_carry_out(self, planner: Planner, mine: Path) -> None:
        (mine / "checks").mkdir()
        (mine / "checks" / "checks.toml").write_text(
            'source = "judgement"\n\n[[checks]]\nid = "MINE1"\ntitle = { en = "Salt", zh = "盐" }\n'
            'severity = "error"\nadvice = { en = "add salt", zh = "加盐" }\norigin = "cook"\n',
            "utf-8",
        )
        said = planner("templates", "check", mine)
        assert said.code == 2
        assert "checks.toml:4: checks 'MINE1': the planner has no function that looks for this" in said.err

    def test_an_engagement_from_which_no_plan_can_start(self, planner: Planner, mine: Path, tmp_path: Path) -> None:
        """The standard asks for three months of operation, and the template leaves two for all of it."""
        put(mine, "engagements/inn.toml", '"guild-7", months = 20', '"iso-20000-1-2018", months = 2')
        said = planner("templates", "check", mine)
        assert (said.code, said.out) == (2, "")
        (line,) = said.err.splitlines()
        at = f"planner: {mine}/engagements/inn.toml:1: no plan can start from this template: "
        reason = line.removeprefix(at)
        assert reason.startswith("iso-20000-1-2018: the audit on 2027-03-04 is before 3 months of operation")
        plan = tmp_path / "inn.toml"
        said = planner("new", plan, "--template", "inn", "--start", "2027-01-04", "--templates", mine)
        assert (said.code, said.out) == (2, "")
        assert said.err == f"planner: {reason}\n"
        assert not plan.exists()

    def test_an_estimate_out_of_order_is_a_fault_of_its_file(
        self, planner: Planner, mine: Path, tmp_path: Path
    ) -> None:
        put(mine, "standards/guild-7.toml", "effort = [1, 2, 3]", "effort = [3, 2, 1]")
        fault = (
            f"planner: {mine}/standards/guild-7.toml:30: "
            'stages "tasting": the estimate 3, 2, 1 is not in the order low, likely, high — sort the three numbers\n'
        )
        assert planner("templates", "check", mine) == (2, "", fault)
        new = planner("new", tmp_path / "inn.toml", "--template", "inn", "--templates", mine)
        assert new == (2, "", fault)

    def test_a_folder_that_is_none_or_empty(self, planner: Planner, tmp_path: Path) -> None:
        assert "there is no folder of templates" in planner("templates", "check", tmp_path / "none").err
        (tmp_path / "empty").mkdir()
        said = planner("templates", "check", tmp_path / "empty")
        assert said.code == 2
        assert "holds no templates" in said.err
        assert "the folder is missing" in planner("templates", "check").err

    def test_only_check_takes_a_folder(self, planner: Planner, mine: Path) -> None:
        assert "is one argument too many" in planner("templates", "desk-first", mine).err


class TestAdded:
    def test_a_plan_from_start_to_verdict(self, planner: Planner, mine: Path, tmp_path: Path) -> None:
        plan = tmp_path / "inn.toml"
        own = ("--templates", mine)
        assert planner("new", plan, "--template", "inn", "--start", "2027-01-04", *own).code == 0
        assert planner("propose", plan, "--write", *own).code == 0
        assert planner("verify", plan, *own).code == 0
        assert "Catering" in planner("--templates", mine, "show", plan).out
        assert load(plan).project.roadmap is not None

    def test_without_them_the_process_is_unknown(self, planner: Planner, mine: Path, tmp_path: Path) -> None:
        plan = tmp_path / "inn.toml"
        planner("new", plan, "--template", "inn", "--start", "2027-01-04", "--templates", mine)
        said = planner("show", plan)
        assert said.code == 2
        assert "unknown process 'catering'" in said.err
        assert "(a process of your own templates needs --templates DIR)\n" in said.err

    def test_the_environment_names_them_too(
        self, planner: Planner, mine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "guild-7" not in planner("templates").out
        monkeypatch.setenv("PLANNER_TEMPLATES", str(mine))
        assert "guild-7" in planner("templates").out

    def test_faults_stop_every_command_with_their_lines(self, planner: Planner, mine: Path, tmp_path: Path) -> None:
        put(mine, "standards/guild-7.toml", '"incident@2"', '"incidnt@2"')
        said = planner("new", tmp_path / "a.toml", "--template", "desk-first", "--templates", mine)
        assert said.code == 2
        assert "guild-7.toml:17: " in said.err
        assert not (tmp_path / "a.toml").exists()

    def test_a_folder_that_is_not_there(self, planner: Planner, tmp_path: Path) -> None:
        said = planner("templates", "--templates", tmp_path / "none")
        assert said == (2, "", f"planner: there is no folder of templates {tmp_path / 'none'} — check the path\n")


class TestProposeByStrategy:
    def test_more_change_than_the_plan_bears_is_said(self, planner: Planner, desk_file: Path) -> None:
        said = planner("propose", desk_file, "--strategy", "compliance-first")
        assert "Change at once  up to 6 processes; the plan's limit is 3" in said.out
        assert said.err.startswith(
            "planner: Compliance first lets 6 processes change at once, where the plan allows 3: The standard asks"
        )
        data = json.loads(planner("propose", desk_file, "--strategy", "compliance-first", "--json").out)
        assert data["absorption"]["plan"] == 3
        assert data["absorption"]["used"] == 6
        assert data["absorption"]["reason"].startswith("The standard asks for all its clauses")

    def test_otherwise_nothing_is_said(self, planner: Planner, desk_file: Path) -> None:
        said = planner("propose", desk_file)
        assert "Change at once" not in said.out
        assert "change at once" not in said.err
        data = json.loads(planner("propose", desk_file, "--json").out)
        assert data["absorption"] == {"plan": 3, "used": 3, "reason": ""}

    def test_it_is_kept_in_the_file_and_judged_by(self, planner: Planner, desk_file: Path) -> None:
        planner("propose", desk_file, "--strategy", "compliance-first", "--write")
        roadmap = load(desk_file).project.roadmap
        assert roadmap is not None
        assert roadmap.absorption == 6
        assert planner("verify", desk_file).code == 0

    def test_no_pains_is_wrong_usage_with_advice(self, planner: Planner, tmp_path: Path) -> None:
        plan = tmp_path / "plan.toml"
        planner("new", plan, "--template", "integrator-to-provider", "--start", "2027-01-04")
        text = plan.read_text("utf-8")
        begin, end = text.index("[[pains]]"), text.index("[[processes]]")
        plan.write_text(text[:begin] + text[end:], "utf-8")
        said = planner("propose", plan, "--strategy", "pain-driven")
        line = "strategy pain-driven follows the client's pains, and the plan names none"
        assert said == (2, "", f"planner: {line} — tick the pains first, or choose another strategy\n")
