"""Who holds which certificate on a day, what is under way, what ends without renewal, and what it costs by year."""

from dataclasses import replace
from datetime import date

import pytest

from planner.assessment.certificates import (
    all_holdings,
    budget,
    expiring,
    held,
    missed,
    undecided,
    under_way,
    unknown,
)
from planner.edit.tracks import add_certificate, change_enrolment, enrol, reissue, report_lost, set_track
from planner.model.knowledge import Catalogue
from planner.model.people import Certificate, Enrolment, Post, TrackSetting
from planner.model.project import Engagement, Placement, Project, Roadmap
from planner.model.values import Fixed

LIU = "company-scheme-senior-liu"
ISSUED = date(2026, 5, 1)


@pytest.fixture
def plan(catalogue: Catalogue) -> Project:
    """A plan in which a certificate of the company is valid for two years, without renewals."""
    project = Project(
        engagement=Engagement(name="Office", start=date(2027, 1, 4)),
        posts=(Post(id="head", name="Head of IT", holder="Ann"),),
    )
    return set_track(project, catalogue, "company-scheme", valid_years=2, cost={"senior": 6000})


@pytest.fixture
def placed(plan: Project, catalogue: Catalogue) -> Project:
    """Liu on the senior level, training in December 2027 and the exam in January."""
    project = enrol(plan, catalogue, "company-scheme", "senior", "Liu", date(2027, 10, 4))
    days = {
        "registration": (date(2027, 10, 4), date(2027, 10, 8)),
        "eligibility": (date(2027, 10, 11), date(2027, 10, 22)),
        "training": (date(2027, 12, 1), date(2027, 12, 28)),
        "exam": (date(2028, 1, 10), date(2028, 1, 14)),
        "certificate": (date(2028, 1, 17), date(2028, 1, 28)),
    }
    places = {f"{LIU}-{name}": Placement(phase="p1", start=a, finish=b) for name, (a, b) in days.items()}
    return replace(project, roadmap=Roadmap(packages=Fixed(places)))


def holders(project: Project, catalogue: Catalogue, day: date) -> list[str]:
    return [holding.holder for holding in held(project, catalogue, day)]


def test_a_certificate_is_held_from_its_day_to_its_end(plan: Project, catalogue: Catalogue) -> None:
    project = add_certificate(plan, catalogue, "company-scheme", "senior", "Bo", ISSUED)
    assert all_holdings(project, catalogue)[0].expires == date(2028, 5, 1)
    assert holders(project, catalogue, date(2026, 4, 30)) == []
    assert holders(project, catalogue, ISSUED) == ["Bo"]
    assert holders(project, catalogue, date(2028, 5, 1)) == ["Bo"]
    assert holders(project, catalogue, date(2028, 5, 2)) == []
    endless = add_certificate(plan, catalogue, "itsm-master", "", "Bo", ISSUED)
    assert holders(endless, catalogue, date(2090, 1, 1)) == ["Bo"], "until when is not known"


def test_a_lost_one_does_not_count_until_it_is_reissued(plan: Project, catalogue: Catalogue) -> None:
    project = add_certificate(plan, catalogue, "company-scheme", "senior", "Bo", ISSUED)
    ident = project.certificates[0].id
    project = report_lost(project, catalogue, ident, date(2027, 2, 1))
    assert holders(project, catalogue, date(2027, 1, 31)) == ["Bo"]
    assert holders(project, catalogue, date(2027, 2, 1)) == []
    assert expiring(project, catalogue) == ()
    project = reissue(project, catalogue, ident, date(2027, 4, 1))
    assert holders(project, catalogue, date(2027, 3, 31)) == []
    assert holders(project, catalogue, date(2027, 4, 1)) == ["Bo"]


def test_what_the_roadmap_leads_to_is_expected(placed: Project, catalogue: Catalogue) -> None:
    (holding,) = all_holdings(placed, catalogue)
    assert (holding.item, holding.expected, holding.issued) == (LIU, True, date(2028, 1, 28))
    assert holding.expires == date(2030, 1, 28)
    assert holders(placed, catalogue, date(2028, 1, 28)) == ["Liu"]
    assert all_holdings(replace(placed, roadmap=None), catalogue) == ()


def test_under_way_is_the_step_of_the_day_or_the_next(placed: Project, catalogue: Catalogue) -> None:
    def at(project: Project, day: date) -> list[tuple[str, date]]:
        return [(one.package.removeprefix(f"{LIU}-"), one.certificate) for one in under_way(project, catalogue, day)]

    end = date(2028, 1, 28)
    assert at(placed, date(2027, 12, 5)) == [("training", end)]
    assert at(placed, date(2027, 11, 5)) == [("training", end)]
    assert at(placed, end) == [("certificate", end)]
    assert at(placed, date(2028, 1, 29)) == []
    assert at(replace(placed, roadmap=None), date(2027, 10, 4)) == [("registration", date(2027, 12, 10))], "earliest"


