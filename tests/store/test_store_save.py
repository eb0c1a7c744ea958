"""What a save does to the text: nothing but what changed changes."""

import difflib
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_layouts import edited, laid_out, planned, remarks

from planner.model.calendar import Calendar, Period, Role
from planner.model.decode import decode, encode
from planner.model.project import (
    Dependency,
    Engagement,
    LeftOut,
    Limits,
    Phase,
    Pin,
    Placement,
    ProcessScope,
    Project,
    Roadmap,
    WorkPackage,
)
from planner.model.values import Duration, Effort, Fixed
from planner.store.load import parse
from planner.store.merge import Unmergeable, merge
from planner.store.save import SaveFailed, dumps

HAND = """\
# Rollout plan, kept by hand.
schema = 2

# Who it is for
[engagement]
name  =  "Desk first"   # working title
start = 2027-01-04
x-account = "A-17"
goal = '''
Users get an answer
at the first call.
'''

[calendar]
holidays = [ # as the works council has them
  # spring
  { first = 2027-05-01, last = 2027-05-01, name = "May Day" },
  { first = 2027-05-17, last = 2027-05-17 }, # Whit Monday
  # winter
  { first = 2027-12-24, last = 2027-12-26, x-paid = false }
]

[limits]
absorption = 2

#--- people ---

[[roles]]
id = "lead"
name = "Change lead"
fte = 0.50 # until summer

# the night shift too
[[roles]]
id = "desk"
name = "Service desk"
fte = 4
changes = [{ since = 2027-06-01, fte = 5 }]
# two join in June

#--- processes ---

[[processes]]
id = "incident"
name = "Incident management"
baseline = { people=1, process=1, tech=1, x-by="workshop" }
target = { people=2, process=2, tech=2 }

[[phases]]
id = "p1"
name = "First"
goal = "Tool and people" # agreed

[[packages]]
id = "train"
name = "Train"
capability = "incident@2"
workstream = "people"
days = [ 4, 5, 8 ]
effort = { lead = [1, 2.0, 3], desk = [2, 4, 6] }

# tool first
[[packages]]
id = "tool"
name = "Tool"
capability = "incident@2"
workstream = "tech"
days = [4, 5, 8]

[packages.effort] # in days
lead = [1, 2, 2] # low

[[packages]]
id = "books"
name = "Books"
workstream = "standard"
days = [1, 1, 1]
note = "last"

[[dependencies]]
item = "train"
needs = "tool"
lag = 0 # said so

[roadmap]
strategy = "by hand"

[roadmap.packages]
# first wave
tool  = { phase = "p1", start = 2027-01-04, finish = 2027-01-08 }
train = { phase = "p1", start = 2027-01-11, finish = 2027-01-15, x-sure = false } # after the tool

[x-tool]
opened = 3 # times
"""

Edit = Callable[[Project], Project]


def package(project: Project, name: str, **fields: object) -> Project:
    return replace(project, packages=tuple(replace(p, **fields) if p.id == name else p for p in project.packages))


def engagement(project: Project, **fields: object) -> Project:
    return replace(project, engagement=replace(project.engagement, **fields))


def calendar(project: Project, *holidays: Period) -> Project:
    return replace(project, calendar=replace(project.calendar, holidays=holidays))


def placed(project: Project, **packages: Placement | None) -> Project:
    assert project.roadmap
    kept = {name: place for name, place in {**project.roadmap.packages, **packages}.items() if place}
    return replace(project, roadmap=replace(project.roadmap, packages=Fixed(kept)))


def added(project: Project, table: str, row: object, at: int = 99) -> Project:
    rows = getattr(project, table)
    return replace(project, **{table: (*rows[:at], row, *rows[at:])})


def without(project: Project, table: str, at: int) -> Project:
    rows = getattr(project, table)
    return replace(project, **{table: rows[:at] + rows[at + 1 :]})


def between(text: str, first: str, last: str) -> str:
    """What stands in ``text`` from ``first`` up to ``last``."""
    start = text.index(first)
    return text[start : text.index(last, start)]


