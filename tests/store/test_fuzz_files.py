"""Damaged and hostile files: each opens or is refused in words. The long run is ``scripts/fuzz.py``.

A thousand files for each of several seeds: ``pytest -m soak tests/store/test_fuzz_files.py``; what a coverage-guided
search finds: ``scripts/fuzz_atheris.py``.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fuzzing import HOSTILE, MEGABYTES, ROOT, Seed, damaged, judge, unclean
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.store.load import PlanUnreadable, load
from planner.text import toml
from planner.text.clean import clean, clean_name, escaped, one_line

HEAD = 'schema = 2\n[engagement]\nname = "x"\nstart = 2027-01-04\n'


@given(number=st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_damaged_files_open_or_are_refused_in_words(tmp_path_factory: pytest.TempPathFactory, number: int) -> None:
    chance = random.Random(number)
    seed, data = damaged(chance)
    judge(seed, data, chance, tmp_path_factory.getbasetemp(), thorough=0.3)


@given(data=st.binary(max_size=2_000), place=st.sampled_from(["", "catalogue/processes.toml", "engagements/x.toml"]))
@settings(max_examples=40, deadline=None)
def test_any_bytes_at_all(tmp_path_factory: pytest.TempPathFactory, data: bytes, place: str) -> None:
    chance = random.Random(1)
    judge(Seed("bytes", data, place), HEAD.encode() + data, chance, tmp_path_factory.getbasetemp())


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(8))
def test_many_damaged_files(seed: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/fuzz.py"), "--count", "1000", "--seed", str(seed), "--thorough", "1"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=1200,
    )
    assert done.returncode == 0, done.stdout


PARTS, BYTES = toml.MOST_PARTS, toml.LARGEST

LARGE = {
    "headings": lambda: "".join(f"[x-a{n}]\n" for n in range(PARTS // 2)),
    "keys": lambda: "[x-a]\n" + "".join(f"k{n}=1\n" for n in range(PARTS)),
    "unknown keys": lambda: "".join(f"k{n}=1\n" for n in range(PARTS // 2)),
    "a list": lambda: "x-a = [" + "1," * PARTS + "]",
    "lists in lists": lambda: "x-a = [" + ("[" * 15 + "]" * 15 + ",") * (PARTS // 16) + "]",
    "deep brackets": lambda: "x-a = " + "[" * 1_000_000,
    "deep tables": lambda: "x-a = " + "{a=" * 1_000_000,
    "dots": lambda: "x-a" + ".a" * 1_000_000 + " = 1",
    "dots in braces": lambda: "x-a = " + ("{ a" + ".a" * 8 + " = ") * 16 + "1" + "}" * 16,
    "a long text": lambda: 'goal = "' + "a" * 5_000_000 + '"',
    "a longer text": lambda: 'goal = "' + "a" * 10_000_000 + '"',
    "escapes": lambda: 'goal = "' + "\\t" * 2_500_000 + '"',
    "a long number": lambda: "x-a = " + "9" * 1_000_000,
    "a long hexadecimal number": lambda: "goal = 0x" + "f" * 1_000_000,
    "a long key": lambda: "k" * 1_000_000 + " = 1",
    "rows": lambda: "[[packages]]\n" * (PARTS // 3),
    "marks": lambda: f'goal = "e{chr(0x301) * 1_000_000}"',
    "the same key": lambda: 'name = "y"\n' * 50_000,
    "no TOML": lambda: "a ] = [\n" * 50_000,
    "texts without an end": lambda: 'a = """\\"\n' * 100_000,
    "wrong references": lambda: "".join(
        f'[[packages]]\nid="p{n}"\nname="n"\nworkstream="tech"\ndays=[1,1,1]\nafter=["q{n}"]\n' for n in range(2_000)
    ),
}


QUICK = ("deep brackets", "deep tables", "dots", "dots in braces", "a longer text", "a long number", "no TOML")


