"""Rows of work packages, as consultants and clients write them, become work packages of a plan, or faults by row."""

from pathlib import Path

import pytest
from intake_made import taken, workbook, written, wrong

from planner.edit.roadmap import adopt
from planner.intake import Begin, read
from planner.model.knowledge import Catalogue
from planner.model.people import Post
from planner.model.project import Project
from planner.model.rules import problems
from planner.model.values import Duration, Effort, Fixed
from planner.rollout.propose import propose
from planner.text import i18n

MESSY = [
    ["Lantern Retail: backlog", "", "", "", "", "", "", "", ""],
    [],
    ["No.", "Task", "Practice", "Target level", "Stream", "Duration (days)", "Effort (PD)", "Owner", "Predecessors"],
    ["1", "Workshop with all shifts", "incident management", "L2", "People", "5", "3", "Process consultant", ""],
    ["2", "Escalation rules ", "INCIDENT", "2", "procedure", "3/5/8", "4,5", "Process owner", "1"],
    ["3", "Configure tool; test", "Incident", "2", "Tool", "2 weeks", "6", "Tool administrator", "1FS, 2"],
    ["4", "Newsletter", "", "", "People", "3", "1.5", "Change lead", "Escalation rules"],
    ["", "Phase two", "", "", "", "", "", "", ""],
    [
        "5",
        "CAB charter",
        "Change management",
        "3",
        "Process",
        "5",
        "Process owner: 2; Process consultant: 1",
        "",
        "2SS",
    ],
    ["Total", "", "", "", "", "20", "19", "", ""],
]


@pytest.fixture(scope="module")
def planned(desk: Project, catalogue: Catalogue) -> Project:
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"])
    return adopt(desk, proposal.roadmap, proposal.phases)


def test_a_messy_backlog_is_understood(tmp_path: Path, desk: Project) -> None:
    preview = taken(tmp_path, MESSY, desk)
    assert preview.faults == ()
    after = preview.result
    assert after is not None
    assert problems(after) == []
    new = {package.name: package for package in after.packages if package.id not in desk.package_by_id}
    rules = new["Escalation rules"]
    assert (rules.capability, rules.workstream, rules.days) == ("incident@2", "process", Duration(3, 5, 8))
    assert rules.effort == Fixed({"process-owner": Effort(4.5, 4.5, 4.5)})
    assert rules.after == (new["Workshop with all shifts"].id,)
    tool = new["Configure tool; test"]
    assert (tool.workstream, tool.days.likely) == ("tech", 10)
    assert set(tool.after) == {new["Workshop with all shifts"].id, rules.id}
    assert new["Newsletter"].capability == ""
    charter = new["CAB charter"]
    assert (charter.after, charter.alongside) == ((), (rules.id,))
    assert charter.effort == Fixed({"process-owner": Effort(2, 2, 2), "process-consultant": Effort(1, 1, 1)})
    assert {package.source for package in new.values()} == {"own"}
    told = " / ".join(preview.notes)
    assert "row 8 is left out as headings" in told
    assert "row 10 is left out as sums" in told
    assert "1 new work package names no process" in told
    assert [one.field for one in preview.columns] == [
        *("number", "name", "process", "level", "workstream", "days", "effort", "role", "after")
    ]


def test_taking_the_same_file_in_twice_changes_nothing(tmp_path: Path, desk: Project) -> None:
    once = taken(tmp_path, MESSY, desk).result
    twice = taken(tmp_path, MESSY, once)
    assert twice.faults == ()
    assert twice.result == once


