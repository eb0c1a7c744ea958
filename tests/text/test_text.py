"""Cleaning, widths and wrapping of text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.text.clean import clean, one_line, plain_id
from planner.text.width import CLOSING, OPENING, cut, fit, width, wrap


@pytest.mark.parametrize(
    "nasty",
    ["\x1b[2J", "\x9b31m", "\x07", "\u202e", "\u200b", "\u2028", "\x00", "\ud800", "\ufeff", "\U000e0041", "\x85"],
)
def test_what_steers_a_terminal_is_made_visible(nasty):
    assert clean(f"a{nasty}b") == "a" + "".join("\ufffd" if not c.isprintable() else c for c in nasty) + "b"


@given(st.text())
def test_clean_text_holds_no_control_or_format_character(text):
    left = {unicodedata.category(c) for c in clean(text) if c not in "\t\n"}
    assert not left & {"Cc", "Cs", "Zl", "Zp"}
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_left_alone(text):
    assert clean(text) is text


def test_one_line():
    assert one_line("  a\n\tb\r\nc ") == "a b c"


@pytest.mark.parametrize(
    ("text", "wanted"), [("Lantern Retail!", "lantern-retail"), ("Café 2", "cafe-2"), ("港湾", "")]
)
def test_ids_from_names(text, wanted):
    assert plain_id(text) == wanted


words = st.text(alphabet="ab 变更、。", max_size=40)


@given(words, st.integers(0, 30))
def test_cut_and_fit_count_cells(text, cells):
    assert width(cut(text, cells)) <= cells
    assert width(fit(text, cells)) == cells
    if width(text) <= cells:
        assert cut(text, cells) == text


@given(words, st.integers(6, 30))
def test_wrapped_lines_fit_and_lose_nothing(text, cells):
    lines = wrap(text, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_closing_sign():
    lines = wrap("变更依据配置记录、评估影响。发布经测试，故障有记录。", 16)
    assert len(lines) > 2
    assert not any(line[0] in CLOSING for line in lines)


def test_no_line_ends_with_an_opening_sign():
    lines = [
        line for cells in range(6, 20) for line in wrap("依据配置记录（含变更（不含发布））评估影响《规程》", cells)
    ]
    assert not any(line[-1] in OPENING for line in lines)


def test_a_level_stays_with_its_process():
    lines = [line for cells in range(6, 20) for line in wrap("变更管理 3、配置管理 2、发布与部署管理 10", cells)]
    assert not any(line[0].isdecimal() for line in lines)
    assert wrap("from 2027-01-04 to 3", 6)[-1] == "to 3"
