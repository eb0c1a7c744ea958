"""Which clauses are covered now and at the end of each phase; when milestones are."""

from dataclasses import replace
from datetime import date

import pytest

from planner.assessment.coverage import coverage, edition, tailored_out
from planner.assessment.milestones import dated
from planner.edit.certification import set_certification
from planner.edit.roadmap import adopt
from planner.edit.scope import set_in_scope, set_target
from planner.model.measures import Milestone
from planner.model.project import Project
from planner.model.values import Fixed
from planner.rollout.propose import propose

OLD, NEW = "iso-20000-1-2011", "iso-20000-1-2018"


def standing(project: Project, *processes: str) -> Project:
    """``project`` where these processes stand at level 3 in every dimension."""
    return replace(
        project,
        processes=tuple(
            replace(p, baseline=Fixed(dict.fromkeys(p.baseline, 3)), target=Fixed(dict.fromkeys(p.target, 3)))
            if p.id in processes
            else p
            for p in project.processes
        ),
    )


@pytest.fixture(scope="module")
def planned(desk, catalogue) -> Project:
    aimed = set_certification(desk, catalogue, NEW, date(2033, 3, 7))
    proposal = propose(aimed, catalogue.strategy_by_id["service-desk-first"])
    return adopt(aimed, proposal.roadmap, proposal.phases)


def of(project, catalogue, standard=NEW):
    found = coverage(project, catalogue, standard)
    return found, {part.clause.id: part for part in found.clauses}


def test_a_clause_is_covered_when_all_that_gives_evidence_stands(desk, catalogue):
    found, clauses = of(standing(desk, "supplier", "problem"), catalogue)
    assert clauses["8.6.3"].now
    assert clauses["8.3.4"].now
    # One of two capabilities is not enough, and what stands of it is told.
    assert not clauses["8.2.3"].now
    assert (clauses["8.2.3"].items, clauses["8.2.3"].standing) == (("supplier@3", "sms@3"), ("supplier@3",))
    assert (found.now, found.total) == (2, 47)
    assert found.share() == pytest.approx(2 / 47)


def test_one_dimension_below_the_level_is_not_covered(desk, catalogue):
    problem = standing(desk, "problem").process_by_id["problem"]
    lower = replace(problem, baseline=problem.baseline.with_item("tech", 2))
    project = replace(desk, processes=tuple(lower if p.id == "problem" else p for p in desk.processes))
    found, clauses = of(project, catalogue)
    assert (clauses["8.6.3"].now, clauses["8.6.3"].phase, found.now) == (False, "", 0)


def test_a_clause_above_others_is_covered_with_the_last_of_them(desk, catalogue):
    _found, clauses = of(standing(desk, "new-services", "transition"), catalogue)
    assert clauses["8.5.2.1"].now
    assert not clauses["8.5.2"].now
    assert clauses["8.5.2"].items == ("new-services@3", "transition@3", "validation@3")
    found, clauses = of(standing(desk, "new-services", "transition", "validation"), catalogue)
    assert clauses["8.5.2"].now
    assert found.now == 3  # the clause above counts only once, in its parts


def test_clauses_are_covered_phase_by_phase(planned, catalogue):
    found, clauses = of(planned, catalogue)
    counts = [found.after[phase.id] for phase in planned.phases]
    assert counts == sorted(counts)
    assert (found.now, counts[-1]) == (0, 47)
    assert found.share(planned.phases[-1].id) == 1
    for part in found.clauses:
        places = [planned.roadmap.packages[p.id] for p in planned.packages if p.capability in part.items]
        assert part.phase == max(places, key=lambda place: place.finish).phase
    assert counts[0] == sum(bool(p.clause.items) and p.phase == planned.phases[0].id for p in found.clauses)
    assert clauses["8.2.4"].clause.title.en == "Service catalogue management"


def test_work_that_the_roadmap_does_not_place_covers_nothing(planned, catalogue):
    kept = {k: v for k, v in planned.roadmap.packages.items() if k != "problem-3-standard"}
    lost = replace(planned, roadmap=replace(planned.roadmap, packages=Fixed(kept)))
    found, clauses = of(lost, catalogue)
    assert clauses["8.6.3"].phase == ""
    assert found.after[planned.phases[-1].id] == 46
    assert of(replace(planned, roadmap=None), catalogue)[0].after[planned.phases[-1].id] == 0


def test_a_capability_that_lifts_some_dimensions_only_covers_nothing(desk, catalogue):
    project = set_target(desk, catalogue, "brm", "people", 3)
    proposal = propose(project, catalogue.strategy_by_id["service-desk-first"])
    adopted = adopt(project, proposal.roadmap, proposal.phases)
    assert "brm@3" in adopted.packages_of
    assert of(adopted, catalogue)[1]["8.3.2"].phase == ""


def test_what_the_plan_does_not_aim_at_is_tailored_out(desk, planned, catalogue):
    assert tailored_out(planned, catalogue, NEW) == ()
    out = set_in_scope(planned, "problem", False)
    ((clause, lacking),) = tailored_out(out, catalogue, NEW)
    assert (clause.id, lacking) == ("8.6.3", ("problem@3",))
    low = {clause.id: lacking for clause, lacking in tailored_out(desk, catalogue, OLD)}
    assert low["8.1"] == ("request@3",)  # incident and service desk are to reach level 3, requests are not
    assert "9.2" not in low


def test_which_edition_is_looked_at(desk, planned, catalogue):
    assert edition(desk, catalogue).id == NEW
    assert edition(set_certification(desk, catalogue, OLD, date(2031, 3, 3)), catalogue).id == OLD
    assert edition(planned, catalogue).id == NEW
    assert edition(desk, replace(catalogue, standards=())) is None
    with pytest.raises(KeyError):
        coverage(desk, catalogue, "iso-9001")


def test_milestones_are_dated_by_what_they_hang_on(planned):
    stones = (
        Milestone(id="open", name="Open", item="security@5"),
        Milestone(id="end", name="End of the first phase", phase=planned.phases[0].id),
        Milestone(id="reached", name="Problem management", item="problem@3", months=2),
        Milestone(id="fixed", name="Kick-off", day=date(2027, 1, 11)),
    )
    found = dated(replace(planned, milestones=stones))
    assert [stone.id for stone, _day in found] == ["fixed", "end", "reached", "open"]
    days = {stone.id: day for stone, day in found}
    placed = planned.roadmap.packages
    assert days["end"] == max(place.finish for place in placed.values() if place.phase == planned.phases[0].id)
    last = max(placed[p.id].finish for p in planned.packages_of["problem@3"])
    assert (days["reached"].year * 12 + days["reached"].month) - (last.year * 12 + last.month) == 2
    assert days["open"] is None
    assert dict(dated(replace(planned, milestones=stones, roadmap=None)))[stones[1]] is None
