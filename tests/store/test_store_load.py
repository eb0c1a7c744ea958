"""Opening plan files: good ones, files that are no plan at all, and what opening may import."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_layouts import laid_out, planned

from planner.model.project import Need, Project
from planner.store.load import LARGEST, Fault, PlanUnreadable, load, parse
from planner.store.save import dumps, save

SMALL = 'schema = 2\n\n[engagement]\nname = "Desk first"\nstart = 2027-01-04\n'


def faults(path: Path) -> list[str]:
    with pytest.raises(PlanUnreadable) as caught:
        load(path)
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


def test_opens_a_plan_and_keeps_its_text(tmp_path: Path, desk: Project) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(dumps(desk), "utf-8")
    loaded = load(path)
    assert loaded.project == desk
    assert loaded.text == path.read_text("utf-8")
    assert loaded.path == path


def test_keeps_line_breaks_and_mark_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    loaded = load(path)
    assert loaded.project.engagement.name == "Desk first"
    assert loaded.text == "\ufeff" + SMALL.replace("\n", "\r\n")


def test_remarks_are_no_part_of_the_plan() -> None:
    text = "x-top = 1\n" + SMALL + "x-note = { a = [1] }\n\n[x-table]\nanything = true\n"
    assert parse(text, "plan") == parse(SMALL, "plan")


def test_text_is_cleaned() -> None:
    assert parse(SMALL.replace("Desk first", "Desk\\u001b[31m"), "plan").engagement.name == "Desk\ufffd[31m"


def test_no_such_file(tmp_path: Path) -> None:
    assert faults(tmp_path / "none.toml") == ["1: there is no such file — check the name"]


def test_a_folder(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["1: this is a folder — name a plan file in it"]


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_args: object, **_more: object) -> object:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "plan.toml"
    path.write_text(SMALL, "utf-8")
    monkeypatch.setattr(os, "open", denied)
    assert faults(path) == ["1: you may not read this file — ask its owner for permission"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission_for_real(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, "utf-8")
    path.chmod(0)
    assert faults(path) == ["1: you may not read this file — ask its owner for permission"]


def test_another_trouble_with_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> object:
        raise OSError(5, "Input/output error")

    (tmp_path / "plan.toml").touch()
    monkeypatch.setattr(os, "open", broken)
    said = faults(tmp_path / "plan.toml")
    assert said == ["1: the file cannot be read: Input/output error — try again, or choose another file"]


def test_fifty_megabytes_of_noise(tmp_path: Path) -> None:
    path = tmp_path / "noise.toml"
    block = Random(1).randbytes(1_000_000)
    with path.open("wb") as file:
        for _block in range(50):
            file.write(block)
    assert faults(path) == [
        f"1: the file is larger than {LARGEST // 1_000_000} MB, which no plan is — choose a plan file"
    ]


def test_noise_of_a_plans_size_is_one_fault(tmp_path: Path) -> None:
    path = tmp_path / "noise.toml"
    path.write_text("".join(Random(1).choices("abc [](){}=\"'#,.\n0123-", k=300_000)), "utf-8")
    said = faults(path)
    assert len(said) == 1
    assert "this is not a plan file" in said[0]


def test_binary_files(tmp_path: Path) -> None:
    path = tmp_path / "picture.toml"
    path.write_bytes(b"one\ntwo \xff\xfe three")
    assert faults(path) == ["2: this is not text in UTF-8 — save it as UTF-8, or choose a plan file"]
    path.write_bytes(b"one\ntwo\n\0\0\0")
    assert faults(path) == ["3: this is not a text file — choose a plan file"]
    path.write_bytes(SMALL.encode("utf-16"))
    assert faults(path) == ["1: this is not text in UTF-8 — save it as UTF-8, or choose a plan file"]


@pytest.mark.parametrize(
    "nested",
    ["key = " + "[" * 5000 + "]" * 5000, "key = " + "{ a = " * 5000 + "1" + " }" * 5000, "key = " + "[" * 5000],
)
def test_brackets_in_brackets(nested: str) -> None:
    with pytest.raises(PlanUnreadable) as caught:
        parse(SMALL + "\n[x-deep]\n" + nested + "\n", "plan")
    assert {fault.line for fault in caught.value.faults} == {8}
    assert "more than 16 deep" in str(caught.value)


def test_a_fault_is_one_line_whatever_the_names_are() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        parse(SMALL + '"new\\nline\\u001b" = 1\n', "a\nname\x1b.toml")
    assert str(caught.value).isprintable()


def test_no_more_faults_than_anybody_reads() -> None:
    text = SMALL + "".join(f'\n[[roles]]\nid = "r{n}"\nname = "R"\nfte = -1\n' for n in range(700))
    with pytest.raises(PlanUnreadable) as caught:
        parse(text, "plan")
    assert len(caught.value.faults) == 101
    assert caught.value.faults[-1].message == "more faults may follow"


def test_endless_faults_of_syntax_end_with_a_word() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        parse(SMALL + "not a plan\n" * 700, "plan")
    assert len(caught.value.faults) == 101
    assert caught.value.faults[-1].message == "more faults may follow"


@given(seed=st.integers(0, 10**9))
@settings(max_examples=20, deadline=None)
def test_damage_is_told_in_words(desk: Project, seed: int) -> None:
    """Whatever happens to a file, it opens or says why: no exception of another kind, no line outside the file."""
    random = Random(seed)
    text = laid_out(planned(desk), random)
    for _damage in range(random.randint(1, 4)):
        at = random.randrange(len(text))
        insert = random.choice(["", *"\"'[]{}=,.#\n\\ a0-\r\x01", text[at : at + 40], "[[packages]]\n"])
        text = text[:at] + insert + text[at + random.randint(0, 3) :]
    faults: tuple[Fault, ...] = ()
    try:
        parse(text, "plan", ["incident"])
    except PlanUnreadable as error:
        faults = error.faults
        told = True
    else:
        told = False
    assert told == bool(faults)
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    assert [fault.line for fault in faults[:-1]] == sorted(fault.line for fault in faults[:-1])


def test_opening_imports_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, "utf-8")
    program = (
        "import sys; from pathlib import Path; from planner.store.load import load; load(Path(sys.argv[1]));"
        "print(sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    loaded = set(eval(ran.stdout))
    assert "planner" in loaded
    assert not loaded & {"pydantic", "pydantic_core", "tomlkit", "networkx", "textual", "rich", "difflib", "ortools"}


def test_a_plan_of_schema_1_opens_and_is_saved_as_the_present_schema(tmp_path: Path) -> None:
    """The two schemas differ in how a baseline names its dependencies; nothing else of the file changes."""
    path = tmp_path / "old.toml"
    path.write_text(OLD, "utf-8")
    loaded = load(path)
    assert loaded.project.baselines[0].needs == (Need(item="change@2", needs="incident@2"),)
    assert loaded.text == OLD
    renamed = replace(loaded.project, engagement=replace(loaded.project.engagement, client="Lighthouse"))
    lines = save(renamed, path, loaded.text).splitlines()
    gone = [line for line in OLD.splitlines() if line not in lines]
    assert gone == ["schema = 1", 'client = "Harbour"', 'needs = ["change@2 needs incident@2"] # as agreed']
    assert [line for line in lines if line not in OLD.splitlines()] == [
        "schema = 2",
        'client = "Lighthouse"',
        'needs = [{ item = "change@2", needs = "incident@2" }] # as agreed',
    ]
    assert load(path).project == renamed


OLD = """schema = 1
x-ticket = 7

[engagement]
name = "Desk first" # as the sponsor calls it
client = "Harbour"
start = 2027-01-04

[[baselines]]
id = "agreed"
name = "Agreed"
taken = 2026-12-01
needs = ["change@2 needs incident@2"] # as agreed
"""
