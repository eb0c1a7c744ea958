"""Stories in the place where findings are."""

from dataclasses import replace
from pathlib import Path

import pytest
from consultant import at_work

from planner.checks.finding import Finding
from planner.edit.scope import set_target
from planner.model.knowledge import Catalogue
from planner.model.project import LeftOut, Phase, Project
from planner.model.values import Fixed
from planner.store.save import save
from planner.tui.areas.checks.rows import crowded, facts, plainly, rows, worded
from planner.tui.judgement import Judgement
from planner.tui.named import homeless


def finding(ident: str, severity: str, message: str, *items: str, muted: str = "") -> Finding:
    return Finding(ident, severity, f"Title of {ident}", message, "advice", items, muted)  # type: ignore[arg-type]


FOUND = (
    finding("S04", "error", "late", "incident@3"),
    finding("D02", "warning", "nobody works on sms-2-people", "sms-2-people"),
    finding("D02", "warning", "nobody works on sms-2-tech", "sms-2-tech"),
    finding("G04", "info", "helps"),
)
ACCEPTED = (finding("H08", "info", "long", "incident", muted="agreed with the board"),)


def told(project: Project, *folded: str) -> list[str]:
    found = rows(FOUND, ACCEPTED, folded)
    return [
        "  " * row.depth + ("" if row.finding else "+" if row.folded else "-") + worded(project, row) for row in found
    ]


def test_rows_are_grouped_by_weight_and_check_and_say_names(desk: Project) -> None:
    assert told(desk) == [
        "-Errors (1): what is broken",
        "  Title of S04: late",
        "-Warnings (2): what is doubtful",
        "  -Title of D02 (2)",
        '    nobody works on "Service management system 2: people"',
        '    nobody works on "Service management system 2: tech"',
        "-Hints (1): worth knowing",
        "  Title of G04: helps",
        "-Accepted (1): with a reason",
        "  Title of H08: long",
    ]


def test_a_folded_group_hides_what_is_in_it(desk: Project) -> None:
    assert told(desk, "error", "warning/D02", "accepted")[:4] == [
        "+Errors (1): what is broken",
        "-Warnings (2): what is doubtful",
        "  +Title of D02 (2)",
        "-Hints (1): worth knowing",
    ]
    assert told(desk, "accepted")[-1] == "+Accepted (1): with a reason"


def test_keys_stay_over_a_check_that_words_it_otherwise_and_tell_twins_apart() -> None:
    first, second = (rows([finding("S04", "error", words, "incident@3")], (), ()) for words in ("1 day", "2 days"))
    assert [row.key for row in first] == [row.key for row in second]
    twins = rows([finding("S06", "error", words) for words in ("a", "b")], (), ())
    assert len({row.key for row in twins}) == len(twins) == 4


def test_a_check_that_finds_very_much_is_folded_at_first() -> None:
    many = [finding("D02", "warning", "nobody works on it", f"p-{n}") for n in range(21)]
    assert crowded([*many, *FOUND]) == {"warning/D02"}
    assert crowded(many[1:]) == set()


def test_only_whole_ids_become_names(desk: Project) -> None:
    """A message may hold a word that an id is part of."""
    assert plainly(desk, finding("D02", "info", "sms-2-people-x and incident@3", "sms-2-people", "incident@3")) == (
        "sms-2-people-x and Incident management 3"
    )
    left_out = finding("D07", "info", "without demand-3-tech and p1", "demand-3-tech")
    assert plainly(desk, left_out) == 'without "Demand management 3: tech" and p1'
    phased = replace(desk, phases=(Phase(id="p1", name="One front door"),))
    late = finding("S05", "error", "phase p1 is late", "incident@3")
    assert plainly(phased, late) == 'phase "One front door" is late'
    assert facts(desk, FOUND[0])["item"] == ("Incident management 3", "incident@3")


def test_what_no_place_shows_says_where_to_turn(desk: Project) -> None:
    role = desk.roles[0]
    desk = replace(desk, left_out=(LeftOut(package="sms-2-tech", reason="the tool stays"),))
    assert homeless(desk, role.id).startswith(f"{role.name} is a role: its name and capacity stand in the plan file")
    assert "L shows what was left out" in homeless(desk, "sms-2-tech")
    assert homeless(desk, "CHK80").startswith("CHK80 is no part of the plan")


def test_one_count_for_title_place_and_command() -> None:
    assert Judgement(FOUND, ACCEPTED).count == "4 findings, 1 error"
    assert Judgement((), ACCEPTED).count == "no findings"
    assert Judgement(FOUND[:1]).count == "1 finding, 1 error"


@pytest.fixture
def flawed_file(planned: Project, catalogue: Catalogue, tmp_path: Path) -> Path:
    """A plan with a process out of scope that is needed, a high target without reason, and work left out."""
    project = set_target(planned, catalogue, "problem", "people", 4)
    problem = replace(project.process_by_id["problem"], reason="")
    processes = tuple(problem if process.id == "problem" else process for process in project.processes)
    package = next(package.id for package in project.packages if package.capability == "incident@3")
    left = (LeftOut(package=package, reason="later"),)
    kept = tuple(one for one in project.packages if one.id != package)
    packages = tuple(replace(one, after=tuple(o for o in one.after if o != package)) for one in kept)
    roadmap = planned.roadmap
    assert roadmap is not None
    places = Fixed({item: place for item, place in roadmap.packages.items() if item != package})
    project = replace(
        project, processes=processes, left_out=left, packages=packages, roadmap=replace(roadmap, packages=places)
    )
    save(project, tmp_path / "flawed.toml")
    return tmp_path / "flawed.toml"


