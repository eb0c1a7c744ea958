"""The benchmark's command: reads an instance, lets the engine schedule it, judges and reports it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STARS = "*" * 72

# Jobs 2 to 5 between the dummies; 5 after 2. Jobs 2 and 3 together need 5 of 4 units.
INSTANCE = f"""{STARS}
projects                      :  1
jobs (incl. supersource/sink ):  6
RESOURCES
  - renewable                 :  2   R
{STARS}
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      4      0       9        3        5
{STARS}
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   4
   2        1          1           5
   3        1          1           6
   4        1          1           6
   5        1          1           6
   6        1          0
{STARS}
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     4       3    1
  4      1     2       0    2
  5      1     2       1    0
  6      1     0       0    0
{STARS}
RESOURCEAVAILABILITIES:
  R 1  R 2
    4    2
{STARS}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "j41_1.sm").write_text(INSTANCE)
    (tmp_path / "j42_1.sm").write_text(INSTANCE)
    return tmp_path


def run(folder: Path, known: str, *more: str) -> tuple[subprocess.CompletedProcess[str], list[dict[str, object]]]:
    csv, out = folder / "known.csv", folder / "out.json"
    csv.write_text(known)
    command = [sys.executable, str(ROOT / "benchmarks" / "psplib.py"), str(folder), "--best-known", str(csv)]
    done = subprocess.run(
        [*command, "--time-limit", "0.3", "--json", str(out), *more], capture_output=True, text=True, check=False
    )
    return done, json.loads(out.read_text())["results"] if out.exists() else []


def test_makespans_are_compared_with_the_best_known(folder):
    done, rows = run(folder, "set,instance,cpm_lb,best_lb,best_ub\nother,j301_1,1,1,43\nj4,j41_1,5,7,7\n")
    assert done.returncode == 0, done.stderr
    assert [row["instance"] for row in rows] == ["j41_1", "j42_1"]
    assert [row["best_known"] for row in rows] == [7, None]
    for row in rows:
        # 2 and 3 one after another, 5 beside whatever is left: 3 + 4 days, and no way to be sooner.
        assert row["makespan"] == 7
        assert row["bound"] <= 7
        assert row["status"] in ("heuristic", "optimal")
        assert 0 < row["seconds"] < 30
    assert "mean deviation 0.000%" in done.stdout
    assert "1 at best known" in done.stdout


def test_values_are_sums_of_weight_times_finish(folder):
    known = "instance,best_value,best_bound,proven,cpm_bound,weights\nj41_1,70,1,0,1,0 1 10 0 2 0\n"
    done, rows = run(folder, known, "--seed", "3")
    assert done.returncode == 0, done.stderr
    (row,) = rows  # an instance without weights has no value
    # 3 first, to the end of day 4; 2 to day 7; 5 to day 9: 10 x 4 + 1 x 7 + 2 x 9.
    assert row["value"] == 65
    assert row["best_known"] == 70
    assert row["bound"] <= 65


def test_fewer_instances_and_none(folder):
    done, rows = run(folder, "instance,best_ub\n", "--limit", "1")
    assert done.returncode == 0
    assert len(rows) == 1
    empty = folder / "empty"
    empty.mkdir()
    done, rows = run(empty, "instance,best_ub\n")
    assert done.returncode == 2
    assert not rows


def test_a_file_that_is_no_instance_is_named(folder):
    (folder / "j43_1.sm").write_text("nothing\n")
    done, _rows = run(folder, "instance,best_ub\n")
    assert done.returncode == 2
    assert "j43_1.sm" in done.stderr