def cut(text: str, first: str, last: str) -> str:
    """``text`` without what stands from ``first`` up to ``last``."""
    start = text.index(first)
    return text[:start] + text[text.index(last, start) :]


SPRING = Period(first=date(2027, 5, 1), last=date(2027, 5, 1), name="May Day")
WHIT = Period(first=date(2027, 5, 17), last=date(2027, 5, 17))
WINTER = Period(first=date(2027, 12, 24), last=date(2027, 12, 26))
AUTUMN = Period(first=date(2027, 10, 3), last=date(2027, 10, 3))
TOOL = between(HAND, "# tool first", '\n\n[[packages]]\nid = "books"')
BOOKS = between(HAND, '[[packages]]\nid = "books"', "\n\n[[dependencies]]")
TRAIN = Placement(phase="p1", start=date(2027, 1, 11), finish=date(2027, 1, 15))

CHANGES: dict[str, tuple[Edit, Callable[[str], str]]] = {
    "a value": (
        lambda p: engagement(p, name="Desk, then tools"),
        lambda t: t.replace('"Desk first"', '"Desk, then tools"'),
    ),
    "a date": (
        lambda p: engagement(p, start=date(2027, 2, 1)),
        lambda t: t.replace("start = 2027-01-04\nx-", "start = 2027-02-01\nx-"),
    ),
    "a text of several lines": (
        lambda p: engagement(p, goal='One\n"two"\\\n'),
        lambda t: t.replace("'''\nUsers get an answer\nat the first call.\n'''", '"""\nOne\n"two"\\\\\n"""'),
    ),
    "a key that was not there": (
        lambda p: engagement(p, client="Example Ltd", sponsor="The board"),
        lambda t: t.replace("# working title\n", '# working title\nclient = "Example Ltd"\n').replace(
            "start = 2027-01-04\nx-", 'start = 2027-01-04\nsponsor = "The board"\nx-'
        ),
    ),
    "a key back to its default": (
        lambda p: package(p, "books", note=""),
        lambda t: t.replace('note = "last"\n', ""),
    ),
    "an explicit default": (
        lambda p: replace(p, dependencies=(replace(p.dependencies[0], lag=3),)),
        lambda t: t.replace("lag = 0 # said so", "lag = 3 # said so"),
    ),
    "a whole number for a half": (
        lambda p: replace(p, roles=(replace(p.roles[0], fte=1.0), p.roles[1])),
        lambda t: t.replace("fte = 0.50 #", "fte = 1 #"),
    ),
    "a number in a list": (
        lambda p: package(p, "train", days=Duration(4, 6, 8)),
        lambda t: t.replace("[ 4, 5, 8 ]", "[ 4, 6, 8 ]"),
    ),
    "an estimate in braces": (
        lambda p: package(p, "train", effort=Fixed({"lead": Effort(1, 2, 3.5), "desk": Effort(2, 4, 6)})),
        lambda t: t.replace("lead = [1, 2.0, 3],", "lead = [1, 2.0, 3.5],"),
    ),
    "a level in braces with a remark": (
        lambda p: replace(
            p, processes=(replace(p.processes[0], baseline=Fixed({"people": 1, "process": 2, "tech": 1})),)
        ),
        lambda t: t.replace("process=1, tech=1, x-by", "process=2, tech=1, x-by"),
    ),
    "an effort more and one less": (
        lambda p: package(p, "train", effort=Fixed({"desk": Effort(2, 4, 6), "neu": Effort(1, 1, 1)})),
        lambda t: t.replace("{ lead = [1, 2.0, 3], desk = [2, 4, 6] }", "{ desk = [2, 4, 6], neu = [1, 1, 1] }"),
    ),
    "an effort below a heading": (
        lambda p: package(p, "tool", effort=Fixed({"lead": Effort(1, 2, 2), "desk": Effort(1, 2, 3)})),
        lambda t: t.replace("lead = [1, 2, 2] # low\n", "lead = [1, 2, 2] # low\ndesk = [1, 2, 3]\n"),
    ),
    "a holiday more": (
        lambda p: calendar(p, SPRING, WHIT, AUTUMN, WINTER),
        lambda t: t.replace("# Whit Monday\n", "# Whit Monday\n  { first = 2027-10-03, last = 2027-10-03 },\n"),
    ),
    "a holiday less": (
        lambda p: calendar(p, SPRING, WINTER),
        lambda t: t.replace("  { first = 2027-05-17, last = 2027-05-17 }, # Whit Monday\n", ""),
    ),
    "the last holiday less": (
        lambda p: calendar(p, SPRING, WHIT),
        lambda t: t.replace("2027-05-17 }, # Whit", "2027-05-17 } # Whit").replace(
            "  { first = 2027-12-24, last = 2027-12-26, x-paid = false }\n", ""
        ),
    ),
    "a holiday moved": (
        lambda p: calendar(p, SPRING, WHIT, replace(WINTER, last=date(2027, 12, 27))),
        lambda t: t.replace("last = 2027-12-26, x-paid", "last = 2027-12-27, x-paid"),
    ),
    "a capacity change more": (
        lambda p: replace(
            p,
            roles=(
                p.roles[0],
                replace(
                    p.roles[1], changes=(*p.roles[1].changes, replace(p.roles[1].changes[0], since=date(2027, 9, 1)))
                ),
            ),
        ),
        lambda t: t.replace("fte = 5 }]", "fte = 5 }, { since = 2027-09-01, fte = 5 }]"),
    ),
    "a role more at the end": (
        lambda p: added(p, "roles", Role(id="board", name="Board", fte=0.1)),
        lambda t: t.replace(
            "# two join in June\n", '# two join in June\n\n[[roles]]\nid = "board"\nname = "Board"\nfte = 0.1\n'
        ),
    ),
    "a role more at the beginning": (
        lambda p: added(p, "roles", Role(id="board", name="Board", fte=0.1), 0),
        lambda t: t.replace(
            '[[roles]]\nid = "lead"',
            '[[roles]]\nid = "board"\nname = "Board"\nfte = 0.1\n\n[[roles]]\nid = "lead"',
        ),
    ),
    "a package less": (
        lambda p: without(p, "packages", 1),
        lambda t: cut(t, "# tool first\n", '[[packages]]\nid = "books"'),
    ),
    "the first package less": (
        lambda p: without(p, "packages", 0),
        lambda t: cut(t, '[[packages]]\nid = "train"', "# tool first"),
    ),
    "two packages change places": (
        lambda p: replace(p, packages=(p.packages[0], p.packages[2], p.packages[1])),
        lambda t: t.replace(between(t, "# tool first", "\n\n[[dependencies]]"), f"{BOOKS}\n\n{TOOL}"),
    ),
    "the only dependency less": (
        lambda p: replace(p, dependencies=()),
        lambda t: cut(t, "[[dependencies]]", "[roadmap]"),
    ),
    "a dependency of another type": (
        lambda p: replace(p, dependencies=(replace(p.dependencies[0], type="start-start"),)),
        lambda t: t.replace('needs = "tool"\n', 'needs = "tool"\ntype = "start-start"\n'),
    ),
    "tables that were not there": (
        lambda p: added(added(p, "pins", Pin(item="tool", phase="p1")), "left_out", LeftOut(package="old")),
        lambda t: t.replace(
            "# said so\n", '# said so\n\n[[pins]]\nitem = "tool"\nphase = "p1"\n\n[[left_out]]\npackage = "old"\n'
        ),
    ),
    "a first phase before the other": (
        lambda p: added(p, "phases", Phase(id="p0", name="Zero", overlap=True), 0),
        lambda t: t.replace(
            '[[phases]]\nid = "p1"', '[[phases]]\nid = "p0"\nname = "Zero"\noverlap = true\n\n[[phases]]\nid = "p1"'
        ),
    ),
    "the limits back to their defaults": (
        lambda p: replace(p, limits=Limits()),
        lambda t: t.replace("absorption = 2", "absorption = 3"),
    ),
    "weeks to settle": (
        lambda p: replace(p, limits=replace(p.limits, stabilise_weeks=Fixed({"2": 4, "3": 8}))),
        lambda t: t.replace("absorption = 2\n", "absorption = 2\nstabilise_weeks = { 2 = 4, 3 = 8 }\n"),
    ),
    "a package placed elsewhere": (
        lambda p: placed(p, train=replace(TRAIN, finish=date(2027, 1, 18))),
        lambda t: t.replace("finish = 2027-01-15", "finish = 2027-01-18"),
    ),
    "a package placed and one taken out": (
        lambda p: placed(p, train=None, books=TRAIN),
        lambda t: t.replace(
            'train = { phase = "p1", start = 2027-01-11, finish = 2027-01-15, x-sure = false } # after the tool\n',
            'books = { phase = "p1", start = 2027-01-11, finish = 2027-01-15 }\n',
        ),
    ),
    "no roadmap any more": (
        lambda p: replace(p, roadmap=None),
        lambda t: cut(t, "[roadmap]", "[x-tool]"),
    ),
}


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("ending", ["whole", "no last line break", "mark"])
@pytest.mark.parametrize("name", CHANGES)
def test_one_change_changes_its_lines_only(name: str, line_break: str, ending: str) -> None:
    edit, expected = CHANGES[name]

    def variant(text: str) -> str:
        text = text.rstrip("\n") if ending == "no last line break" else text
        return ("\ufeff" if ending == "mark" else "") + text.replace("\n", line_break)

    project = parse(HAND, "hand")
    changed = edit(project)
    assert changed != project
    assert expected(HAND) != HAND
    written = dumps(changed, variant(HAND))
    assert written.splitlines(keepends=True) == variant(expected(HAND)).splitlines(keepends=True)
    assert dumps(project, written) != written