async def test_findings_are_read_gone_to_mended_and_accepted(flawed_file: Path) -> None:
    """Worst first; Enter goes there and Backspace comes back; c mends, u takes it back; m accepts, or no longer."""
    async with at_work(flawed_file, (100, 30)) as she:
        await she.press("v")
        count = she.row("| Example Ltd").rsplit("|")[-1].strip()
        assert count in she.lines[2]
        assert "- Errors (" in she.lines[3]
        she.sees("> ", "What to do: ", "Check S01")
        # mend: the high target goes down in one step, and the finding with it
        await she.press("f", *"weight:warning reason", "enter")
        assert "Target above 3 without reason" in she.row("> ")
        await she.press("c")
        assert she.project.process_by_id["problem"].target["people"] == 3
        assert "Lower the target of Problem management to level 3" in she.message
        she.sees("Nothing fits the filter")
        await she.press("u")
        assert "Target above 3 without reason" in she.row("> ")
        # Esc takes the filter away first
        await she.press("escape")
        assert "- Errors (" in she.lines[3]
        assert "Target above 3 without reason" in she.row("> ")
        await she.press("f", *"weight:warning reason", "enter")
        # go there and back
        await she.press("enter")
        assert (she.plan.area.id, she.plan.area.current) == ("assessment", "problem")
        await she.press("backspace")
        assert "Target above 3 without reason" in she.row("> ")
        # accept, with a reason
        await she.press("m", "enter")
        she.sees("! Accepted because: write something here")
        await she.type("the regulator asks for it")
        await she.press("enter")
        (setting,) = she.project.checks
        assert (setting.id, setting.items, setting.mute) == ("CHK16", ("problem",), "the regulator asks for it")
        she.sees("1 more is accepted", "- Accepted (1): with a reason", "Accepted because: the regulator asks for it")
        n = int(count.split()[0])
        assert f"{n - 1} findings" in she.row("| Example Ltd")
        # no longer
        await she.press("end")
        assert "m accept no more" in she.lines[-1]
        await she.press("m")
        assert she.project.checks == ()
        # on a group the line of keys names only what works there
        await she.press("home")
        assert ("Enter fold" in she.lines[-1], "mend" in she.lines[-1]) == (True, False)
        await she.press("m")
        assert she.message == "! This is a group: go to one of its findings."
        assert count in she.row("| Example Ltd")
        she.sees_not("Accepted (")


async def test_several_ways_are_offered_and_heads_fold(flawed_file: Path) -> None:
    """What only a roadmap can mend leads to Propose; Left folds the group of a finding, Enter opens it again."""
    async with at_work(flawed_file) as she:
        await she.press("v")
        where = she.row("> ")
        await she.press("e")
        she.sees("About", "work package")
        await she.press("escape")
        assert she.row("> ") == where
        await she.press("left")
        assert she.row("> ").startswith("> + Errors (2)")
        await she.press("c")
        assert she.message == "! This is a group: go to one of its findings."
        await she.press("enter", "down")
        assert she.row("> ") == where
        await she.press("c")
        assert she.plan.area.id == "propose"
        await she.press("backspace")
        assert she.row("> ") == where


async def test_a_re_check_keeps_the_cursor_on_its_finding(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another finding comes in above; the cursor stays; when its own goes, it stays in its place."""
    answers = [Judgement(FOUND[1:]), Judgement(FOUND), Judgement(FOUND[:3])]
    monkeypatch.setattr("planner.tui.screens.plan.judge", lambda project: answers.pop(0))
    async with at_work(desk_file) as she:
        await she.press("v", "end")
        assert "Title of G04: helps" in she.row("> ")
        for _again in range(2):
            she.plan._judge()
            await she.settle()
            if answers:
                assert "Title of G04: helps" in she.row("> ")
        assert 'nobody works on "Service management system 2: tech"' in she.row("> ")


async def test_what_is_missing_is_filled_in_where_it_stands(desk_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of Organisation where there is one, else the topic; thresholds are offered where numbers decide."""
    found = (finding("CHK27", "error", "no owner", "incident"), finding("CHK10", "error", "not measured", "incident"))
    monkeypatch.setattr("planner.tui.screens.plan.judge", lambda project: Judgement(found))
    async with at_work(desk_file) as she:
        await she.press("v", "c")
        she.sees("manages Incident management", "8   Fill it in, in Organisation", "9   Let this check judge the plan")
        await she.press("8")
        assert (she.plan.area.id, she.plan.area.current) == ("organisation", "process incident")
        await she.press("backspace", "down", "c", "enter")
        assert she.plan.area.id == "organisation"
        she.sees("> Indicators")
