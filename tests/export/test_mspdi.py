"""The project file as a scheduling tool has it: MPXJ reads every field as it was meant and schedules it to our days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import scheduling
from drawn_roadmaps import drawn, with_roadmap
from handed import made
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage

from planner.export.mspdi.network import network
from planner.model.calendar import Calendar, CapacityChange, Period, Role
from planner.model.project import (
    Baseline,
    Dependency,
    Engagement,
    Limits,
    Phase,
    Pin,
    Placement,
    Planned,
    Progress,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import Duration, Effort, Fixed
from planner.rollout.verify import verify
from planner.store.load import load
from planner.text import i18n
from planner.text.mspdi import FIELDS, LINKS, NAMESPACE

BEGIN = date(2027, 1, 4)
CALENDAR = Calendar(
    working_days=("mon", "tue", "wed", "thu"),
    holidays=(Period(first=date(2027, 3, 26), last=date(2027, 3, 29), name="Easter"),),
    blackouts=(
        Period(first=date(2027, 2, 8), last=date(2027, 2, 17), name="New Year sale"),
        Period(first=date(2027, 3, 24), last=date(2027, 4, 2), name="Stocktaking"),
    ),
)
LESS = CapacityChange(since=date(2027, 2, 1), fte=0.4)
GENERATE = [Stage.generate]
"""No example is made smaller: that takes minutes."""

SAMPLES = ("lantern-retail", "harbour-bank")


@pytest.fixture(scope="module")
def samples() -> dict[str, Project]:
    return {name: load(scheduling.sample(name)).project for name in SAMPLES}


def tree(data: bytes) -> Element:
    return ElementTree.fromstring(data)


def tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def own(task: Any, key: str) -> str | None:
    """A field of the planner's own of a task that MPXJ has read."""
    fields = scheduling.package("org").mpxj.TaskField
    return scheduling.text(task.get(getattr(fields, FIELDS[key].name.upper())))


def rescheduled(data: bytes) -> tuple[dict[int, tuple[str, str]], dict[int, tuple[str, str]]]:
    """The days in the file, and those that MPXJ's scheduler finds."""
    project = scheduling.read(data)
    before = scheduling.days(project)
    scheduling.schedule(project)
    return before, scheduling.days(project)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_scheduling_tool_comes_to_our_days(samples: dict[str, Project], name: str) -> None:
    project = samples[name]
    roadmap = project.roadmap
    assert roadmap is not None
    before, after = rescheduled(made(project, "mspdi"))
    assert before == after
    assert len(after) > len(project.packages)


def test_days_are_those_of_the_roadmap(samples: dict[str, Project]) -> None:
    project = samples["lantern-retail"]
    roadmap = project.roadmap
    assert roadmap is not None
    found = {own(task, "id"): task for task in scheduling.read(made(project, "mspdi")).getTasks() if own(task, "days")}
    assert found.keys() == roadmap.packages.keys()
    for ident, place in roadmap.packages.items():
        task, package = found[ident], project.package_by_id[ident]
        assert str(task.getStart()) == f"{place.start}T08:00"
        assert str(task.getFinish()) == f"{place.finish}T17:00"
        assert str(task.getDuration()) == f"{package.days.likely}.0d"
        assert str(task.getName()) == package.name
        assert own(task, "workstream") == package.workstream
        assert not task.getMilestone()
        assert not task.getSummary()
        work = {str(a.getResource().getName()): a for a in task.getResourceAssignments()}
        names = {project.role_by_id[role].name: effort for role, effort in package.effort.items()}
        assert work.keys() == names.keys()
        for role, effort in names.items():
            assert work[role].getWork().getDuration() == pytest.approx(effort.likely * 8, abs=1 / 3600)
            units = float(work[role].getUnits())
            assert units == pytest.approx(100 * effort.likely / package.days.likely, abs=1e-6)


