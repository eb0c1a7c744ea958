"""Three hints for those who begin, until they hide them."""

from planner.text.i18n import N_

HINTS = (
    N_(" 1 Enter opens the plan under the cursor; Esc in it comes back to this list."),
    N_(" 2 In a plan a letter leads to each place: a assess, g propose, r the roadmap."),
    N_(" 3 ? shows every key that works there. u takes back what you did: try things."),
    N_("   Y hides these hints."),
)

ENOUGH = 3
"""Who has so many plans needs no hints."""
