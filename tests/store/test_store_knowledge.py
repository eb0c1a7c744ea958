"""The tables of the knowledge in a plan file: their layout, what an edit changes in it, and faults told once."""

import copy
import difflib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_layouts import laid_out, planned, remarks
from store_tables import answer

from planner.model.answers import Answer, AnswerSheet, Experience
from planner.model.calendar import Role
from planner.model.context import Context
from planner.model.decode import encode
from planner.model.project import Engagement, Limits, Project
from planner.model.values import Fixed
from planner.store import render
from planner.store.load import PlanUnreadable, parse
from planner.store.save import dumps

Edit = Callable[[Project], Project]

HAND = """\
schema = 2

[engagement]
name = "Desk first"
start = 2027-01-04

[context]
form = "functional" # two divisions

# ticked at the kick-off
[context.ticks]
leadership = ["goal", "resources"] # of five
x-open = ["money"]

[[processes]]
id = "incident"
name = "Incident management"
baseline = { people = 1, process = 1, tech = 1 }
target = { people = 2, process = 2, tech = 2 }
ticks = { design = ["owner"], x-seen = true } # workshop
posts = { analyst = "desk" }

# both shifts
[[answer_sheets]]
process = "incident"
assessor = "Mei"
answers = [
  # people
  { criterion = "P2.1", reply = "yes", quality = "seen" }, # roster
  { criterion = "P2.2", reply = "partly" },
  # tool
  { criterion = "T2.1", reply = "no", x-ask = "Lin" }, # once more
  { criterion = "T2.2", reply = "n/a" }
]
x-room = "4.12"

[[answer_sheets]]
process = "incident"
assessor = "Lin"

[experience]
respondents = 42

[experience.scores]
central-desk = 1 # poor
attitude = 4

[[posts]]
id = "desk"
name = "Desk"
"""


def sheet(project: Project, *answers: Answer, at: int = 0) -> Project:
    sheets = list(project.answer_sheets)
    sheets[at] = replace(sheets[at], answers=answers)
    return replace(project, answer_sheets=tuple(sheets))


def kept(project: Project, *places: int) -> Project:
    answers = project.answer_sheets[0].answers
    return sheet(project, *(answers[place] for place in places))


def process(project: Project, **fields: Any) -> Project:
    return replace(project, processes=(replace(project.processes[0], **fields), *project.processes[1:]))


NEW = Answer(criterion="T2.3", reply="yes", via="tool", day=date(2026, 11, 30))

