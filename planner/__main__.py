"""``python -m planner`` is the ``planner`` command, and this is where both begin."""

import gc
import sys

FEW_COLLECTIONS = 50_000
"""Objects made before garbage is looked for: what starting makes stays, so looking finds nothing (start takes 0.9x)."""


def run() -> None:
    """Run the command line; an interrupt while its modules still load ends it like any other."""
    gc.set_threshold(FEW_COLLECTIONS)
    try:
        from planner.cli.main import run as answer

        answer()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
