"""The same everywhere: other keys, themes, help, labels, copying, the mouse, small windows, pasting, the caret."""

from pathlib import Path

import pytest
from consultant import Consultant, at_work
from textual.events import Paste
from textual.geometry import Offset
from textual.widgets import Input

from planner.text.width import width
from planner.tui import glyphs, theme
from planner.tui.screens.jump import Jump, labels, targets
from planner.tui.settings import PLACE, Settings, gather, place
from planner.tui.widgets.lines import Lines


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of settings: one that is not there yet; and whatever a story draws with, the next begins afresh."""
    monkeypatch.setenv(PLACE, str(tmp_path / "ways" / "config.toml"))
    monkeypatch.setattr(glyphs, "_now", glyphs.BOX)
    return tmp_path / "ways" / "config.toml"


async def test_other_keys_work_and_are_told_everywhere(desk_file: Path, own_settings: Path) -> None:
    """Help, the line of keys and the palette name the keys that work; faults of the file are told at once."""
    write(
        own_settings,
        '[keys]\nplan.undo = "f5"\ngo.work = "f8"\napp.help = "f2"\napp.palette = "ctrl+m"\nplan.und = "z"\n',
    )
    settings, faults = gather({}, place(), {})
    async with at_work(desk_file, (100, 60), settings, faults) as she:
        she.sees("config.toml: keys: there is no 'plan.und'; did you mean 'plan.undo'?", "(1 more: planner config)")
        assert "app.palette: for a terminal ctrl+m is the same as enter" in faults[1]
        she.sees("F2 help", "F8 Work")
        await she.press("5", "u", "?")
        she.sees_not("Keys that work here")
        before = she.project
        await she.press("f5")
        assert she.project != before
        await she.press("f2")
        assert "Undo the last change" in she.row("F5  ")
        await she.press("escape", ":")
        await she.type("redo")
        assert "key U" in she.row("Do again")
        await she.press("escape", "ctrl+q")
        assert not she.app.is_running


async def test_ctrl_q_quits_whatever_has_the_keyboard(desk_file: Path) -> None:
    async with at_work(desk_file, settings=Settings(keys={"app.leave": "f9"})) as she:
        await she.press("q")
        assert she.app.is_running
        await she.press("/", "ctrl+q")
        assert not she.app.is_running


async def test_a_theme_is_seen_at_once_and_remembered(desk_file: Path, own_settings: Path) -> None:
    """The theme under the cursor is in force; Esc takes it back, Enter keeps it for next time."""
    async with at_work(desk_file) as she:
        await she.press(":")
        await she.type("theme")
        await she.press("enter", "down")
        assert she.app.theme == "light"
        assert gather({}, own_settings, {})[0] == Settings()
        await she.press("escape")
        assert she.app.theme == theme.NAME
        for name in ("light", "contrast", "ansi"):
            await she.press(":")
            await she.type("theme")
            await she.press("enter", "down", "enter")
            assert she.app.theme == name
            she.sees("Remembered in config.toml.", "> Service management sys")
        assert gather({}, own_settings, {})[0].theme == "ansi"
        await she.press(":")
        assert "Theme" in she.lines[3], "chosen last, offered first"


async def test_ascii_only(desk_file: Path, own_settings: Path) -> None:
    """Nothing that is drawn needs more than ASCII; it is chosen in the palette, or in the settings."""
    async with at_work(desk_file, settings=Settings(ascii=True)) as she:
        for keys in (*"wdrgvRoa", ["?"], ["escape", ":"]):
            await she.press(*keys)
            assert she.screen.isascii(), she.screen
        await she.type("ascii")
        await she.press("enter")
        assert glyphs.glyphs() is glyphs.BOX
        assert not gather({}, own_settings, {"TERM": "linux"})[0].ascii


async def test_help_says_what_has_the_keyboard_and_disabled_actions_say_why(desk_file: Path) -> None:
    async with at_work(desk_file) as she:
        await she.press("f1")
        she.sees("How mature each process is now")
        await she.press("f1", "escape", "/", "f1")
        she.sees("A field: type, or paste.", "every word typed must stand somewhere in a line")
        await she.press("escape", "escape", ":")
        await she.type("undo the")
        assert "There is nothing to undo." in she.row("> Undo the last change")
        await she.press("enter")
        she.sees("! There is nothing to undo.")


async def test_labels_lead_to_rows_fields_and_places(desk_file: Path) -> None:
    """A letter stands on every row; a key that is no label does what it always does."""
    async with at_work(desk_file) as she:
        table = she.app.focused
        assert isinstance(table, Lines)
        await she.press(";")
        row = she.row("Problem management")
        assert row.split()[0] in [*labels(40, "awdrgvRo")]
        await she.press(*row.split()[0])
        assert cursor(she).startswith("Problem management")
        await she.press(";", "escape")
        assert cursor(she).startswith("Problem management")
        await she.press(";", "w")
        assert she.plan.area.id == "work"
        await she.press("d")
        places = targets(she.app.screen)
        assert len({(place.x, place.y) for place in places}) == len(places) > 9
        before = she.plan.area.current
        await she.press(";")
        assert isinstance(she.app.screen, Jump)
        await she.press(*[*she.app.screen.found][-1])
        assert she.plan.area.current != before


def test_labels_are_letters_that_lead_nowhere_else_and_none_begins_another() -> None:
    for count in (1, 17, 40, 300):
        made = labels(count, "awdrgvRo")
        assert len(made) == len(set(made)) == count
        assert {len(label) for label in made} == {1 if count <= 40 else 2}
        assert not {label[0] for label in made} & set("awdrgvRo")


async def test_copying_takes_what_is_under_the_cursor(desk_file: Path) -> None:
    async with at_work(desk_file) as she:
        await she.press("down", "y")
        she.sees("Copied: Service desk")
        assert she.app.clipboard.startswith("Service desk")
        assert "\n" not in she.app.clipboard
        await she.press("?", "y")
        she.sees("Copied: Keys that work here")
        assert "Undo the last change" in she.app.clipboard
        assert "a second key" not in she.app.clipboard


async def test_small_windows_say_so_and_stay_usable(desk_file: Path) -> None:
    """From a stamp to a wall and back the cursor stays where it was."""
    async with at_work(desk_file, size=(60, 18)) as she:
        she.sees("60x18: made for 80x24 and more.")
        await she.press("down", "down")
        place = cursor(she)[:15]
        for size in ((20, 5), (5, 2), (1, 1), (240, 70), (79, 24)):
            await she.pilot.resize_terminal(*size)
            await she.settle()
            await she.press("?", "escape", "f1", "escape")
        assert cursor(she)[:15] == place
        assert she.message == "79x24: made for 80x24 and more."
        await she.press("w")
        she.sees("[w ")


async def test_the_mouse_chooses_scrolls_and_presses(desk_file: Path) -> None:
    """Never needed, and only with the setting; what a click does a key does too."""
    async with at_work(desk_file, settings=Settings(mouse=True)) as she:
        line = next(y for y, text in enumerate(she.lines) if "Problem management" in text)
        await she.pilot.click(offset=(5, line))
        await she.settle()
        assert cursor(she).startswith("Problem management")
        line, text = next((y, text) for y, text in enumerate(she.lines) if "w Work" in text)
        await she.pilot.click(offset=(text.index("w Work") + 3, line))
        await she.settle()
        assert she.plan.area.id == "work"
        await she.pilot.click(offset=(she.lines[-1].index("? help") + 3, 23))
        await she.settle()
        she.sees("Keys that work here")


async def test_pasting_into_a_list_does_nothing_and_into_a_field_one_clean_line(desk_file: Path) -> None:
    async with at_work(desk_file) as she:
        before = she.project
        await paste(she, "5\nxq")
        assert (she.project, she.app.is_running) == (before, True)
        await she.press("/")
        await paste(she, "inci\x1b]52;c;eA==\x07dent\r\nmanagement\u202e")
        field = she.app.focused
        assert isinstance(field, Input)
        assert field.value == "inci\ufffd]52;c;eA==\ufffddent management\ufffd"


async def test_the_caret_is_where_the_text_goes(desk_file: Path) -> None:
    """An input method draws what is composed at the terminal's cursor: after Chinese text, two cells a character."""
    async with at_work(desk_file) as she:
        await she.press("/")
        await she.type("事件管理")
        field = she.app.focused
        assert isinstance(field, Input)
        assert she.app.cursor_position == field.content_region.offset + Offset(width("事件管理"), 0)
        assert she.lines[she.app.cursor_position.y].replace("|", " ").split()[0] == "事件管理"
        await she.press("left")
        assert she.app.cursor_position == field.content_region.offset + Offset(width("事件管"), 0)


def write(file: Path, text: str) -> None:
    """Write a file of settings."""
    file.parent.mkdir()
    file.write_text(text)


def cursor(she: Consultant) -> str:
    """What stands in the row of the cursor."""
    return next(line[1:].strip() for line in she.lines if line.startswith(">"))


async def paste(she: Consultant, text: str) -> None:
    """What a terminal sends as pasted."""
    event = Paste(text)
    event.set_sender(she.app)
    assert she.app._driver is not None
    she.app._driver.send_message(event)
    await she.settle()
