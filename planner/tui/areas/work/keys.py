"""The keys of the work place."""

from textual.binding import Binding, BindingType

from planner.model.values import WORKSTREAMS
from planner.text.i18n import N_

KEYS: list[BindingType] = [
    Binding("enter", "open", N_("open"), id="work.open", tooltip=N_("Change the package; in Load: what makes it")),
    Binding("n", "new", N_("new"), id="work.new", tooltip=N_("Add a work package of your own, on one line")),
    Binding("c", "change", N_("change"), id="work.change", tooltip=N_("Change the package, or all marked ones")),
    Binding("x", "remove", N_("remove"), id="work.remove", tooltip=N_("Take it, or all marked, out of the plan")),
    Binding("t", "view", N_("view"), id="work.view", tooltip=N_("Table, columns side by side, load of the roles")),
    Binding("f", "filter", N_("filter"), id="work.filter", tooltip=N_("Show only what fits: words, field:value")),
    *(
        Binding(str(n), f"stream({n})", N_("workstream"), show=False, id=f"work.stream-{n}")
        for n in range(len(WORKSTREAMS) + 1)
    ),
    Binding(
        "P",
        "progress",
        N_("progress"),
        show=False,
        id="work.progress",
        tooltip=N_("Progress: begun, done, what is left"),
    ),
    Binding("p", "pin", N_("pin"), show=False, id="work.pin", tooltip=N_("Pin it: phase, not before, deadline")),
    Binding("e", "explain", N_("why"), show=False, id="work.explain", tooltip=N_("Why it stands where it does")),
    Binding(
        "L",
        "left_out",
        N_("left out"),
        show=False,
        id="work.left-out",
        tooltip=N_("What is left out or was not needed, and why; bring it back"),
    ),
    Binding("z", "zoom(-1)", N_("weeks"), show=False, id="work.zoom-in", tooltip=N_("Load week by week")),
    Binding("Z", "zoom(1)", N_("months"), show=False, id="work.zoom-out", tooltip=N_("Load month by month")),
]
