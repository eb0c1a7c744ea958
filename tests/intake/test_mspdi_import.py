"""Project files that come in: those of the planner come back as they went, others become plans, broken ones faults."""

import re
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import scheduling
from drawn_roadmaps import drawn
from handed import made
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage

from planner.intake.incoming import Incoming
from planner.intake.mspdi import read
from planner.model.calendar import Calendar, Period
from planner.model.project import Dependency, Pin, Placement, Progress, Project
from planner.model.values import Duration, Effort, Fixed
from planner.store.load import load
from planner.text import i18n
from planner.text.mspdi import FIELDS, NAMESPACE, RESOURCE_FIELDS

QUIET = [Stage.generate]
"""No example is made smaller: that takes minutes."""

HELD = ("limits", "roles", "dimensions", "phases", "roadmap")
"""Tables of a plan that the format holds whole."""


def same(project: Project, found: Incoming) -> None:
    """Assert that everything of ``project`` that the format can hold has come back."""
    assert found.faults == ()
    for table in HELD:
        assert getattr(found, table) == getattr(project, table), table
    assert found.calendar is not None
    assert set(found.calendar.working_days) == set(project.calendar.working_days)
    assert found.calendar.holidays == project.calendar.holidays
    here, there = (off(one.blackouts) - off(one.holidays) for one in (found.calendar, project.calendar))
    assert here == there
    assert set(found.pins) == set(project.pins)
    assert set(found.progress) == set(project.progress)
    told = found.engagement
    assert told is not None
    kept = project.engagement
    assert (told.name, told.client, told.start, told.as_of) == (kept.name, kept.client, kept.start, kept.as_of)
    assert found.packages == tuple(replace(package, cost=0.0) for package in project.packages)
    here = {*project.capabilities, *project.package_by_id}
    dependencies = {d for d in project.dependencies if d.item in here}
    assert set(found.dependencies) == dependencies
    assert set(found.milestones) == {replace(stone, cost=0.0) for stone in project.milestones}
    scope = {process.id: process for process in project.processes}
    for process in found.processes:
        assert (process.baseline, process.target) == (scope[process.id].baseline, scope[process.id].target)
        assert process.name == scope[process.id].name
    planned = {item: p for b in project.baselines[-1:] for item, p in b.packages.items() if p.start}
    kept_now = {item: p for b in found.baselines for item, p in b.packages.items()}
    assert kept_now.keys() == planned.keys()
    for item, entry in planned.items():
        now = kept_now[item]
        assert (now.start, now.finish, now.days) == (entry.start, entry.finish, entry.days)
        assert now.effort == pytest.approx(entry.effort, abs=1e-4)


def off(periods: tuple[Period, ...]) -> set[date]:
    """Every day of ``periods``."""
    return {
        period.first + timedelta(days=n) for period in periods for n in range((period.last - period.first).days + 1)
    }


@pytest.mark.parametrize(("name", "language"), [("lantern-retail", "en"), ("harbour-bank", "zh")])
def test_what_went_out_comes_back(name: str, language: str) -> None:
    project = load(scheduling.sample(name)).project
    i18n.use(language)
    try:
        data = made(project, "mspdi")
    finally:
        i18n.use("en")
    found = read(data)
    same(project, found)
    assert found.notes == ()


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=QUIET)
@given(drawn())
def test_any_plan_comes_back(project: Project) -> None:
    same(project, read(made(project, "mspdi")))


@pytest.mark.soak
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), phases=QUIET)
@given(drawn())
def test_any_plan_comes_back_at_length(project: Project) -> None:
    same(project, read(made(project, "mspdi")))


def test_what_a_tool_has_saved_again_comes_back() -> None:
    """MPXJ reads the file and writes its own: other order, more elements, the same plan."""
    project = load(scheduling.sample("lantern-retail")).project
    found = read(written(scheduling.read(made(project, "mspdi"))))
    same(project, found)


def written(project: Any) -> bytes:
    """A project of MPXJ as it writes it."""
    stream = scheduling.package("java").io.ByteArrayOutputStream()
    scheduling.package("org").mpxj.mspdi.MSPDIWriter().write(project, stream)
    return bytes(stream.toByteArray())


