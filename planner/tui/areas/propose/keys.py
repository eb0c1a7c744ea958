"""The keys of the place where roadmaps are proposed and compared, and the signs that it draws."""

from textual.binding import Binding, BindingType

from planner.text.i18n import N_

BINDINGS: list[BindingType] = [
    Binding(
        "enter",
        "open",
        N_("propose, look"),
        id="propose.open",
        tooltip=N_("Have it proposed; what has been proposed: look at it closely"),
    ),
    Binding("space", "mark", N_("mark"), id="propose.mark", tooltip=N_("Mark strategies or roadmaps")),
    Binding("t", "turn", N_("view"), id="propose.view", tooltip=N_("Figures, differences, side by side")),
    Binding("c", "settings", N_("settings"), id="propose.settings", tooltip=N_("Solver, time limit, phases, seed")),
    Binding(
        "n",
        "others",
        N_("others"),
        id="propose.others",
        tooltip=N_("Roadmaps that begin otherwise and are nearly as good"),
    ),
    Binding("e", "explain", N_("why"), id="propose.explain", tooltip=N_("Everything about the roadmap or strategy")),
    Binding("T", "take", N_("take"), id="propose.take", show=False, tooltip=N_("End with the best so far")),
    Binding("C", "cancel", N_("give up"), id="propose.cancel", show=False, tooltip=N_("Give the search up")),
    Binding("M", "mark_all", N_("mark all"), id="propose.all", show=False, tooltip=N_("Mark all strategies, or none")),
    Binding("B", "base", N_("base"), id="propose.base", show=False, tooltip=N_("Compare the others with this one")),
    Binding("x", "remove", N_("remove"), id="propose.remove", show=False, tooltip=N_("Take it out of the list")),
]
LEGEND = (
    N_("+       marked (Space)"),
    N_("*       no other roadmap is as good in every figure and better in one; in a column: none is better in it"),
    N_("!       breaks a rule; ~  made for an earlier state of the plan; =  the base of the differences"),
    N_("Within  so much better another roadmap of these phases could be at most; ? unknown"),
    N_("First   days to the first result; Week  mean week of the results, by importance"),
    N_("Peak    load of the busiest role in %; Chg  processes in change at once"),
    N_("Soft    soft dependencies not kept; Late  weeks by which deadlines are missed; Moved  weeks, on average"),
)
