"""Undo, redo, and what counts as unsaved."""

from planner.edit.facts import change_engagement
from planner.edit.history import History
from planner.model.project import Project
from planner.store.course import Told


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


def told(desk: Project, at: int, saved: int | None) -> Told:
    plans = [desk, named(desk, "One"), named(desk, "Two")]
    steps = tuple(zip(("", "first", "second"), plans, strict=True))
    file = plans[saved] if saved is not None else named(desk, "Elsewhere")
    return Told("", steps, at, saved, {}, file, "", 1)


def test_a_history_is_what_its_journal_tells(desk: Project) -> None:
    history = History.of(told(desk, at=1, saved=2))
    assert (history.undo_label, history.redo_label, history.dirty) == ("first", "second", True)
    assert history.undo().present is desk
    assert not history.redo().dirty


def test_a_session_goes_on_with_the_history_before_it(desk: Project) -> None:
    before = told(desk, at=1, saved=1)
    opened = History.begin(named(desk, "One"))
    again = opened.after(before)
    assert (again.present, again.undo_label, again.redo_label, again.dirty) == (
        opened.present,
        "first",
        "second",
        False,
    )
    edited = opened.do("third", named(desk, "Three")).after(before)
    assert (edited.undo().undo_label, edited.redo_label) == ("first", "")
    assert edited.undo().undo().present is desk


def test_giving_up_leads_to_the_plan_in_the_file_and_back(desk: Project) -> None:
    history = History.begin(desk).do("first", named(desk, "One")).do("second", named(desk, "Two"))
    given_up = history.given_up("as in the file")
    assert (given_up.present, given_up.dirty, given_up.redo().redo()) == (desk, False, history)
    undone = history.mark_saved().undo()
    assert undone.given_up("as in the file").redo_label == ""
    elsewhere = undone.do("other", named(desk, "Other")).given_up("as in the file")
    assert (elsewhere.undo_label, elsewhere.dirty, elsewhere.present) == ("as in the file", False, named(desk, "Two"))
    assert given_up.given_up("as in the file") is given_up