def test_what_somebody_changed_in_the_tool_is_taken() -> None:
    project = load(scheduling.sample("lantern-retail")).project
    root = ElementTree.fromstring(made(project, "mspdi"))
    tag = f"{{{NAMESPACE}}}"
    named = {v.text: t for t in root.iter(f"{tag}Task") for v in t.iter(f"{tag}Value")}
    longer, started = named["vision-workshop"], named["awareness-training"]
    longer.find(f"{tag}Duration").text = "PT64H0M0S"  # type: ignore[union-attr]
    longer.find(f"{tag}Finish").text = "2027-01-13T17:00:00"  # type: ignore[union-attr]
    longer.find(f"{tag}Name").text = "Vision day"  # type: ignore[union-attr]
    begun = ElementTree.Element(f"{tag}ActualStart")
    begun.text = started.findtext(f"{tag}Start")
    started.append(begun)
    link = ElementTree.SubElement(started, f"{tag}PredecessorLink")
    for key, value in (("PredecessorUID", longer.findtext(f"{tag}UID")), ("Type", "3"), ("LinkLag", "9600")):
        ElementTree.SubElement(link, f"{tag}{key}").text = value
    found = read(ElementTree.tostring(root))
    assert found.faults == ()
    packages = {package.id: package for package in found.packages}
    old = project.package_by_id["vision-workshop"]
    assert packages["vision-workshop"].days == Duration(min(8, old.days.low), 8, max(8, old.days.high))
    assert packages["vision-workshop"].name == "Vision day"
    assert packages["vision-workshop"].effort == old.effort
    assert (
        Dependency(item="awareness-training", needs="vision-workshop", type="start-start", lag=2) in found.dependencies
    )
    assert found.roadmap is not None
    assert found.roadmap.status == "edited"
    assert found.roadmap.packages["vision-workshop"].finish == date(2027, 1, 13)
    assert [told.package for told in found.progress] == ["awareness-training"]
    assert len(found.dependencies) == len(project.dependencies) + 1


def test_a_link_that_was_taken_out_is_no_longer_needed() -> None:
    project = load(scheduling.sample("lantern-retail")).project
    text = made(project, "mspdi").decode()
    bare = re.sub(r"<PredecessorLink>.*?</PredecessorLink>", "", text, flags=re.DOTALL)
    found = read(bare.encode())
    assert {d.strength for d in found.dependencies} == {"soft"}
    assert any("no longer needed" in note for note in found.notes)


LINKS = "PredecessorLink"

TASK = """<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><OutlineLevel>{level}</OutlineLevel>
<Start>2027-03-01T08:00:00</Start><Finish>2027-03-05T17:00:00</Finish>{more}</Task>"""
WEEK = "<Duration>PT40H0M0S</Duration><DurationFormat>7</DurationFormat>"


def task(uid: int, name: str, level: int = 1, more: str = WEEK) -> str:
    return TASK.format(uid=uid, name=name, level=level, more=more)


def link(uid: int, kind: int = 1, lag: int = 0, form: int = 7) -> str:
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat></PredecessorLink>"
    )


def file(*tasks: str, more: str = "", head: str = "") -> bytes:
    start = "" if "<StartDate>" in head else "<StartDate>2027-03-01T08:00:00</StartDate>"
    inner = f"<Title>New desk</Title>{start}{head}<Tasks>{''.join(tasks)}</Tasks>{more}"
    return f'<Project xmlns="{NAMESPACE}">{inner}</Project>'.encode()


