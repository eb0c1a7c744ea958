"""Whatever is done to a plan in whatever order: its journal tells exactly that, also when it is torn anywhere."""

import json
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_edit_properties import EDITS, RELAXED, adopted

from planner.edit.facts import change_engagement
from planner.edit.refused import Refused
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.rules import problems
from planner.store.delta import Room, Unfit, applied, difference, from_json, to_json
from planner.store.journal import Journal, Told, left, unsaved
from planner.store.save import dumps

FEW = settings(RELAXED, max_examples=8)


@pytest.fixture(params=["desk", "bank"])
def project(request: pytest.FixtureRequest) -> Project:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def edited(project: Project, catalogue: Catalogue, data: st.DataObject) -> Project:
    name = data.draw(st.sampled_from(sorted(EDITS)))
    try:
        return EDITS[name](project, catalogue, data)
    except Refused:
        return project


def through_json(patch: object) -> object:
    return json.loads(json.dumps(patch, default=to_json), object_hook=from_json)


@FEW
@given(data=st.data())
def test_a_difference_makes_the_other_plan_of_one(project: Project, catalogue: Catalogue, data: st.DataObject) -> None:
    one = adopted(project, catalogue, data) if data.draw(st.booleans()) else project
    other = one
    for _ in range(data.draw(st.integers(1, 6))):
        other = edited(other, catalogue, data)
    for before, after in ((one, other), (other, one), (one, project)):
        patch = difference(before, after)
        assert (patch is None) == (before == after)
        assert applied(Project, before, through_json(patch or {"f": {}}), Room(10**6)) == after
    assert difference(other, replace(other)) is None


@dataclass
class Expected:
    """What a journal should tell, kept the plain way."""

    states: list[Project]
    at: int = 0
    saved: int | None = 0
    file: Project | None = None
    drafts: dict[str, str] = field(default_factory=dict)

    def edit(self, after: Project) -> None:
        if self.saved is not None and self.saved > self.at:
            self.saved = None
        self.states[self.at + 1 :] = [after]
        self.at += 1

    def check(self, told: Told) -> None:
        assert [plan for _label, plan in told.steps] == self.states
        assert (told.at, told.saved, told.file, dict(told.drafts)) == (self.at, self.saved, self.file, self.drafts)


@FEW
@given(data=st.data())
def test_a_journal_tells_what_was_done_over_several_sessions(
    project: Project, catalogue: Catalogue, data: st.DataObject
) -> None:
    sessions(project, catalogue, data)


def sessions(project: Project, catalogue: Catalogue, data: st.DataObject) -> None:
    """Draws what is done in several sessions on ``project``, and compares what the journal tells with what was done."""
    with TemporaryDirectory() as place:
        path = Path(place) / "plan.toml"
        text = dumps(project)
        path.touch()  # of a plan that has gone everything counts as left
        expected = Expected([project], file=project)
        journal = Journal.begin(path, text, project)
        for _ in range(data.draw(st.integers(1, 14))):
            present = expected.states[expected.at]
            act = data.draw(
                st.sampled_from(["edit", "edit", "edit", "go", "save", "discard", "draft", "again", "killed"])
            )
            if act == "edit":
                after = edited(present, catalogue, data)
                if after != present:
                    journal.edit("an edit", present, after)
                    expected.edit(after)
            elif act == "go":
                there = data.draw(st.integers(0, len(expected.states) - 1))
                if there != expected.at:
                    journal.go(there - expected.at)
                    expected.at = there
            elif act == "save":
                text = dumps(present, text)
                journal.saved(present, text)
                if journal.file is None:
                    expected.states, expected.at = [present], 0
                expected.saved, expected.file = expected.at, present
            elif act == "discard":
                journal.discard()
                if expected.saved is None:
                    assert expected.file is not None
                    expected.edit(expected.file)
                    expected.saved = expected.at
                expected.at = expected.saved
            elif act == "draft":
                words = data.draw(st.sampled_from(["", "half a com"]))
                journal.draft("form", words)
                expected.drafts = {"form": words} if words else {}
            elif journal.file is not None:
                if act == "again":
                    journal.close()
                else:
                    journal._file.close(1)  # what the system does to a killed session's files
                found = left(path)
                edits = abs(expected.at - expected.saved) if expected.saved is not None else 1
                assert bool(found) == bool(edits or expected.drafts)
                assert (unsaved(path) > 0) == (edits > 0)
                assert expected.file is not None
                journal = Journal.begin(path, text, expected.file)
                told = journal.recall()
                assert told is not None
                expected.check(told)
                assert journal.resume(told)
                expected.states = [plan for _label, plan in told.steps]
        if journal.file is not None:
            journal.close()
            again = Journal.begin(path, text, project).recall()
            assert again is not None
            expected.check(again)


