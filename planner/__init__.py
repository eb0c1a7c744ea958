"""A terminal planner for ITSM implementation projects."""

__version__ = "0.1.0"