def test_outline_is_phase_capability_package(samples: dict[str, Project]) -> None:
    project = samples["lantern-retail"]
    roadmap = project.roadmap
    assert roadmap is not None
    for task in scheduling.read(made(project, "mspdi")).getTasks():
        if not own(task, "days"):
            continue
        package = project.package_by_id[own(task, "id") or ""]
        above = task.getParentTask()
        if package.capability:
            assert own(above, "id") == package.capability
            assert str(above.getName()) == project.title(package.capability)
            assert above.getSummary()
            assert float(own(above, "level") or 0) == int(package.capability[-1])
            above = above.getParentTask()
        assert own(above, "id") == roadmap.packages[package.id].phase
        assert above.getOutlineLevel() == 1
        assert above.getName() == project.phase_by_id[roadmap.packages[package.id].phase].name


def test_each_phase_ends_with_its_gate(samples: dict[str, Project]) -> None:
    project = samples["harbour-bank"]
    roadmap = project.roadmap
    assert roadmap is not None
    i18n.use("zh")
    try:
        read = scheduling.read(made(project, "mspdi"))
    finally:
        i18n.use("en")
    for phase in (task for task in read.getTasks() if task.getOutlineLevel() == 1):
        if own(phase, "id") not in project.phase_by_id:
            continue
        gate = list(phase.getChildTasks())[-1]
        assert gate.getMilestone()
        assert gate.getPredecessors().size() > 0
        last = max(p.finish for p in roadmap.packages.values() if p.phase == own(phase, "id"))
        assert str(gate.getFinish()) == str(phase.getFinish()) == f"{last}T17:00"
        later = [relation.getSuccessorTask() for relation in gate.getSuccessors()]
        assert all(task.getStart().isAfter(gate.getFinish()) for task in later)
        assert later or own(phase, "id") == project.phases[-1].id


def elements(element: Element, kind: Any, path: str = "Project") -> Iterator[str]:
    """Where the children of ``element`` do not stand as the schema class ``kind`` has them."""
    annotation = scheduling.package("jakarta").xml.bind.annotation
    order = [str(name) for name in kind.getAnnotation(annotation.XmlType.class_).propOrder()]
    fields = {str(field.getName()): field for field in kind.getDeclaredFields()}
    places: dict[str, tuple[int, Any]] = {}
    for place, name in enumerate(order):
        if name in fields:
            given = fields[name].getAnnotation(annotation.XmlElement.class_)
            written = str(given.name()) if given is not None else "##default"
            places[name if written == "##default" else written] = (place, fields[name])
    before = -1
    for child in element:
        name = child.tag.removeprefix(tag(""))
        if name not in places:
            yield f"{path}/{name} is unknown"
            continue
        place, field = places[name]
        if place < before:
            yield f"{path}/{name} stands too late"
        before = place
        if len(child):
            inner = field.getType()
            if str(inner.getName()) == "java.util.List":
                inner = field.getGenericType().getActualTypeArguments()[0]
            yield from elements(child, inner, f"{path}/{name}")


def test_no_element_is_out_of_its_place(every: Project) -> None:
    schema = scheduling.package("org").mpxj.mspdi.schema.Project.class_
    root = tree(made(every, "mspdi"))
    assert list(elements(root, schema)) == []
    task = next(t for t in root.iter(tag("Task")) if t.find(tag("PredecessorLink")) is not None)
    task[:] = [*task[1:], task[0]]
    assert list(elements(root, schema)) == ["Project/Tasks/Task/UID stands too late"]


