"""``planner diff``: planning terms first, then every field; baselines; git's way, also with broken versions."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cli_said import Planner
from test_cli_imports import HEAVY, IMPORTED
from test_cli_show import EN, GOLDEN, plan

from planner.edit.review import take_baseline
from planner.model.project import Conflict, Project
from planner.model.values import Duration, Effort, Fixed
from planner.store.load import load
from planner.store.save import save

DAY = date(2027, 1, 4)


def agreed() -> Project:
    return take_baseline(plan(EN), "Agreed", DAY)


def later() -> Project:
    """The plan after a month: a package takes more, a level is aimed higher, a dependency is gone, a gate moved."""
    before = agreed()
    first = before.packages[0]
    role = next(iter(first.effort))
    had = first.effort[role]
    dearer = replace(
        first, days=Duration(8, 12, 15), effort=Fixed({role: Effort(had.low, had.likely + 4, had.high + 8)})
    )
    process = before.processes[1]
    aimed = replace(process, target=Fixed({**process.target, "people": process.target["people"] + 1}))
    assert before.roadmap is not None
    ident, place = list(before.roadmap.packages.items())[-1]
    moved = replace(place, finish=date(2028, 3, 1))
    return replace(
        before,
        processes=(before.processes[0], aimed, *before.processes[2:]),
        packages=(dearer, *before.packages[1:]),
        dependencies=before.dependencies[1:],
        phases=tuple(reversed(before.phases)),
        roadmap=replace(before.roadmap, packages=Fixed({**before.roadmap.packages, ident: moved})),
    )


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two versions of one plan, in the current folder."""
    monkeypatch.chdir(tmp_path)
    old, new = Path("old.toml"), Path("new.toml")
    save(agreed(), old)
    save(later(), new)
    return old, new


def golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_two_plans_letter_by_letter(planner: Planner, two: tuple[Path, Path]) -> None:
    said = planner("diff", *two)
    assert (said.code, said.err) == (1, "")
    golden("diff.txt", said.out)
    said = planner("diff", *two, "--json")
    assert said.code == 1
    golden("diff.json", said.out)
    data = json.loads(said.out)
    assert [*data] == ["schema", "old", "new", "changes", "differences"]
    assert {tuple(one) for one in data["changes"]} == {("kind", "item", "was", "now", "words")}
    assert {tuple(one) for one in data["differences"]} == {("table", "item", "field", "was", "now", "words")}


def test_nothing_differs(planner: Planner, two: tuple[Path, Path]) -> None:
    old, _new = two
    said = planner("diff", old, old)
    assert said.code == 0
    assert "Nothing has changed in the plan." in said.out
    other = Path("commented.toml")
    other.write_text("# a remark\n" + old.read_text("utf-8"), "utf-8")
    said = planner("diff", old, other)
    assert (said.code, "only the text of the files differs" in said.out) == (0, True)
    assert json.loads(planner("diff", old, old, "--json").out)["differences"] == []


def test_a_plan_with_its_baselines(planner: Planner, two: tuple[Path, Path]) -> None:
    _old, new = two
    said = planner("diff", new, "--baseline")
    assert said.code == 1
    assert said.out.startswith("Agreed of 2027-01-04 -> new.toml\n")
    assert "effort +4 person-days because" in said.out
    assert "Field by field" not in said.out
    assert planner("diff", new, "--baseline", "Agreed").out == said.out
    assert planner("diff", new, "--baseline", "agreed").out == said.out
    assert json.loads(planner("diff", new, "--baseline", "--json").out)["differences"] is None

    save(take_baseline(load(new).project, "Second", date(2027, 2, 1)), new, new.read_text("utf-8"))
    said = planner("diff", new, "--baseline", "Agreed", "--baseline", "Second")
    assert said.code == 1
    assert said.out.startswith("Agreed of 2027-01-04 -> Second of 2027-02-01\n")
    assert planner("diff", new, "--baseline", "Second").code == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "two plan files are needed"),
        (("old.toml",), "two plan files are needed"),
        (("old.toml", "gone.toml"), "there is no such file"),
        (("old.toml", "--baseline", "Agred"), "there is no baseline 'Agred'"),
        (("old.toml", "new.toml", "--baseline"), "compares one plan with its baselines"),
        (("old.toml", "new.toml", "new.toml"), "two plan files are needed"),
        (("--git", "old.toml", "new.toml"), "--git is for git"),
    ],
)
def test_what_cannot_be_compared_is_told(
    words: tuple[str, ...], reason: str, planner: Planner, two: tuple[Path, Path]
) -> None:
    said = planner("diff", *words)
    assert (said.code, said.out) == (2, "")
    assert reason in said.err
    assert "Agreed" in said.err or "Agred" not in said.err


def test_a_plan_without_a_baseline_says_how_to_take_one(planner: Planner, two: tuple[Path, Path]) -> None:
    save(plan(EN), Path("bare.toml"))
    said = planner("diff", "bare.toml", "--baseline")
    assert (said.code, "take one in the interface: R, then n" in said.err) == (2, True)


