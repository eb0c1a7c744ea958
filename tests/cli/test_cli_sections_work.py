"""What the command line shows of the work: context, effort, experience, indicators, RACI, gates, and the crosswalk."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli_said import Planner

from planner.edit.context import set_context, set_experience, set_governance, set_modifier, tick
from planner.edit.indicators import change_indicator, set_gate
from planner.edit.materialise import materialise
from planner.edit.programme import add_programme
from planner.edit.vocabulary import use_vocabulary
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Fixed
from planner.store.load import load
from planner.store.save import save


def words(text: str) -> str:
    """``text`` on one line, however its columns are broken."""
    return " ".join(text.split())


def row(text: str, first: str) -> list[str]:
    """The cells of the row of a table that begins with ``first``."""
    line = next(line for line in text.splitlines() if line.split()[: len(first.split())] == first.split())
    return line.split()[len(first.split()) :]


@pytest.fixture
def wide(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Output so wide that no cell of a table is broken."""
    monkeypatch.setenv("COLUMNS", "140")


@pytest.fixture
def rich(planned_file: Path, catalogue: Catalogue, tmp_path: Path) -> Path:
    """A plan with circumstances, ticks, scores, agreed amounts and a gate."""
    plan = load(planned_file).project
    plan = materialise(replace(plan, modifiers=()), catalogue)
    plan = set_modifier(set_modifier(plan, catalogue, "regulated"), catalogue, "sites", count=3)
    plan = add_programme(plan, catalogue, "programme-management")
    plan = set_governance(
        plan, sponsor_department="business", steering_weeks=4, effort=500.0, budget=1000.0, currency="EUR"
    )
    plan = set_context(plan, catalogue, form="functional", path="service-provider", stands="supplier", aims="provider")
    plan = tick(plan, catalogue, "leadership", "goal")
    plan = tick(plan, catalogue, "procedure-properties", "auditable", process="incident")
    plan = set_experience(set_experience(plan, catalogue, "contract", 2), catalogue, "attitude", 4)
    plan = set_gate(change_indicator(plan, "inc1", baseline=61.0), "inc1", "p1", 75)
    path = tmp_path / "rich.toml"
    save(plan, path, None)
    return path


@pytest.mark.usefixtures("wide")
def test_context_shows_what_was_agreed_chosen_and_ticked(planner: Planner, rich: Path) -> None:
    said = planner("show", rich, "--section", "context")
    assert said.code == 0, said.err
    text = words(said.out)
    assert "Department of the sponsor business" in text
    assert "Steering group meets every 4 weeks" in text
    assert "Effort agreed 500 person-days" in text
    assert "Budget 1000 EUR" in text
    assert "Stands at Technology supplier" in text
    assert "Aims at Service provider" in text
    assert "Takes at least 24 months" in text
    assert "Execution: what leaders give (leadership): 1 of 5" in text
    assert "    [x] A clear goal" in said.out
    assert "    [ ] A culture of service" in said.out
    assert row(said.out[said.out.index("Ticked for processes") :], "incident")[:3] == ["1", "of", "8"]
    regulated = words(said.out[said.out.index("  regulated") : said.out.index("  sites")])
    assert "Standard x1.3" in regulated
    assert "duration x1.1" in regulated
    assert "judgement" in regulated


def test_a_new_plan_says_what_is_not_entered(
    planner: Planner, desk: Project, catalogue: Catalogue, tmp_path: Path
) -> None:
    bare = replace(desk, context=type(desk.context)(), governance=type(desk.governance)(), modifiers=())
    path = tmp_path / "bare.toml"
    save(replace(bare, engagement=replace(bare.engagement, sponsor="")), path, None)
    assert planner("show", path, "--section", "context").out.count("nothing is entered yet") == 4


def test_effort_adds_up_and_names_its_rules(planner: Planner, rich: Path) -> None:
    said = planner("show", rich, "--section", "effort")
    assert said.code == 0, said.err
    plan = load(rich).project
    packages = sum(package.person_days for package in plan.packages)
    assert float(row(said.out, "Work packages")[1]) == pytest.approx(packages, abs=0.06)
    overheads = sum(overhead.share for overhead in plan.overheads)
    assert float(row(said.out, "Together")[1]) == pytest.approx(packages * (1 + overheads), abs=0.06)
    text = words(said.out)
    assert "- medium client: all effort x1, all durations x1" in text
    assert "Regulated sector: Standard x1.3, duration x1.1 (judgement)" in text
    assert "3 sites: People x1.1, Process x1.1, Tech x1.1, Standard x1.1, duration x1.04 (judgement)" in text
    assert "person-days of 500 agreed" in text
    assert "too much" in text
    parts = [float(row(said.out, name)[1]) for name in ("People", "Process", "Tech", "Standard")]
    assert sum(parts) == pytest.approx(packages, abs=0.3)


def test_experience_shows_means_and_what_is_worst(planner: Planner, rich: Path) -> None:
    said = planner("show", rich, "--section", "experience")
    assert said.code == 0, said.err
    assert "Sales: 2.0\n" in said.out
    assert "Deployment: not scored yet\n" in said.out
    assert "Items scored 2 of 25" in words(said.out)
    assert "Scored lowest Signing of the service contract, Attitude" in words(said.out)
    assert row(said.out, "attitude")[-1] == "4"


@pytest.mark.usefixtures("wide")
def test_indicators_say_what_is_assumed_and_what_is_gated(planner: Planner, rich: Path) -> None:
    said = planner("show", rich, "--section", "indicators")
    assert said.code == 0, said.err
    scorecard, processes = said.out.split("Service desk (service-desk)")
    assert scorecard.count("Scorecard: ") == 4
    assert "Budget execution rate" in words(scorecard)
    incident = processes[processes.index("(incident)") :]
    assert row(incident, "inc1")[-1] == "own"
    assert "61" in row(incident, "inc1")
    assert row(incident, "inc2")[-1] == "assumed"
    assert "Source of what is assumed: judgement" in incident
    assert "Source of what is assumed: seed S003, figures judgement" in scorecard
    assert "> inc1: 75 % at the end of One front door" in words(incident)


