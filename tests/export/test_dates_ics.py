"""Days for calendars, read back by the ``icalendar`` parser."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from handed import made
from icalendar import Calendar, Component

from planner.edit.roadmap import adopt
from planner.export.formats import NoRoadmap
from planner.export.handover import hand_over
from planner.model.knowledge import Catalogue
from planner.model.measures import Milestone
from planner.model.people import Certificate, Certification, TrackSetting
from planner.model.project import Decision, Pin, Placement, Progress, Project
from planner.model.values import Fixed
from planner.rollout.propose import propose

AS_OF = date(2027, 3, 31)
WEEK = timedelta(days=7)
NASTY = 'END:VEVENT\r\nBEGIN:VALARM;X=1:\\n,"]]>\x07 ' + "很长的名称" * 1000


@pytest.fixture(scope="module")
def plan(desk: Project, catalogue: Catalogue) -> Project:
    """A plan with a certificate, an audit, milestones, deadlines, a decision and some work done."""
    found = propose(desk, catalogue.strategy_by_id["service-desk-first"])
    project = adopt(desk, found.roadmap, found.phases)
    track = catalogue.tracks[0].id
    first = project.packages_of[project.capabilities[0]]
    return replace(
        project,
        tracks=(TrackSetting(track=track, valid_years=3, renewal_lead_months=6),),
        certificates=(Certificate(id="c1", track=track, holder="Service manager", issued=date(2026, 6, 1)),),
        certifications=(
            Certification(standard="iso", name="ISO", audit=date(2028, 9, 15), operate_months=3),
        ),
        milestones=(Milestone(id="m1", name="Board meeting", kind="benefit", day=date(2027, 5, 4)),),
        pins=(Pin(item=project.capabilities[0], deadline=date(2027, 12, 1), reason="promised", may_slip=True),),
        progress=tuple(
            Progress(package=package.id, start=date(2027, 1, 4), finish=date(2027, 2, 1) if not n else None)
            for n, package in enumerate(first[:2])
        ),
        decisions=(Decision(phase=project.phases[0].id, verdict="approved", made=date(2027, 3, 30)),),
    )  # fmt: skip


def parsed(project: Project, **options: Any) -> Calendar:
    return Calendar.from_ical(made(project, "ics", **{"as_of": AS_OF, **options}))


def entries(calendar: Calendar) -> dict[str, Component]:
    found = {str(entry["UID"]): entry for entry in calendar.walk() if entry.name in ("VEVENT", "VTODO")}
    assert len(found) == len(calendar.subcomponents)
    return found


def named(calendar: Calendar, kind: str, *words: str) -> Component:
    """The one entry of that kind with all the words in its title."""
    found = [one for one in calendar.walk(kind) if all(word in str(one["SUMMARY"]) for word in words)]
    (one,) = found
    return one


class TestWhatIsInIt:
    def test_phases_begin_and_end_on_their_days(self, plan: Project, catalogue: Catalogue) -> None:
        calendar = parsed(plan)
        for part in hand_over(plan, catalogue).facts.phases:
            begins = named(calendar, "VEVENT", f"{part.number}. {part.phase.name} begins")
            ends = named(calendar, "VEVENT", f"{part.number}. {part.phase.name} ends")
            assert part.finish
            assert (begins["DTSTART"].dt, begins["DTEND"].dt) == (part.start, begins["DTSTART"].dt + timedelta(days=1))
            assert (ends["DTSTART"].dt, ends["DTEND"].dt) == (part.finish, part.finish + timedelta(days=1))
            for criterion in part.phase.exit_criteria:
                assert criterion in str(ends["DESCRIPTION"])

    def test_days_are_days_and_not_points_in_time(self, plan: Project) -> None:
        for entry in entries(parsed(plan)).values():
            for name in ("DTSTART", "DTEND", "DUE"):
                if name in entry:
                    assert not isinstance(entry[name].dt, datetime)
                    assert entry[name].params["VALUE"] == "DATE"

    def test_audits_milestones_renewals_and_deadlines_are_there(self, plan: Project) -> None:
        calendar = parsed(plan)
        for words, day in (
            (("Deciding audit", "ISO"), date(2028, 9, 15)),
            (("Board meeting",), date(2027, 5, 4)),
            (("Ask for renewal", "Service manager"), date(2028, 12, 1)),
            (("Ends", "Service manager"), date(2029, 6, 1)),
            (("Deadline", plan.title(plan.capabilities[0])), date(2027, 12, 1)),
        ):
            assert named(calendar, "VEVENT", *words)["DTSTART"].dt == day
        assert named(calendar, "VEVENT", "Board meeting")["CATEGORIES"].cats == ["Milestone", "Benefit"]
        told = str(named(calendar, "VEVENT", "Deadline")["DESCRIPTION"])
        assert told.startswith("promised\nThis day may slip.\n")

    def test_a_day_that_is_a_milestone_of_the_plan_is_there_once(self, plan: Project) -> None:
        stones = (
            Milestone(id="c1-expiry-1", name="Certificate ends", kind="expiry", day=date(2029, 6, 1)),
            Milestone(id="c1-renewal-1", name="Renewal", kind="renewal", day=date(2028, 12, 1)),
            Milestone(id="iso-audit", name="Audit", kind="audit", day=date(2028, 9, 15)),
        )
        calendar = parsed(replace(plan, milestones=stones))
        days = [entry["DTSTART"].dt for entry in calendar.walk("VEVENT")]
        for day in (date(2029, 6, 1), date(2028, 12, 1), date(2028, 9, 15)):
            assert days.count(day) == 1

    def test_the_calendar_says_whose_it_is(self, plan: Project, catalogue: Catalogue) -> None:
        calendar = parsed(plan)
        about = hand_over(plan, catalogue, as_of=AS_OF).identity
        assert str(calendar["NAME"]) == f"{about.client}, {about.plan}"
        assert str(calendar["DESCRIPTION"]) == "\n".join(about.lines)
        for name in ("NAME", "DESCRIPTION"):
            older = {"NAME": "X-WR-CALNAME", "DESCRIPTION": "X-WR-CALDESC"}[name]
            assert str(calendar[older]).replace("\\n", "\n").replace("\\,", ",") == str(calendar[name])
        for entry in entries(calendar).values():
            assert str(entry["DESCRIPTION"]).endswith(", ".join(about.lines))
        copy = parsed(plan, audience="client")
        assert "internal notes" in str(copy["DESCRIPTION"])

    def test_without_a_roadmap_there_are_no_days(self, desk: Project) -> None:
        with pytest.raises(NoRoadmap):
            made(desk, "ics")


class TestTasks:
    def test_everything_that_is_to_be_done_is_due(self, plan: Project) -> None:
        tasks = parsed(plan).walk("VTODO")
        assert len(tasks) == len(plan.phases) + 2
        assert all(task["DUE"].dt >= task["DTSTART"].dt for task in tasks if "DTSTART" in task)

    def test_a_gate_is_done_once_it_was_decided_to_go_on(self, plan: Project) -> None:
        def gate(project: Project, **options: Any) -> Component:
            return named(parsed(project, **options), "VTODO", "Prepare", plan.phases[0].name)

        done = gate(plan)
        assert (done["STATUS"], done["PERCENT-COMPLETE"]) == ("COMPLETED", 100)
        assert done["COMPLETED"].dt == datetime(2027, 3, 30, tzinfo=UTC)
        before = gate(plan, as_of=date(2027, 3, 29))
        assert before["STATUS"] == "IN-PROCESS"
        assert 0 < before["PERCENT-COMPLETE"] < 100
        rejected = replace(plan, decisions=(replace(plan.decisions[0], verdict="rejected"),))
        assert gate(rejected)["STATUS"] == "IN-PROCESS"

    def test_what_has_not_begun_waits(self, plan: Project) -> None:
        last = named(parsed(plan), "VTODO", "Prepare", f"{len(plan.phases)}. {plan.phases[-1].name}")
        assert (last["STATUS"], last["PERCENT-COMPLETE"]) == ("NEEDS-ACTION", 0)
        renew = named(parsed(plan), "VTODO", "Renew", "Service manager")
        assert (renew["STATUS"], renew["DTSTART"].dt, renew["DUE"].dt) == (
            "NEEDS-ACTION", date(2028, 12, 1), date(2029, 6, 1)
        )  # fmt: skip

    def test_a_promise_is_as_far_as_its_work(self, plan: Project) -> None:
        item = plan.capabilities[0]
        task = named(parsed(plan), "VTODO", "Finish", plan.title(item))
        assert (task["STATUS"], task["DTSTART"].dt) == ("IN-PROCESS", date(2027, 1, 4))
        assert task["PERCENT-COMPLETE"] == 100 // len(plan.packages_of[item])
        every = tuple(
            Progress(package=package.id, start=date(2027, 1, 4), finish=date(2027, 2, 1))
            for package in plan.packages_of[item]
        )
        task = named(parsed(replace(plan, progress=every)), "VTODO", "Finish", plan.title(item))
        assert (task["STATUS"], task["COMPLETED"].dt.date()) == ("COMPLETED", date(2027, 2, 1))


class TestImportingAgain:
    def test_exporting_again_changes_nothing(self, plan: Project) -> None:
        assert made(plan, "ics", as_of=AS_OF) == made(plan, "ics", as_of=AS_OF)

    def test_a_phase_that_moved_keeps_its_identifier(self, plan: Project) -> None:
        assert plan.roadmap
        places = {
            item: Placement(phase=place.phase, start=place.start + WEEK, finish=place.finish + WEEK)
            for item, place in plan.roadmap.packages.items()
        }
        later = replace(plan, roadmap=replace(plan.roadmap, packages=Fixed(places)))
        old, new = entries(parsed(plan)), entries(parsed(later, as_of=AS_OF + WEEK))
        assert list(old) != []
        assert set(old) == set(new)
        for uid, entry in old.items():
            assert str(entry["SUMMARY"]) == str(new[uid]["SUMMARY"])
            assert new[uid]["SEQUENCE"] == entry["SEQUENCE"] + 7
            if "begins" in str(entry["SUMMARY"]):
                assert new[uid]["DTSTART"].dt == entry["DTSTART"].dt + WEEK

    def test_another_engagement_has_other_identifiers(self, plan: Project) -> None:
        other = replace(plan, engagement=replace(plan.engagement, client="Another Ltd"))
        assert not set(entries(parsed(plan))) & set(entries(parsed(other)))

    def test_all_stamps_are_of_the_day_as_of(self, plan: Project) -> None:
        for entry in entries(parsed(plan)).values():
            assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == datetime(2027, 3, 31, tzinfo=UTC)


class TestHostileText:
    @pytest.fixture(scope="class")
    def content(self, plan: Project) -> bytes:
        nasty = replace(
            plan,
            engagement=replace(plan.engagement, name=NASTY, client=NASTY),
            phases=tuple(replace(one, name=NASTY, goal=NASTY, exit_criteria=(NASTY,)) for one in plan.phases),
            milestones=(replace(plan.milestones[0], name=NASTY, kind=NASTY, reason=NASTY),),
            pins=tuple(replace(one, reason=NASTY) for one in plan.pins),
        )
        return made(nasty, "ics", as_of=AS_OF)

    def test_nothing_in_a_name_ends_an_event(self, content: bytes, plan: Project) -> None:
        calendar = Calendar.from_ical(content)
        assert {entry.name for entry in calendar.walk()} == {"VCALENDAR", "VEVENT", "VTODO"}
        assert len(calendar.subcomponents) == len(parsed(plan).subcomponents)
        assert not any(entry.errors for entry in calendar.walk())
        assert b"\x07" not in content

    def test_lines_are_folded_between_characters(self, content: bytes) -> None:
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert b"\n" not in b"".join(lines)
        for line in lines:
            line.decode()

    def test_long_names_are_whole_in_the_description(self, content: bytes) -> None:
        stone = next(one for one in Calendar.from_ical(content).walk("VEVENT") if "Milestone" in one["CATEGORIES"].cats)
        assert len(str(stone["SUMMARY"])) <= 120
        assert "很长的名称" * 1000 in str(stone["DESCRIPTION"])
