"""The ways in which a plan gets to the disk, for the tests that break them off."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from planner.model.project import Engagement, Phase, Project, WorkPackage
from planner.model.remarks import Remarks
from planner.model.values import Duration
from planner.store.backups import backups, keep, restore
from planner.store.beside import companion, home
from planner.store.fault import SaveFailed
from planner.store.journal import Journal
from planner.store.load import BOM
from planner.store.remarks import dumps_remarks, save_remarks
from planner.store.save import dumps, save, write_file

Accept = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A way of saving. ``prepare`` fills an empty folder, ``act`` saves there, telling which edits were accepted.

    The file ``real`` holds ``old`` before (None: it is not there) and ``new`` after, nothing else ever.
    """

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path, Accept], object]
    old: bytes | None
    new: bytes
    real: str = "plan.toml"
    plan: bool = True
    edits: int = 0


# Scenarios ---------------------------------------------------------------------------------------------------------


def named(name: str) -> Project:
    """A small plan; its name is what tells one from another."""
    days = Duration(1, 2, 3)
    return Project(
        engagement=Engagement(name=name, start=date(2027, 1, 4)),
        phases=(Phase(id="p1", name="First"),),
        packages=tuple(WorkPackage(id=f"w{n}", name=f"Work {n}", workstream="tech", days=days) for n in range(3)),
    )


ONE, TWO = dumps(named("One")), dumps(named("Two"))
CRLF = BOM + ("# by hand\n" + ONE).replace("\n", "\r\n")
EARLIER = ONE.replace("schema = 2", "schema = 1")
EDITS = 4


def at(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: _put(folder / name, text)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="")


def saving(name: str, previous: str | None, *, overwrite: bool = False) -> Callable[[Path, Accept], object]:
    return lambda folder, _accept: save(named("Two"), folder / name, previous, overwrite=overwrite)


def _linked(folder: Path) -> None:
    _put(folder / "elsewhere" / "plan.toml", ONE)
    (folder / "link.toml").symlink_to(folder / "elsewhere" / "plan.toml")


def _full_rotation(folder: Path) -> None:
    """Sixteen backups of as many months: some have to go."""
    _put(folder / "plan.toml", ONE)
    home(folder / "plan.toml", make=True)
    for number in range(16):
        text = dumps(named(f"Old {number}"))
        taken = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=31 * number)
        name = f"{taken:%Y-%m-%dT%H-%M-%S.%f}Z_{sha256(text.encode()).hexdigest()[:16]}.toml"
        _put(companion(folder / "plan.toml", "backups") / name, text)


def _kept_before(folder: Path) -> None:
    _put(folder / "plan.toml", ONE)
    keep(folder / "plan.toml", ONE)
    keep(folder / "plan.toml", dumps(named("Between")))


def _dressed(folder: Path) -> None:
    _put(folder / "plan.toml", ONE)
    (folder / "plan.toml").chmod(0o640)
    if os.geteuid() == 0:
        os.chown(folder / "plan.toml", 1234, 4321)


def _nothing_beside(folder: Path) -> None:
    """What stands beside is a link, which the planner does not follow: the state folder is used."""
    _put(folder / "plan.toml", ONE)
    (folder / ".planner").symlink_to(folder)


def _with_backup(folder: Path) -> None:
    _put(folder / "plan.toml", ONE)
    keep(folder / "plan.toml", TWO)


def _restored(folder: Path, _accept: Accept) -> object:
    path = folder / "plan.toml"
    found = backups(path)
    if not found:
        raise SaveFailed("no backups are seen")
    return restore(path, found[0])


def _journalled(folder: Path, accept: Accept) -> object:
    """Edits, of which each is accepted once the journal has it, with a save between them."""
    path = folder / "plan.toml"
    project, text = named("One"), ONE
    journal = Journal.begin(path, text, project)
    for number in range(1, EDITS + 1):
        after = named("Two") if number == 2 else named(f"Edit {number}")
        journal.edit(f"edit {number}", project, after)
        project = after
        if not journal.trouble:
            accept(number)
        if number == 2:
            text = save(project, path, text)
            journal.saved(project, text)
    journal.close()
    return text


def ours(digest: str) -> Remarks:
    """A review, as of some state of the plan."""
    return Remarks(plan="One", file="plan.toml", reviewer="A reviewer", digest=digest)


SCENARIOS: tuple[Scenario, ...] = (
    Scenario("a new file", lambda _folder: None, saving("plan.toml", None), None, TWO.encode()),
    Scenario("saved over", at("plan.toml", ONE), saving("plan.toml", ONE), ONE.encode(), TWO.encode()),
    Scenario(
        "through a link", _linked, saving("link.toml", ONE), ONE.encode(), TWO.encode(), "elsewhere/plan.toml"
    ),
    Scenario(
        "windows line ends", at("plan.toml", CRLF), saving("plan.toml", CRLF), CRLF.encode(),
        dumps(named("Two"), CRLF).encode(),
    ),
    Scenario(
        "an earlier schema", at("plan.toml", EARLIER), saving("plan.toml", EARLIER), EARLIER.encode(),
        dumps(named("Two"), EARLIER).encode(),
    ),
    Scenario("rotation", _full_rotation, saving("plan.toml", ONE), ONE.encode(), TWO.encode()),
    Scenario("kept before", _kept_before, saving("plan.toml", ONE), ONE.encode(), TWO.encode()),
    Scenario(
        "over another file", at("plan.toml", "theirs"), saving("plan.toml", ONE, overwrite=True), b"theirs",
        TWO.encode(),
    ),
    Scenario("after it has gone", lambda _f: None, saving("plan.toml", ONE, overwrite=True), None, TWO.encode()),
    Scenario("owner and mode", _dressed, saving("plan.toml", ONE), ONE.encode(), TWO.encode()),
    Scenario("nothing beside", _nothing_beside, saving("plan.toml", ONE), ONE.encode(), TWO.encode()),
    Scenario("a backup put back", _with_backup, _restored, ONE.encode(), TWO.encode()),
    Scenario(
        "a report", at("report.md", "old"), lambda folder, _a: write_file(folder / "report.md", "new"), b"old", b"new",
        "report.md", plan=False,
    ),
    Scenario(
        "a review", at("review.toml", dumps_remarks(ours("Old"))),
        lambda folder, _a: save_remarks(ours("New"), folder / "review.toml"),
        dumps_remarks(ours("Old")).encode(), dumps_remarks(ours("New")).encode(), "review.toml", plan=False,
    ),
    Scenario("with a journal", at("plan.toml", ONE), _journalled, ONE.encode(), TWO.encode(), edits=EDITS),
)  # fmt: skip
"""Every way in which a plan gets to the disk."""
