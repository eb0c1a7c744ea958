"""Backups: what stood in a plan's file is kept whenever it is saved over, rotated, listed, and put back."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.project import Project
from planner.store import backups as module
from planner.store.backups import DAYS, MONTHS, MOST, NEWEST, Backup, backups, keep, outdated, restore
from planner.store.beside import companion
from planner.store.fault import SaveFailed
from planner.store.load import load
from planner.store.save import dumps, save

NOW = datetime(2027, 5, 17, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, desk: Project) -> Path:
    path = tmp_path / "plan.toml"
    save(desk, path)
    return path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock of the backups: its only entry is what it shows."""
    shown = [NOW]

    class Clock(datetime):
        @classmethod
        def now(cls, _zone: object = None) -> datetime:  # type: ignore[override]
            return shown[0]

    monkeypatch.setattr(module, "datetime", Clock)
    return shown


def named(project: Project, name: str) -> Project:
    return replace(project, engagement=replace(project.engagement, name=name))


def texts(path: Path) -> list[str]:
    return [backup.path.read_text("utf-8") for backup in backups(path)]


def test_what_stood_there_is_kept_at_every_save(path: Path, desk: Project) -> None:
    assert backups(path) == ()
    first = path.read_text("utf-8")
    second = save(named(desk, "Second"), path, first)
    save(named(desk, "Third"), path, second)
    assert texts(path) == [second, first]
    newest, older = backups(path)
    assert newest.taken > older.taken > datetime.now(UTC) - timedelta(minutes=1)
    assert (older.size, older.label) == (len(first.encode()), "")


def test_an_overwritten_file_is_kept_even_when_it_is_no_plan(path: Path, desk: Project) -> None:
    path.write_bytes(b"\xff\0 somebody's picture")
    save(desk, path, overwrite=True)
    assert [backup.path.read_bytes() for backup in backups(path)] == [b"\xff\0 somebody's picture"]


def test_a_text_is_kept_once_and_counts_as_of_its_last_time(path: Path, clock: list[datetime]) -> None:
    for text in ("a", "b", "a", "b", "a"):
        clock[0] += timedelta(hours=1)
        keep(path, text)
    assert texts(path) == ["a", "b"]
    assert backups(path)[0].taken == clock[0]


def test_a_file_that_only_claims_to_hold_the_text_is_no_reason_not_to_keep_it(
    path: Path, clock: list[datetime]
) -> None:
    keep(path, "the truth")
    backups(path)[0].path.write_text("A forgery", "utf-8")
    clock[0] += timedelta(hours=1)
    keep(path, "the truth")
    assert texts(path) == ["the truth", "A forgery"]


def test_a_plan_of_an_earlier_schema_is_kept_for_good(tmp_path: Path, desk: Project, clock: list[datetime]) -> None:
    path = tmp_path / "plan.toml"
    old = "# from long ago\n" + dumps(desk).replace("schema = 2", "schema = 1")
    path.write_text(old, "utf-8")
    text = save(named(desk, "New"), path, load(path).text)
    assert text.startswith("# from long ago\nschema = 2\n")
    for number in range(NEWEST + DAYS + MONTHS + 5):
        clock[0] += timedelta(days=40)
        keep(path, str(number))
    last = backups(path)[-1]
    assert (last.label, last.path.read_text("utf-8")) == ("schema-1", old)
    assert len(backups(path)) == 1 + DAYS


