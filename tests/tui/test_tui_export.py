"""Stories on handing over: choosing, seeing what goes in, replacing or not, giving up, and what cannot be made."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from consultant import Consultant, at_work, text_of
from small_plan import small_file

from planner.edit.facts import change_engagement
from planner.export.documents import Document
from planner.export.formats import FORMATS, Format
from planner.store.load import load
from planner.text import i18n
from planner.text.width import width
from planner.tui.exporting.dialog import ExportDialog
from planner.tui.exporting.wish import Wish
from planner.tui.exporting.workshop import Answer, Workshop


@pytest.fixture
def planned_file(tmp_path: Path) -> Path:
    """A plan with a roadmap, at once."""
    return small_file(tmp_path, "planned.toml")


async def until(she: Consultant, true: Callable[[], object]) -> None:
    """Wait until something is so; a process of its own does not tell when it is done."""
    for _attempt in range(1000):
        await she.pilot.pause(0.01)
        if true():
            return
    raise AssertionError(she.screen)


async def until_seen(she: Consultant, *texts: str) -> None:
    """Wait until all of ``texts`` stand on the screen."""
    await until(she, lambda: all(text in she.screen or text in she.prose for text in texts))


async def press(she: Consultant, *keys: str) -> None:
    """Press keys while documents are made."""
    for key in keys:
        await she.pilot.press(key)


class Slow:
    """Stands in for the process: works until it is stopped, or is told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.closed = 0
        self.asked: list[bytes] = []
        self.answer = Answer()
        self.go_on = asyncio.Event()
        slow = self

        async def do(_workshop: Workshop, order: bytes, step: Callable[[str], None]) -> Answer:
            slow.asked.append(order)
            step("slides")
            if b'"make": []' not in order:
                await slow.go_on.wait()
            return slow.answer

        async def close(_workshop: Workshop) -> None:
            slow.closed += 1

        monkeypatch.setattr(Workshop, "do", do)
        monkeypatch.setattr(Workshop, "close", close)


