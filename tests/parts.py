"""Real readers of what is handed over: programs and packages that a machine may lack. In CI they must be there."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGES = Path(__file__).parent.parent / ".npm" / "node_modules"
"""Where the packages of npm lie that tests drive in a browser."""


def part(name: str) -> str:
    """The path of the program ``name``; without it the test is skipped, and fails in CI."""
    found = shutil.which(name)
    return found if found else _lacking(name)


def package(name: str) -> Path:
    """The folder of the npm package ``name``; without it the test is skipped, and fails in CI."""
    folder = PACKAGES / name
    return folder if folder.is_dir() else _lacking(f".npm/node_modules/{name}")


def _lacking(what: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed here")
    pytest.skip(f"{what} is not installed here")
