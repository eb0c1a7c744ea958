"""Interface language. English is the source text; ``planner/locale`` holds the translations.

Wrap every string a person reads in ``_()``; use named placeholders so that a translator can reorder:
``_("{item} needs {other}").format(item=..., other=...)``. For module-level tables mark with ``N_`` and
translate where the text is shown.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

Word = TypeVar("Word", bound=str)

LANGUAGES = ("en", "zh")
_current = "en"
_catalogue: object | None = None


def use(language: str) -> None:
    """Show the interface in ``language`` (``en`` or ``zh``); an unknown one means English."""
    global _current, _catalogue
    _current = language if language in LANGUAGES else "en"
    _catalogue = _translations(_current)


@cache
def _translations(language: str) -> object | None:
    """What translates into ``language``; None for English, which needs nothing."""
    if language not in LANGUAGES or language == "en":
        return None
    import gettext

    return gettext.translation("planner", Path(__file__).parent.parent / "locale", [language], fallback=True)


def language() -> str:
    """The interface language in use."""
    return _current


def from_environment(environ: Mapping[str, str] = os.environ) -> str:
    """The language that ``PLANNER_LANG`` or the locale variables ask for."""
    for variable in ("PLANNER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(variable, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def _(message: str) -> str:
    """``message`` in the interface language."""
    if _catalogue is None:
        return message
    return _catalogue.gettext(message)  # type: ignore[attr-defined, no-any-return]


def said_in(language: str, message: str) -> str:
    """``message`` in ``language``, whatever the interface speaks: for words that become part of a plan."""
    translations = _translations(language)
    return message if translations is None else translations.gettext(message)  # type: ignore[attr-defined]


def ngettext(one: str, many: str, n: int) -> str:
    """``one`` or ``many``, as the interface language counts ``n``."""
    if _catalogue is None:
        return one if n == 1 else many
    return _catalogue.ngettext(one, many, n)  # type: ignore[attr-defined, no-any-return]


def listed(words: Iterable[str]) -> str:
    """``words`` as one text, with the sign between them that the interface language uses."""
    return _(", ").join(words)


def labelled(label: str, text: str) -> str:
    """``text`` after what it is about, with the sign between them that the interface language uses."""
    return _("{label}: {text}").format(label=label, text=text)


def N_(message: Word) -> Word:
    """Mark ``message`` for translation without translating it yet."""
    return message
