"""The journal as a file: whose it is, what is set aside, what is refused, how it stays small, what a full disk does."""

import json
import os
import stat
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from planner.edit.facts import change_engagement
from planner.model.project import Project
from planner.store import journal as module
from planner.store.beside import companion
from planner.store.journal import Journal, left, put_away, set_aside, unsaved, unsaved_in
from planner.store.load import load
from planner.store.records import MOST_PARTS
from planner.store.save import dumps, save


@pytest.fixture
def path(desk: Project, tmp_path: Path) -> Path:
    save(desk, tmp_path / "desk.toml")
    return tmp_path / "desk.toml"


@pytest.fixture
def project(path: Path) -> Project:
    return load(path).project


def begun(path: Path, name: str = "") -> Journal:
    loaded = load(path)
    return Journal.begin(path, loaded.text, loaded.project, name=name)


def named(project: Project, name: str) -> Project:
    return change_engagement(project, name=name)


def line(record: object, crc: int = 0) -> bytes:
    body = record if isinstance(record, bytes) else json.dumps(record).encode()
    return b"%08x %08x %b\n" % (len(body), zlib.crc32(body) + crc, body)


def test_reading_writes_nothing_and_an_edit_is_there_at_once(path: Path, project: Project) -> None:
    journal = begun(path)
    assert journal.recall() is None
    journal.discard()
    journal.draft("form", "")
    journal.close()
    assert [each.name for each in path.parent.iterdir()] == ["desk.toml"]
    journal = begun(path)
    journal.edit("One", project, named(project, "One"))
    file = companion(path, "journal")
    assert journal.file == file
    assert b'"edit":"One"' in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IMODE(path.stat().st_mode)
    assert journal.settle()
    assert journal.trouble == ""


def test_a_journal_that_is_being_written_is_not_left(path: Path, project: Project) -> None:
    journal = begun(path)
    journal.edit("One", project, named(project, "One"))
    assert left(path) == ()
    assert unsaved(path) == 0
    journal.close()
    (one,) = left(path)
    assert (one.edits, one.readable, unsaved(path), unsaved_in(path.parent)) == (1, True, 1, {path: 1})
    assert one.by
    assert one.last is not None
    assert one.told().labels == ("One",)


def test_who_loses_the_plan_goes_on_under_another_name(path: Path, project: Project) -> None:
    """Taking over sets the journal aside; both sessions write on, and nothing of either is lost."""
    his = begun(path)
    one = named(project, "His")
    his.edit("His", project, one)
    aside = set_aside(path)
    hers = begun(path)
    hers.edit("Hers", project, named(project, "Hers"))
    his.edit("His too", one, named(one, "His too"))
    his.close()
    hers.close()
    assert aside is not None
    found = {each.file: each.told().labels for each in left(path)}
    assert found == {aside: ("His", "His too"), companion(path, "journal"): ("Hers",)}


def test_two_sessions_never_write_one_journal(path: Path, project: Project) -> None:
    """A second session that thinks that it has the plan, too, finds the journal in use and takes another name."""
    first, second, third = begun(path), begun(path), begun(path, name="window-2")
    for number, journal in enumerate((first, second, third)):
        journal.edit(str(number), project, named(project, str(number)))
    files = {journal.file for journal in (first, second, third)}
    assert len(files) == 3
    assert path.with_name(".planner") / "desk.toml.window-2.journal" in files
    for journal in (first, second, third):
        journal.close()
    assert sorted(each.told().labels for each in left(path)) == [("0",), ("1",), ("2",)]


def test_what_was_not_recovered_is_set_aside_and_not_written_over(path: Path, project: Project) -> None:
    journal = begun(path)
    journal.edit("Lost?", project, named(project, "Lost?"))
    journal.close()
    journal = begun(path)
    journal.edit("New", project, named(project, "New"))
    journal.close()
    assert sorted(each.told().labels for each in left(path)) == [("Lost?",), ("New",)]


def test_a_journal_gone_on_with_meanwhile_is_not_cut_off(path: Path, project: Project) -> None:
    """What was read at opening is an old end by the time of the first edit."""
    journal = begun(path)
    one = named(project, "One")
    journal.edit("One", project, one)
    journal.saved(one, save(one, path, overwrite=True))
    journal.close()
    late, quick = begun(path), begun(path)
    told = late.recall()
    assert told is not None
    assert late.resume(told)
    quick.edit("Quick", one, named(one, "Quick"))
    quick.close()
    late.edit("Late", one, named(one, "Late"))
    late.close()
    assert sorted(each.told().labels for each in left(path)) == [("Late",), ("Quick",)]