def test_gates_end_phases_in_the_roadmap_and_in_markdown(planner: Planner, rich: Path) -> None:
    said = planner("show", rich, "--section", "roadmap")
    assert "Ends when: Incidents resolved within target: at least 75 %" in words(said.out)
    document = planner("export", rich, "--format", "md", "--out", "-").out
    assert "- Incidents resolved within target: at least 75 %\n" in document


@pytest.mark.usefixtures("wide")
def test_raci_names_the_posts(planner: Planner, rich: Path) -> None:
    plan = load(rich).project
    posts = tuple(
        replace(post, name="Head of support", holder="B. Example") if post.id == "support-manager" else post
        for post in plan.posts
    )
    processes = tuple(
        replace(process, owner="support-manager", manager="") if process.id == "incident" else process
        for process in plan.processes
    )
    about = replace(plan.engagement, sponsor="COO")
    save(replace(plan, processes=processes, posts=posts, engagement=about), rich, rich.read_text("utf-8"))
    said = planner("show", rich, "--section", "raci")
    assert said.code == 0, said.err
    assert row(said.out, "Internal audit")[:3] == ["I", "C", "C"]
    assert "A/R" in said.out
    assert words(" ".join(row(said.out, "incident"))) == "COO Head of support (B. Example) -"
    assert "(source: judgement)" in words(said.out)


def test_work_shows_deliverables_and_the_rules_that_sized(planner: Planner, rich: Path) -> None:
    said = planner("show", rich, "--section", "work")
    assert said.code == 0, said.err
    start = said.out.index("> incident-3-process")
    text = words(said.out[start : said.out.index("> ", start + 2)])
    assert "hands over: Owner and manager named, Roles of the desk and the second line" in text
    assert "Regulated sector: duration x1.1; 3 sites: effort x1.1, duration x1.04" in text


@pytest.mark.parametrize("section", ["context", "effort", "experience", "indicators", "raci"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_sections_keep_to_the_width(planner: Planner, rich: Path, section: str, language: str) -> None:
    from planner.text.width import width

    said = planner("show", rich, "--section", section, "--lang", language)
    assert said.code == 0, said.err
    assert all(width(line) <= 80 for line in said.out.splitlines())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("incident",), ["incident"]),
        (("事故管理",), ["incident"]),
        (("Change", "enablement"), ["change"]),
        (("request fulfilment",), ["request"]),
        (("CMDB",), ["config"]),
        (("BAI09 Managed assets",), ["config"]),
        (("service_desk",), ["service-desk"]),
        (("8.6.3",), ["problem"]),
        (("enablement",), ["change"]),
    ],
)
def test_crosswalk_from_any_word(planner: Planner, asked: tuple[str, ...], found: list[str]) -> None:
    said = planner("crosswalk", *asked, "--json")
    assert said.code == 0, said.err
    data = json.loads(said.out)
    assert data["schema"] == 1
    assert [process["id"] for process in data["processes"]] == found


def test_crosswalk_of_one_process_shows_every_vocabulary_and_clause(planner: Planner, catalogue: Catalogue) -> None:
    said = planner("crosswalk", "config")
    text = words(said.out)
    assert "Also called SACM, CMDB, service configuration" in text
    assert "ITIL V2 Configuration Management" in text
    assert "COBIT 2019 BAI09 Managed assets; BAI10 Managed configuration" in text
    assert "Clauses of ISO/IEC 20000-1:2011 9.1" in text
    assert "Clauses of ISO/IEC 20000-1:2018 8.2.5, 8.2.6" in text
    assert "配置管理" in planner("crosswalk", "config", "--lang", "zh").out


def test_crosswalk_whole_has_every_process_in_every_vocabulary(planner: Planner, catalogue: Catalogue) -> None:
    said = planner("crosswalk")
    assert said.code == 0
    blocks = said.out.split("\n\n")
    assert [block.splitlines()[0].split(":")[0] for block in blocks[:3]] == ["ITIL V2", "ITIL V3", "ITIL 4"]
    for block in blocks[: len(catalogue.vocabularies)]:
        assert (
            sum(line.startswith("  ") and line[2] != " " for line in block.splitlines()) == len(catalogue.processes) + 1
        )
    data = json.loads(planner("crosswalk", "--json").out)
    assert len(data["processes"]) == len(catalogue.processes)


def test_crosswalk_names_the_nearest_word(planner: Planner) -> None:
    said = planner("crosswalk", "incidnt")
    assert (said.code, said.out) == (2, "")
    assert "'incidnt'" in said.err
    assert "did you mean 'incident'?" in said.err
    assert planner("crosswalk", "x\x1b[31m").code == 2
    for word in ("nope", "nonne", "(nnoe"):
        said = planner("crosswalk", word)
        assert said.code == 2
        assert not set("()（）") & set(said.err.rpartition(" — ")[2]), said.err
    assert "\x1b" not in planner("crosswalk", "x\x1b[31m").err


def test_a_plan_shows_the_vocabulary_it_uses(planner: Planner, rich: Path, catalogue: Catalogue) -> None:
    text = rich.read_text("utf-8")
    save(use_vocabulary(load(rich).project, catalogue, "itil-4"), rich, text)
    assert "Change enablement" in planner("show", rich, "--section", "assessment").out
    assert Fixed(load(rich).project.modifiers[0].effort) == {"standard": 1.3}