def test_a_file_of_another_tool_becomes_a_plan() -> None:
    """A project as ProjectLibre and Microsoft Project have them, written by MPXJ."""
    mpxj, times = scheduling.package("org").mpxj, scheduling.package("java").time
    project = mpxj.ProjectFile()
    calendar = project.addDefaultBaseCalendar()
    project.setDefaultCalendar(calendar)
    calendar.addCalendarException(times.LocalDate.of(2027, 3, 8), times.LocalDate.of(2027, 3, 9)).setName("Holiday A")
    properties = project.getProjectProperties()
    properties.setProjectTitle("Neues Desk")
    properties.setStartDate(times.LocalDateTime.of(2027, 3, 1, 8, 0))
    properties.setStatusDate(times.LocalDateTime.of(2027, 3, 3, 17, 0))
    whole = project.addTask()
    whole.setName("Everything")
    days = mpxj.TimeUnit.DAYS

    def leaf(parent: Any, name: str, first: tuple[int, int], last: tuple[int, int], length: int) -> Any:
        made = parent.addTask()
        made.setName(name)
        made.setStart(times.LocalDateTime.of(2027, *first, 8, 0))
        made.setFinish(times.LocalDateTime.of(2027, *last, 17, 0))
        made.setDuration(mpxj.Duration.getInstance(length, days))
        return made

    def heading(parent: Any, name: str) -> Any:
        made = parent.addTask()
        made.setName(name)
        return made

    design = heading(whole, "Design")
    first = leaf(design, "Talk to users", (3, 1), (3, 5), 5)
    first.setActualStart(times.LocalDateTime.of(2027, 3, 1, 8, 0))
    first.setRemainingDuration(mpxj.Duration.getInstance(2, days))
    first.setPercentageComplete(60)
    first.setBaselineStart(times.LocalDateTime.of(2027, 3, 1, 8, 0))
    first.setBaselineFinish(times.LocalDateTime.of(2027, 3, 4, 17, 0))
    first.setBaselineDuration(mpxj.Duration.getInstance(4, days))
    build = heading(whole, "Build")
    group = heading(build, "Tool")
    second = leaf(group, "Install", (3, 12), (3, 15), 2)
    third = leaf(group, "Test", (3, 12), (3, 16), 3)
    end = build.addTask()
    end.setName("Go live")
    end.setMilestone(True)
    end.setDuration(mpxj.Duration.getInstance(0, days))
    end.setStart(times.LocalDateTime.of(2027, 3, 16, 17, 0))
    end.setFinish(times.LocalDateTime.of(2027, 3, 16, 17, 0))
    kinds = mpxj.RelationType
    for after, before, kind, lag in (
        (second, first, kinds.FINISH_START, 2),
        (third, second, kinds.START_START, 0),
        (end, third, kinds.FINISH_START, 0),
    ):
        relation = mpxj.Relation.Builder().predecessorTask(before).type(kind)
        after.addPredecessor(relation.lag(mpxj.Duration.getInstance(lag, days)))
    second.setDeadline(times.LocalDateTime.of(2027, 3, 20, 17, 0))
    third.setConstraintType(mpxj.ConstraintType.START_NO_EARLIER_THAN)
    third.setConstraintDate(times.LocalDateTime.of(2027, 3, 12, 8, 0))
    smith = project.addResource()
    smith.setName("Smith & Sons")
    assignment = second.addResourceAssignment(smith)
    assignment.setWork(mpxj.Duration.getInstance(8, mpxj.TimeUnit.HOURS))
    assignment.setUnits(50)

    found = read(written(project))
    assert found.faults == ()
    assert found.engagement is not None
    assert (found.engagement.name, found.engagement.start) == ("Neues Desk", date(2027, 3, 1))
    assert found.engagement.as_of == date(2027, 3, 3)
    assert found.calendar == Calendar(
        holidays=(Period(first=date(2027, 3, 8), last=date(2027, 3, 9), name="Holiday A"),)
    )
    assert [(phase.id, phase.name) for phase in found.phases] == [("design", "Design"), ("build", "Build")]
    assert [(p.id, p.name, p.days) for p in found.packages] == [
        ("talk-to-users", "Talk to users", Duration(5, 5, 5)),
        ("install", "Tool / Install", Duration(2, 2, 2)),
        ("test", "Tool / Test", Duration(3, 3, 3)),
    ]
    assert found.packages[1].effort == Fixed({"smith-sons": Effort(1, 1, 1)})
    assert [(role.id, role.name) for role in found.roles] == [("smith-sons", "Smith & Sons")]
    assert set(found.dependencies) == {
        Dependency(item="install", needs="talk-to-users", lag=2),
        Dependency(item="test", needs="install", type="start-start"),
    }
    assert found.roadmap is not None
    assert found.roadmap.packages["install"] == Placement(
        phase="build", start=date(2027, 3, 12), finish=date(2027, 3, 15)
    )
    assert found.progress == (Progress(package="talk-to-users", start=date(2027, 3, 1), remaining=2),)
    assert set(found.pins) == {
        Pin(item="install", deadline=date(2027, 3, 20)),
        Pin(item="test", not_before=date(2027, 3, 12)),
    }
    assert [(stone.id, stone.day) for stone in found.milestones] == [("go-live", date(2027, 3, 16))]
    (baseline,) = found.baselines
    assert baseline.packages["talk-to-users"].finish == date(2027, 3, 4)
    assert any("workstream" in note for note in found.notes)


