"""Looks for plans that the planner does not take well, led by what code each one reaches (atheris, not a dependency).

    pip install atheris
    python scripts/fuzz_atheris.py fuzz-corpus -max_total_time=600 -max_len=2048 -timeout=10 -rss_limit_mb=600

The corpus begins with small sample plans and grows; what fails is written as ``crash-...`` into the current folder, and
``python scripts/fuzz_atheris.py crash-...`` reads it again. Only the reader, the rules and the writer are tried, in
this process and without files: what comes after them, and templates, is for ``scripts/fuzz.py``. The reader of TOML
that Python brings is not watched: it takes most of the time, and is not ours.
"""

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import atheris

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "store")]

with atheris.instrument_imports(include=["planner.store", "planner.model", "planner.text"]):
    import planner.store.explain  # noqa: F401 - else imported when the first fault is found, and not watched
    from planner.store.load import BOM, PlanUnreadable, parse
    from planner.store.save import SaveFailed, dumps

import fuzzing  # noqa: E402 - imported later, so that it is not watched

SMALL = 2_000
"""Bytes of the largest plan to begin with: a small one is read some hundred times a second."""


def read(data: bytes) -> None:
    """One plan: it opens, and can be written and read again, or is refused with faults whose lines exist."""
    text = data.decode(errors="replace").replace("\0", "")
    try:
        project = parse(text, "plan")
    except PlanUnreadable as error:
        fuzzing.told(error.faults, text.encode())
        return
    assert dumps(project, text) == text
    changed = replace(project, engagement=replace(project.engagement, name="Another name"))
    with suppress(SaveFailed):
        assert parse(dumps(changed, text).removeprefix(BOM), "saved") == changed


def main() -> None:
    """Run until told to stop; the arguments are those of libFuzzer."""
    for word in sys.argv[1:]:
        corpus = Path(word)
        if not word.startswith("-") and not corpus.is_file():
            corpus.mkdir(exist_ok=True)
            for seed in fuzzing.seeds():
                if not seed.place:
                    (corpus / seed.name).write_bytes(seed.data[:SMALL].rpartition(b"\n\n")[0] or seed.data[:SMALL])
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