TOP = 'schema = 2\n\n[engagement]\nname = "N"\nstart = 2027-01-04\n\n'


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        (  # what follows a removed value does not slip into the comment before it
            '[calendar]\nworking_days = ["mon", # first\n  "tue", "wed"]\n',
            lambda p: replace(p, calendar=Calendar(working_days=("mon", "wed"))),
            '[calendar]\nworking_days = ["mon", # first\n "wed"]\n',
        ),
        (
            "[calendar]\nholidays = [ # none yet\n]\n",
            lambda p: calendar(p, WHIT),
            "[calendar]\nholidays = [{ first = 2027-05-17, last = 2027-05-17 } # none yet\n]\n",
        ),
        (
            "[calendar]\nholidays = []\n",
            lambda p: calendar(p, WHIT, AUTUMN),
            "[calendar]\nholidays = [\n  { first = 2027-05-17, last = 2027-05-17 },\n"
            "  { first = 2027-10-03, last = 2027-10-03 },\n]\n",
        ),
        (
            "[calendar]\nholidays = [\n  { first = 2027-05-17, last = 2027-05-17 } # Whit\n]\n",
            lambda p: calendar(p, WHIT, AUTUMN),
            "[calendar]\nholidays = [\n  { first = 2027-05-17, last = 2027-05-17 }, # Whit\n"
            "  { first = 2027-10-03, last = 2027-10-03 }\n]\n",
        ),
        (  # remarks in a table stay when every key of the plan leaves it
            '[limits.stabilise_weeks] # judged\n2 = 4\nx-why = "a remark"\n',
            lambda p: replace(p, limits=Limits()),
            '[limits.stabilise_weeks] # judged\nx-why = "a remark"\n',
        ),
        (
            'limits = { stabilise_weeks = { 2 = 4, x-why = "a remark" } }\n',
            lambda p: replace(p, limits=Limits(absorption=5)),
            'limits = { stabilise_weeks = { x-why = "a remark" }, absorption = 5 }\n',
        ),
        (  # a table of which only an inner one has a heading gets its own before it
            "# settle\n[limits.stabilise_weeks]\n2 = 4\n",
            lambda p: replace(p, limits=replace(p.limits, absorption=5)),
            "[limits]\nabsorption = 5\n\n# settle\n[limits.stabilise_weeks]\n2 = 4\n",
        ),
        (
            "[limits]\nstabilise_weeks.2 = 4\n",
            lambda p: replace(p, limits=replace(p.limits, stabilise_weeks=Fixed({"2": 4, "3": 8}))),
            "[limits]\nstabilise_weeks.2 = 4\nstabilise_weeks.3 = 8\n",
        ),
    ],
)
def test_small_print(before: str, edit: Edit, after: str) -> None:
    text = TOP + before if before.startswith("[") or before.startswith("#") else before + TOP
    expected = TOP + after if text.startswith(TOP) else after + TOP
    assert dumps(edit(parse(text, "small")), text) == expected