async def test_a_clients_copy_in_two_formats_of_a_plan_that_is_not_saved(
    planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way, with the real process: what is on the screen is what is written."""
    out = tmp_path / "handover"
    async with at_work(planned_file, (80, 40)) as she:
        she.plan.apply("Renamed", lambda project: change_engagement(project, name="Renamed on the screen"))
        await she.press("O")
        she.sees("Export: Renamed on the screen", "[x] md", "internal: everything")
        await until_seen(she, "What goes in: ")
        await she.press("t")
        await until_seen(she, "Work packages", "Findings")
        she.sees_not("stays out of")
        await she.press("t", "c")
        she.sees("What is handed over")
        await she.press("right", "down", "down")
        await she.fill("2031-02-03")
        await she.press("down", "down", "down")
        await she.fill("handover")
        await she.press("enter")
        she.sees("2031-02-03", "planned-client.md")
        await until_seen(she, "What goes in: 1")
        await she.press("t")
        she.sees("What stays out of a client's copy", "costs, budgets and rates")
        await she.press("t")
        await she.press("down", "space")
        await press(she, "enter")
        taken = []
        while "Exported" not in she.screen:
            began = time.perf_counter()
            await press(she, "down")
            taken.append(time.perf_counter() - began)
        assert sorted(taken)[len(taken) // 2] < 0.2  # the work is done elsewhere: it cannot hold the interface up
        she.sees("planned-client.xlsx, ", "planned-client.md, ")
        await she.press("y")
        assert str(out) in she.app.clipboard
        await she.press("escape")
        text = (out / "planned-client.md").read_text("utf-8")
        assert "Renamed on the screen" in text
        assert "2031-02-03" in text
        assert sorted(path.name for path in out.iterdir()) == ["planned-client.md", "planned-client.xlsx"]
        assert "Renamed" not in text_of(planned_file)
        Slow(monkeypatch)
        await she.press("O")
        she.sees("[x] xlsx", "client: without what is internal", "2031-02-03")


async def test_nothing_is_replaced_without_a_question(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    slow.answer.documents.append(Document("mmd", b"gantt\n"))
    slow.go_on.set()
    there = planned_file.with_name("planned.mmd")
    there.write_text("older")
    async with at_work(planned_file) as she:
        await she.press("O", "M", "M")
        she.sees("[ ] md", "[ ] mermaid")
        await she.press("enter")
        she.sees("! No format is ticked: Space ticks one.")
        while "mermaid" not in she.row("> "):
            await she.press("down")
        she.sees("replaces planned.mmd")
        await she.press("space", "enter")
        await until_seen(she, "Replace?", "1 file is there already: planned.mmd")
        await she.press("b")
        await until_seen(she, "! Nothing was written.")
        assert there.read_text() == "older"
        await she.press("enter")
        await until_seen(she, "Replace?")
        await she.press("o")
        await until_seen(she, "What is handed over")
        await she.press("up")
        await she.fill("newer")
        await she.press("enter", "enter")
        await until_seen(she, "Exported")
        await she.press("escape")
        assert there.read_text() == "older"
        assert there.with_name("newer.mmd").read_text("utf-8") == "gantt\n"
        await she.press("O", "enter")
        await until_seen(she, "Replace?", "newer.mmd")
        await she.press("r")
        await until_seen(she, "Exported")


async def test_what_is_not_written_is_told_and_can_go_elsewhere(
    planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    slow.answer.documents += [Document("mmd", b"gantt\n"), Document("graph.mmd", b"flowchart\n")]
    slow.go_on.set()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "planned.graph.mmd").mkdir()
    async with at_work(planned_file) as she:
        await she.press("O", "c", "up", "up", "up")
        await she.fill("elsewhere")
        await she.press("enter")
        with monkeypatch.context() as shut:
            shut.setattr("planner.export.documents.os.access", lambda *_words: False)
            await she.press("enter")
        she.sees("! nothing can be written into")
        assert "elsewhere;nameanotherfolder" in "".join(she.prose.split())
        assert len(slow.asked) == 1
        await she.pilot.pause(1.1)
        she.sees("! nothing can be written into")
        await she.press("enter")
        await until_seen(she, "Replace?")
        await she.press("r")
        await until_seen(she, "Not everything was written", "planned.mmd, 6 bytes", "is no ordinary file")
        assert "Making" not in she.screen
        await she.press("escape")
        assert isinstance(she.app.screen, ExportDialog)


async def test_while_it_works_keys_are_answered_and_escape_gives_up(
    planned_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    async with at_work(planned_file) as she:
        await she.press("O")
        await press(she, "enter")
        await until_seen(she, "Making: slides, 0 s. Esc gives up, and nothing is written.")
        before = she.row("> ")
        await press(she, "down", "space", "c", "M", "enter")
        assert she.row("> ") != before
        assert isinstance(she.app.screen, ExportDialog)
        assert len(slow.asked) == 2
        await press(she, "escape")
        await until_seen(she, "! Given up: nothing was written.")
        assert [path.name for path in planned_file.parent.glob("planned*")] == ["planned.toml"]
        await press(she, "escape")
        await she.settle()
        assert she.app.screen is she.plan
        assert slow.closed == 1


async def test_leaving_while_it_works_asks_first_and_the_question_outlives_the_export(
    planned_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    async with at_work(planned_file) as she:
        she.plan.apply("Renamed", lambda project: change_engagement(project, name="Renamed"))
        await she.press("O")
        await press(she, "enter", "ctrl+q")
        await until_seen(she, "has changes that are not saved")
        question = she.app.screen
        slow.go_on.set()
        await until_seen(she, "Exported")
        await she.press("escape")
        assert she.app.screen is question
        await she.press("escape")
        assert isinstance(she.app.screen, ExportDialog)
        await she.press("escape")
        assert she.app.screen is she.plan


async def test_what_cannot_be_made_says_why_and_how_to_mend_it(
    desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Slow(monkeypatch)
    gone = Format("deck", "slides", "pptx", "slides", (("nosuchlibrary", "no-such-library"),))
    monkeypatch.setitem(FORMATS, "deck", gone)
    async with at_work(desk_file) as she:
        await she.press("O")
        assert "[-] mermaid" in she.row("mermaid ")
        while "mermaid " not in she.row("> "):
            await she.press("down")
        she.sees("mermaid: the plan has no roadmap yet; g proposes one")
        await she.press("space")
        she.sees("! the plan has no roadmap yet; g proposes one")
        while "deck" not in she.row("> "):
            await she.press("down")
        she.sees("no-such-library, which is not installed; install it: pip install 'itsm-planner[documents]'")
        await she.press("M")
        assert "[x]" not in she.row("deck")
        assert "[x]" in she.row("json")


async def test_a_theme_with_faults_is_told_before_anything_is_made(planned_file: Path, tmp_path: Path) -> None:
    theme = tmp_path / "look.toml"
    theme.write_text('sections = ["gasp"]\n[colours]\ngrey = "#dddddd"\n')
    async with at_work(planned_file, (120, 40)) as she:
        she.app.exports[planned_file] = replace(Wish.of(planned_file), theme="no.toml")
        await she.press("O", "c", "down", "down", "down")
        for impossible, why in (
            ("no.toml", "there is no such file"),
            ("~nosuchperson/look.toml", "there can be no such path"),
            ("x" * 300, "there can be no such path"),
        ):
            she.app.focused.value = impossible
            await she.press("enter")
            she.sees(f"! Theme file: {why}")
        await she.fill("look.toml")
        await she.press("enter")
        await until_seen(she, "look.toml:1: sections: there is no 'gasp'")
        await she.press("enter")
        she.sees("! ", "there is no 'gasp'")
        theme.write_text('sections = ["gaps"]\n[colours]\ngrey = "#dddddd"\n')
        await she.press("c", "right", "enter")
        await until_seen(she, "What goes in: 2 sections")
        await she.press("end")
        she.sees("grey (#dddddd) is hard to see on paper")


async def test_turning_settings_where_they_stand(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    async with at_work(planned_file) as she:
        await she.press("O")
        for words in ("Reader", "Language", "CSV holds"):
            while words not in she.row("> "):
                await she.press("down")
            before = she.row("> ")
            await she.press("space")
            assert she.row("> ") != before
        assert len(slow.asked) == 3
        assert b'"audience": "client"' in slow.asked[-1]
        assert b'"language": "zh"' in slow.asked[-1]
        await she.press("down", "space")
        she.sees_not("What is handed over")


async def test_a_process_that_breaks_down_is_told(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.tui.exporting.wish.order", lambda *_words: b"nonsense\n")
    async with at_work(planned_file) as she:
        await she.press("O")
        await until_seen(she, "! this is a fault of the planner (JSONDecodeError")
        await she.press("enter")
        assert isinstance(she.app.screen, ExportDialog)


async def test_a_review_hands_nothing_over(planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.tui.reviewing import Review

    async with at_work(planned_file) as she:
        she.plan.access = Review("Mei Lin", load(planned_file))
        await she.press("O")
        assert she.message == "! A review writes nothing but remarks: whoever has the plan exports it."
        await she.press("J")
        assert she.message == "! A review leaves the plan as it is: N comments on this, R has all remarks."


@pytest.mark.parametrize(("size", "language"), [((60, 18), "zh"), ((80, 24), "en"), ((120, 40), "zh")])
async def test_every_line_fits(
    size: tuple[int, int], language: str, planned_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Slow(monkeypatch)
    i18n.use(language)
    async with at_work(planned_file, size) as she:
        await she.press("O")
        assert all(width(line) <= size[0] for line in she.lines)
        await she.press("end")
        assert all(width(line) <= size[0] for line in she.lines)
