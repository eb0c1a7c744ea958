"""A plan accepts findings with a reason and sets thresholds of its own; what no check knows is refused."""

from collections.abc import Callable

import pytest

from planner.edit.checks import accept, mute, set_names, set_number, speak_again, unmute
from planner.edit.refused import Refused
from planner.model.context import CheckSetting
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.model.values import Fixed


def test_a_mute_keeps_its_reason_and_thresholds_stay(desk: Project, catalogue: Catalogue) -> None:
    strict = set_number(desk, catalogue, "CHK02", "share", 0.4)
    muted = mute(strict, catalogue, "CHK02", " the board wants it so ", ("incident",))
    assert muted.checks == (
        CheckSetting(id="CHK02", mute="the board wants it so", items=("incident",), numbers=Fixed({"share": 0.4})),
    )
    assert unmute(muted, "CHK02") == strict
    again = mute(muted, catalogue, "CHK02", "another reason")
    assert (again.checks[0].mute, again.checks[0].items) == ("another reason", ())


def test_a_setting_that_says_nothing_any_more_is_gone(desk: Project, catalogue: Catalogue) -> None:
    own = set_names(set_number(desk, catalogue, "CHK03", "share", 0.4), catalogue, "CHK03", "design", ("tech",))
    assert own.checks == (CheckSetting(id="CHK03", numbers=Fixed({"share": 0.4}), names=Fixed({"design": ("tech",)})),)
    usual = set_names(set_number(own, catalogue, "CHK03", "share", None), catalogue, "CHK03", "design", None)
    assert usual.checks == ()


REFUSED: list[tuple[Callable[[Project, Catalogue], Project], str]] = [
    (lambda p, c: mute(p, c, "CHK8", "we know"), "there is no check 'CHK8' - did you mean 'CHK"),
    (lambda p, c: mute(p, c, "CHK08", "  "), "CHK08 is not muted without a reason"),
    (lambda p, c: unmute(p, "CHK08"), "the plan does not mute 'CHK08' - there is none yet"),
    (lambda p, c: set_number(p, c, "CHK02", "shares", 1), "CHK02 has no threshold 'shares' - did you mean 'share'?"),
    (lambda p, c: set_number(p, c, "CHK02", "share", -1), "CHK02: "),
    (lambda p, c: set_names(p, c, "CHK06", "kind", ()), "CHK06 has no threshold 'kind' - did you mean 'kinds'?"),
]


@pytest.mark.parametrize(("edit", "words"), REFUSED)
def test_what_no_check_knows_is_refused(
    edit: Callable[[Project, Catalogue], Project], words: str, desk: Project, catalogue: Catalogue
) -> None:
    with pytest.raises(Refused) as refusal:
        edit(desk, catalogue)
    assert str(refusal.value).startswith(words)


def test_findings_are_accepted_one_by_one_and_speak_again(desk: Project, catalogue: Catalogue) -> None:
    one = accept(desk, catalogue, "CHK16", "regulator", ("problem",))
    two = accept(one, catalogue, "CHK16", "regulator, too", ("incident",))
    assert two.checks[0].items == ("problem", "incident")
    assert speak_again(two, "CHK16", ("problem",)).checks[0].items == ("incident",)
    assert speak_again(speak_again(two, "CHK16", ("problem",)), "CHK16", ("incident",)) == desk
    whole = mute(desk, catalogue, "CHK16", "all of it")
    assert speak_again(whole, "CHK16", ("problem",)) == desk
    with pytest.raises(Refused, match="everything that CHK16 finds is accepted already"):
        accept(whole, catalogue, "CHK16", "once more", ("problem",))
    with pytest.raises(Refused):
        speak_again(desk, "CHK16", ("problem",))