def test_every_fault_is_told_at_once_and_nothing_is_taken(tmp_path: Path, desk: Project) -> None:
    rows = [
        ["ID", "Task", "Process", "Level", "Workstream", "Days", "Effort", "Role", "After", "Start", "Finish"],
        ["a", "One", "Incidnt management", "2", "People", "3", "", "", "", "", ""],
        ["b", "Two", "Incident management", "7", "Peple", "x", "2", "Wizard", "nowhere", "", ""],
        ["b", "Three", "Incident management", "2", "People", "3", "", "", "", "", ""],
        ["c", "", "Incident management", "2", "People", "3", "", "", "", "", ""],
        ["d", "Four", "Incident management", "", "People", "3", "40", "Trainer", "d", "", ""],
        ["e", "Five", "", "3", "", "3", "", "", "", "03/04/2027", ""],
        ["f", "Six", "", "", "People", "8 5 3", "", "", "", "", ""],
        ["g@2", "Seven", "", "", "People", "8", "", "", "", "", ""],
    ]
    preview = taken(tmp_path, rows, desk)
    assert preview.result is None
    found = wrong(preview)
    assert [(row, column) for row, column, _wrong in found] == [
        (2, "Process"),
        (3, "Level"),
        (3, "Workstream"),
        (3, "Days"),
        (3, "Role"),
        (3, "After"),
        (4, "ID"),
        (5, "Task"),
        (6, "Level"),
        (7, "Level"),
        (7, "Workstream"),
        (7, "Start"),
    ]
    assert preview.faults[0].advice == "did you mean 'Incident management'?"
    assert all(fault.advice for fault in preview.faults)
    only = [rows[0], ["d", "Four", "", "", "People", "3", "40", "Trainer", "d", "", ""], *rows[7:]]
    found = wrong(taken(tmp_path, only, desk))
    assert [(row, column) for row, column, _wrong in found] == [
        (4, "ID"),
        (2, "After"),
        (2, ""),
        (3, "Days"),
    ] or sorted((row, column) for row, column, _wrong in found) == [(2, "After"), (2, "Effort"), (3, "Days"), (4, "ID")]


def test_a_circle_is_refused_in_words(tmp_path: Path, desk: Project) -> None:
    rows = [["ID", "Task", "Workstream", "Days", "After"], ["a", "A", "People", 3, "b"], ["b", "B", "People", 3, "a"]]
    preview = taken(tmp_path, rows, desk)
    assert preview.result is None
    assert "circle" in preview.faults[0].wrong


def test_what_is_not_in_the_file_stays(tmp_path: Path, planned: Project) -> None:
    known = planned.packages[3]
    rows = [["Work package ID", "Name", "Days"], [known.id, "Another name", known.days.likely]]
    preview = taken(tmp_path, rows, planned)
    after = preview.result
    assert after is not None
    changed = after.package_by_id[known.id]
    assert (changed.name, changed.source) == ("Another name", "own")
    assert (changed.effort, changed.after, changed.note, changed.days) == (
        known.effort,
        known.after,
        known.note,
        known.days,
    )
    assert [package for package in after.packages if package.id != known.id] == [
        package for package in planned.packages if package.id != known.id
    ]
    assert after.roadmap == planned.roadmap
    assert f"{len(planned.packages) - 1} work packages of the plan are not in the file" in preview.notes[-1]


def test_a_kept_roadmap_that_no_longer_fits_is_told(tmp_path: Path, planned: Project) -> None:
    known = planned.packages[3]
    preview = taken(tmp_path, [["ID", "Working days"], [known.id, known.days.likely + 7]], planned)
    assert preview.result is not None
    assert preview.result.roadmap == planned.roadmap
    assert "propose it anew" in preview.notes[-1]
    new = taken(tmp_path, [["Task", "Workstream", "Days"], ["Fresh", "People", 3]], planned)
    assert "no place in the roadmap yet" in new.notes[-1]


def test_dates_move_what_has_a_place(tmp_path: Path, planned: Project) -> None:
    assert planned.roadmap
    ident, place = next(iter(planned.roadmap.packages.items()))
    last = planned.phases[-1]
    rows = [["ID", "Phase", "Start", "Finish"], [ident, last.name, "2029-01-08", "2029-01-12"]]
    after = taken(tmp_path, rows, planned).result
    assert after is not None
    assert after.roadmap is not None
    assert after.roadmap.packages[ident] != place
    assert (after.roadmap.packages[ident].phase, str(after.roadmap.packages[ident].start)) == (last.id, "2029-01-08")
    assert after.roadmap.status == "edited"
    rows[1][3] = "2029-01-01"
    assert "before it starts" in wrong(taken(tmp_path, rows, planned))[0][2]
    rows[1][1] = "No such phase"
    assert wrong(taken(tmp_path, rows, planned))[0][1] == "Phase"


