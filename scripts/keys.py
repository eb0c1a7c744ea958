"""Write docs/keys.md: every key, what it does and its stable id, from the bindings themselves.

    uv run python scripts/keys.py [--check]

With ``--check`` nothing is written, and the exit code is 1 when the page is not what the bindings say.
"""

import sys
from pathlib import Path

from planner.text import i18n
from planner.tui.cheatsheet import markdown

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"


def main(words: list[str]) -> int:
    """Write the page, or compare."""
    i18n.use("en")
    page = markdown()
    if "--check" in words:
        return 0 if PAGE.read_text(encoding="utf-8") == page else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
