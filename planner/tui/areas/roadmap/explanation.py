"""Why an item is where it is, told in a dialog; on demand what would happen elsewhere, and what would move it."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from threading import Thread
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType

from planner.model.project import Project
from planner.rollout.explain import explain
from planner.rollout.result import Explanation, Slack
from planner.text.i18n import N_, _, ngettext
from planner.tui.areas.area import Area
from planner.tui.areas.roadmap.wording import called
from planner.tui.named import in_names
from planner.tui.screens.dialog import Dialog
from planner.tui.screens.working import Working
from planner.tui.widgets.lines import Piece
from planner.tui.widgets.prose import Prose

T = TypeVar("T")

PATIENCE = 0.3
"""Seconds after which it is said that the answer takes longer, as it does in a plan of thousands of packages."""


async def explain_item(area: Area, item: str) -> None:
    """Explain where the roadmap has ``item``; go into a question about it, and come back."""
    project = area.project
    title = project.title(item)

    def work() -> Explanation | str:
        try:
            return explain(project, item)
        except KeyError:
            return _("{item} has no full place in the roadmap yet: m puts it into a phase.").format(item=title)

    future = _begun(work)
    await asyncio.wait({asyncio.wrap_future(future)}, timeout=PATIENCE)
    found: Explanation | str | None = future.result() if future.done() else None
    if found is None:
        found = await area.ask(Waiting(_("Why is {item} here?").format(item=title), future))
    if found is None or isinstance(found, str):
        area.plan.say(found or _("Given up: the plan is as it was."), warn=found is not None)
        return
    while question := await area.ask(Explained(project, found)):
        from planner.tui.areas.roadmap.questions import why_not, would_move

        if await (why_not(area, item) if question == "elsewhere" else would_move(area, item)):
            return  # something was adopted, and the explanation is no longer true


def _begun(work: Callable[[], T]) -> "Future[T]":
    """What ``work`` will answer; its thread, which nothing can stop, does not keep the program from ending."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # handed over to whoever waits for the answer
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


class Waiting(Working[T]):
    """Returns what was begun already."""

    def __init__(self, title: str, begun: "Future[T]") -> None:
        super().__init__(title, begun.result)
        self.begun = begun

    async def _work(self) -> None:
        answer: T = await asyncio.wrap_future(self.begun)
        self.dismiss(answer)


class Explained(Dialog[str]):
    """The explanation; returns which question is asked next: ``elsewhere`` or ``movers``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p",
            "ask('elsewhere')",
            N_("why not in phase ..."),
            id="explanation.elsewhere",
            tooltip=N_("Why not earlier, or in another phase?"),
        ),
        Binding(
            "w",
            "ask('movers')",
            N_("what would move it"),
            id="explanation.movers",
            tooltip=N_("Changes after which it starts earlier"),
        ),
        Binding("enter", "back", N_("back"), id="explanation.back", tooltip=N_("Back: it has been read"), show=False),
    ]

    def __init__(self, project: Project, found: Explanation) -> None:
        super().__init__(_("Why is {item} here?").format(item=project.title(found.item)))
        self.lines = [*told(project, found)]

    def body(self) -> Iterator[Prose]:
        yield Prose(self.lines, hang=2)

    def action_ask(self, question: str) -> None:
        self.dismiss(question)


def told(project: Project, found: Explanation) -> Iterator[Piece]:
    """An explanation in lines."""
    return (Piece(in_names(project, piece.text), piece.style) for piece in _told(project, found))


def _told(project: Project, found: Explanation) -> Iterator[Piece]:
    phase = project.phase_by_id.get(found.phase)
    words = _("{start} to {finish}, in phase {phase}")
    name = phase.name if phase else found.phase
    yield Piece(words.format(start=found.start, finish=found.finish, phase=name), "strong")
    if found.broken:
        yield from _headed(_("What is wrong here"), (f"! {line}" for line in found.broken))
    if found.because:
        yield from _headed(_("Why it is in the plan"), found.because)
    yield from _headed(_("Why not earlier"), _why_not_earlier(found))
    if found.parts:
        yield from _headed(_("Its parts"), found.parts)
    if found.slack:
        yield from _headed(_("How much later it may start"), _slack(found.slack))
    if found.chain:
        yield from _headed(_("How that goes back to the start"), _chain(project, found))


def _headed(title: str, lines: "Iterator[str] | tuple[str, ...]") -> Iterator[Piece]:
    yield Piece("")
    yield Piece(title, "head")
    yield from (Piece(f"  {line}") for line in lines)


def _why_not_earlier(found: Explanation) -> Iterator[str]:
    yield from (reason.message for reason in found.reasons)
    if found.earliest < found.start:
        yield _("It could start on {day} if everything else stayed where it is.").format(day=found.earliest)
    elif not found.reasons:
        yield _("It starts when the project starts.")
    if found.preference:
        yield found.preference.message


def _chain(project: Project, found: Explanation) -> Iterator[str]:
    for step in found.chain:
        words = _("{start} to {finish} {item}: {reason}")
        line = words.format(
            start=step.start, finish=step.finish, item=called(project, step.item), reason=step.reason.message
        )
        yield f"{line} ({'; '.join(step.breaks)})" if step.breaks else line


def _slack(slack: Slack) -> Iterator[str]:
    def days(count: int) -> str:
        return ngettext("{n} working day", "{n} working days", count).format(n=count)

    yield _("{days} with everything else where it is").format(days=days(slack.free))
    yield _("{days} when others make way and the roadmap ends no later").format(days=days(slack.total))
    yield _("{days} if staff had no limit, by links, calendar and phases alone").format(days=days(slack.links))
