"""Damaged and hostile plan and template files, and what must be true of each: used by the tests and scripts/fuzz.py."""

import random
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from planner.catalog.ids import process_ids
from planner.catalog.read import read as read_templates
from planner.cli.answer import Answer, Failure
from planner.cli.faults import located
from planner.cli.main import COMMANDS, answer_to
from planner.store.fault import Fault
from planner.store.load import BOM, PlanUnreadable, load, parse
from planner.store.save import SaveFailed, dumps

ROOT = Path(__file__).parents[2]

SECONDS, MEGABYTES = 2.0, 300
"""What reading any file may take, of processor time and of memory."""

HOSTILE = (
    *(
        "\x1b[2J\x1b]0;owned\x07",
        "\x9b31m",
        "\u202eevil\u202c",
        "\u200b\u200d\ufeff",
        "\u2028\u2029",
        "\x85\x7f\r",
        "\t",
    ),
    *(
        "[P1] go-live",
        "[@click=app.quit]x[/]",
        "[/foo]",
        "[$accent]",
        "[bold red]",
        "[link=file:///etc/passwd]x[/link]",
    ),
    *('=HYPERLINK("x")', "@SUM(1)", "-1+1", "<script>alert(1)</script>", "![x](http://a)", "|a|b|", "# head", "`x`"),
    *(
        "e" + "\u0301" * 60,
        "\U000e0041\U000e0042",
        "\U000e0100\ufe0f",
        "\u1160" * 30,
        "\ufdd0",
        "\uffff",
        "{0.__class__}",
    ),
    *(
        "%s%n",
        "../../etc/passwd",
        "a" * 300,
        "variation \u845b\U000e0100",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    ),
)
"""Texts that do something where somebody forgot that they are only text."""

TOKENS = (
    *(
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ",",
        ".",
        '"',
        "'",
        '"""',
        "'''",
        "#",
        "\n",
        "\r\n",
        "\\",
        "\0",
        "true",
        "nan",
    ),
    *(
        "inf",
        "-inf",
        "1e999",
        "0x" + "f" * 5000,
        "9" * 5000,
        "-1",
        "0",
        "1_0",
        "0.1",
        "1979-05-27T07:32:00Z",
        "2027-02-30",
    ),
    *(
        "9999-12-31",
        "1999-01-01",
        "[packages]",
        "[[engagement]]",
        "[roadmap.packages]",
        "x-a = 1",
        "schema = 2",
        "schema = 3",
    ),
    *(
        "a" + ".b" * 40,
        "[" * 60,
        "{a=" * 60,
        "\\u0000",
        "\\ufdd0",
        "\\U0001f600",
        "\ufeff",
        '"\\ud800"',
        "[" + "1," * 900 + "]",
    ),
)

