"""The table of docs/coverage.md holds: its commands run and say what it claims, its files exist."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_table_of_what_works_is_true() -> None:
    """Every command is run; the document is what the script writes."""
    script = runpy.run_path(str(ROOT / "scripts" / "coverage.py"))
    assert (ROOT / "docs" / "coverage.md").read_text("utf-8") == script["document"]()


def test_a_row_that_claims_too_much_is_caught() -> None:
    """A word that is not said, a file that is not there."""
    script = runpy.run_path(str(ROOT / "scripts" / "coverage.py"))
    row = script["Row"]("x", ("no.toml",), "planner x", ("words",), ("tests/no.py",))
    assert script["faults"](row, "other") == [
        "x: there is no templates/no.toml",
        "x: there is no tests/no.py",
        "planner x does not say 'words'",
    ]
    assert script["faults"](script["Row"]("x", (), "planner x", ("words",), ()), "the words") == []
