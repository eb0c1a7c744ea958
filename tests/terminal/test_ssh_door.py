"""The review account of docs/ssh.md with a real sshd on loopback, without a screen: all that it can do, and cannot."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_tricks import TRICKS, left_around, refused, setting
from ssh_host import Host, tree

from planner.model.project import Project

SOME = 9
"""Of the tricks one in so many goes over the line in the ordinary suite; all of them are tried without."""


@pytest.fixture(scope="module")
def host(desk: Project) -> Iterator[Host]:
    """A host whose account has one door for everybody."""
    yield from setting(0, desk)


def test_reading_without_a_terminal(host: Host) -> None:
    listed = host.asks("list")
    assert listed.code == 0
    assert not listed.err
    assert [line.split("  ")[0] for line in listed.out.splitlines()[1:5]] == ["broken", "desk", "within", "Über plan"]
    assert not any(name in listed.out for name in ("hidden", "-rf", "out ", "pipe", "loop", "secret", "\x1b"))
    assert host.asks().out == listed.out
    shown = host.asks("planner", "show", "desk")
    assert shown.code == 0
    assert "Example Ltd" in shown.out
    assert "\x1b" not in shown.out
    assert host.asks("show", "desk.toml").out == shown.out
    assert host.asks("show", "within").code == 0
    assert host.asks("show", "'Über plan'", "--section=work").code == 0
    assert host.asks("check", "desk", "--json").out.startswith('{\n  "schema": 1')
    assert "Nobody has remarked anything" in host.asks("review", "desk").out
    assert "desk.toml has no roadmap yet" in host.asks("verify", "desk").err
    broken = host.asks("show", "broken")
    assert broken.code == 2
    assert "planner: broken.toml:3: engagement: nme is an unknown key" in broken.err
    assert "\x1b" not in broken.err
    assert str(host.plans) not in broken.err


def test_a_folder_that_is_not_for_the_account(host: Host) -> None:
    """It is said in a sentence, also to the administrator who has just set it up."""
    host.plans.chmod(0)
    try:
        said = host.asks("list")
    finally:
        host.plans.chmod(0o2750)
    assert refused(*said)
    assert "this account has no folder" in said.err


@pytest.mark.parametrize("every", [SOME, pytest.param(1, marks=pytest.mark.soak)])
def test_tricks_over_the_line(host: Host, every: int) -> None:
    before, around = tree(host.plans, host.reviews), left_around(host)
    for trick in TRICKS[5::every]:
        said = host.asks(trick)
        assert refused(*said), (trick, said)
    assert tree(host.plans, host.reviews) == before
    assert left_around(host) == around
    assert not host.running()


def test_no_way_around_the_door(host: Host, tmp_path: Path) -> None:
    """File transfer, subsystems, forwards and variables of the client."""
    before, around = tree(host.plans, host.reviews), left_around(host)
    assert host.asks("sftp", options=("-s",))[:2] == (2, "")
    local = tmp_path / "x.toml"
    local.write_text("x")
    there = f"{host.user}@127.0.0.1"
    into, out_of = [str(local), f"{there}:x.toml"], [f"{there}:desk.toml", str(tmp_path / "y")]
    for words in (into, ["-O", *into], ["-O", *out_of]):
        copy = subprocess.run([*host.client(program="scp"), *words], capture_output=True, timeout=30)
        assert copy.returncode != 0
    assert not (tmp_path / "y").exists()
    with socket.create_server(("127.0.0.1", 0)) as target:
        port = target.getsockname()[1]
        through = subprocess.run(
            host.client("-W", f"127.0.0.1:{port}"), capture_output=True, stdin=subprocess.DEVNULL, timeout=30
        )
        assert through.returncode != 0
        assert b"forwarding failed" in through.stderr
        target.settimeout(0.05)
        with pytest.raises(TimeoutError):
            target.accept()
    for way in (f"-R0:127.0.0.1:{host.port}", f"-R{host.base}/socket:127.0.0.1:{host.port}"):
        said = host.asks("list", options=("-oExitOnForwardFailure=yes", way))
        assert said.code == 255
        assert "forwarding" in said.err
    given = {
        "PLANNER_LANG": "zh",
        "PLANNER_TEMPLATES": "/etc",
        "PLANNER_CONFIG": "/etc/passwd",
        "PYTHONPATH": "/tmp",
        "PYTHONINSPECT": "1",
        "XDG_STATE_HOME": "/tmp",
        "LD_PRELOAD": "/nothing.so",
        "SSH_ORIGINAL_COMMAND": "id",
    }
    said = host.asks("list", options=[f"-oSetEnv={' '.join(f'{name}={value}' for name, value in given.items())}"])
    assert (said.code, said.err) == (0, "")
    assert "Example Ltd" in said.out
    assert "client" in said.out
    assert "名称" in host.asks("list", options=("-oSetEnv=LANG=zh_CN.UTF-8",)).out
    assert tree(host.plans, host.reviews) == before
    assert left_around(host) == around


def test_what_sshd_has_in_force(host: Host) -> None:
    """The page's block wins over the open configuration around it."""
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin") or "sshd"
    asked = [sshd, "-T", "-f", str(host.base / "sshd_config"), "-C", f"user={host.user},host=x,addr=127.0.0.1"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    in_force = dict(line.split(" ", 1) for line in told.splitlines() if " " in line)
    wanted = {
        "disableforwarding": "yes",
        "permittunnel": "no",
        "permituserrc": "no",
        "permituserenvironment": "no",
        "authenticationmethods": "publickey",
        "maxsessions": "4",
    }
    assert wanted.items() <= in_force.items()
    assert in_force["forcecommand"].startswith("exec ")
