"""Nothing that is internal is in a client's copy: a sign in every internal field, and none in any byte handed over.

The fields are found where the model declares them, so that a new one is held to it without another line here.
"""

import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from handed import FORMATS
from parts import part

from planner.assessment.effort import cost
from planner.checks.check import check
from planner.edit.roadmap import adopt
from planner.export.formats import render
from planner.export.handover import Handover, hand_over
from planner.export.theme import Theme
from planner.model.answers import Pain
from planner.model.audience import KINDS, for_client, internal_fields
from planner.model.context import CheckSetting
from planner.model.knowledge import Catalogue
from planner.model.measures import Milestone
from planner.model.people import Enrolment, Post, TrackSetting
from planner.model.project import Baseline, Comment, Conflict, Planned, Progress, Project, Scenario
from planner.model.values import Fixed
from planner.rollout.propose import propose

AMOUNT = re.compile(r"(?<![\d.])(?:0\.)?(\d{2})[, '\u2019\u202f\xa0]?(0\d{2})(?!\d)")
"""An odd amount, however its thousands are parted; no two cells beside each other look like one, for the zero."""

SHORTEST = 4
"""A sign of fewer characters may stand in a document by chance; the copy itself is looked at for these."""


class Signs:
    """Signs of our own in every internal field of a value: words that nobody uses, and odd amounts."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}
        self.fields: set[tuple[type, str]] = set()

    def planted(self, value: Any) -> Any:
        """``value`` with a sign in every internal field, at any depth."""
        if is_dataclass(value) and not isinstance(value, type):
            hidden, hints = internal_fields(type(value)), get_type_hints(type(value), include_extras=False)
            new = {}
            for one in fields(value):
                if one.name in hidden:
                    self.fields.add((type(value), one.name))
                    place = f"{type(value).__name__}.{one.name}"
                    new[one.name] = self._in(getattr(value, one.name), hints[one.name], place)
                else:
                    new[one.name] = self.planted(getattr(value, one.name))
            return type(value)(**new)
        if type(value) is tuple:
            return tuple(self.planted(entry) for entry in value)
        if isinstance(value, Fixed):
            return Fixed({key: self.planted(entry) for key, entry in value.items()})
        return value

    def _in(self, value: Any, hint: Any, place: str) -> Any:
        """A sign of the kind ``hint``; inside rows and tables one in everything that may hold one."""
        if get_origin(hint) in (Union, UnionType):
            hint = next(kind for kind in get_args(hint) if kind is not type(None))
        if hint is str:
            return self._told(f"Zqx{len(self.told):04}sign", place)
        if hint is float:
            return float(self._told(self._odd(), place))
        if hint is int:
            return int(self._told(str(13 + len(self.told) % 7), place))
        if get_origin(hint) is Fixed:
            return self._amounts(value, place)
        if get_origin(hint) is tuple and get_args(hint)[0] is str:
            return (self._told(f"Zqx{len(self.told):04}sign", place),)
        assert isinstance(value, tuple), f"this test cannot put a sign into {place}: teach it"
        assert value, f"there is nothing in {place}: add an entry to the plan of this test"
        return tuple(self._row(row, place) for row in value)

    def _amounts(self, value: Fixed[str, Any], place: str) -> Fixed[str, Any]:
        assert value, f"there is nothing in {place}: add an entry to the plan of this test"
        share = all(amount <= 1 for amount in value.values())
        words = {key: self._told(self._odd(), place) for key in value}
        return Fixed({key: float(f"0.{word}") if share else float(word) for key, word in words.items()})

    def _row(self, row: Any, place: str) -> Any:
        signs = {
            one.name: self._told(f"Zqx{len(self.told):04}sign", f"{place}.{one.name}")
            for one in fields(row)
            if get_type_hints(type(row))[one.name] is str and one.name not in ("id", "item", "reply_to", "table")
        }
        return replace(row, **signs)

    def _odd(self) -> str:
        """The next odd amount."""
        return f"{81 + len(self.told) // 90}0{10 + len(self.told) % 90}"

    def _told(self, sign: str, place: str) -> str:
        self.told[sign] = place
        return sign


def nouns(noun: Any = Project) -> Iterator[type]:
    """Every noun of the model that a plan can hold."""
    if is_dataclass(noun) and isinstance(noun, type):
        yield noun
        for hint in get_type_hints(noun).values():
            yield from nouns(hint)
    for inner in get_args(noun):
        yield from nouns(inner)


@pytest.fixture(scope="module")
def full(desk: Project, catalogue: Catalogue) -> Project:
    """A plan with something of everything that can be internal."""
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"])
    plan = adopt(desk, proposal.roadmap, proposal.phases)
    track = catalogue.tracks[0]
    first, day = plan.packages[0], plan.engagement.start
    assert plan.roadmap
    begun = plan.roadmap.packages[first.id].start
    return replace(
        plan,
        engagement=replace(plan.engagement, as_of=begun),
        posts=(*plan.posts, Post(id="somebody", name="Somebody", holder="Sam Example")),
        tracks=(TrackSetting(track=track.id, paid_share=Fixed({track.levels[0].id: 0.5}), cost=Fixed({"x": 2.0})),),
        enrolments=(Enrolment(id="e1", track=track.id, level=track.levels[0].id, holder="somebody", begin=day),),
        pains=(*plan.pains, Pain(id="own-pain", name="Own pain", levels=Fixed({"incident": 3}))),
        progress=(Progress(package=first.id, start=begun),),
        scenarios=(Scenario(id="less", name="With fewer people", absorption=2),),
        milestones=(*plan.milestones, Milestone(id="fair", name="Fair", kind="event", day=day)),
        checks=(CheckSetting(id="CHK32"), CheckSetting(id="G04")),
        baselines=(Baseline(id="b1", name="Agreed", taken=day, packages=Fixed({first.id: Planned(name=first.name)})),),
        comments=(Comment(id="c1", made=day, text="?"),),
        conflicts=(Conflict(id="m1", table="engagement", field="goal"),),
    )


@pytest.fixture(scope="module")
def signs() -> Signs:
    return Signs()


@pytest.fixture(scope="module")
def planted(full: Project, signs: Signs) -> Project:
    return signs.planted(full)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def copy(planted: Project, catalogue: Catalogue) -> Handover:
    return hand_over(planted, catalogue, audience="client")


def test_every_internal_field_of_the_model_holds_a_sign(planted: Project, signs: Signs) -> None:
    wanted = {(noun, name) for noun in nouns() for name in internal_fields(noun)}
    assert wanted == signs.fields
    assert len(signs.told) > len(wanted)


def test_the_guide_names_every_internal_field() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "plan-file.md").read_text("utf-8")
    told = guide.partition("## What a client's copy goes without")[2].partition("\n## ")[0]
    assert {name for noun in nouns() for name in internal_fields(noun) if not re.search(rf"\b{name}\b", told)} == set()


def bytes_in(data: bytes) -> Iterator[bytes]:
    """``data`` and everything inside it: members of archives, the text of a PDF."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            yield "\n".join(box.namelist()).encode()
            for member in box.namelist():
                yield from bytes_in(box.read(member))
    if data.startswith(b"%PDF"):
        for stream in streams_in(data):  # full of coordinates, some of which look like amounts
            yield b" ".join(re.findall(rb"Zqx\d{4}sign", stream))
        run = [part("pdftotext"), "-", "-"]
        yield subprocess.run(run, input=data, capture_output=True, check=True).stdout


