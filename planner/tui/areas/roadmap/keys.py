"""The keys of the roadmap."""

from textual.binding import Binding, BindingType

from planner.text.i18n import N_

KEYS: list[BindingType] = [
    Binding("m", "move_item", N_("move"), id="roadmap.move", tooltip=N_("Move along time or to another phase")),
    Binding("t", "turn", N_("view"), id="roadmap.view", tooltip=N_("Timeline, phases side by side, or maturity")),
    Binding("e", "explain", N_("why"), id="roadmap.explain", tooltip=N_("Why is it here, and why not earlier?")),
    Binding("z", "zoom(1)", N_("zoom"), id="roadmap.zoom-in", tooltip=N_("Zoom in: quarters, months, weeks")),
    Binding("f", "filter", N_("filter"), id="roadmap.filter", tooltip=N_("Show only some of the work")),
    Binding("G", "replan", N_("plan again"), id="roadmap.replan", tooltip=N_("Plan again after what has happened")),
    Binding(
        "F",
        "forecast",
        N_("risk"),
        id="roadmap.forecast",
        tooltip=N_("How sure the dates are, and what drives them"),
    ),
    Binding("Z", "zoom(-1)", N_("zoom out"), id="roadmap.zoom-out", show=False, tooltip=N_("Zoom out")),
    Binding("left,h", "pan(-0.25)", N_("Left"), id="roadmap.left", show=False),
    Binding("right,l", "pan(0.25)", N_("Right"), id="roadmap.right", show=False),
    Binding(
        "less_than_sign", "shift(-1)", N_("earlier"), id="roadmap.earlier", show=False, tooltip=N_("A week earlier")
    ),
    Binding("greater_than_sign", "shift(1)", N_("later"), id="roadmap.later", show=False, tooltip=N_("A week later")),
    Binding("space", "mark", N_("mark"), id="roadmap.mark", show=False, tooltip=N_("Mark, to move several at once")),
    Binding(
        "p",
        "pin",
        N_("pin"),
        id="roadmap.pin",
        show=False,
        tooltip=N_("Pin to a phase, an earliest start or a deadline"),
    ),
    Binding(
        "P",
        "progress",
        N_("progress"),
        id="roadmap.progress",
        show=False,
        tooltip=N_("Progress: begun, done, what is left"),
    ),
    Binding(
        "E",
        "beside",
        N_("why, beside"),
        id="roadmap.beside",
        show=False,
        tooltip=N_("Say beside the timeline why the selected item is where it is"),
    ),
    Binding(
        "B",
        "baseline",
        N_("baseline"),
        id="roadmap.baseline",
        show=False,
        tooltip=N_("The baseline to compare with: the newest, older ones, none"),
    ),
    Binding(
        "enter",
        "unfold",
        N_("open"),
        id="roadmap.open",
        show=False,
        tooltip=N_("Open or close a phase or capability"),
    ),
    Binding("n", "new_phase", N_("new phase"), id="roadmap.new", show=False, tooltip=N_("New phase")),
    Binding(
        "c",
        "change_phase",
        N_("change phase"),
        id="roadmap.change",
        show=False,
        tooltip=N_("Change the phase: name, goal, window, limit"),
    ),
    Binding(
        "x",
        "remove_phase",
        N_("remove phase"),
        id="roadmap.remove",
        show=False,
        tooltip=N_("Remove an empty phase"),
    ),
    Binding(
        "X",
        "clear",
        N_("clear"),
        id="roadmap.clear",
        show=False,
        tooltip=N_("Take the whole roadmap back, to propose afresh"),
    ),
]
