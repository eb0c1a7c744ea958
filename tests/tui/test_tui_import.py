"""Stories on taking something in: a look at it first, one edit that can be undone, nothing while there are faults."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from consultant import Consultant, at_work
from small_plan import small_file

from planner.intake import Preview
from planner.store.load import load
from planner.tui.importing.dialog import ImportDialog
from planner.tui.reviewing import Review
from planner.tui.widgets.textline import TextLine

NEW = """\
Work package,Process,Level,Workstream,Days,Lead time
Train the desk in the evening,Service desk,2,people,5,x
A board for major incidents,Incident management,3,process,8,y
"""
BAD = """\
Work package,Process,Level,Workstream,Working days
Train the desk,Service dsk,2,people,five
A board,Incident management,9,process,8
"""


@pytest.fixture
def planned_file(tmp_path: Path) -> Path:
    """A plan with a roadmap, at once."""
    return small_file(tmp_path, "planned.toml")


def levels(plan: Path, process: str, target: int) -> str:
    """The assessment as a table, with another target for one process."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["Process ID", "Dimension", "Target"])
    for dimension in load(plan).project.dimension_ids:
        rows.writerow([process, dimension, target])
    return text.getvalue()


async def on(she: Consultant, text: str) -> None:
    """Put the cursor on the row with ``text``."""
    await she.press("home")
    for _step in range(200):
        if text in she.row("| > "):
            return
        await she.press("down")
    raise AssertionError(f"no row {text!r}:\n{she.screen}")


async def test_new_work_packages_are_looked_at_and_taken_in_as_one_edit(planned_file: Path) -> None:
    planned_file.with_name("work.csv").write_text(NEW)
    async with at_work(planned_file, (120, 40)) as she:
        before = she.project
        await she.press("J")
        she.sees("Import from", "work.csv", "another file: type its path")
        await she.press("enter")
        she.sees("Import: work.csv", "Holds      work packages", "2 rows below the heading in row 1")
        she.sees("What changes: ", "Train the desk in the evening", "A board for major incidents")
        she.sees("Lead time", "left out")
        await on(she, "Lead time   ")
        she.sees("Lead time is left out; c says what it is")
        await she.press("d")
        she.sees("What the file changes", "Field by field")
        await she.press("escape", "enter")
        assert she.app.screen is she.plan
        assert she.message.startswith("Imported from work.csv. ")
        assert len(she.project.packages) == len(before.packages) + 2
        assert she.plan.history.undo_label == "Imported from work.csv"
        await she.press("u")
        assert she.project == before
        await she.press("J", "enter", "escape")
        assert she.project == before


async def test_nothing_is_taken_in_while_there_are_faults(planned_file: Path) -> None:
    planned_file.with_name("bad.csv").write_text(BAD)
    async with at_work(planned_file) as she:
        before = she.project
        await she.press("J", "enter")
        she.sees("3 faults; nothing is taken in", "row 2, Working days: 'five' is no number of days")
        await on(she, "Service dsk")
        she.sees("unknown process 'Service dsk'; ")
        await she.press("enter")
        she.sees("! 3 faults: nothing is taken in. Mend them in the file")
        await she.press("d")
        she.sees("! Nothing changes as long as something is wrong.")
        assert isinstance(she.app.screen, ImportDialog)
        await she.press("escape")
        assert she.project is before


async def test_a_column_is_what_one_says_it_is(planned_file: Path) -> None:
    text = NEW.replace("Days", "Effort?").replace("Lead time", "Takes")
    planned_file.with_name("work.csv").write_text(text.replace(",x\n", ",4\n").replace(",y\n", ",6\n"))
    async with at_work(planned_file, (120, 40)) as she:
        await she.press("J", "enter")
        await on(she, "Takes   ")
        await she.press("c")
        she.sees('What is "Takes"?', "leave it out")
        await she.type("Working days")
        await she.press("enter")
        await on(she, "Effort?   ")
        await she.press("c", "escape", "c")
        await she.type("leave")
        await she.press("enter")
        she.sees("Takes                        Working days")
        await she.press("enter")
        days = {package.name: package.days.likely for package in she.project.packages}
        assert (days["Train the desk in the evening"], days["A board for major incidents"]) == (4, 6)


async def test_levels_out_of_a_table(planned_file: Path) -> None:
    planned_file.with_name("levels.csv").write_text(levels(planned_file, "incident", 2))
    async with at_work(planned_file) as she:
        await she.press("J", "enter")
        she.sees("levels of the assessment")
        await she.press("enter")
        target = she.project.process_by_id["incident"].target
        assert {*target.values()} == {2}
        await she.press("J", "enter")
        she.sees("What changes: nothing; the plan says all of it already")
        await she.press("enter")
        she.sees("! That changes nothing.")


async def test_the_path_can_be_typed_and_is_remembered(planned_file: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    file = tmp_path / "elsewhere" / "work.csv"
    file.write_text(NEW)
    async with at_work(planned_file) as she:
        await she.press("J")
        she.sees("a table (.csv, .xlsx) or a project file")
        await she.type("no.csv")
        await she.press("enter")
        she.sees("! File: there is no such file")
        await she.fill("elsewhere/work.csv")
        await she.press("enter")
        she.sees("Import: work.csv", "Holds      work packages")
        await on(she, "Holds")
        await she.press("c")
        she.sees("What does work.csv hold?")
        await she.type("levels")
        await she.press("enter")
        she.sees("levels of the assessment", "nothing is taken in")
        await on(she, "Table")
        await she.press("c")
        await she.type("Plan")
        await she.press("enter")
        she.sees("only a workbook has sheets")
        await on(she, "File")
        await she.press("c", "escape", "escape", "J")
        assert she.app.screen.query_one(TextLine).value == str(file)


async def test_a_path_typed_where_files_are_listed(planned_file: Path, tmp_path: Path) -> None:
    planned_file.with_name("other.csv").write_text(NEW)
    (tmp_path / "to do").mkdir()
    (tmp_path / "to do" / "tasks.csv").write_text(NEW)
    async with at_work(planned_file) as she:
        await she.press("J")
        await she.type("to do/tasks.csv")
        she.sees("> another file: type its path")
        await she.press("enter", "enter")
        she.sees("Import: tasks.csv", "Holds      work packages")


async def test_what_became_of_the_plan_meanwhile_is_not_overwritten(
    planned_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan can change under a dialog: it is read again when somebody else has saved it."""
    planned_file.with_name("work.csv").write_text(NEW)
    async with at_work(planned_file) as she:
        await she.press("J", "enter")
        other = replace(she.project, engagement=replace(she.project.engagement, client="Somebody else"))
        she.plan.history = she.plan.history.do("read again", other)
        await she.press("enter")
        assert she.message == "! the plan has changed meanwhile: import the file once more"
        assert she.project == other


async def test_keys_while_a_file_is_read(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned_file.with_name("work.csv").write_text(NEW)
    async with at_work(planned_file) as she:
        monkeypatch.setattr(ImportDialog, "_look", lambda self: never())
        await she.press("J", "enter")
        she.sees("Reading...")
        await she.press("enter", "c", "d")
        assert isinstance(she.app.screen, ImportDialog)
        await she.press("escape")
        assert she.app.screen is she.plan


async def never() -> Preview | None:
    return None


async def test_a_review_takes_nothing_in(planned_file: Path) -> None:
    async with at_work(planned_file) as she:
        she.plan.access = Review("Mei Lin", load(planned_file))
        await she.press("J")
        assert she.message == "! A review leaves the plan as it is: N comments on this, R has all remarks."