CHANGES: dict[str, tuple[Edit, Callable[[str], str]]] = {
    "a reply": (
        lambda p: sheet(
            p, *(replace(a, reply="partly") if a.criterion == "T2.1" else a for a in p.answer_sheets[0].answers)
        ),
        lambda t: t.replace('"T2.1", reply = "no",', '"T2.1", reply = "partly",'),
    ),
    "evidence that was not there": (
        lambda p: sheet(
            p, *(replace(a, evidence="so") if a.criterion == "P2.1" else a for a in p.answer_sheets[0].answers)
        ),
        lambda t: t.replace('reply = "yes", quality', 'reply = "yes", evidence = "so", quality'),
    ),
    "an answer more": (
        lambda p: sheet(p, *p.answer_sheets[0].answers[:2], NEW, *p.answer_sheets[0].answers[2:]),
        lambda t: t.replace(
            'reply = "partly" },\n',
            'reply = "partly" },\n  { criterion = "T2.3", reply = "yes", via = "tool", day = 2026-11-30 },\n',
        ),
    ),
    "an answer less": (
        lambda p: kept(p, 0, 2, 3),
        lambda t: t.replace('  { criterion = "P2.2", reply = "partly" },\n', ""),
    ),
    "two answers in another order": (
        lambda p: kept(p, 0, 1, 3, 2),
        lambda t: t.replace(
            '  # tool\n  { criterion = "T2.1", reply = "no", x-ask = "Lin" }, # once more\n'
            '  { criterion = "T2.2", reply = "n/a" }\n',
            '  { criterion = "T2.2", reply = "n/a" },\n'
            '  # tool\n  { criterion = "T2.1", reply = "no", x-ask = "Lin" } # once more\n',
        ),
    ),
    "the first answers of a sheet": (
        lambda p: sheet(p, NEW, at=1),
        lambda t: t.replace(
            'assessor = "Lin"\n',
            'assessor = "Lin"\nanswers = [\n'
            '  { criterion = "T2.3", reply = "yes", via = "tool", day = 2026-11-30 },\n]\n',
        ),
    ),
    "another assessor": (
        lambda p: replace(p, answer_sheets=(p.answer_sheets[0], replace(p.answer_sheets[1], assessor="Li Na"))),
        lambda t: t.replace('assessor = "Lin"', 'assessor = "Li Na"'),
    ),
    "a sheet less": (
        lambda p: replace(p, answer_sheets=p.answer_sheets[1:]),
        lambda t: (
            t[: t.index("# both shifts")] + t[t.index('[[answer_sheets]]\nprocess = "incident"\nassessor = "Lin"') :]
        ),
    ),
    "a tick for the engagement": (
        lambda p: replace(p, context=replace(p.context, ticks=Fixed({"leadership": ("goal", "resources", "time")}))),
        lambda t: t.replace('"resources"]', '"resources", "time"]'),
    ),
    "a checklist more": (
        lambda p: replace(p, context=replace(p.context, ticks=p.context.ticks.with_item("result", ("quality",)))),
        lambda t: t.replace("# of five\n", '# of five\nresult = ["quality"]\n'),
    ),
    "no tick at all": (
        lambda p: replace(p, context=replace(p.context, ticks=Fixed())),
        lambda t: t.replace('leadership = ["goal", "resources"] # of five\n', ""),
    ),
    "a tick for a process": (
        lambda p: process(p, ticks=Fixed({"design": ("owner", "flow")})),
        lambda t: t.replace('design = ["owner"],', 'design = ["owner", "flow"],'),
    ),
    "another post for a role": (
        lambda p: process(p, posts=Fixed({"analyst": "desk", "manager": "desk"})),
        lambda t: t.replace('{ analyst = "desk" }', '{ analyst = "desk", manager = "desk" }'),
    ),
    "a score": (
        lambda p: replace(p, experience=replace(p.experience, scores=p.experience.scores.with_item("central-desk", 3))),
        lambda t: t.replace("central-desk = 1", "central-desk = 3"),
    ),
    "no survey": (
        lambda p: replace(p, experience=Experience()),
        lambda t: t.replace("respondents = 42\n", "").replace(
            "\n[experience.scores]\ncentral-desk = 1 # poor\nattitude = 4\n", ""
        ),
    ),
}


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CHANGES)
def test_one_change_changes_its_lines_only(name: str, line_break: str) -> None:
    edit, expected = CHANGES[name]
    project = parse(HAND, "hand")
    changed = edit(project)
    assert changed != project
    assert expected(HAND) != HAND
    written = dumps(changed, HAND.replace("\n", line_break))
    assert written.splitlines(keepends=True) == expected(HAND).replace("\n", line_break).splitlines(keepends=True)
    assert parse(written, "written") == changed


def test_a_new_file_has_its_own_layout() -> None:
    project = Project(
        engagement=Engagement(name="N", start=date(2027, 1, 4)),
        context=Context(form="functional", ticks=Fixed({"leadership": ("goal", "time"), "result": ()})),
        answer_sheets=(
            AnswerSheet(
                process="incident",
                assessor="Mei",
                answers=(NEW, Answer(criterion="T2.4", reply="n/a", evidence="two\nlines")),
            ),
        ),
        experience=Experience(scores=Fixed({"attitude": 4, "central desk": 1})),
    )
    assert (
        dumps(project)
        == """\
schema = 2

[engagement]
name = "N"
start = 2027-01-04

[context]
form = "functional"

[context.ticks]
leadership = ["goal", "time"]
result = []

[limits]
absorption = 3

[[answer_sheets]]
process = "incident"
assessor = "Mei"
answers = [
  { criterion = "T2.3", reply = "yes", via = "tool", day = 2026-11-30 },
  { criterion = "T2.4", reply = "n/a", evidence = "two\\nlines" },
]

[experience]

[experience.scores]
attitude = 4
"central desk" = 1
"""
    )


def test_a_plan_states_its_limits() -> None:
    """A limit that is as usual is written all the same, but no other edit puts it into a file that leaves it out."""
    project = Project(engagement=Engagement(name="N", start=date(2027, 1, 4)))
    assert "[limits]\nabsorption = 3\n" in dumps(project)
    without = 'schema = 2\n\n[engagement]\nname = "N"\nstart = 2027-01-04\n'
    role = Role(id="lead", name="Lead", fte=1.0)
    assert (
        dumps(replace(project, roles=(role,)), without)
        == f'{without}\n[[roles]]\nid = "lead"\nname = "Lead"\nfte = 1\n'
    )
    weeks = replace(project, limits=Limits(stabilise_weeks=Fixed({"2": 4})))
    assert dumps(weeks, without) == f"{without}\n[limits]\nabsorption = 3\nstabilise_weeks = {{ 2 = 4 }}\n"
    five = f"{without}\n[limits]\nabsorption = 5 # agreed\n"
    assert dumps(project, five) == five.replace("5", "3")
    assert dumps(weeks, f"{without}\n[limits]\n# none said\n") == (
        f"{without}\n[limits]\nstabilise_weeks = {{ 2 = 4 }}\n# none said\n"
    )


