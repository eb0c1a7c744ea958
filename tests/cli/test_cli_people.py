"""``planner show FILE --section people``: posts, service roles, owners, tracks with dates, certificates, costs."""

from datetime import date
from pathlib import Path

import pytest
from cli_said import Planner

from planner.catalog.load import load as load_catalogue
from planner.edit.posts import add_post, set_owner, set_service_role
from planner.edit.tracks import add_certificate, change_enrolment, enrol, report_lost, set_track
from planner.model.people import Post
from planner.model.project import Engagement, Project
from planner.store.load import load
from planner.store.save import save
from planner.text.width import width

LIU = "company-scheme-intermediate-liu"


@pytest.fixture
def people_file(desk_file: Path) -> Path:
    """The desk plan with a post of its own, two people on tracks and a lost certificate."""
    catalogue = load_catalogue()
    loaded = load(desk_file)
    project = add_post(loaded.project, Post(id="support", name="Head of support", holder="Ann"), catalogue)
    project = set_owner(project, "incident", "support")
    project = set_service_role(project, catalogue, "service-engineer", post="support", has=["exists", "norms"])
    project = enrol(project, catalogue, "itsm-master", "", "support", date(2027, 5, 3))
    project = enrol(project, catalogue, "company-scheme", "intermediate", "Liu", date(2027, 3, 1))
    project = change_enrolment(project, catalogue, LIU, resits=1)
    project = set_track(
        project, catalogue, "company-scheme", valid_years=2, renewal_lead_months=3, cost={"intermediate": 4000}
    )
    project = add_certificate(project, catalogue, "company-scheme", "junior", "Bo", date(2026, 5, 1))
    project = report_lost(project, catalogue, "company-scheme-junior-bo-2026", date(2027, 2, 1))
    save(project, desk_file, loaded.text)
    return desk_file


def lines(text: str, *words: str) -> list[str]:
    """The lines that hold all ``words``, single-spaced."""
    found = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in found if all(word in line for word in words)]


def test_shows_posts_roles_and_owners(planner: Planner, people_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    said = planner("show", people_file, "--section", "people")
    assert said.code == 0, said.err
    assert lines(said.out, "support", "Head of support", "Ann")[0] == "support Head of support Ann"
    (row,) = lines(said.out, "Service engineer")
    assert row == "Service engineer back office Head of support (Ann) 2/6 The post exists, Work norms"
    assert lines(said.out, "Together")[0].split()[1].endswith("/60")
    assert "Source: seed S003" in said.out
    assert lines(said.out, "Incident management", "Head of support (Ann)")


def test_shows_tracks_with_steps_dates_and_their_source(
    planner: Planner, people_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    out = planner("show", people_file, "--section", "people").out
    assert lines(out, "Seminar with first presentation 30 % *", "week 9")
    assert lines(out, "Pass mark", "65 %")
    assert lines(out, "Cohort", "at most 10")
    assert lines(out, "Intake", "1, 4, 7, 10")
    assert lines(out, "Source", "seed S000")
    assert lines(out, "Source", "seed S002")
    assert lines(out, "Valid", "2 years")
    assert lines(out, "Valid", "not decided yet"), "the master's"
    assert lines(out, "- e: is chosen by EXIN")
    assert lines(out, "itsm-master-support; begins 2027-07-01 (the next intake, of 2027-07)")
    assert lines(out, "Registration", "2027-03-01") == ["Registration 2027-03-01 2027-03-05 at the earliest 0.5"]
    assert lines(out, "Exam: theory and practice (resit, attempt 2)", "600")
    assert lines(out, "Intermediate (4000 a person; the company pays 50 %")


def test_shows_certificates_costs_and_what_is_open(
    planner: Planner, people_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    planner("propose", people_file, "--write")
    out = planner("show", people_file, "--section", "people").out
    assert lines(out, "Bo Company certificate, Junior") == [
        "Bo Company certificate, Junior 2026-05-01 2028-05-01 2028-02-01 lost 2027-02-01"
    ]
    (expected,) = lines(out, "Liu Company certificate, Intermediate", "expected")
    placed = load(people_file).project.roadmap
    assert placed is not None
    assert f"{placed.packages[f'{LIU}-certificate'].finish}" in expected
    assert lines(out, "ITSM Master", "50000", "CNY")
    assert lines(out, "ITSM Master: not decided yet: how long a certificate is valid, how early to renew")
    assert "at the earliest" not in out


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_keeps_to_the_width(
    planner: Planner, people_file: Path, monkeypatch: pytest.MonkeyPatch, columns: int, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("PLANNER_LANG", language)
    said = planner("show", people_file, "--section", "people")
    assert said.code == 0
    assert max(map(width, said.out.splitlines())) <= columns
    assert ("ITSM大师" in said.out) == (language == "zh")


def test_an_empty_plan_says_what_there_could_be(planner: Planner, tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    save(Project(engagement=Engagement(name="Empty", start=date(2027, 1, 4))), path)
    out = planner("show", path, "--section", "people").out
    assert "The plan names no posts yet." in out
    assert lines(out, "Together") == ["Together 0/60 0 %"]
    assert lines(out, "company-scheme", "seed S002") == [
        "company-scheme Company certificate 7.5 days of work seed S002"
    ]
