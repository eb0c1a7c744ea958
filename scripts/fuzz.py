"""Reads many damaged and hostile files, each the same for the same seed, and says what became of them.

    nice -n 19 python scripts/fuzz.py --count 200000 --seed 1 --jobs 2     (six to ten minutes on two free cores)

Every file must open or be refused in words, within 2 seconds of processor time and 300 MB, and what opens must be
shown, exported, saved and opened again without a sign that steers a terminal. A file that fails is kept in
``fuzz-failures/`` with its number; ``--only NUMBER`` reads that one again.
"""

import argparse
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing import Process, Queue
from pathlib import Path
from queue import Empty

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "store")]

import fuzzing  # noqa: E402

BATCH = 500
KEPT = Path("fuzz-failures")


class Slow(BaseException):
    """A file has taken more than it may."""


def one(seed: int, number: int, folder: Path, thorough: float) -> str:
    """What becomes of the file ``number``: a word, or what is wrong, after ``FAILED``."""
    chance = random.Random(f"{seed}/{number}")
    kind, data = fuzzing.damaged(chance)
    signal.setitimer(signal.ITIMER_VIRTUAL, fuzzing.SECONDS * (1 if thorough < 1 else 3))
    try:
        word = fuzzing.judge(kind, data, chance, folder, thorough)
    except (Exception, Slow) as error:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        KEPT.mkdir(exist_ok=True)
        (KEPT / f"{seed}-{number}-{kind.name}").write_bytes(data)
        at = next(a for a in reversed(traceback.extract_tb(error.__traceback__)) if a.name != "_slow")
        where = f"{Path(at.filename).name}:{at.lineno}"
        word = f"FAILED {number} {kind.name}: {type(error).__name__} {str(error)[:200]!r} at {where}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return word


def work(seed: int, job: int, jobs: int, first: int, count: int, thorough: float, told: "Queue[Counter[str]]") -> None:
    """Every ``jobs``-th of the files, told batch by batch."""
    signal.signal(signal.SIGVTALRM, _slow)
    limit = fuzzing.MEGABYTES * 1_000_000
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    with tempfile.TemporaryDirectory() as folder:
        words: Counter[str] = Counter()
        for number in range(first + job, first + count, jobs):
            words[one(seed, number, Path(folder), thorough)] += 1
            if words.total() == BATCH:
                told.put(words)
                words = Counter()
        told.put(words)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told.put(Counter({f"(a process ended with at most {peak} MB)": 0, "": -1}))


def _slow(*_signal: object) -> None:
    raise Slow


def main() -> int:
    """Run what the command line asks for; 1 when a file failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2_000, help="files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument(
        "--thorough", type=float, default=0.2, help="share of the plans that open that is shown and saved"
    )
    parser.add_argument("--only", type=int, help="the number of one file")
    args = parser.parse_args()
    if args.only is not None:
        args.first, args.count, args.jobs = args.only, 1, 1
    told: Queue[Counter[str]] = Queue()
    began, words, left = time.monotonic(), Counter[str](), args.jobs
    given = (args.jobs, args.first, args.count, args.thorough, told)
    processes = [Process(target=work, args=(args.seed, job, *given), daemon=True) for job in range(args.jobs)]
    for process in processes:
        process.start()
    notes = []
    while left:
        try:
            news = told.get(timeout=60)
        except Empty:
            if any(process.exitcode for process in processes):
                print(f"\nA process has ended before its files: {[process.exitcode for process in processes]}")
                break
            continue
        if news.pop("", 0):
            left -= 1
            notes += list(news)
            continue
        for word in [word for word in news if word.startswith("FAILED")]:
            print(word, flush=True)
        words += Counter({word.partition(" ")[0] if word.startswith("FAILED") else word: n for word, n in news.items()})
        print(
            f"\r{words.total()} files, {words['FAILED']} failed, {time.monotonic() - began:.0f} s", end="", flush=True
        )
    print()
    for word, n in words.most_common():
        print(f"{n:9}  {word}")
    print("\n".join(notes))
    print(f"{words.total():9}  of {args.count} files")
    return 1 if words["FAILED"] or words.total() != args.count else 0


if __name__ == "__main__":
    sys.exit(main())