def test_a_column_for_each_role_and_its_bounds(tmp_path: Path, desk: Project) -> None:
    known = next(package for package in desk.packages if len(package.effort) > 1)
    role, other = (desk.role_by_id[one] for one in [*known.effort][:2])
    likely = known.effort[role.id].likely
    rows = [["ID", f"PD {role.name}", f"{other.name} (PD)"], [known.id, likely / 2, ""]]
    after = taken(tmp_path, rows, desk).result
    assert after is not None
    effort = after.package_by_id[known.id].effort
    assert effort[role.id] == Effort(min(known.effort[role.id].low, likely / 2), likely / 2, known.effort[role.id].high)
    assert other.id not in effort


def test_a_changed_sum_is_no_change_of_its_parts(tmp_path: Path, desk: Project) -> None:
    known = next(package for package in desk.packages if len(package.effort) > 1)
    parts = {f"Person-days: {desk.role_by_id[one].name}": effort.likely for one, effort in known.effort.items()}
    head = ["ID", "Person-days", *parts]
    assert taken(tmp_path, [head, [known.id, known.person_days, *parts.values()]], desk).result == desk
    assert (
        "the sum is" in wrong(taken(tmp_path, [head, [known.id, known.person_days + 9, *parts.values()]], desk))[0][2]
    )


def test_a_person_stands_for_the_only_role_of_a_post(tmp_path: Path, desk: Project) -> None:
    from dataclasses import replace

    staffed = replace(desk, posts=(*desk.posts, Post(id="x", name="Desk head", holder="Lin Fang", roles=("trainer",))))
    rows = [["Task", "Workstream", "Days", "Effort", "负责人"], ["T", "People", 5, 1, "lin  fang"]]
    after = taken(tmp_path, rows, staffed).result
    assert after is not None
    assert next(package for package in after.packages if package.name == "T").effort == Fixed(
        {"trainer": Effort(1, 1, 1)}
    )


def test_columns_are_told_apart_or_asked_about(tmp_path: Path, desk: Project) -> None:
    rows = [["Task", "Activity", "Wrkstream", "Workstream", "Colour"], ["Group", "Thing", "x", "People", "red"]]
    preview = taken(tmp_path, rows, desk)
    assert "may all be Work package" in preview.faults[0].wrong
    assert '--map "Task=name"' in preview.faults[0].advice
    preview = taken(tmp_path, rows, desk, mapping={"activity": "name", "task": "ignore"})
    assert preview.faults == ()
    assert preview.result is not None
    assert "Thing" in [package.name for package in preview.result.packages]
    assert any('"Colour"' in note and '"Wrkstream" (did you mean workstream?)' in note for note in preview.notes)
    bad = taken(tmp_path, rows, desk, mapping={"Aktivity": "name", "Colour": "hue"})
    assert {fault.wrong for fault in bad.faults} >= {"there is no column 'Aktivity'", "there is no field 'hue'"}


def test_missing_columns_are_told_once(tmp_path: Path, desk: Project) -> None:
    preview = taken(tmp_path, [["Task", "Process"], ["A", "Incident management"], ["B", "Problem management"]], desk)
    assert [(fault.row, fault.wrong) for fault in preview.faults] == [
        (1, "it is not said to which level of the process the work leads"),
        (1, "it is not said in which workstream the work is done"),
    ]
    assert "no column says" in wrong(taken(tmp_path, [["Days", "Effort"], [3, 4]], desk))[0][2]


