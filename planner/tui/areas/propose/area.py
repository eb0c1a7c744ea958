"""Propose and compare: strategies to propose by, the roadmaps found, each against the others and the adopted one."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.timer import Timer

from planner.model.knowledge import Strategy
from planner.model.project import Project
from planner.rollout.found import Failed
from planner.rollout.result import Infeasible
from planner.text.i18n import _
from planner.tui.areas.propose.beside import Beside, chosen
from planner.tui.areas.propose.keys import BINDINGS, LEGEND
from planner.tui.areas.propose.rows import BY
from planner.tui.areas.propose.searching import Answer, Job, outcome
from planner.tui.areas.propose.view import BESIDE, FIGURES, VIEWS, ProposeView
from planner.tui.widgets.lines import Block

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp

GLANCE = 0.5
"""Seconds between two looks at how far a search is."""


class ProposeArea(ProposeView):
    """A table of roadmaps and strategies; searches run in a thread, one after the other."""

    BINDINGS: ClassVar[list[BindingType]] = BINDINGS
    legend = LEGEND

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._clock: Timer | None = None

    def on_mount(self) -> None:
        sessions = cast("PlannerApp", self.app).sessions
        self.session = sessions.setdefault(self.plan.path, self.session)
        self._clock = self.set_interval(GLANCE, self._look, pause=True)

    def on_unmount(self) -> None:
        self.pursuit.give_up()  # the session ends: the thread must not go on

    # Searching

    def search(self, *jobs: Job) -> None:
        """Do these after those that wait."""
        self.plan.say("")
        if self.pursuit.add(jobs):
            self.run_worker(self._pursue(), group="propose")
        self.draw()

    async def _pursue(self) -> None:
        assert self._clock is not None
        self._clock.resume()
        await self.pursuit.run(lambda: self.project, self._begins, self._keep)
        self._clock.pause()
        self.query_one("#search").display = False
        self.plan.working("")
        self.draw()

    def _begins(self, job: Job) -> None:
        self.plan.working(job.title)
        self.draw()

    def _look(self) -> None:
        """Draw how far the search is."""
        job, pursuit = self.pursuit.live, self.pursuit
        if job and self.display:
            block = self.query_one("#search", Block)
            block.show(job.lines(pursuit.begun, pursuit.begun + len(pursuit.waiting)))
            block.display = True

    def _keep(self, job: Job, project: Project, answer: Answer) -> None:
        """Take what a search found into the list, with the cursor on it where that still is where it was."""
        key, here = self.sheet.key, self.plan.area is self
        if isinstance(answer, Infeasible):
            self.session.failed[job.strategy.id] = Failed(answer, project, job.asked, job.search)
            mend = _("Enter shows what would mend it.") if here else _("g shows what would mend it.")
            words = _("{name}: no roadmap keeps everything. {mend}")
            self.plan.say(words.format(name=job.name, mend=mend), warn=True)
            return
        self.session.failed.pop(job.strategy.id, None)
        known = {one.id for one in self.session.found}
        kept = [self.session.add(found) for found in answer]
        goes = bool(kept) and not self.pursuit.waiting and key == job.key
        words = outcome(job, sum(one.id not in known for one in kept), kept, here, goes)
        if not goes:
            self.plan.say(words)
        going = self._compare_and_go(key, kept[0].id, words) if goes else self._compare()
        self.run_worker(going, group="compare", exclusive=True)

    async def _compare(self) -> None:
        """Measure all anew."""
        self._measured = (self.project, tuple(found.id for found in self.session.found), self.base)
        await self.compare()

    async def _compare_and_go(self, before: str, key: str, words: str) -> None:
        """Measure anew, and put the cursor on ``key`` once it is listed, unless it has left ``before`` meanwhile.

        Only then ``words`` say what Enter does there.
        """
        await self._compare()
        if self.sheet.key == before:
            self.sheet.find(key)
        self.plan.say(words)

    # What the keys do

    def why_not(self, action: str) -> str:
        key = self.sheet.key
        if action in ("open", "others") and not self.project.packages:
            return _("There is no work to plan yet: raise a target in Assessment (a) first.")
        if action == "others" and self.strategy is None:
            return _("This roadmap follows no strategy of the catalogue; choose a strategy.")
        if action in ("take", "cancel") and self.pursuit.live is None:
            return _("No search is under way.")
        if action == "base" and self.column(key) is None:
            return _("Choose a roadmap that the others are to be compared with.")
        if action == "remove" and self.session.by_id(key) is None:
            return _("Only roadmaps found here can be taken out; in Roadmap (r) X takes the adopted one back.")
        return ""

    def action_open(self) -> None:
        if self.turned == BESIDE:
            self.plan.say(_("t goes back to the list; there Enter opens a roadmap."), warn=True)
        elif self.may("open"):
            strategy = self.strategy
            if not self.sheet.key.startswith(BY):
                from planner.tui.areas.propose.acts import look_at

                self.talk(look_at(self, self.sheet.key))
            elif strategy:
                self._propose(strategy)

    def _propose(self, strategy: Strategy) -> None:
        """Propose by the marked strategies, else by the one of the cursor; one that has no roadmap is looked into."""
        chosen = [one for one in self.strategies if BY + one.id in self.marked] or [strategy]
        failed = self.session.failed.get(strategy.id)
        if chosen == [strategy] and failed and failed.holds(self.project, self.asked):
            from planner.tui.areas.propose.acts import mend

            self.talk(mend(self, strategy, failed))
            return
        self.marked -= {BY + one.id for one in chosen}
        self.search(*(Job(one, self.asked, self.sheet.key) for one in chosen))

    def action_mark(self) -> None:
        if self.turned != BESIDE and (key := self.sheet.key):
            self.marked ^= {key}
            self.sheet.marked = self.marked
            self.sheet.go(self.sheet.cursor + 1) if self.sheet.cursor + 1 < self.sheet.count else self.sheet.refresh()
            self.head()

    def action_mark_all(self) -> None:
        every = {BY + strategy.id for strategy in self.strategies}
        self.marked = self.marked - every if every <= self.marked else self.marked | every
        key = self.sheet.key
        self.draw(key if key.startswith(BY) else BY + self.strategies[0].id)

    def action_settings(self) -> None:
        from planner.tui.areas.propose.acts import change_settings

        self.talk(change_settings(self))

    def action_others(self) -> None:
        if self.may("others") and (strategy := self.strategy):
            self.search(Job(strategy, self.asked, self.sheet.key, others=True))

    def action_explain(self) -> None:
        from planner.tui.areas.propose.acts import explain

        self.talk(explain(self, self.sheet.key))

    def action_take(self) -> None:
        if self.may("take"):
            self.pursuit.take()
            self._look()

    def action_cancel(self) -> None:
        if self.may("cancel"):
            self.pursuit.give_up()
            self.query_one("#search").display = False
            self.plan.working("")
            self.draw()
            self.plan.say(_("Given up: the plan is as it was."))

    def action_remove(self) -> None:
        if self.may("remove"):
            key = self.sheet.key
            self.session.remove(key)
            self.marked.discard(key)
            self.base = "" if self.base == key else self.base
            self.show(self.project)

    def action_base(self) -> None:
        if self.may("base"):
            self.base = self.sheet.key
            self.show(self.project)

    def action_turn(self) -> None:
        """The next view; side by side only where there are two roadmaps."""
        self.turned = (self.turned + 1) % len(VIEWS)
        columns = chosen(self.compared, self.marked, self.sheet.key) if self.turned == BESIDE else []
        if self.turned == BESIDE and len(columns) < 2:
            self.turned = FIGURES
            self.plan.say(_("Two roadmaps can be looked at side by side; there is only one."))
        beside = self.query_one(Beside)
        if self.turned == BESIDE:
            beside.show(self.project, self.compared, columns)
        beside.display = self.turned == BESIDE
        self.sheet.display = self.query_one("#told").display = self.turned != BESIDE
        self.draw()
        self.enter()
