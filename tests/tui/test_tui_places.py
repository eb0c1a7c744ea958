"""Every place at 80x24, 120x40 and 200x60, in dark, ansi and without colour, with kind names and with unkind ones.

What a place says is kept once for each size as text, and how it looks in each theme as a fingerprint of its styles.
``pytest tests/tui/test_tui_places.py --snapshot-update`` renews them; look at the difference.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from consultant import Consultant
from sample import sample
from textual.color import Color
from textual.strip import Strip

from planner.catalog.ids import process_ids
from planner.checks.finding import Finding
from planner.edit.review import add_comment, take_baseline
from planner.model.project import Project
from planner.store.load import load
from planner.store.save import save
from planner.text.width import width
from planner.tui.app import PlannerApp
from planner.tui.judgement import Judgement
from planner.tui.places import PLACES
from planner.tui.screens.plan import PlanScreen
from planner.tui.settings import Settings

SIZES = ((80, 24), (120, 40), (200, 60))
THEMES = {"kind": ("planner", "ansi", "no colour"), "unkind": ("planner", "no colour")}
UNKIND = (
    "Sixty characters of a name that no column of a table holds..",
    "名称很长的中文流程用来检查每一列是否对齐以及是否正确截断而不会破坏整个界面的布局显示效果",
    "[@click=app.quit]x[/] [/foo] [P1] go-live [$accent]",
    "\x1b]52;c;eA==\x07\u202e=cmd|calc <script>",
)
FINDINGS = (
    Finding("S04", "error", "A deadline is missed", "Incident 2 ends too late", "move it earlier", ("incident@2",)),
    Finding("CHK08", "warning", "No active leadership", "no sponsor is named", "name one", ()),
)


def unkind(project: Project) -> Project:
    """The sample with names that do not fit, are wide, look like markup, or would steer the terminal."""
    names = cycle(UNKIND)

    def renamed(rows: Any) -> Any:
        return tuple(replace(row, name=next(names)) for row in rows)

    return replace(
        project,
        engagement=replace(project.engagement, name=UNKIND[0], client=UNKIND[1]),
        processes=renamed(project.processes),
        packages=renamed(project.packages),
        phases=renamed(project.phases),
        roles=renamed(project.roles),
    )


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Findings and a folder that do not change with anything but the interface."""
    monkeypatch.setattr("planner.tui.screens.plan.judge", lambda project: Judgement(FINDINGS))
    monkeypatch.chdir(tmp_path)


def on_disk(names: str) -> Path:
    project = sample()
    project = add_comment(project, "Who pays?", project.engagement.start, item="incident@2", author="Sponsor")
    project = take_baseline(project, "Agreed", project.engagement.start)
    path = Path("plan.toml")
    save(unkind(project) if names == "unkind" else project, path)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    return path


def strips(app: PlannerApp) -> list[Strip]:
    return app.screen._compositor.render_strips()


def colours(app: PlannerApp) -> Iterator[Color | Any]:
    """Every colour that the screen sends."""
    for strip in strips(app):
        for segment in strip:
            if segment.style:
                yield from (colour for colour in (segment.style.color, segment.style.bgcolor) if colour)


async def walk(theme: str, path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """What each place says at each size, and the fingerprint of its styles."""
    seen = {}
    settings = Settings(theme=theme if theme != "no colour" else "planner")
    app = PlannerApp(Path(), PlanScreen(load(path, process_ids())), settings)
    async with app.run_test(size=SIZES[0]) as pilot:
        she = Consultant(pilot)
        await she.settle()
        for name, place in PLACES.items():
            await she.press(place.key)
            for size in SIZES:
                await pilot.resize_terminal(*size)
                await she.settle()
                assert all(width(line) == size[0] for line in she.lines), f"{name} at {size}"
                assert "\x1b" not in she.screen
                text = "\n".join(line.rstrip() for line in she.lines)
                look = hashlib.sha256(repr([(s.text, str(s.style)) for strip in strips(app) for s in strip]).encode())
                seen[name, "{}x{}".format(*size)] = (text, look.hexdigest()[:12])
                kinds = {colour.type.name for colour in colours(app)}
                if theme == "ansi":
                    assert kinds <= {"DEFAULT", "STANDARD"}, f"{name} at {size}"
                elif theme == "no colour":
                    assert kinds <= {"DEFAULT"}, f"{name} at {size}"
    return seen


@pytest.mark.parametrize("names", ["kind", "unkind"])
async def test_places(names: str, snapshot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words in every theme: no meaning rests on colour; nothing wider than the screen, no escape sequence."""
    path = on_disk(names)
    walks = {}
    for theme in THEMES[names]:
        if theme == "no colour":
            monkeypatch.setenv("NO_COLOR", "1")
        walks[theme] = await walk(theme, path)
    for key, (text, _look) in walks["planner"].items():
        for theme in walks:
            assert walks[theme][key][0] == text, f"{key} in {theme}"
        looks = " ".join(f"{theme}={walks[theme][key][1]}" for theme in walks)
        assert f"{text}\n{looks}" == snapshot(name=" ".join(key))
