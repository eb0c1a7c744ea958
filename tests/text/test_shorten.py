"""Names made short."""

from hypothesis import given
from hypothesis import strategies as st

from planner.text.shorten import shortened
from planner.text.width import width

NAMES = ["Service request management", "Service level management", "Incident management", "Service desk"]


def test_a_common_last_word_goes_first_then_words_are_cut_evenly() -> None:
    assert shortened(NAMES, 10) == ["Serv reque", "Serv level", "Incident", "Servi desk"]
    assert shortened(NAMES, 30) == NAMES


def test_a_last_word_that_tells_two_apart_stays() -> None:
    names = ["Change management", "Change", "Risk management", "Asset management"]
    assert shortened(names, 10) == ["Chan manag", "Change", "Risk", "Asset"]


def test_a_name_without_spaces_is_cut() -> None:
    assert shortened(["服务资产与配置管理", "Configuration"], 8) == ["服务资~", "Configu~"]


@given(st.lists(st.text("ab 服务", max_size=12), max_size=5), st.integers(2, 12))
def test_every_name_fits(names: list[str], cells: int) -> None:
    assert all(width(name) <= cells for name in shortened(names, cells))