HASH, MODE = "0123456789abcdef0123456789abcdef01234567", "100644"


def test_git_shows_a_change(planner: Planner, two: tuple[Path, Path]) -> None:
    old, new = two
    said = planner("diff", "--git", "plans/bank.toml", old, HASH, MODE, new, HASH, MODE)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("plan plans/bank.toml\n")
    assert planner("diff", old, new).out.split("\n\n", 1)[1] == said.out.split("\n\n", 1)[1]
    added = planner("diff", "--git", "bank.toml", "/dev/null", ".", ".", new, HASH, MODE)
    assert (added.code, "a new plan: Example rollout, " in added.out) == (0, True)
    gone = planner("diff", "--git", "bank.toml", old, HASH, MODE, "/dev/null", ".", ".")
    assert "removed: Example rollout, " in gone.out
    renamed = planner("diff", "--git", "a.toml", old, HASH, MODE, new, HASH, MODE, "b.toml", "similarity index 95%")
    assert renamed.out.startswith("plan b.toml\n")
    unmerged = planner("diff", "--git", "a.toml")
    assert (unmerged.code, "its merge is not finished" in unmerged.out) == (0, True)


def test_git_shows_lines_where_a_version_is_broken(planner: Planner, two: tuple[Path, Path]) -> None:
    old, new = two
    broken = Path("broken.toml")
    broken.write_text(old.read_text("utf-8").replace("schema = 2", "schema = 2\nwrong \x1b[2J= ["), "utf-8")
    for words, which in (((broken, HASH, MODE, new), "old"), ((new, HASH, MODE, broken), "new")):
        said = planner("diff", "--git", "a.toml", *words, HASH, MODE)
        assert (said.code, said.err) == (0, "")
        assert f"the {which} version is no plan that can be read (line 2: " in said.out
        assert ("-" if which == "old" else "+") + "wrong " in said.out
        assert "\x1b" not in said.out
    broken.write_bytes(b"\xff\xfe not text")
    said = planner("diff", "--git", "a.toml", old, HASH, MODE, broken, HASH, MODE)
    assert (said.code, "not text in UTF-8" in said.out) == (0, True)
    broken.write_text("x\n" * 30_000, "utf-8")
    said = planner("diff", "--git", "a.toml", old, HASH, MODE, broken, HASH, MODE)
    assert (said.code, "too long to compare line by line" in said.out) == (0, True)
    commented = Path("commented.toml")
    commented.write_text("# a remark\n" + old.read_text("utf-8"), "utf-8")
    said = planner("diff", "--git", "a.toml", old, HASH, MODE, commented, HASH, MODE)
    assert "only the text of the files differs" in said.out
    assert "\n+# a remark\n" in said.out


def test_hostile_names_reach_no_terminal(planner: Planner, two: tuple[Path, Path]) -> None:
    old, new = two
    text = new.read_text("utf-8").replace('name = "Example rollout"', 'name = "\\u001b]0;owned\\u0007\\u202e[red]"', 1)
    new.write_text(text, "utf-8")
    for words in ((old, new), (old, new, "--json"), ("--git", "a\x1b[2J.toml", old, HASH, MODE, new, HASH, MODE)):
        said = planner("diff", *words)
        assert not {"\x1b", "\x07", "\u202e"} & set(said.out + said.err)
        assert "[red]" in said.out


def test_it_imports_nothing_heavy(two: tuple[Path, Path]) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, "diff", *map(str, two)], capture_output=True, text=True, check=True
    )
    code, modules = json.loads(done.stderr)
    assert code == 1
    assert set(HEAVY) & set(modules) == set()


def test_open_conflicts_of_a_merge_are_listed(planner: Planner, two: tuple[Path, Path]) -> None:
    old, _new = two
    before = agreed()
    first, link = before.packages[0], before.dependencies[0]
    conflicts = (
        Conflict(id="m1", table="packages", item=first.id, field="days", ours="[4, 5, 6]", theirs="[8, 9, 10]"),
        Conflict(id="m2", table="dependencies", item=" ".join(link.key), base="{}", ours="{}"),
    )
    save(replace(before, conflicts=conflicts), old, overwrite=True)
    shown = planner("show", old)
    assert shown.code == 0
    text = " ".join(shown.out.split())
    assert "Service desk 2: people: length: ours 5 (4 to 6) working days, theirs 9 (8 to 10) working days" in text
    assert "Incident management 3 needs Problem management 2: ours kept, as it was, theirs taken out" in text
    found = json.loads(planner("check", old, "--json").out)["findings"]
    assert [one["items"] for one in found if one["id"] == "D11"] == [[first.id], ["incident@3"]]
    assert {one["severity"] for one in found if one["id"] == "D11"} == {"error"}
    assert planner("check", old).code == 1
    assert "ours 5 (4 to 6)" not in planner("show", two[1]).out