def test_the_budget_falls_in_the_year_of_the_step(placed: Project, catalogue: Catalogue) -> None:
    spent = [(one.year, one.track, one.cost) for one in budget(placed, catalogue)]
    assert spent == [(2027, "company-scheme", 4200.0), (2028, "company-scheme", 1800.0)]
    early = [(one.year, one.cost) for one in budget(replace(placed, roadmap=None), catalogue)]
    assert early == [(2027, 6000.0)]
    failed = change_enrolment(replace(placed, roadmap=None), catalogue, LIU, resits=1)
    assert sum(one.cost for one in budget(failed, catalogue)) == 7800.0
    master = enrol(placed, catalogue, "itsm-master", "", "head", date(2028, 2, 1))
    (dear,) = (one for one in budget(master, catalogue) if one.track == "itsm-master")
    assert (dear.year, dear.cost, dear.currency) == (2028, 50_000.0, "CNY")


def test_what_ends_in_time_and_is_not_renewed(plan: Project, catalogue: Catalogue) -> None:
    project = add_certificate(plan, catalogue, "company-scheme", "senior", "Bo", ISSUED)
    ident = project.certificates[0].id
    assert [holding.item for holding in expiring(project, catalogue)] == [ident]
    assert expiring(project, catalogue, until=date(2028, 4, 30)) == ()
    led = set_track(project, catalogue, "company-scheme", renewal_lead_months=3)
    assert expiring(led, catalogue) == (), "its renewal is a milestone"
    later = add_certificate(project, catalogue, "company-scheme", "senior", "Bo", date(2028, 4, 1), date(2032, 6, 1))
    assert expiring(later, catalogue) == ()
    other = add_certificate(project, catalogue, "company-scheme", "junior", "Bo", date(2028, 4, 1), date(2032, 6, 1))
    assert [holding.item for holding in expiring(other, catalogue)] == [ident]
    again = enrol(project, catalogue, "company-scheme", "senior", "Bo", date(2027, 9, 1))
    assert ident not in [holding.item for holding in expiring(again, catalogue)], "Bo is on the way to another"
    late = enrol(project, catalogue, "company-scheme", "senior", "Bo", date(2028, 4, 1))
    assert ident in [holding.item for holding in expiring(late, catalogue)]


def test_one_person_by_name_and_by_post(plan: Project, catalogue: Catalogue) -> None:
    project = add_certificate(plan, catalogue, "company-scheme", "senior", "head", ISSUED)
    project = add_certificate(project, catalogue, "company-scheme", "senior", "Ann", date(2028, 4, 1), date(2032, 6, 1))
    assert expiring(project, catalogue) == ()


def test_a_course_that_starts_between_two_intakes_is_told(plan: Project, catalogue: Catalogue) -> None:
    project = enrol(plan, catalogue, "itsm-master", "", "head", date(2027, 4, 1))
    first = "itsm-master-head-admission"

    def starting(day: date) -> Project:
        return replace(project, roadmap=Roadmap(packages=Fixed({first: Placement(phase="p1", start=day, finish=day)})))

    assert missed(project, catalogue) == ()
    assert missed(starting(date(2027, 4, 30)), catalogue) == ()
    (late,) = missed(starting(date(2027, 5, 3)), catalogue)
    assert (late.enrolment, late.start, late.intake) == ("itsm-master-head", date(2027, 5, 3), date(2027, 7, 1))


def test_settings_that_nobody_has_decided(plan: Project, catalogue: Catalogue) -> None:
    assert undecided(plan, catalogue) == ()
    project = enrol(plan, catalogue, "company-scheme", "senior", "Liu", date(2027, 3, 1))
    project = add_certificate(project, catalogue, "itsm-master", "", "Bo", ISSUED)
    found = [(one.track, one.settings, one.users) for one in undecided(project, catalogue)]
    assert found == [
        ("company-scheme", ("renewal_lead_months",), (LIU,)),
        ("itsm-master", ("valid_years", "renewal_lead_months"), ("itsm-master-bo-2026",)),
    ]


def test_names_that_the_catalogue_does_not_have(plan: Project, catalogue: Catalogue) -> None:
    day = date(2027, 3, 1)
    stray = replace(
        plan,
        tracks=(*plan.tracks, TrackSetting(track="company-schema", valid_years=1)),
        enrolments=(Enrolment(id="a", track="itsm-mastr", holder="Bo", begin=day),),
        certificates=(Certificate(id="b", track="company-scheme", level="seinor", holder="Bo", issued=day),),
    )
    assert [(one.item, one.name, one.advice) for one in unknown(stray, catalogue)] == [
        ("company-schema", "company-schema", "did you mean 'company-scheme'?"),
        ("a", "itsm-mastr", "did you mean 'itsm-master'?"),
        ("b", "seinor", "did you mean 'senior'?"),
    ]
    assert [*unknown(plan, catalogue)] == []
