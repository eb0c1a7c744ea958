"""A folder that a stranger has sent: what stands where the planner's own things should, and what that costs to read."""

import json
import os
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from fuzzing import MEGABYTES, ROOT, SECONDS

from planner.model.project import Project
from planner.store import course
from planner.store.backups import backups, restore
from planner.store.beside import companion
from planner.store.course import FEWEST
from planner.store.journals import left, unsaved, unsaved_in
from planner.store.listing import listing
from planner.store.load import PlanUnreadable, load
from planner.store.lock import Lock, holder, holders
from planner.store.save import SaveFailed, save, write_file
from planner.text.file import NoFile, contents

BEGIN = 'schema = 2\n[engagement]\nname = "x"\nstart = 2027-01-04\n'


def line(record: object) -> bytes:
    body = json.dumps(record).encode()
    return b"%08x %08x %b\n" % (len(body), zlib.crc32(body), body)


def edit(patch: object, **more: object) -> bytes:
    return line({"edit": "e", "d": patch, "n": 1, **more})


@pytest.fixture
def plan(desk: Project, tmp_path: Path) -> Path:
    (tmp_path / "sent" / ".planner").mkdir(parents=True)
    save(desk, tmp_path / "sent" / "a.toml")
    return tmp_path / "sent" / "a.toml"


def test_nothing_is_waited_for(tmp_path: Path) -> None:
    """Whoever opens a pipe waits for the other end, for ever; a device may be the keyboard."""
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "link.toml").symlink_to("pipe.toml")
    (tmp_path / "keyboard.toml").symlink_to("/dev/tty")
    (tmp_path / "zeros.toml").symlink_to("/dev/zero")
    for name in ("pipe", "link", "keyboard", "zeros"):
        with pytest.raises(PlanUnreadable, match="this is no ordinary file"):
            load(tmp_path / f"{name}.toml")
    assert listing(tmp_path) == ()
    assert contents(Path(os.devnull), 10) == b""
    reading, writing = os.pipe()
    os.write(writing, b"what a shell puts in a file's place")
    os.close(writing)
    assert contents(Path(f"/dev/fd/{reading}"), 11) == b"what a shel"
    os.close(reading)
    with pytest.raises(NoFile):
        contents(tmp_path / "pipe.toml", 1)


