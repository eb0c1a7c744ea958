"""Dependencies by hand: duplicates, circles, switching off, and the work that follows."""

from dataclasses import replace

import pytest

from planner.edit.dependencies import add_dependency, change_dependency, remove_dependency
from planner.edit.materialise import materialise
from planner.edit.refused import Refused
from planner.edit.scope import set_target
from planner.graph.closure import missing
from planner.model.knowledge import Catalogue
from planner.model.project import Dependency, Project

KNOWN = ("incident@3", "problem@2", "finish-start")
"""A hard dependency of the catalogue; nothing else needs problem@2."""


def held(project: Project, key: tuple[str, str, str]) -> Dependency:
    return {d.key: d for d in project.dependencies}[key]


def test_an_own_dependency_is_added_and_stays(desk: Project, catalogue: Catalogue) -> None:
    added = Dependency(
        item="change@2", needs="reporting@2", lag=5, strength="soft", reason="agreed", source="catalogue"
    )
    after = add_dependency(desk, added)
    assert after.dependencies == (*desk.dependencies, replace(added, source="own"))
    assert materialise(after, catalogue) == after
    assert remove_dependency(after, added.key) == desk


def test_a_second_one_is_refused_and_another_type_stands_beside(desk: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="Incident management 3 depends on Problem management 2 already"):
        add_dependency(desk, Dependency(item=KNOWN[0], needs=KNOWN[1]))
    after = add_dependency(desk, Dependency(item=KNOWN[0], needs=KNOWN[1], type="start-start", lag=3))
    after = materialise(after, catalogue)
    assert [d.type for d in after.dependencies if (d.item, d.needs) == KNOWN[:2]] == ["finish-start", "start-start"]


def test_a_dependency_on_something_unplanned_pulls_it_in(desk: Project, catalogue: Catalogue) -> None:
    added = Dependency(item="incident@3", needs="access@2")
    assert [*missing(add_dependency(desk, added))] == ["access@2"]
    after = add_dependency(desk, added, catalogue)
    assert len(after.packages_of["access@2"]) == 4
    assert remove_dependency(after, added.key, catalogue=catalogue).packages == desk.packages


def test_a_dependency_of_the_catalogue_is_switched_off_not_lost(desk: Project, catalogue: Catalogue) -> None:
    after = remove_dependency(desk, KNOWN, "the desk solves repeat faults itself")
    off = held(after, KNOWN)
    assert (off.strength, off.source, off.reason) == ("off", "own", "the desk solves repeat faults itself")
    assert "problem@2" in after.capabilities
    again = materialise(after, catalogue)
    assert held(again, KNOWN) == off
    assert "problem@2" not in again.capabilities
    on = add_dependency(again, Dependency(item=KNOWN[0], needs=KNOWN[1], reason="after all"), catalogue)
    assert (held(on, KNOWN).strength, held(on, KNOWN).reason) == ("hard", "after all")
    assert "problem@2" in on.capabilities
    assert remove_dependency(again, KNOWN, catalogue=catalogue) == desk, (
        "without the own version the catalogue's is back"
    )


def test_one_changed_by_hand_is_switched_off_too_when_the_catalogue_is_at_hand(
    desk: Project, catalogue: Catalogue
) -> None:
    soft = change_dependency(desk, KNOWN, catalogue, strength="soft")
    assert held(soft, KNOWN).source == "own"
    assert "problem@2" not in soft.capabilities
    assert held(remove_dependency(soft, KNOWN, catalogue=catalogue), KNOWN).strength == "off"


def test_changing_the_ends_leaves_the_catalogues_behind_switched_off(desk: Project, catalogue: Catalogue) -> None:
    after = change_dependency(desk, KNOWN, catalogue, needs="reporting@2")
    assert held(after, KNOWN).strength == "off"
    assert held(after, ("incident@3", "reporting@2", "finish-start")).strength == "hard"
    assert "problem@2" not in after.capabilities
    assert materialise(after, catalogue) == after


def test_changing_into_one_that_is_there_is_refused(desk: Project) -> None:
    after = add_dependency(desk, Dependency(item=KNOWN[0], needs="reporting@2"))
    with pytest.raises(Refused, match="depends on Problem management 2 already"):
        change_dependency(after, (KNOWN[0], "reporting@2", "finish-start"), needs="problem@2")
    assert change_dependency(after, KNOWN, strength="hard") is after


def test_a_circle_is_refused_with_its_path_and_ways_out(desk: Project) -> None:
    with pytest.raises(Refused) as refused:
        add_dependency(desk, Dependency(item="incident@2", needs="incident@3"))
    assert str(refused.value) == (
        "that makes a circle: Incident management 2 needs Incident management 3, which builds on Incident management 2"
        ' - do without "Incident management 2 needs Incident management 3", or make it soft'
    )
    with pytest.raises(
        Refused, match="that makes a circle: Problem management 2 needs Incident management 3, which needs"
    ):
        add_dependency(desk, Dependency(item="problem@2", needs="incident@3"))
    soft = add_dependency(desk, Dependency(item="problem@2", needs="incident@3", strength="soft"))
    with pytest.raises(Refused, match="makes a circle"):
        change_dependency(soft, ("problem@2", "incident@3", "finish-start"), strength="hard")


def test_a_target_that_would_close_a_dormant_circle_is_refused(desk: Project, catalogue: Catalogue) -> None:
    """Change at 3 needs configuration at 2; the own dependency the other way round waits until change@3 is planned."""
    lower = desk
    for process in ("change", "config"):
        for dimension in ("people", "process", "tech"):
            lower = set_target(lower, catalogue, process, dimension, 2)
    dormant = add_dependency(lower, Dependency(item="config@2", needs="change@3"))
    for dimension in ("people", "process"):
        with pytest.raises(Refused, match=r"needs Configuration management 2|needs Change management 3"):
            set_target(dormant, catalogue, "change", dimension, 3)


def test_a_plan_with_a_circle_can_still_be_edited(desk: Project, catalogue: Catalogue) -> None:
    looped = replace(
        desk, dependencies=(*desk.dependencies, Dependency(item="problem@2", needs="incident@3", reason="by mistake"))
    )
    after = add_dependency(looped, Dependency(item="knowledge@2", needs="sms@2"))
    assert len(after.dependencies) == len(looped.dependencies) + 1
    assert remove_dependency(looped, ("problem@2", "incident@3", "finish-start"), catalogue=catalogue) == desk


@pytest.mark.parametrize(
    ("item", "needs", "words"),
    [
        ("incident@3", "incident@3", "incident@3 cannot depend on itself"),
        ("incident-3-tech", "incident@3", "one is part of the other"),
        ("incident@3", "problm@2", "unknown process 'problm' - did you mean 'problem'"),
        ("incident@3", "problem@7", "'problem@7' is not a capability"),
        ("incident@3", "incident-3-tch", "no capability or work package is called 'incident-3-tch'"),
    ],
)
def test_ends_that_cannot_be_are_refused(desk: Project, item: str, needs: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        add_dependency(desk, Dependency(item=item, needs=needs))
    assert words in str(refused.value)


def test_a_dependency_that_is_not_there(desk: Project) -> None:
    with pytest.raises(Refused, match="incident@3 does not depend on reporting@2 in that way"):
        remove_dependency(desk, ("incident@3", "reporting@2", "finish-start"))
