"""Merging plan files as texts: ours keeps its layout, what theirs added keeps its own, ``x-`` keys merge by key."""

from collections import Counter
from random import Random

import pytest
from plan_edits import several, small
from store_layouts import laid_out, remarks

from planner.edit.review import add_comment
from planner.model.project import Project
from planner.review import readings
from planner.review.merge import merge_projects
from planner.review.merge_text import merge_texts
from planner.store.fault import PlanUnreadable
from planner.store.load import parse
from planner.store.save import SaveFailed, dumps
from planner.text.toml import loads


@pytest.fixture(scope="module")
def plan(desk: Project) -> Project:
    return small(desk)


@pytest.fixture(scope="module")
def text(plan: Project) -> str:
    return dumps(plan)


def line_of(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def in_row(text: str, heading: str, line: str) -> str:
    """``text`` with a line below a heading, the first of its kind."""
    return text.replace(f"{heading}\n", f"{heading}\n{line}\n", 1)


def test_edits_of_one_side_are_that_text_byte_for_byte(text: str) -> None:
    other = "# a remark\r\n" + text.replace("\n", "\r\n").replace("Example Ltd", "Other Ltd")
    assert merge_texts(text, other, text).text == other
    assert merge_texts(text, text, other).text == other
    assert merge_texts(text, other, other).text == other


def test_ours_keeps_its_remarks_and_theirs_comes_in(plan: Project, text: str) -> None:
    ours = text.replace("[limits]", "# ours says\n[limits]").replace('client = "Example Ltd"', 'client = "Ours"  # so')
    theirs = text.replace("absorption = 3", "absorption = 5")
    merged = merge_texts(text, ours, theirs)
    assert "# ours says\n[limits]\n" in merged.text
    assert 'client = "Ours"  # so' in merged.text
    assert "absorption = 5" in merged.text
    assert merged.conflicts == ()
    assert merged.project == parse(merged.text, "")
    assert merged.text == ours.replace("absorption = 3", "absorption = 5"), "nothing else has changed"


def test_what_theirs_added_comes_as_it_stands_there(text: str) -> None:
    added = '\n# agreed by telephone\n[[left_out]]\npackage   = "spare"  # for now\nx-ticket = "T-9"\n'
    ours = text.replace("\n", "\r\n")
    merged = merge_texts(text, ours, text.rstrip("\n") + "\n" + added)
    assert added.strip().replace("\n", "\r\n") in merged.text
    assert merged.text.count("\n") == merged.text.count("\r\n")
    assert merged.project.left_out[-1].package == "spare"


def test_new_remarks_of_theirs_come_along(text: str) -> None:
    base = text.replace("[limits]", "# known to both\n[limits]").replace("[[packages]]", "# first\n[[packages]]", 1)
    ours = base.replace("[limits]", "# ours\n[limits]").replace("\n", "\r\n")
    theirs = base.replace("[limits]", "# theirs\n# in two lines\n[limits]").replace("# first\n", "")
    theirs = theirs.replace("absorption = 3", "# as agreed\nabsorption = 4")
    merged = merge_texts(base, ours, theirs).text
    assert (
        "# known to both\r\n# ours\r\n# theirs\r\n# in two lines\r\n[limits]\r\n# as agreed\r\nabsorption = 4\r\n"
        in merged
    )
    assert merged.count("# first") == 1, "what theirs took out of the remarks stays with ours"
    assert merge_texts(base, merged, theirs).text == merged


def test_x_keys_of_both_come_together(text: str) -> None:
    ours = in_row(text, "[engagement]", 'x-ours = 1\nx-both = "a"')
    theirs = in_row(in_row(text, "[engagement]", 'x-theirs = [1, 2]\nx-both = "a"'), "[[packages]]", 'x-ticket = "T-1"')
    theirs = theirs.replace("schema = 2\n", 'schema = 2\nx-file = "kept"\n') + '\n[x-billing]\nrate = 2  # "#"\n'
    merged = merge_texts(text, ours, theirs).text
    for line in ("x-ours = 1", "x-theirs = [1, 2]", 'x-ticket = "T-1"', 'x-file = "kept"', "[x-billing]", "rate = 2"):
        assert line in merged
    assert merged.count('x-both = "a"') == 1
    assert merged.index("x-ticket") > merged.index("[[packages]]")
    assert parse(merged, "") == parse(text, "")


def test_each_text_is_read_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is most of the time of a merge: with remarks, x- keys and new rows each text is still read but once."""
    read: Counter[str] = Counter()
    monkeypatch.setattr(readings, "loads", lambda whole: read.update([whole]) or loads(whole))
    base = in_row(text, "[limits]", "x-a = 1\nx-b = 1")
    ours = base.replace("x-a = 1", "x-a = 2")
    theirs = base.replace("x-a = 1", "# why\nx-a = 3").replace("x-b = 1", "x-b = 2")
    theirs += '\n[[left_out]]\npackage = "spare"\n'
    merged = merge_texts(base, ours, theirs)
    assert "# why" in merged.text
    assert "x-b = 2" in merged.text
    assert set(read.values()) == {1}
    assert len(read) <= 6, "the three, and after each step but the first what it made"


def test_an_x_key_that_theirs_took_out_goes(text: str) -> None:
    base = in_row(in_row(text, "[engagement]", "x-old = 1"), "[limits]", "x-kept = 2")
    merged = merge_texts(base, base.replace("Example Ltd", "Ours"), base.replace("x-old = 1\n", ""))
    assert "x-old" not in merged.text
    assert "x-kept = 2" in merged.text


def test_an_x_key_that_both_changed_keeps_theirs_as_a_remark(text: str) -> None:
    base = in_row(text, "[[packages]]", 'x-ticket = "T-1"')
    ours, theirs = base.replace('"T-1"', '"T-2"'), base.replace('"T-1"', '"T-3\\u001b[2J\\n[roadmap]"')
    merged = merge_texts(base, ours, theirs)
    assert '# theirs: x-ticket = "T-3\\u001b[2J\\n[roadmap]"\nx-ticket = "T-2"\n' in merged.text
    assert len(merged.remarks) == 1
    assert merged.remarks[0].startswith("packages ")
    again = merge_texts(base, merged.text, theirs)
    assert again.text == merged.text


def test_a_conflict_stands_in_the_text_and_no_marker_does(text: str) -> None:
    name = line_of(text, "name = ")
    merged = merge_texts(text, text.replace(name, 'name = "A"', 1), text.replace(name, 'name = "B"', 1))
    (conflict,) = merged.conflicts
    assert (conflict.table, conflict.field, conflict.ours, conflict.theirs) == ("engagement", "name", '"A"', '"B"')
    assert "<<<<" not in merged.text
    assert '[[conflicts]]\nid = "m2"\ntable = "engagement"\n' in merged.text
    assert parse(merged.text, "").conflicts == merged.project.conflicts


def test_a_plan_of_the_earlier_schema_merges(plan: Project, text: str) -> None:
    old = text.replace("schema = 2", "schema = 1")
    old = old[: old.index("[[conflicts]]")]
    old = old[: old.index("needs = [", old.index("[[baselines]]"))] + old[old.index("\n[[comments]]") :]
    ours = old.replace("Example Ltd", "Ours")
    merged = merge_texts(old, ours, dumps(parse(old, "")).replace("absorption = 3", "absorption = 4"))
    assert merged.text.startswith("schema = 2\n")
    assert merged.project.limits.absorption == 4
    assert merged.project.engagement.client == "Ours"
    assert merge_texts(old, ours, old).text == ours, "what nobody else changed is not upgraded"


def test_two_plans_without_a_common_one_are_united(plan: Project, text: str) -> None:
    ours = dumps(add_comment(plan, "Ours says", plan.engagement.start))
    theirs = dumps(add_comment(plan, "Theirs says", plan.engagement.start)).replace("Example Ltd", "Other Ltd")
    merged = merge_texts("", ours, theirs)
    assert [one.text for one in merged.project.comments[-2:]] == ["Ours says", "Theirs says"]
    assert [(one.table, one.field, one.base) for one in merged.conflicts] == [("engagement", "client", '""')]
    assert merged.project.packages == plan.packages
    assert merge_texts("\n", ours, ours).text == ours


def test_more_keys_than_anybody_keeps_are_refused(text: str) -> None:
    theirs = in_row(text, "[limits]", "\n".join(f"x-{n} = {n}" for n in range(600)))
    with pytest.raises(SaveFailed, match="600 x- keys"):
        merge_texts(text, text.replace("Example Ltd", "Ours"), theirs)


def test_a_text_that_is_no_plan_is_told_by_its_lines(text: str) -> None:
    with pytest.raises(PlanUnreadable) as told:
        merge_texts(text, text, text.replace("absorption = 3", "absorption = many"), "plan.toml")
    assert "plan.toml:" in str(told.value)


def strewn_pair(plan: Project, seed: int) -> tuple[str, str, str]:
    """Three texts, each in a layout of its own, with remarks and ``x-`` keys strewn in."""
    random = Random(seed)
    base, ours, theirs = plan, several(plan, random, 4), several(plan, random, 4)
    return laid_out(base, random), laid_out(ours, random), laid_out(theirs, random)


def merge_any_layout(plan: Project, seed: int) -> bool:
    base, ours, theirs = strewn_pair(plan, seed)
    try:
        merged = merge_texts(base, ours, theirs)
    except SaveFailed:
        return False
    assert parse(merged.text, "") == merged.project
    assert merged.project == merge_projects(parse(base, ""), parse(ours, ""), parse(theirs, ""))
    lost = remarks(ours) - remarks(merged.text)
    assert len(lost) <= 40, "remarks go only with the tables that theirs took out"
    assert ("\r\n" in merged.text) == ("\r\n" in ours)
    assert merged.text.startswith("\ufeff") == ours.startswith("\ufeff")
    return True


def test_whatever_the_layouts_the_text_holds_the_merged_plan(plan: Project) -> None:
    done = [merge_any_layout(plan, seed) for seed in range(6)]
    assert sum(done) >= 5


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_whatever_the_layouts_for_long(plan: Project, part: int) -> None:
    done = [merge_any_layout(plan, seed) for seed in range(1000 + 100 * part, 1100 + 100 * part)]
    assert sum(done) >= 80
