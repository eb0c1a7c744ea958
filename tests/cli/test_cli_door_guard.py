"""The walls of a session at the door, in a process of its own: they cannot be taken down again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.door_guard import forget

TRIES = {
    "read a plan": "open('plans/a.toml').read()",
    "read itself": "open(os.__file__).read()",
    "list the plans": "os.listdir('plans')",
    "write a remark": "open('reviews/x', 'w').write('x')",
    "rename a remark": "os.rename('reviews/x', 'reviews/y')",
    "make a folder": "Path('reviews/deep/er').mkdir(parents=True)",
    "remove a remark": "os.remove('reviews/y')",
    "write to nowhere": "open(os.devnull, 'w').write('x')",
    "learn the zones of time": "__import__('zoneinfo').available_timezones()",
    "import late": "import decimal",
    "do work in a thread": "t = __import__('threading').Thread(target=print); t.start(); t.join()",
}
"""What goes on working."""

REFUSED = {
    "read elsewhere": "open('secret').read()",
    "read a password": "open('/etc/passwd').read()",
    "read by a handle": "os.open('secret', os.O_RDONLY)",
    "read through a link": "open('plans/out').read()",
    "read beside": "open('plans/../secret').read()",
    "read a folder called alike": "open('plansx/a').read()",
    "list elsewhere": "os.listdir('.')",
    "look elsewhere": "list(os.scandir('/etc'))",
    "walk": "list(Path('/etc').iterdir())",
    "write a plan": "open('plans/a.toml', 'a')",
    "write by a handle": "os.open('plans/new', os.O_WRONLY | os.O_CREAT)",
    "write elsewhere": "open('/tmp/planner-door-x', 'w')",
    "write through a link": "open('reviews/link', 'w')",
    "remove a plan": "os.remove('plans/a.toml')",
    "rename a plan": "os.rename('plans/a.toml', 'reviews/a')",
    "replace a plan": "os.replace('reviews/z', 'plans/a.toml')",
    "link a plan": "os.link('plans/a.toml', 'reviews/l')",
    "make a link elsewhere": "os.symlink('x', 'plans/l')",
    "make a folder elsewhere": "os.mkdir('plans/d')",
    "change rights": "os.chmod('plans/a.toml', 0o777)",
    "touch": "os.utime('plans/a.toml')",
    "cut": "os.truncate('plans/a.toml', 0)",
    "run a program": "subprocess.run(['true'])",
    "run a shell": "os.system('true')",
    "become a program": "os.execv('/bin/true', ['true'])",
    "fork": "os.fork()",
    "spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "connect": "socket.create_connection(('127.0.0.1', 1), 1)",
    "listen": "socket.create_server(('127.0.0.1', 0))",
    "ask for a name": "socket.getaddrinfo('localhost', 1)",
    "connect to a socket file": "s = socket.socket(socket.AF_UNIX); s.connect('/tmp/x')",
}
"""What is not permitted."""

CODE = """
import json, os, socket, subprocess, sys, threading
from pathlib import Path
from planner.cli.door_guard import shut
tries = json.loads(sys.argv[1])
shut([Path("plans")], [Path("reviews")])
said = {}
for name, what in tries.items():
    try:
        exec(what)
        said[name] = ""
    except Exception as error:
        said[name] = f"{type(error).__name__}: {error}"
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each try."""
    base = tmp_path_factory.mktemp("guard")
    for folder in ("plans", "reviews", "plansx"):
        (base / folder).mkdir()
    for file in ("secret", "plans/a.toml", "plansx/a", "reviews/z"):
        (base / file).write_text("x")
    (base / "plans/out").symlink_to("../secret")
    (base / "reviews/link").symlink_to("../secret")
    words = [sys.executable, "-c", CODE, json.dumps(TRIES | REFUSED)]
    done = subprocess.run(words, cwd=base, capture_output=True, text=True, check=True)
    assert (base / "secret").read_text() == (base / "plans/a.toml").read_text() == "x"
    assert not Path("/tmp/planner-door-x").exists()
    answer: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_what_the_planner_needs_goes_on_working(said: dict[str, str]) -> None:
    assert {name: said[name] for name in TRIES if said[name]} == {}


def test_nothing_else_does(said: dict[str, str]) -> None:
    through = {name: said[name] for name in REFUSED if not said[name].startswith("PermissionError: ")}
    assert through == {}


def test_what_the_client_says_of_itself() -> None:
    """Only plain words about the terminal are let in."""
    told = {
        "TERM": "xterm-256color",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "x\ny",
        "NO_COLOR": "",
        "COLORTERM": "x" * 500,
        "LD_PRELOAD": "x",
        "PLANNER_DEBUG": "1",
        "TEXTUAL_LOG": "/tmp/x",
        "COLUMNS": "4",
        "HOME": "/root",
        "PATH": "/bin",
        "SSH_AUTH_SOCK": "/tmp/x",
    }
    forget(told, Path("/srv/reviews/.planner/a"))
    home = "/srv/reviews/.planner/a"
    own = {f"XDG_{kind}_HOME": home for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    plain = {"TERM": "xterm-256color", "LANG": "de_DE.UTF-8", "NO_COLOR": ""}
    assert told == plain | own | {"HOME": home, "PLANNER_CONFIG": f"{home}/config.toml"}
    forget(told, None)
    assert told["HOME"] == told["XDG_STATE_HOME"] == told["PLANNER_CONFIG"] == os.devnull