def test_links_lead_through_headings_and_milestones() -> None:
    found = read(
        file(
            task(1, "One", more=""),
            task(2, "A", 2),
            task(3, "B", 2, WEEK + link(2)),
            task(4, "Gate", 1, "<Milestone>1</Milestone><Duration>PT0H0M0S</Duration>" + link(1)),
            task(5, "Two", 1, link(4, lag=4800)),
            task(6, "C", 2),
            task(7, "D", 2, WEEK + link(6, 2, 4800)),
            task(8, "E", 2, WEEK + link(6, 0)),
        )
    )
    assert found.faults == ()
    assert set(found.dependencies) == {
        Dependency(item="b", needs="a"),
        Dependency(item="c", needs="b", lag=1),
        Dependency(item="d", needs="c", type="start-finish", lag=0),
        Dependency(item="e", needs="c", type="finish-finish"),
    }


@pytest.mark.parametrize(
    ("data", "where", "column", "wrong"),
    [
        (file(task(1, "A", more="<Duration>five days</Duration>")), "task 1, A", "Duration", "'five days'"),
        (file(task(1, "A", more="<Duration>PT</Duration>")), "task 1, A", "Duration", "'PT'"),
        (file(task(1, "A", more="<Duration>-PT8H0M0S</Duration>")), "task 1, A", "Duration", "-PT8H"),
        (file(task(1, "A", more=f"<Duration>PT{'9' * 5000}H</Duration>")), "task 1, A", "Duration", "no duration"),
        (file(task(1, "A", more="<Duration>PT999999H0M0S</Duration>")), "task 1, A", "Duration", "125000 days"),
        (file(task(1, "A").replace("2027-03-01", "2027-02-30")), "task 1, A", "Start", "2027-02-30"),
        (file(task(1, "A").replace("2027-03-01", "1627-03-01")), "task 1, A", "Start", "no date from"),
        (file(task(1, "A").replace("2027-03-05", "2027-02-05")), "task 1, A", "Finish", "before it starts"),
        (file(task(1, "A", more=WEEK + link(9))), "task 1, A", "PredecessorUID", "task 9"),
        (file(task(1, "A", more=WEEK + link(1))), "task 1, A", "PredecessorUID", "itself"),
        (file(task(1, "A", more=WEEK + link(2)), task(2, "B", more=WEEK + link(1))), "task ", LINKS, "circle"),
        (file(task(1, "A", more=WEEK + link(2, 7)), task(2, "B")), "task 1, A", "PredecessorLink/Type", "'7'"),
        (file(task(1, "A", more=WEEK + link(2, 1, 99999999)), task(2, "B")), "task 1, A", "LinkLag", "lag"),
        (file(task(1, "A", more="<Duration/>").replace("<Finish>", "<X>").replace("</Finish>", "</X>")),
         "task 1, A", "Duration", "no duration"),
        (file(task(1, "A"), task(1, "B")), "task 1, B", "UID", "two tasks"),
        (file(task(1, "A").replace("<UID>1</UID>", "")), "task 1, A", "UID", "no number"),
        (file(task(1, "A").replace("<OutlineLevel>1<", "<OutlineLevel>99<")), "task 1, A", "OutlineLevel", "'99'"),
        (file(task(1, "A"), more="<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>4</ResourceUID>"
                                 "<Work>PT8H0M0S</Work></Assignment></Assignments>"),
         "assignment 1", "ResourceUID", "4 is not"),
        (file(), "the file", "Tasks", "no tasks"),
        (file(task(1, "A"), head="<StartDate>soon</StartDate>"), "the project", "StartDate", "'soon'"),
        (file(task(1, "A"), head="<MinutesPerDay>0</MinutesPerDay>"), "the project", "MinutesPerDay", "'0'"),
        (file(task(1, "A"))[:-40], "the file", "", "line"),
        (b"", "the file", "", "line"),
        (b"\x00\x01PK\x03\x04", "the file", "", "line"),
        (b"<Plan/>", "the file", "", "no project file"),
        (b'<?xml version="1.0" encoding="klingon"?><Project/>', "the file", "", "encoding"),
        (b"<Project>" + b"<a>" * 100_000, "the file", "", "40 deep"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_comes_in(data: bytes, where: str, column: str, wrong: str) -> None:
    found = read(data)
    fault = found.faults[0]
    assert fault.where.startswith(where)
    assert fault.column == column
    assert wrong in fault.wrong
    assert fault.advice
    assert len(fault.wrong) < 300
    assert found == Incoming(faults=found.faults, notes=found.notes)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE Project>",
    ],
)
def test_entities_and_document_types_are_refused(head: str) -> None:
    found = read(head.encode() + file(task(1, "&a;" if "ENTITY a" in head else "A")))
    assert "document type" in found.faults[0].wrong


def test_faults_are_bounded() -> None:
    found = read(file(*(task(n, "A", more="<Duration>x</Duration>") for n in range(1, 1500))))
    assert len(found.faults) == 101
    assert "1399 more faults" in found.faults[-1].wrong


def test_hostile_names_are_cleaned() -> None:
    found = read(
        file(task(1, "A&#x202e;B&lt;script&gt;", 1), task(2, "名" * 5000, 1), task(3, "x-1", 1), task(4, "a@2", 1))
    )
    assert [p.id for p in found.packages] == ["ab-script", "task-2", "task-x-1", "a-2"]
    assert found.packages[0].name == "A�B<script>"
    assert found.packages[1].name == "名" * 5000


def test_odd_values_are_rounded_and_told() -> None:
    found = read(
        file(
            task(1, "A", more="<Duration>PT20H0M0S</Duration>"),
            task(2, "B", more=WEEK + link(1, 1, 50, 19)),
            task(3, "C", more="<Duration>PT0H0M0S</Duration>"),
            task(
                4,
                "D",
                more=WEEK + "<ConstraintType>1</ConstraintType><ConstraintDate>2027-03-01T08:00:00</ConstraintDate>",
            ),
        )
    )
    assert found.faults == ()
    assert [p.days.likely for p in found.packages] == [3, 5, 5]
    assert found.dependencies == (Dependency(item="b", needs="a", lag=2),)
    assert [stone.name for stone in found.milestones] == ["C"]
    assert len(found.notes) == 5
    assert [phase.name for phase in found.phases] == ["New desk"]


def test_a_calendar_of_another_tool() -> None:
    week = "".join(
        f"<WeekDay><DayType>{n}</DayType><DayWorking>{int(n in (1, 2, 3))}</DayWorking></WeekDay>" for n in range(1, 8)
    )

    def closed(name: str, first: str, last: str, more: str = "<Type>1</Type>") -> str:
        period = f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"
        return f"<Exception>{period}<Name>{name}</Name>{more}<DayWorking>0</DayWorking></Exception>"

    every = closed("New Year", "2027-01-01", "2029-12-31", "<Type>2</Type><Month>0</Month><MonthDay>1</MonthDay>")
    odd = closed("Odd", "2027-01-01", "2029-12-31", "<Type>5</Type>")
    calendar = (
        f"<Calendars><Calendar><UID>3</UID><Name>Std</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{week}</WeekDays>"
        f"<Exceptions>{closed('Fair', '2027-04-01', '2027-04-02')}{every}{odd}</Exceptions></Calendar></Calendars>"
    )
    found = read(file(task(1, "A"), head="<CalendarUID>3</CalendarUID>" + calendar))
    assert found.faults == ()
    assert found.calendar is not None
    assert found.calendar.working_days == ("mon", "tue", "sun")
    assert [(p.name, p.first) for p in found.calendar.holidays] == [
        ("Fair", date(2027, 4, 1)),
        *(("New Year", date(year, 1, 1)) for year in (2027, 2028, 2029)),
    ]
    assert any("Odd" in note for note in found.notes)


@pytest.mark.parametrize("count", [2_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_thousands_of_tasks_in_seconds(count: int) -> None:
    def one(n: int) -> str:
        if n % 100 == 0:
            return task(n, f"Phase {n}", more="")
        return task(n, f"Task {n}", 2, WEEK + (link(n - 150) if n > 300 and (n - 150) % 100 else ""))

    data = file(*map(one, range(100, 100 + count)))
    begin = time.process_time()
    found = read(data)
    assert found.faults == ()
    assert (len(found.phases), len(found.packages)) == (count // 100, count - count // 100)
    assert time.process_time() - begin < count / 2_500


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_two_fields_have_one_title(language: str) -> None:
    """Fields are found by their titles: a translation that gives two the same one would lose one of them."""
    for fields in (FIELDS, RESOURCE_FIELDS):
        assert len({i18n.said_in(language, field.title) for field in fields.values()}) == len(fields)
        assert len({field.number for field in fields.values()}) == len(fields)
