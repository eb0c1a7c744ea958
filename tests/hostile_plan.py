"""A plan from a stranger: every text in it means something to some program, and the rules of plans are kept.

The texts are put in wherever the model has a text and the rules let it be, so that a new field is among them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

from planner.catalog.load import load as load_catalogue
from planner.model.decode import LONGEST_KEY
from planner.model.project import Dependency, Phase, Placement, Project, WorkPackage
from planner.model.rules import problems
from planner.model.values import Duration, Effort, Fixed, Name
from planner.store.load import parse

GUIDE = Path(__file__).parent.parent / "docs" / "plan-file.md"

ACTS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "-2+3",
    "<script>window.hacked=1</script>",
    "]]></t><f>1+1</f>",
    "--> <!-- x",
    "</style></title></svg><img src=x onerror=window.hacked=2>",
    "[go](javascript:window.hacked=3) ![i](http://e.example/i.png)",
    "END:VEVENT",
    "first\r\nATTENDEE:mailto:a@e.example",
    "%%{init: {'securityLevel': 'loose'}}%%",
    'click n1 call window.alert("x")',
    "&G &P &[Page]",
    "<r><t>raw</t></r>",
    "_x0041_ _x000D_",
    '#{typst} #link("http://e.example") $x$ #sys.inputs',
    "{{ 7 * 7 }} {% raw %} {n} %s",
    "https://e.example/?a=1&b=2",
    '\'=1+1 "twice" `x` \\',
    "&lt;b&gt; &#35; #35;",
    "a;b,c:d|e\tf",
    "bell\x07 escape\x1b[31m null\x00",
    "\ud800 alone",
    "\u202egpj.exe\u200b hidden\u2066",
    "שלום مرحبا",
    "😀 👩\u200d💻",
)
"""With what texts begin; each ends with all the others."""

CHINESE = "变更受控运行可信" * 625
"""Five thousand characters."""

EXAMPLES: dict[Any, Any] = {str: "x", int: 2, float: 1.0, tuple[Name, ...]: ("x",)}
"""What may stand under a key of a mapping that is empty in the plan of the guide."""

PLACE = re.compile(r"q(\d{3})z")
"""Stands behind the first words of each text and says which one it is."""


@dataclass
class Stranger:
    """Where each text stands in the model, and how it begins."""

    places: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)

    def text(self, place: str, most: int = 20_000) -> str:
        """The next text, for ``place``."""
        number = len(self.places)
        start = f"{ACTS[number % len(ACTS)]} q{number:03}z"
        self.places.append(place)
        self.starts.append(start)
        rest = ACTS[number % len(ACTS) + 1 :] + ACTS[: number % len(ACTS)]
        return f"{start} {' '.join(rest)} {CHINESE if number % 3 == 0 else ''}"[:most].strip()

    def forget(self) -> None:
        """The last text is not in the plan after all."""
        self.places.pop()
        self.starts.pop()


def base() -> Project:
    """The plan of the guide, which has every table, with a second process and phase to make pictures of."""
    written = re.search(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert written
    plan = parse(written[1], "the guide")
    more = [
        WorkPackage(
            id=f"desk-{part}",
            name=part,
            capability="service-desk@2",
            workstream="people",
            days=Duration(3, 5, 8),
            effort=Fixed({"process-consultant": Effort(1, 2, 3)}),
        )
        for part in ("one", "two", "three")
    ]
    roadmap = plan.roadmap
    assert roadmap
    later = roadmap.packages["newsletter"].finish
    spots = {
        one.id: Placement(phase="p2", start=day, finish=plan.calendar.finish(day, 5))
        for one, day in ((one, plan.calendar.next_working(later.replace(month=4))) for one in more[:2])
    }
    engagement = replace(plan.engagement, profile=load_catalogue().profiles[0].id)
    desk = replace(plan.processes[0], id="service-desk", by_hand=Fixed(), ticks=Fixed({"leadership": ("goal",)}))
    return replace(
        plan,
        engagement=engagement,
        processes=(*plan.processes, desk),
        phases=(*plan.phases, Phase(id="p2", name="Second", exit_criteria=("It runs",))),
        packages=(*plan.packages, *more),
        dependencies=(*plan.dependencies, Dependency(item="service-desk@2", needs="incident@2", reason="It must.")),
        roadmap=replace(roadmap, packages=Fixed({**roadmap.packages, **spots})),
    )


@dataclass(frozen=True)
class Spot:
    """A place for a text: the steps to it from the plan, and whether it is the first of its kind there.

    A step is the name of a field, the number of a row, or ("in", key) and ("key", key) of a mapping.
    """

    steps: tuple[Any, ...]
    place: str
    first: bool

    @property
    def turn(self) -> int:
        """Ids come last, keys before them: steps go through both."""
        last = self.steps[-1]
        return 2 if last == "id" else 1 if isinstance(last, tuple) and last[0] == "key" else 0


@cache
def hostile() -> tuple[Project, Stranger]:
    """The plan, and what stands where in it."""
    catalogue, plan, stranger = load_catalogue(), base(), Stranger()
    known = frozenset(catalogue.process_by_id)
    words = {*_ids(catalogue), *_ids(plan), *plan.capabilities}
    for spot in sorted(_spots(plan, Project, (), "", True), key=lambda spot: spot.turn):
        old = _at(plan, spot.steps)
        if spot.place == "Dimension.id" or (spot.turn < 2 and spot.first and old in words):
            continue  # a questionnaire knows the dimensions; what is named once must be something that there is
        text = stranger.text(spot.place, LONGEST_KEY if spot.turn else 20_000)
        for new in (text, text.replace("@", "(at)")):
            tried = _renamed(plan, Project, old, new) if spot.turn == 2 else _with(plan, spot.steps, new)
            if not problems(tried, known):
                plan = tried
                stranger.starts[-1] = new[: next(PLACE.finditer(new)).end()]
                break
        else:
            stranger.forget()
    return plan, stranger


def _kind(hint: Any) -> Any:
    """What ``hint`` is without bounds, and without None."""
    if get_origin(hint) is Annotated:
        return _kind(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        return _kind(next(one for one in get_args(hint) if one is not type(None)))
    return hint


@cache
def _hints(noun: type) -> dict[str, Any]:
    return {name: _kind(hint) for name, hint in get_type_hints(noun, include_extras=True).items()}


def _spots(value: Any, kind: Any, steps: tuple[Any, ...], place: str, first: bool) -> Iterator[Spot]:
    """Every place for a text in ``value``; one more behind the last text of a list, one in a mapping without any."""
    if kind is str:
        yield Spot(steps, place, first)
    elif is_dataclass(kind):
        for one in fields(kind):
            inner = f"{kind.__name__}.{one.name}"
            yield from _spots(getattr(value, one.name), _hints(kind)[one.name], (*steps, one.name), inner, first)
    elif get_origin(kind) is tuple:
        inner = _kind(get_args(kind)[0])
        for number, row in enumerate(value):
            yield from _spots(row, inner, (*steps, number), place, first and number == 0)
        if inner is str:
            yield Spot((*steps, len(value)), place, False)
    elif get_origin(kind) is Fixed:
        inner = _kind(get_args(kind)[1])
        for number, (key, row) in enumerate(value.items()):
            yield from _spots(row, inner, (*steps, ("in", key)), place, first and number == 0)
            yield Spot((*steps, ("key", key)), f"{place} key", first and number == 0)
        if not value and inner in EXAMPLES:
            yield Spot((*steps, ("key", EXAMPLES[inner])), f"{place} key", False)


def _at(value: Any, steps: tuple[Any, ...]) -> Any:
    """The text at the end of ``steps``; empty where there is none yet."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        return _at(getattr(value, step), rest)
    if isinstance(step, int):
        return _at(value[step], rest) if step < len(value) else ""
    return _at(value[step[1]], rest) if step[0] == "in" else step[1]


