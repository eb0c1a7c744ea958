"""Saving to the disk: the old file or the new one, never half, and never over somebody else's work."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from planner.model.project import Project
from planner.store.disk import leftovers
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
    with pytest.raises(ChangedOnDisk, match="is gone") as caught:
        save(changed, path, text)
    assert caught.value.how == "gone"
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
    assert beside(folder) == ["real.toml"]


def test_owner_and_attributes_stay(path: Path, changed: Project) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give a file to somebody else")
    os.chown(path, 1234, 4321)
    path.chmod(0o664)
    os.setxattr(path, "user.client", b"harbour")
    save(changed, path, load(path).text)
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 4321, 0o664)
    assert os.getxattr(path, "user.client") == b"harbour"
    assert load(path).project == changed


def test_a_group_that_cannot_be_kept_may_do_no_more_than_everybody(
    path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new file belongs to the group of who saves: what the old group might do is not for that one."""
    path.chmod(0o664)
    made = os.fstat

    def of_another_group(handle: int) -> os.stat_result:
        status = list(made(handle))
        status[stat.ST_GID] += 1
        return os.stat_result(status)

    monkeypatch.setattr(os, "fstat", of_another_group)
    monkeypatch.setattr(os, "chown", raising(errno.EPERM))
    save(changed, path, load(path).text)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_another_name_of_the_file_keeps_the_old_plan_and_it_is_said(
    tmp_path: Path, path: Path, changed: Project
) -> None:
    os.link(path, tmp_path / "other-name.toml")
    before = load(path).text
    saved = save(changed, path, before)
    assert saved.notes == (f"{path} had other names (hard links): under those the plan is as it was before",)
    assert load(tmp_path / "other-name.toml").text == before
    assert save(again(changed), path, saved).notes == ()


def test_nothing_changed_is_nothing_written(path: Path) -> None:
    loaded, before = load(path), path.stat()
    assert save(loaded.project, path, loaded.text) == loaded.text
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert beside(path.parent) == ["plan.toml"]


def again(project: Project) -> Project:
    """The same after one more edit."""
    return replace(project, engagement=replace(project.engagement, client="Another"))


def beside(folder: Path) -> list[str]:
    """What stands in ``folder`` but for the planner's own folder."""
    return sorted(entry.name for entry in folder.iterdir() if entry.name != ".planner")


