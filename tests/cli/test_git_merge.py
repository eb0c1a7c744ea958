"""Two branches of a real repository: git merges, shows and moves plans with the planner."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_said import Planner

from planner.store.load import load

HOSTILE = 'pl\'an $(touch owned) "[1]" & #*?.toml'

Change = Callable[[str], str]


class Repository:
    """A repository with the plan ``plans/desk.toml``, set up by ``planner git-setup``."""

    def __init__(self, top: Path, text: str, name: str = "plans/desk.toml") -> None:
        self.top, self.name, self.plan = top, name, top / name
        self.plan.parent.mkdir(parents=True)
        self.plan.write_text(text)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "A Person")
        self.git("config", "user.email", "person@example.com")

    def git(self, *words: str, code: int | None = 0) -> str:
        """What git says, both streams; ``code`` None: however it ends."""
        # A folder without the planner on the path, as a program with windows may have it.
        found = shutil.which("git") or ""
        env = {
            "PATH": os.pathsep.join([str(Path(found).parent), "/usr/bin", "/bin"]),
            "HOME": str(self.top.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_PAGER": "cat",
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(
            ["git", *words], cwd=self.top, env=env, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
        )
        said = done.stdout + done.stderr
        assert code is None or done.returncode == code, said
        return said

    def commit(self, message: str, change: Change | None = None) -> None:
        if change:
            before = self.plan.read_text()
            after = change(before)
            assert after != before
            self.plan.write_text(after)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def branches(self, ours: Change, theirs: Change) -> None:
        """``theirs`` on a branch of that name, ``ours`` on main."""
        self.git("checkout", "-q", "-b", "theirs")
        self.commit("Theirs", theirs)
        self.git("checkout", "-q", "main")
        self.commit("Ours", ours)


@pytest.fixture
def need_git() -> None:
    if shutil.which("git") is None:
        reason = "git is not installed: plans are not merged by it here (apt-get install git)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture
def repository(
    need_git: None, tmp_path: Path, desk_file: Path, planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> Repository:
    return set_up(tmp_path, desk_file, planner, monkeypatch, "plans/desk.toml")


def set_up(tmp_path: Path, desk_file: Path, planner: Planner, monkeypatch: pytest.MonkeyPatch, name: str) -> Repository:
    repository = Repository(tmp_path / "repo", desk_file.read_text(), name)
    folder = Path(sys.executable).parent
    clear = [part for part in os.environ["PATH"].split(os.pathsep) if Path(part) != folder]
    monkeypatch.setenv("PATH", os.pathsep.join(clear))  # the planner is called by the path of its Python
    said = planner("git-setup", repository.top)
    assert said.code == 0, said.err
    repository.commit("A plan")
    return repository


def put(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


def both(*changes: Change) -> Change:
    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


def first_row_last(text: str, table: str) -> str:
    """``text`` with the first row of ``table`` behind its others."""
    head, *rows = text.split(f"\n[[{table}]]\n")
    last, rest = rows[-1].split("\n\n[", 1) if "\n\n[" in rows[-1] else (rows[-1], "")
    moved = [*rows[1:-1], last + "\n", rows[0].rstrip("\n")]
    return f"\n[[{table}]]\n".join([head, *moved]) + ("\n\n[" + rest if rest else "\n")


def test_independent_edits_come_together_whatever_git_is_doing(repository: Repository) -> None:
    ours = both(put('client = "Example Ltd"', 'client = "Ours Ltd"  # says Ada'), put("days = ", "cost = 70\ndays = "))
    theirs = both(put("absorption = 3", "absorption = 5"), lambda text: first_row_last(text, "roles"))
    base = load(repository.plan).project
    repository.branches(ours, theirs)
    said = repository.git("merge", "theirs", "-m", "Both")
    assert "changes came from theirs" in said
    assert "absorption" in said or "in change at once 3 -> 5" in said
    text = repository.plan.read_text()
    project = load(repository.plan).project
    assert 'client = "Ours Ltd"  # says Ada' in text
    assert project.limits.absorption == 5
    assert project.packages[0].cost == 70
    assert [role.id for role in project.roles] == [role.id for role in (*base.roles[1:], base.roles[0])]
    assert project.conflicts == ()

    merged = repository.plan.read_bytes()
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.git("rebase", "theirs")
    assert load(repository.plan).project == project
    repository.git("reset", "-q", "--hard", "main@{1}")
    repository.git("reset", "-q", "--hard", "theirs")
    repository.git("cherry-pick", "ORIG_HEAD", code=None)
    assert load(repository.plan).project == project
    assert b"<<<<<<<" not in merged


def test_a_true_conflict_stops_git_and_the_plan_opens(repository: Repository, planner: Planner) -> None:
    repository.branches(
        put('client = "Example Ltd"', 'client = "Ours Ltd"'), put('client = "Example Ltd"', 'client = "Theirs Ltd"')
    )
    said = repository.git("merge", "theirs", code=1)
    assert "1 conflict; ours stands, and theirs is kept beside it" in said
    assert "CONFLICT (content): Merge conflict in plans/desk.toml" in said
    assert repository.git("status", "--short", "plans") == "UU plans/desk.toml\n"
    text = repository.plan.read_text()
    assert not any(sign in text for sign in ("<<<<<<<", "=======", ">>>>>>>"))
    (conflict,) = load(repository.plan).project.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ('"Example Ltd"', '"Ours Ltd"', '"Theirs Ltd"')
    assert "Ours Ltd" in planner("show", repository.plan).out
    assert "new conflict: Engagement" in repository.git("diff", "HEAD")
    repository.plan.write_text(text[: text.index("\n[[conflicts]]")])
    repository.commit("Settled")
    assert load(repository.plan).project.engagement.client == "Ours Ltd"


def test_a_plan_that_cannot_be_read_stays_as_ours_has_it(repository: Repository) -> None:
    repository.branches(put("absorption = 3", "absorption = 4"), put("absorption = 3", "absorption = many"))
    before = repository.plan.read_text()
    said = repository.git("merge", "theirs", code=1)
    assert "planner: plans/desk.toml (theirs):" in said
    assert "must be a whole number" in said or "not TOML" in said or "is not" in said
    assert repository.plan.read_text() == before
    assert repository.git("status", "--short", "plans") == "UU plans/desk.toml\n"


def test_git_shows_a_change_in_words(repository: Repository) -> None:
    repository.plan.write_text(repository.plan.read_text().replace("absorption = 3", "absorption = 6"))
    said = repository.git("diff")
    assert "plan plans/desk.toml" in said
    assert "3 -> 6" in said
    assert "+absorption" not in said


def test_both_added_a_plan_of_one_name(repository: Repository) -> None:
    text = repository.plan.read_text()
    new = repository.top / "plans" / "new.toml"
    repository.git("checkout", "-q", "-b", "theirs")
    new.write_text(text.replace("absorption = 3", "absorption = 5"))
    repository.commit("Theirs")
    repository.git("checkout", "-q", "main")
    new.write_text(text)
    repository.commit("Ours")
    said = repository.git("merge", "theirs", code=1)
    assert "plans/new.toml" in said
    assert [one.field for one in load(new).project.conflicts] == ["absorption"]


def test_the_name_of_a_file_is_no_command(
    need_git: None, tmp_path: Path, desk_file: Path, planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = set_up(tmp_path, desk_file, planner, monkeypatch, f"my [plans]/--write {HOSTILE}")
    repository.branches(put('client = "Example Ltd"', 'client = "Ours"'), put("absorption = 3", "absorption = 5"))
    said = repository.git("merge", "theirs", "-m", "Both")
    assert "change came from theirs" in said
    project = load(repository.plan).project
    assert (project.engagement.client, project.limits.absorption) == ("Ours", 5)
    assert "3 -> 5" in repository.git("diff", "HEAD~1")
    assert not any(repository.top.rglob("owned"))


# Setting up -------------------------------------------------------------------------------------------------------


def test_setting_up_twice_does_nothing_and_leaves_other_lines(repository: Repository, planner: Planner) -> None:
    attributes = repository.top / ".gitattributes"
    assert attributes.read_text() == ("/plans/*.toml merge=planner diff=planner\n/plans/*.review-*.toml !merge !diff\n")
    assert (repository.top / ".gitignore").read_text() == ".planner/\n"
    settings = (repository.top / ".git" / "config").read_bytes()
    said = planner("git-setup", repository.plan.parent)
    assert "is set up already" in " ".join(said.out.split())
    assert (repository.top / ".git" / "config").read_bytes() == settings
    attributes.write_bytes(b"# mine\r\n*.png binary")
    said = planner("git-setup", repository.top, "--plans", "/plans/desk.toml", "/our plans/*.toml")
    assert attributes.read_bytes() == (
        b"# mine\r\n*.png binary\r\n/plans/desk.toml merge=planner diff=planner\r\n"
        b'"/our plans/*.toml" merge=planner diff=planner\r\n"/our plans/*.review-*.toml" !merge !diff\r\n'
    )
    assert "Everybody who merges plans does this once" in said.out


def test_only_plans_are_merged_by_the_planner(
    need_git: None, tmp_path: Path, desk_file: Path, planner: Planner
) -> None:
    repository = Repository(tmp_path / "repo", desk_file.read_text(), "desk.toml")
    (repository.top / "settings.toml").write_text("[tool]\nengagement = 1\n")
    said = planner("git-setup", repository.top, "--dry-run")
    assert "/desk.toml merge=planner diff=planner" in said.out
    assert "settings" not in said.out
    assert "This would be done in" in said.out
    assert not (repository.top / ".gitattributes").exists()
    assert "planner" not in (repository.top / ".git" / "config").read_text()


def test_where_it_cannot_be_set_up_is_said(
    need_git: None, tmp_path: Path, desk_file: Path, planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    said = planner("git-setup", tmp_path / "folder")
    assert said.code == 2
    assert "is in no repository of git" in said.err
    assert "is no folder" in planner("git-setup", tmp_path / "nowhere").err
    repository = Repository(tmp_path / "repo", desk_file.read_text())
    (repository.top / ".gitattributes").symlink_to(tmp_path / "elsewhere")
    assert "is no ordinary file" in planner("git-setup", repository.top).err
    assert not (tmp_path / "elsewhere").exists()
    (repository.top / ".gitattributes").unlink()
    (repository.top / ".gitattributes").write_bytes(b"#" * 1_000_001)
    assert "has more than 1 MB" in planner("git-setup", repository.top).err
    subprocess.run(["git", "-C", repository.top, "config", "core.worktree", tmp_path / "folder"], check=True)
    assert "says its files are elsewhere" in planner("git-setup", repository.top).err
    assert not [*(tmp_path / "folder").iterdir()]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in planner("git-setup", repository.top).err