def test_nothing_changed_is_nothing_written() -> None:
    project = parse(HAND, "hand")
    assert dumps(project, HAND) is HAND
    assert dumps(replace(project, roles=tuple(replace(role) for role in project.roles)), HAND) == HAND


def test_a_new_file_has_its_own_layout() -> None:
    project = Project(
        engagement=Engagement(name='The "desk"', start=date(2027, 1, 4), goal="One\ntwo"),
        calendar=Calendar(working_days=("mon", "tue"), holidays=(SPRING, WHIT)),
        limits=Limits(absorption=2, stabilise_weeks=Fixed({"2": 4})),
        roles=(Role(id="lead", name="Lead", fte=1.0),),
        processes=(
            ProcessScope(
                id="incident",
                name="Incident",
                baseline=Fixed({"people": 1, "process": 1, "tech": 1}),
                target=Fixed({"people": 2, "process": 2, "tech": 2}),
            ),
        ),
        phases=(Phase(id="p1", name="First", exit_criteria=("Desk answers",)),),
        packages=(
            WorkPackage(
                id="a", name="A", workstream="people", days=Duration(1, 2, 3), effort=Fixed({"lead": Effort(0.5, 1, 2)})
            ),
        ),
        dependencies=(Dependency(item="incident@2", needs="a"),),
        pins=(Pin(item="a", deadline=date(2027, 3, 1)),),
        roadmap=Roadmap(
            strategy="own",
            packages=Fixed({"a": Placement(phase="p1", start=date(2027, 1, 4), finish=date(2027, 1, 5))}),
        ),
    )
    assert (
        dumps(project)
        == '''\
schema = 2

[engagement]
name = "The \\"desk\\""
start = 2027-01-04
goal = """
One
two"""

[calendar]
working_days = ["mon", "tue"]
holidays = [
  { first = 2027-05-01, last = 2027-05-01, name = "May Day" },
  { first = 2027-05-17, last = 2027-05-17 },
]

[limits]
absorption = 2
stabilise_weeks = { 2 = 4 }

[[roles]]
id = "lead"
name = "Lead"
fte = 1

[[processes]]
id = "incident"
name = "Incident"
baseline = { people = 1, process = 1, tech = 1 }
target = { people = 2, process = 2, tech = 2 }

[[phases]]
id = "p1"
name = "First"
exit_criteria = ["Desk answers"]

[[packages]]
id = "a"
name = "A"
workstream = "people"
days = [1, 2, 3]
effort = { lead = [0.5, 1, 2] }

[[dependencies]]
item = "incident@2"
needs = "a"

[[pins]]
item = "a"
deadline = 2027-03-01

[roadmap]
strategy = "own"

[roadmap.packages]
a = { phase = "p1", start = 2027-01-04, finish = 2027-01-05 }
'''
    )