@pytest.fixture(scope="module")
def every() -> Project:
    """A plan with everything that the format can hold."""

    def package(ident: str, start: date, days: int, **more: Any) -> tuple[WorkPackage, Placement]:
        work = WorkPackage(
            id=ident,
            name=f"Work {ident}",
            workstream="process",
            days=Duration(1, days, days + 5),
            effort=Fixed({"owner": Effort(0.5, days / 3, float(days)), "tool": Effort(0.0, 0.1, 0.2)}),
            **more,
        )
        return work, Placement(phase="p1", start=start, finish=CALENDAR.finish(start, days))

    pairs = [
        package("a", BEGIN, 5, deliverables=("a; b", "c\\d"), note="First line\nsecond - line"),
        package("b", date(2027, 1, 13), 10, after=("a",)),
        package("c", date(2027, 2, 2), 6, alongside=("b",)),
        package("d", date(2027, 3, 1), 12),
        package("e", date(2027, 4, 5), 3),
    ]
    names = {"a": "p1", "b": "p1", "c": "p1", "d": "p2", "e": "p2"}
    return Project(
        engagement=Engagement(name="Every field", client="Lantern & Co", start=BEGIN, as_of=date(2027, 1, 20)),
        calendar=CALENDAR,
        limits=Limits(absorption=2),
        roles=(
            Role(id="owner", name="Owner, [senior]", fte=0.8, changes=(LESS,)),
            Role(id="tool", name="Tool", fte=2),
        ),
        phases=(
            Phase(id="p1", name="One door", goal="All in one place.", exit_criteria=("Nine of ten", "two\nlines")),
            Phase(id="p2", name="Two", limit=2, not_before=date(2027, 2, 24), not_after=date(2027, 4, 30)),
        ),
        packages=tuple(work for work, _place in pairs),
        dependencies=(
            Dependency(item="e", needs="d", type="start-start", lag=3, reason="Because"),
            Dependency(item="e", needs="a", strength="soft"),
            Dependency(item="d", needs="c", type="finish-finish", lag=2),
        ),
        pins=(
            Pin(item="e", not_before=date(2027, 4, 1), deadline=date(2027, 4, 20), may_slip=True, reason="Promised"),
        ),
        progress=(
            Progress(package="a", start=BEGIN, finish=date(2027, 1, 11)),
            Progress(package="b", start=date(2027, 1, 13), remaining=7),
        ),
        baselines=(
            Baseline(
                id="agreed",
                name="Agreed",
                taken=BEGIN,
                packages=Fixed({"a": Planned(start=BEGIN, finish=date(2027, 1, 7), days=4, effort=2.5)}),
            ),
        ),
        roadmap=Roadmap(
            strategy="mine", packages=Fixed({w.id: replace(place, phase=names[w.id]) for w, place in pairs})
        ),
    )


