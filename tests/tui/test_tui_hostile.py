"""Every place, every dialog, every command and every export on a plan whose every text is a trick.

No line that is shown holds a sign that steers a terminal, and what looks like markup is seen as it was typed.
All keys of all places: ``pytest -m soak tests/tui/test_tui_hostile.py``.
"""

import base64
import random
import sys
from pathlib import Path

import pytest
from consultant import Consultant, at_work
from textual.screen import ModalScreen

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from fuzzing import LOOKED_AT, damaged, unclean
from hostile import MARKUP, hostile_plan

from planner.catalog.ids import process_ids
from planner.cli.answer import Answer, Failure
from planner.cli.main import COMMANDS, answer_to
from planner.store import render
from planner.store.listing import summary
from planner.store.load import BOM
from planner.tui.places import PLACES
from planner.tui.widgets.prose import Prose

FEW = ("enter", "c")
"""Keys that open what says most, in most places."""

LEAVING = frozenset({"q", "ctrl+q", "ctrl+z", "ctrl+c", "colon", "escape"})


@pytest.fixture
def hostile_file(tmp_path: Path) -> Path:
    """A folder with such a plan, whose name is one as well."""
    path = tmp_path / "[bold]plan\x1b[2J\u202e.toml"
    path.write_text(render.document(hostile_plan()), "utf-8")
    return path


def look(she: Consultant, seen: set[str], after: object) -> None:
    """Judge all that is on the screen, what the copy key takes there, and what the terminal may be told besides."""
    from planner.tui.copying import under_cursor

    lines = [*she.lines]
    for widget in she.app.screen.query(Prose):
        lines += ["".join(segment.text for segment in widget.render_line(y)) for y in range(widget.size.height)]
    for line in lines:
        assert not unclean(line, ""), (after, unclean(line, ""), line)
    everything = "\n".join(lines)
    seen.update(mark for mark in MARKUP if mark in everything)
    assert not unclean(under_cursor(she.app.screen)), after
    assert not unclean(she.app.title + she.app.sub_title, ""), after


async def walk(she: Consultant, keys: tuple[str, ...] | None, seen: set[str]) -> None:
    """Go to every place and press ``keys`` there (None: all that are bound), coming back after each."""
    for name, place in PLACES.items():
        pressed = keys or tuple(sorted({*she.app.screen.active_bindings} - LEAVING))
        for key in ("", *pressed):
            await she.press(place.key)
            look(she, seen, name)
            if not key:
                continue
            await she.press(key)
            look(she, seen, (name, key))
            for _back in range(6):
                if not isinstance(she.app.screen, ModalScreen) or not she.app.is_running:
                    break
                await she.press("escape")
            assert she.app.is_running, (name, key)
            assert she.app._exception is None


async def test_no_place_shows_a_trick(hostile_file: Path) -> None:
    seen: set[str] = set()
    async with at_work(hostile_file, size=(120, 40)) as she:
        await walk(she, FEW, seen)
    assert seen == {*MARKUP}


@pytest.mark.soak
@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_no_key_of_any_place_shows_a_trick(hostile_file: Path, size: tuple[int, int]) -> None:
    seen: set[str] = set()
    async with at_work(hostile_file, size=size) as she:
        await walk(she, None, seen)
    assert seen == {*MARKUP}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
async def test_no_place_of_a_damaged_plan_shows_a_trick(seed: int, tmp_path: Path) -> None:
    """Plans as scripts/fuzz.py makes them, of which those that open are looked at in one place each."""
    chance, shown = random.Random(seed), 0
    while shown < 12:
        kind, data = damaged(chance)
        path = tmp_path / f"{seed}-{shown}.toml"
        path.write_bytes(data)
        if kind.place or summary(path, process_ids()).project is None:
            continue
        shown += 1
        name = chance.choice([*PLACES])
        async with at_work(path, size=chance.choice(((80, 24), (120, 40), (60, 18)))) as she:
            await she.press(PLACES[name].key)
            look(she, set(), (path, name))
            await she.press("down", "enter")
            look(she, set(), (path, name))


async def test_a_list_of_hostile_plans(hostile_file: Path) -> None:
    """Names of files and what damaged files say are shown in the list of plans as well."""
    bad = hostile_file.with_name("[@click=app.quit]bad[bold]\x9b31m\u2028.toml")
    bad.write_text('schema = 2\n[engagement]\nname = "\\u001b[2J[bold]"\nstart = "\\u202e"\n"\\u0085[/foo]" = 1\n')
    async with at_work(hostile_file.parent, size=(120, 40)) as she:
        seen: set[str] = set()
        for key in (
            "down",
            "enter",
            "escape",
            "home",
            "t",
            "t",
            "t",
            "t",
            "question_mark",
            "escape",
            "y",
            "c",
            "escape",
        ):
            await she.press(key)
            look(she, seen, key)
        assert any("[@click=app.quit]bad[bold]" in line for line in she.lines)


def test_no_command_prints_a_trick(hostile_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command that answers about a plan, in words and as JSON, and every export."""
    monkeypatch.setenv("COLUMNS", "100")
    said = ""
    for words in _lines(hostile_file):
        try:
            answer = answer_to(words)
        except Failure as failure:
            answer = Answer(notes=failure.lines)
        text = (answer.text + answer.data.decode()).removeprefix(BOM)
        assert not unclean(text, "\r\n" if "csv" in words else "\n"), (words, unclean(text))
        assert not unclean("".join(answer.notes), ""), words
        said += text
    assert [mark for mark in MARKUP if mark not in said] == []


def _lines(file: Path) -> list[list[str]]:
    from planner.cli.show import KNOWLEDGE, SECTIONS

    path = str(file)
    lines = [["show", path, "--section", section] for section in (*SECTIONS, *KNOWLEDGE)]
    lines += [["export", path, "--format", name, "--out", "-"] for name in LOOKED_AT]
    lines += [["explain", path, item] for item in ("incident@2", "p1", "x\x1b[2J[bold]")]
    lines += [
        ["propose", path, "--phases", "1"],
        ["replan", path],
        ["compare", path],
        ["repair", path],
        ["scenarios", path],
    ]
    lines += [
        ["diff", path, path],
        ["crosswalk", "\x1b[2J"],
        ["templates", "\u202ex"],
        ["backups", path],
        ["fsck", str(file.parent)],
    ]
    lines += [[name, path] for name in ("assess", "check", "verify", "progress", "risk")]
    lines += [[*words, "--json"] for words in lines if words[0] not in ("show", "export", "crosswalk")]
    return [words for words in lines if words[0] in COMMANDS]


async def test_what_is_copied_holds_no_sequence(hostile_file: Path) -> None:
    """The terminal's clipboard gets text in base64: what it holds once decoded is clean as well."""
    async with at_work(hostile_file) as she:
        sent: list[str] = []
        driver = she.app._driver
        assert driver is not None
        driver.write = sent.append  # type: ignore[method-assign]
        await she.press("w", "y")
        copied = [data for data in sent if data.startswith("\x1b]52;c;")]
        assert copied
        assert not unclean(base64.b64decode(copied[0][7:-1] + "==").decode())