def answered(desk: Project) -> Project:
    """Two processes with 60 answers each."""
    sheets = tuple(
        AnswerSheet(process=one.id, assessor="Mei", answers=tuple(answer(n % 25) for n in range(1, 25)) + tuple(more))
        for one, more in (
            (one, [Answer(criterion=f"T{n}", reply="yes") for n in range(36)]) for one in desk.processes[:2]
        )
    )
    return replace(planned(desk), answer_sheets=sheets, packages=(), dependencies=(), processes=desk.processes[:2])


@given(seed=st.integers(0, 10**9), at=st.integers(0, 59), word=st.sampled_from(["new", 'a "b" # c', ""]))
@settings(max_examples=20, deadline=None)
def test_one_answer_of_sixty_is_one_line(desk: Project, seed: int, at: int, word: str) -> None:
    project = answered(desk)
    text = laid_out(project, Random(seed))
    first, second = project.answer_sheets
    answers = tuple(replace(a, evidence=word) if n == at else a for n, a in enumerate(second.answers))
    changed = replace(project, answer_sheets=(first, replace(second, answers=answers)))
    before, after = text.splitlines(), dumps(changed, text).splitlines()
    changes = [code for code in difflib.SequenceMatcher(None, before, after, False).get_opcodes() if code[0] != "equal"]
    assert len(changes) == (changed != project)
    assert all(end - start <= 1 and new_end - new_start <= 1 for _tag, start, end, new_start, new_end in changes)
    lost = remarks(text) - remarks("\n".join(after))
    # With its evidence an answer may lose a line of its own, and what stands behind that.
    assert not lost or (not word and len(lost) == 1 and lost.pop().startswith("# behind"))


# Faults ----------------------------------------------------------------------------------------------------------


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a plan's data at which a value stands, lists and tables included."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def test_a_value_of_the_wrong_kind_is_one_fault_on_its_line(desk: Project) -> None:
    """What cannot be read is told once, and nothing else is told because of it."""
    whole = planned(desk)
    kept = [package.id for package in whole.packages[:2]]
    project = replace(
        whole,
        packages=tuple(replace(package, capability="", after=(), alongside=()) for package in whole.packages[:2]),
        dependencies=(),
        processes=whole.processes[:2],
        roles=whole.roles[:9],
        roadmap=replace(whole.roadmap, packages=Fixed({i: p for i, p in whole.roadmap.packages.items() if i in kept})),  # type: ignore[union-attr, type-var]
        answer_sheets=(replace(whole.answer_sheets[0], answers=whole.answer_sheets[0].answers[:2]),),
    )
    data = encode(project)
    text = render.document(data)
    assert parse(text, "plan") == project
    tried = 0
    for path in places(data):
        if path[0] in ("roles", "posts", "processes", "phases", "packages") and path[2:] in ((), ("id",)):
            continue  # what refers to it is told, too
        wrong = copy.deepcopy(data)
        holder = wrong
        for key in path[:-1]:
            holder = holder[key]
        value = holder[path[-1]]
        holder[path[-1]] = {} if isinstance(value, list) else 7 if isinstance(value, dict) else [7]
        with pytest.raises(PlanUnreadable) as caught:
            parse(_document(wrong), "plan")
        faults = caught.value.faults
        tried += 1
        assert len({fault.line for fault in faults}) == 1, (path, *map(str, faults))
        assert all("must be" in fault.message or "cannot be" in fault.message for fault in faults), (path, faults)
    assert tried > 300


def _document(data: dict[str, Any]) -> str:
    """``data`` as TOML in the layout of a new file, even where a table holds what it should not."""
    tables = {name: value for name, value in data.items() if _is_table(name, value)}
    top = "schema = 2\n" + "".join(f"{k} = {render.inline(v)}\n" for k, v in data.items() if k not in tables)
    return top + "".join(f"\n{render.table((name,), value)}" for name, value in tables.items())


def _is_table(name: str, value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(row, dict) for row in value)
    own = [value[key] for key in value if render.has_heading((name, key))] if isinstance(value, dict) else []
    return isinstance(value, dict) and all(isinstance(inner, dict) for inner in own)
