"""Theme files: what they say, every fault at once with its line, logos, and colours that are hard to read."""

import re
import struct
import zlib
from pathlib import Path

import pytest

from planner.export import logo
from planner.export.report.assemble import SECTIONS
from planner.export.theme import PLAIN
from planner.export.theme_file import LARGEST, ThemeUnreadable, example, load_theme, unreadable


def png(width: int = 4, height: int = 3) -> bytes:
    """A small picture, made by the rules of the format."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + b"\x1f\x3a\x5f" * width for _row in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def jpeg(width: int = 4, height: int = 3) -> bytes:
    """The frame of a picture: markers as readers walk through them."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    begin = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\1" * 9
    return begin + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xda\0\2data\xff\xd9"


def theme(folder: Path, text: str) -> Path:
    path = folder / "theme.toml"
    path.write_text(text, "utf-8")
    return path


def faults(path: Path) -> list[str]:
    """What is wrong, each with its line, without the name of the file."""
    with pytest.raises(ThemeUnreadable) as caught:
        load_theme(path)
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


def test_an_empty_file_is_the_houses_own(tmp_path: Path) -> None:
    assert load_theme(theme(tmp_path, "")) == PLAIN


def test_the_example_says_what_holds_without_it(tmp_path: Path) -> None:
    assert load_theme(theme(tmp_path, example())) == PLAIN
    bare = re.sub(r"^# (?=(logo|sections|\]|  \"))", "", example(), flags=re.MULTILINE)
    (tmp_path / "logo.png").write_bytes(png())
    taken = load_theme(theme(tmp_path, bare))
    assert taken.sections == SECTIONS
    assert taken.logo == png()


def test_everything_that_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "logo.jpg").write_bytes(jpeg())
    taken = load_theme(
        theme(
            tmp_path,
            """\
name = "Harbour"
footer = "Confidential | 港务"
size = "a3"
logo = "pictures/logo.jpg"
sections = ["roadmap", "summary"]
[colours]
primary = "#0B3D91"
accent = "c8102e"
phases = ["#000000", "#777777"]
levels = ["#111111", "#222222", "#333333", "#444444", "#555555"]
[fonts]
text = "Source Sans"
chinese = "Source Han Sans"
""",
        )
    )
    assert (taken.name, taken.footer, taken.size) == ("Harbour", "Confidential | 港务", "a3")
    assert (taken.primary, taken.accent, taken.ink) == ("0b3d91", "c8102e", PLAIN.ink)
    assert taken.phases == ("000000", "777777")
    assert taken.phase(3) == "000000"
    assert taken.levels[4] == "555555"
    assert (taken.font, taken.chinese_font) == ("Source Sans", "Source Han Sans")
    assert taken.logo == jpeg()
    assert taken.sections == ("roadmap", "summary")


def test_every_fault_is_told_at_once_with_its_line_and_the_nearest_that_is_valid(tmp_path: Path) -> None:
    path = theme(
        tmp_path,
        """\
name = 3
sise = "a4"
size = "a5"
sections = ["sumary", "gaps"]
footer = unquoted
[colours]
primary = "red"
acent = "#000000"
levels = ["#ffffff"]
phases = "blue"
[fonts]
txt = "x"
""",
    )
    assert faults(path) == [
        "1: name: '3' is no text — put it in quotes",
        "2: there is no key 'sise' in a theme — did you mean 'size'?",
        "3: size: there is no 'a5' — use one of: a3, a4, letter",
        "4: sections: there is no 'sumary' — did you mean 'summary'?",
        "5: unquoted is not a value — put text in quotes, write numbers as 0.8 and dates as 2027-01-04",
        "7: colours.primary: 'red' is no colour — write one such as \"#1f3a5f\"",
        "8: there is no key 'colours.acent' in a theme — did you mean 'accent'?",
        "9: colours.levels has 1 item — give 5",
        '10: colours.phases is no list — write colours.phases = ["...", "..."]',
        "12: there is no key 'fonts.txt' in a theme — did you mean 'text'?",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("colours = 3", "1: colours is no table — write [colours]"),
        ("sections = []", "1: sections has 0 items — give 1 to 15"),
        ('sections = ["gaps", "gaps"]', "1: sections has 'gaps' twice — remove one of them"),
        (f'name = "{"x" * 201}"', "1: name: the text is longer than 200 characters — write less"),
        ("a.b.c.d.e.f.g.h.i.j.k = 1", "1: a name has more than 8 dots — put it in quotes, or use tables"),
        (f"a = {'[' * 20}", "1: brackets stand in each other more than 16 deep — remove them"),
    ],
)
def test_other_faults(text: str, fault: str, tmp_path: Path) -> None:
    assert faults(theme(tmp_path, text)) == [fault]


