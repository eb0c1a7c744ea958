"""Play the tour in the real program: write its pictures and ``docs/tour.md``, or check that they are what they were.

    uv run python scripts/tour.py

``docs/tour.session`` is what is pressed, typed and seen, line by line; ``tests/terminal/test_terminal_tour.py`` plays
the same in a real terminal, through the keyboard and the screen alone. A line is a word and what belongs to it:

    tell TEXT       a paragraph of the tour
    # TITLE         a heading
    press KEY ...   keys, by Textual's names
    type TEXT       letters, as they are
    see TEXT        must be on the screen now
    picture NAME    a picture of the screen
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SESSION = ROOT / "docs" / "tour.session"
TOUR = ROOT / "docs" / "tour.md"
PICTURES = ROOT / "docs" / "pictures"
SIZE = (110, 32)
"""Columns and lines of the pictures."""

WORDS = {"tell", "press", "type", "see", "picture", "#"}


class Step(NamedTuple):
    """One line of a session: what is done, and with what."""

    word: str
    what: str


def steps(text: str) -> Iterator[Step]:
    """The steps of a session. Raises ValueError for a line that says nothing known."""
    for number, line in enumerate(text.splitlines(), 1):
        word, _space, what = line.strip().partition(" ")
        if not word:
            continue
        if word not in WORDS:
            raise ValueError(f"{SESSION.name}:{number}: unknown word {word!r}")
        yield Step(word, what)


def folder(into: Path) -> Path:
    """A folder with the sample engagement, as the tour begins."""
    plans = into / "projects"
    plans.mkdir()
    shutil.copy(ROOT / "projects" / "lantern-retail.toml", plans)
    os.utime(plans / "lantern-retail.toml", (1_800_000_000, 1_800_000_000))
    return plans


async def play(session: list[Step]) -> dict[str, str]:
    """The pictures of a session by name, as SVG. Raises AssertionError when something is not seen."""
    sys.path.insert(0, str(ROOT / "tests" / "tui"))
    from consultant import Consultant

    from planner.tui.app import PlannerApp

    pictures = {}
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        folder(Path(place))
        app = PlannerApp(Path("projects"))
        async with app.run_test(size=SIZE) as pilot:
            she = Consultant(pilot)
            await she.settle()
            for step in session:
                if step.word == "press":
                    await she.press(*step.what.split())
                elif step.word == "type":
                    await she.type(step.what)
                elif step.word == "see":
                    she.sees(step.what)
                elif step.word == "picture":
                    svg = app.export_screenshot(title="planner")
                    # A picture that fetches its font from somewhere is not ours to publish; any monospaced font does.
                    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
                    pictures[step.what] = re.sub(r"terminal-\d+-", "terminal-", svg)
    return pictures


def page(session: list[Step]) -> str:
    """The tour as Markdown: headings, paragraphs, the keys that were pressed, pictures."""
    lines = ["# A tour", ""]
    pressed: list[str] = []
    for step in session:
        if step.word == "press":
            pressed += [f"`{key}`" for key in step.what.split()]
        elif step.word == "type":
            pressed.append(f'"{step.what}"')
        elif step.word in ("#", "tell", "picture"):
            if pressed:
                lines += ["Keys: " + " ".join(pressed), ""]
                pressed = []
            if step.word == "#":
                lines += [f"## {step.what}", ""]
            elif step.word == "tell":
                lines += [step.what, ""]
            else:
                lines += [f"![{step.what}](pictures/tour-{step.what}.svg)", ""]
    lines += ["Made by `uv run python scripts/tour.py` from `docs/tour.session`, in the real program.", ""]
    return "\n".join(lines)


def main() -> None:
    session = list(steps(SESSION.read_text("utf-8")))
    pictures = asyncio.run(play(session))
    for name, svg in pictures.items():
        (PICTURES / f"tour-{name}.svg").write_text(svg, "utf-8")
    TOUR.write_text(page(session), "utf-8")
    print(f"{TOUR.relative_to(ROOT)}, {len(pictures)} pictures")


if __name__ == "__main__":
    main()
