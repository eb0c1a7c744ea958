"""The roadmap in time and the picture of dependencies, as shapes that can be moved and written on."""

from collections.abc import Sequence
from dataclasses import replace

from planner.export.chart.fit import MORE
from planner.export.chart.network import network_scene
from planner.export.chart.scene import Box, Scene
from planner.export.chart.timeline import timeline_scene
from planner.export.report.parts import Bar, Network, Span, Timeline
from planner.export.report.roadmap import GATE
from planner.export.slides.deck import Deck
from planner.export.slides.frame import Rect
from planner.export.slides.picture import Fit, draw
from planner.model.capability import split
from planner.text.i18n import _, labelled

SCALES = (1.5, 1.35, 1.2, 1.1)
"""How much a picture is enlarged, as much as there is room for."""

LEAST = (1.2, 1.1, 1.0)
"""The same where there is not room for everything."""

MOSTLY = 0.6
"""The share of the bars that is most of them."""

BARS, SLIDES = 20, 3
"""So many bars stand on a slide of a phase that has more, and so many slides it has at most."""

NET = (2.2, 1.9, 1.6, 1.35, 1.15, 1.0)
"""How much the picture of dependencies is enlarged, as long as every name in it can still be read."""

READABLE = 7.5
"""The font size in points, not enlarged, below which the boxes of that picture are too low."""


def roadmap(deck: Deck, line: Timeline, headline: str, source: str) -> None:
    """The whole roadmap on a slide; where that does not show everything, slides for each phase after it."""
    line = replace(line, phases=tuple(span for span in line.phases if span.start))
    gates = replace(line, stones=tuple(stone for stone in line.stones if stone.kind == GATE))
    reached = replace(gates, bars=tuple(bar for bar in line.bars if split(bar.id)))
    whole = _natural(deck, line)
    drawn = whole or _natural(deck, gates) or _natural(deck, reached) or _limited(deck, reached)
    page = deck.page(headline, source)
    draw(page, *drawn)
    page.note(timeline_scene(line, deck.look.pictures, deck.body.w).description)
    if whole is None:
        for span in line.phases:
            bars = [bar for bar in line.bars if bar.phase == span.number]
            if bars:
                _phase(deck, line, span, sorted(bars, key=lambda bar: (bar.start, bar.finish)), source)


def _phase(deck: Deck, line: Timeline, span: Span, bars: Sequence[Bar], source: str) -> None:
    """The bars of one phase on as many slides as it needs; the last of the most says how many more there are."""
    first, last = min(bar.start for bar in bars), max(bar.finish for bar in bars)
    stones = tuple(stone for stone in line.stones if first <= stone.day <= last)
    title = labelled(line.title, f"{span.number}. {span.name}")
    told = _("{phase} goes from {start} to {finish}.")
    headline = told.format(phase=f"{span.number}. {span.name}", start=first, finish=last)
    part = replace(line, title=title, first=first, last=last, phases=(span,), bars=tuple(bars), stones=stones)
    found = _natural(deck, part)
    several = [bars[at : at + BARS] for at in range(0, len(bars), BARS)][:SLIDES]
    several[-1] = bars[(len(several) - 1) * BARS :]
    for place, some in enumerate([bars] if found else several):
        here = part if place == 0 else replace(part, stones=())
        here = replace(here, bars=tuple(some))
        page = deck.page(headline, source, continued=place > 0)
        draw(page, *(found or _natural(deck, here) or _limited(deck, here)))


def _natural(deck: Deck, line: Timeline) -> tuple[Scene, Fit] | None:
    """The picture as large as there is room for; None where it would have to be made smaller."""
    body = deck.body
    for scale in SCALES:
        scene = timeline_scene(line, deck.look.pictures, body.w / scale)
        if scene.height * scale <= body.h:
            return scene, Fit(body.x, body.y, scale)
    return None


def _limited(deck: Deck, line: Timeline) -> tuple[Scene, Fit]:
    """The picture with what there is room for: enlarged only as far as it still shows everything, or most of it."""
    body = deck.body
    made = []
    for scale in LEAST:
        scene = timeline_scene(line, deck.look.pictures, body.w / scale, body.h / scale)
        here = {shape.id for shape in scene.shapes if isinstance(shape, Box)}
        share = sum(bar.id in here for bar in line.bars) / max(len(line.bars), 1)
        made.append((share if share == 1.0 else min(share, MOSTLY), scale, scene))
    _share, scale, scene = max(made, key=lambda one: one[:2])
    return scene, _inside(scene, body, scale)


def _inside(scene: Scene, body: Rect, scale: float) -> Fit:
    """``scene`` in ``body``, no larger than ``scale`` says; smaller where that alone makes it fit."""
    return Fit(body.x, body.y, min(scale, body.h / scene.height, body.w / scene.width))


def network(deck: Deck, found: Network, headline: str, source: str) -> None:
    """What needs what, on one slide."""
    body, theme = deck.body, deck.look.pictures
    for scale in NET:
        scene = network_scene(found, theme, body.w / scale, body.h / scale)
        boxes = [shape for shape in scene.shapes if isinstance(shape, Box) and shape.id]
        if len(boxes) == len(found.nodes) and all(box.size >= READABLE and MORE not in box.text for box in boxes):
            break
    page = deck.page(headline, source)
    draw(page, scene, _inside(scene, body, scale))
    page.note(scene.description)
