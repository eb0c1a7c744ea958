"""A review over SSH on the screen, by reviewers told apart by their keys: remarks, lines that drop, slow lines."""

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_tricks import left_around, refused, setting
from driver import Terminal
from ssh_host import Host, no_host, tree

from planner.cli.main import main
from planner.model.project import Project
from planner.store.load import load
from planner.store.lock import Lock
from planner.store.remarks import load_remarks


@pytest.fixture(scope="module")
def keyed(desk: Project) -> Iterator[Host]:
    """A host whose account has a door for each key."""
    yield from setting(1, desk)


def test_each_key_has_its_own_name(keyed: Host) -> None:
    """A key whose line names no command is no key at all."""
    assert keyed.asks("show", "desk", key="anna").code == 0
    assert keyed.asks("show", "desk", key="ben").code == 0
    assert refused(*keyed.asks("id", key="ben"))
    assert keyed.asks("sftp", options=("-s",), key="ben")[:2] == (2, "")
    plain = keyed.asks("id", key="plain")
    assert plain.code == 255
    assert "Permission denied" in plain.err


@pytest.fixture(scope="module")
def desk_host(keyed: Host) -> Host:
    """The host with a door for each key, where sshd can give its account a terminal."""
    if not keyed.root and keyed.asks("list", options=("-tt",)).code:
        no_host("only as root can sshd give a terminal to somebody here")
    return keyed


def kept(host: Host) -> list[Path]:
    """The files with remarks."""
    return sorted(path for path in host.reviews.iterdir() if path.is_file())


def all_gone(host: Host, timeout: float = 20) -> None:
    """Wait until the account has no process of the planner any more."""
    end = time.monotonic() + timeout
    while host.running():
        assert time.monotonic() < end, "a process of the planner is left behind"
        time.sleep(0.05)


def test_a_remark_from_the_list_to_the_plan(desk_host: Host, tmp_path: Path) -> None:
    """Anna opens a plan from the list, tries what she may not do, and remarks; the owner takes it in."""
    lock = Lock.take(desk_host.plans / "broken.toml")
    assert isinstance(lock, Lock)
    before, around = tree(desk_host.plans), left_around(desk_host)
    with Terminal(cwd=tmp_path, program=desk_host.client("-t"), size=(120, 30)) as she:
        she.sees("Plans in ", "6 plans", "Example Ltd")
        she.press("down")
        she.sees("broken.toml", " has this plan open on ")
        she.press("up")
        she.press("x")
        she.sees("A review leaves the files as they are")
        she.press("\x1a")
        she.sees("There is no shell here to go to.")
        she.press("down", "down", "down", "enter")
        she.sees("out.toml cannot be opened", "you may not read this file")
        she.press("escape", "up", "enter")
        she.sees("Review by Anna Example", "review, ")
        she.press("a")
        she.sees("[a Assess")
        she.press("5")
        she.sees("! A review leaves the plan as it is")
        she.press("N", "Too soon [P1] $(id)", "enter")
        she.sees("Comment by Anna Example: Too soon [P1] $(id).")
        she.press("q")
        assert she.ends() == 0
    all_gone(desk_host)
    assert tree(desk_host.plans) == before
    assert left_around(desk_host) == around
    lock.release()
    (file,) = kept(desk_host)
    assert file.name == "desk.review-anna-example.toml"
    assert file.stat().st_mode & 0o777 == 0o640
    remarks = load_remarks(file)
    assert [(one.author, one.text) for one in remarks.comments] == [("Anna Example", "Too soon [P1] $(id)")]
    plan = tmp_path / "desk.toml"
    plan.write_bytes((desk_host.plans / "desk.toml").read_bytes())
    assert main(["merge", str(plan), "--review", str(file), "--write"]) == 0
    assert [one.text for one in load(plan).project.comments] == ["Too soon [P1] $(id)"]


def test_the_line_drops_while_she_types(desk_host: Host, tmp_path: Path) -> None:
    """What was accepted is kept, what was being typed is offered again, and nothing goes on running."""
    before = tree(desk_host.plans)
    with Terminal(cwd=tmp_path, program=[*desk_host.client("-t", key="ben"), "review", "desk"]) as he:
        he.sees("Review by Ben Example")
        he.press("N", "Who is on call", "enter")
        he.sees("Comment by Ben Example: Who is on call")
        he.press("N", "And who pays for")
        he.sees("And who pays for")
        he.process.send_signal(signal.SIGKILL)
    all_gone(desk_host)
    file = desk_host.reviews / "desk.review-ben-example.toml"
    assert [one.text for one in load_remarks(file).comments] == ["Who is on call"]
    with Terminal(cwd=tmp_path, program=[*desk_host.client("-t", key="ben"), "review", "desk"]) as he:
        he.sees("And who pays for")
        he.press(" it", "enter")
        he.sees("Comment by Ben Example: And who pays for it")
        he.press("q")
        assert he.ends() == 0
    assert [one.text for one in load_remarks(file).comments] == ["Who is on call", "And who pays for it"]
    assert tree(desk_host.plans) == before


SLOW = """
import os, select, socket, sys, time
far = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
while True:
    for ready in select.select([0, far], [], [])[0]:
        data = os.read(0, 256) if ready == 0 else far.recv(256)
        if not data:
            sys.exit()
        time.sleep(0.02 + len(data) / 20_000)
        far.sendall(data) if ready == 0 else os.write(1, data)
"""
"""A line of 20 kB a second, where each packet takes 20 ms more."""


def test_a_slow_line(desk_host: Host, tmp_path: Path) -> None:
    """All keys at once, long before the first picture: each goes where it belongs."""
    (tmp_path / "slow.py").write_text(SLOW)
    proxy = f"-oProxyCommand={sys.executable} {tmp_path / 'slow.py'} {desk_host.port}"
    with Terminal(cwd=tmp_path, program=[*desk_host.client("-t", proxy), "review", "within"]) as she:
        she.sees("Review by Anna Example")
        began = len(she.raw)
        she.press("N", "over a slow line", "enter")
        she.sees("Comment by Anna Example: over a slow line")
        assert len(she.raw) - began < 6_000
        she.press("q")
        assert she.ends() == 0
    texts = [one.text for one in load_remarks(desk_host.reviews / "within.review-anna-example.toml").comments]
    assert texts == ["over a slow line"]


def test_a_terminal_that_cannot_draw(desk_host: Host, tmp_path: Path) -> None:
    with Terminal(cwd=tmp_path, program=desk_host.client("-t"), env={"TERM": "dumb"}) as she:
        assert she.ends() == 0
        assert "Example Ltd" in she.text
        assert b"\x1b" not in she.raw
