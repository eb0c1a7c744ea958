"""Edits: functions from one project to the next, and the history of them. What cannot be is refused in words."""
