"""Settings: who wins, what is wrong is told in words and left out, what is chosen is remembered."""

from pathlib import Path

import pytest

from planner.tui import theme
from planner.tui.cheatsheet import settings_file
from planner.tui.keys import every, sendable
from planner.tui.settings import Settings, gather, place, remember


def settled(file: Path, text: str = "", environment: dict[str, str] | None = None, **asked: object) -> Settings:
    """The settings with ``text`` in the file, where nothing is wrong."""
    if text:
        file.write_text(text)
    settings, faults = gather(asked, file, environment or {})
    assert faults == ()
    return settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings stand."""
    return tmp_path / "config.toml"


def test_the_command_line_wins_over_the_file_and_the_file_over_the_terminal(file: Path) -> None:
    ssh = {"SSH_CONNECTION": "1 2 3 4", "TERM": "linux"}
    assert settled(file) == Settings()
    assert settled(file, environment=ssh) == Settings(theme="ansi", low_bandwidth=True, ascii=True)
    assert settled(file, environment=ssh, low_bandwidth=False, ascii=False) == Settings()
    assert settled(file, "low_bandwidth = false\nascii = false", ssh) == Settings()
    assert settled(file, "low_bandwidth = true", theme="light") == Settings("light", low_bandwidth=True)
    assert settled(file, 'theme = "contrast"\nlow_bandwidth = true').theme == "contrast"
    assert settled(file, 'theme = "contrast"\nmouse = true', theme="light", mouse=None).mouse
    assert settled(file, 'theme = "contrast"', {"NO_COLOR": ""}, theme="light").theme == theme.WITHOUT_COLOUR


def test_the_file_has_a_place_of_its_own_or_the_one_that_is_named(file: Path) -> None:
    assert place({"PLANNER_CONFIG": str(file)}) == file
    assert place({}).parts[-2:] == ("itsm-planner", "config.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme = ", "config.toml: is not TOML; Invalid value (at end of document)"),
        ("theme = 3", "config.toml: theme: there is no '3'; use one of: ansi, contrast, light, planner"),
        ('theme = "ligth"', "theme: there is no 'ligth'; did you mean 'light'?"),
        ('mouse = "yes"', "mouse: neither on nor off; write true or false"),
        ("keys = 3", "keys: no table; write [keys]"),
        ("colour = 1", "there is no setting 'colour'; use one of: "),
        ('[keys]\n"app.hepl" = "h"', "keys: there is no 'app.hepl'; did you mean 'app.help'?"),
        ('[keys]\napp.help = "ctrl+shift+x"', "keys: app.help: not every terminal can send ctrl+shift+x; use a letter"),
        ('[keys]\napp.help = "ctrl+i"', "keys: app.help: for a terminal ctrl+i is the same as tab; use a letter"),
        ('[keys]\napp.help = "hlep"', "keys: app.help: there is no key 'hlep'; use a letter"),
        ('[keys]\napp.help = ""', "keys: app.help: no key is given; give one, such as n or f5"),
        ('[keys]\napp.help = "ctrl+q"', "keys: app.help: ctrl+q always quits; use a letter"),
        ('[keys]\napp.leave-always = "f9"', "keys: app.leave-always: ctrl+q always quits; change another binding"),
        ('[keys]\napp.help = "s"', "keys: app.help: s is plan.save there; give that one another key as well, or use"),
        ('[keys]\nlist.up = "y"', "keys: list.up: y is app.copy there;"),
    ],
)
def test_what_is_wrong_is_told_and_left_out(file: Path, text: str, words: str) -> None:
    """One line for each fault: the file, the setting, what to do; the rest of the file counts."""
    file.write_text(text)
    settings, faults = gather({}, file, {})
    assert settings == Settings(keys={} if "[keys]" in text else Settings().keys)
    assert len(faults) == 1
    assert words in faults[0]
    assert faults[0].startswith("config.toml: ")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    settings, faults = gather({}, tmp_path, {})
    assert settings == Settings()
    assert faults == (f"{tmp_path.name}: cannot be read; Is a directory",)


def test_keys_are_written_as_people_call_them(file: Path) -> None:
    """Signs, names from the screen, several; two bindings may change places."""
    keys = settled(file, '[keys]\napp.help = "f5, Ins, ?"\nplan.undo = "s"\nplan.save = "u, F6"\n').keys
    assert keys == {"app.help": "f5,insert,question_mark", "plan.undo": "s", "plan.save": "u,f6"}


def test_the_first_of_two_that_want_the_same_key_has_it(file: Path) -> None:
    file.write_text('[keys]\napp.help = "f5"\napp.palette = "f5"\n')
    settings, faults = gather({}, file, {})
    assert settings.keys == {"app.help": "f5"}
    assert "app.palette: f5 is app.help there" in faults[0]


def test_a_choice_is_remembered_and_the_rest_of_the_file_stays(file: Path) -> None:
    file = file.parent / "new" / file.name
    remember(file, "theme", "light")
    assert settled(file).theme == "light"
    file.write_text('# mine\nmouse = true # yes\n\n[keys]\n# help\napp.help = "f5"\n')
    remember(file, "theme", "ansi")
    remember(file, "ascii", True)
    assert file.read_text().startswith("# mine\nmouse = true # yes\n")
    assert "# help\n" in file.read_text()
    settings = settled(file)
    assert (settings.theme, settings.ascii, settings.mouse) == ("ansi", True, True)
    assert settings.keys == {"app.help": "f5"}


def test_the_file_to_begin_with_changes_nothing(file: Path) -> None:
    """As it is, and with every line of it counting."""
    text = settings_file()
    assert settled(file, text) == Settings()
    assert all(f'# "{bound.id}" = "' in text for bound in every())
    everything = "\n".join(
        line.removeprefix("# ") if " = " in line and "ctrl+q" not in line else line for line in text.splitlines()
    )
    assert settled(file, everything) == Settings()


def test_what_terminals_can_send() -> None:
    good = ["a", "R", "0", "question_mark", "slash", "less_than_sign", "f1", "f12", "ctrl+d", "shift+tab", "delete"]
    bad = ["ctrl+i", "ctrl+m", "ctrl+h", "ctrl+left_square_bracket", "ctrl+shift+x", "alt+x", "f13", "shift+up", "hlep"]
    assert [key for key in good if not sendable(key)] == []
    assert [key for key in bad if sendable(key)] == []


def test_every_theme_has_the_same_styles_and_none_tells_good_from_bad_by_red_and_green() -> None:
    for name, look in theme.LOOKS.items():
        assert set(look) == set(theme.DRAWN)
        assert name == theme.WITHOUT_COLOUR or look["good"].color != look["bad"].color
        red, green, blue = look["good"].color.get_truecolor() if look["good"].color else (0, 0, 0)
        assert blue >= green >= red, name
    plain = theme.LOOKS[theme.WITHOUT_COLOUR]
    assert all(style.color is None and style.bgcolor is None for style in plain.values())
    assert plain["cursor"].reverse
