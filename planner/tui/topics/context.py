"""Context: how the client is organised, where it wants to go, and what was ticked for the engagement as a whole."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.edit.context import set_context, tick
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text.i18n import N_, _, labelled, language, ngettext
from planner.tui.screens.form import OneOf, Text, Values
from planner.tui.topics.topic import Step, Topic, mark, source
from planner.tui.typed import positive_or_none
from planner.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from planner.tui.areas.area import Area, Change

_CHOICES = {
    "form": N_("Organisation form"),
    "path": N_("Transformation path"),
    "stands": N_("stands at"),
    "aims": N_("aims at"),
}
_HORIZON = "horizon_months"
_LAYER, _ITEM = "layer ", "item "


class ContextTopic(Topic):
    """Choices first, then service layers and checklists to tick."""

    columns = (Column("", 3), Column(N_("What"), 20, share=1), Column(N_("Value"), 16, share=1))

    def rows(self, project: Project, catalogue: Catalogue) -> list[Row]:
        tongue = language()
        context = project.context
        rows = [
            Row(key, ("", _(label), dict(_options(project, catalogue, key)).get(getattr(context, key), "-")))
            for key, label in _CHOICES.items()
        ]
        months = _months(context.horizon_months) if context.horizon_months else "-"
        rows.append(Row(_HORIZON, ("", _("Horizon"), months)))
        rows.append(Row("layers", banner=_("Service layers"), style="head"))
        rows += [
            Row(_LAYER + layer.id, (mark(layer.id in context.layers), layer.name.in_(tongue), ""))
            for layer in catalogue.layers
        ]
        for checklist in catalogue.checklists:
            if checklist.scope == "engagement":
                rows.append(Row(checklist.id, banner=checklist.name.in_(tongue), style="head"))
                ticked = context.ticks.get(checklist.id, ())
                rows += [
                    Row(f"{_ITEM}{checklist.id} {item.id}", (mark(item.id in ticked), item.name.in_(tongue), ""))
                    for item in checklist.items
                ]
        return rows

    def about(self, project: Project, catalogue: Catalogue, key: str) -> Sequence[str]:
        return [*_about(project, catalogue, key)]

    def tick(self, project: Project, catalogue: Catalogue, key: str) -> Step | str:
        tongue = language()
        if key.startswith(_LAYER):
            layer = next(layer for layer in catalogue.layers if layer.id == key.removeprefix(_LAYER))
            now = project.context.layers
            layers = tuple(other for other in now if other != layer.id) if layer.id in now else (*now, layer.id)
            label = labelled(_("Service layers"), layer.name.in_(tongue))
            return label, lambda p: set_context(p, catalogue, layers=layers)
        if key.startswith(_ITEM):
            name, item = key.removeprefix(_ITEM).split(" ")
            checklist = next(checklist for checklist in catalogue.checklists if checklist.id == name)
            words = next(entry.name.in_(tongue) for entry in checklist.items if entry.id == item)
            on = item not in project.context.ticks.get(name, ())
            label = labelled(checklist.name.in_(tongue), words)
            return label, lambda p: tick(p, catalogue, name, item, on)
        return _("Nothing can be ticked here; Enter changes the row.")

    async def change(self, area: "Area", catalogue: Catalogue, key: str) -> None:
        if key.startswith((_LAYER, _ITEM)):
            step = self.tick(area.project, catalogue, key)
            assert not isinstance(step, str)
            area.edit(*step)
        elif key in _CHOICES or key == _HORIZON:
            await _choose(area, catalogue, key)
        else:
            await super().change(area, catalogue, key)


def _months(months: int) -> str:
    return ngettext("{n} month", "{n} months", months).format(n=months)


async def _choose(area: "Area", catalogue: Catalogue, key: str) -> None:
    now = getattr(area.project.context, key)
    label = _("Horizon") if key == _HORIZON else _(_CHOICES[key])
    field = (
        Text("value", _("Horizon"), str(now or ""), positive_or_none, _("months, or empty"))
        if key == _HORIZON
        else OneOf("value", label, _options(area.project, catalogue, key), now)
    )

    def change(values: Values) -> "Change":
        return lambda p: set_context(p, catalogue, **{key: values["value"]})

    await area.fill(label, [field], change, lambda values: _("{fact} changed").format(fact=label))


def _options(project: Project, catalogue: Catalogue, key: str) -> tuple[tuple[str, str], ...]:
    tongue = language()
    none = ("", _("not said"))
    if key == "form":
        return (none, *((form.id, form.name.in_(tongue)) for form in catalogue.forms))
    if key == "path":
        return (none, *((path.id, path.name.in_(tongue)) for path in catalogue.paths))
    steps = next((path.steps for path in catalogue.paths if path.id == project.context.path), ())
    return (none, *((step.id, step.name.in_(tongue)) for step in steps))


def _about(project: Project, catalogue: Catalogue, key: str) -> Iterator[str]:
    tongue = language()
    form = next((form for form in catalogue.forms if form.id == project.context.form), None)
    path = next((path for path in catalogue.paths if path.id == project.context.path), None)
    layer = next((layer for layer in catalogue.layers if _LAYER + layer.id == key), None)
    checklist = next((entry for entry in catalogue.checklists if key.startswith(f"{_ITEM}{entry.id} ")), None)
    if key == "form" and form:
        yield labelled(form.name.in_(tongue), form.use.in_(tongue))
        yield _("Strong: {strength}. Weak: {weakness}.").format(
            strength=form.strength.in_(tongue), weakness=form.weakness.in_(tongue)
        )
        yield source(form.source)
    elif key in ("path", "stands", "aims", _HORIZON) and path:
        yield _("{path} takes at least {n} months.").format(path=path.name.in_(tongue), n=path.months)
        yield source(path.source)
    elif layer:
        yield labelled(layer.name.in_(tongue), layer.content.in_(tongue))
        yield source(layer.source)
    elif checklist:
        yield checklist.name.in_(tongue)
        yield source(checklist.source)


TOPIC = ContextTopic()
