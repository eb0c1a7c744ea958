"""Plan files copied, renamed, put away and brought back: nothing is overwritten, nothing is lost, all can be undone."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.edit.facts import change_engagement
from planner.model.project import Project
from planner.store.kept import ARCHIVE, BIN, kept_beside, plan_of
from planner.store.load import load
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


def test_a_renamed_plan_takes_its_kept_edits_along_and_comes_back(plan: Path, tmp_path: Path) -> None:
    plan.with_name("plan.unsaved.toml").write_text("first")
    plan.with_name("plan.unsaved-2.toml").write_text("second")
    steps = rename(plan, "better name")
    assert names(tmp_path) == ["better name.toml", "better name.unsaved-2.toml", "better name.unsaved.toml"]
    back = take_back(steps, tmp_path)
    assert names(tmp_path) == ["plan.toml", "plan.unsaved-2.toml", "plan.unsaved.toml"]
    take_back(back, tmp_path)
    assert (tmp_path / "better name.unsaved-2.toml").read_text() == "second"


def test_a_taken_name_is_not_written_over_and_nothing_moves(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("other")
    with pytest.raises(ShelfFault, match=r"other\.toml exists already"):
        rename(plan, "other")
    # the kept edits' new name is taken: the plan, moved already, goes back
    plan.with_name("plan.unsaved.toml").write_text("kept")
    (tmp_path / "new.unsaved.toml").write_text("somebody's")
    with pytest.raises(ShelfFault, match=r"new\.unsaved\.toml exists already"):
        rename(plan, "new")
    assert (plan.read_text(), (tmp_path / "other.toml").read_text()) == ("the plan", "other")
    assert names(tmp_path) == ["new.unsaved.toml", "other.toml", "plan.toml", "plan.unsaved.toml"]


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
    plan.with_name("plan.unsaved.toml").write_text("kept")
    steps = rename(plan, "new")
    plan.write_text("somebody put another plan here")
    with pytest.raises(ShelfFault, match=r"plan\.toml exists already"):
        take_back(steps, tmp_path)
    assert names(tmp_path) == ["new.toml", "new.unsaved.toml", "plan.toml"]
    (tmp_path / "new.toml").unlink()
    with pytest.raises(ShelfFault, match=r"new\.toml is gone"):
        take_back(steps[:1], tmp_path)


def test_kept_edits_are_known_by_their_names(plan: Path) -> None:
    for name in ("plan.unsaved.toml", "plan.unsaved-2.toml", "plan.unsaved-100.toml", "plan.unsavedx.toml"):
        plan.with_name(name).write_text("")
    assert [path.name for path in kept_beside(plan)] == ["plan.unsaved.toml", "plan.unsaved-2.toml"]
    assert plan_of(plan.with_name("plan.unsaved-2.toml")) == plan
    assert plan_of(plan) is None
