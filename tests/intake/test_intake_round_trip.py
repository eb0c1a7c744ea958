"""What goes out as CSV comes back the same, whatever the plan was through and in whichever language."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from planner.edit.refused import Refused
from planner.edit.roadmap import adopt, move_to, move_to_phase
from planner.edit.scope import change_process, set_baseline, set_in_scope, set_target
from planner.edit.work import add_package, change_package, new_package_id, remove_package
from planner.export.handover import hand_over
from planner.export.table_csv import table
from planner.intake import read
from planner.model.knowledge import Catalogue
from planner.model.project import Project, WorkPackage
from planner.model.rules import problems
from planner.model.values import WORKSTREAMS, Duration, Effort, Fixed
from planner.review.differences import differences
from planner.rollout.propose import propose
from planner.text import i18n

FEW = settings(
    max_examples=4,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
NASTY = [
    "=1+1",
    "'=x",
    "+41 79",
    "-",
    "@a",
    "a;b",
    'a"b',
    "a\nb",
    " blank ",
    "一；二",
    "x,y",
    "\tx",
    "'",
    "1",
    "2027-01-04",
]
WORDS = st.sampled_from(NASTY) | st.text(min_size=1, max_size=8)


@pytest.fixture(scope="module")
def plans(desk: Project, bank: Project, catalogue: Catalogue) -> tuple[Project, ...]:
    proposals = (
        (desk, propose(desk, catalogue.strategy_by_id["service-desk-first"])),
        (bank, propose(bank, catalogue.strategy_by_id["change-config-first"])),
    )
    return tuple(adopt(plan, proposal.roadmap, proposal.phases) for plan, proposal in proposals)


def there_and_back(plan: Project, into: Project, catalogue: Catalogue, name: str, out: str, back: str) -> Project:
    """``into`` after it has taken in the table ``name`` of ``plan``."""
    i18n.use(out)
    text = table(hand_over(plan, catalogue), name)
    i18n.use(back)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        path.write_text(text, encoding="utf-8", newline="")
        preview = read(path, into, catalogue=catalogue)
    assert (preview.kind, preview.faults) == (name, ())
    assert all(one.ours for one in preview.columns)
    assert preview.result is not None
    return preview.result


Edit = Callable[[Project, Catalogue, st.DataObject], Project]


def some(project: Project, data: st.DataObject) -> str:
    return data.draw(st.sampled_from([package.id for package in project.packages]))


def renamed(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    name, note = data.draw(WORDS), data.draw(st.sampled_from(["", *NASTY]))
    return change_package(project, some(project, data), catalogue, name=name, note=note)


def resized(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    days = Duration(*sorted(data.draw(st.lists(st.integers(1, 60), min_size=3, max_size=3))))
    effort = Effort(*sorted(data.draw(st.lists(st.floats(0, 0.4), min_size=3, max_size=3))))
    role = data.draw(st.sampled_from([one.id for one in project.roles]))
    fields = {"days": days, "effort": Fixed({role: effort}), "cost": data.draw(st.sampled_from([0, 0.1, 9000]))}
    return change_package(project, some(project, data), catalogue, **fields)


def relinked(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    fields = {
        data.draw(st.sampled_from(["after", "alongside"])): tuple({some(project, data), some(project, data)}),
        "deliverables": tuple(data.draw(st.lists(st.sampled_from(NASTY), max_size=2))),
    }
    return change_package(project, some(project, data), catalogue, **fields)


def added(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    name = data.draw(WORDS)
    package = WorkPackage(
        id=data.draw(st.sampled_from(NASTY)) if data.draw(st.booleans()) else new_package_id(project, name),
        name=name,
        capability=data.draw(st.sampled_from(["", *project.capabilities])),
        workstream=data.draw(st.sampled_from(WORKSTREAMS)),
        days=Duration(1, 2, 3),
    )
    return add_package(project, package, catalogue)


def removed(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    return remove_package(project, some(project, data), "not now", catalogue)


def moved(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    day = project.engagement.start + timedelta(days=data.draw(st.integers(0, 400)))
    if data.draw(st.booleans()):
        return move_to(project, some(project, data), day)
    return move_to_phase(project, some(project, data), data.draw(st.sampled_from([one.id for one in project.phases])))


def rated(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    process = data.draw(st.sampled_from([one.id for one in project.processes]))
    dimension = data.draw(st.sampled_from(project.dimension_ids))
    level = data.draw(st.integers(1, 4))
    if data.draw(st.booleans()):
        project = set_baseline(project, catalogue, process, dimension, level, data.draw(WORDS))
    else:
        project = set_target(project, catalogue, process, dimension, level, data.draw(WORDS))
    project = set_in_scope(project, process, data.draw(st.booleans()), catalogue)
    return change_process(project, process, importance=data.draw(st.integers(1, 5)))


def edited(project: Project, catalogue: Catalogue, data: st.DataObject, edits: tuple[Edit, ...]) -> Project:
    for _number in range(data.draw(st.integers(1, 6))):
        try:
            project = data.draw(st.sampled_from(edits))(project, catalogue, data)
        except Refused:
            continue
    return project


def told(one: Project, other: Project, *tables: str) -> list[str]:
    """What differs between two plans, in words."""
    return [found.words for found in differences(one, other) if not tables or found.table in tables]


def same_table(one: Project, other: Project) -> None:
    """Everything that a table of work packages tells is the same in both plans."""
    assert told(one, other, "packages") == []
    assert one.roadmap is not None
    assert other.roadmap is not None
    assert {k: v for k, v in other.roadmap.packages.items() if k in one.roadmap.packages} == dict(one.roadmap.packages)


LANGUAGES = st.sampled_from(["en", "zh"])


@FEW
@given(st.data())
def test_a_plan_takes_in_its_own_table_and_stays_as_it_is(
    plans: tuple[Project, ...], catalogue: Catalogue, data: st.DataObject
) -> None:
    plan = edited(
        plans[data.draw(st.sampled_from([0, 1]))], catalogue, data, (renamed, resized, relinked, added, removed, moved)
    )
    out, back = data.draw(LANGUAGES), data.draw(LANGUAGES)
    assert told(plan, there_and_back(plan, plan, catalogue, "packages", out, back)) == []


@FEW
@given(st.data())
def test_an_older_plan_becomes_the_one_whose_table_it_takes_in(
    plans: tuple[Project, ...], catalogue: Catalogue, data: st.DataObject
) -> None:
    old = plans[data.draw(st.sampled_from([0, 1]))]
    plan = edited(old, catalogue, data, (renamed, resized, relinked, added, moved))
    after = there_and_back(plan, old, catalogue, "packages", data.draw(LANGUAGES), data.draw(LANGUAGES))
    same_table(plan, after)
    back = there_and_back(old, plan, catalogue, "packages", data.draw(LANGUAGES), data.draw(LANGUAGES))
    kept = replace(back, packages=tuple(back.package_by_id[package.id] for package in old.packages))
    assert told(old, kept, "packages") == []
    assert problems(after) == problems(back) == []


@FEW
@given(st.data())
def test_levels_come_back(plans: tuple[Project, ...], catalogue: Catalogue, data: st.DataObject) -> None:
    old = plans[data.draw(st.sampled_from([0, 1]))]
    plan = edited(old, catalogue, data, (rated,))
    out, back = data.draw(LANGUAGES), data.draw(LANGUAGES)
    assert told(plan, there_and_back(plan, plan, catalogue, "assessment", out, back)) == []
    after = there_and_back(plan, old, catalogue, "assessment", out, back)
    for one, other in zip(plan.processes, after.processes, strict=True):
        assert (one.baseline, one.target, one.in_scope, one.importance) == (
            other.baseline,
            other.target,
            other.in_scope,
            other.importance,
        )
        assert one.reason in (other.reason, "")
        assert one.by_hand.items() <= other.by_hand.items()
    assert problems(after) == []


def test_roles_of_one_name_are_told_apart(plans: tuple[Project, ...], catalogue: Catalogue) -> None:
    plan = plans[0]
    roles = tuple(replace(role, name="Consultant") if number < 2 else role for number, role in enumerate(plan.roles))
    plan = replace(plan, roles=roles)
    assert there_and_back(plan, plan, catalogue, "packages", "en", "zh") == plan
    text = table(hand_over(plan, catalogue), "packages")
    assert f"Consultant [{plan.roles[0].id}]" in next(csv.reader(io.StringIO(text[1:])))[12]


def test_what_a_client_may_not_have_is_not_in_its_table_and_not_emptied_by_it(
    plans: tuple[Project, ...], catalogue: Catalogue, tmp_path: Path
) -> None:
    known = plans[0].packages[0].id
    plan = change_package(plans[0], known, catalogue, note="Only for us", cost=9000)
    text = table(hand_over(plan, catalogue, audience="client"), "packages")
    assert "Only for us" not in text
    path = tmp_path / "client.csv"
    path.write_text(text, encoding="utf-8", newline="")
    assert read(path, plan, catalogue=catalogue).result == plan


def test_a_row_that_says_it_is_the_catalogues_and_is_changed_is_the_plans_own(
    plans: tuple[Project, ...], catalogue: Catalogue, tmp_path: Path
) -> None:
    plan = plans[0]
    known = next(package for package in plan.packages if package.source == "catalogue" and package.capability)
    rows = list(csv.reader(io.StringIO(table(hand_over(plan, catalogue), "packages")[1:])))
    place = rows[0].index("Work package")
    for row in rows:
        if row[0] == known.id:
            row[place] = "Changed in the spreadsheet"
    path = tmp_path / "changed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    after = read(path, plan, catalogue=catalogue).result
    assert after is not None
    changed = after.package_by_id[known.id]
    assert (changed.name, changed.source) == ("Changed in the spreadsheet", "own")
    assert {package.id for package in after.packages if package.source == "own"} - {known.id} == {
        package.id for package in plan.packages if package.source == "own"
    }


@pytest.mark.parametrize(("delimiter", "point", "form"), [(",", ".", "{1}/{2}/{0}"), (";", ",", "{2}.{1}.{0}")])
def test_what_a_spreadsheet_of_another_country_has_saved_again_comes_back(
    plans: tuple[Project, ...], catalogue: Catalogue, tmp_path: Path, delimiter: str, point: str, form: str
) -> None:
    def saved(cell: str) -> str:
        if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
            return form.format(*(int(part) for part in found.groups()))
        return cell.replace(".", point) if re.fullmatch(r"\d+\.\d+", cell) else cell

    rows = csv.reader(io.StringIO(table(hand_over(plans[0], catalogue), "packages")[1:]))
    path = tmp_path / "again.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([saved(cell) for cell in row] for row in rows)
    assert told(plans[0], read(path, plans[0], catalogue=catalogue).result or plans[1]) == []
