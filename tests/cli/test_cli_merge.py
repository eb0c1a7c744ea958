"""``planner merge``: what is told, what is written, and with which exit code."""

import json
from pathlib import Path

import pytest
from cli_said import Planner

from planner.cli.main import main
from planner.store.load import load


@pytest.fixture
def three(desk_file: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A plan and two copies of it."""
    text = desk_file.read_text()
    files = tmp_path / "base.toml", tmp_path / "ours.toml", tmp_path / "theirs.toml"
    for file in files:
        file.write_text(text)
    return files


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_the_merged_plan_is_the_answer_and_nothing_is_written(three: tuple[Path, Path, Path], planner: Planner) -> None:
    _base, ours, theirs = three
    change(ours, 'client = "Example Ltd"', 'client = "Ours Ltd"  # says Ada')
    change(theirs, "absorption = 3", "absorption = 5")
    before = ours.read_text()
    said = planner("merge", *three)
    assert said.code == 0
    assert said.out == before.replace("absorption = 3", "absorption = 5")
    assert f"planner: {ours}: 1 change came from theirs:" in " ".join(said.err.splitlines())
    assert "3 -> 5" in said.err
    assert "Nothing is saved yet" in said.err
    assert ours.read_text() == before


def test_write_saves_it_and_keeps_a_backup(three: tuple[Path, Path, Path], planner: Planner) -> None:
    _base, ours, theirs = three
    change(ours, 'client = "Example Ltd"', 'client = "Ours Ltd"')
    change(theirs, 'client = "Example Ltd"', 'client = "Theirs Ltd"')
    before = ours.read_text()
    said = planner("merge", *three, "--write")
    assert (said.code, said.err) == (1, "")
    assert "1 conflict; ours stands, and theirs is kept beside it:" in said.out
    assert "ours Ours Ltd, theirs Theirs Ltd" in said.out
    assert "[[conflicts]]" in ours.read_text()
    assert "Example Ltd" in planner("show", ours, "--section", "overview").out or planner("show", ours).code == 0
    kept = list((ours.parent / ".planner" / "ours.toml.backups").iterdir())
    assert [file.read_text() for file in kept] == [before]


def test_out_saves_a_new_file_only(three: tuple[Path, Path, Path], planner: Planner, tmp_path: Path) -> None:
    _base, _ours, theirs = three
    change(theirs, "absorption = 3", "absorption = 5")
    new = tmp_path / "new.toml"
    assert planner("merge", *three, "--out", new).code == 0
    assert "absorption = 5" in new.read_text()
    again = planner("merge", *three, "--out", new)
    assert (again.code, again.out) == (2, "")
    assert "exists already" in again.err


def test_json_names_changes_and_conflicts(three: tuple[Path, Path, Path], planner: Planner) -> None:
    _base, ours, theirs = three
    change(ours, 'client = "Example Ltd"', 'client = "Ours Ltd"')
    change(theirs, 'client = "Example Ltd"', 'client = "Theirs Ltd"')
    change(theirs, "absorption = 3", "absorption = 5")
    said = planner("merge", *three, "--json")
    document = json.loads(said.out)
    assert said.code == 1
    assert [(one["table"], one["field"], one["was"], one["now"]) for one in document["changes"]] == [
        ("limits", "absorption", 3, 5)
    ]
    (conflict,) = document["conflicts"]
    assert (conflict["table"], conflict["field"], conflict["theirs"]) == ("engagement", "client", '"Theirs Ltd"')
    assert "absorption = 5" in document["plan"]
    assert "plan" not in json.loads(planner("merge", *three, "--json", "--write").out)


def test_what_is_no_plan_is_told_line_by_line_and_ours_stays(three: tuple[Path, Path, Path], planner: Planner) -> None:
    base, ours, theirs = three
    change(theirs, "absorption = 3", "absorption = many")
    change(base, "schema = 2", "schema = 99")
    before = ours.read_text()
    said = planner("merge", *three, "--write")
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"planner: {base}:1: ")
    assert lines[1].startswith(f"planner: {theirs}:")
    assert ours.read_text() == before
    assert not (ours.parent / ".planner").exists()


def test_git_names_the_plan_and_keeps_no_backup(three: tuple[Path, Path, Path], planner: Planner) -> None:
    _base, ours, theirs = three
    change(theirs, "absorption = 3", "absorption = many")
    said = planner("merge", "--write", "--name=plans/desk.toml", *three)
    assert said.code == 2
    assert said.err.startswith("planner: plans/desk.toml (theirs):")
    change(theirs, "absorption = many", "absorption = 9")
    said = planner("merge", "--write", "--name=plans/desk.toml", *three)
    assert said.out.startswith("plans/desk.toml: 1 change came from theirs:")
    assert "absorption = 9" in ours.read_text()
    assert not (ours.parent / ".planner").exists()


def test_an_empty_base_is_no_common_plan(three: tuple[Path, Path, Path], planner: Planner) -> None:
    base, ours, theirs = three
    base.write_text("")
    change(theirs, "absorption = 3", "absorption = 5")
    said = planner("merge", *three, "--write")
    assert said.code == 1
    assert "ours 3, theirs 5" in said.out
    assert 'field = "absorption"' in ours.read_text()


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("a.toml", "b.toml"), "three plan files are needed"),
        (("a.toml", "b.toml", "c.toml", "--write", "--out", "d.toml"), "--write and --out do not go together"),
        (("a.toml", "b.toml", "c.toml"), "there is no such file"),
        (("a.toml", "b.toml", "c.toml", "--review", "r.toml"), "--review folds reviews into one plan"),
    ],
)
def test_wrong_usage_is_said(
    words: tuple[str, ...], wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planner: Planner
) -> None:
    monkeypatch.chdir(tmp_path)
    said = planner("merge", *words)
    assert (said.code, said.out) == (2, "")
    assert wrong in said.err


def test_dates_found_for_another_plan_are_stale_until_a_new_proposal(
    planned_file: Path, tmp_path: Path, planner: Planner
) -> None:
    ours, theirs, new = tmp_path / "ours.toml", tmp_path / "theirs.toml", tmp_path / "new.toml"
    text = planned_file.read_text()
    item = load(planned_file).project.packages[-1].id
    ours.write_text(f'{text}\n[[pins]]\nitem = "{item}"\nnot_before = 2027-02-01\n')
    theirs.write_text(text)
    change(theirs, "absorption = 3", "absorption = 2")
    said = planner("merge", planned_file, ours, theirs, "--out", new)
    assert (said.code, said.err) == (0, "")
    assert "The dates of the roadmap were found for another plan" in " ".join(said.out.split())
    assert planner("verify", new).err == (
        "planner: a merge has changed what the roadmap was found for — propose again\n"
    )
    assert "S08" in planner("check", new).out
    assert "stale" in planner("show", new, "--section", "roadmap").out
    assert planner("propose", new, "--write").code == 0
    assert 'status = "stale"' not in new.read_text()
    assert planner("verify", new).err == ""


def test_it_speaks_chinese(three: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", *map(str, three), "--lang", "zh"]) == 0
    assert capsys.readouterr().out == three[1].read_text()
