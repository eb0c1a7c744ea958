"""``planner progress``, ``planner replan`` and ``planner scenarios``: what they print, save and refuse.

The expected texts are in ``golden/``; ``UPDATE_GOLDEN=1`` writes them anew, and the diff is then read by a person.
"""

import json
import os
from pathlib import Path

import pytest
from cli_said import Planner

GOLDEN = Path(__file__).parent / "golden"

PLAN = """\
schema = 2

[engagement]
name = "Three processes"
start = 2027-01-04
strategy = "service-desk-first"

[limits]
absorption = 2

[[roles]]
id = "lead"
name = "Lead"
fte = 1

[[processes]]
id = "incident"
name = "Incident management"
baseline = { people = 2, process = 1, tech = 2 }
target = { people = 2, process = 2, tech = 2 }

[[processes]]
id = "problem"
name = "Problem management"
baseline = { people = 2, process = 1, tech = 2 }
target = { people = 2, process = 2, tech = 2 }

[[phases]]
id = "p1"
name = "Begin"

[[phases]]
id = "p2"
name = "Go on"

[[packages]]
id = "flow"
name = "Sketch the flow"
capability = "incident@2"
workstream = "process"
days = [5, 5, 5]
effort = { lead = [3, 3, 3] }

[[packages]]
id = "causes"
name = "Look for causes"
capability = "problem@2"
workstream = "process"
days = [5, 5, 5]
effort = { lead = [3, 3, 3] }

[[packages]]
id = "party"
name = "Celebrate"
workstream = "people"
days = [1, 1, 1]

[[dependencies]]
item = "problem@2"
needs = "incident@2"
reason = "Causes are found in records."

[[dependencies]]
item = "party"
needs = "problem@2"

[[scenarios]]
id = "later"
name = "A week later"
note = "If the contract is signed late."
start = 2027-01-11

[[scenarios]]
id = "promise"
name = "Done in a week"
deadlines = { "problem@2" = 2027-01-08 }

[roadmap]
strategy = "service-desk-first"

[roadmap.packages]
flow = { phase = "p1", start = 2027-01-04, finish = 2027-01-08 }
causes = { phase = "p1", start = 2027-01-11, finish = 2027-01-15 }
party = { phase = "p2", start = 2027-01-18, finish = 2027-01-18 }
"""


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small plan with a roadmap, in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = Path("three.toml")
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def late(three: Path, planner: Planner) -> Path:
    """The same, where the first work package has three days left after its last one as planned."""
    assert planner("progress", three, "flow", "--begin", "2027-01-04", "--as-of", "2027-01-08", "--write").code == 0
    assert planner("progress", three, "flow", "--remaining", "3", "--write").code == 0
    return three


def same_as_golden(name: str, text: str) -> None:
    golden = GOLDEN / f"{name}.txt"
    if "UPDATE_GOLDEN" in os.environ:
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_progress_is_told_and_saved_when_asked(three: Path, planner: Planner) -> None:
    assert planner("progress", three).out == "Nothing has begun yet, as far as the plan knows.\n"
    said = planner("progress", three, "flow", "--begin", "2027-01-05", "--as-of", "2027-01-08")
    same_as_golden("progress", said.out)
    assert three.read_text("utf-8") == PLAN
    said = planner("progress", three, "flow", "--begin", "2027-01-05", "--as-of", "2027-01-08", "--write")
    assert (said.code, said.err) == (0, "planner: The plan is saved in three.toml.\n")
    saved = three.read_text("utf-8")
    assert "as_of = 2027-01-08\n" in saved
    assert '[[progress]]\npackage = "flow"\nstart = 2027-01-05\n' in saved
    said = planner("progress", three, "flow", "--finish", "2027-01-08", "--out", "done.toml", "--json")
    assert json.loads(said.out) == {
        "schema": 1,
        "as_of": "2027-01-08",
        "progress": [
            {
                "package": "flow",
                "start": "2027-01-05",
                "finish": "2027-01-08",
                "remaining": None,
                "planned_finish": "2027-01-08",
            }
        ],
    }
    assert "finish = 2027-01-08\n" in Path("done.toml").read_text("utf-8")
    assert three.read_text("utf-8") == saved
    assert planner("progress", three, "flow", "--forget", "--write").code == 0
    assert "[[progress]]" not in three.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["--begin", "2027-01-05"], "a work package is missing — name the one that was begun or finished"),
        (["flow"], "nothing is said of flow — add --begin, --finish or such"),
        (
            ["flow", "--begin", "2027-01-05"],
            "progress is told, but not as of which day - say the day up to which progress",
        ),
        (["flwo", "--begin", "2027-01-05", "--as-of", "2027-01-08"], "there is no work package 'flwo' - did you mean"),
        (["flow", "--finish", "2027-01-08"], "flow has not begun - say first on which day it was begun"),
        (["flow", "--finish", "2027-01-08", "--remaining", "2"], "--finish, --remaining and --forget do not go"),
        (["flow", "--forget", "--begin", "2027-01-08"], "--finish, --remaining and --forget do not go together"),
        (["flow", "--begin", "2027-01-04", "--write", "--out", "x.toml"], "--write and --out do not go together"),
        (["flow", "--remaining", "0"], "--remaining: '0' does not fit — give a whole number from 1"),
    ],
)
def test_what_progress_refuses(three: Path, planner: Planner, words: list[str], wrong: str) -> None:
    said = planner("progress", three, *words)
    assert (said.code, said.out) == (2, "")
    assert wrong in said.err
    assert three.read_text("utf-8") == PLAN


