"""What the page itself says, in the language of the report; the report says the rest."""

from planner.text.i18n import _


def for_template() -> dict[str, str]:
    """Words that stand in the page from the beginning."""
    return {
        "skip": _("Skip to the content"),
        "sections": _("Sections"),
        "identity": _("Client, plan, version and day"),
        "logo": _("Logo"),
        "scroll": _("can be scrolled sideways"),
        "process": _("Process"),
        "nothing": _("Nothing stands in this phase"),
        "stones": _("Gates and milestones"),
        "done": _("dark: done"),
    }


def for_script() -> dict[str, str]:
    """Words that the script shows; ``{name}`` stands for what it fills in."""
    return {
        "timeline": _("Roadmap: arrow keys move, Enter chooses, Esc clears"),
        "filter": _("Filter the roadmap"),
        "phases": _("Phases"),
        "workstreams": _("Workstreams"),
        "find": _("Find by name"),
        "reset": _("Show all"),
        "shown": _("{n} of {total} shown"),
        "details": _("Details"),
        "point": _(
            "Point at a bar, or move to one with the arrow keys, to read about it. Click or Enter shows what it needs."
        ),
        "needs": _("Needs"),
        "needed": _("Needed by"),
        "no_needs": _("needs nothing of this roadmap"),
        "not_needed": _("nothing of this roadmap needs it"),
        "is_needed": _("needed first"),
        "is_needing": _("waits for it"),
        "comma": _(", "),
        "clear": _("Clear the choice"),
        "chosen": _("{name}: needs {needs}, needed by {needed}"),
        "cleared": _("Choice cleared"),
        "heat": _("Point in time"),
        "tiles": _("Levels at this point in time"),
        "was": _("was {level}"),
        "goal": _("planned {level}"),
        "rises": _("processes that rise here: {n}"),
        "search": _("Find in this table"),
        "rows": _("{n} of {total} rows"),
        "sort": _("Sort by {column}"),
    }