def test_started_projects_come_back(desk: Project, bank: Project) -> None:
    for project in (desk, bank, planned(desk)):
        text = dumps(project)
        assert decode(Project, tomllib.loads(text)) == (project, [])
        assert dumps(project, text) == text


@given(seed=st.integers(0, 10**9))
@settings(max_examples=30, deadline=None)
def test_any_edits_of_any_layout_come_back(desk: Project, seed: int) -> None:
    """Three saves in a row of a file in some layout: each reads back as the project and keeps the file's ways."""
    random = Random(seed)
    project = small(desk)
    text = laid_out(project, random)
    assert dumps(project, text) == text
    for _save in range(3):
        project, misfits = decode(Project, encode(edited(project, random)))  # type: ignore[assignment]
        assert misfits == []
        written = dumps(project, text)
        assert decode(Project, tomllib.loads(written.removeprefix("\ufeff"))) == (project, [])
        assert written.startswith("\ufeff") == text.startswith("\ufeff")
        assert written.endswith("\n") == text.endswith("\n")
        assert "\r\n" not in text or "\n" not in written.replace("\r\n", "")
        text = written


@given(seed=st.integers(0, 10**9), at=st.integers(0, 11), word=st.sampled_from(["new", "", 'a "b" # c']))
@settings(max_examples=30, deadline=None)
def test_an_edit_of_one_field_is_confined(desk: Project, seed: int, at: int, word: str) -> None:
    project = small(desk)
    text = laid_out(project, Random(seed))
    changed = replace(
        project,
        packages=tuple(replace(p, note=word) if n == at else p for n, p in enumerate(project.packages)),
    )
    before, after = text.splitlines(), dumps(changed, text).splitlines()
    changes = [code for code in difflib.SequenceMatcher(None, before, after, False).get_opcodes() if code[0] != "equal"]
    assert len(changes) == (changed != project)
    for _tag, start, end, new_start, new_end in changes:
        assert end - start <= 1
        assert new_end - new_start <= 1
    assert remarks(text) == remarks("\n".join(after))


