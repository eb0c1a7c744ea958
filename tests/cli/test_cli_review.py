"""``planner review`` without a screen, ``show --section comments``, and reviews that ``planner merge`` folds in.

The expected texts are in ``golden/``; ``UPDATE_GOLDEN=1`` writes them anew, and the diff is then read by a person.
"""

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cli_said import Planner, Said

from planner.cli import review as command
from planner.edit.review import add_comment, decide, resolve, take_baseline
from planner.model.project import Comment, Decision
from planner.model.remarks import Remarks, series
from planner.model.values import Fixed
from planner.review.fold import digest_of
from planner.store.load import load
from planner.store.remarks import save_remarks
from planner.store.save import save

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2027, 1, 2)


@pytest.fixture
def reviewed_file(desk_file: Path, planner: Planner, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan with a roadmap, an approved baseline and a change since, two threads and one decision."""
    assert planner("propose", desk_file, "--write", "--phases", "2").code == 0
    loaded = load(desk_file)
    plan = take_baseline(loaded.project, "Agreed", DAY, approved_by="Sponsor")
    first = plan.processes[0]
    aimed = replace(first, target=Fixed(dict.fromkeys(first.target, 4)))
    plan = replace(plan, processes=(aimed, *plan.processes[1:]))
    plan = add_comment(plan, "Is this\nneeded? \x1b]0;x\x07 [P1] why", DAY, item=first.id, author="Sponsor")
    plan = add_comment(plan, "The auditor asks for it.", DAY, author="Mei Lin", reply_to="c1")
    plan = resolve(add_comment(plan, "Good.", DAY), "c3")
    decision = Decision(phase="p1", verdict="conditions", author="Sponsor", made=DAY, note="train them first")
    save(decide(plan, decision), desk_file, loaded.text)
    monkeypatch.chdir(desk_file.parent)
    return desk_file


def golden(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def test_without_a_terminal_a_review_is_text(planner: Planner, reviewed_file: Path) -> None:
    """What changed since the approved baseline, the threads, the gates; nothing steers the terminal."""
    said = planner("review", reviewed_file)
    assert (said.code, said.err) == (0, "")
    golden("review", said.out)
    shown = planner("show", reviewed_file, "--section", "comments")
    golden("comments", shown.out)
    assert shown.out in said.out
    assert not {"\x1b", "\x07"} & set(said.out)


def test_a_dumb_terminal_gets_the_text(shell: Planner, reviewed_file: Path, planner: Planner) -> None:
    plain = planner("review", reviewed_file).out
    said = shell("review", reviewed_file, env={"TERM": "dumb", "LC_ALL": "C"})
    assert said == Said(0, plain, "")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "ascii", "utf-8"])
def test_letters_that_a_screen_needs(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of another encoding than the screen needs gets the text."""

    class Terminal:
        encoding = ""

        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    terminal.encoding = encoding
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert command.can_draw() == (encoding == "utf-8")
    monkeypatch.setenv("TERM", "dumb")
    assert not command.can_draw()


def test_what_cannot_be_reviewed_is_told(planner: Planner, reviewed_file: Path) -> None:
    folder = planner("review", reviewed_file.parent)
    assert (folder.code, folder.out) == (2, "")
    assert "a list of plans needs a terminal" in folder.err
    assert planner("review", "nowhere.toml").err == "planner: nowhere.toml:1: there is no such file — check the name\n"
    assert "--as needs a name" in planner("review", reviewed_file, "--as", " ").err


def remarks(path: Path, reviewer: str, **parts: object) -> Path:
    """A review file of the plan in ``path``."""
    project = load(path).project
    file = path.parent / f"{reviewer}.toml"
    said = Remarks(plan="x", file=path.name, reviewer=reviewer, digest=digest_of(project), **parts)  # type: ignore[arg-type]
    save_remarks(said, file)
    return file


def test_reviews_come_into_their_plan(planner: Planner, reviewed_file: Path) -> None:
    """Nothing is written unless asked; then all of it, once; a decision against another one is a conflict."""
    before = reviewed_file.read_text()
    rejected = Decision(phase="p1", verdict="rejected", made=DAY)
    jo = remarks(
        reviewed_file,
        "Jo",
        comments=(Comment(id=f"{series('Jo')}1", text="Who pays?", made=DAY),),
        decisions=(rejected,),
    )
    mei = remarks(reviewed_file, "Mei", comments=(Comment(id="r-mei-1", text="Me too", made=DAY, reply_to="r-jo-1"),))
    said = planner("merge", reviewed_file, "--review", mei, jo)
    assert said.code == 1
    assert said.out.startswith("Jo: 1 comment added\nMei: 1 comment added\ngate of ")
    assert "decided differently by two people" in " ".join(said.out.split())
    assert said.out.endswith("Nothing is written yet: --write does it, --out NEW writes another file.\n")
    assert reviewed_file.read_text() == before

    assert planner("merge", reviewed_file, "--review", jo, mei, "--out", "new.toml").code == 1
    assert planner("merge", reviewed_file, "--review", mei, "--review", jo, "--write").out
    said = planner("merge", reviewed_file, "--review", jo, mei, "--write")
    after = load(reviewed_file).project
    assert after == load(Path("new.toml")).project
    assert [(one.id, one.reply_to) for one in after.comments[-2:]] == [("r-jo-1", ""), ("r-mei-1", "r-jo-1")]
    assert (after.decisions[0].verdict, len(after.conflicts)) == ("conditions", 1)
    lines = iter(reviewed_file.read_text().splitlines())
    assert all(line in lines for line in before.splitlines())  # only what is new was added to the file

    again = planner("merge", reviewed_file, "--review", mei, jo, "--write")
    assert (again.code, again.out) == (0, "The plan holds all of it already.\n")


def test_a_plan_that_has_changed_since_the_decision_is_told(planner: Planner, reviewed_file: Path) -> None:
    jo = remarks(reviewed_file, "Jo", decisions=(Decision(phase="p2", verdict="approved", made=DAY),))
    loaded = load(reviewed_file)
    said = add_comment(loaded.project, "A remark is no change of the plan", DAY)
    save(said, reviewed_file, loaded.text)
    assert planner("merge", reviewed_file, "--review", jo).err == ""
    loaded = load(reviewed_file)
    save(replace(said, limits=replace(said.limits, absorption=5)), reviewed_file, loaded.text)
    assert planner("merge", reviewed_file, "--review", jo).err == (
        "planner: the plan has changed since Jo decided — look at the gates again\n"
    )


def test_a_review_of_another_plan_or_none_at_all_is_refused(planner: Planner, reviewed_file: Path) -> None:
    jo = remarks(reviewed_file, "Jo")
    other = reviewed_file.with_name("other.toml")
    other.write_text(reviewed_file.read_text())
    said = planner("merge", other, "--review", jo)
    assert (said.code, "is a review of desk.toml" in said.err) == (2, True)
    said = planner("merge", other, "--review", reviewed_file)
    assert (said.code, "this is not a review file" in said.err) == (2, True)
    said = planner("show", jo)
    assert (said.code, "this is a review, not a plan" in said.err) == (2, True)
