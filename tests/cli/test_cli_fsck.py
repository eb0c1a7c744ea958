"""``planner fsck``: every plan's health, worst first, and what to do."""

import json
import os
import shutil
import socket
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
from cli_said import Planner

from planner.model.project import Comment, Conflict, Project
from planner.model.remarks import Remarks, series
from planner.model.values import Fixed
from planner.store.backups import keep
from planner.store.beside import companion, home
from planner.store.fsck import examine, leavings
from planner.store.journal import Journal
from planner.store.load import load
from planner.store.lock import Holder, Lock
from planner.store.remarks import review_path, save_remarks
from planner.store.save import save


@pytest.fixture
def folder(desk: Project, tmp_path: Path) -> Path:
    """A folder with one plan that is as it should be."""
    folder = tmp_path / "plans"
    folder.mkdir()
    save(desk, folder / "desk.toml")
    return folder


def lines(text: str) -> list[str]:
    """The lines of an answer, each whole again."""
    whole: list[str] = []
    for line in text.splitlines():
        if line.startswith("       ") and whole:
            whole[-1] += " " + line.strip()
        elif line:
            whole.append(line)
    return whole


def test_all_is_well(planner: Planner, folder: Path) -> None:
    said = planner("fsck", folder)
    assert (said.code, said.err) == (0, "")
    assert lines(said.out) == ["good   desk.toml", "1 plan: 0 wrong, 0 to look at, 1 good."]
    assert planner("fsck", folder / "desk.toml").out == said.out


def test_an_empty_folder(planner: Planner, tmp_path: Path) -> None:
    said = planner("fsck", tmp_path)
    assert (said.code, said.out) == (0, "There are no plans here.\n")
    assert planner("fsck", tmp_path / "nowhere").code == 2


def test_worst_first(planner: Planner, folder: Path, desk: Project) -> None:
    save(desk, folder / "Desk.toml")
    (folder / "broken.toml").write_text("schema = 2\n[engagement]\nnme = 3\n")
    (folder / "old.toml").write_text((folder / "desk.toml").read_text().replace("schema = 2", "schema = 1", 1))
    (folder / "notes.toml").write_text("x = 1\n")
    said = planner("fsck", folder)
    assert said.code == 1
    told = lines(said.out)
    assert told[0].startswith("wrong  broken.toml: cannot be opened: ")
    assert "2 faults, the first in line 2, engagement: start is missing — add it" in told[0]
    assert told[1].startswith("look   Desk.toml: differs from desk.toml in capital letters only — rename one of them")
    assert told[2].startswith("look   desk.toml: differs from Desk.toml")
    assert told[3] == "good   old.toml: is written in schema 1, and becomes 2 when it is saved next"
    assert told[4:] == ["4 plans: 1 wrong, 2 to look at, 1 good."]


def test_what_cannot_be_a_plan(planner: Planner, folder: Path, desk: Project, tmp_path: Path) -> None:
    """Links, a pipe, a file that was cut to nothing: none of them is read for ever."""
    save(desk, tmp_path / "elsewhere.toml")
    (folder / "out.toml").symlink_to(tmp_path / "elsewhere.toml")
    (folder / "lost.toml").symlink_to("nothing.toml")
    (folder / "loop.toml").symlink_to("loop.toml")
    os.mkfifo(folder / "pipe.toml")
    (folder / "cut.toml").touch()
    told = lines(planner("fsck", folder).out)
    assert told[0].startswith("wrong  cut.toml: cannot be opened: ")
    assert told[1] == "wrong  loop.toml: is a link that leads to nothing — bring back what it led to, or remove it"
    assert told[2].startswith("wrong  lost.toml: is a link that leads to nothing")
    assert told[3] == "wrong  pipe.toml: is no ordinary file — remove it, or move it to another folder"
    assert told[4].startswith("look   out.toml: is a link to a file outside this folder")
    assert told[5] == "good   desk.toml"


def test_a_file_that_may_not_be_read(desk: Project) -> None:
    """By somebody who is not root, in a process of their own."""
    folder = Path(mkdtemp())
    try:
        folder.chmod(0o755)
        save(desk, folder / "closed.toml")
        (folder / "closed.toml").chmod(0)
        examine(folder)  # what is imported late is imported now: the other person may not read it
        child = os.fork()
        if not child:
            code = 1
            try:
                if os.geteuid() == 0:
                    os.seteuid(65534)
                code = 0 if "may not read" in examine(folder)[0].faults[0].message else 2
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
    finally:
        shutil.rmtree(folder)


def test_conflicts_and_roadmaps(planner: Planner, planned_file: Path) -> None:
    project = load(planned_file).project
    assert project.roadmap is not None
    folder = planned_file.parent
    conflict = Conflict(id="k1", table="engagement", item="", field="goal", ours='"a"', theirs='"b"')
    save(replace(project, conflicts=(conflict,)), folder / "merged.toml")
    save(replace(project, roadmap=replace(project.roadmap, status="stale")), folder / "stale.toml")
    first = next(iter(project.roadmap.packages))
    place = project.roadmap.packages[first]
    moved = {**project.roadmap.packages, first: replace(place, finish=place.start)}
    save(replace(project, roadmap=replace(project.roadmap, packages=Fixed(moved))), folder / "moved.toml")
    said = planner("fsck", folder)
    told = lines(said.out)
    assert said.code == 1
    assert told[0].startswith("wrong  merged.toml: 1 conflict of a merge is not settled — open the plan and settle it")
    assert told[1].startswith("wrong  moved.toml: the roadmap breaks ")
    assert f"planner verify {folder}/moved.toml" in told[1]
    assert told[2].startswith("look   stale.toml: the roadmap is from before the last merge — propose again")


