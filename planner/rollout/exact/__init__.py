"""The model that rollout.optimal hands to the constraint solver."""
