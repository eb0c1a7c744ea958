"""``planner explain`` with its questions, and ``planner repair``: what they suggest works when it is done."""

import json
import runpy
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from cli_said import Planner

from planner.assessment.dates import phase_of
from planner.model.project import Pin, Project
from planner.store.load import load
from planner.store.save import save

SAMPLES = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "infeasible.py"))


@pytest.fixture
def broken_file(tmp_path: Path) -> Path:
    """A plan with two pins that contradict each other."""
    path = tmp_path / "pins.toml"
    save(SAMPLES["sample"]("pins"), path)
    return path


def plan(path: Path) -> Project:
    return load(path).project


class TestExplain:
    def test_the_chain_and_the_slack(self, planner: Planner, planned_file: Path) -> None:
        out = planner("explain", planned_file, "incident@3").out
        document = json.loads(planner("explain", planned_file, "incident@3", "--json").out)
        assert document["chain"][-1]["message"].startswith("the project starts on 2027-01-04")
        assert document["slack"]["free"] <= document["slack"]["total"] <= document["slack"]["links"]
        flat = " ".join(out.split())
        assert "What that rests on, back to the start" in flat
        for step in document["chain"]:
            assert f"{step['start']} {step['item']}: {' '.join(step['message'].split())}" in flat
        assert f"{document['slack']['total']} working days without a later end" in flat
        assert "what_if" not in document
        assert "remedies" not in document

    def test_the_remedy_for_another_phase_works(self, planner: Planner, planned_file: Path) -> None:
        """What it says to write is written, and a new proposal has the item in that phase."""
        document = json.loads(planner("explain", planned_file, "incident@3", "--phase", "1", "--json").out)
        (remedy,) = document["what_if"]["remedies"]
        assert document["what_if"]["feasible"]
        assert remedy["edits"] == ['[[pins]] item = "incident@3": phase = "p1"']
        out = " ".join(planner("explain", planned_file, "incident@3", "--phase", "1").out.split())
        assert "What if: incident@3 in phase p1" in out
        assert f"1. {remedy['change']}: it starts on {remedy['start']}" in out
        assert "the roadmap would finish" in out
        count = len(plan(planned_file).phases)
        text = planned_file.read_text("utf-8")
        pin = '[[pins]]\nitem = "incident@3"\nphase = "p1"\n\n'
        planned_file.write_text(text.replace("[[phases]]", pin + "[[phases]]", 1), "utf-8")
        assert planner("propose", planned_file, "--phases", count, "--write").code == 0
        after = plan(planned_file)
        assert phase_of(after, after.roadmap, "incident@3") == "p1"
        effect = document["what_if"]["effect"]
        finish = max(place.finish for place in after.roadmap.packages.values())
        assert remedy["finish"] == finish.isoformat()
        assert {"item", "start", "new_start", "days", "phase", "new_phase"} == {*effect["moves"][0]}

    def test_an_impossible_day_is_told_with_what_breaks(self, planner: Planner, planned_file: Path) -> None:
        said = planner("explain", planned_file, "incident@3", "--by", "2027-02-01")
        assert said.code == 0
        assert "incident@3 cannot finish by 2027-02-01: even with unlimited staff" in " ".join(said.out.split())
        wrong = planner("explain", planned_file, "incident@3", "--by", "soon")
        assert wrong.code == 2
        assert "'soon' is no date" in wrong.err
        before = planner("explain", planned_file, "incident@3", "--by", "2027-01-03")
        assert (before.code, before.out) == (2, "")
        assert "nothing can finish by 2027-01-03: the project starts on 2027-01-04" in before.err

    def test_what_would_move_it(self, planner: Planner, planned_file: Path) -> None:
        document = json.loads(planner("explain", planned_file, "service-desk@2", "--remedies", "--json").out)
        found = document["remedies"]["found"]
        assert found
        assert [one["cost"] for one in found] == sorted(one["cost"] for one in found)
        assert all(one["days_earlier"] > 0 for one in found)
        assert all(one["edits"] for one in found)


class TestRepair:
    def test_the_list_and_the_first_suggestion(self, planner: Planner, broken_file: Path, tmp_path: Path) -> None:
        listed = planner("repair", broken_file)
        assert (listed.code, listed.err) == (3, "")
        assert "two pins contradict each other" in listed.out
        assert "What cannot hold together\n  - service-desk@2 is pinned to phase p2 (the tool comes late)" in listed.out
        document = json.loads(planner("repair", broken_file, "--json").out)
        assert (document["schema"], document["status"], document["proof"]) == (1, "infeasible", True)
        first = document["repairs"][0]
        assert f"1. {first['change']} (all done by {first['finish']}; cost {first['cost']:g})" in " ".join(
            listed.out.split()
        )
        before = broken_file.read_bytes()
        mended = tmp_path / "mended.toml"
        said = planner("repair", broken_file, "--apply", "1", "--out", mended)
        assert (said.code, said.err) == (0, "")
        assert broken_file.read_bytes() == before
        assert planner("verify", mended).code == 0
        assert planner("propose", mended).code == 0
        assert [pin["item"] for pin in tomllib.loads(mended.read_text("utf-8"))["pins"]] == ["service-desk@2"]

    def test_written_in_its_place(self, planner: Planner, broken_file: Path) -> None:
        assert planner("repair", broken_file, "--apply", "2", "--write").code == 0
        assert [pin.item for pin in plan(broken_file).pins] == ["incident@2"]

    @pytest.mark.parametrize(
        ("words", "line"),
        [
            (["--apply", "9"], "there is no repair 9 — "),
            (["--write"], "nothing is chosen to be saved — say which repair: --apply N"),
            (["--apply", "0"], "argument --apply: '0' does not fit"),
        ],
    )
    def test_what_cannot_be(self, words: list[str], line: str, planner: Planner, broken_file: Path) -> None:
        said = planner("repair", broken_file, *words)
        assert (said.code, said.out) == (2, "")
        assert line.removeprefix("argument ") in said.err

    def test_nothing_to_repair(self, planner: Planner, desk_file: Path) -> None:
        said = planner("repair", desk_file)
        assert (said.code, said.out) == (0, "The plan has a roadmap as it is: nothing is to be repaired.\n")
        assert json.loads(planner("repair", desk_file, "--json").out)["status"] == "feasible"

    def test_a_repair_that_is_a_deadline(self, planner: Planner, desk_file: Path) -> None:
        pinned = replace(plan(desk_file), pins=(Pin(item="incident@3", deadline=SAMPLES["date"](2027, 5, 3)),))
        save(pinned, desk_file, desk_file.read_text("utf-8"))
        document = json.loads(planner("repair", desk_file, "--json").out)
        assert [one["text"] for one in document["conflict_set"]] == ["incident@3 is to finish by 2027-05-03"]
        assert {"change", "edits", "cost", "finish", "start", "days_earlier"} == {*document["repairs"][0]}
        assert any(one["change"] == "incident to level 2 only" for one in document["repairs"])
