"""A work package typed on one line."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.edit.entry import USUAL, read_entry
from planner.edit.work import add_package
from planner.model.project import Project
from planner.model.values import Duration, Effort


def test_everything_on_one_line(desk: Project) -> None:
    line = "Visit the sites; tech; 3 5 8 days; Change lead=3, trainer = 1 2 4; after incident-3-people, detailed flow"
    entry = read_entry(desk, line, "incident@3")
    assert entry.wrong == ()
    package = entry.package
    assert (package.id, package.name, package.capability) == ("visit-the-sites", "Visit the sites", "incident@3")
    assert (package.workstream, package.days) == ("tech", Duration(3, 5, 8))
    assert package.effort == {"change-lead": Effort(3, 3, 3), "trainer": Effort(1, 2, 4)}
    assert package.after == ("incident-3-people", "incident-3-process")  # the flow of the same capability
    assert package in add_package(desk, package).packages


def test_full_width_signs_and_what_is_usual(desk: Project) -> None:
    entry = read_entry(desk, "走访各站点；5天；Trainer＝2", "incident@3", "process")
    assert entry.wrong == ()
    assert (entry.package.workstream, entry.package.days) == ("process", Duration(5, 5, 5))
    bare = read_entry(desk, "", "incident@3").package
    assert (bare.name, bare.workstream, bare.days, bare.effort) == ("", "people", USUAL, {})


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("foo", "what is 'foo'? Write a workstream (people, process, tech, standard), days,"),
        ("p", "what is 'p'?"),
        ("5 3 8", "'5 3 8' is no number of days"),
        ("0", "'0' is no number of days"),
        ("Chnage lead=3", "there is no role 'Chnage lead': did you mean 'Change lead'?"),
        ("lead=3", "'lead' may be several roles, such as Change lead"),
        ("Change lead=lots", "Change lead: write person-days as in Change lead=3"),
        ("after name a responsible", "'name a responsible' may be several packages, such as "),
        ("after nowhere at all", "there is no package 'nowhere at all'"),
    ],
)
def test_what_is_not_understood_is_told(desk: Project, part: str, words: str) -> None:
    entry = read_entry(desk, f"Visit; 5; {part}")
    assert [words in told for told in entry.wrong] == [True], entry.wrong
    assert entry.package.days == Duration(5, 5, 5)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=";=,after 0123456789.-leadChng；", max_size=40))
def test_anything_can_be_typed(desk: Project, line: str) -> None:
    package = read_entry(desk, line, "incident@3").package
    assert package == replace(package, capability="incident@3")
