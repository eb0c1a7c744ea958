"""The filter language: what is typed, which rows stay, and what is told of what cannot be understood."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.text import i18n
from planner.tui.filtering import Facts, Field, hint, parse

FIELDS = (
    Field("name", "Work package"),
    Field("stream", "Stream", "choice", (("people", "people"), ("process", "process"), ("tech", "tech"))),
    Field("phase", "Phase", "choice", (("p1", "1"), ("p10", "10"), ("p1", "1 One front door"))),
    Field("days", "Days", "number"),
    Field("start", "Start", "date"),
    Field("role", "Roles"),
)
ROW: Facts = {
    "name": ("Sketch the flow [Q1]", "事件管理 2"),
    "stream": "process",
    "phase": "p1",
    "days": 12,
    "start": date(2027, 3, 15),
    "role": ("Change lead", "lead"),
}
BARE: Facts = {"name": "Visit", "stream": "tech", "days": 3, "role": ()}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "flow SKETCH",
        '"the flow"',
        "“the flow”",
        "事件",
        "-tool",
        "stream:pr",
        "stream:people,process",
        "str:process",
        "-stream:tech",
        "phase:1",
        "phase:front",
        "days>10 days<=12 days:12 days:5..12 days:12.. days:..20 -days:13..",
        "start>2027-02 start:2027-03 start:2027-03-15 start<2027-04 start<=2027 start:2027-01..2027-03",
        "role:change",
        'role:"change lead",other',
        "role=lead",
        "-role:-",
        "stream：process，people　days＞１０",
    ],
)
def test_what_keeps_a_row(text: str) -> None:
    found = parse(text, FIELDS)
    assert found.keeps(ROW)
    assert found.wrong == ""


@pytest.mark.parametrize(
    "text",
    ["tool", '"flow the"', "-flow", "stream:pe", "-stream:process", "phase:10", "days>12", "days:13..", "days<12",
     "start>2027-03", "start<2027-03", "start:2026", "role=change", "role:-", "flow days>20"],
)  # fmt: skip
def test_what_hides_a_row(text: str) -> None:
    assert not parse(text, FIELDS).keeps(ROW)


def test_a_row_that_has_no_value() -> None:
    """It fits neither above nor below a number or date, only what asks for none."""
    assert parse("role:- start:- phase:- -start>2027 -start<2027", FIELDS).keeps(BARE)
    assert not parse("start>2000", FIELDS).keeps(BARE)
    assert not parse("-role:-", FIELDS).keeps(BARE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("strem:tech", "there is no field 'strem': did you mean 'stream'?"),
        ("stream:proces,pepole", "stream: there is no 'pepole': did you mean 'people'?"),
        ("days>ten", "days: 'ten' is no number"),
        ("start>2027-02-30", "start: '2027-02-30' is no date such as 2027, 2027-03 or 2027-03-15"),
        ("start>2027-3 ", "start: '2027-3' is no date"),
        ("role>3", "role is no number and no date: write role:3"),
    ],
)
def test_what_is_not_understood_is_told_and_filters_nothing(text: str, words: str) -> None:
    found = parse(f"flow {text}", FIELDS)
    assert words in found.wrong
    assert found.keeps(ROW)
    assert not found.keeps(BARE)  # the rest still counts


@pytest.mark.parametrize("text", ["-", "stream:", "days>", "start>20", "start>2027-", "start>2027-0", '"'])
def test_what_is_not_typed_to_its_end_changes_nothing(text: str) -> None:
    found = parse(text, FIELDS)
    assert found.empty
    assert found.wrong == ""


def test_fields_are_called_as_the_interface_calls_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_current", "zh")
    monkeypatch.setattr(i18n, "_catalogue", i18n._translations("zh"))
    assert parse("天数>10 阶段：1", FIELDS).keeps(ROW)
    assert not parse("天数>20", FIELDS).keeps(ROW)


def test_the_hint_follows_what_is_typed() -> None:
    assert hint("", FIELDS) == hint("flow ", FIELDS) == "stream:  phase:  days>  start>  role:"
    assert hint("flow stream:p", FIELDS) == "stream: people, process, tech"
    assert hint("phase:", FIELDS) == "phase: 1 One front door, 10"
    assert "days:5..10" in hint("days>", FIELDS)


@settings(max_examples=150)
@given(st.text(alphabet='ad:=<>,-." 1290\u3000：“。stream', max_size=20) | st.text(max_size=12))
def test_anything_can_be_typed(text: str) -> None:
    found = parse(text, FIELDS)
    assert found.keeps(ROW) in (True, False)
    assert isinstance(hint(text, FIELDS), str)
    if not found.tests:
        assert found.keeps(BARE)
