"""Every check has two tiny plans in tests/data/checks: ``<ID>-fires.toml`` and ``<ID>-silent.toml``.

Each file says in ``x-expects`` the ids of all findings that it produces, each id once, in any order.
The two files of a check differ only in what the check is about.
"""

import difflib
import tomllib
from pathlib import Path

import pytest

from planner.catalog.ids import process_ids
from planner.checks.check import Finding, check, unknown_checks
from planner.checks.registry import LOOKS
from planner.model.knowledge import Catalogue
from planner.store.load import parse

PLANS = Path(__file__).parents[1] / "data" / "checks"
FILES = sorted(PLANS.glob("*.toml"))
MOST_LINES = 16
"""By how many lines, removed and added, the two plans of a check may differ at most."""


def ident(path: Path) -> str:
    return path.stem.rpartition("-")[0]


def found(path: Path, catalogue: Catalogue) -> tuple[Finding, ...]:
    return check(parse(path.read_text("utf-8"), path.name, process_ids()), catalogue)


def essence(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith(("#", "x-expects"))]


def test_every_look_has_a_table_and_every_table_a_look(catalogue: Catalogue) -> None:
    assert unknown_checks(catalogue) == ()
    assert set(LOOKS) == {known.id for known in catalogue.checks}
    assert len(catalogue.checks) == len(LOOKS), "no id stands there twice"


def test_every_check_has_a_plan_that_fires_it_and_one_that_does_not(catalogue: Catalogue) -> None:
    wanted = {f"{known.id}-{side}.toml" for known in catalogue.checks for side in ("fires", "silent")}
    assert {path.name for path in FILES} == wanted


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_plan_produces_exactly_what_it_says(path: Path, catalogue: Catalogue) -> None:
    findings = found(path, catalogue)
    expects = tomllib.loads(path.read_text("utf-8"))["x-expects"]
    assert {finding.id for finding in findings} == set(expects), [f"{f.id}: {f.message}" for f in findings]
    assert len(expects) == len(set(expects))
    assert (ident(path) in expects) == path.stem.endswith("-fires")
    assert all(finding.title and finding.message and finding.advice for finding in findings)
    assert path.read_text("utf-8").startswith("# "), "each plan begins with why it fires or does not"


@pytest.mark.parametrize("name", sorted({ident(path) for path in FILES}))
def test_two_plans_of_a_check_differ_only_in_what_matters(name: str) -> None:
    fires, silent = (essence(PLANS / f"{name}-{side}.toml") for side in ("fires", "silent"))
    changed = [line for line in difflib.ndiff(fires, silent) if line.startswith(("- ", "+ "))]
    assert 0 < len(changed) <= MOST_LINES, changed
