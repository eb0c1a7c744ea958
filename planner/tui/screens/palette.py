"""The palette: what can be done now, and every item there is to go to."""

from textual.dom import DOMNode
from textual.screen import Screen

from planner.text.i18n import _
from planner.tui.screens.help import MOTIONS, action_name
from planner.tui.screens.pick import Option, Pick
from planner.tui.widgets.keybar import live

NOT_OFFERED = MOTIONS | {"palette", "level", "copy_text"}


def open_palette(screen: Screen[object]) -> None:
    """Ask what to do on ``screen``, and do it.

    A screen may have ``why_not(action)`` (the action is left out while that answers something) and
    ``places()`` with ``go_to(key)``.
    """
    options: list[Option] = []
    actions: dict[str, tuple[str, DOMNode]] = {}
    why_not = getattr(screen, "why_not", lambda action: "")
    nodes = {binding.action: node for node, binding, *_rest in screen.active_bindings.values()}
    for keys, binding in live(screen):
        name = action_name(binding.action)
        if name in NOT_OFFERED or why_not(name):
            continue
        key = f"do:{len(actions)}"
        actions[key] = (binding.action, nodes[binding.action])
        words = _(binding.tooltip) if binding.tooltip else _(binding.description)
        options.append(Option(key, words, _("key {keys}").format(keys=", ".join(keys))))
    options += [Option(f"go:{place.key}", place.words, place.side) for place in getattr(screen, "places", list)()]

    async def chosen(key: str | None) -> None:
        if key is None:
            return
        if key in actions:
            action, node = actions[key]
            await screen.app.run_action(action, node)
        else:
            screen.go_to(key.removeprefix("go:"))  # type: ignore[attr-defined]

    screen.app.push_screen(Pick(_("Do or go to"), options), chosen)
