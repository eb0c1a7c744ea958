"""Plan files copied, renamed, put away and brought back: nothing is overwritten, nothing is lost, all can be undone."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.edit.facts import change_engagement
from planner.model.project import Project
from planner.store.backups import backups
from planner.store.beside import companion, companions, home
from planner.store.kept import ARCHIVE, BIN
from planner.store.load import load
from planner.store.lock import Lock
from planner.store.save import dumps, save
from planner.store.shelf import (
    ShelfFault,
    copy,
    file_name,
    free_name,
    put_all_into,
    put_into,
    rename,
    rewrite,
    take_back,
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A file that stands for a plan: shelves do not look into it."""
    path = tmp_path / "plan.toml"
    path.write_text("the plan")
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_backups_and_journals_go_where_their_plan_goes(tmp_path: Path, desk: Project) -> None:
    path, other = tmp_path / "plan.toml", tmp_path / "plan.toml.toml"
    save(desk, other)
    text = save(desk, path)
    save(change_engagement(desk, name="Two"), path, text)
    beside = home(path)
    for name in ("plan.toml.journal", "plan.toml.0a1b.journal", "plan.toml.toml.journal"):
        (beside / name).write_text(name)
    steps = rename(path, "better")
    assert [backup.path.read_text("utf-8") for backup in backups(tmp_path / "better.toml")] == [text]
    assert names(beside) == sorted(
        [
            ".gitignore",
            "better.toml.0a1b.journal",
            f"better.toml.backups/{backups(tmp_path / 'better.toml')[0].path.name}",
            "better.toml.journal",
            "plan.toml.toml.journal",
        ]
    )
    assert (backups(path), companions(path)) == ((), ())
    back = take_back(steps, tmp_path)
    assert [backup.path.read_text("utf-8") for backup in backups(path)] == [text]
    take_back(back, tmp_path)
    put_into(tmp_path / "better.toml", tmp_path / ARCHIVE)
    away = tmp_path / ARCHIVE / "better.toml"
    assert [backup.path.read_text("utf-8") for backup in backups(away)] == [text]
    assert (away.parent / ".planner" / "better.toml.journal").read_text() == "plan.toml.journal"
    copied = copy(desk, free_name(tmp_path / "copy.toml"), text)
    assert copied
    assert backups(tmp_path / "copy.toml") == ()


def test_what_a_plan_that_has_gone_left_does_not_become_another_ones(tmp_path: Path, desk: Project) -> None:
    path = tmp_path / "plan.toml"
    save(change_engagement(desk, name="Two"), path, save(desk, path))
    path.unlink()
    save(desk, tmp_path / "new.toml")
    with pytest.raises(ShelfFault, match=r"an earlier plan plan\.toml has left backups or edits: choose another name"):
        rename(tmp_path / "new.toml", "plan")
    assert free_name(path).name == "plan-2.toml"
    assert len(backups(path)) == 1


def test_a_plan_that_somebody_has_open_stays_where_it_is(plan: Path, tmp_path: Path) -> None:
    held = Lock.take(plan)
    assert isinstance(held, Lock)
    with pytest.raises(ShelfFault, match="close it there first"):
        rename(plan, "better")
    with pytest.raises(ShelfFault, match="close it there first"):
        put_into(plan, tmp_path / BIN)
    held.release()
    assert rename(plan, "better")


def test_a_taken_name_is_not_written_over_and_nothing_moves(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("other")
    with pytest.raises(ShelfFault, match=r"other\.toml exists already"):
        rename(plan, "other")
    assert (plan.read_text(), (tmp_path / "other.toml").read_text()) == ("the plan", "other")
    assert names(tmp_path) == ["other.toml", "plan.toml"]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "../plan",
        "a/b",
        "a\\b",
        "/etc/plan",
        ".hidden",
        "..",
        "a\tb",
        "a\x1b[2Jb",
        "con:",
        "n" * 201,
        "a\u202eb",
    ],
)
def test_only_plain_file_names_are_taken(typed: str) -> None:
    with pytest.raises(ShelfFault):
        file_name(typed)


