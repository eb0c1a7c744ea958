"""Random keys on random plans: no crash, the cursor always in view, the plan always valid, undo all the way back.

The long run, 20,000 keys: ``pytest -m soak tests/tui/test_tui_monkey.py``.
"""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from consultant import Consultant
from textual.screen import ModalScreen

from planner.catalog.ids import process_ids
from planner.catalog.load import load as catalogue
from planner.edit.start import start
from planner.model.project import Project
from planner.model.rules import problems
from planner.store.load import load
from planner.store.save import save
from planner.tui.app import PlannerApp
from planner.tui.areas.work.columns import Columns
from planner.tui.screens.plan import PlanScreen
from planner.tui.widgets.lines import Lines

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-<>/:;?*=.,[]'@ "
WIDE = "变更管理（级）"
MOVES = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "backspace", "delete")
OTHERS = ("enter", "escape", "space", "f1", "ctrl+p", "ctrl+d", "ctrl+u")
SIZES = ((80, 24), (120, 40), (60, 18), (200, 60))


def keys(chance: random.Random) -> str:
    """The next key: mostly letters and moves; now and then a wide character."""
    kind = chance.random()
    if kind < 0.45:
        return chance.choice(LETTERS)
    if kind < 0.75:
        return chance.choice(MOVES)
    return chance.choice(OTHERS) if kind < 0.97 else chance.choice(WIDE)


def plan(chance: random.Random) -> Project:
    """A plan from a random template."""
    return start(chance.choice(catalogue().engagements), catalogue(), begin=date(2027, 1, 4))


async def play(seed: int, count: int, folder: Path) -> None:
    """Press ``count`` random keys; a session that ends begins again with what was saved."""
    chance = random.Random(seed)
    path = folder / "plan.toml"
    pressed: list[str] = []
    while len(pressed) < count:
        if not path.exists():  # at first, and once it has been archived or called otherwise
            save(plan(chance), path)
        loaded = load(path, process_ids())
        app = PlannerApp(folder, PlanScreen(loaded))
        async with app.run_test(size=chance.choice(SIZES)) as pilot:
            she = Consultant(pilot)
            await she.settle()
            while len(pressed) < count and app.is_running:
                key = keys(chance)
                pressed.append(key)
                try:
                    await she.press(key)
                except TimeoutError:
                    pytest.fail(f"seed {seed}: no rest after {pressed[-12:]}")
                if not app.is_running:
                    break
                assert app._exception is None, f"seed {seed}: {pressed[-12:]}"
                assert [*lost(app)] == [], f"seed {seed}: {pressed[-12:]}"
                for screen in app.screen_stack:
                    if isinstance(screen, PlanScreen):
                        assert problems(screen.project, process_ids()) == [], f"seed {seed}: {pressed[-12:]}"
            if app.is_running:
                await undone(she, seed)


def lost(app: PlannerApp) -> Iterator[Lines]:
    """Lists on the screen whose cursor is not in view; columns count their cards in another way."""
    for lines in app.screen.query(Lines):
        in_view = lines.top <= lines.cursor < lines.top + lines.page
        if lines.count and lines.region and not in_view and not isinstance(lines, Columns):
            yield lines


async def undone(she: Consultant, seed: int) -> None:
    """Undo all edits of every open plan: each is what it was when it was opened."""
    for _dialog in range(20):
        if not isinstance(she.app.screen, ModalScreen):
            break
        await she.press("escape")
    for screen in she.app.screen_stack:
        if isinstance(screen, PlanScreen):
            history = screen.history
            first = history.past[0][1] if history.past else history.present
            back = history.go(-len(history.past))
            assert back.present == first, f"seed {seed}"
            assert back.go(len(history.past)).present == history.present, f"seed {seed}"


async def test_random_keys(tmp_path: Path) -> None:
    await play(1, 150, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
async def test_many_random_keys(seed: int, tmp_path: Path) -> None:
    await play(seed, 1000, tmp_path)
