"""Whatever bytes and cells a file has: it is understood or refused in words, and a plan that comes of it is sound."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from intake_made import taken, written

from planner.intake import Begin, Preview, read
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rules import problems
from planner.text.clean import one_line

FEW = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
HEADS = [
    "ID",
    "Task",
    "Process",
    "Level",
    "Stream",
    "Days",
    "PD",
    "Owner",
    "After",
    "Phase",
    "Start",
    "End",
    "Cost",
    "Trainer",
]
CELLS = [
    "",
    "2",
    "3/5/8",
    "incident@2",
    "Incident management",
    "People",
    "2027-01-04",
    "Process owner: 3",
    "1FS",
    "9" * 60,
]
CELLS += [
    "\x1b[31mred",
    "=cmd|'/c calc'!A1",
    "长" * 5000,
    "a;b",
    "x-y",
    "a@2",
    "nan",
    "1e999",
    "\u202egpj",
    "Total",
    "\0",
]


def sound(preview: Preview, catalogue: Catalogue) -> None:
    """It is one of the two, and nothing in it steers a terminal."""
    assert bool(preview.faults) == (preview.result is None)
    for fault in preview.faults:
        assert fault.wrong
        for text in (fault.where, fault.column, fault.wrong, fault.advice):
            assert text == one_line(text)
    if preview.result is not None:
        assert problems(preview.result, frozenset(catalogue.process_by_id)) == []


@FEW
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"<?xml", b"\xff\xfe", b"\xef\xbb\xbfTask,Days\n"])
)
def test_any_bytes(desk: Project, catalogue: Catalogue, data: bytes, begin: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any"
        path.write_bytes(begin + data)
        sound(read(path, desk, catalogue=catalogue), catalogue)


@FEW
@given(
    st.lists(st.lists(st.sampled_from(CELLS), min_size=3, max_size=14), min_size=1, max_size=5), st.permutations(HEADS)
)
def test_any_cells_under_known_headings(
    desk: Project, catalogue: Catalogue, rows: list[list[str]], head: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        for plan in (desk, None):
            sound(taken(Path(folder), [head, *rows], plan, begin=Begin(start=date(2027, 1, 4))), catalogue)


def test_a_plan_is_no_table(tmp_path: Path, desk: Project) -> None:
    path = written(tmp_path, [["Task"], ["x"]], "plan.toml")
    assert "this is a plan" in read(path, desk).faults[0].wrong


def test_names_of_the_other_language_are_known(tmp_path: Path, desk: Project, bank: Project) -> None:
    rows = [
        ["任务", "流程", "等级", "工作流", "工期", "人天", "负责人"],
        ["演练", "事件管理", 2, "流程", 4, 3, "流程负责人"],
    ]
    after = taken(tmp_path, rows, desk).result
    assert after is not None
    (new,) = (package for package in after.packages if package.name == "演练")
    assert (new.capability, [*new.effort]) == ("incident@2", ["process-owner"])
    rows = [["Task", "Process", "Level", "Stream"], ["Drill", "Change enablement", 2, "Process"]]
    assert taken(tmp_path, rows, bank).faults == ()