def test_a_plan_of_an_earlier_schema_that_cannot_be_kept_is_not_touched(
    tmp_path: Path, desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(dumps(desk).replace("schema = 2", "schema = 1"), "utf-8")
    before = path.read_bytes()
    monkeypatch.setattr(module, "home", refused)
    with pytest.raises(SaveFailed, match=r"is of an earlier planner, and cannot be kept as it is \(No space left"):
        save(named(desk, "New"), path, load(path).text)
    assert path.read_bytes() == before


def refused(*_given: object, **_more: object) -> Path:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_backup_that_cannot_be_kept_is_told_and_the_plan_saved(
    path: Path, desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "home", refused)
    saved = save(named(desk, "New"), path, load(path).text)
    assert saved.notes == (
        f"no backup of {path} as it was could be kept (No space left on device) — make room, or ask for permission",
    )
    assert load(path).project.engagement.name == "New"


def test_backups_are_as_private_as_the_plan(path: Path, desk: Project) -> None:
    path.chmod(0o600)
    save(named(desk, "New"), path, load(path).text)
    assert stat.S_IMODE(backups(path)[0].path.stat().st_mode) == 0o600


def test_what_else_stands_in_the_folder_is_no_backup(path: Path) -> None:
    keep(path, "kept")
    folder = companion(path, "backups")
    for name in (
        "2027-02-31T00-00-00.000000Z_0123456789abcdef.toml",  # no such day
        "2027-02-01T00-00-00.000000Z_0123456789abcdef_SCHEMA\x1b[2J.toml",
        "2027-02-01T00-00-00.000000Z_0123456789abcdef_.toml",
        "2027-02-01T00-00-00Z_0123456789abcdef.toml",
        "x2027-02-01T00-00-00.000000Z_0123456789abcdef.toml",
        "2027-02-01T00-00-00.000000Z_0123456789abcdef.toml\n",
        "notes.txt",
    ):
        (folder / name).write_text("hostile", "utf-8")
    (folder / "2027-02-02T00-00-00.000000Z_0123456789abcdef.toml").mkdir()
    (folder / "2027-02-03T00-00-00.000000Z_0123456789abcdef.toml").symlink_to("/etc/hostname")
    assert texts(path) == ["kept"]


def test_backups_go_through_no_link(path: Path, desk: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    companion(path, "backups").parent.mkdir()
    companion(path, "backups").symlink_to(elsewhere)
    saved = save(named(desk, "New"), path, load(path).text)
    assert "Not a directory" in saved.notes[0]
    assert (backups(path), list(elsewhere.iterdir())) == ((), [])


def test_one_is_put_back_and_what_stood_there_is_kept(path: Path, desk: Project) -> None:
    first = path.read_text("utf-8")
    second = save(named(desk, "Second"), path, first)
    path.chmod(0o640)
    assert restore(path, backups(path)[0]) == first
    assert (path.read_text("utf-8"), stat.S_IMODE(path.stat().st_mode)) == (first, 0o640)
    assert texts(path) == [second, first]
    assert restore(path, backups(path)[0]) == second  # and back again
    path.unlink()
    assert restore(path, backups(path)[0]) == path.read_text("utf-8") == first


def test_nothing_is_put_back_where_what_stands_cannot_be_kept(
    path: Path, desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = save(named(desk, "Second"), path, load(path).text)
    backup = backups(path)[0]
    monkeypatch.setattr(module, "home", refused)
    with pytest.raises(SaveFailed, match="the disk is full"):
        restore(path, backup)
    assert path.read_text("utf-8") == second


# Rotation --------------------------------------------------------------------------------------------------------


def at(*hours: int, size: int = 1000, label: str = "") -> list[Backup]:
    """Backups so many hours ago, the newest first."""
    taken = [NOW - timedelta(hours=hour) for hour in sorted(hours)]
    return [Backup(Path(f"{moment.isoformat()}{label}"), moment, size, label) for moment in taken]


def test_the_newest_ten_then_one_a_day_then_one_a_month() -> None:
    every_hour = at(*range(24 * 800))
    gone = {backup.path for backup in outdated(every_hour)}
    stay = [backup for backup in every_hour if backup.path not in gone]
    assert stay[:NEWEST] == every_hour[:NEWEST]
    days, rest = stay[NEWEST : NEWEST + DAYS - 1], stay[NEWEST + DAYS - 1 :]
    assert [backup.taken.date() for backup in days] == [NOW.date() - timedelta(days=n) for n in range(1, DAYS)]
    assert {backup.taken.hour for backup in days} == {23}
    assert [(backup.taken.year, backup.taken.month) for backup in rest] == [
        (2027, 4), (2027, 3), (2027, 2), (2027, 1), *((2026, month) for month in range(12, 5, -1))
    ]  # fmt: skip
    assert {(backup.taken + timedelta(days=1)).day for backup in rest} == {1}


def test_days_without_a_save_count_for_nothing() -> None:
    assert outdated(at(*(24 * 30 * n for n in range(NEWEST + 4)))) == ()


def test_large_ones_go_sooner_but_for_the_newest_three() -> None:
    large = at(*range(8), size=MOST // 4)
    assert outdated(large) == tuple(large[4:])
    huge = at(*range(8), size=MOST)
    assert outdated(huge) == tuple(huge[3:])


@given(st.lists(st.integers(0, 24 * 900), unique=True, max_size=120), st.lists(st.integers(0, 9000), max_size=3))
def test_rotation_is_settled_bounded_and_spares_labels(hours: list[int], labelled: list[int]) -> None:
    every = sorted([*at(*hours), *at(*{*labelled}, label="schema-1")], key=lambda backup: backup.taken, reverse=True)
    gone = outdated(every)
    stay = [backup for backup in every if backup not in gone]
    assert outdated(stay) == ()
    assert not any(backup.label for backup in gone)
    assert len([backup for backup in stay if not backup.label]) <= NEWEST + DAYS + MONTHS
    assert stay[:1] == every[:1]


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.rglob("*.tmp"))
