"""What must hold for baselines and comments.

Comments and decisions may be about something that is no longer in the plan: what somebody said is kept.
"""

from collections.abc import Callable, Iterator

from planner.model.problem import Known, Problem
from planner.model.project import Project
from planner.text.i18n import _


def _planned(project: Project, known: Known) -> Iterator[Problem]:
    for index, baseline in enumerate(project.baselines):
        for package, planned in baseline.packages.items():
            if (planned.start is None) != (planned.finish is None):
                yield Problem(
                    ("baselines", index, "packages", package),
                    _("{package} has a start or a finish in the baseline, but not both").format(package=package),
                    _("give both, or neither"),
                )
            elif planned.start and planned.finish and planned.start > planned.finish:
                yield Problem(
                    ("baselines", index, "packages", package, "finish"),
                    _("{package} finishes in the baseline before it starts").format(package=package),
                    _("exchange start and finish"),
                )


def _threads(project: Project, known: Known) -> Iterator[Problem]:
    first = {comment.id for comment in project.comments if not comment.reply_to}
    for index, comment in enumerate(project.comments):
        if comment.reply_to and comment.reply_to not in first:
            yield Problem(
                ("comments", index, "reply_to"),
                _("no thread begins with a comment {name!r}").format(name=comment.reply_to),
                _("answer the first comment of a thread"),
            )


REVIEW_RULES: tuple[Callable[[Project, Known], Iterator[Problem]], ...] = (_planned, _threads)
