"""No code, no shell, no network: what Python itself reports while hostile plans are opened, shown, saved and used.

A child process hears every audit event (PEP 578) from the first line on; it works in a folder in which modules of
tempting names lie beside the plan, and on plans whose texts are commands in many languages.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

import hostile

from planner.store import render

ROOT = Path(__file__).parents[2]

MARK = "pwned"

COMMANDS = (
    "__import__('os').system('touch pwned')",
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned #",
    "| touch pwned",
    "{{ ''.__class__ }} pwned",
    "!!python/object/apply:os.system ['touch pwned']",
    "${jndi:ldap://pwned.example/a}",
    "http://pwned.example/",
    "file:///pwned",
    "{0.__init__.__globals__} pwned",
    "%(pwned)s",
)

CHILD = r"""
import json, os, sys

folder, home, allowed = sys.argv[1:4]
NEVER = (
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "os.forkpty",
    "pty.spawn", "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request", "http.client.connect", "ftplib.connect",
    "smtplib.connect", "imaplib.open", "poplib.connect", "telnetlib.Telnet.open", "webbrowser.open", "ctypes.dlopen",
    "ctypes.dlsym", "pickle.find_class",
)
ITSELF = ("ctypes.dlopen", (None,))  # what importing ctypes does, and icalendar imports it
found = []

def watch(event, args):
    if event in NEVER and (event, args) != ITSELF:
        found.append([event, repr(args)[:300]])
    elif event == "compile" and args and args[0] is not None and "pwned" in repr(args[0]):
        found.append([event, repr(args)[:300]])
    elif event == "exec" and "pwned" in repr(getattr(args[0], "co_consts", "")) + repr(args[0]):
        found.append([event, repr(args)[:300]])
    elif event == "import" and args[1] and str(args[1]).startswith(folder):
        found.append([event, repr(args[:2])])
    elif event == "open" and isinstance(args[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(args[0]))
        mode, flags = args[1] or "", args[2] or 0
        writes = any(sign in mode for sign in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if path.startswith(folder) and path.endswith((".py", ".pyc", ".so", ".pth")):
            found.append([event, path])
        if writes and not path.startswith((folder + os.sep, home + os.sep, "/dev/")) and not path.endswith(".pyc"):
            found.append(["write", path])

sys.addaudithook(watch)
sys.path.insert(0, allowed)
os.chdir(folder)

import asyncio
from pathlib import Path
from planner.cli.answer import Failure
from planner.cli.main import answer_to
from planner.export.formats import FORMATS
from planner.store.load import PlanUnreadable, load
from planner.tui.app import PlannerApp
from planner.tui.screens.plan import PlanScreen
from planner.tui.settings import gather, place

def say(*words):
    try:
        answer_to([str(word) for word in words])
        return 0
    except Failure as failure:
        return str(failure)

good, bad = Path(folder) / "plan.toml", Path(folder) / "bad.toml"
done = {}
for section in ("overview", "work", "dependencies", "roadmap", "checks", "comments"):
    done[section] = say("show", good, "--section", section)
for command in ("check", "assess", "verify", "progress"):
    done[command] = say(command, good)
for format in FORMATS:
    done[format] = say("export", good, "--format", format, "--out", Path(folder) / f"out.{format}")
search = ("--strategy", "service-desk-first", "--solver", "heuristic", "--phases", "2")
done["propose"] = say("propose", good, *search, "--out", Path(folder) / "new.toml")
done["save"] = say("refresh", good, "--write")
done["bad"] = say("show", bad)
done["config"] = len(gather({}, place())[1])

async def drive():
    from textual.events import Key
    for path in (good, None):
        first = PlanScreen(load(path)) if path else None
        app = PlannerApp(Path(folder), first)
        async with app.run_test(size=(120, 40)) as pilot:
            for key in (*"awdrgvRo", "y", "a", "c", "escape") if path else ("down", "enter"):
                await pilot.press(key)
                await pilot.pause()
            done["screen" if path else "list"] = 0 if app._exception is None else repr(app._exception)

asyncio.run(drive())
print(json.dumps({"done": done, "found": found, "files": sorted(os.listdir(folder))}))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Plans, one of them damaged, among modules that an import by accident would find."""
    monkeypatch.setattr(hostile, "MARKUP", COMMANDS)
    monkeypatch.setattr(hostile, "STEERING", ("\x1b[2J", "\u202e", ""))
    monkeypatch.setattr(hostile, "QUOTING", (MARK, f"=cmd|' /C {MARK}'!A0"))
    place = tmp_path / "plans"
    place.mkdir()
    text = render.document(hostile.hostile_plan())
    assert text.count(MARK) > 100
    (place / "plan.toml").write_text(text, "utf-8")
    (place / "bad.toml").write_text(text.replace("[[packages]]", "[[packages]]\nx = @") + "\n= 1\n", "utf-8")
    for name in ("planner", "tomllib", "textual", "sitecustomize", "json", "re", "curses", "conftest", "plan"):
        (place / f"{name}.py").write_text(f"open({str(place / MARK)!r}, 'w')", "utf-8")
    return place


def test_nothing_is_run_and_nobody_is_called(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    places = {
        name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", CHILD, str(folder), str(home), str(ROOT)],
        capture_output=True,
        text=True,
        env={**places, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        timeout=100,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["found"] == []
    assert MARK not in said["files"]
    assert said["done"].pop("bad")
    assert {name: word for name, word in said["done"].items() if word} == {}
    assert {"new.toml", "out.csv", "out.md", "out.json", "out.mermaid"} <= {*said["files"]}
