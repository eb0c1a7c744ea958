"""The style of the page: its own sheet, and before it what depends on the theme, the plan and the paper."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from planner.export.chart.colour import darker, mixed
from planner.export.chart.fit import fitted, measured
from planner.export.fonts import families
from planner.export.page.chart import AxisView
from planner.export.report.parts import Identity
from planner.export.theme import Paper, Theme, contrast, ink_on
from planner.text.clean import one_line

_SHEET = Path(__file__).parent / "files"

_TEXT, _SHAPE = 4.5, 3.0
"""The contrast that WCAG 2 (level AA) asks of text and of shapes that mean something."""

_PAPERS: dict[Paper, tuple[str, float]] = {"a4": ("A4", 1.0), "a3": ("A3", 1.25), "letter": ("letter", 1.0)}
"""The paper, and how much larger everything is printed on it."""

_FOOT, _FOOT_SIZE = 440.0, 7.5
"""The room for the line at the foot of a page and the size of its letters, in points."""


def style_of(theme: Theme, identity: Identity, axes: Iterable[AxisView]) -> str:
    """The whole style sheet of a page. Texts of the plan are in it only letter by letter, as numbers."""
    rules = (*_colours(theme), *(_lines(axis) for axis in axes), *_pages(theme, identity), *_sheets())
    return "\n".join(rules) + "\n"


def readable(colour: str, ground: str, least: float = _TEXT) -> str:
    """``colour``, or the nearest shade of it that has a contrast of at ``least`` that much on ``ground``."""
    shades = (mixed(colour, ink_on(ground), share / 20) for share in range(21))
    return next((shade for shade in shades if contrast(shade, ground) >= least), ink_on(ground))


@cache
def _sheets() -> tuple[str, ...]:
    return tuple((_SHEET / name).read_text("utf-8") for name in ("page.css", "print.css"))


def _colours(theme: Theme) -> Iterable[str]:
    paper = theme.paper
    ink = readable(theme.ink, paper, 7.0)
    pale = theme.pale if contrast(ink, theme.pale) >= 7.0 else mixed(paper, ink, 0.05)
    grey = readable(readable(theme.grey, paper), pale)
    accent = readable(readable(theme.accent, paper), pale)
    names = {
        "paper": paper,
        "ink": ink,
        "pale": pale,
        "grey": grey,
        "rule": mixed(paper, grey, 0.25),
        "edge": readable(mixed(paper, grey, 0.6), paper, _SHAPE),
        "primary": theme.primary,
        "on-primary": ink_on(theme.primary),
        "title": readable(readable(theme.primary, paper), pale),
        "accent": accent,
        "on-accent": ink_on(accent),
    }
    values = [f"--{name}: #{value};" for name, value in names.items()]
    *named, generic = families(theme)
    values.append(f"--font: {', '.join((*map(_quoted, named), generic))};")
    yield ":root { " + " ".join(values) + " }"
    for number, colour in enumerate((theme.grey, *theme.phases)):
        yield _phase(number, colour, paper)
    for level in range(1, 6):
        fill = theme.level(level)
        yield f".l{level} {{ --level: #{fill}; --on-level: #{ink_on(fill)}; }}"


def _phase(number: int, colour: str, paper: str) -> str:
    """A phase has a colour that can be told from the paper, a shade for what is done, and one for letters."""
    fill = readable(colour, paper, _SHAPE)
    done = darker(fill, 0.4) if ink_on(paper) == "000000" else mixed(fill, "ffffff", 0.5)
    ink = readable(colour, paper)
    return f".p{number} {{ --phase: #{fill}; --done: #{done}; --phase-ink: #{ink}; --on-phase: #{ink_on(fill)}; }}"


def _lines(axis: AxisView) -> str:
    """Fine lines through all rows where stretches of time begin, and one for the day up to which the plan is known."""
    places = [(at, "var(--rule)", 0.5) for at in axis.lines]
    if axis.today is not None:
        places.insert(0, (axis.today, "var(--accent)", 1.0))
    drawn = (
        f"linear-gradient(to right, transparent calc({at:.3f}% - {half}px), {colour} 0, "
        f"{colour} calc({at:.3f}% + {half}px), transparent 0)"
        for at, colour, half in places
    )
    return f".axis-{axis.number} .track {{ background-image: {', '.join(drawn) or 'none'}; }}"


def _pages(theme: Theme, identity: Identity) -> Iterable[str]:
    """Pages with the identity at the foot of each; tables and pictures that are wide are printed across."""
    paper, zoom = _PAPERS[theme.size]
    lines = [one_line(line) for line in (*identity.lines, theme.footer) if line]
    told = " | ".join(lines)
    if measured(told, _FOOT_SIZE) > _FOOT:
        told = " | ".join(fitted(line, _FOOT / len(lines) - 10, _FOOT_SIZE) for line in lines)
    yield f"@page {{ size: {paper}; @bottom-left {{ content: {_quoted(told)}; }} }}"
    yield f"@page wide {{ size: {paper} landscape; }}"
    if zoom != 1:
        yield f"@media print {{ body {{ zoom: {zoom}; }} }}"


def _quoted(text: str) -> str:
    """``text`` as a string of CSS in which every sign is told by its number, so that none means anything."""
    return '"' + "".join(f"\\{ord(sign):06x}" for sign in text) + '"'
