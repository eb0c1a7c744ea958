"""Which files of a folder are plans, and what a list learns of each."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.model.project import Project
from planner.store.fault import PlanUnreadable
from planner.store.listing import headers, listing, summary
from planner.store.save import dumps


def test_lists_plans_by_name(tmp_path: Path, desk: Project) -> None:
    text = dumps(desk)
    for name in ("beta.toml", "Alpha.toml", "gamma.txt", ".hidden.toml"):
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "tool.toml").write_text('[project]\nname = "x"\nschema = 2\n', "utf-8")
    (tmp_path / "template.toml").write_text('id = "desk"\n[target]\nincident = 2\n', "utf-8")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "nowhere.toml").symlink_to(tmp_path / "none")
    (tmp_path / "broken.toml").write_text("schema = 2\n[engagement\nname =\n", "utf-8")
    (tmp_path / "other-style.toml").write_bytes(b'\xef\xbb\xbfschema=1\r\nengagement.name = "N"\r\n')
    assert [path.name for path in listing(tmp_path)] == ["Alpha.toml", "beta.toml", "broken.toml", "other-style.toml"]


def test_a_file_that_cannot_be_read_is_listed(tmp_path: Path, desk: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(dumps(desk), "utf-8")

    def denied(*_args: object, **_more: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr(os, "open", denied)
    assert listing(tmp_path) == (path,)
    told = summary(path)
    assert told.project is None
    assert [str(fault) for fault in told.faults] == [
        f"{path}:1: you may not read this file — ask its owner for permission"
    ]


def test_a_folder_that_is_not_there_has_no_plans(tmp_path: Path) -> None:
    assert listing(tmp_path / "none") == ()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(PlanUnreadable, match="the folder cannot be read: Not a directory — choose another folder"):
        listing(file)


def test_summary_of_a_plan(tmp_path: Path, desk: Project) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(dumps(desk), "utf-8")
    os.utime(path, (1_800_000_000, 1_800_000_000))
    told = summary(path)
    assert told.project == desk
    assert told.faults == ()
    assert told.saved == datetime(2027, 1, 15, 8, 0, tzinfo=UTC)


def test_summary_of_a_bad_file_carries_its_faults(tmp_path: Path, desk: Project) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(dumps(desk).replace('language = "en"', "").replace("start = 2027-01-04", "start = 2027-02-30"))
    told = summary(path)
    assert told.project is None
    assert [fault.message for fault in told.faults] == ["the date 2027-02-30 does not exist"]
    assert told.saved is not None
    gone = summary(tmp_path / "none.toml")
    assert (gone.project, gone.saved, len(gone.faults)) == (None, None, 1)


def test_summary_asks_the_catalogue_when_it_is_given(tmp_path: Path, desk: Project) -> None:
    path = tmp_path / "plan.toml"
    odd = replace(desk, processes=(*desk.processes, replace(desk.processes[0], id="tea-making")))
    path.write_text(dumps(odd), "utf-8")
    known = [process.id for process in desk.processes]
    assert summary(path).project == odd
    assert [fault.message for fault in summary(path, known).faults] == ["unknown process 'tea-making'"]


def test_headers_say_name_and_client_without_reading_the_plan(tmp_path: Path, desk: Project) -> None:
    (tmp_path / "a.toml").write_text(dumps(desk), "utf-8")
    (tmp_path / "b.toml").write_bytes(
        b"\xef\xbb\xbf" + b"# remark\n" * 800 + b"schema = 2\r\n[engagement] # x\r\nclient = 'C \"1\"'\r\n"
        b'name = "N \\u00e9" # y\r\n[other]\r\nname = "not this"\r\n'
    )
    (tmp_path / "c.toml").write_text('schema = 2\n[engagement]\nname = """\nlong"""\nclient = "cut', "utf-8")
    told = headers(tmp_path)
    assert [(header.name, header.client) for header in told] == [
        (desk.engagement.name, "Example Ltd"),
        ("N \u00e9", 'C "1"'),
        ("", ""),
    ]
    assert told[0].stamp is not None
    assert told[0].stamp.size == len(dumps(desk).encode())
    assert told[0].stamp.saved == summary(tmp_path / "a.toml").saved