def test_replan_lists_every_move(late: Path, planner: Planner) -> None:
    said = planner("replan", late)
    assert (said.code, said.err) == (0, "")
    same_as_golden("replan", said.out)
    data = json.loads(planner("replan", late, "--json").out)
    assert (data["as_of"], data["moved"], data["violations"]) == ("2027-01-08", 0.6, [])
    assert [(fact["item"], fact["late"]) for fact in data["facts"]] == [("flow", 3)]
    assert [(move["item"], move["days"], move["cause"], move["needs"]) for move in data["moves"]] == [
        ("causes", 3, "flow", ["party"]),
        ("party", 3, "flow", []),
    ]
    assert data["moves"][0]["was"] == {"phase": "p1", "start": "2027-01-11", "finish": "2027-01-15"}
    assert data["moves"][0]["now"] == {"phase": "p1", "start": "2027-01-14", "finish": "2027-01-20"}


def test_moves_are_taken_over_and_saved(late: Path, planner: Planner) -> None:
    before = late.read_text("utf-8")
    said = planner("replan", late, "--accept", "problem@2", "--out", "part.toml")
    assert said.code == 1
    assert "With these moves 2 constraints are broken:\n- party starts on 2027-01-18" in said.out
    assert "nothing is broken with these moves as well: party - name them in --accept, too" in said.err
    assert planner("replan", late, "--accept", "problem@2,party").code == 0
    assert planner("verify", "part.toml").code == 1
    assert late.read_text("utf-8") == before
    assert planner("replan", late, "--accept", "none").code == 1
    said = planner("replan", late, "--write")
    assert (said.code, said.err) == (0, "planner: The plan is saved in three.toml.\n")
    assert 'flow = { phase = "p1", start = 2027-01-04, finish = 2027-01-13 }' in late.read_text("utf-8")
    assert planner("verify", late).code == 0
    assert planner("replan", late).out == "Nothing has to move.\n"


def test_replan_as_of_a_day(three: Path, planner: Planner) -> None:
    """What should have begun by then has not."""
    said = planner("replan", three, "--as-of", "2027-01-06", "--write")
    assert said.code == 0
    assert "Because flow has not begun in time" in said.out
    assert "as_of = 2027-01-06" in three.read_text("utf-8")
    assert planner("verify", three).code == 0


def test_what_replan_refuses(late: Path, planner: Planner) -> None:
    said = planner("replan", late, "--accept", "flow")
    assert said.code == 2
    assert "there is no move of 'flow'" in said.err
    for words in ("", " , "):
        said = planner("replan", late, "--accept", words)
        assert (said.code, said.out) == (2, "")
        assert "--accept names nothing" in said.err
    late.write_text(late.read_text("utf-8") + '\n[[pins]]\nitem = "party"\ndeadline = 2027-01-19\n', "utf-8")
    said = planner("replan", late)
    assert (said.code, said.out) == (3, "")
    assert "party" in said.err
    data = json.loads(planner("replan", late, "--json").out)
    assert (data["status"], data["conflicts"][0]["rule"]) == ("infeasible", "deadline")
    late.write_text(PLAN.partition("[roadmap]")[0], "utf-8")
    said = planner("replan", late)
    assert (said.code, said.err) == (
        2,
        "planner: three.toml has no roadmap yet — make one: planner propose three.toml --write\n",
    )


def test_scenarios_side_by_side(three: Path, planner: Planner) -> None:
    said = planner("scenarios", three)
    assert (said.code, said.err) == (0, "")
    same_as_golden("scenarios", said.out)
    base, later, promise = json.loads(planner("scenarios", three, "--json").out)["scenarios"]
    assert (base["id"], base["feasible"], base["moved"]) == (None, True, [])
    assert (later["id"], later["feasible"], later["strategy"]) == ("later", True, "service-desk-first")
    assert {shift["item"]: shift["days"] for shift in later["moved"]} == {"incident@2": 7, "problem@2": 7}
    assert later["metrics"]["working_days"] == base["metrics"]["working_days"]
    assert (promise["feasible"], promise["metrics"], promise["finish"]) == (False, None, None)
    assert "problem@2 cannot finish by 2027-01-08" in promise["conflicts"][0]


def test_a_plan_without_scenarios_says_so(three: Path, planner: Planner) -> None:
    before, _scenarios, after = PLAN.partition("[[scenarios]]")
    three.write_text(before + "[roadmap]" + after.partition("[roadmap]")[2], "utf-8")
    said = planner("scenarios", three)
    assert (said.code, said.err) == (0, "planner: the plan has no scenarios — write them as [[scenarios]]\n")
    three.write_text(PLAN.replace('name = "A week later"', 'name = "A week later"\nstrategy = "desk"'), "utf-8")
    said = planner("scenarios", three)
    assert said.code == 2
    assert "there is no strategy 'desk'" in said.err