def test_every_field_is_read_as_it_was_meant(every: Project) -> None:
    data = made(every, "mspdi")
    project = scheduling.read(data)
    tasks = {own(task, "id"): task for task in project.getTasks() if own(task, "days")}
    done, begun, late = tasks["a"], tasks["b"], tasks["e"]
    assert str(done.getActualFinish()) == "2027-01-11T17:00"
    assert float(done.getPercentageComplete()) == 100
    assert (str(begun.getActualStart()), begun.getActualFinish()) == ("2027-01-13T08:00", None)
    assert (str(begun.getActualDuration()), str(begun.getRemainingDuration())) == ("5.0d", "5.0d")
    assert float(begun.getPercentageComplete()) == 50
    work = next(iter(begun.getResourceAssignments())).getActualWork()
    assert float(work.getDuration()) == pytest.approx(40 / 3, abs=0.01)
    assert str(late.getDeadline()) == "2027-04-20T17:00"
    assert own(late, "not_before") == "2027-04-01T08:00"
    assert own(late, "slips") == "True"
    assert own(late, "wishes") == "Work a"
    assert [str(b) for b in (done.getBaselineStart(), done.getBaselineFinish(), done.getBaselineDuration())] == [
        "2027-01-04T08:00",
        "2027-01-07T17:00",
        "4.0d",
    ]
    assert float(done.getBaselineWork().getDuration()) == 20
    assert begun.getBaselineStart() is None
    assert str(done.getNotes()).startswith("First line\nsecond - line\n\n- Deliverable: a; b")
    links = {own(r.getPredecessorTask(), "id"): (str(r.getType()), str(r.getLag())) for r in late.getPredecessors()}
    assert links["d"] == ("SS", "3.0d")
    assert "a" not in links
    resources = {str(r.getName()): r for r in project.getResources()}
    assert list(resources) == ["Owner (senior)", "Tool"]
    periods = list(resources["Owner (senior)"].getAvailability())
    assert [(str(p.getRange().getStart())[:10], float(p.getUnits())) for p in periods] == [
        ("1984-01-01", 80.0),
        ("2027-02-01", 40.0),
    ]
    calendar = project.getDefaultCalendar()
    worked = {str(day) for day in package_days() if calendar.isWorkingDate(day)}
    assert worked == {str(day) for day in package_days() if CALENDAR.is_working(as_date(day))}
    names = [str(e.getName()) for e in calendar.getCalendarExceptions()]
    assert names == ["Blackout: New Year sale", "Blackout: Stocktaking", "Easter", "Blackout: Stocktaking"]
    phase = next(t for t in project.getTasks() if own(t, "id") == "p2" and t.getSummary())
    assert str(phase.getConstraintDate()) == "2027-02-24T08:00"
    assert str(phase.getDeadline()) == "2027-04-30T17:00"
    properties = project.getProjectProperties()
    assert str(properties.getProjectTitle()) == "Every field"
    assert str(properties.getStatusDate()) == "2027-01-20T17:00"
    assert "Lantern & Co" in str(properties.getSubject())
    before, after = rescheduled(data)
    assert before == after


def package_days() -> list[Any]:
    """Every day of the plan that has everything, as Java has it."""
    first = scheduling.package("java").time.LocalDate.of(2027, 1, 1)
    return [first.plusDays(n) for n in range(120)]


def as_date(day: Any) -> date:
    return date.fromisoformat(str(day))


def two_by_two() -> tuple[Project, list[tuple[str, date]]]:
    """Pairs of packages, one for each type, lag and place in the calendar, the second as early as the link lets it."""
    packages, dependencies, second = list[WorkPackage](), list[Dependency](), list[tuple[str, date]]()
    placed: dict[str, Placement] = {}
    for kind in LINKS:
        for lag in (-4, -1, 0, 1, 3):
            for first in (date(2027, 1, 28), date(2027, 2, 4), date(2027, 3, 18)):
                pair = len(packages)
                length, other = 4, 3
                start = CALENDAR.next_working(first)
                finish = CALENDAR.finish(start, length)
                anchor = finish if kind.startswith("finish") else start
                allowed = shifted(anchor, lag + (kind == "finish-start"))
                begin = allowed if kind.endswith("start") else CALENDAR.start(allowed, other)
                for n, (day, days) in enumerate(((start, length), (begin, other))):
                    packages.append(
                        WorkPackage(
                            id=f"w{pair + n}", name=f"Work {pair + n}", workstream="tech", days=Duration(1, days, 9)
                        )
                    )
                    placed[f"w{pair + n}"] = Placement(phase="p", start=day, finish=CALENDAR.finish(day, days))
                dependencies.append(Dependency(item=f"w{pair + 1}", needs=f"w{pair}", type=kind, lag=lag))
                second.append((f"w{pair + 1}", begin))
    project = Project(
        engagement=Engagement(name="Pairs", start=date(2027, 1, 4)),
        calendar=CALENDAR,
        phases=(Phase(id="p", name="All"),),
        packages=tuple(packages),
        dependencies=tuple(dependencies),
        roadmap=Roadmap(packages=Fixed(placed)),
    )
    return project, second


def shifted(day: date, steps: int) -> date:
    step = timedelta(days=1 if steps > 0 else -1)
    for _n in range(abs(steps)):
        day += step
        while not CALENDAR.is_working(day):
            day += step
    return day


