"""The scanner against tomllib: the same tables, the same values, and the right places."""

import tomllib
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_layouts import laid_out, planned

from planner.model.project import Project
from planner.store.positions import Node, Scan, replace_spans, scan

TEXT = '''\
# a plan
schema = 2
"a key"."b.c" = 'lit\\eral'

[engagement]  # who
name = "x # not a comment"
goal = """
two "quoted"
lines\\""""
dotted.key = 2027-01-04 10:00:00
'one' = [ # first
  1, 2,
  { a = [ ], b.c = "}" }, # last
]

[[roles]]
id = "a"
[roles.more]
x = 1
[[roles.changes]]
since = 2027-01-04
[[roles.changes]]
since = 2027-01-05

[[roles]]
id = "b"

[a.b.c]
deep = """"""
'''


def plain(node: Node, text: str) -> Any:
    """What a scanned node holds, its values read one by one."""
    if node.kind == "value":
        return tomllib.loads(f"v = {text[node.start : node.end]}")["v"]
    inner = {key: plain(child, text) for key, child in node.children.items()}
    if node.kind in ("rows", "array"):
        assert list(inner) == list(range(len(inner)))
        return list(inner.values())
    return inner


def line_of(found: Scan, *path: str | int) -> str:
    """The line of the text at ``path``."""
    return found.text.splitlines()[found.line(found.find(path).at) - 1]


def test_reads_what_tomllib_reads() -> None:
    found = scan(TEXT)
    assert found.breaks == []
    assert plain(found.root, TEXT) == tomllib.loads(TEXT)


def test_says_where_things_stand() -> None:
    found = scan(TEXT)
    assert line_of(found, "schema") == "schema = 2"
    assert line_of(found, "a key", "b.c") == '"a key"."b.c" = \'lit\\eral\''
    assert line_of(found, "engagement") == "[engagement]  # who"
    assert line_of(found, "engagement", "goal") == 'goal = """'
    assert line_of(found, "engagement", "one", 2, "b", "c") == '  { a = [ ], b.c = "}" }, # last'
    assert line_of(found, "roles", 0, "changes", 1, "since") == "since = 2027-01-05"
    assert line_of(found, "roles", 1, "id") == 'id = "b"'
    assert line_of(found, "a", "b", "c", "deep") == 'deep = """"""'


def test_names_the_nearest_place_above_what_is_not_there() -> None:
    found = scan(TEXT)
    assert line_of(found, "roles", 1, "fte") == "[[roles]]"
    assert found.line(found.find(("roles", 1, "fte")).at) == 25
    assert line_of(found, "engagement", "one", 7) == "'one' = [ # first"
    assert found.line(found.find(("nothing",)).at) == 1


@given(seed=st.integers(0, 10**9))
@settings(max_examples=20, deadline=None)
def test_reads_every_layout_of_a_plan(desk: Project, seed: int) -> None:
    text = laid_out(planned(desk), Random(seed)).removeprefix("\ufeff")
    found = scan(text)
    assert found.breaks == []
    assert plain(found.root, text) == tomllib.loads(text)


@pytest.mark.parametrize(
    ("text", "broken", "rest"),
    [
        ("a = [1, 2\nb = 3\n", "a", {"b": 3}),
        ("a = [1,\n2\n[t]\nb = 3\n", "a", {"t": {"b": 3}}),
        ("a = { x = 1\n[[t]]\nb = 3\n", "a", {"t": [{"b": 3}]}),
        ('a = "x\nb = 3\n', "a", {"b": 3}),
        ('a = """x\nb = 3\n', "a", {"b": 3}),
        ("a = 1 2\nb = 3\n", "a", {"b": 3}),
        ("a =\nb = 3\n", "a", {"b": 3}),
        ("a = [\n[1]\n[2]\n]\nb = 3\n", "a", {"b": 3}),
        ("a = [\n  { x = 1 }\n  { x = 2 },\n]\nb = 3\n", "a", {"b": 3}),
    ],
)
def test_goes_on_behind_a_break(text: str, broken: str, rest: Any) -> None:
    found = scan(text)
    assert len(found.breaks) == 1
    assert found.breaks[0].kind == "value"
    read = {key: plain(node, text) for key, node in found.root.children.items() if key != broken}
    assert read == rest


@given(text=st.text(alphabet="[]{}=,.#\"'\\\n\r\t ab01-", max_size=60))
@settings(max_examples=200, deadline=None)
def test_never_raises_and_accepts_what_tomllib_accepts(text: str) -> None:
    found = scan(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert found.breaks == []
    assert plain(found.root, text.replace("\r\n", "\n")) == data if "\r" not in text else True


def test_replaces_spans_in_the_order_given() -> None:
    assert replace_spans("abcdef", [(4, 5, "X"), (1, 3, ""), (1, 1, "1"), (1, 1, "2")]) == "a12dXf"
    assert replace_spans("abcdef", [(1, 4, ""), (3, 5, "")]) == "af"


@pytest.mark.parametrize("value", ["1", "-2.5", '"text"', "true", "2027-01-04", '""', "[1, 2.5,-3]", "[ 4 ]", "[1,2,]"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_usual_line_is_read_like_an_unusual_one(value: str, line_break: str) -> None:
    """A remark behind it, or brackets around it, make the scanner go its long way; the places are the same."""
    short = scan(f"a-b  =  {value}  {line_break}[t]{line_break}")
    for unusual in (f"a-b  =  {value}  # remark{line_break}", f"'a-b'={value}"):
        long = scan(unusual)
        one, other = short.root.children["a-b"], long.root.children["a-b"]
        assert (short.breaks, long.breaks, one.kind) == ([], [], other.kind)
        shift = other.start - one.start
        assert other.end - one.end == shift
        assert [(c.at + shift, c.end + shift) for c in one.children.values()] == [
            (c.at, c.end) for c in other.children.values()
        ]
        assert len(short.leaves) == len(long.leaves)
