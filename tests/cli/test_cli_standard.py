"""``planner show`` of the standard and of the milestones, and what is said about a bad day of the audit."""

from datetime import date

import pytest

from planner.edit.certification import set_certification
from planner.store.save import dumps

NEW = "iso-20000-1-2018"


def saved(path, project):
    path.write_text(dumps(project), encoding="utf-8")
    return path


@pytest.fixture
def aimed_file(desk, catalogue, tmp_path):
    return saved(tmp_path / "aimed.toml", set_certification(desk, catalogue, NEW, date(2033, 3, 7)))


def lines(text, part):
    """The lines of the block whose title begins with ``part``."""
    block = next(block for block in text.split("\n\n") if block.startswith(part))
    return block.splitlines()[1:]


def test_without_a_goal_the_newest_edition_is_shown(planner, desk_file):
    said = planner("show", desk_file, "--section", "standard")
    assert said.code == 0
    assert "aims at no certification. To set the goal" in said.out
    assert "ISO/IEC 20000-1:2018: covered of 47 clauses" in said.out
    assert any("8.6.3" in line and "no target asks" in line for line in lines(said.out, "Not covered"))


def test_goal_stages_clauses_and_sources(planner, aimed_file):
    assert planner("propose", aimed_file, "--write").code == 0
    said = planner("show", aimed_file, "--section", "standard")
    assert said.code == 0
    assert "Deciding audit       2033-03-07" in said.out
    stages = lines(said.out, "Stages")
    assert [line.split(".")[0].strip() for line in stages if ". Gate" not in line and line[2:3].isdigit()] == [*"1234"]
    (support,) = (line for line in stages if "- Support of the" in line)
    placed = [word for word in support.split() if word.startswith("20")]
    assert placed[1] == "2033-03-07"
    assert placed[3] <= placed[1]
    assert "2033-03-07  ISO/IEC 20000-1:2018: Stage-2" in said.out
    assert any("100 %" in line for line in lines(said.out, "ISO/IEC 20000-1:2018: covered"))
    (problem,) = (line for line in lines(said.out, "Clauses") if line.startswith("  8.6.3 "))
    assert "problem@3" in problem
    assert problem.split()[-1] == "8.2"
    assert "Every clause is covered at the end of the roadmap." in said.out
    assert "public: APMG, BSI, ADV" in said.out
    assert max(map(len, said.out.splitlines())) <= 80


def test_a_withdrawn_edition_is_said_to_be(planner, desk, catalogue, tmp_path):
    path = saved(tmp_path / "old.toml", set_certification(desk, catalogue, "iso-20000-1-2011", date(2033, 3, 7)))
    said = planner("show", path, "--section", "standard")
    assert "certificates are not valid after 2021-09-29; aim at ISO/IEC" in said.out


def test_milestones_in_order_of_their_days(planner, aimed_file):
    said = planner("show", aimed_file, "--section", "milestones")
    assert said.code == 0
    days = [line[2:12] for line in said.out.splitlines() if line[2:4] == "20"]
    assert days == sorted(days)
    assert "2033-03-07" in days
    first = next(line for line in said.out.splitlines() if "2034-" in line)
    assert "surveillance" in first
    assert "not known yet" in said.out  # benefits wait for a roadmap


def test_an_audit_too_early_is_told_with_its_line(planner, aimed_file):
    text = aimed_file.read_text("utf-8")
    aimed_file.write_text(text.replace("audit = 2033-03-07", "audit = 2027-02-01"), encoding="utf-8")
    line = next(n for n, row in enumerate(aimed_file.read_text("utf-8").splitlines(), 1) if "audit = 2027" in row)
    said = planner("show", aimed_file)
    assert said.code == 2
    assert f"aimed.toml:{line}: " in said.err
    assert "is before 3 months of operation can have passed" in said.err
    assert "2027-04-04" in said.err


def test_milestones_that_cannot_be_are_told_with_their_lines(planner, desk_file):
    text = desk_file.read_text("utf-8").split("[[milestones]]")[0] + (
        '\n[[milestones]]\nid = "one"\nname = "One"\nday = 2027-02-01\nitem = "incident@3"\n'
        '\n[[milestones]]\nid = "two"\nname = "Two"\nitem = "incidnet@3"\n'
        '\n[[milestones]]\nid = "two"\nname = "Three"\nphase = "nowhere"\n'
    )
    desk_file.write_text(text, encoding="utf-8")
    said = planner("show", desk_file)
    assert said.code == 2
    rows = desk_file.read_text("utf-8").splitlines()
    for row, words in (
        ('id = "one"', "must have one of day, item and phase"),
        ('item = "incidnet@3"', "did you mean 'incident'"),
        ('phase = "nowhere"', "unknown phase 'nowhere'"),
    ):
        assert any(f":{rows.index(row) + 1}: " in told and words in told for told in said.err.splitlines())
    assert "'two' twice" in said.err


def test_an_infeasible_audit_is_told_with_exit_code_3(planner, desk, catalogue, tmp_path):
    path = saved(tmp_path / "early.toml", set_certification(desk, catalogue, NEW, date(2027, 8, 9)))
    said = planner("propose", path)
    assert said.code == 3
    assert f"{NEW}-operate cannot finish by" in said.err
    assert "problem@3" in said.err
