"""From a plan to a phased roadmap, and back to the question why it looks as it does."""