def test_the_theme_of_the_documentation() -> None:
    found = load_theme(Path(__file__).parents[2] / "docs" / "theme.toml")
    assert unreadable(found) == ()
    assert "Northgate" in found.footer
    assert found.sections[0] == "summary"
    assert PLAIN.primary != found.primary


def test_files_that_are_no_text(tmp_path: Path) -> None:
    assert faults(tmp_path / "no.toml") == ["1: there is no such file — an example: planner export --theme-example"]
    assert faults(tmp_path) == ["1: the file cannot be read: Is a directory — name a theme file"]
    path = tmp_path / "theme.toml"
    path.write_bytes(b'name = "a"\nfooter = "\xff"\n')
    assert faults(path) == ["2: this is not text in UTF-8 — save it as UTF-8, or name a theme file"]
    path.write_bytes(b"#" * (LARGEST + 1))
    assert faults(path) == ["1: the file is larger than 100 KB — name a theme file"]


class TestLogo:
    def fault(self, folder: Path, name: str) -> str:
        (said,) = faults(theme(folder, f'logo = "{name}"'))
        return said.removeprefix("1: logo: ")

    def test_only_out_of_the_folder_of_the_theme(self, tmp_path: Path) -> None:
        inside = tmp_path / "inside"
        inside.mkdir()
        (tmp_path / "secret.png").write_bytes(png())
        (inside / "link.png").symlink_to(tmp_path / "secret.png")
        for name in ("../secret.png", str(tmp_path / "secret.png"), "link.png", "x/../../secret.png"):
            assert "is not in the folder of the theme — put the picture beside" in self.fault(inside, name)

    def test_whole_pictures_of_a_sensible_size(self, tmp_path: Path) -> None:
        wrong = "is no picture, or not a whole one — save it as PNG or JPEG"
        files = {
            "text.png": b"<svg/>",
            "gif.png": b"GIF89a" + b"\0" * 50,
            "half.png": png()[:-20],
            "spoilt.png": png().replace(b"IDAT", b"IDAX"),
            "half.jpg": jpeg()[:30],
            "cut.jpg": jpeg()[:-2],
        }
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
            assert self.fault(tmp_path, name) == f"{name} {wrong}"
        (tmp_path / "large.png").write_bytes(png() + b"\0" * logo.LARGEST)
        assert self.fault(tmp_path, "large.png") == "large.png is larger than 2 MB — make the picture smaller"
        (tmp_path / "wide.jpg").write_bytes(jpeg(60_000, 2))
        wide = "wide.jpg has 60000 x 2 pixels — make it at most 8000 pixels wide and high"
        assert self.fault(tmp_path, "wide.jpg") == wide
        assert self.fault(tmp_path, "no.png").startswith("there is no file no.png — put the picture beside")
        assert "cannot be read" in self.fault(tmp_path, ".")

    def test_its_size(self) -> None:
        assert logo.size(png(40, 7)) == (40, 7)
        assert logo.size(jpeg(12, 34)) == (12, 34)
        assert logo.size(png(0, 7)) is None


def test_colours_that_are_hard_to_read_are_told_and_taken(tmp_path: Path) -> None:
    assert unreadable(PLAIN) == ()
    pale = load_theme(theme(tmp_path, '[colours]\ngrey = "#bbbbbb"\nphases = ["#fefefe", "#000000"]\n'))
    assert pale.grey == "bbbbbb"
    assert unreadable(pale) == (
        "grey (#bbbbbb) is hard to see on paper (#ffffff): contrast 1.9, at least 4.5",
        "phases 1 (#fefefe) is hard to see on paper (#ffffff): contrast 1.0, at least 1.5",
    )
