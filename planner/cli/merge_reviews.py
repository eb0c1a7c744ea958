"""``planner merge PLAN --review FILE``: reviews that were kept in files of their own come into their plan."""

from collections.abc import Sequence
from pathlib import Path

from planner.cli import plan
from planner.cli.answer import DONE, FINDINGS, Answer, Failure, fault
from planner.cli.layout import page, paragraph
from planner.model.project import Project
from planner.model.remarks import Remarks, is_about
from planner.review.fold import digest_of, fold_all, told
from planner.text.i18n import _, listed


def merge_reviews(
    path: Path, files: Sequence[Path], *, write: bool, out: Path | None = None, even_if_open: bool = False
) -> Answer:
    """Fold the reviews in ``files`` into the plan in ``path``: into it with ``write``, into a new file with ``out``.

    Else it is only told what would be done. Exit code 1 when two people have decided differently at a gate. Raises
    Failure for what cannot be read or written, and for a review of another plan.
    """
    loaded = plan.read(path)
    reviews = [_read(file, path.name, loaded.project.engagement.name) for file in files]
    after = fold_all(loaded.project, reviews)
    said = [*told(loaded.project, after)] or [_("The plan holds all of it already.")]
    notes = _looked_at_before(reviews, loaded.project)
    if out is not None:
        plan.write_copy(after, out, loaded.text)
        said.append(_("Saved to {file}.").format(file=plan.shown(out)))
    elif write and after != loaded.project:
        notes += plan.write(after, path, loaded.text, even_if_open=even_if_open)
        said.append(_("Saved to {file}.").format(file=plan.shown(path)))
    elif after != loaded.project:
        said.append(_("Nothing is written yet: --write does it, --out NEW writes another file."))
    conflict = len(after.conflicts) > len(loaded.project.conflicts)
    return Answer(page(["\n".join(map(paragraph, said))]), notes=notes, code=FINDINGS if conflict else DONE)


def _read(file: Path, name: str, plan_name: str) -> Remarks:
    """The review in ``file``, if it is about the plan ``plan_name`` in a file ``name``. Raises Failure."""
    from planner.store.load import PlanUnreadable
    from planner.store.remarks import load_remarks

    try:
        remarks = load_remarks(file)
    except PlanUnreadable as unreadable:
        raise Failure(*map(str, unreadable.faults)) from None
    if not is_about(remarks, name, plan_name):
        wrong = _("{file} is a review of {plan}").format(file=plan.shown(file), plan=remarks.file)
        raise Failure(fault(wrong, _("name that plan, or correct file = in the review if it was renamed")))
    return remarks


def _looked_at_before(reviews: Sequence[Remarks], project: Project) -> tuple[str, ...]:
    """A line on reviewers who decided on a plan that was not as it is now."""
    digest = digest_of(project)
    names = [one.reviewer for one in reviews if one.digest and one.digest != digest and one.decisions]
    if not names:
        return ()
    words = _("the plan has changed since {names} decided — look at the gates again")
    return (words.format(names=listed(names)),)
