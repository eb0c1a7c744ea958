"""``python -m planner`` is the ``planner`` command, and this is where both begin."""

import sys


def run() -> None:
    """Run the command line; an interrupt while its modules still load ends it like any other."""
    try:
        from planner.cli.main import run as answer

        answer()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
