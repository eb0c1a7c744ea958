"""Pictures of every screen at both sizes. Renew them with ``pytest tests/tui --snapshot-update`` and look at them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from consultant import Consultant, app_on
from sample import sample
from textual.pilot import Pilot

from planner.checks.finding import Finding
from planner.model.values import Language
from planner.store.save import save
from planner.tui.judgement import Judgement

SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
FINDINGS = (
    Finding("S04", "error", "A deadline is missed", "Incident 2 ends too late", "move it earlier", ("incident@2",)),
    Finding("CHK08", "warning", "No active leadership", "no sponsor is named", "name one", ()),
)

Picture = Callable[..., bool]


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Findings, folder and times that do not change with anything but the interface."""
    monkeypatch.setattr("planner.tui.screens.plan.judge", lambda project: Judgement(FINDINGS))
    monkeypatch.setattr("planner.checks.check.check", lambda project: FINDINGS)
    monkeypatch.chdir(tmp_path)


def taken(snap_compare: Picture, path: Path, size: str, keys: str) -> bool:
    """Whether the screen after ``keys`` looks as it did."""

    async def press(pilot: Pilot[int]) -> None:
        consultant = Consultant(pilot)
        await consultant.settle()
        await consultant.press(*keys.split())

    return snap_compare(app_on(path), terminal_size=SIZES[size], run_before=press)


def plan_file(language: Language = "en") -> Path:
    """The sample on disk."""
    path = Path(f"sample-{language}.toml")
    save(sample(language), path, overwrite=True)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    return path


@pytest.mark.parametrize(("language", "size"), [("en", "120x40"), ("zh", "80x24")])
@pytest.mark.parametrize(
    "keys",
    [
        pytest.param("down right", id="assessment"),
        pytest.param("t t down", id="profile"),
        pytest.param("w down down", id="work"),
        pytest.param("w t right", id="columns"),
        pytest.param("w t t right", id="load"),
        pytest.param("down d", id="dependencies"),
        pytest.param("r home down down enter", id="timeline"),
        pytest.param("r t right", id="board"),
        pytest.param("r t t down", id="maturity"),
        pytest.param("v down", id="checks"),
        pytest.param("o down down right down down down space", id="organisation"),
    ],
)
def test_area(snap_compare: Picture, size: str, language: Language, keys: str) -> None:
    """The views of the places: everything in its column, the cursor marked, nothing cut that matters.

    What they say at other sizes, in other themes and with other names is in ``test_tui_places``.
    """
    assert taken(snap_compare, plan_file(language), size, keys)


@pytest.mark.parametrize("size", SIZES)
def test_plans(snap_compare: Picture, size: str) -> None:
    """The list with an English plan, a Chinese one and one that cannot be read."""
    plan_file("en")
    plan_file("zh")
    broken = Path("broken.toml")
    broken.write_text("schema = 2\n[engagement]\nnme = 3\n")
    assert taken(snap_compare, Path(), size, "down down")


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param("r ?", id="help"),
        pytest.param(";", id="jump"),
        pytest.param(":", id="palette"),
        pytest.param("w enter", id="package-form"),
        pytest.param("r home down down p", id="pin-form"),
        pytest.param("g c", id="propose-settings"),
        pytest.param("v right right enter", id="finding"),
        pytest.param("r home down down m right right", id="moving"),
        pytest.param("5 H", id="history"),
        pytest.param("enter A enter y p", id="questionnaire"),
        pytest.param("K down space", id="checklists"),
        pytest.param("3 q", id="leaving"),
    ],
)
def test_dialog(snap_compare: Picture, keys: str) -> None:
    """Dialogs at 80x24: frame whole, keys on the last line."""
    assert taken(snap_compare, plan_file(), "80x24", keys)


def test_an_empty_folder(snap_compare: Picture) -> None:
    """It says what to do."""
    assert taken(snap_compare, Path(), "80x24", "")
