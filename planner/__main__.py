"""``python -m planner`` is the ``planner`` command."""

from planner.cli.main import run

run()
