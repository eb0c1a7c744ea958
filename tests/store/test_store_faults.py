"""The corpus of bad plans, ``tests/data/faults``: each file says in its own ``#: LINE: fault`` lines what is wrong."""

from pathlib import Path

import pytest

from planner.catalog.ids import process_ids
from planner.store.load import PlanUnreadable, load

CORPUS = sorted((Path(__file__).parent.parent / "data" / "faults").glob("*.toml"))
KINDS = {  # what the corpus must at least hold
    "not-toml",
    "wrong-type",
    "unknown-process",
    "level-7",
    "target-below-baseline",
    "negative-effort",
    "wordy-effort",
    "over-capacity",
    "mistyped-role",
    "duplicate-id",
    "dangling-dependency",
    "self-dependency",
    "no-such-date",
    "many",
}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_says_exactly_what_is_wrong(path: Path) -> None:
    before = path.read_bytes()
    expected = [line[3:] for line in before.decode().splitlines() if line.startswith("#: ")]
    assert expected, "a file of the corpus says what is wrong with it"
    with pytest.raises(PlanUnreadable) as caught:
        load(path, process_ids())
    said = [str(fault) for fault in caught.value.faults]
    assert said == [f"{path}:{line}" for line in expected]
    assert str(caught.value).splitlines() == said, "one line a fault"
    assert path.read_bytes() == before


def test_every_fault_says_what_to_do() -> None:
    for path in CORPUS:
        with pytest.raises(PlanUnreadable) as caught:
            load(path, process_ids())
        assert all(fault.advice for fault in caught.value.faults), path.stem


def test_corpus_holds_every_kind() -> None:
    assert {path.stem for path in CORPUS} >= KINDS


def test_many_faults_come_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(PlanUnreadable) as caught:
        load(next(path for path in CORPUS if path.stem == "many"), process_ids())
    lines = [fault.line for fault in caught.value.faults]
    assert lines == sorted(lines)
    assert len(lines) > 30


def test_without_a_catalogue_any_process_is_taken() -> None:
    plan = load(next(path for path in CORPUS if path.stem == "unknown-process-alone"))
    assert [process.id for process in plan.project.processes] == ["incidnet"]
