"""What the next keys on an open plan need, loaded while nobody waits for it."""

from importlib import import_module

NEXT = (
    "planner.store.journal",
    "planner.edit.refused",
    "textual.widgets._input",
    "networkx",
    "planner.tui.screens.form",
    "planner.tui.screens.pick",
)
"""The journal for the first edit, the rest to type and to search."""


def prepare() -> None:
    """Load the catalogue and ``NEXT``; takes some tenths of a second, for a thread."""
    from planner.catalog.load import load

    load()
    for module in NEXT:
        import_module(module)