def test_a_chinese_workbook_with_merged_cells(tmp_path: Path, bank: Project) -> None:
    rows = [
        ["港湾银行工作计划"],
        [],
        [
            "序号",
            "任务名称",
            "流程",
            "目标等级",
            "工作流",
            "工期（天）",
            "工作量（人天）",
            "负责角色",
            "前置任务",
            "交付物",
            "备注",
        ],
        [1, "变更访谈", "变更管理", 3, "人员", 5, 3, "流程顾问", None, "访谈纪要", None],
        [
            2,
            "编写变更制度",
            None,
            None,
            "流程",
            10,
            "流程负责人: 4；流程顾问：3",
            None,
            "1",
            "制度；评审表",
            "=cmd|calc",
        ],
        [3, "配置工单", "变更管理", "三级", "技术", "2周", 8, "工具管理员", "2FS", None, "第一行\n第二行"],
        ["合计", None, None, None, None, 17, 18],
    ]
    path = workbook(tmp_path, {"封面": [["说明"]], "计划": rows}, ["C4:C5", "D4:D5"])
    for language in ("zh", "en"):
        i18n.use(language)
        preview = read(path, bank)
        assert preview.faults == ()
        assert preview.result is not None
        new = [package for package in preview.result.packages if package.id not in bank.package_by_id]
        assert {package.capability for package in new} == {"change@3"}
        rules = next(package for package in new if package.name == "编写变更制度")
        assert rules.effort == Fixed({"process-owner": Effort(4, 4, 4), "process-consultant": Effort(3, 3, 3)})
        assert (rules.deliverables, rules.note) == (("制度", "评审表"), "")
        assert any("1 cell holds a formula" in note for note in preview.notes) or language == "zh"
        assert next(package for package in new if package.name == "配置工单").note == "第一行\n第二行"


def test_an_outline_of_a_client_becomes_a_plan(tmp_path: Path) -> None:
    """Two rows of headings, merged; numbers of an outline; headings among the rows; units, and dates as text."""
    rows = [
        ["某银行项目任务清单"],
        ["序号", "任务", None, "所属流程", "目标级别", "工作流", "计划时间", None, "工期", "工作量", "负责人", "前置"],
        [None, "阶段", "任务名称", None, None, None, "开始日期", "结束日期", None, None, None, None],
        ["1", "第一阶段"],
        [
            "1.1",
            "第一阶段",
            "梳理流程",
            "服务台",
            "2级",
            "流程",
            "2027/3/1",
            "2027.3.12",
            "10 天",
            "12 人天",
            "流程负责人",
        ],
        [
            "1.2",
            None,
            "培训人员",
            "服务台",
            "L2",
            "人员",
            "2027年3月15日",
            "2027年3月19日",
            "5d",
            "6 PD",
            "培训师",
            "1.1",
        ],
        [],
        ["2", None, "技术"],
        ["2.1", None, "配置工具", "事件管理", 2, "工具", None, None, "2周", "20 PD", "工具管理员", "1.2FS; 1.1"],
        [None, "合计", None, None, None, None, None, None, "25 天", "38 人天"],
    ]
    merged = ["B2:C2", "G2:H2", *(f"{column}2:{column}3" for column in "ADEFIJKL"), "B5:B6"]
    preview = read(workbook(tmp_path, {"任务": rows}, merged), None, begin=Begin("New"))
    assert preview.faults == ()
    assert preview.result is not None
    plan = {package.name: package for package in preview.result.packages}
    assert set(plan) == {"梳理流程", "培训人员", "配置工具"}
    assert [plan[name].days.likely for name in plan] == [5, 10, 10]
    assert plan["培训人员"].effort == Fixed({"trainer": Effort(6, 6, 6)})
    assert plan["配置工具"].after == (plan["培训人员"].id, plan["梳理流程"].id)
    assert {package.capability for package in plan.values()} == {"service-desk@2", "incident@2"}
    assert "rows 4, 8 are left out as headings of an outline, with the work in the rows below" in preview.notes
    assert preview.result.role_by_id["trainer"].fte == 1.2
    assert any("Trainer 1.2" in note for note in preview.notes), "what is assumed is told"