def memory_from_now_on() -> Callable[[], float]:
    """What tells how many megabytes more than now this process has held at most; none where nobody keeps count.

    What earlier tests of the process needed is not counted: a Java machine, say.
    """
    status = Path("/proc/self/status")

    def megabytes(name: str) -> float:
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith(name))

    if not status.exists():
        return lambda: 0.0
    Path("/proc/self/clear_refs").write_text("5")  # the highest so far is what is held now
    before = megabytes("VmRSS")
    return lambda: megabytes("VmHWM") - before


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.soak) for name in LARGE]
)
def test_what_is_out_of_proportion_ends_soon(name: str, tmp_path: Path) -> None:
    """The clock of a shared machine is no measure in an ordinary run: four times the time that is promised."""
    path = tmp_path / "plan.toml"
    path.write_text(HEAD + LARGE[name](), "utf-8")
    began, held = time.process_time(), memory_from_now_on()
    told = ["no fault"]
    try:
        load(path)
    except PlanUnreadable as error:
        told = [str(fault) for fault in error.faults]
    assert 0 < len(told) <= 310
    assert max(map(len, told)) < 2_000
    assert time.process_time() - began < 8
    assert held() < MEGABYTES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x-a" + ".a" * 9 + " = 1", "a name has more than 8 dots"),
        ("x-a = " + "[" * 17 + "]" * 17, "brackets stand in each other more than 16 deep"),
        ("x-a = " + "1" * 41, "a number has more than 40 digits"),
        ("x-a = [" + "1," * PARTS + "]", "lines, list items and brackets; at most 300000 are read"),
        ("".join("[[packages]]\n" for _row in range(10_001)), "packages has 10001 rows; at most 10000 are read"),
        ('goal = "' + "a" * 20_001 + '"', "goal has 20001 characters; at most 20000 are read"),
        ("[limits.change_weight]\n" + "k" * 1_001 + " = 1", "is a name of 1001 characters; at most 1000 are read"),
        ('[limits.change_weight]\n"\\u0007" = 1\n"\\u0008" = 2', "looks the same as another key"),
        ("# " + "x" * BYTES, "the file is larger than 6 MB"),
    ],
    ids=("dots", "brackets", "digits", "parts", "rows", "text", "key", "alike", "bytes"),
)
def test_each_limit_is_told(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(HEAD + text + "\n", "utf-8")
    with pytest.raises(PlanUnreadable) as caught:
        load(path)
    told = [str(fault) for fault in caught.value.faults]
    assert any(said in line and " — " in line for line in told), told[:3]


def test_what_stands_at_the_limits_opens(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    text = "x-a" + ".a" * 8 + " = " + "[" * 16 + "1" * 40 + "]" * 16 + '\ngoal = "' + "é" * 20_000 + '"\n'
    path.write_text(HEAD + text, "utf-8")
    assert load(path).project.engagement.goal == "é" * 20_000


def test_texts_do_not_count() -> None:
    """Dots, digits and brackets in texts and comments are what people write."""
    toml.measure('a = "' + "[.1" * 1_000 + '" # ' + "[" * 99 + "\nb = '''\n" + "{" * 99 + "9" * 99 + "'''\n")


def test_a_plan_cannot_pass_for_a_mark_of_the_reader(tmp_path: Path) -> None:
    """The sign that stands for a value that cannot be read says nothing when it stands in the file itself."""
    for sign in ("\ufdd0", "\\ufdd0", "\\UDD0FDD0", "\\U0000FdD0"):
        path = tmp_path / "plan.toml"
        path.write_text(f'schema = "{sign}"\n[engagement]\nname = "{sign}"\nstart = "{sign}"\n', "utf-8")
        with pytest.raises(PlanUnreadable) as caught:
            load(path)
        assert caught.value.faults


@given(st.text(st.sampled_from([*"ab \n\t\r", *"".join(HOSTILE)]) | st.characters(), max_size=60))
@settings(max_examples=200, deadline=None)
def test_cleaned_once_is_cleaned(text: str) -> None:
    for make in (clean, clean_name, one_line):
        assert make(make(text)) == make(text)
        assert unclean(make(text)) == []
    assert unclean(clean_name(text), "") == unclean(one_line(text), "") == []
    assert not {*escaped(text)} & {"\x1b", "\u202e", "\u200b", "\x9b"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\u845b\U000e0100\u57ce", "\u845b\u57ce"),
        ("\u2764\ufe0f", "\u2764"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\ufffd\U0001f469"),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("e" + "\u0301" * 6, "e" + "\u0301" * 4 + "\ufffd\ufffd"),
        ("\u0928\u092e\u0938\u094d\u0924\u0947", "\u0928\u092e\u0938\u094d\u0924\u0947"),
        ("a\tb\r\nc", "a b\nc"),
        ("\ufe0f", "\ufffd"),
    ],
)
def test_how_writing_is_kept(text: str, seen: str) -> None:
    assert clean(text) == seen