def streams_in(data: bytes) -> Iterator[bytes]:
    """The streams of a PDF, unpacked."""
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(found.group(1))
        except zlib.error:
            continue  # not every stream is packed; as it is it was looked at already


def signs_in(text: str) -> set[str]:
    """What looks like a sign."""
    return {"".join(parts) for parts in AMOUNT.findall(text)} | set(re.findall(r"Zqx\d{4}sign", text))


@pytest.mark.parametrize("form", FORMATS)
def test_no_sign_is_in_any_byte_of_a_clients_copy(form: str, copy: Handover, signs: Signs) -> None:
    found = {
        sign: signs.told[sign]
        for inner in bytes_in(render(copy, form))
        for coding in ("utf-8", "utf-16-le", "utf-16-be")
        for sign in signs_in(inner.decode(coding, "ignore"))
        if sign in signs.told
    }
    assert found == {}


def test_the_copy_has_none_of_them_either(copy: Handover, full: Project, planted: Project) -> None:
    said = repr(copy.project)
    assert "Zqx" not in said
    assert cost(planted) > 80000
    assert cost(copy.project) == 0
    assert (copy.project.comments, copy.project.conflicts) == ((), ())


@pytest.fixture(scope="module")
def whole(planted: Project, catalogue: Catalogue) -> Handover:
    return hand_over(planted, catalogue)


