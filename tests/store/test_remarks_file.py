"""Review files: written and read again, every fault told with its line, never taken for a plan."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.project import Comment, Decision
from planner.model.remarks import Draft, Remarks, Settled, problems, series
from planner.store.listing import listing
from planner.store.load import PlanUnreadable, load
from planner.store.remarks import dumps_remarks, load_remarks, parse_remarks, review_path, reviews_of, save_remarks
from planner.store.save import SaveFailed
from planner.text.clean import one_line

DAY = date(2027, 2, 1)
FULL = Remarks(
    plan="Support people can trust",
    file="lantern.toml",
    digest="00ff",
    reviewer="Mei Lin",
    comments=(
        Comment(id="r-mei-lin-1", item="incident@2", author="Mei Lin", made=DAY, text='Why?\n[engagement]\nname = "x"'),
        Comment(id="r-mei-lin-2", made=DAY, text="yes", reply_to="c1", resolved=True),
    ),
    settled=(Settled(comment="c1"), Settled(comment="c2", resolved=False)),
    decisions=(Decision(phase="p1", verdict="conditions", made=DAY, note="first train them"),),
    draft=Draft(text="half a sen", item="incident@2"),
)


def test_what_is_written_is_read_again_and_is_no_plan(tmp_path: Path) -> None:
    path = review_path(tmp_path / "lantern.toml", "Mei Lin")
    assert path == tmp_path / "lantern.review-mei-lin.toml"
    text = save_remarks(FULL, path)
    assert text == path.read_text()
    assert load_remarks(path) == FULL
    assert listing(tmp_path) == ()
    with pytest.raises(PlanUnreadable) as refused:
        load(path)
    assert "this is a review, not a plan" in str(refused.value)
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize("name", ["../../root", "/etc/passwd", "..", "a/b\\c", "\x1b]0;x\x07", "李" * 500, "-rf"])
def test_no_name_is_a_path(name: str, tmp_path: Path) -> None:
    path = review_path(tmp_path / "lantern.toml", name)
    assert path.parent == tmp_path
    assert path.name.startswith("lantern.review-")
    assert path.name.isascii()
    assert path.name.isprintable()
    assert len(path.name) < 100


def test_a_plan_with_the_longest_name(tmp_path: Path) -> None:
    for name in ("x" * 250, "李" * 83):
        path = review_path(tmp_path / f"{name}.toml", "李" * 60)
        save_remarks(FULL, path)
        assert path.name.startswith(reviews_of(tmp_path / f"{name}.toml"))
        assert reviews_of(tmp_path / f"{name[:-1]}.toml") != reviews_of(tmp_path / f"{name}.toml")


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    path = review_path(tmp_path / "lantern.toml", "Mei Lin")
    path.symlink_to(tmp_path / "mine")
    with pytest.raises(SaveFailed, match="is a link"):
        save_remarks(FULL, path)
    assert (tmp_path / "mine").read_text() == "precious"


def faults(text: str) -> list[str]:
    with pytest.raises(PlanUnreadable) as refused:
        parse_remarks(text, "r.toml")
    return [str(fault) for fault in refused.value.faults]


def test_faults_are_told_at_once_with_their_lines() -> None:
    text = dumps_remarks(FULL)
    bad = text.replace("made = 2027-02-01", "made = 7", 1).replace('verdict = "conditions"', 'verdict = "maybe"')
    first, second = faults(bad)
    line = bad.split("\n").index("made = 7") + 1
    assert first.startswith(f'r.toml:{line}: comments "r-mei-lin-1": made must be a date, not 7')
    assert 'decisions "p1": verdict cannot be "maybe"' in second
    (alone,) = faults(text.replace("r-mei-lin-2", "c7"))
    assert "the id 'c7' is none of this reviewer" in alone
    assert "this is not a review file" in faults('schema = 2\n[engagement]\nname = "x"\n')[0]
    assert "newer planner (schema 9)" in faults(text.replace("schema = 1", "schema = 9"))[0]
    assert faults("reviewer = \n" + "x = [" * 5000)
    assert "larger than 2 MB" in faults("#" * 2_000_001)[0]


@given(st.text(max_size=60), st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_and_any_name_come_back(text: str, name: str) -> None:
    """What a person types comes back as it was shown: cleaned once, the same for ever."""
    if not text.strip() or not name.strip():
        return
    said = Comment(id=f"{series(name)}1", made=DAY, text=text)
    once = parse_remarks(dumps_remarks(replace(FULL, reviewer=name, comments=(said,))), "r.toml")
    assert parse_remarks(dumps_remarks(once), "r.toml") == once
    assert problems(once) == []


@given(st.integers(0, 700), st.integers(0, 60), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_loads_or_says_why(at: int, gone: int, instead: str) -> None:
    """Whatever is cut out of it and put in: never anything but faults with lines, or a review that makes sense."""
    text = dumps_remarks(FULL)
    damaged = text[:at] + instead + text[at + gone :]
    found = None
    try:
        assert problems(parse_remarks(damaged, "r.toml")) == []
    except PlanUnreadable as unreadable:
        found = unreadable.faults
    assert found != ()
    for fault in found or ():
        assert 1 <= fault.line <= damaged.count("\n") + 2
        assert str(fault) == one_line(str(fault))