def raising(number: int) -> Callable[..., object]:
    def fail(*_args: object, **_more: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


def opening(number: int) -> Callable[..., int]:
    """Opens what is there, and makes nothing."""
    made = os.open

    def fail(path: str, flags: int, *rest: int, **more: int) -> int:
        if flags & os.O_CREAT:
            raise OSError(number, os.strerror(number))
        return made(path, flags, *rest, **more)

    return fail


def closing(number: int) -> Callable[[int], None]:
    """Closes as ever, and then says that it went wrong: what was written is not sure to be on the disk."""
    close = os.close

    def fail(handle: int) -> None:
        close(handle)
        raise OSError(number, os.strerror(number))

    return fail


FULL, WRONG = "the disk is full — make room", "could not be written (Input/output error) — save the plan elsewhere"
FAILURES: dict[str, tuple[str, int, str]] = {
    "full while writing": ("write", errno.ENOSPC, FULL),
    "share used up": ("write", errno.EDQUOT, "you have used up your share of the disk — remove something"),
    "full while settling": ("fsync", errno.ENOSPC, FULL),
    "broken while settling": ("fsync", errno.EIO, WRONG),
    "broken while closing": ("close", errno.EIO, WRONG),
    "rename": ("replace", errno.EACCES, "you may not write here — save the plan elsewhere"),
    "open on a read-only disk": ("open", errno.EROFS, "the disk is read-only — save the plan elsewhere"),
    "mode": ("chmod", errno.EIO, WRONG),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_save_that_fails_leaves_the_old_file(
    name: str, path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    function, number, words = FAILURES[name]
    loaded = load(path)
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        failing = {"close": closing, "open": opening}.get(function, raising)
        patch.setattr(os, function, failing(number))
        with pytest.raises(SaveFailed) as caught:
            save(changed, path, loaded.text)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in str(caught.value)
    assert path.read_bytes() == before
    assert beside(path.parent) == ["plan.toml"]
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
    assert beside(path.parent) == ["plan.toml"]


def test_backup_and_file_are_on_the_disk_before_the_rename_and_the_name_after(
    path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = load(path).text
    save(again(changed), path, text)  # the folders are there
    text = load(path).text
    done: list[str] = []
    fsync, rename = os.fsync, os.replace

    def watched_fsync(handle: int) -> None:
        name = Path(f"/proc/self/fd/{handle}").readlink()
        done.append(f"{name.parent.name}/tmp" if name.suffix == ".tmp" else f"{name.name}/")
        fsync(handle)

    def watched_rename(source: Path, target: Path) -> None:
        done.append("rename")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_rename)
    assert save(changed, path, text).notes == ()
    folder = path.parent.name
    assert done == ["plan.toml.backups/tmp", "plan.toml.backups/", f"{folder}/tmp", "rename", f"{folder}/"]
    assert load(path).project == changed


@pytest.mark.parametrize(("number", "told"), [(errno.EIO, True), (errno.EINVAL, False)])
def test_a_name_that_the_disk_does_not_confirm_is_told(
    number: int, told: bool, path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is saved, since every reader now sees the new one; EINVAL is a file system without such a thing."""
    fsync = os.fsync

    def unsure(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", unsure)
    notes = save(changed, path, load(path).text).notes
    assert load(path).project == changed
    assert any("has not confirmed" in note and "copy it to another" in note for note in notes) == told


def test_somebody_who_writes_while_the_plan_is_being_saved_is_noticed(
    path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, fsync = load(path).text, os.fsync

    def meanwhile(handle: int) -> None:
        fsync(handle)
        path.write_bytes(b"# theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedOnDisk, match="was changed by somebody else") as caught:
        save(changed, path, text)
    assert (caught.value.how, path.read_bytes()) == ("changed", b"# theirs")


def test_somebody_who_makes_the_file_while_it_is_being_saved_is_noticed(
    tmp_path: Path, desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, fsync = tmp_path / "new.toml", os.fsync

    def meanwhile(handle: int) -> None:
        fsync(handle)
        path.write_bytes(b"# theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedOnDisk, match="exists already") as caught:
        save(desk, path)
    assert (caught.value.how, path.read_bytes()) == ("exists", b"# theirs")


def test_a_disk_that_takes_little_at_a_time(path: Path, changed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:1000]))
    text = save(changed, path, load(path).text)
    assert path.read_bytes() == text.encode()
    monkeypatch.setattr(os, "write", lambda _handle, _data: 0)
    with pytest.raises(SaveFailed, match="Input/output error"):
        save(again(changed), path, text)
    assert path.read_bytes() == text.encode()


def test_files_of_killed_saves_are_known_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    left = folder / ".planner-0123456789abcdef.tmp"
    for other in (".planner-0123.tmp", "planner-0123456789abcdef.tmp", "plan.toml"):
        (folder / other).write_bytes(b"")
    left.write_bytes(b"half a pl")
    assert leftovers(folder) == (left,)
    left.unlink()
    (folder / "planner-0123456789abcdef.tmp").unlink()
    (folder / ".planner-0123.tmp").unlink()


def test_no_such_folder(tmp_path: Path, desk: Project) -> None:
    with pytest.raises(SaveFailed, match="there is no such folder — make it"):
        save(desk, tmp_path / "none" / "plan.toml")


def test_onto_a_folder(tmp_path: Path, desk: Project) -> None:
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(SaveFailed, match="this is a folder — name a file"):
        save(desk, folder, overwrite=True)
    assert folder.is_dir()


def test_where_one_may_not_write(changed: Project, path: Path) -> None:
    """As somebody who is not root: a folder that cannot be written, a file that cannot, both left whole."""
    text = load(path).text
    with TemporaryDirectory() as folder:
        theirs = Path(folder, "plan.toml")
        theirs.write_text(text, "utf-8", newline="")
        for place, mode in ((theirs.parent, 0o555), (theirs, 0o444)):
            theirs.chmod(0o644)
            theirs.parent.chmod(0o755)
            for owned in (theirs, theirs.parent):
                os.chown(owned, *((65534, 65534) if os.geteuid() == 0 else (-1, -1)))
            place.chmod(mode)
            told = as_somebody(lambda: save(changed, theirs, text))
            assert told == f"{theirs}: you may not write here — save the plan elsewhere, or ask for permission"
            assert theirs.read_bytes() == text.encode()
            theirs.parent.chmod(0o755)
            assert beside(theirs.parent) == ["plan.toml"]


def as_somebody(save_it: Callable[[], object]) -> str:
    """What is told to a person without rights who saves: in a process of its own, which root gives its rights up in."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = "it ended otherwise"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            os.environ["XDG_STATE_HOME"] = "/nonexistent"
            save_it()
        except SaveFailed as error:
            told = str(error)
        finally:
            os.write(writing, told.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    return told


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