def test_plain_file_names() -> None:
    assert file_name(" Harbour 2.toml ") == "Harbour 2.toml"
    assert file_name("银行") == "银行.toml"


def test_archive_and_bin_take_what_has_the_same_name_twice(plan: Path, tmp_path: Path) -> None:
    put_into(plan, tmp_path / ARCHIVE)
    plan.write_text("a later plan")
    steps = put_into(plan, tmp_path / ARCHIVE)
    assert (tmp_path / ARCHIVE / "plan.toml").read_text() == "the plan"
    assert (tmp_path / ARCHIVE / "plan-2.toml").read_text() == "a later plan"
    take_back(steps, tmp_path)
    assert plan.read_text() == "a later plan"


def test_several_plans_are_put_away_together_or_not_at_all(plan: Path, tmp_path: Path) -> None:
    other = plan.with_name("other.toml")
    other.write_text("the other")
    take_back(put_all_into([plan, other], tmp_path / BIN), tmp_path)
    with pytest.raises(ShelfFault, match="is gone"):
        put_all_into([plan, other, tmp_path / "none.toml"], tmp_path / BIN)
    assert names(tmp_path) == ["other.toml", "plan.toml"]


def test_nothing_goes_through_links(plan: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    link = home / "link.toml"
    link.symlink_to(plan)
    with pytest.raises(ShelfFault, match="is a link to a plan elsewhere"):
        put_into(link, home / BIN)
    assert rename(link, "other")
    assert ((home / "other.toml").is_symlink(), plan.read_text()) == (True, "the plan")
    (tmp_path / BIN).symlink_to(elsewhere)
    with pytest.raises(ShelfFault, match="bin is a link"):
        put_into(plan, tmp_path / BIN)
    (home / "dead.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ShelfFault, match="exists already"):
        rename(home / "other.toml", "dead")
    assert not list(elsewhere.iterdir())


def test_a_copy_keeps_comments_and_goes_to_the_bin_when_undone(tmp_path: Path, desk: Project) -> None:
    text = "# our own remark\n" + dumps(desk)
    other = change_engagement(desk, name="The other")
    steps = copy(other, tmp_path / "other.toml", text)
    assert (tmp_path / "other.toml").read_text().startswith("# our own remark")
    assert load(tmp_path / "other.toml").project == other
    with pytest.raises(ShelfFault, match="exists already"):
        copy(desk, tmp_path / "other.toml")
    assert free_name(tmp_path / "other.toml").name == "other-2.toml"
    again = take_back(steps, tmp_path)
    assert names(tmp_path) == ["bin/other.toml"]
    take_back(again, tmp_path)
    assert load(tmp_path / "other.toml").project == other


def test_a_changed_plan_is_changed_back_unless_somebody_wrote_it_since(tmp_path: Path, desk: Project) -> None:
    path = tmp_path / "plan.toml"
    text = save(desk, path)
    other = change_engagement(desk, name="The other")
    steps = rewrite(path, other, text)
    back = take_back(steps, tmp_path)
    assert path.read_text() == text
    again = take_back(back, tmp_path)
    save(replace(other, processes=()), path, overwrite=True)
    with pytest.raises(ShelfFault, match=r"plan\.toml was changed since"):
        take_back(again, tmp_path)
    with pytest.raises(ShelfFault, match="was changed by somebody else"):
        rewrite(path, desk, text)


def test_what_is_taken_back_is_taken_back_whole(plan: Path, tmp_path: Path) -> None:
    """When one step cannot be reversed, those that were are done again."""
    journal = companion(plan, "journal")
    home(plan, make=True)
    journal.write_text("edits")
    steps = rename(plan, "new")
    plan.write_text("somebody put another plan here")
    with pytest.raises(ShelfFault, match=r"plan\.toml exists already"):
        take_back(steps, tmp_path)
    assert names(tmp_path) == [".planner/.gitignore", ".planner/new.toml.journal", "new.toml", "plan.toml"]
    (tmp_path / "new.toml").unlink()
    with pytest.raises(ShelfFault, match=r"new\.toml is gone"):
        take_back(steps[:1], tmp_path)
