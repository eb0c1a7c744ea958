"""Looks at technology: whose wishes it serves, how far ahead it is, what it lacks (domain.md §6, S003 myths)."""

from collections.abc import Iterator

from planner.checks.registry import Hit, View, looks
from planner.checks.told import items, ticked
from planner.text.i18n import _, listed, ngettext


@looks("CHK37")
def wishes_only(view: View) -> Iterator[Hit]:
    """Requirements that only the users have stated."""
    sources = ticked(view, view.project.context.ticks)
    if sources and sources <= set(view.names("users")):
        named = listed(name for ident, name in items(view).items() if ident in sources)
        yield Hit(_("the requirements come from nobody but: {sources}").format(sources=named))


@looks("CHK39")
def too_far_ahead(view: View) -> Iterator[Hit]:
    """A new tool without a word on what it costs to leave it, a tool that is to be far ahead of its process."""
    project = view.project
    has = ticked(view, project.context.ticks) or frozenset()
    new = [ident for ident in view.names("packages") if ident in project.package_by_id]
    if (new or project.governance.tool_cost) and has.isdisjoint(view.names("exit")):
        yield Hit(_("a new tool is planned, but nobody has noted what it would cost to leave it again"), tuple(new))
    if not has.isdisjoint(view.names("fit")):
        return
    lifted = set(project.lifted_by("tech"))
    for process in project.processes:
        tool = [process.target[dimension] for dimension in process.target if dimension in lifted]
        rest = [process.target[dimension] for dimension in process.target if dimension not in lifted]
        if process.in_scope and tool and rest and max(tool) - min(rest) >= view.number("ahead"):
            yield Hit(
                _("the tool for {process} is to reach level {tool}, the rest of it level {rest}").format(
                    process=process.name, tool=max(tool), rest=min(rest)
                ),
                (process.id,),
            )


@looks("CHK40")
def tool_first(view: View) -> Iterator[Hit]:
    """Nothing but technical work in what the roadmap delivers first."""
    spans, packages = view.facts.spans, view.project.package_by_id
    ends = {ident: spans[ident].finish for ident in packages if ident in spans}
    first = [packages[ident] for ident, day in ends.items() if day == min(ends.values())]
    if first and all(package.workstream == "tech" for package in first):
        yield Hit(
            _("the first thing delivered, on {day}, is technical: {packages}").format(
                day=ends[first[0].id], packages=listed(package.id for package in first)
            ),
            tuple(package.id for package in first),
        )


@looks("CHK41")
def layers_incomplete(view: View) -> Iterator[Hit]:
    """Indicators that no tool collects, processes or shows; a note for those that stand as the catalogue has them.

    A layer that is ticked for the whole engagement is there for every indicator.
    """
    planned = ticked(view, view.project.context.ticks) or frozenset()
    names = items(view)
    lacking: dict[str, list[str]] = {}
    usual: list[str] = []
    for indicator in view.project.indicators:
        tools = (
            (indicator.collected, *view.names("collected")),
            (indicator.platform, *view.names("platform")),
            (indicator.report, *view.names("report")),
        )
        missing = [layer for tool, layer in tools if not tool and layer not in planned]
        if not missing:
            continue
        if indicator.source == "catalogue" and len(missing) == len(tools):
            usual.append(indicator.id)
            continue
        for layer in missing:
            lacking.setdefault(layer, []).append(indicator.id)
    own = {indicator.id: indicator.name for indicator in view.project.indicators}
    for layer, idents in lacking.items():
        yield Hit(
            _("{layer}: nothing is planned for {indicators}").format(
                layer=names.get(layer, layer), indicators=listed(own[ident] for ident in idents)
            ),
            tuple(idents),
        )
    if usual:
        text = ngettext(
            "of {n} usual indicator nobody has said yet which tools collect, process and show it",
            "of {n} usual indicators nobody has said yet which tools collect, process and show them",
            len(usual),
        )
        yield Hit(text.format(n=len(usual)), tuple(usual), "info")