def test_links_alone_lead_to_our_days() -> None:
    """Every type and lag, around days off: a tool that knows nothing but the link comes to the day we come to."""
    project, second = two_by_two()
    assert not verify(project)
    file = scheduling.read(made(project, "mspdi"))
    tasks = {own(task, "id"): task for task in file.getTasks() if own(task, "days")}
    scheduling.schedule(file)
    for ident, begin in second:
        assert str(tasks[ident].getConstraintType()) == "AS_SOON_AS_POSSIBLE", ident
        assert str(tasks[ident].getStart()) == f"{begin}T08:00", (ident, project.dependencies)


def test_without_the_constraints_days_move(samples: dict[str, Project]) -> None:
    """Levelling is in the file on purpose: the same file without it is another schedule."""
    root = tree(made(samples["lantern-retail"], "mspdi"))
    for task in root.iter(tag("Task")):
        kind = task.find(tag("ConstraintType"))
        if kind is not None and kind.text == "4":
            kind.text = "0"
            task.remove(task.find(tag("ConstraintDate")))  # type: ignore[arg-type]
    before, after = rescheduled(ElementTree.tostring(root))
    assert before != after


def test_few_packages_need_a_constraint(samples: dict[str, Project]) -> None:
    project = samples["lantern-retail"]
    root = tree(made(project, "mspdi"))
    held = [task for task in root.iter(tag("Task")) if task.findtext(tag("ConstraintType")) == "4"]
    assert 0 < len(held) < len(project.packages) / 3


def test_a_link_that_the_roadmap_breaks_moves_nothing(every: Project) -> None:
    broken = replace(every, dependencies=(Dependency(item="d", needs="e"),))
    assert broken.roadmap is not None
    assert ("d", "e", "finish-start") not in network(broken, broken.roadmap).tied
    before, after = rescheduled(made(broken, "mspdi"))
    assert before == after


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=GENERATE)
@given(drawn())
def test_days_hold_wherever_packages_stand(project: Project) -> None:
    before, after = rescheduled(made(project, "mspdi"))
    assert before == after


@pytest.mark.soak
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), phases=GENERATE)
@given(drawn())
def test_days_hold_wherever_packages_stand_at_length(project: Project) -> None:
    before, after = rescheduled(made(project, "mspdi"))
    assert before == after


@pytest.mark.soak
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=GENERATE)
@given(with_roadmap())
def test_links_of_proposed_roadmaps_are_all_in_the_file(project: Project) -> None:
    assert project.roadmap is not None
    hard = {d.key for d in project.dependencies if d.strength == "hard"}
    here = {*project.capabilities, *project.package_by_id}
    tied = network(project, project.roadmap).tied
    assert {key for key in hard if key[0] in here and key[1] in here} <= tied
    before, after = rescheduled(made(project, "mspdi"))
    assert before == after


def test_same_bytes(samples: dict[str, Project]) -> None:
    assert made(samples["harbour-bank"], "mspdi") == made(samples["harbour-bank"], "mspdi")


def test_a_client_gets_no_notes(every: Project) -> None:
    shown = made(every, "mspdi", audience="client").decode()
    assert "second - line" in made(every, "mspdi").decode()
    assert "second - line" not in shown


def test_hostile_text_is_text(every: Project) -> None:
    trick = "=cmd|' /C calc'!A0 ]]> <script>alert(1)</script> &amp; \x1b[31m" + "名" * 5000
    packages = tuple(replace(package, name=trick, note=trick) for package in every.packages)
    data = made(replace(every, packages=packages), "mspdi")
    task = next(t for t in scheduling.read(data).getTasks() if own(t, "id") == "a")
    assert str(task.getName()).startswith("=cmd|' /C calc'!A0 ]]> <script>alert(1)</script> &amp; �[31m名")
    assert len(str(task.getName())) == 255
    assert str(task.getNotes()).count("名" * 5000) == 2
    assert len(data) < 500_000
