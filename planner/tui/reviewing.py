"""A review: the plan to be read, comments and decisions to be written, into the plan or into a file beside it."""

import asyncio
import os
import pwd
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from planner.model.project import Comment, Project
from planner.model.remarks import LONGEST_NAME, Draft, Remarks, is_about, mark_of, series
from planner.store.fault import Fault, PlanUnreadable
from planner.store.load import Loaded
from planner.text.clean import one_line
from planner.text.i18n import _
from planner.text.width import cut
from planner.tui.access import Access
from planner.tui.files import writable

if TYPE_CHECKING:
    from planner.store.disk import Saved
    from planner.tui.screens.plan import PlanScreen


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviews and where the remarks go: into ``file``, or a file in ``folder``; else the session finds out.

    Without ``remarks`` nothing is taken: the plan can only be read.
    """

    name: str
    file: Path | None = None
    folder: Path | None = None
    remarks: bool = True


class Review(Access):
    """May comment, settle threads and decide at gates; what others have said and decided stays theirs.

    ``file`` is where the remarks are kept, None when they go into the plan; ``base`` is the plan without them.
    """

    area = "review"

    def __init__(self, reviewer: str, loaded: Loaded, file: Path | None = None, had: Remarks | None = None) -> None:
        self.author = reviewer
        self.series = series(reviewer)
        self.base = loaded.project
        self.file = file
        self.at_once = file is not None
        self._one_file = Lock()
        self._ended = False
        self.had = had or Remarks(
            plan=loaded.project.engagement.name,
            file=loaded.path.name,
            reviewer=reviewer,
        )

    @property
    def label(self) -> str:
        return _("review")

    @property
    def closed(self) -> str:
        return _("A review leaves the plan as it is: N comments on this, R has all remarks.")

    @property
    def keeps_in(self) -> str:
        return _("A review writes nothing but remarks: whoever has the plan exports it.")

    def told(self) -> str:
        """Where the remarks go, for the first screen."""
        if self.file is None:
            return _("Review by {name}: s saves the remarks in the plan.").format(name=self.author)
        words = _("Review by {name}, kept in {file}.")
        return words.format(name=self.author, file=one_line(self.file.name))

    def writable(self, path: Path) -> bool:
        return True if self.file else writable(path)

    def kept_in(self, path: Path) -> Path:
        return self.file or path

    def refuses(self, before: Project, after: Project) -> str:
        said = replace(after, comments=before.comments, decisions=before.decisions)
        if said != before:
            return self.closed
        return self._refuses_words(before, after) or self._refuses_gates(before, after)

    def _refuses_words(self, before: Project, after: Project) -> str:
        now = {one.id: one for one in after.comments}
        stands = {one.id for one in self.base.comments} if self.file else set()
        for one in before.comments:
            then = now.get(one.id)
            if then is not None and replace(then, resolved=one.resolved) == one:
                continue
            if not self._mine(one):
                words = _("{author} has said this: Enter answers it, Space says that it is settled.")
                return words.format(author=one.author or _("Somebody"))
            if then is None and one.id in stands:
                return _("Your comment stands in the plan already: Enter adds to it, Space says that it is settled.")
        return ""

    def _mine(self, comment: Comment) -> bool:
        if self.file:
            return comment.id.startswith(self.series)
        return comment.author != "" and mark_of(comment.author) == mark_of(self.author)

    def _refuses_gates(self, before: Project, after: Project) -> str:
        now = {one.phase: one for one in after.decisions}
        stands = {one.phase for one in self.base.decisions} if self.file else set()
        for one in before.decisions:
            if now.get(one.phase) == one:
                continue
            if not one.author or mark_of(one.author) != mark_of(self.author):
                words = _("{author} has decided here on {day}: N comments on the phase if you see it otherwise.")
                return words.format(author=one.author or _("Somebody"), day=one.made)
            if one.phase not in now and one.phase in stands:
                return _("Your decision stands in the plan already: Enter decides otherwise.")
        return ""

    def save(self, project: Project, path: Path, previous: str | None, *, overwrite: bool) -> "Saved":
        if self.file is None:
            return super().save(project, path, previous, overwrite=overwrite)
        self._keep(self.said(project))
        from planner.store.disk import Saved

        return Saved(previous or "")

    def said(self, project: Project) -> Remarks:
        """What the reviewer says by now, as ``project`` shows it."""
        from planner.review.fold import gathered

        return replace(gathered(self.base, project, self.had), draft=None)

    def begin(self, plan: "PlanScreen") -> None:
        """Go on with what was being typed when the last session ended."""
        if self.had.draft is not None:
            plan.say(_("You were typing this when the last session ended."))
            plan.area.talk(self._go_on(plan, self.had.draft))

    async def _go_on(self, plan: "PlanScreen", draft: Draft) -> None:
        from planner.store.fault import SaveFailed
        from planner.tui.topics.comments import answer, comment_on, reword
        from planner.tui.topics.gates import decide_at

        said = {one.id for one in plan.project.comments}
        if draft.gate:
            await decide_at(plan.area, draft.gate, draft)
        elif draft.changes in said:
            await reword(plan.area, draft.changes, draft.text)
        elif draft.reply_to in said:
            await answer(plan.area, draft.reply_to, draft.text)
        else:
            await comment_on(plan.area, draft.item, draft.text)
        # It was taken or given up: the next session does not ask again. What was taken may be in the plan only later;
        # then its own save comes behind this one.
        async with plan.one_save:
            try:
                await asyncio.to_thread(self._keep, self.said(plan.project))
            except SaveFailed as error:
                plan.say(_("Not saved: {reason}").format(reason=error), warn=True)

    def part(self, plan: "PlanScreen") -> bool:
        from planner.store.fault import SaveFailed

        draft = typed(plan) or self.had.draft
        with suppress(SaveFailed):
            self._keep(replace(self.said(plan.project), draft=draft), last=True)
            return draft is not None
        return False

    def _keep(self, remarks: Remarks, last: bool = False) -> None:
        """Write the review file, if it is to say something else; nothing is written after the ``last`` time.

        A save that is under way in a thread is waited for; one that has not begun would undo the last. Raises
        SaveFailed.
        """
        with self._one_file:
            if not self._ended:
                self._ended = last
                self._write(remarks)

    def _write(self, remarks: Remarks) -> None:
        from planner.store.fault import SaveFailed
        from planner.store.remarks import save_remarks

        if self.file is None or remarks == self.had:
            return
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            wrong = _("{folder} cannot be made ({reason}) — name another file with --review-file")
            folder = one_line(str(self.file.parent))
            raise SaveFailed(wrong.format(folder=folder, reason=error.strerror or str(error))) from error
        save_remarks(remarks, self.file)
        self.had = remarks

    def renewed(self, project: Project, loaded: Loaded) -> Project:
        """The plan as its owner has saved it by now, with what the reviewer says in ``project``."""
        from planner.review.fold import fold

        remarks = self.said(project)
        if self.file is None:  # what came from the plan and is the same still is not said anew
            known = {*self.base.comments}
            remarks = replace(remarks, comments=tuple(one for one in remarks.comments if one not in known))
        self.base = loaded.project
        return fold(loaded.project, remarks)


class Reading(Review):
    """A review in which no remarks are taken."""

    remarks = False
    holds = False

    @property
    def closed(self) -> str:
        return _("The plan can only be read here; remarks are not taken.")

    def refuses(self, before: Project, after: Project) -> str:
        return self.closed

    def told(self) -> str:
        return self.closed


async def renew(screen: "PlanScreen", review: Review) -> bool:
    """Show the plan as its owner has saved it by now, with the remarks made here; whether it could be read."""
    from planner.catalog.ids import process_ids
    from planner.store.load import load

    try:
        loaded = await asyncio.to_thread(load, screen.path, process_ids())
    except PlanUnreadable as error:
        screen.say(_("The plan was changed and cannot be read now: {fault}").format(fault=error.faults[0]), warn=True)
        return False
    screen.renew(loaded, review.renewed(screen.project, loaded))
    return True


def review(path: Path, reviewer: Reviewer) -> tuple[Loaded, Review]:
    """The plan in ``path`` with what ``reviewer`` has said so far, and what they may do.

    Raises PlanUnreadable with the faults of the plan, or of the review file that is there.
    """
    from planner.catalog.ids import process_ids
    from planner.review.fold import fold
    from planner.store.load import load
    from planner.store.remarks import load_remarks

    loaded = load(path, process_ids())
    if not reviewer.remarks:
        return loaded, Reading(reviewer.name, loaded)
    file = _file(path, reviewer)
    if file is None or not _there(file):
        return loaded, Review(reviewer.name, loaded, file)
    had = load_remarks(file)
    if mark_of(had.reviewer) != mark_of(reviewer.name):
        wrong = _("this is the review of {name}").format(name=had.reviewer)
        raise PlanUnreadable((Fault(str(file), 1, wrong, _("say who you are with --as, or name another file")),))
    if not is_about(had, path.name, loaded.project.engagement.name):
        wrong = _("this is a review of {file}").format(file=had.file)
        raise PlanUnreadable((Fault(str(file), 1, wrong, _("name another file")),))
    return replace(loaded, project=fold(loaded.project, had)), Review(had.reviewer, loaded, file, had)


def _file(path: Path, reviewer: Reviewer) -> Path | None:
    """Where the remarks go: where it is asked, where they are already, or where they can; None for into the plan."""
    from planner.store.lock import holder
    from planner.store.remarks import review_path

    if reviewer.file or reviewer.folder:
        return reviewer.file or review_path(path, reviewer.name, reviewer.folder)
    beside = review_path(path, reviewer.name)
    if not os.access(path.parent, os.W_OK):
        from platformdirs import user_data_path

        return review_path(path, reviewer.name, user_data_path("itsm-planner") / "reviews")
    has_it = holder(path)
    if _there(beside) or not writable(path) or (has_it is not None and has_it.alive):
        return beside
    return None


def _there(file: Path) -> bool:
    """Whether ``file`` is there; of one that cannot be looked at it is told when it is to be written."""
    try:
        return file.exists()
    except OSError:
        return False


def typed(plan: "PlanScreen") -> Draft | None:
    """The remark, or note of a decision, that is being typed over ``plan``; None when none is."""
    from planner.tui.screens.form import Form

    if (about := plan.writing) is None:
        return None
    name = "note" if about.gate else "text"
    forms = (form for form in plan.app.screen_stack if isinstance(form, Form))
    drafts = (replace(about, text=form.stands_in(name), verdict=form.stands_in("verdict")) for form in forms)
    return next((draft for draft in drafts if draft.text.strip() and draft != about), None)


def full_name() -> str:
    """What the system calls the person: the full name of the account, else its name."""
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:  # no account has this number, as in some containers
        return _("Reviewer")
    return cut(one_line(account.pw_gecos.partition(",")[0]) or one_line(account.pw_name), LONGEST_NAME)
