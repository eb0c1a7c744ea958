"""Terminals that only print, locales of few letters, no terminal at all: plain text or a sentence, never a mess."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from driver import Terminal

from planner.cli.terminal import letters
from planner.model.project import Project
from planner.store.save import save

STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
"""What must not be in plain text; a terminal itself ends lines with CR LF."""

VERBS = {
    "show": ("show", "bank.toml"),
    "show work": ("show", "bank.toml", "--section", "work"),
    "check": ("check", "bank.toml"),
    "assess": ("assess", "bank.toml"),
    "diff": ("diff", "bank.toml", "other.toml"),
    "fsck": ("fsck", "."),
    "backups": ("backups", "bank.toml"),
    "review": ("review", "bank.toml"),
    "explain": ("explain", "bank.toml", "nothing@9"),
    "verify": ("verify", "bank.toml"),
    "no such command": ("shwo", "bank.toml"),
    "no such plan": ("show", "银行.toml"),
    "the screen": ("bank.toml",),
    "the folder": (".",),
    "a review of a folder": ("review", "."),
    "help": ("--help",),
    "chinese": ("--lang", "zh", "show", "bank.toml"),
}
"""Everything that prints, and what cannot without a screen."""

WAYS = {
    "dumb": ({"TERM": "dumb"}, "utf-8"),
    "no kind": ({"TERM": ""}, "utf-8"),
    "C": ({"TERM": "dumb", "LC_ALL": "C"}, "utf-8"),
    "latin-1": ({"LC_ALL": "", "LANG": "en_US.ISO-8859-1"}, "latin-1"),
    "latin-1 and dumb": ({"TERM": "dumb", "LC_ALL": "de_DE.ISO-8859-1@euro"}, "latin-1"),
    "ascii": ({"TERM": "dumb", "PYTHONIOENCODING": "ascii"}, "ascii"),
    "strict": ({"TERM": "dumb", "PYTHONIOENCODING": "latin-1:strict"}, "latin-1"),
    "gbk": ({"TERM": "dumb", "LC_ALL": "zh_CN.GBK"}, "gbk"),
    "no such encoding": ({"TERM": "dumb", "LC_ALL": "en_US.KLINGON"}, "utf-8"),
}
"""Environments, and the letters that their terminal shows."""

FEW = [("show", "C"), ("show", "latin-1"), ("review", "dumb"), ("the folder", "latin-1"), ("check", "ascii")]
"""What the ordinary suite tries; all of them together are tried in a long run."""


@pytest.fixture(scope="module")
def folder(bank: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plans with names in Chinese."""
    folder = tmp_path_factory.mktemp("plain")
    save(bank, folder / "bank.toml")
    save(replace(bank, engagement=replace(bank.engagement, goal="更少的故障 é")), folder / "other.toml")
    return folder


def judged(raw: bytes, encoding: str) -> str:
    """The text that a terminal of these letters shows; fails where it would be a mess."""
    text = raw.decode(encoding)
    assert not STEERING.search(text), STEERING.findall(text)
    assert "Traceback" not in text
    assert text.strip()
    return text


@pytest.mark.parametrize(
    ("verb", "way"),
    [
        *FEW,
        *(pytest.param(verb, way, marks=pytest.mark.soak) for verb in VERBS for way in WAYS if (verb, way) not in FEW),
    ],
)
def test_a_plain_terminal(verb: str, way: str, folder: Path) -> None:
    env, encoding = WAYS[way]
    with Terminal(*VERBS[verb], cwd=folder, env=env, size=(100, 40)) as she:
        code = she.ends()
        text = judged(she.raw, encoding)
    assert code in (0, 1, 2)
    if verb == "show":
        assert ("变更" in text) == (encoding in ("utf-8", "gbk"))
        assert "2027-01-04" in text
    if verb.startswith(("the ", "a review", "no such")):
        assert code == 2
        assert text.startswith("planner: ")


@pytest.mark.parametrize("env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1", "LANG": "en_US.ISO-8859-1"}])
def test_without_a_terminal_all_letters_arrive(env: dict[str, str], folder: Path) -> None:
    """Files and pipes get UTF-8, whatever the locale."""
    words = [sys.executable, "-m", "planner", "show", "bank.toml"]
    done = subprocess.run(words, cwd=folder, env={"PATH": "/usr/bin", **env}, capture_output=True, check=True)
    assert "变更" in judged(done.stdout, "utf-8")
    assert not done.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"LANG": "C"}, None),
        ({"LANG": "C.UTF-8"}, "utf-8"),
        ({"LANG": "en_US.ISO-8859-1"}, "iso8859-1"),
        ({"LANG": "en_US.ISO-8859-1", "LC_ALL": "C.UTF-8"}, "utf-8"),
        ({"LANG": "en_US.ISO-8859-1", "PYTHONIOENCODING": "ascii"}, None),
        ({"LANG": "de_DE.ISO-8859-15@euro"}, "iso8859-15"),
        ({"LANG": "en_US.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, "iso8859-1"),
        ({"LANG": "en_US.ISO-8859-1", "LC_CTYPE": "de_DE.UTF-8"}, "utf-8"),
        ({"LANG": "x.UTF-16"}, None),
        ({"LANG": "x.rot13"}, None),
        ({"LANG": "x.hex"}, None),
        ({"LANG": "x." + "y" * 500}, None),
        ({"LANG": "x.\x00"}, None),
    ],
)
def test_letters(environment: dict[str, str], expected: str | None) -> None:
    assert letters(environment) == expected
