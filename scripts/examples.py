"""Make the plans of ``projects/`` with the planner's own commands.

    uv run python scripts/examples.py [FOLDER]

A test runs this into an empty folder and compares, so that the examples cannot drift from the program.
"""

import sys
from pathlib import Path

from planner.cli.main import main as planner

EXAMPLES = {
    "lantern-retail.toml": (
        ["--template", "desk-first", "--language", "en"],
        ["--name", "Support people can trust", "--client", "Lantern Retail", "--start", "2027-01-04"],
        ["--strategy", "service-desk-first"],
    ),
    "harbour-bank.toml": (
        ["--template", "bank-change-first", "--language", "zh"],
        ["--name", "变更受控，运行可信", "--client", "港湾银行", "--start", "2027-03-01"],
        ["--strategy", "change-config-first"],
    ),
}


def make(folder: Path) -> None:
    """Write every example plan into ``folder``, which must not have them yet."""
    for name, (kind, facts, proposal) in EXAMPLES.items():
        path = str(folder / name)
        for command in (["new", path, *kind, *facts], ["propose", path, *proposal, "--write"]):
            if code := planner(command):
                sys.exit(f"planner {' '.join(command)} ended with {code}")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "projects"
    for example in EXAMPLES:
        (target / example).unlink(missing_ok=True)
    make(target)