@pytest.mark.parametrize("form", ["md", "json", "assessment-md"])
def test_the_internal_copy_does_tell(form: str, whole: Handover, signs: Signs) -> None:
    """So that the search above is known to find what it looks for."""
    text = render(whole, form).decode()
    told = {signs.told[sign] for sign in signs_in(text) if sign in signs.told}
    wanted = {
        "md": {"Engagement.notes", "WorkPackage.note", "WorkPackage.cost", "Milestone.cost", "Pain.note"},
        "json": {place for sign, place in signs.told.items() if len(sign) >= SHORTEST},
        "assessment-md": {"Pain.note"},
    }[form]
    assert wanted <= told


def test_accepted_findings_are_not_told_and_not_found_again(full: Project, catalogue: Catalogue) -> None:
    finding = next(one for one in check(full, catalogue) if one.id == "CHK33")
    accepted = replace(full, checks=(CheckSetting(id=finding.id, mute="the board knows"),))
    copy = hand_over(accepted, catalogue, audience="client", theme=Theme(sections=("phases", "findings", "decisions")))
    assert finding.id in {one.id for one in hand_over(full, catalogue, audience="client").findings}
    assert finding.id not in {one.id for one in copy.findings}
    text = render(copy, "json").decode()
    assert finding.title not in text
    assert finding.message[20:] not in text


def test_the_copy_does_not_tell_which_checks_are_accepted(full: Project) -> None:
    plain, lower = CheckSetting(id="CHK33"), CheckSetting(id="CHK04", numbers=Fixed({"members": 2.0}))
    accepted = replace(plain, mute="the board knows", items=("incident",))
    copied = for_client(replace(full, checks=(accepted, replace(lower, mute="they know"), plain, lower)))
    assert copied.checks == (lower, plain, lower)


def test_nothing_internal_can_be_guessed_by_the_signs_of_the_version(full: Project, catalogue: Catalogue) -> None:
    """Who knows all of the plan but its budget could try which one goes with the signs."""
    rich = replace(full, governance=replace(full.governance, budget=123456.0), comments=())
    one, other = (hand_over(plan, catalogue, audience="client").identity for plan in (full, rich))
    assert one == other
    assert hand_over(full, catalogue).identity.version != hand_over(rich, catalogue).identity.version


def test_what_the_copy_lacks_is_no_finding(full: Project, catalogue: Catalogue) -> None:
    """The copy says less than the plan, which is no fault of the plan."""
    told = {(one.id, one.items) for one in hand_over(full, catalogue).findings}
    assert {(one.id, one.items) for one in hand_over(full, catalogue, audience="client").findings} <= told


def test_the_last_thing_it_says_is_what_kind_of_content_was_left_out(copy: Handover) -> None:
    last = copy.report.sections[-1]
    assert last.id == "about"
    assert getattr(last.blocks[-1], "items", ()) == KINDS
    assert render(copy, "md").decode().endswith("".join(f"\n- {kind}" for kind in KINDS) + "\n")
    assert date.fromisoformat(str(copy.identity.as_of))
