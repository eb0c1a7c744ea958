"""Saving to the disk: the old file or the new one, never half, and never over somebody else's work."""

import errno
import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planner.model.project import Project
from planner.store.load import load
from planner.store.save import ChangedOnDisk, SaveFailed, dumps, save, write_file


@pytest.fixture
def changed(desk: Project) -> Project:
    return replace(desk, engagement=replace(desk.engagement, sponsor="The board"))


@pytest.fixture
def path(tmp_path: Path, desk: Project) -> Path:
    path = tmp_path / "plan.toml"
    path.write_bytes(b"# mine\r\n" + dumps(desk).replace("\n", "\r\n").encode())
    return path


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    before = {entry.name for entry in tmp_path.iterdir()}
    yield
    left = {entry.name for entry in tmp_path.rglob("*")} - before
    assert not [name for name in left if name.endswith(".tmp")]


def test_save_and_open_again(path: Path, changed: Project) -> None:
    loaded = load(path)
    text = save(changed, path, loaded.text)
    assert path.read_bytes() == text.encode()
    assert text.startswith("# mine\r\n")
    assert load(path).project == changed
    again = replace(changed, engagement=replace(changed.engagement, client="Another"))
    assert save(again, path, text) == load(path).text
    assert load(path).project == again


def test_a_new_file(tmp_path: Path, desk: Project) -> None:
    path = tmp_path / "new.toml"
    assert save(desk, path) == path.read_text("utf-8") == dumps(desk)
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask


def test_a_new_file_spares_one_that_is_there(path: Path, desk: Project) -> None:
    before = path.read_bytes()
    with pytest.raises(ChangedOnDisk, match=r"plan\.toml exists already — choose another name"):
        save(desk, path)
    assert path.read_bytes() == before
    save(desk, path, overwrite=True)
    assert path.read_text("utf-8") == dumps(desk)


def test_somebody_else_saved_meanwhile(path: Path, changed: Project) -> None:
    text = load(path).text
    theirs = path.read_bytes() + b"\r\n# theirs\r\n"
    path.write_bytes(theirs)
    with pytest.raises(ChangedOnDisk, match="was changed by somebody else"):
        save(changed, path, text)
    assert path.read_bytes() == theirs
    save(changed, path, text, overwrite=True)
    assert load(path).project == changed


def test_only_the_line_breaks_were_changed(path: Path, changed: Project) -> None:
    text = load(path).text
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    with pytest.raises(ChangedOnDisk):
        save(changed, path, text)


def test_the_file_is_gone(path: Path, changed: Project) -> None:
    text = load(path).text
    path.unlink()
    with pytest.raises(ChangedOnDisk, match="is gone"):
        save(changed, path, text)
    assert not path.exists()
    save(changed, path, text, overwrite=True)
    assert load(path).project == changed


def test_the_file_is_no_text_any_more(path: Path, changed: Project) -> None:
    text = load(path).text
    path.write_bytes(b"\xff\0")
    with pytest.raises(ChangedOnDisk, match="not text"):
        save(changed, path, text)
    assert path.read_bytes() == b"\xff\0"


def test_permissions_stay(path: Path, changed: Project) -> None:
    path.chmod(0o640)
    save(changed, path, load(path).text)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path, path: Path, changed: Project) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target = path.rename(folder / "real.toml")
    path.symlink_to(target)
    save(changed, path, load(path).text)
    assert path.is_symlink()
    assert load(target).project == changed
    assert [entry.name for entry in folder.iterdir()] == ["real.toml"]


def raising(number: int) -> Callable[..., object]:
    def fail(*_args: object, **_more: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


class FullDisk(io.FileIO):
    """A file on a disk without room."""

    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


FAILURES: dict[str, tuple[object, str, object, str]] = {
    "write": (os, "fdopen", FullDisk, "the disk is full — make room"),
    "fsync": (os, "fsync", raising(errno.EIO), "could not be written (Input/output error) — save the plan elsewhere"),
    "rename": (Path, "replace", raising(errno.EACCES), "you may not write here — save the plan elsewhere"),
    "open on a read-only disk": (os, "open", raising(errno.EROFS), "the disk is read-only — save the plan elsewhere"),
    "mode": (Path, "chmod", raising(errno.EPERM), "you may not write here"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_save_that_fails_leaves_the_old_file(
    name: str, path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, function, failing, words = FAILURES[name]
    loaded = load(path)
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(place, function, failing)
        with pytest.raises(SaveFailed) as caught:
            save(changed, path, loaded.text)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["plan.toml"]
    save(changed, path, loaded.text)
    assert load(path).project == changed


def test_an_interrupted_write_leaves_the_old_file(
    path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object) -> object:
        raise KeyboardInterrupt

    text, before = load(path).text, path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            save(changed, path, text)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["plan.toml"]


def test_the_new_name_is_made_durable_after_the_file(
    path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is on the disk before it is renamed, the folder after; a folder that cannot be synced is no failure."""
    done: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def watched_fsync(handle: int) -> None:
        folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        done.append("folder" if folder else "file")
        if folder:
            raise OSError(errno.EINVAL, "no such thing here")
        fsync(handle)

    def watched_rename(self: Path, target: Path) -> Path:
        done.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(Path, "replace", watched_rename)
    save(changed, path, load(path).text)
    assert done == ["file", "rename", "folder"]
    assert load(path).project == changed


def test_no_such_folder(tmp_path: Path, desk: Project) -> None:
    with pytest.raises(SaveFailed, match="there is no such folder — make it"):
        save(desk, tmp_path / "none" / "plan.toml")


def test_onto_a_folder(tmp_path: Path, desk: Project) -> None:
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(SaveFailed, match="this is a folder — name a file"):
        save(desk, folder, overwrite=True)
    assert folder.is_dir()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_one_may_not_write(path: Path, changed: Project) -> None:
    text, before = load(path).text, path.read_bytes()
    path.parent.chmod(0o500)
    try:
        with pytest.raises(SaveFailed, match="you may not write here"):
            save(changed, path, text)
    finally:
        path.parent.chmod(0o700)
    path.chmod(0o400)
    with pytest.raises(SaveFailed, match="you may not write here"):
        save(changed, path, text)
    assert path.read_bytes() == before


def test_a_file_that_may_not_be_written_is_not_replaced(
    path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, before = load(path).text, path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_args: False)
    with pytest.raises(SaveFailed, match="you may not write here"):
        save(changed, path, text)
    assert path.read_bytes() == before


def test_names_steer_no_terminal(tmp_path: Path, desk: Project) -> None:
    with pytest.raises(SaveFailed) as caught:
        save(desk, tmp_path / "a\x1b[31m\nb" / "plan.toml")
    assert str(caught.value).isprintable()


def test_any_text_is_written_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old", "utf-8")
    write_file(path, "new 新\r\n")
    assert path.read_bytes() == "new 新\r\n".encode()
    with pytest.raises(SaveFailed, match="there is no such folder"):
        write_file(tmp_path / "none" / "report.md", "x")
