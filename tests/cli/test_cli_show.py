"""``planner show``: every section of a small fixed plan, letter by letter, and the width of all lines.

The expected texts are in ``golden/``; ``UPDATE_GOLDEN=1`` writes them anew, and the diff is then read by a person.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from cli_said import Planner

from planner.cli.show import SECTIONS
from planner.model.calendar import Calendar, Period, Role
from planner.model.project import (
    Dependency,
    Engagement,
    Limits,
    Phase,
    Placement,
    ProcessScope,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import Duration, Effort, Fixed, Workstream
from planner.store.save import save
from planner.text.width import width

GOLDEN = Path(__file__).parent / "golden"

EN = {
    "name": "Example rollout",
    "client": "Example Ltd",
    "goal": "Users notice within half a year that support answers; within two years the basics are under control.",
    "service-desk": "Service desk",
    "incident": "Incident management",
    "problem": "Problem management",
    "supplier": "Supplier management",
    "why": "Run by the parent company",
    "owner": "Process owner",
    "tool": "Tool administrator",
    "p1": "One front door",
    "p1-goal": "Every fault and request is recorded and closed.",
    "p1-ends": "Nine of ten tickets are logged at the desk",
    "p2": "Under control",
    "reason": "Repeat faults are closed faster with recorded workarounds and known errors.",
    "programme": "Tell everybody [P1] what changes, and when, and whom to ask about it",
    "work": "{name}: agree the procedure, pilot it in one team, write down what was learnt",
}
ZH = {
    "name": "示例实施",
    "client": "某区域性银行",
    "goal": "半年内用户感到支持有回应，两年内基础流程受控，并且审计发现全部关闭，没有未经评估的变更引发故障。",
    "service-desk": "服务台",
    "incident": "事件管理",
    "problem": "问题管理",
    "supplier": "供应商管理",
    "why": "由母公司负责",
    "owner": "流程负责人",
    "tool": "工具管理员",
    "p1": "统一入口",
    "p1-goal": "每个故障与请求都有记录、有闭环。",
    "p1-ends": "九成以上工单在服务台登记",
    "p2": "受控运行",
    "reason": "有了已登记的变通方法和已知错误，重复故障才能更快恢复。",
    "programme": "告知所有人 [P1] 何时、有何变化、向谁询问",
    "work": "{name}：约定规程、单团队试点、记录经验",
}


def plan(words: dict[str, str]) -> Project:
    """Two phases, four capabilities of which one is pulled in, one process out of scope, work of the programme."""

    def scope(ident: str, now: tuple[int, int, int], goal: int, **more: object) -> ProcessScope:
        baseline = dict(zip(("people", "process", "tech"), now, strict=True))
        target = {dimension: max(level, goal) for dimension, level in baseline.items()}
        return ProcessScope(id=ident, name=words[ident], baseline=Fixed(baseline), target=Fixed(target), **more)  # type: ignore[arg-type]

    def package(item: str, workstream: Workstream, days: int, role: str, effort: float) -> WorkPackage:
        process, level = item.split("@")
        return WorkPackage(
            id=f"{process}-{level}-{workstream}",
            name=words["work"].format(name=words[process]),
            capability=item,
            workstream=workstream,
            days=Duration(days, days, days + 5),
            effort=Fixed({role: Effort(effort, effort, effort + 2)}),
            source="catalogue",
        )

    def place(phase: str, start: str, finish: str) -> Placement:
        return Placement(phase=phase, start=date.fromisoformat(start), finish=date.fromisoformat(finish))

    return Project(
        engagement=Engagement(
            name=words["name"],
            client=words["client"],
            goal=words["goal"],
            start=date(2027, 1, 4),
            strategy="service-desk-first",
        ),
        calendar=Calendar(blackouts=(Period(first=date(2027, 12, 20), last=date(2027, 12, 31), name="Closing"),)),
        limits=Limits(absorption=2, stabilise_weeks=Fixed({"2": 4})),
        roles=(Role(id="process-owner", name=words["owner"], fte=0.8), Role(id="tool", name=words["tool"], fte=1.0)),
        processes=(
            scope("service-desk", (1, 1, 2), 2),
            scope("incident", (2, 1, 1), 3),
            scope("problem", (1, 1, 1), 1),
            scope("supplier", (1, 1, 1), 1, in_scope=False, reason=words["why"]),
        ),
        phases=(
            Phase(
                id="p1", name=words["p1"], goal=words["p1-goal"], exit_criteria=(words["p1-ends"],), source="proposed"
            ),
            Phase(id="p2", name=words["p2"]),
        ),
        packages=(
            package("service-desk@2", "people", 5, "process-owner", 4),
            package("incident@2", "process", 10, "process-owner", 7.5),
            package("incident@3", "process", 15, "process-owner", 10.25),
            package("incident@3", "tech", 10, "tool", 10),
            package("problem@2", "process", 8, "process-owner", 4),
            WorkPackage(
                id="town-hall", name=words["programme"], workstream="people", days=Duration(1, 2, 3), source="own"
            ),
            WorkPackage(id="later", name="Later", workstream="standard", days=Duration(1, 1, 1), source="own"),
        ),
        dependencies=(
            Dependency(item="incident@3", needs="problem@2", reason=words["reason"], source="catalogue"),
            Dependency(item="incident@2", needs="service-desk@2", strength="soft"),
            Dependency(item="town-hall", needs="incident@2", type="start-start", lag=3, reason="-"),
        ),
        roadmap=Roadmap(
            strategy="service-desk-first",
            seed=7,
            packages=Fixed(
                {
                    "service-desk-2-people": place("p1", "2027-01-04", "2027-01-08"),
                    "incident-2-process": place("p1", "2027-01-11", "2027-01-22"),
                    "problem-2-process": place("p1", "2027-01-25", "2027-02-03"),
                    "incident-3-process": place("p2", "2027-02-22", "2027-03-12"),
                    "incident-3-tech": place("p2", "2027-02-22", "2027-03-05"),
                    "town-hall": place("p1", "2027-01-14", "2027-01-15"),
                }
            ),
        ),
    )


@pytest.fixture(params=["en", "zh"])
def small_file(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fixed plan, as ``en.toml`` or ``zh.toml`` in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = Path(f"{request.param}.toml")
    save(plan(EN if request.param == "en" else ZH), path)
    return path


@pytest.mark.parametrize("section", [section for section in SECTIONS if section not in ("checks", "comments")])
def test_a_section_letter_by_letter(section: str, planner: Planner, small_file: Path) -> None:
    said = planner("show", small_file, "--section", section)
    assert (said.code, said.err) == (0, "")
    golden = GOLDEN / f"{section}-{small_file.stem}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said.out, "utf-8")
    assert said.out == golden.read_text("utf-8")


def test_the_overview_is_what_is_shown_unless_told(planner: Planner, small_file: Path) -> None:
    assert planner("show", small_file) == planner("show", small_file, "--section", "overview")


@pytest.mark.parametrize("columns", [60, 80, 132])
@pytest.mark.parametrize(
    "words", [("assess",), ("check",), ("propose",), *(("show", "--section", s) for s in SECTIONS)]
)
def test_no_line_is_wider_than_asked(
    columns: int, words: tuple[str, ...], planner: Planner, planned_bank_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.chdir(planned_bank_file.parent)
    said = planner(words[0], planned_bank_file.name, *words[1:])
    commands = ("  planner ",)  # to be copied, so they are not broken
    wide = [line for line in said.out.splitlines() if width(line) > columns]
    assert [line for line in wide if not line.startswith(commands)] == []
    assert [line for line in said.out.splitlines() if line != line.rstrip()] == []
    assert said.out.endswith("\n")
    assert "\x1b" not in said.out


@pytest.fixture
def planned_bank_file(planner: Planner, tmp_path: Path) -> Path:
    """A Chinese plan with a roadmap."""
    path = tmp_path / "b.toml"
    words = ["--template", "bank-change-first", "--language", "zh", "--start", "2027-01-04"]
    assert planner("new", path, *words).code == 0
    assert planner("propose", path, "--write").code == 0
    return path


def test_names_reach_the_terminal_without_steering_it(planner: Planner, small_file: Path) -> None:
    text = small_file.read_text("utf-8")
    small_file.write_text(text.replace('client = "', 'client = "\\u001b]0;owned\\u0007\\u202e', 1), "utf-8")
    for section in SECTIONS:
        out = planner("show", small_file, "--section", section).out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert "owned" in planner("show", small_file).out