@given(seed=st.integers(0, 10**9))
@settings(max_examples=20, deadline=None)
def test_what_is_only_added_loses_no_remark(desk: Project, seed: int) -> None:
    random = Random(seed)
    project = small(desk)
    text = laid_out(project, random)
    changed = added(project, "roles", Role(id="new", name="New", fte=1), random.randint(0, 3))
    changed = added(changed, "packages", replace(project.packages[0], id="new"), random.randint(0, 12))
    changed = engagement(changed, sponsor="The board")
    changed = calendar(changed, *project.calendar.holidays, AUTUMN)
    written = dumps(changed, text)
    assert remarks(written) == remarks(text)
    assert {line.strip() for line in text.splitlines() if line.startswith("[")} <= {
        line.strip() for line in written.splitlines()
    }


def small(desk: Project) -> Project:
    whole = planned(desk)
    return replace(
        whole,
        packages=whole.packages[:12],
        dependencies=whole.dependencies[:4],
        processes=whole.processes[:4],
        roles=whole.roles[:3],
    )


def test_a_layout_that_cannot_be_kept_is_no_reason_to_lose_remarks() -> None:
    """Dotted keys in braces are not changed in place: without remarks the file is written anew, else not at all."""
    plain = 'schema = 2\nengagement = { name = "N", start = 2027-01-04 }\nlimits = { stabilise_weeks.2 = 4 }\n'
    project = parse(plain, "plain")
    changed = replace(project, limits=Limits(absorption=5, stabilise_weeks=Fixed({"2": 6})))
    with pytest.raises(Unmergeable):
        merge(plain, encode(project), encode(changed))
    assert dumps(changed, plain) == dumps(changed)
    for remark in ("# a remark\n", "x-key = 1\n"):
        with pytest.raises(SaveFailed, match="save under a new name"):
            dumps(changed, remark + plain)


def test_a_plan_that_no_file_can_hold_is_refused(desk: Project) -> None:
    with pytest.raises(SaveFailed, match=r"roles 0 fte must be at least 0"):
        dumps(replace(desk, roles=(Role(id="r", name="R", fte=-1),)))


def test_text_before_must_be_a_plan(desk: Project) -> None:
    with pytest.raises(ValueError, match="not a plan"):
        dumps(desk, "schema = 2\n")
