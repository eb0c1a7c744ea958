"""Write docs/coverage.md: what the source documents describe, where it stands as data, and the command that shows it.

    uv run python scripts/coverage.py [FILE]

Every command of the table is run, in a folder with plans made by the commands above the table, and must say what the
table claims; otherwise nothing is written. A test runs this and compares.
"""

import contextlib
import io
import os
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from planner.cli.main import main as planner

ROOT = Path(__file__).parent.parent

FIRST = (
    "planner new desk.toml --template desk-first --start 2027-01-04",
    "planner propose desk.toml --write",
    "planner new provider.toml --template iso-provider --start 2027-01-04",
    "planner propose provider.toml --write",
    "planner new rescue.toml --template pain-rescue --start 2027-01-04",
)
"""How the plans that the commands look at are made."""


@dataclass(frozen=True)
class Row:
    """One system: its templates, the command that shows it at work, words its answer has, and its tests."""

    system: str
    templates: tuple[str, ...]
    command: str
    says: tuple[str, ...]
    tests: tuple[str, ...]


ROWS = (
    Row(
        "Maturity assessment: questionnaire, scoring, evidence, spread",
        (
            "assessment/profiles/three-dimensions.toml",
            "assessment/profiles/five-dimensions.toml",
            "catalogue/rules.toml",
        ),
        "planner assess desk.toml --questionnaire -",
        ("P2.1", "incident"),
        ("tests/assessment/test_scoring.py", "tests/store/test_answers_csv.py", "tests/edit/test_answers.py"),
    ),
    Row(
        "Gap, priority, pains and recommendations",
        ("assessment/pains.toml", "assessment/quick_wins.toml"),
        "planner assess rescue.toml --report",
        ("PN", "Near term"),
        ("tests/assessment/test_priority.py", "tests/edit/test_pains.py"),
    ),
    Row(
        "Assessment report as Markdown",
        ("assessment/pains.toml",),
        "planner export rescue.toml --format assessment-md --out -",
        ("# ", "PN"),
        ("tests/export/test_assessment_md.py",),
    ),
    Row(
        "Work in four workstreams, sized by size and circumstances; overheads",
        (
            "catalogue/packages.toml",
            "catalogue/modifiers.toml",
            "catalogue/programme.toml",
            "catalogue/deliverables.toml",
        ),
        "planner show provider.toml --section effort",
        ("Programme management",),
        ("tests/edit/test_programme_work.py", "tests/assessment/test_effort.py"),
    ),
    Row(
        "RACI of a process",
        ("catalogue/raci.toml",),
        "planner show desk.toml --section raci",
        ("Decide on go-live",),
        ("tests/cli/test_cli_sections_work.py",),
    ),
    Row(
        "Indicators and scorecard",
        ("catalogue/indicators.toml",),
        "planner show desk.toml --section indicators",
        ("First-contact resolution", "Process maturity"),
        ("tests/edit/test_indicator_edits.py",),
    ),
    Row(
        "Rollout strategies A to E",
        tuple(
            f"strategies/{name}.toml"
            for name in ("service-desk-first", "change-config-first", "compliance-first", "quick-wins", "pain-driven")
        ),
        "planner propose rescue.toml --strategy pain-driven",
        ("pain-driven",),
        ("tests/rollout/test_strategies.py",),
    ),
    Row(
        "Standard ISO/IEC 20000-1: clauses, coverage, stages, cycle",
        ("standards/iso-20000-1-2011.toml", "standards/iso-20000-1-2018.toml"),
        "planner show provider.toml --section standard",
        ("8.6.1", "10.2"),
        ("tests/edit/test_certification.py", "tests/assessment/test_coverage.py"),
    ),
    Row(
        "Dates around the audit",
        ("standards/iso-20000-1-2018.toml",),
        "planner show provider.toml --section milestones",
        ("surveillance", "Latest day on which the"),
        ("tests/edit/test_certification.py",),
    ),
    Row(
        "Crosswalk of vocabularies",
        ("catalogue/vocabularies.toml", "catalogue/processes.toml"),
        "planner crosswalk incident",
        ("8.6.1", "ITIL"),
        ("tests/edit/test_vocabulary_use.py",),
    ),
    Row(
        "People: certification tracks, service roles, ownership",
        ("people/tracks/itsm-master.toml", "people/tracks/company-scheme.toml", "people/service_roles.toml"),
        "planner show provider.toml --section people",
        ("Service roles",),
        ("tests/edit/test_tracks.py", "tests/edit/test_posts.py", "tests/assessment/test_service_roles.py"),
    ),
    Row(
        "Customer experience",
        ("context/experience.toml",),
        "planner show desk.toml --section experience",
        ("Handling of faults",),
        ("tests/assessment/test_experience.py",),
    ),
    Row(
        "Organisation forms, transformation path, layers, checklists",
        ("context/organisation.toml", "context/checklists.toml"),
        "planner show provider.toml --section context",
        ("Service layers", "Execution: what leaders give"),
        ("tests/edit/test_context_edits.py",),
    ),
    Row(
        "Checks and schedule health, thresholds, mutes",
        ("checks/checks.toml",),
        "planner check desk.toml",
        ("finding",),
        ("tests/checks/test_check_plans.py", "tests/checks/test_health.py"),
    ),
    Row(
        "Engagement templates",
        tuple(
            f"engagements/{name}.toml"
            for name in ("desk-first", "bank-change-first", "iso-provider", "integrator-to-provider", "pain-rescue")
        ),
        "planner templates",
        ("desk-first", "iso-provider", "pain-rescue"),
        ("tests/edit/test_start_project.py", "tests/catalog/test_catalogue_load.py"),
    ),
)


