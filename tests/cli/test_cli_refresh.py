"""``planner refresh``: facts that were changed in an editor, and what follows from them."""

from pathlib import Path

import pytest
from cli_said import Planner


@pytest.fixture
def plan(planner: Planner, tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    assert planner("new", path, "--template", "desk-first", "--start", "2027-01-04").code == 0
    return path


def test_a_plan_in_step_says_so(planner: Planner, plan: Path) -> None:
    assert planner("refresh", plan).out == "The plan is in step with its facts.\n"


def test_a_size_changed_in_the_file_is_found_and_followed(planner: Planner, plan: Path) -> None:
    plan.write_text(plan.read_text("utf-8").replace('size = "medium"', 'size = "large"'), "utf-8")
    if 'size = "large"' not in plan.read_text("utf-8"):  # medium is what is not written
        plan.write_text(plan.read_text("utf-8").replace("[engagement]\n", '[engagement]\nsize = "large"\n'), "utf-8")
    checked = planner("check", plan)
    assert "Out of step with its facts (D10)" in checked.out
    said = planner("refresh", plan)
    assert "service-desk-2-process" in said.out
    assert "Nothing is saved yet" in said.out
    assert "D10" in planner("check", plan).out
    assert planner("refresh", plan, "--write").code == 0
    assert "D10" not in planner("check", plan).out
    assert planner("refresh", plan).out == "The plan is in step with its facts.\n"


def test_what_the_templates_do_not_have_is_one_line(planner: Planner, plan: Path) -> None:
    text = plan.read_text("utf-8") + (
        '\n[[certifications]]\nstandard = "iso-2000"\nname = "x"\naudit = 2030-03-04\noperate_months = 3\n'
    )
    plan.write_text(text, "utf-8")
    said = planner("refresh", plan, "--write")
    assert said.code == 2
    assert "the templates have no standard 'iso-2000'" in said.err
    assert plan.read_text("utf-8") == text
    assert "A name that the templates do not have (D09)" in planner("check", plan).out