def test_what_a_scheduling_tool_saved_as_a_table(tmp_path: Path, desk: Project) -> None:
    rows = [
        ["ID", "Outline Level", "Name", "Duration", "Start", "Predecessors", "Resource Names", "Text1"],
        ["1", "1", "Phase one", "15 days", "Mon 3/1/27", "", "", ""],
        ["2", "2", "Workshop", "5 days?", "Mon 3/1/27", "", "Process owner", "Process"],
        ["3", "2", "Configure", "2 wks", "Mon 3/15/27", "2", "Tool administrator[50%],Trainer[20%]", "Tech"],
        ["4", "2", "Go-live", "0 days", "Fri 3/26/27", "3", "", ""],
    ]
    preview = taken(tmp_path, rows, desk, mapping={"Text1": "workstream"})
    assert preview.faults == ()
    assert preview.result is not None
    new = {one.name: one for one in preview.result.packages if one.id not in desk.package_by_id}
    assert set(new) == {"Workshop", "Configure"}
    assert new["Workshop"].effort["process-owner"].likely == 5, "all day, every day"
    assert {role: effort.likely for role, effort in new["Configure"].effort.items()} == {
        "tool-administrator": 5,
        "trainer": 2,
    }
    assert "row 5 is left out as milestones, which take no time" in preview.notes
    rows[0][6] = "Owner"
    assert (
        "'Trainer' has no number"
        in wrong(
            taken(
                tmp_path,
                [*rows[:1], [*rows[3][:6], "Tool administrator: 2; Trainer", "Tech"]],
                desk,
                mapping={"Text1": "workstream", "Predecessors": "ignore"},
            )
        )[0][2]
    )


def test_numbers_that_a_spreadsheet_made_the_same_are_not_guessed(tmp_path: Path, desk: Project) -> None:
    rows = [
        ["WBS", "Task", "Workstream", "After"],
        [1.1, "A", "People"],
        [1.1, "B", "People"],
        [1.2, "C", "People", 1.1],
    ]
    (found,) = read(workbook(tmp_path, {"Work": rows}), desk).faults
    assert (found.row, found.column) == (4, "After")
    assert "the number of several work packages" in found.wrong


def test_a_new_plan_from_a_list_of_work(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [
        ["Task", "Process", "Level", "Workstream", "Days", "Role", "PD", "Phase", "Start", "Finish"],
        ["One", "Incident management", 2, "Process", 5, "Process owner", 2, "Foundation", "2027-03-01", "2027-03-05"],
        ["Two", "Incident management", 2, "People", 5, "Trainer", 1, "Foundation", "2027-03-08", "2027-03-12"],
        ["Three", "Service desk", 2, "Tool", 5, "Tool administrator", 2, "Growth", "2027-04-05", "2027-04-09"],
    ]
    preview = taken(tmp_path, rows, None, begin=Begin("New", "Client"))
    assert preview.faults == ()
    plan = preview.result
    assert plan is not None
    assert problems(plan, frozenset(catalogue.process_by_id)) == []
    assert (plan.engagement.name, plan.engagement.client, str(plan.engagement.start)) == ("New", "Client", "2027-03-01")
    assert [phase.name for phase in plan.phases] == ["Foundation", "Growth"]
    assert {process.id: (process.level, process.target_level) for process in plan.processes} == {
        "service-desk": (1, 2),
        "incident": (1, 2),
    }
    assert plan.roadmap is not None
    assert len(plan.roadmap.packages) == 3
    assert {role.id for role in plan.roles} == {"process-owner", "trainer", "tool-administrator"}
    without = [row[:7] for row in rows]
    assert "give a day with --start" in wrong(taken(tmp_path, without, None))[0][2]


def test_names_that_several_packages_share_must_be_told_apart(tmp_path: Path, desk: Project) -> None:
    rows = [["ID", "Task", "Workstream", "After"], ["a", "Same", "People", ""], ["b", "Same", "People", ""]]
    rows += [["c", "Other", "Process", "Same"]]
    assert "may be several work packages" in wrong(taken(tmp_path, rows, desk))[0][2]


def test_a_questionnaire_and_a_missing_file_are_told(tmp_path: Path, desk: Project) -> None:
    preview = read(
        written(tmp_path, [["process", "criterion", "assessor", "reply"], ["incident", "P2.1", "Mei", "yes"]]), desk
    )
    assert "planner assess" in preview.faults[0].advice
    assert "save it there as XML" in read(tmp_path / "plan.mpp", desk).faults[0].advice
    assert read(tmp_path / "none.csv", desk).faults[0].wrong == "there is no such file"
    assert read(tmp_path, desk).result is None
