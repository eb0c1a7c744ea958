"""Adding a process, a standard, a track, a strategy or an engagement is adding TOML, and plans are made with them."""

from datetime import date
from pathlib import Path

import pytest
from added_templates import made

from planner.catalog.ids import process_ids
from planner.catalog.load import CatalogueError, load, templates_folder
from planner.checks.check import check
from planner.edit.certification import set_certification
from planner.edit.roadmap import adopt
from planner.edit.start import start
from planner.edit.tracks import enrol
from planner.model.knowledge import Catalogue
from planner.model.rules import problems
from planner.rollout.propose import propose
from planner.rollout.verify import verify

BEGIN = date(2027, 1, 4)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return made(tmp_path / "mine")


def test_added_tables_follow_the_planner_s_own(mine: Path, catalogue: Catalogue) -> None:
    both = load(templates_folder(), mine)
    assert both.processes[:-1] == catalogue.processes
    assert both.processes[-1].id == "catering"
    assert {s.id for s in both.standards} - {s.id for s in catalogue.standards} == {"guild-7"}
    assert process_ids(templates_folder(), mine) - process_ids() == {"catering"}
    assert load(templates_folder(), mine) is both


def test_a_fictitious_standard_and_track_are_planned_with(mine: Path) -> None:
    """In a plan of the planner's own template, whose people know nothing of the guild."""
    both = load(templates_folder(), mine)
    plan = start(both.engagement_by_id["desk-first"], both, begin=BEGIN)
    plan = set_certification(plan, both, "guild-7", date(2028, 12, 1))
    plan = enrol(plan, both, "guild-ladle", "apprentice", "desk-lead", date(2027, 3, 1))
    assert problems(plan, process_ids(templates_folder(), mine)) == []
    assert {"catering-2-people", "catering-2-process", "catering-2-tech", "catering-2-standard"} <= set(
        plan.package_by_id
    )
    assert plan.process_by_id["catering"].target_level == 2
    assert [stone.day for stone in plan.milestones if stone.kind == "audit"] == [date(2028, 12, 1)]
    assert date(2029, 12, 1) in [stone.day for stone in plan.milestones if stone.kind == "surveillance"]
    steps = [package.name for package in plan.packages if "Silver ladle" in package.name]
    assert [name.rpartition(": ")[2] for name in steps] == ["Cooking school", "Trial dinner"]
    proposal = propose(plan, both.strategy_by_id["service-desk-first"])
    plan = adopt(plan, proposal.roadmap, proposal.phases)
    assert verify(plan) == ()
    place = proposal.roadmap.packages["catering-2-process"]
    assert place.start > max(proposal.roadmap.packages[p.id].finish for p in plan.packages_of["request@2"])
    assert not [finding for finding in check(plan, both) if finding.id == "CHK46"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_consultant_s_own_engagement_uses_all_of_them(mine: Path, language: str) -> None:
    both = load(templates_folder(), mine)
    plan = start(both.engagement_by_id["inn"], both, begin=BEGIN, language=language)  # type: ignore[arg-type]
    assert [goal.standard for goal in plan.certifications] == ["guild-7"]
    assert [entry.holder for entry in plan.enrolments] == ["cook"]
    assert plan.process_by_id["catering"].manager == "cook"
    assert [stone.name for stone in plan.milestones if stone.kind == "benefit"] == [
        "热饭一餐" if language == "zh" else "A warm meal"
    ]
    proposal = propose(plan, both.strategy_by_id["guests-first"])
    assert verify(plan, proposal.roadmap, proposal.phases) == ()
    assert proposal.phases[-1].name == ("第一餐" if language == "zh" else "The first meal")


def told(folder: Path) -> list[tuple[str, tuple[str | int, ...], str]]:
    with pytest.raises(CatalogueError) as caught:
        load(templates_folder(), folder)
    return [(f.file.relative_to(folder).as_posix(), f.keys, f.message) for f in caught.value.faults]


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


FAULTS: dict[str, tuple[str, str, str, tuple[str | int, ...], str]] = {
    "an id that the planner has": (
        "catalogue/processes.toml", 'id = "catering"', 'id = "incident"',
        ("processes", 0), "processes \"incident\": 'incident' stands there twice",
    ),
    "a clause of nothing": (
        "standards/guild-7.toml", '"incident@2"', '"incidents@2"',
        ("clauses", 1, "items", 0), "clauses \"2\": unknown process 'incidents'",
    ),
    "a level that no process has": (
        "standards/guild-7.toml", '["catering@2"]', '["catering@8"]',
        ("clauses", 0, "items", 0), "clauses \"1\": 'catering@8' is not a capability",
    ),
    "a stage role": (
        "standards/guild-7.toml", '["process-manager"]', '["cook"]',
        ("stages", 0, "work", 0, "roles", 0), "stages \"tasting\": unknown role 'cook'",
    ),
    "a stage without weeks for a size": (
        "standards/guild-7.toml", "small = 8, ", "",
        ("stages", 0, "weeks"), 'stages "tasting": weeks says nothing about small',
    ),
    "no stage that decides": (
        "standards/guild-7.toml", "点头\" }\ndecides = true", '点头" }',
        ("stages", 1), 'stages "feast": the last stage, and no other, has decides = true',
    ),
    "a rule with a blank for nothing": (
        "standards/guild-7.toml", "点头\" }\n", '点头" }\nrule = { en = "on {day}", zh = "于{audit}" }\n',
        ("stages", 1, "rule", "en"), 'stages "feast": nothing is put where {day} stands',
    ),
    "stage work whose estimate falls": (
        "standards/guild-7.toml", "effort = [1, 2, 3]", "effort = [1, 3, 2]",
        ("stages", 0, "work", 0, "effort"),
        'stages "tasting": the estimate 1, 3, 2 is not in the order low, likely, high',
    ),
    "an audit of a certificate that has run out": (
        "standards/guild-7.toml", "months = 12", "months = 25",
        ("cycle", 0, "months"), 'cycle "second-feast": it comes 25 months after a certificate that is valid for 24',
    ),
    "a package whose effort falls": (
        "catalogue/packages.toml", "effort = [2, 4, 8]", "effort = [2.5, 2, 8]",
        ("packages", 0, "effort"),
        'packages "catering": the estimate 2.5, 2, 8 is not in the order low, likely, high',
    ),
    "a package whose weeks fall": (
        "catalogue/packages.toml", "weeks = [4, 8, 12]", "weeks = [4, 8, 7]",
        ("packages", 0, "weeks"),
        'packages "catering": the estimate 4, 8, 7 is not in the order low, likely, high',
    ),
    "work that leads to where everything begins": (
        "catalogue/packages.toml", "level = 2", "level = 1",
        ("packages", 0, "level"), 'packages "catering": no work leads to level 1, where everything begins',
    ),
    "renewal before the certificate is there": (
        "people/tracks/guild-ladle.toml", "renewal_lead_months = 3", "renewal_lead_months = 24",
        ("renewal_lead_months",), "renewal is asked for 24 months before the end of 24 months",
    ),
    "weights that are no whole": (
        "people/tracks/guild-ladle.toml", "weeks = 3", "weeks = 3\nweight = 60",
        ("steps",), "the weight of the steps adds up to 60, not to 100",
    ),
    "a whole that a side entry has not": (
        "people/tracks/guild-ladle.toml", "weeks = 3", "weeks = 3\nweight = 100\n[[steps]]\nside = true\nweight = 10\n"
        'id = "oath"\nname = { en = "Oath", zh = "宣誓" }\nweek = 0\nweeks = 1',
        ("steps",), "the weight of the steps adds up to 110, not to 100",
    ),
    "parts of the cost that are no whole": (
        "people/tracks/guild-ladle.toml", "weeks = 3", "weeks = 3\ncost_share = 0.4",
        ("steps",), "the cost_share of the steps adds up to 0.4, not to 1",
    ),
    "a level that falls from phase to phase": (
        "strategies/guests-first.toml", "levels = { catering = 2 }", "levels = { catering = 3 }\n\n[[phases]]\n"
        'id = "mid"\nname = { en = "x", zh = "中" }\ngoal = { en = "x", zh = "中" }\n'
        "months = 9\nlevels = { catering = 2 }",
        ("phases", 1, "levels", "catering"),
        'phases "mid": catering falls to level 2, after level 3 in an earlier phase',
    ),
    "a track for a role of nobody": (
        "people/tracks/guild-ladle.toml", 'role = "process-manager"', 'role = "cooks"',
        ("role",), "unknown role 'cooks'",
    ),
    "a step twice": (
        "people/tracks/guild-ladle.toml", 'id = "trial"', 'id = "school"',
        ("steps", 1), "steps \"school\": 'school' stands there twice",
    ),
    "a validity of nothing": (
        "people/tracks/guild-ladle.toml", "valid_years = 2", "valid_years = 0",
        ("valid_years",), "valid_years must be",
    ),
    "a strategy that reaches nothing": (
        "strategies/guests-first.toml", "levels = { catering = 2 }", "levels = {}",
        ("phases", 0, "levels"), 'phases "near": it names no level to be reached',
    ),
    "more change without a reason": (
        "strategies/guests-first.toml", "phase_weeks = 20", "phase_weeks = 20\nabsorption = 9",
        ("absorption",), "absorption and absorption_reason go together",
    ),
    "an unknown standard": (
        "engagements/inn.toml", '"guild-7"', '"guild-8"',
        ("certifications", 0, "standard"), "certifications number 1: unknown standard 'guild-8'",
    ),
    "an unknown post": (
        "engagements/inn.toml", 'post = "cook"', 'post = "baker"',
        ("enrolments", 0, "post"), "enrolments number 1: unknown post 'baker'",
    ),
    "a level that the track has not": (
        "engagements/inn.toml", '"apprentice"', '"master"',
        ("enrolments", 0, "level"), "enrolments number 1: unknown level 'master'",
    ),
    "a benefit of nothing": (
        "engagements/inn.toml", '"catering@2"', '"catering"',
        ("benefits", 0, "item"), "benefits number 1: 'catering' is not a capability",
    ),
    "an unknown pain": (
        "engagements/inn.toml", "[[posts]]", "[pains]\nPN99 = 1\n\n[[posts]]",
        ("pains", "PN99"), "unknown pain 'PN99'",
    ),
    "a mute of an unknown check": (
        "engagements/inn.toml", "[[posts]]", '[mutes]\nCHK99 = { en = "x", zh = "因" }\n\n[[posts]]',
        ("mutes", "CHK99"), "unknown check 'CHK99'",
    ),
    "a circumstance that is not counted": (
        "engagements/inn.toml", "[[posts]]", "[modifiers]\nregulated = 2\n\n[[posts]]",
        ("modifiers", "regulated"), "regulated is not counted - it is there or it is not",
    ),
    "a day that no year has": (
        "engagements/inn.toml", "[[posts]]", '[[blackouts]]\nfirst = "02-30"\nlast = "03-02"\n'
        'name = { en = "x", zh = "封" }\n\n[[posts]]',
        ("blackouts", 0, "first"), "blackouts number 1: '02-30' is no day of every year",
    ),
    "an unknown service role": (
        "engagements/inn.toml", "manages =", 'service_roles = ["cook"]\nmanages =',
        ("posts", 0, "service_roles", 0), "posts \"cook\": unknown service role 'cook'",
    ),
    "a step of no path": (
        "engagements/inn.toml", "[[posts]]", '[context]\npath = "service-provider"\naims = "heaven"\n\n[[posts]]',
        ("context", "aims"), "unknown step 'heaven'",
    ),
    "a vocabulary that nobody speaks": (
        "catalogue/processes.toml", "itil-4", "itil-9",
        ("processes", 0, "names", "itil-9"), "processes \"catering\": unknown vocabulary 'itil-9'",
    ),
    "no source": (
        "catalogue/dependencies.toml", 'source = "judgement"', "",
        ("dependencies", 0, "source"), 'dependencies "catering@2": source is missing',
    ),
    "a mistyped heading": (
        "catalogue/dependencies.toml", "[[dependencies]]", "[[dependency]]",
        ("dependency",), "dependency is an unknown key",
    ),
}  # fmt: skip


def test_parts_that_make_a_whole_are_taken(mine: Path) -> None:
    """Ten tenths are no 1 to the last bit of a number; who comes by the side entry has a whole as well."""
    track = mine / "people/tracks/guild-ladle.toml"
    text = track.read_text("utf-8").replace("valid_years", 'side_skips = ["trial"]\nvalid_years', 1)
    steps = "".join(
        f'\n[[steps]]\nid = "s{n}"\nname = {{ en = "x", zh = "步" }}\nweek = 4\nweeks = 1\nweight = 10\n'
        "cost_share = 0.1\n"
        for n in range(10)
    )
    track.write_text(text + steps, "utf-8")
    assert sum(step.cost_share for step in load(templates_folder(), mine).tracks[-1].steps) != 1


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_wrong_is_told_where_it_stands(mine: Path, kind: str) -> None:
    name, old, new, keys, message = FAULTS[kind]
    faults = told(changed(mine, name, old, new))
    assert any(f[0] == name and f[1] == keys and f[2].startswith(message) for f in faults), faults


def test_what_cannot_be_read_is_not_called_unknown_elsewhere(mine: Path) -> None:
    """The clauses name catering; its own table has a fault, which is told once."""
    faults = told(changed(mine, "catalogue/processes.toml", 'kind = "process"', "kind = 3"))
    assert [(name, keys) for name, keys, _message in faults] == [("catalogue/processes.toml", ("processes", 0, "kind"))]


def test_faults_of_values_and_between_files_are_told_together(mine: Path) -> None:
    changed(mine, "catalogue/processes.toml", 'kind = "process"', "kind = 3")
    changed(mine, "engagements/inn.toml", 'strategy = "guests-first"', 'strategy = "guest-first"')
    changed(mine, "people/tracks/guild-ladle.toml", "weeks = 3", "weeks = 0")
    assert {name for name, _keys, _message in told(mine)} == {
        "catalogue/processes.toml", "engagements/inn.toml", "people/tracks/guild-ladle.toml",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("catalogue/proceses.toml", "no part of the catalogue has its place in catalogue/proceses.toml"),
        ("standard/mine.toml", "no part of the catalogue has its place in standard/mine.toml"),
        ("catalogue/rules.toml", "the planner has rules of its own, which templates beside it cannot replace"),
    ],
)
def test_files_that_would_be_overlooked(mine: Path, name: str, message: str) -> None:
    (mine / name).parent.mkdir(exist_ok=True)
    (mine / name).write_text("days_per_week = 5\n", "utf-8")
    assert (name, (), message) in told(mine)


def test_what_is_no_toml_hides_references_and_nothing_else(mine: Path) -> None:
    (mine / "catalogue/processes.toml").write_text("[[processes]\n", "utf-8")
    changed(mine, "people/tracks/guild-ladle.toml", "weeks = 3", "weeks = 0")
    names = [name for name, _keys, _message in told(mine)]
    assert names == ["catalogue/processes.toml", "people/tracks/guild-ladle.toml"]
