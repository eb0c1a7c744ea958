"""Stories with the questionnaire of a process and with levels set by hand."""

from pathlib import Path

from consultant import at_work

from planner.model.answers import Answer


async def test_answering_a_process_line_by_line(desk_file: Path) -> None:
    """One key a criterion; the level follows the answers; u takes a reply back; everything is in the plan."""
    async with at_work(desk_file, (100, 40)) as she:
        await she.press("down", "down", "enter")
        she.sees("Who assesses?")
        await she.type("Consultant")
        await she.press("enter")
        she.sees("Incident management: level", "P1.1", "symptoms, not scored")
        she.sees("> P2.1")
        await she.press("y", "y", "p", "n", "x")
        sheet = she.project.answer_sheets[0]
        assert (sheet.process, sheet.assessor) == ("incident", "Consultant")
        assert [(a.criterion, a.reply) for a in sheet.answers] == [
            ("P2.1", "yes"),
            ("P2.2", "yes"),
            ("P2.3", "partly"),
            ("P2.4", "no"),
            ("P2.5", "n/a"),
        ]
        assert "62 % (L)" in she.row("level 2:")
        await she.press("u")
        assert len(she.project.answer_sheets[0].answers) == 4
        she.sees(" 4/58 █")
        await she.press("up", "up", "up", "minus", "up", "delete")
        assert [a.criterion for a in she.project.answer_sheets[0].answers] == ["P2.1", "P2.2"]
        # a key that can do nothing says why, also on a heading
        await she.press("delete")
        she.sees("! There is no reply of Consultant here.")
        await she.press("c")
        she.sees("! This level is not set by hand.")
        await she.press("home", "y")
        she.sees("! This is a heading: Down leads to its criteria.")
        await she.press("backspace")
        assert len(she.project.answer_sheets[0].answers) == 2
        she.sees("unsaved changes")


async def test_evidence_is_kept_with_its_reply(desk_file: Path) -> None:
    """Enter asks for evidence, quality, source and date; a wrong date is refused in the form."""
    async with at_work(desk_file, (100, 40)) as she:
        await she.press("enter")
        await she.type("Consultant")
        await she.press("enter", "enter")
        she.sees("Reply", "Evidence")
        await she.press("down")
        await she.type("ticket list [draft]")
        await she.press("down", "right", "right", "down", "right", "down")
        await she.type("soon")
        await she.press("enter")
        she.sees("! On the day: write a date such as 2027-01-04")
        await she.fill("2026-11-20")
        await she.press("enter")
        answer = she.project.answer_sheets[0].answers[0]
        assert isinstance(answer, Answer)
        assert (answer.reply, answer.evidence, answer.quality, answer.via, str(answer.day)) == (
            "yes",
            "ticket list [draft]",
            "seen",
            "interview",
            "2026-11-20",
        )


async def test_a_second_assessor_disagrees_and_it_shows(desk_file: Path) -> None:
    """Replies that differ are marked with ! and both are listed below."""
    async with at_work(desk_file, (100, 40)) as she:
        await she.press("enter")
        await she.type("First")
        await she.press("enter", "y", "a", "down")
        await she.type("Second")
        await she.press("enter", "up", "n", "up")
        assert "!no" in she.row("> P2.1")
        she.sees("First: yes", "Second: no")
        assert {sheet.assessor for sheet in she.project.answer_sheets} == {"First", "Second"}
        she.sees("1 answer by Second")


async def test_a_new_session_asks_who_assesses(desk_file: Path) -> None:
    """The last assessor is offered first, so that Enter is enough; another is a choice or a new name away."""
    async with at_work(desk_file, (80, 24)) as she:
        await she.press("enter", *"Ann", "enter", "y", "a", "down", *"Bo", "enter", "y", "escape", "s")
    async with at_work(desk_file, (80, 24)) as she:
        await she.press("enter")
        she.sees("Who assesses?", "< Bo >", "or a new name")
        await she.press("enter", "x")
        she.sees("2 answers by Bo")
        await she.press("a", "right")
        she.sees("< Ann >")
        await she.press("enter")
        she.sees("1 answer by Ann")


async def test_the_dialog_says_what_came_of_a_reply(desk_file: Path) -> None:
    """The message line is behind the dialog, so its words stand below the criteria until the cursor moves on."""
    async with at_work(desk_file, (80, 24)) as she:
        await she.press("enter", *"Ann", "enter", "y")
        she.sees("Service management system P2.1: yes.")
        await she.press("u")
        she.sees("Undone: Service management system P2.1: yes")
        await she.press("down")
        she.sees_not("Undone")
        she.sees("x n/a  a assessor  u undo  Esc back")


async def test_a_heading_explains_itself(desk_file: Path) -> None:
    """How many criteria of the cell are answered, what N, P, L, F mean, the reason of a level by hand, more keys."""
    async with at_work(desk_file, (80, 24)) as she:
        await she.press("b", "2", *"seen at work", "enter", "enter", *"Ann", "enter", "y", "x")
        assert "100 % (F), 2 of " in she.row("level 2:")
        await she.press("up", "up", "up")
        assert ">" in she.row("level 2:")
        she.sees(
            "Set by hand because: seen at work", "N not, P partly, L largely, F fully", "Del or - takes a reply away"
        )
        await she.press("c")
        assert "people" not in she.project.process_by_id["sms"].by_hand


async def test_a_refusal_in_another_field_stays(desk_file: Path) -> None:
    """The field that gets the keyboard does not put its hint over what is wrong with it."""
    async with at_work(desk_file, (80, 24)) as she:
        await she.press("enter", *"Ann", "enter", "enter", *["down"] * 4, *"soon", "up", "up", "enter")
        she.sees("! On the day: write a date such as 2027-01-04")
        await she.press("backspace")
        she.sees_not("! On the day")
        she.sees("a date such as 2027-01-04, or empty")


async def test_a_level_is_set_by_hand_only_with_a_reason(desk_file: Path) -> None:
    """The reason given last needs only Enter the next time."""
    async with at_work(desk_file) as she:
        await she.press("b", "2")
        she.sees("Set by hand because")
        await she.press("enter")
        she.sees("write something here")
        await she.type("seen in the workshop")
        await she.press("enter")
        process = she.project.process_by_id["sms"]
        assert process.baseline["people"] == 2
        assert process.by_hand["people"] == "seen in the workshop"
        await she.press("down", "2", "enter")
        assert she.project.process_by_id["service-desk"].by_hand["people"] == "seen in the workshop"


async def test_facts_and_checklists_of_a_process(desk_file: Path) -> None:
    """c asks for importance and who runs it; C ticks what is true of the process."""
    async with at_work(desk_file) as she:
        await she.press("c")
        she.sees("Important to business")
        await she.press("right", "right", "down", "down")
        await she.type("Outsourcer Ltd")
        await she.press("enter")
        process = she.project.process_by_id["sms"]
        assert (process.importance, process.operated_by) == (5, "Outsourcer Ltd")
        await she.press("K", "down", "space")
        assert any(she.project.process_by_id["sms"].ticks.values())
        she.sees("[x]")
        await she.press("u")
        assert not any(she.project.process_by_id["sms"].ticks.values())
