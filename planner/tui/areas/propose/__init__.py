"""Propose and compare: searches, their results side by side, adopting them."""