_KEPT = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Signs of Arabic, Syriac and Kaithi writing that Unicode counts among the invisible ones, and that are seen."""


def unclean(text: str, allowed: str = "\n") -> list[str]:
    """The code points of ``text`` that no output may hold, beyond those ``allowed``; by category, not by our list."""
    return sorted(
        {
            f"U+{ord(sign):04X}"
            for sign in text
            if not (" " <= sign <= "~")
            and sign not in allowed
            and unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Cs")
            and not _KEPT.match(sign)
        }
    )


@dataclass(frozen=True, slots=True)
class Seed:
    """A file to begin with; ``place`` is where in a folder of templates it belongs, empty for a plan."""

    name: str
    data: bytes
    place: str = ""


@cache
def seeds() -> tuple[Seed, ...]:
    """Sample plans (whole, and without most of their tables), the faulty plans of the tests, every template file."""
    plans = [ROOT / "tests/data/faults", ROOT / "tests/data/checks"]
    found = [Seed(path.name, path.read_bytes()) for folder in plans for path in sorted(folder.rglob("*.toml"))]
    guide = (ROOT / "docs/plan-file.md").read_text("utf-8")
    found.append(Seed("guide", guide.partition("```toml\n")[2].partition("```")[0].encode()))
    for path in sorted((ROOT / "projects").glob("*.toml")):
        found.append(Seed(path.name, path.read_bytes()))
    for path in sorted((ROOT / "templates").rglob("*.toml")):
        text = path.read_text("utf-8")
        found.append(
            Seed(path.name, text[: text.find("\n\n", 6000)].encode(), str(path.relative_to(ROOT / "templates")))
        )
    return tuple(found)


@cache
def _kinds() -> tuple[tuple[Seed, ...], ...]:
    """Plans that open, plans that do not, templates."""
    plans = [seed for seed in seeds() if not seed.place]
    good = [seed for seed in plans if _opens(seed)]
    return tuple(good), tuple(seed for seed in plans if seed not in good), tuple(seed for seed in seeds() if seed.place)


def _opens(seed: Seed) -> bool:
    try:
        parse(seed.data.decode(), seed.name, process_ids())
    except (PlanUnreadable, UnicodeDecodeError):
        return False
    return True


def damaged(chance: random.Random) -> tuple[Seed, bytes]:
    """A seed, and the same after a few accidents; small ones are taken more often, being judged faster."""
    choices = chance.choices(_kinds(), (6, 1, 3))[0]
    while True:
        seed = chance.choice(choices)
        if len(seed.data) < 20_000 or chance.random() < 0.1:
            break
    data = seed.data
    if chance.random() < 0.6:
        for _accident in range(chance.choice((1, 1, 2, 4))):
            data = chance.choice(_GENTLE)(data, chance)
        return seed, data
    for _accident in range(chance.choice((1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 20))):
        data = chance.choice(_ACCIDENTS)(data, chance)
    return seed, data[:400_000]


def _bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    new = bytes(chance.randrange(256) for _byte in range(chance.choice((0, 1, 1, 2, 4))))
    return data[:at] + new + data[at + chance.choice((0, 1, 1, 2, 8)) :]


def _token(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    new = chance.choice((*TOKENS, *HOSTILE)).encode(errors="surrogatepass")
    return data[:at] + new + data[at + chance.choice((0, 0, 1, 3)) :]


def _line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            first, last = sorted((at, min(other, at + 40)))
            lines[first:first] = lines[first:last] * chance.choice((1, 1, 2, 30))
        case _:
            del lines[at : at + chance.randrange(1, 30)]
    return b"\n".join(lines)


_VALUE = re.compile(rb"=[ \t]*([^\n]+)")
_QUOTED = re.compile(rb'"([^"\n\\]*)"')


def _value(data: bytes, chance: random.Random) -> bytes:
    """One value becomes another one of the file, or a token."""
    found = [match.span(1) for match in _VALUE.finditer(data)]
    if not found:
        return data
    (a, b), (c, d) = chance.choice(found), chance.choice(found)
    new = data[c:d] if chance.random() < 0.6 else chance.choice(TOKENS).encode()
    return data[:a] + new + data[b:]


def _text(data: bytes, chance: random.Random) -> bytes:
    """One text, key or id becomes hostile, or another one of the file."""
    found = [match.span(1) for match in _QUOTED.finditer(data)]
    if not found:
        return data
    (a, b), (c, d) = chance.choice(found), chance.choice(found)
    hostile = chance.choice(HOSTILE)
    steering = any(unicodedata.category(sign) == "Cc" for sign in hostile)
    told = "".join(f"\\u{ord(sign):04x}" if steering and ord(sign) < 0xFFFF else sign for sign in hostile)
    if not steering:
        told = hostile.replace("\\", "\\\\").replace('"', '\\"')
    return data[:a] + (told.encode(errors="surrogatepass") if chance.random() < 0.7 else data[c:d]) + data[b:]


def _splice(data: bytes, chance: random.Random) -> bytes:
    """A stretch of another file."""
    other = chance.choice(seeds()).data
    begin, at = chance.randrange(len(other) + 1), chance.randrange(len(data) + 1)
    return data[:at] + other[begin : begin + chance.randrange(2000)] + data[at:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


_PLAIN_TEXT = re.compile(
    rb'^(?:name|client|goal|notes?|text|reason|because|author|x-\w+) = "([^"\n\\]*)"', re.MULTILINE
)
_NUMBER = re.compile(rb"(?<![\w.-])\d{1,3}(?:\.\d+)?(?![\w.-])")
_DAY = re.compile(rb"\d{4}-\d{2}-\d{2}")
_LAYOUT = (
    b"# a remark \xe4\xb8\xad\n",
    b"\n",
    b"\n\n\n",
    b"  \n",
    b'x-a = "[P1] =1+1"\n',
    b"x-b = [1,\n 2, # two\n]\n",
    b"\t# t\n",
)


def _words(data: bytes, chance: random.Random) -> bytes:
    """A text that a person writes, and to which nothing refers, becomes hostile; the plan still opens."""
    found = [match.span(1) for match in _PLAIN_TEXT.finditer(data)]
    if not found:
        return data
    at, end = chance.choice(found)
    hostile = "".join(chance.choices(HOSTILE, k=chance.choice((1, 1, 2))))
    told = "".join(
        f"\\u{ord(sign):04x}"
        if unicodedata.category(sign) in ("Cc", "Cs")
        else {"\\": "\\\\", '"': '\\"'}.get(sign, sign)
        for sign in hostile
    )
    return data[:at] + told.encode() + data[end:]


def _figure(data: bytes, chance: random.Random) -> bytes:
    """A number becomes another one, a day one nearby."""
    if chance.random() < 0.3 and (days := [match.span() for match in _DAY.finditer(data)]):
        at, end = chance.choice(days)
        return data[: end - 5] + f"{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}".encode() + data[end:]
    found = [match.span() for match in _NUMBER.finditer(data)]
    if not found:
        return data
    at, end = chance.choice(found)
    return data[:at] + str(chance.choice((0, 1, 2, 3, 5, 0.5, 13, 99, 400))).encode() + data[end:]


def _layout(data: bytes, chance: random.Random) -> bytes:
    """Remarks, empty lines and keys that the planner does not look at, before some line; or other line breaks."""
    if chance.random() < 0.1:
        return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    return b"\n".join((*lines[:at], chance.choice(_LAYOUT).rstrip(b"\n"), *lines[at:]))


def _block(data: bytes, chance: random.Random) -> bytes:
    """A table of a list goes, changes places with another, or loses a line."""
    blocks = re.split(rb"(?m)^(?=\[)", data)
    at, other = chance.randrange(len(blocks)), chance.randrange(len(blocks))
    match chance.randrange(3):
        case 0:
            del blocks[at]
        case 1:
            blocks[at], blocks[other] = blocks[other], blocks[at]
        case _:
            lines = blocks[at].splitlines(keepends=True)
            del lines[chance.randrange(1, len(lines)) if len(lines) > 1 else 0 :][:1]
            blocks[at] = b"".join(lines)
    return b"".join(blocks)


_GENTLE = (_words, _words, _words, _figure, _figure, _layout, _layout, _block)
"""What a plan often survives, so that what comes after opening it is tried as well."""

_ACCIDENTS = (_bytes, _token, _line, _line, _value, _value, _value, _text, _text, _text, _splice, _cut)


def judge(seed: Seed, data: bytes, chance: random.Random, folder: Path, thorough: float = 0.1) -> str:
    """What becomes of a file; AssertionError, or whatever comes out of the planner, where that is wrong.

    A share ``thorough`` of the plans that open is shown, checked, exported and saved as well.
    """
    if seed.place:
        return _judge_templates(seed.place, data, folder)
    file = folder / "plan.toml"
    file.write_bytes(data)
    try:
        project = load(file, process_ids()).project
    except PlanUnreadable as error:
        told(error.faults, data)
        return "refused"
    if chance.random() < thorough:
        _judge_plan(file, chance)
        text = data.decode()
        assert dumps(project, text) == text
        changed = replace(project, engagement=replace(project.engagement, name="Another name", goal="x\ny"))
        try:
            saved = dumps(changed, text)
        except SaveFailed:
            return "opened, not saved"
        assert parse(saved.removeprefix(BOM), "saved") == changed
        return "opened, shown, saved"
    return "opened"


def told(faults: tuple[Fault, ...], data: bytes) -> None:
    """Hold that a refusal is in clean words, with lines that exist."""
    lines = data.count(b"\n") + 1
    assert faults, "refused without a word"
    for fault in faults:
        assert 1 <= fault.line <= lines, f"line {fault.line} of {lines}"
        assert fault.message
        assert not unclean(str(fault), ""), unclean(str(fault), "")
        assert len(str(fault)) < 2_000


def _judge_templates(place: str, data: bytes, folder: Path) -> str:
    own = Path(tempfile.mkdtemp(dir=folder))
    file = own / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    try:
        found = read_templates((own,))
        if found.faults:
            told(located(found.faults), data)
    finally:
        file.unlink()
        for parent in [*file.parents][: len(Path(place).parts)]:
            parent.rmdir()
    return "templates refused" if found.faults else "templates read"


LOOKED_AT = ("md", "csv", "json", "mermaid", "mermaid-graph", "assessment-md")
"""Formats of documents that somebody may look at in a terminal."""


def commands(file: Path) -> Iterator[list[str]]:
    """Every command line that reads a plan and answers quickly."""
    from planner.cli.show import KNOWLEDGE, SECTIONS

    for section in (*SECTIONS, *KNOWLEDGE):
        yield ["show", str(file), "--section", section]
    for name in LOOKED_AT:
        yield ["export", str(file), "--format", name, "--out", "-"]
    for name in ("check", "assess", "verify", "progress"):
        if name in COMMANDS:
            yield [name, str(file)]
            yield [name, str(file), "--json"]


def _judge_plan(file: Path, chance: random.Random) -> None:
    for words in chance.sample([*commands(file)], 4):
        try:
            answer: Answer = answer_to(words)
        except Failure as failure:
            answer = Answer(notes=failure.lines)
        text = (answer.text + answer.data.decode()).removeprefix(BOM)
        assert not unclean(text, "\r\n" if "csv" in words else "\n"), words
        assert not unclean("".join(answer.notes), ""), words
