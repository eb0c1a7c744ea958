"""How far a work package is: not begun, begun, done, what is left; as of which day."""

from collections.abc import Sequence

from planner.edit.progress import begin, finish_work, forget, set_as_of, set_remaining, tell
from planner.model.project import Progress, Project
from planner.text.i18n import _, ngettext
from planner.tui.areas.area import Area, Change
from planner.tui.areas.roadmap.rows import progress_words
from planner.tui.named import work_named
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.screens.pick import Option, Pick
from planner.tui.typed import day_or_none, positive_or_none

OPEN, BEGUN, DONE = "open", "begun", "done"


async def tell_progress(area: Area, item: str) -> None:
    """Ask how far a work package, or one of a capability, is, and make the edit."""
    project = area.project
    packages = project.packages_of.get(item, ())
    if item not in project.package_by_id and len(packages) > 1:
        options = [
            Option(package.id, package.name, progress_words(project, [package.id]) or _("not begun"))
            for package in packages
        ]
        title = _("How far is {item}?").format(item=project.title(item))
        item = await area.ask(Pick(title, options)) or ""
    elif packages:
        item = packages[0].id
    if item:
        await _ask(area, item)


async def tell_progress_of(area: Area, packages: Sequence[str]) -> None:
    """Ask how far several work packages are, the same of all, and make one edit of it."""
    project = area.project
    states = ((OPEN, _("not begun")), (BEGUN, _("begun")), (DONE, _("done")))
    count = ngettext("{n} package", "{n} packages", len(packages)).format(n=len(packages))
    usual = _("empty: as it was told before, else as planned")
    await area.fill(
        _("How far are {count}?").format(count=count),
        [
            _as_of(project),
            OneOf("state", _("They are"), states, DONE),
            Text("start", _("Begun on"), "", day_or_none, usual),
            Text("finish", _("Finished on"), "", day_or_none, usual),
        ],
        lambda values: _change_all(packages, values),
        lambda values: _("{item}: {state}").format(item=count, state=dict(states)[values["state"]]),
        _("What has begun stands in every proposal from then on."),
        lambda values: _missing_of(project, packages, values),
    )


def _missing_of(project: Project, packages: Sequence[str], values: Values) -> str:
    """What must be said of several packages that is not, and the plan does not know either."""
    placed = project.roadmap.packages if project.roadmap else {}
    if values["state"] == OPEN:
        return ""
    if values["as_of"] is None:
        return _("Say as of which day this is.")
    if values["start"] is None and any(p not in placed and p not in project.progress_of for p in packages):
        return _("Some are not in the roadmap: say on which day they were begun.")
    if values["state"] == DONE and values["finish"] is None and any(p not in placed for p in packages):
        return _("Some are not in the roadmap: say on which day they were finished.")
    return ""


def _change_all(packages: Sequence[str], values: Values) -> Change:
    def change(project: Project) -> Project:
        if values["state"] == OPEN:
            return set_as_of(tell(project, (), packages), values["as_of"])
        project = set_as_of(project, values["as_of"])
        placed = project.roadmap.packages if project.roadmap else {}
        told = []
        for package in packages:
            before, place = project.progress_of.get(package), placed.get(package)
            start = values["start"] or (before.start if before else place.start if place else None)
            if start is None:
                continue
            done = values["finish"] or (before and before.finish) or (place.finish if place else None)
            finish = done if values["state"] == DONE else None
            note = before.note if before else ""
            told.append(Progress(package=package, start=start, finish=finish, note=note))
        return tell(project, told)

    return change


def _as_of(project: Project) -> Text:
    return Text(
        "as_of",
        _("As of"),
        str(project.engagement.as_of or ""),
        day_or_none,
        _("the last day that the progress of the whole plan covers, such as 2027-03-31"),
    )


async def _ask(area: Area, package: str) -> None:
    project = area.project
    told = project.progress_of.get(package)
    place = project.roadmap.packages.get(package) if project.roadmap else None
    start = told.start if told else place.start if place else None
    finish = told.finish if told and told.finish else place.finish if place else None
    state = OPEN if told is None else DONE if told.finish else BEGUN
    states = ((OPEN, _("not begun")), (BEGUN, _("begun")), (DONE, _("done")))
    names = dict(states)
    title = work_named(project, package)
    await area.fill(
        _("How far is {item}?").format(item=title),
        [
            _as_of(project),
            OneOf("state", _("It is"), states, state),
            Text("start", _("Begun on"), str(start or ""), day_or_none, _("when it is begun or done")),
            Text("finish", _("Finished on"), str(finish or ""), day_or_none, _("only when it is done")),
            Text(
                "remaining",
                _("Working days left"),
                str((told and told.remaining) or ""),
                positive_or_none,
                _("only while it goes on; empty: what its likely length leaves"),
            ),
        ],
        lambda values: _change(package, values),
        lambda values: _("{item}: {state}").format(item=title, state=names[values["state"]]),
        _("What has begun stands in every proposal from then on."),
        _missing,
    )


def _missing(values: Values) -> str:
    """What must be said that is not; empty when all is said."""
    state = values["state"]
    if state != OPEN and values["as_of"] is None:
        return _("Say as of which day this is.")
    if state != OPEN and values["start"] is None:
        return _("Say on which day it was begun.")
    if state == DONE and values["finish"] is None:
        return _("Say on which day it was finished.")
    return ""


def _change(package: str, values: Values) -> Change:
    def change(project: Project) -> Project:
        told = project.progress_of.get(package)
        if values["state"] == OPEN:
            project = forget(project, package) if told else project
            return set_as_of(project, values["as_of"])
        project = set_as_of(project, values["as_of"])
        if told and told.finish:
            project = set_remaining(project, package, None)  # open again, or a later start would contradict the end
        project = begin(project, package, values["start"])
        if values["state"] == DONE:
            return finish_work(project, package, values["finish"])
        return set_remaining(project, package, values["remaining"])

    return change
