"""A disk that is really full: the edits stay, and the words say where else to save them."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from consultant import at_work, text_of

from planner.model.project import Project
from planner.store.load import load
from planner.store.save import save


@pytest.fixture
def full(desk: Project, tmp_path: Path) -> Iterator[Path]:
    """A saved plan on a small disk of its own, on which nothing more has room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", str(disk)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"not tested: no small disk may be mounted on this host: {done.stderr.strip()}")
    try:
        plan = disk / "desk.toml"
        save(desk, plan)
        with suppress(OSError), (disk / "other").open("wb", buffering=0) as other:
            while other.write(b"x" * 4096):
                pass
        assert os.statvfs(disk).f_bavail == 0
        yield plan
    finally:
        subprocess.run(["umount", str(disk)], check=True)


async def test_a_full_disk_keeps_the_edits_and_says_what_to_do(full: Path, tmp_path: Path) -> None:
    """The file stays as it was; another name on another disk takes the plan; there is no mess on the full one."""
    text = text_of(full)
    async with at_work(full) as she:
        await she.press("3")
        await she.press("s")
        she.sees("Not saved:", "the disk is full", "Save under another name")
        await she.press("escape")
        she.sees("unsaved changes")
        assert she.project.process_by_id["sms"].target["people"] == 3
        assert text_of(full) == text
        await she.press("s")
        await she.fill(str(tmp_path / "rescued.toml"))
        await she.press("enter")
        await she.settle()
        she.sees("Saved to rescued.toml.", "saved |")
    assert load(tmp_path / "rescued.toml").project.process_by_id["sms"].target["people"] == 3
    assert text_of(full) == text
    assert not [path for path in full.parent.rglob("*") if path.suffix in (".tmp", ".new", ".lock")]