def run(command: str, folder: Path) -> str:
    """What ``command`` answers in ``folder``; leaves with its errors when it fails."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()  # documents are written as bytes
    here, width = Path.cwd(), os.environ.get("COLUMNS")
    os.chdir(folder)
    os.environ["COLUMNS"] = "160"  # no words broken over lines
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = planner(shlex.split(command)[1:])
    finally:
        os.chdir(here)
        if width is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = width
    findings = command.startswith("planner check ") and code == 1
    if code and not findings:
        sys.exit(f"{command} ended with {code}: {err.getvalue()}")
    out.flush()
    return out.buffer.getvalue().decode()


def faults(row: Row, answer: str) -> list[str]:
    """What a row claims and does not hold."""
    missing = [f"templates/{name}" for name in row.templates if not (ROOT / "templates" / name).is_file()]
    missing += [name for name in row.tests if not (ROOT / name).is_file()]
    return [
        *(f"{row.system}: there is no {name}" for name in missing),
        *(f"{row.command} does not say {words!r}" for words in row.says if words not in answer),
    ]


def document() -> str:
    """docs/coverage.md, once every row has been tried."""
    with tempfile.TemporaryDirectory() as folder:
        for command in FIRST:
            run(command, Path(folder))
        wrong = [fault for row in ROWS for fault in faults(row, run(row.command, Path(folder)))]
    if wrong:
        sys.exit("\n".join(wrong))
    rows = [f"| {row.system} | {_list(row.templates)} | `{row.command}` | {_list(row.tests)} |" for row in ROWS]
    return "\n".join(
        [
            "# What the source documents describe, and where it works",
            "",
            "Made by `uv run python scripts/coverage.py`, which runs each command and looks for what it must say.",
            "Templates are below `templates/`. The plans that the commands look at are made by:",
            "",
            *(f"    {command}" for command in FIRST),
            "",
            "| system | templates | command that shows it | tests |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _list(names: tuple[str, ...]) -> str:
    return "<br>".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "coverage.md"
    target.write_text(document(), encoding="utf-8")
    print(target)
