"""Stories in the Organisation area: what is known of the client, topic by topic."""

from pathlib import Path

import pytest
from consultant import Consultant, at_work

from planner.tui.topics import ORGANISATION
from planner.tui.typed import among, show_among

TICKED = ("circumstances", "context", "pains", "programme", "checks")
"""Topics with rows that Space ticks."""


async def go(she: Consultant, topic: str, row: str = "") -> None:
    """Open the area on a topic, with the cursor on the first row that shows ``row``."""
    await she.press("o", "left", "home", *["down"] * [*ORGANISATION].index(topic), "right")
    area = she.plan.area
    if row:
        rows = she.plan.query_one("#rows").rows  # type: ignore[attr-defined]
        texts = [entry.banner + " ".join(str(getattr(c, "text", c)) for c in entry.cells) for entry in rows]
        place = next(n for n, text in enumerate(texts) if row in text)
        await she.press("home", *["down"] * place)
    assert area.id == "organisation"


async def test_every_topic_shows_rows(planned_file: Path) -> None:
    """No topic is empty on a plan that comes from a template."""
    async with at_work(planned_file) as she:
        for topic in ORGANISATION:
            await go(she, topic)
            assert she.plan.query_one("#rows").rows, topic  # type: ignore[attr-defined]
            words = {"experience": "Enter score", "programme": "Space in or out"}
            she.sees(words.get(topic, "Enter change"), "u undo")
            assert (" Space " in she.screen) == (topic in TICKED)


async def test_a_circumstance_changes_the_work_and_says_so(desk_file: Path) -> None:
    """Ticking a regulated sector makes Standard work larger; the package says by which rule; undo takes it back."""
    async with at_work(desk_file) as she:
        before = she.project.package_by_id["incident-3-standard"].person_days
        await go(she, "circumstances", "Regulated sector")
        await she.press("space")
        assert "[x] Regulated sector" in " ".join(she.row("Regulated").split())
        package = she.project.package_by_id["incident-3-standard"]
        assert package.person_days == pytest.approx(before * 1.3, rel=0.02)
        assert "regulated" in package.note.lower()
        await she.press("u")
        assert she.project.package_by_id["incident-3-standard"].person_days == before


async def test_sites_are_counted(desk_file: Path) -> None:
    """Enter asks how many there are."""
    async with at_work(desk_file) as she:
        await go(she, "circumstances", "ites")
        await she.press("enter")
        await she.fill("4")
        await she.press("enter")
        modifier = next(modifier for modifier in she.project.modifiers if modifier.id == "sites")
        assert modifier.count == 4
        assert modifier.effort["process"] > 1


async def test_pains_ask_for_targets(desk_file: Path) -> None:
    """Tick, ask for targets, see what is asked and what it needs besides, accept."""
    async with at_work(desk_file) as she:
        assert she.project.process_by_id["security"].target_level == 1
        await go(she, "pains", "Security and audit")
        await she.press("space", "n")
        she.sees("Targets from pains", "Change management 3 (Security and audit")
        await she.press("y")
        process = she.project.process_by_id["security"]
        assert process.target_level == 3
        assert "PN02" in process.reason


async def test_a_certification_is_driven_by_one_date(desk_file: Path) -> None:
    """The goal brings targets, stages and milestones; an audit that is too early is refused in the form."""
    async with at_work(desk_file, (100, 30)) as she:
        await go(she, "standard")
        await she.press("n", "down")
        await she.type("2027-02-01")
        await she.press("enter")
        she.sees("! ")
        assert not she.project.certifications
        await she.fill("2030-06-03")
        await she.press("enter")
        goal = she.project.certifications[0]
        assert str(goal.audit) == "2030-06-03"
        assert any(p.id.startswith(goal.standard) for p in she.project.packages)
        she.sees("goal", "audit 2030-06-03")
        await go(she, "milestones")
        she.sees("2030-06-03", "surveillance")


async def test_a_goal_is_given_up_in_words(desk_file: Path) -> None:
    """Its targets stay, and the message says so; without the goal n sets one, with it Enter and x change it."""
    async with at_work(desk_file, (100, 30)) as she:
        await go(she, "standard")
        she.sees("n sets the goal")
        await she.press("n", "down", *"2030-06-03", "enter")
        goal = she.project.certifications[0]
        targets = [process.target_level for process in she.project.processes]
        await she.press("home", "down")
        she.sees("On the goal, Enter moves the audit and x gives it up.")
        await go(she, "milestones")
        assert goal.name not in "".join(she.lines[:-9])
        await go(she, "milestones", "2030-06-03")
        she.sees(f"{goal.name}: ")
        await go(she, "standard")
        await she.press("x")
        assert f"{goal.name} is no goal any more; the targets it raised stay" in she.message
        assert [process.target_level for process in she.project.processes] == targets


async def test_who_is_put_on_a_track_is_said_once(planned_file: Path) -> None:
    """A post or a name, not both; no post is taken silently."""
    async with at_work(planned_file, (100, 30)) as she:
        await go(she, "posts")
        await she.press("n", *"Head", "enter")
        await go(she, "tracks")
        await she.press("n", "enter")
        she.sees("! Choose a post or write a name.")
        await she.press("down", "right", "down", *"Ann", "enter")
        she.sees("! Choose a post or write a name, not both.")
        assert not she.project.enrolments


