"""Looks at the design of processes: codes, rules, forms, properties of a procedure (domain.md §6, design list)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.checks.told import deliverables, handed_over, items, ticked
from planner.graph.naming import called
from planner.model.project import WorkPackage
from planner.text.i18n import _, listed


@looks("CHK29")
def codes_late(view: View) -> Iterator[Hit]:
    """Work on the tool that begins before the code tables are there, or without them."""
    project, facts = view.project, view.facts
    codes = view.names("deliverables")
    for item, packages in _increments(view):
        tools = [package for package in packages if package.workstream == "tech"]
        for tool in tools:
            for package in packages:
                if package != tool and handed_over([package]) & set(codes) and facts.begins_before(tool.id, package.id):
                    yield Hit(
                        _("{tool} begins on {day}, but the code tables come with {package}, ready on {ready}").format(
                            tool=tool.id,
                            day=facts.spans[tool.id].start,
                            package=package.id,
                            ready=facts.spans[package.id].finish,
                        ),
                        (tool.id, package.id),
                    )
        given = handed_over(packages)
        missing = [code for code in codes if code not in given]
        if tools and given and missing:
            yield Hit(
                _("{item}: the tool is set up without the codes for: {missing}").format(
                    item=called(project, item), missing=deliverables(view, missing)
                ),
                (item,),
            )


@looks("CHK30")
def rules_incomplete(view: View) -> Iterator[Hit]:
    """Procedures without one of the groups of rules."""
    for item, packages in _increments(view):
        given = handed_over(package for package in packages if package.workstream == "process")
        missing = [rule for rule in view.names("deliverables") if rule not in given]
        if given and missing:
            yield Hit(
                _("the procedure of {item} lacks: {missing}").format(
                    item=called(view.project, item), missing=deliverables(view, missing)
                ),
                (item,),
            )


@looks("CHK31")
def form_missing(view: View) -> Iterator[Hit]:
    """Levels that are built without form, indicators or report; a note where nothing is said about deliverables.

    A plan that speaks of no deliverables at all is not judged.
    """
    silent: list[str] = []
    for item, packages in _increments(view):
        given = handed_over(packages)
        missing = [needed for needed in view.names("deliverables") if needed not in given]
        if not given:
            silent.append(item)
        elif missing:
            yield Hit(
                _("{item} lacks: {missing}").format(
                    item=called(view.project, item), missing=deliverables(view, missing)
                ),
                (item,),
            )
    if silent and handed_over(view.project.packages):
        yield Hit(
            _("the plan does not say what is handed over by: {items}").format(
                items=listed(called(view.project, item) for item in silent)
            ),
            tuple(silent),
            "info",
        )


def _increments(view: View) -> Iterator[tuple[str, tuple[WorkPackage, ...]]]:
    """The capabilities of the level that the check is about, as far as a procedure is written for them."""
    for item, packages in view.facts.lifting(int(view.number("level"))):
        if any(package.workstream == "process" for package in packages):
            yield item, packages


@looks("CHK32")
def not_operable(view: View) -> Iterator[Hit]:
    """Procedures that lack too many of the properties for the level they are to have; a note on those not judged yet.

    Nothing is said before the first one is judged or the work of the programme is chosen.
    """
    names = items(view)
    unknown: list[str] = []
    judged = bool(view.project.engagement.programme)
    for process in view.project.processes:
        if not process.in_scope or process.target_level < view.number("level"):
            continue
        higher = process.target_level >= view.number("higher_level")
        least = int(view.number("higher_least" if higher else "least"))
        has = ticked(view, process.ticks)
        judged = judged or has is not None
        if has is None:
            unknown.append(process.id)
        elif len(has & names.keys()) < least:
            yield Hit(
                _(
                    "the procedure of {process} has {n} of the {least} properties that level {level} asks for: "
                    "it lacks {missing}"
                ).format(
                    process=process.name,
                    n=len(has & names.keys()),
                    least=least,
                    level=process.target_level,
                    missing=listed(name for ident, name in names.items() if ident not in has),
                ),
                (process.id,),
            )
    if unknown and judged:
        yield Hit(
            _("nobody has judged the properties of the procedures of: {processes}").format(
                processes=listed(view.project.process_by_id[ident].name for ident in unknown)
            ),
            tuple(unknown),
            "info",
            _("tick the properties once the procedure is drafted"),
        )
