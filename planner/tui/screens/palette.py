"""The palette: what can be done now, settings, and every item there is to go to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from planner.text.i18n import N_, _, listed
from planner.tui.keynames import action_name
from planner.tui.screens.help import MOTIONS
from planner.tui.screens.pick import Option, Pick
from planner.tui.widgets.keybar import live

if TYPE_CHECKING:
    from planner.tui.app import PlannerApp

NOT_OFFERED = MOTIONS | {"palette", "level", "step", "copy_text", "help_quit"}

SETTINGS = {
    "app.theme": N_("Theme: colours of the screen"),
    "app.ascii": N_("Draw with ASCII signs only, or with box characters"),
}
"""Actions of the app that have no key."""

MOST_RECENT = 5
"""So many of the actions chosen last stand on top."""


def open_palette(screen: Screen[object]) -> None:
    """Ask what to do on ``screen``, and do it.

    A screen may have ``why_not(action)``: what that answers is shown beside the action, and told when it is chosen.
    It may have ``places()`` with ``go_to(key)``.
    """
    app = cast("PlannerApp", screen.app)
    nodes = {binding.action: node for node, binding, *_rest in screen.active_bindings.values()}
    why_not: Callable[[str], str] = getattr(screen, "why_not", lambda action: "")
    options: list[Option] = []
    reasons: dict[str, str] = {}
    for keys, binding in live(screen):
        name = action_name(binding.action)
        if name not in NOT_OFFERED:
            words = _(binding.tooltip) if binding.tooltip else _(binding.description)
            reasons[binding.action] = reason = why_not(name)
            side = reason or _("key {keys}").format(keys=listed(keys))
            options.append(Option(f"do:{binding.action}", words, side, dim=bool(reason)))
    options += [Option(f"do:{action}", _(words), _("setting")) for action, words in SETTINGS.items()]
    recent = {action: place for place, action in enumerate(app.recent)}
    # What cannot be done now comes after what can, and stays to be found: it says why.
    options.sort(key=lambda option: (option.dim, recent.get(option.key.removeprefix("do:"), MOST_RECENT)))
    options += [Option(f"go:{place.key}", place.words, place.side) for place in getattr(screen, "places", list)()]

    async def chosen(key: str | None) -> None:
        kind, _colon, what = (key or "").partition(":")
        if kind == "go":
            screen.go_to(what)  # type: ignore[attr-defined]
        elif kind and (reason := reasons.get(what, "")):
            app.tell(reason, warn=True)
        elif kind:
            app.recent = [what, *(action for action in app.recent if action != what)][:MOST_RECENT]
            await app.run_action(what, nodes.get(what, app))

    app.push_screen(Pick(_("Do or go to"), options), chosen)