async def test_a_long_value_is_read_below(desk_file: Path) -> None:
    """The text below takes up to a third of the height, is wrapped to the width also after another area was shown,
    and ends with ... where it is cut."""
    async with at_work(desk_file) as she:
        await go(she, "engagement", "Goal")
        await she.press("enter")
        await she.fill("word " * 120 + "end")
        await she.press("enter")
        about = she.plan.query_one("#about")
        assert about.size.height == 6
        assert she.lines[-3].rstrip().endswith(" ...")
        assert she.lines[-8].startswith(" Goal: word word")
        assert len(she.lines[-8].rstrip()) > 70
        before = she.lines[-8:-2]
        await she.press("r", "o")
        assert she.lines[-8:-2] == before


async def test_posts_own_processes(desk_file: Path) -> None:
    """A new post becomes the owner of a process; it cannot be removed while it owns something."""
    async with at_work(desk_file, (100, 40)) as she:
        await go(she, "posts")
        await she.press("n")
        await she.type("Head of support")
        await she.press("enter")
        post = next(post for post in she.project.posts if post.name == "Head of support")
        await go(she, "posts", "Problem management")
        await she.press("enter", "end", *["right"] * len(she.project.posts), "enter")
        owner = she.project.process_by_id["problem"].owner
        assert owner
        await go(she, "posts", next(p.name for p in she.project.posts if p.id == owner))
        await she.press("x")
        assert she.message.startswith("! ")
        assert post in she.project.posts


async def test_service_roles_have_attributes(desk_file: Path) -> None:
    """The grid counts what exists."""
    async with at_work(desk_file, (100, 30)) as she:
        await go(she, "service_roles", "Service engineer")
        await she.press("enter", "down", "right", "down", "right", "enter")
        role = next(role for role in she.project.service_roles if role.id == "service-engineer")
        assert len(role.has) == 2
        assert "xx...." in she.row("Service engineer")


async def test_somebody_is_put_on_a_track(desk_file: Path) -> None:
    """The steps become work packages in People; off the track they go again."""
    async with at_work(desk_file, (100, 30)) as she:
        before = set(she.project.package_by_id)
        await go(she, "tracks")
        await she.press("n", "down", "down")
        await she.type("A newcomer")
        await she.press("enter")
        enrolment = she.project.enrolments[-1]
        assert enrolment.holder == "A newcomer"
        steps = [p for p in she.project.packages if p.id not in before]
        assert steps
        assert {p.workstream for p in steps} == {"people"}
        await she.press("home", "x")
        assert set(she.project.package_by_id) == before


async def test_an_indicator_gets_its_own_figures(planned_file: Path) -> None:
    """What was assumed becomes the plan's own, marked with a star; a gate can ask for a value."""
    async with at_work(planned_file, (100, 40)) as she:
        await go(she, "indicators", "First-contact resolution")
        await she.press("enter")
        await she.fill("41.5")
        await she.press(*["down"] * 7)
        await she.fill("55")
        await she.press("enter")
        one = next(one for one in she.project.indicators if one.name == "First-contact resolution")
        assert (one.baseline, one.source, list(one.gates.values())) == (41.5, "own", [55])
        assert "*First-contact resolution" in she.screen


async def test_the_survey_is_scored_by_item(desk_file: Path) -> None:
    """The mean of a stage stands in its heading."""
    async with at_work(desk_file) as she:
        await go(she, "experience", "Speed of reply")
        await she.press("enter", "right", "enter")
        assert she.project.experience.scores
        assert "4.0" in she.row("Sales")


async def test_programme_work_comes_and_goes(desk_file: Path) -> None:
    """Space takes work of the whole programme in and out."""
    async with at_work(desk_file) as she:
        await go(she, "programme", "Training in the tool")
        await she.press("space")
        assert "tool-training" in she.project.package_by_id
        await she.press("enter")
        assert she.message == "! Space takes it in or out."
        assert "tool-training" in she.project.package_by_id
        await she.press("space")
        assert "tool-training" not in she.project.package_by_id


async def test_a_check_is_muted_with_a_reason(desk_file: Path) -> None:
    """The reason is shown in the row; an empty one lets the check speak again."""
    async with at_work(desk_file, (100, 30)) as she:
        await go(she, "checks", "CHK12")
        await she.press("enter")
        she.sees("accepted with it")
        await she.press("enter")
        she.sees("! Give a reason, or press Esc.")
        await she.type("improvement comes in the next programme")
        await she.press("enter")
        assert she.project.checks[-1].mute == "improvement comes in the next programme"
        assert "improvement comes" in she.row("CHK12")
        await she.press("space")
        assert not any(setting.mute for setting in she.project.checks)


async def test_context_and_engagement_are_chosen_from_lists(desk_file: Path) -> None:
    """Choices carry the catalogue's ids; a horizon is a number of months; names change with the vocabulary."""
    async with at_work(desk_file, (100, 40)) as she:
        await go(she, "context", "Organisation form")
        before = she.project.context.form
        await she.press("enter", "right", "enter")
        assert she.project.context.form != before
        await go(she, "engagement", "Names of processes")
        await she.press("enter", "right", "right", "right", "enter")
        assert she.project.engagement.vocabulary == "itil-4"
        assert any(process.name == "Change enablement" for process in she.project.processes)


def test_names_are_typed_as_people_say_them() -> None:
    """A name, its beginning, a part of it or an id; one that fits several, or none, is asked for again."""
    names = {"desk": "Service desk", "svc": "Service level", "rel": "Release, deployment"}
    read = among(names)
    assert read("service desk; LEVEL, rel") == ("desk", "svc", "rel")
    assert read(" ") == ()
    assert read(show_among(names, names)) == tuple(names)
    with pytest.raises(ValueError, match="serv: say which of Service desk, Service level"):
        read("serv")
    with pytest.raises(ValueError, match="there is no 'deks'"):
        read("deks")
