"""Levels by process and dimension come from a table, in either layout; what is wrong is told by row."""

from pathlib import Path

from intake_made import taken, workbook, wrong

from planner.intake import read
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rules import problems
from planner.text import i18n


def test_a_column_for_each_dimension(tmp_path: Path, desk: Project, catalogue: Catalogue) -> None:
    rows = [
        ["Maturity 2027"],
        ["Process", "People", "Process", "Technology", "Target", "Evidence"],
        ["Incident management", 2, "L2", 1, 3, "Interviews of 4 March"],
        ["Problem management", "", 2, "", 3, ""],
    ]
    preview = read(workbook(tmp_path, {"Levels": rows}), desk, catalogue=catalogue)
    assert (preview.kind, preview.faults) == ("assessment", ())
    after = preview.result
    assert after is not None
    incident, problem = after.process_by_id["incident"], after.process_by_id["problem"]
    assert dict(incident.baseline) == {"people": 2, "process": 2, "tech": 1}
    assert dict(incident.target) == {"people": 3, "process": 3, "tech": 3}
    before = desk.process_by_id["incident"]
    changed = [one for one in before.baseline if incident.baseline[one] != before.baseline[one]]
    assert changed
    for one in before.baseline:
        told = one in changed or one in before.by_hand
        assert incident.by_hand.get(one) == ("Interviews of 4 March" if told else None)
    assert problem.baseline["process"] == 2
    assert problem.by_hand["process"] == "As in work.xlsx"
    assert (
        "people" not in problem.by_hand or problem.by_hand["people"] == desk.process_by_id["problem"].by_hand["people"]
    )
    assert problems(after) == []
    assert after.packages != desk.packages, "the work follows the levels at once"


def test_a_row_for_each_dimension_in_chinese(tmp_path: Path, bank: Project) -> None:
    i18n.use("zh")
    rows = [
        ["流程", "维度", "现状等级", "目标等级", "是否在范围内", "重要性"],
        ["变更管理", "人员", "2级", "三级", "是", 5],
        ["变更管理", "技术", 1, 3, "是", 5],
        ["配置管理", "", 1, 2, "否", 2],
    ]
    preview = taken(tmp_path, rows, bank)
    assert preview.faults == ()
    assert preview.result is not None
    change = preview.result.process_by_id["change"]
    assert (change.baseline["people"], change.target["people"], change.importance) == (2, 3, 5)
    assert not preview.result.process_by_id["config"].in_scope


def test_the_level_of_a_whole_process_is_that_of_its_weakest_dimension(tmp_path: Path, desk: Project) -> None:
    process = next(one for one in desk.processes if len(set(one.baseline.values())) > 1)
    rows = [["Process", "Level now", "Target level"], [process.name, process.level, process.target_level]]
    rows += [["Average", 1, 2], ["How to read this sheet"]]
    preview = taken(tmp_path, rows, desk)
    assert (preview.faults, preview.differences) == ((), ())
    assert "row 3 is left out as sums" in preview.notes
    rows[1][1] = process.level + 1
    after = taken(tmp_path, rows, desk).result
    assert after is not None
    assert set(after.process_by_id[process.id].baseline.values()) == {process.level + 1}


def test_faults_of_levels(tmp_path: Path, desk: Project) -> None:
    rows = [
        ["Process", "Dimension", "Level now", "Target level", "In scope", "Importance"],
        ["Incidents", "people", 1, 2, "", ""],
        ["Incident management", "money", 1, 2, "", ""],
        ["Incident management", "people", "low", 2, "maybe", 9],
        ["Problem management", "people", 3, 2, "", ""],
        ["Problem management", "people", 1, 2, "", ""],
        ["", "people", 1, 2, "", ""],
    ]
    preview = taken(tmp_path, rows, desk)
    assert preview.result is None
    assert [(row, column) for row, column, _wrong in wrong(preview)] == [
        (2, "Process"),
        (3, "Dimension"),
        (4, "In scope"),
        (4, "Importance"),
        (4, "Level now"),
        (5, "Target level"),
        (6, "Process"),
    ]
    assert "row 7 is left out as naming no process" in preview.notes
    assert (
        "no column has levels"
        in wrong(taken(tmp_path, [["Process"], ["Incident management"]], desk, kind="assessment"))[0][2]
    )
    assert "no column names" in wrong(taken(tmp_path, [["Level now"], [2]], desk, kind="assessment"))[0][2]