@pytest.fixture(scope="module")
def journal_of_three(desk: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Project]]:
    """The bytes of a journal with three edits of a small plan, and the plans it may tell."""
    small = Project(engagement=replace(desk.engagement, programme=()), roles=desk.roles[:1])
    assert problems(small) == []
    path = tmp_path_factory.mktemp("torn") / "plan.toml"
    journal = Journal.begin(path, dumps(small), small)
    plans = [small]
    for name in ("One", "Two", "Three"):
        plans.append(change_engagement(plans[-1], name=name))
        journal.edit(name, plans[-2], plans[-1])
    journal.close()
    assert journal.file is not None
    return journal.file.read_bytes(), plans


def test_a_journal_torn_at_any_byte_tells_what_came_before(
    journal_of_three: tuple[bytes, list[Project]], tmp_path: Path
) -> None:
    whole, plans = journal_of_three
    path = tmp_path / "plan.toml"
    file = tmp_path / ".planner" / "plan.toml.journal"
    file.parent.mkdir()
    path.touch()
    ends = [n + 1 for n, byte in enumerate(whole) if byte == 10]
    file.write_bytes(whole)
    for size in range(len(whole), -1, -1):
        with file.open("r+b") as stream:
            stream.truncate(size)
        edits = sum(end <= size for end in ends) - 1
        if size < ends[0] and size % 40:
            continue  # the long first record, of which a part tells nothing
        found = left(path)
        assert [one.edits for one in found] == ([edits] if edits > 0 else [])
        assert unsaved(path) == max(0, edits)
        told = Journal.begin(path, "", plans[0]).recall()
        assert (told is None) == (edits < 0)
        if told is not None:
            assert [plan for _label, plan in told.steps] == plans[: edits + 1]


def test_a_journal_with_any_byte_changed_tells_a_beginning_of_it(
    journal_of_three: tuple[bytes, list[Project]], tmp_path: Path
) -> None:
    whole, plans = journal_of_three
    path = tmp_path / "plan.toml"
    file = tmp_path / ".planner" / "plan.toml.journal"
    file.parent.mkdir()
    chance = random.Random(7)
    for _ in range(60):
        place = chance.randrange(len(whole))
        file.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
        told = Journal.begin(path, "", plans[0]).recall()
        if told is not None:
            assert [plan for _label, plan in told.steps] == plans[: len(told.steps)]
            assert len(told.steps) < len(plans)


@pytest.mark.soak
@settings(RELAXED, max_examples=1000)
@given(data=st.data())
def test_many_sessions(desk: Project, catalogue: Catalogue, data: st.DataObject) -> None:
    sessions(desk, catalogue, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["=", "f", "m", "r", "i", "put", "cut", "packages", "engagement", "name"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(patch=JSON)
def test_a_difference_of_unknown_origin_makes_a_plan_or_is_refused(desk: Project, patch: object) -> None:
    try:
        after = applied(Project, desk, patch, Room(10**6))
    except Unfit:
        return
    assert isinstance(after, Project)
    assert applied(Project, desk, through_json(difference(desk, after) or {"f": {}}), Room(10**6)) == after