def test_what_sessions_left(planner: Planner, folder: Path, desk: Project) -> None:
    path = folder / "desk.toml"
    text = path.read_text()
    keep(path, text + "\n# earlier\n")
    child = os.fork()
    if not child:  # a session that ends by force, with an edit made
        assert isinstance(Lock.take(path), Lock)
        journal = Journal.begin(path, text, desk)
        journal.edit("Goal", desk, replace(desk, engagement=replace(desk.engagement, goal="Less noise")))
        journal.settle()
        os._exit(0)
    os.waitpid(child, 0)
    told = lines(planner("fsck", folder).out)
    assert told[0].startswith("look   desk.toml: 1 edit is not saved: the session of ")
    assert told[1].startswith("look   desk.toml: ")
    assert "that session seems to have ended" in told[1]
    said = planner("fsck", folder, "--tidy")
    told = lines(said.out)
    assert told[0].startswith("look   desk.toml: 1 edit is not saved")
    assert told[1:3] == ["removed: desk.toml.lock", "1 plan: 0 wrong, 1 to look at, 0 good."]
    assert not companion(path, "lock").exists()


def test_a_journal_that_is_none(planner: Planner, folder: Path) -> None:
    (home(folder / "desk.toml", make=True) / "desk.toml.journal").write_bytes(b"\x1b[31m what is this\n" * 9)
    told = lines(planner("fsck", folder).out)
    assert told[0].startswith(
        "look   desk.toml: the journal desk.toml.journal of a session that ended cannot be read — "
    )


def test_who_has_it_open_and_how_many_backups(planner: Planner, folder: Path) -> None:
    path = folder / "desk.toml"
    keep(path, path.read_text() + "\n# earlier\n")
    lock = Lock.take(path)
    assert not isinstance(lock, Holder)
    try:
        told = lines(planner("fsck", folder, "--tidy").out)
        assert companion(path, "lock").exists()
    finally:
        lock.release()
    assert told[0].startswith("good   desk.toml: You have this plan open in another window since ")
    assert told[0].endswith(f"; 1 backup, of {datetime.now(UTC).astimezone():%Y-%m-%d}")


def test_leavings(planner: Planner, folder: Path) -> None:
    """Temporary files of saves long past go with --tidy, and only these."""
    old, new = folder / ".planner-0123456789abcdef.tmp", folder / ".planner-0123456789abcdee.tmp"
    old.touch()
    os.utime(old, (1, 1))
    new.touch()
    keep(folder / "gone.toml", "x")
    assert [path.name for path in leavings(folder).temporaries] == [old.name]
    told = lines(planner("fsck", folder).out)
    assert told[1].startswith(f"look   {old.name} was left by a save that was cut off — remove it: planner fsck ")
    assert told[2].startswith(
        "look   gone.toml is gone, but what belongs to it is still in .planner: gone.toml.backups"
    )
    assert old.exists()
    assert "removed: .planner-0123456789abcdef.tmp" in planner("fsck", folder, "--tidy").out
    assert (old.exists(), new.exists()) == (False, True)
    assert (home(folder / "x") / "gone.toml.backups").is_dir()


def test_remarks_that_wait(planner: Planner, folder: Path, desk: Project, tmp_path: Path) -> None:
    """Beside the plan or in a folder of their own; those taken in are not told."""
    path, reviews = folder / "desk.toml", tmp_path / "reviews"
    reviews.mkdir()
    for name, place in (("Anna Example", None), ("Ben Example", reviews)):
        comment = Comment(id=f"{series(name)}1", text="Too soon", made=date(2027, 1, 5), author=name)
        remarks = Remarks(plan=desk.engagement.name, file=path.name, reviewer=name, comments=(comment,))
        save_remarks(remarks, review_path(path, name, place))
    (reviews / "desk.review-bad.toml").write_text("x = [")
    told = lines(planner("fsck", folder, "--reviews", reviews).out)
    assert told[0].startswith("look   desk.toml: remarks of Anna Example are not taken in — take them in: ")
    assert f"planner merge {path} --review {folder}/desk.review-" in told[0]
    assert "the review desk.review-bad.toml cannot be read" in told[1]
    assert "remarks of Ben Example" in told[2]
    assert told[3:] == ["1 plan: 0 wrong, 1 to look at, 0 good."]
    assert "Ben" not in planner("fsck", folder).out


def test_hostile_names(planner: Planner, folder: Path, desk: Project) -> None:
    """A name that steers a terminal is shown harmless."""
    save(desk, folder / "a\x1b[31m\u202eb.toml")
    said = planner("fsck", folder)
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_json(planner: Planner, folder: Path) -> None:
    (folder / "broken.toml").write_text("schema = 2\n[engagement]\nnme = 3\n")
    said = planner("fsck", folder, "--json")
    data = json.loads(said.out)
    assert (said.code, data["schema"]) == (1, 1)
    assert [(each["file"], each["state"]) for each in data["plans"]] == [
        ("broken.toml", "wrong"),
        ("desk.toml", "good"),
    ]
    assert data["plans"][0]["notes"][0]["kind"] == "unreadable"
    assert data["plans"][1]["name"] == load(folder / "desk.toml").project.engagement.name


def test_nothing_is_changed_by_looking(planner: Planner, folder: Path) -> None:
    before = sorted(folder.rglob("*")), (folder / "desk.toml").stat()
    planner("fsck", folder)
    assert (sorted(folder.rglob("*")), (folder / "desk.toml").stat().st_mtime_ns) == (before[0], before[1].st_mtime_ns)


def test_a_socket_is_no_plan(planner: Planner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.toml")
    assert lines(planner("fsck", folder).out)[0].startswith("wrong  s.toml: is no ordinary file")
