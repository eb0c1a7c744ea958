"""How far a work package is: not begun, begun, done, what is left; as of which day."""

from planner.edit.progress import begin, finish_work, forget, set_as_of, set_remaining
from planner.model.project import Project
from planner.text.i18n import _
from planner.tui.areas.area import Area, Change
from planner.tui.areas.roadmap_rows import progress_words
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
            Text(
                "as_of",
                _("As of"),
                str(project.engagement.as_of or ""),
                day_or_none,
                _("the last day that the progress of the whole plan covers, such as 2027-03-31"),
            ),
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
