"""The Chinese of the interface: complete, in step with the code, and fit for the places where it is shown."""

import importlib.util
import io
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from planner.checks.finding import Severity
from planner.export.words import quality
from planner.model.values import LinkType, Size, Strength, Workstream
from planner.rollout.result import Rule
from planner.text import i18n
from planner.text.i18n import _, labelled, listed, ngettext
from planner.text.width import width

ROOT = Path(__file__).parents[2]
LANGUAGES = [language for language in i18n.LANGUAGES if language != "en"]


def script() -> ModuleType:
    """``scripts/translations.py``."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = script()


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.use("zh")
    yield
    i18n.use("en")


def translations(language: str) -> Catalog:
    with SCRIPT.po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def pairs(language: str) -> list[tuple[str, str]]:
    """Every source text with what stands for it; each form of a plural is a pair of its own."""

    def texts(message: Message) -> Iterator[tuple[str, str]]:
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            for text in message.string or ():
                yield message.id[-1], text

    return [pair for message in translations(language) if message.id for pair in texts(message)]


def placeholders(text: str) -> list[tuple[str, str, str]]:
    """The placeholders of a text: name, format and conversion."""
    found = string.Formatter().parse(text)
    return sorted((name, form or "", conversion or "") for _text, name, form, conversion in found if name is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    updated = SCRIPT.updated(language)
    assert SCRIPT.missing(updated) == []
    assert SCRIPT.po_file(language).read_bytes() == SCRIPT.po_text(updated), "run scripts/translations.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_translations_are_those_of_the_text(language: str) -> None:
    po = SCRIPT.po_file(language)
    compiled = po.with_suffix(".mo").read_bytes()
    assert compiled == SCRIPT.mo_bytes(read_po(io.BytesIO(po.read_bytes()), language)), "run scripts/translations.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_source(language: str) -> None:
    wrong = [(source, text) for source, text in pairs(language) if placeholders(source) != placeholders(text)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_what_layout_rests_on(language: str) -> None:
    """The indent (a full-width sign brings its own), the lines, the dash between what is wrong and what to do."""
    for source, text in pairs(language):
        assert text[0] in "（；" or len(source) - len(source.lstrip(" ")) == len(text) - len(text.lstrip(" ")), source
        assert source.count("\n") == text.count("\n"), source
        assert source.count("—") == text.count("—"), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_no_sign_whose_width_depends_on_the_terminal(language: str) -> None:
    """Signs such as curly quotes and the ellipsis are one cell wide here and two there."""
    for source, text in pairs(language):
        doubtful = {sign for sign in text if unicodedata.east_asian_width(sign) == "A"} - set(source)
        assert not doubtful, (source, doubtful)


def test_chinese_is_shown_when_asked_for_and_english_again(chinese: None) -> None:
    assert _("Roadmap") == "路线图"
    assert ngettext("{n} phase", "{n} phases", 1) == ngettext("{n} phase", "{n} phases", 3) == "{n} 个阶段"
    assert listed(["a", "b"]) == "a、b"
    assert labelled("a", "b") == "a：b"
    i18n.use("en")
    assert _("Roadmap") == "Roadmap"
    assert listed(["a", "b"]) == "a, b"
    assert labelled("a", "b") == "a: b"


def test_an_unknown_language_is_english() -> None:
    i18n.use("tlh")
    assert i18n.language() == "en"
    assert _("Roadmap") == "Roadmap"


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, "en"),
        ({"PLANNER_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"PLANNER_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_environment_says_which_language(environ: dict[str, str], wanted: str) -> None:
    assert i18n.from_environment(environ) == wanted


def test_words_of_the_model_are_translated(chinese: None) -> None:
    """They are looked up by variables, so nothing but the marks in the code brings them into the translations."""
    kinds = (Workstream, Strength, LinkType, Size, Severity, Rule)
    english = [word for kind in kinds for word in get_args(kind) if _(word) == word]
    assert english == []
    for status in ("edited", "optimal", "feasible", "heuristic"):
        assert not quality(status).isascii()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_titles_fit_their_columns(language: str) -> None:
    from planner.model.values import DIMENSIONS
    from planner.tui.areas.assessment.matrix import CELL
    from planner.tui.areas.dependencies import lists
    from planner.tui.areas.work import left_out
    from planner.tui.areas.work import rows as work
    from planner.tui.plans import rows as plans

    i18n.use(language)
    try:
        for module in (left_out, work, plans):
            for column in module.COLUMNS:
                assert column.share or not column.title or width(_(column.title)) <= column.width, column.title
        for word in ("People", "Process", "Tech", "Level"):
            assert width(_(word)) < CELL
        for word in (*get_args(Workstream), *DIMENSIONS):
            assert width(_(word)) <= work.COLUMNS[0].width
        for word in ("hard", "soft", "off", "met", "level", "order"):
            assert width(_(word)) <= lists.COLUMNS[0].width
    finally:
        i18n.use("en")
