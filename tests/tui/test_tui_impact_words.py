"""What a move breaks, in the few lines below the timeline."""

from dataclasses import replace
from datetime import date

from sample import sample

from planner.model.calendar import Role
from planner.model.project import Project
from planner.rollout.impact import Broken, Impact
from planner.rollout.result import Rule, Violation
from planner.tui.areas.roadmap.board import named
from planner.tui.areas.roadmap.wording import impact_lines


def broken(
    rule: Rule, items: tuple[str, ...], amount: float, about: tuple[str, ...] = (), month: int = 3, was: float = 0
) -> Broken:
    """A constraint broken in a month of 2027."""
    return Broken(Violation(rule, items, "incident@2 is odd", date(2027, month, 10), amount, about), was)


def lines(project: Project, *found: Broken, room: int = 9, mended: tuple[Violation, ...] = ()) -> list[str]:
    """The lines about these."""
    return [line.text for line in impact_lines(project, Impact(found, mended, len(found)), room)]


def test_every_kind_is_told_by_name_and_amount() -> None:
    project = sample()
    project = replace(project, phases=(replace(project.phases[0], limit=1), project.phases[1]))
    told = lines(
        project,
        broken("deadline", ("incident@2",), 12),
        broken("dependency", ("problem@2", "incident@2"), 3, ("finish-start",)),
        broken("dependency", ("problem@2", "incident@2"), 1, ("finish-finish",)),
        broken("stabilisation", ("incident@3", "incident@2"), 9),
        broken("absorption", ("incident@2",), 1.0),
        broken("absorption", ("incident@2",), 1.0, ("p1",), month=4),
        broken("pin", ("incident@2",), 0.0),
    )
    assert told == [
        "! 7 constraints would break",
        "! Incident management 2 would end 12 days after its deadline",
        "! Problem management 2 would start 3 working days too early: it needs Incident management 2",
        "! Problem management 2 would end 1 working day too early: it needs Incident management 2",
        "! Incident management 3 would start 9 days before Incident management 2 has settled",
        "! 4 processes change at once in 2027-03, 3 allowed",
        "! 2 of change at once in 2027-04, 1 allowed in phase One front door",
        "! Incident management 2 is odd",
    ]


def test_a_role_is_told_once_with_all_its_months() -> None:
    project = sample()
    over = (broken("capacity", (), 0.6, ("lead",)), broken("capacity", (), 0.3, ("lead",), month=5))
    assert lines(project, *over)[1:] == ["! Change lead 140 % in 2027-03, 120 % in 2027-05"]
    away = replace(project, roles=(Role(id="lead", name="Change lead", fte=0),))
    assert lines(away, over[0])[1:] == ["! Change lead needed 0.6 FTE, has none in 2027-03"]


def test_what_does_not_fit_is_counted_and_what_was_broken_before_is_said() -> None:
    many = [broken("deadline", (f"incident@{level}",), 5) for level in (2, 3, 4, 5)]
    told = lines(sample(), *many, room=4)
    assert told[0] == "! 4 constraints would break"
    assert told[-1] == "  and 2 more"
    assert len(told) == 4
    worse = lines(sample(), broken("deadline", ("incident@2",), 12, was=4))
    assert worse[1] == "! Incident management 2 would end 12 days after its deadline (already broken, but less)"


def test_a_move_that_mends() -> None:
    project = sample()
    late = Violation("deadline", ("incident@2",), "incident@2 finishes too late", date(2027, 3, 1), 3)
    assert lines(project) == ["  It breaks nothing."]
    assert lines(project, mended=(late,))[1] == "  mends: Incident management 2 finishes too late"
    told = [line.text for line in impact_lines(project, Impact((), (), 2), 5)]
    assert told == ["  It breaks nothing more; 2 constraints are broken as before."]
    both = lines(project, broken("deadline", ("incident@3",), 2), mended=(late,))
    assert both[0] == "! 1 constraint would break, 1 would be mended"


def test_a_name_that_is_cut_keeps_its_level() -> None:
    assert named("Incident management 2", 12) == "Incident~ 2 "
    assert named("服务资产与配置管理 3", 9) == "服务资~ 3"
    assert named("Kick-off", 5) == "Kick~"
    assert named("Desk 2", 8) == "Desk 2  "
