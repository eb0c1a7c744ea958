"""What is offered to mend a finding mends it: tried on the tiny plans of tests/data/checks."""

from pathlib import Path

import pytest

from planner.catalog.ids import process_ids
from planner.checks.check import check
from planner.checks.finding import Finding
from planner.checks.mending import FOR_ROADMAP, needs_roadmap, remedies
from planner.checks.registry import LOOKS
from planner.checks.remedy import OFFERS
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.store.load import parse

PLANS = Path(__file__).parents[1] / "data" / "checks"


def plan(ident: str) -> Project:
    path = PLANS / f"{ident}-fires.toml"
    return parse(path.read_text("utf-8"), path.name, process_ids())


def found(project: Project, catalogue: Catalogue, ident: str) -> set[tuple[str, ...]]:
    return {(finding.message, *finding.items) for finding in check(project, catalogue) if finding.id == ident}


@pytest.mark.parametrize("ident", sorted(OFFERS))
def test_after_a_remedy_the_finding_is_gone(ident: str, catalogue: Catalogue) -> None:
    """Every edit that is offered, on the plan that fires the check; each is said in words and changes something."""
    project = plan(ident)
    tried = 0
    for finding in check(project, catalogue):
        for remedy in remedies(project, catalogue, finding) if finding.id == ident else ():
            tried += 1
            after = remedy.change(project)
            left = found(after, catalogue, ident)
            assert (finding.message, *finding.items) not in left, remedy.words
            assert not any(one[1:] == finding.items and finding.items for one in left), (remedy.words, left)
            assert remedy.words
    assert tried, "nothing is offered"


def test_every_remedy_and_every_need_of_a_roadmap_belongs_to_a_check() -> None:
    assert OFFERS.keys() | FOR_ROADMAP <= LOOKS.keys()


def test_only_findings_about_places_need_a_roadmap(catalogue: Catalogue) -> None:
    def told(ident: str) -> Finding:
        return next(finding for finding in check(plan(ident), catalogue) if finding.id == ident)

    assert needs_roadmap(told("S02"))
    assert not needs_roadmap(told("D02"))


def test_a_finding_that_a_person_must_decide_has_no_remedy(catalogue: Catalogue) -> None:
    project = plan("CHK08")
    (finding,) = (one for one in check(project, catalogue) if one.id == "CHK08")
    assert remedies(project, catalogue, finding) == ()
