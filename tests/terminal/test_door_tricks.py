"""What the door makes of each command, without a line: a sentence, and nothing is changed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_tricks import TRICKS, furnish, refused
from ssh_host import PAGE, blocks, tree

from planner.cli import door, door_guard
from planner.cli.answer import Failure
from planner.cli.door import READING
from planner.cli.main import main
from planner.model.project import Project


def test_the_page_names_what_may_be_asked_for() -> None:
    page = PAGE.read_text("utf-8")
    assert all(verb in page for verb in READING)


def test_both_ways_in_are_equally_shut() -> None:
    """What the first one forbids (which is proved over the line) the second one forbids too."""
    door_for_all, door_for_each = (block.splitlines() for block in blocks("sshd_config"))
    told = {line.split()[0]: line.split()[1:] for line in door_for_each}
    for line in door_for_all:
        name, *value = line.split()
        if name not in ("Match", "ForceCommand", "AuthorizedKeysFile"):
            assert told[name] == value
    assert "ForceCommand" not in told
    assert told["AuthorizedKeysFile"] == ["none"]
    keys = blocks("authorized_keys")[0].splitlines()
    assert all(key.startswith('restrict,pty,command="exec ') for key in keys)


@pytest.mark.parametrize("trick", TRICKS, ids=range(len(TRICKS)))
def test_a_trick_is_refused(
    trick: str, desk_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(door_guard, "shut", lambda *_walls: None)
    monkeypatch.setattr(door_guard, "forget", lambda *_given: None)
    monkeypatch.setattr(door, "keep_away", lambda: None)
    monkeypatch.chdir(desk_folder)
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", trick)
    mask = os.umask(0o022)
    try:
        code = main(["door", str(desk_folder)])
    finally:
        os.umask(mask)
    out, err = capsys.readouterr()
    if trick == "planner":
        assert (code, err) == (0, "")
        assert "desk" in out
    else:
        assert refused(code, out, err), (code, out, err)


@pytest.fixture(scope="module")
def desk_folder(desk: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of plans that is the same after all tricks."""
    folder = tmp_path_factory.mktemp("door") / "plans"
    folder.mkdir()
    furnish(folder, desk, None)
    before = tree(folder.parent)
    yield folder
    assert tree(folder.parent) == before


def test_a_huge_plan_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.toml").open("w") as file:
        file.write("schema = 2\n[engagement]\n")
        file.truncate(10**12)
    monkeypatch.chdir(tmp_path)
    assert "huge" in door.answer_to(["list", "--lang", "en"], tmp_path, None, "").text
    with pytest.raises(Failure, match="is larger than"):
        door.answer_to(["show", "huge"], tmp_path, None, "")
