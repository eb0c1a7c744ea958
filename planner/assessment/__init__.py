"""Levels of processes and of the organisation, and the gaps to their targets."""
