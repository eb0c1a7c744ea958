"""Undo, redo, and what counts as unsaved."""

from planner.edit.facts import change_engagement
from planner.edit.history import History
from planner.model.project import Project


def named(project: Project, name: str) -> Project:
    return change_engagement(project, name=name)


def test_undo_returns_the_very_plan_and_redo_the_next(desk: Project) -> None:
    one, two = named(desk, "One"), named(desk, "Two")
    history = History.begin(desk).do("first", one).do("second", two)
    assert (history.undo_label, history.redo_label) == ("second", "")
    back = history.undo()
    assert back.present is one
    assert (back.undo_label, back.redo_label) == ("first", "second")
    assert back.undo().present is desk
    assert back.undo().undo() == back.undo()
    assert back.undo().redo().redo().present is two
    assert history.redo() is history


def test_a_new_edit_drops_what_was_undone(desk: Project) -> None:
    history = History.begin(desk).do("first", named(desk, "One")).undo().do("other", named(desk, "Other"))
    assert history.redo_label == ""
    assert history.undo_label == "other"
    assert history.undo().present is desk


def test_an_edit_without_effect_leaves_no_trace(desk: Project) -> None:
    history = History.begin(desk).do("first", named(desk, "One"))
    assert history.undo().do("nothing", named(desk, desk.engagement.name)).redo_label == "first"


def test_dirty_compares_with_the_file(desk: Project) -> None:
    history = History.begin(desk)
    assert not history.dirty
    edited = history.do("first", named(desk, "One"))
    assert edited.dirty
    assert not edited.undo().dirty
    saved = edited.mark_saved()
    assert not saved.dirty
    assert saved.undo().dirty
    assert not saved.undo().redo().dirty
    assert not saved.do("back", named(desk, desk.engagement.name)).do("again", named(desk, "One")).dirty
    assert saved.undo_label == "first"