def test_a_save_under_another_name_takes_the_history_along(path: Path, project: Project) -> None:
    journal = begun(path)
    one = named(project, "One")
    journal.edit("One", project, one)
    other = path.with_name("other.toml")
    text = save(one, other)
    journal.moved(other)
    journal.saved(one, text)
    two = named(one, "Two")
    journal.edit("Two", one, two)
    journal.close()
    assert unsaved(path) == 0
    (left_there,) = left(other)
    told = left_there.told()
    assert ([label for label, _plan in told.steps], told.saved, told.present) == (["", "One", "Two"], 1, two)
    again = begun(path).recall()
    assert again is not None
    assert (again.at, again.present, again.steps[1][1]) == (0, project, one)


def test_a_long_journal_becomes_short_and_loses_none_of_its_last_edits(
    path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LONG", 30)
    monkeypatch.setattr(module, "KEPT_EDITS", 10)
    journal = begun(path)
    plans = [project]
    for number in range(60):
        plans.append(named(plans[-1], f"Name {number}"))
        journal.edit(f"edit {number}", plans[-2], plans[-1])
        if number == 20:
            journal.saved(plans[-1], save(plans[-1], path, overwrite=True))
        if number in (29, 45):
            journal.settle()
    journal.go(-3, plans[-4])
    journal.close()
    (one,) = left(path)
    told = one.told()
    assert told.present == plans[-4]
    assert [plan for _label, plan in told.steps] == plans[-len(told.steps) :]
    assert told.file == plans[21]
    assert len(told.steps) < len(plans)
    assert told.labels == tuple(f"edit {n}" for n in range(21, 57))


def test_undoing_what_a_short_journal_has_given_up_is_told_as_an_edit(
    path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_EDITS", 5)
    journal = begun(path)
    monkeypatch.setattr(journal, "_long", 20)
    plans = [project]
    for number in range(20):
        plans.append(named(plans[-1], f"Name {number}"))
        journal.edit(f"edit {number}", plans[-2], plans[-1])
        journal.saved(plans[-1], dumps(plans[-1]))
    journal.settle()
    journal.go(-18, plans[2])
    journal.go(-1, plans[1])
    journal.go(2, plans[3])
    journal.close()
    told = left(path)[0].told()
    assert told.present == plans[3]
    assert told.steps[0][1] != project


def test_what_the_disk_refuses_is_written_with_the_next_edit(
    path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a record may reach the disk: the file ends with a whole one all the same."""
    journal = begun(path)
    one, two = named(project, "One"), named(project, "Two")
    journal.edit("One", project, one)

    def half(handle: int, data: bytes) -> None:
        os.write(handle, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("planner.store.journal_file.write_all", half)
        journal.edit("Two", one, two)
        assert journal.trouble == "Edits are not being kept as you make them (the disk is full): save the plan soon."
        assert not journal.settle()
    journal.edit("Three", two, named(two, "Three"))
    assert journal.trouble == ""
    journal.close()
    (left_one,) = left(path)
    assert left_one.told().labels == ("One", "Two", "Three")


def test_where_the_folder_cannot_be_written_the_state_folder_has_it(
    path: Path, project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path.with_name(".planner").write_text("a file where the folder would be")
    journal = begun(path)
    journal.edit("One", project, named(project, "One"))
    journal.close()
    assert journal.file is not None
    assert journal.file.is_relative_to(tmp_path / "state")
    assert [each.edits for each in left(path)] == [1]


def test_discarded_journals_are_kept_for_a_while(path: Path, project: Project) -> None:
    for number in range(8):
        journal = begun(path)
        journal.edit(str(number), project, named(project, str(number)))
        journal.close()
        put_away(left(path)[0].file)
    names = [each.name for each in (path.parent / ".planner").iterdir()]
    assert sum(name.endswith(".discarded") for name in names) == 5
    assert left(path) == ()


def test_a_reader_leaves_no_empty_journal(path: Path, project: Project) -> None:
    """What was only tried out and taken back, in a session that did not have the plan, leaves nothing behind."""
    reader = begun(path, name="reader")
    reader.edit("One", project, named(project, "One"))
    reader.go(-1)
    reader.close()
    assert reader.file is not None
    assert not reader.file.exists()


def test_what_was_set_aside_is_put_away_one_day(path: Path, project: Project) -> None:
    """Its edits are saved, nobody writes it any more: the next journal puts it with the discarded ones."""
    journal = begun(path)
    one = named(project, "One")
    journal.edit("One", project, one)
    aside = set_aside(path)
    journal.saved(one, save(one, path, overwrite=True))
    journal.close()
    assert aside is not None
    for days, names in ((0, [aside.name]), (2, [])):
        when = aside.stat().st_mtime - days * 86_400
        os.utime(aside, (when, when))
        set_aside(path)
        again = begun(path)
        again.edit("Two", one, named(one, "Two"))
        again.discard()
        again.close()
        there = [each.name for each in aside.parent.iterdir()]
        assert [name for name in there if name == aside.name] == names
    assert any(name.endswith(".discarded") for name in there)


HOSTILE = {
    "empty": b"",
    "no journal": b"schema = 2\n" * 10,
    "another length": b"ffffffff 00000000 {}\n",
    "a wrong checksum": line({"begin": 1, "text": "", "by": "x"}, crc=1),
    "no begin": line({"edit": "x", "d": {}}),
    "not JSON": line(b"{"),
    "no table": line(b"[]"),
    "deep": line(b"[" * 100_000 + b"]" * 100_000),
    "many parts": line(b"[" + b"[]," * MOST_PARTS + b"0]"),
    "a long number": line(b'{"begin":' + b"9" * 100_000 + b"}"),
    "a broken day": line(b'{"begin":1,"text":"","by":"","project":{"engagement":{"x-day":"2027-02-30"}}}'),
    "no plan": line({"begin": 1, "text": "", "by": "x", "project": {"engagement": 3}}),
    "a broken text": line({"begin": 1, "text": "schema = 2\n", "by": "x"}),
    "binary": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_journal_tells_nothing_and_stays(path: Path, project: Project, name: str) -> None:
    file = companion(path, "journal")
    file.parent.mkdir()
    file.write_bytes(HOSTILE[name])
    assert begun(path).recall() is None
    assert unsaved(path) == 0
    assert sum(one.edits for one in left(path)) == 0
    journal = begun(path)
    journal.edit("One", project, named(project, "One"))
    journal.close()
    assert [one.told().labels for one in left(path) if one.edits] == [("One",)]
    contents = [each.read_bytes() for each in file.parent.iterdir()]
    assert HOSTILE[name] in contents, "what stood there was set aside"


def test_what_a_record_says_is_bounded_and_clean(path: Path, project: Project) -> None:
    """Good records come before a bad one; names and labels never hold what steers a terminal."""
    begin = {"begin": 1, "text": path.read_text(), "by": "\x1b[31mroot", "when": 10**30}
    good = {"edit": "\x1b]0;x\x07" + "long " * 1000, "d": {"f": {"engagement": {"f": {"name": {"=": "a\x1b[2Jb"}}}}}}
    bad = {"edit": "bad", "d": {"f": {"packages": {"r": [[0, 2], [0, 2]]}}}}
    file = companion(path, "journal")
    file.parent.mkdir()
    file.write_bytes(line(begin) + line({**good, "n": 10**12}) + line(bad) + line(good))
    (one,) = left(path)
    assert one.last is None
    assert "\x1b" not in one.by
    assert unsaved(path) <= 9_999
    told = one.told()
    assert told.present == named(project, "a\ufffd[2Jb")
    assert len(told.labels) == 1
    assert "\x1b" not in told.labels[0]
    assert len(told.labels[0]) <= 300


def test_a_plan_that_breaks_rules_is_left_out(path: Path, project: Project) -> None:
    """A step nobody could have made does not come back, and those after it do not lose their place."""
    begin = {"begin": 1, "text": path.read_text(), "by": "x"}
    twice = replace(project, roles=(*project.roles, project.roles[0]))
    steps = [twice, named(twice, "Two"), named(project, "Three")]
    from planner.store.delta import difference, to_json

    records, before = [line(begin)], project
    for after in steps:
        patch = json.loads(json.dumps(difference(before, after), default=to_json))
        records.append(line({"edit": after.engagement.name, "d": patch}))
        before = after
    file = companion(path, "journal")
    file.parent.mkdir()
    file.write_bytes(b"".join(records))
    told = left(path)[0].told()
    assert [plan for _label, plan in told.steps] == [project, steps[2]]
    assert told.at == 1


def test_a_link_or_a_pipe_in_its_place_is_not_followed(path: Path, project: Project, tmp_path: Path) -> None:
    file = companion(path, "journal")
    file.parent.mkdir()
    precious = tmp_path / "precious"
    precious.write_text("precious")
    file.symlink_to(precious)
    os.mkfifo(file.with_name("desk.toml.pipe.journal"))
    assert left(path) == ()
    journal = begun(path)
    journal.edit("One", project, named(project, "One"))
    journal.close()
    assert precious.read_text() == "precious"
    assert journal.file is not None
    assert not journal.file.is_symlink()


def test_journals_of_other_plans_are_not_taken(path: Path, project: Project, tmp_path: Path) -> None:
    """``a.toml`` and ``a.toml.b.toml`` are two plans."""
    other = tmp_path / "desk.toml.more.toml"
    save(project, other)
    journal = begun(other)
    journal.edit("One", project, named(project, "One"))
    journal.close()
    assert left(path) == ()
    assert unsaved_in(tmp_path) == {other: 1}
    assert dumps(left(other)[0].told().present)