def _with(value: Any, steps: tuple[Any, ...], new: str) -> Any:
    """``value`` with ``new`` at the end of ``steps``."""
    if not steps:
        return new
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        return replace(value, **{step: _with(getattr(value, step), rest, new)})
    if isinstance(step, int):
        row = _with(value[step] if step < len(value) else "", rest, new)
        return (*value[:step], row, *value[step + 1 :])
    if step[0] == "in":
        return value.with_item(step[1], _with(value[step[1]], rest, new))
    return Fixed({new if key == step[1] else key: row for key, row in value.items()} or {new: step[1]})


def _renamed(value: Any, kind: Any, old: str, new: str) -> Any:
    """``value`` with ``new`` for every text that is ``old``, so that an id is another one everywhere."""
    if kind is str:
        return new if value == old else value
    if value is None:
        return None
    if is_dataclass(kind):
        return replace(
            value,
            **{one.name: _renamed(getattr(value, one.name), _hints(kind)[one.name], old, new) for one in fields(kind)},
        )
    if get_origin(kind) is tuple:
        return tuple(_renamed(row, _kind(get_args(kind)[0]), old, new) for row in value)
    if get_origin(kind) is Fixed:
        inner = _kind(get_args(kind)[1])
        return Fixed({new if key == old else key: _renamed(row, inner, old, new) for key, row in value.items()})
    return value


def _ids(noun: Any) -> Iterator[str]:
    """Every id and code in ``noun``."""
    if is_dataclass(noun):
        for one in fields(noun):
            inner = getattr(noun, one.name)
            if isinstance(inner, str) and one.name in ("id", "code"):
                yield inner
            yield from _ids(inner)
    elif isinstance(noun, (tuple, Mapping)):
        for row in noun.values() if isinstance(noun, Mapping) else noun:
            yield from _ids(row)


def texts_of(kind: Any) -> Iterator[str]:
    """Every field of the nouns of the model that has texts in it: ``Engagement.name``."""
    if is_dataclass(kind):
        for name, inner in _hints(cast(type, kind)).items():
            yield from (place or f"{cast(type, kind).__name__}.{name}" for place in texts_of(inner))
    elif kind is str:
        yield ""
    else:
        for inner in get_args(kind) if get_origin(kind) in (tuple, Fixed) else ():
            yield from texts_of(_kind(inner))