@pytest.mark.parametrize("what", ["pipe", "folder", "link", "device", "junk"])
def test_what_stands_where_the_planners_own_files_should_is_left_alone(what: str, plan: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for kind in ("journal", "x.journal", "lock", "lock.aaaaaaaaaaaa", "backups"):
        place = plan.parent / ".planner" / f"a.toml.{kind}"
        match what:
            case "pipe":
                os.mkfifo(place)
            case "folder":
                place.mkdir()
            case "link":
                place.symlink_to(victim)
            case "device":
                place.symlink_to("/dev/zero")
            case _:
                place.write_bytes(b"[" * 5_000)
    assert unsaved(plan) == 0
    assert unsaved_in(plan.parent) == {}
    assert all(not one.readable for one in left(plan))
    assert backups(plan) == ()
    holders(plan.parent)
    got = Lock.take(plan)
    if isinstance(got, Lock):
        got.release()
    loaded = load(plan)
    assert load(plan).project == loaded.project
    changed = replace(loaded.project, engagement=replace(loaded.project.engagement, name="Changed"))
    save(changed, plan, loaded.text)
    assert load(plan).project == changed
    assert victim.read_text() == "mine"


def test_a_link_in_the_place_of_our_folder_leads_to_nobody_elses_edits(plan: Path, tmp_path: Path) -> None:
    """Else a plan sent to a consultant could show, or throw away, what that consultant left unsaved in another."""
    (plan.parent / ".planner").rmdir()
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.toml.journal").write_bytes(line({"begin": 1, "text": BEGIN, "by": "me"}) + edit({"f": {}}))
    (own / "a.toml.lock").write_text("{}")
    (plan.parent / ".planner").symlink_to(own)
    before = {path.name: path.read_bytes() for path in own.iterdir()}
    assert left(plan) == ()
    assert unsaved_in(plan.parent) == {}
    assert holder(plan) is None
    assert holders(plan.parent) == {}
    assert companion(plan, "journal").parent != plan.parent / ".planner"
    assert {path.name: path.read_bytes() for path in own.iterdir()} == before


def test_no_time_is_beyond_the_calendar(plan: Path) -> None:
    """A clock of this host can say all that is told, whatever the file claims."""
    journal = companion(plan, "journal")
    journal.write_bytes(line({"begin": 1, "text": BEGIN, "by": "x"}) + edit({"f": {}}, when=253402300799))
    (one,) = left(plan)
    assert one.last is None
    folder = companion(plan, "backups")
    folder.mkdir()
    for year in ("0001", "9999", "2026"):
        (folder / f"{year}-12-31T23-59-59.000000Z_aaaaaaaaaaaaaaaa.toml").write_text(BEGIN)
    assert [backup.taken.year for backup in backups(plan)] == [2026]


def test_nothing_is_written_through_a_link(plan: Path, tmp_path: Path) -> None:
    for aim in ("there", "not-there"):
        victim = tmp_path / aim
        link = plan.parent / f"{aim}.md"
        link.symlink_to(victim)
        if aim == "there":
            victim.write_text("mine")
        with pytest.raises(SaveFailed):
            write_file(link, "text")
        with pytest.raises(SaveFailed):
            write_file(link, "text", new=True)
        assert victim.read_text() == "mine" if aim == "there" else not victim.exists()
    folder = companion(plan, "backups")
    folder.mkdir()
    (folder / "2026-12-31T23-59-59.000000Z_aaaaaaaaaaaaaaaa.toml").symlink_to(tmp_path / "there")
    assert backups(plan) == ()
    real = folder / "2026-12-30T23-59-59.000000Z_aaaaaaaaaaaaaaaa.toml"
    real.write_text(BEGIN)
    assert restore(plan, backups(plan)[0]) == BEGIN


FORGED = {
    "many edits": lambda big, n: b"".join(
        edit({"f": {"engagement": {"f": {"name": {"=": f"n{i}"}}}}}) for i in range(n)
    ),
    "rows that change places": lambda big, n: edit({"f": {"packages": {"r": [[1, big - 1], [0, 1]]}}}) * n,
    "growing tables": lambda big, n: b"".join(
        edit({"f": {"limits": {"f": {"change_weight": {"m": {"put": {f"{i}-{j}": 1 for j in range(99)}, "cut": []}}}}}})
        for i in range(n // 10)
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_journal_is_no_bomb(name: str, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With limits that are a hundredth of the true ones."""
    big, made, judged = 100, course.MOST_MADE // 1_000, course.MOST_JUDGED // 100
    monkeypatch.setattr(course, "MOST_MADE", made)
    monkeypatch.setattr(course, "MOST_JUDGED", judged)
    rows = "".join(f'[[packages]]\nid="p{n}"\nname="n"\nworkstream="tech"\ndays=[1,1,1]\n' for n in range(big))
    whole = line({"begin": 1, "text": BEGIN + rows, "by": "x"})
    companion(plan, "journal").write_bytes(whole + FORGED[name](big, 400) + line({"go": 10**30}))
    (one,) = left(plan)
    told = one.told()
    assert FEWEST <= len(told.steps) <= max(FEWEST, judged // big) + 1 or name == "growing tables"
    assert sum(len(plan.packages) for _label, plan in told.steps) <= made
    assert told.steps[0][0] == ""


AT_THE_LIMITS = {
    "unknown keys": lambda: BEGIN + "".join(f"k{n}=1\n" for n in range(299_990)),
    "marks": lambda: BEGIN + "".join(f'k{n}="\\ufdd0"\n' for n in range(299_990)),
    "wrong references": lambda: (
        BEGIN
        + "".join(
            f'[[packages]]\nid="p{n}"\nname="n"\nworkstream="tech"\ndays=[1,1,1]\nafter=["q{n}"]\n'
            for n in range(10_000)
        )
    ),
    "long ids": lambda: (
        BEGIN
        + "".join(
            f'[[packages]]\nid="{"p" * 550}{n}"\nname="n"\nworkstream="tech"\ndays=[1,1,1]\nafter=["{"p" * 500}q"]\n'
            for n in range(5_000)
        )
    ),
    "escapes": lambda: BEGIN + 'goal = "' + "\\t" * 2_900_000 + '"',
    "dots": lambda: BEGIN + "".join(f"[x-k{n}{'.a' * 8}]\n" for n in range(29_998)),
    "headings": lambda: BEGIN + "".join(f"[x-a{n}]\n" for n in range(149_990)),
}

JUDGED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from planner.store.load import PlanUnreadable, load
before = resource.getrusage(resource.RUSAGE_SELF)
try:
    load(Path({path!r}))
except PlanUnreadable as error:
    assert all(len(str(fault)) < 2000 for fault in error.faults)
used = resource.getrusage(resource.RUSAGE_SELF)
memory = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, memory / 1024)
"""


@pytest.mark.soak
@pytest.mark.parametrize("name", AT_THE_LIMITS)
def test_what_stands_at_the_limits_takes_no_longer_than_is_promised(name: str, tmp_path: Path) -> None:
    """Processor time and memory of a process of its own; best of three, for others share the machine."""
    path = tmp_path / "plan.toml"
    path.write_text(AT_THE_LIMITS[name](), "utf-8")
    code = JUDGED.format(root=str(ROOT), path=str(path))
    told = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        for _again in range(3)
    ]
    assert min(float(seconds) for seconds, _memory in told) < SECONDS
    assert min(float(memory) for _seconds, memory in told) < MEGABYTES
