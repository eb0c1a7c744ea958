"""A theme out of a small TOML file: colours, fonts, logo and the choice of sections of those who hand over."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from planner.export import logo
from planner.export.report.assemble import SECTIONS
from planner.export.theme import PLAIN, Paper, Theme, contrast
from planner.model.problem import nearest
from planner.store.fault import Fault
from planner.store.syntax import UNREADABLE, Mended, mend
from planner.text.clean import one_line
from planner.text.file import contents
from planner.text.i18n import _, listed, ngettext
from planner.text.toml import TooMuch, loads

LARGEST = 100_000
"""Bytes of the largest theme file."""

LONGEST = 200
"""Characters of the longest text in it."""

MOST_PHASES = 20
"""Colours of phases."""

TEXTS = ("name", "footer")
COLOURS = ("primary", "accent", "ink", "grey", "pale", "paper")
LISTS = ("phases", "levels")
FONTS = {"text": "font", "chinese": "chinese_font"}
"""The keys below ``[fonts]``, and what they are in a theme."""
KEYS = (*TEXTS, "size", "logo", "sections", "colours", "fonts")
SIZES: tuple[str, ...] = get_args(Paper)

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")

PAIRS = (
    ("ink", "paper", 4.5),
    ("ink", "pale", 4.5),
    ("grey", "paper", 4.5),
    ("primary", "paper", 4.5),
    ("accent", "paper", 3.0),
)
"""Text and what it stands on, with the least contrast at which it is read well (WCAG 2.2, 1.4.3; of large text and
of shapes 3, 1.4.11)."""


class ThemeUnreadable(Exception):
    """A theme file cannot be used; ``faults`` holds every reason, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load_theme(path: Path) -> Theme:
    """The theme in the file ``path``; what it does not say is as in the house's own.

    Raises ThemeUnreadable with every fault of the file.
    """
    text = _text(path)
    try:
        data: dict[str, Any] | None = loads(text)
    except TooMuch as wrong:
        raise ThemeUnreadable((Fault(str(path), wrong.line, wrong.message, wrong.advice),)) from None
    except ValueError:
        data = None
    read = _Reader(path, mend(text, (), data))
    theme = read.theme()
    if read.faults:
        raise ThemeUnreadable(tuple(sorted(read.faults, key=lambda fault: fault.line)))
    return theme


def unreadable(theme: Theme) -> tuple[str, ...]:
    """The pairs of colours of ``theme`` that are hard to read, in words; the theme is used all the same."""
    pairs = [(one, getattr(theme, one), other, getattr(theme, other), least) for one, other, least in PAIRS]
    pairs += [(f"phases {n}", colour, "paper", theme.paper, 1.5) for n, colour in enumerate(theme.phases, 1)]
    told = _("{one} (#{first}) is hard to see on {other} (#{second}): contrast {found:.1f}, at least {least:.1f}")
    return tuple(
        told.format(one=one, first=first, other=other, second=second, found=contrast(first, second), least=least)
        for one, first, other, second, least in pairs
        if contrast(first, second) < least
    )


def example() -> str:
    """A theme file to begin with: every key with what holds without it, and what it does."""

    def colours(values: Collection[str]) -> str:
        return ", ".join(f'"#{value}"' for value in values)

    said = {
        "primary": _("headings, and the bars above tables"),
        "accent": _("what is to be seen first"),
        "ink": _("text"),
        "grey": _("text that matters less"),
        "pale": _("every other row, and boxes"),
        "paper": _("what everything stands on"),
    }
    lines = [
        "# " + _("The look of what is handed over: planner export FILE ... --theme THIS"),
        "# " + _("Every key may be left out; then it is as here."),
        "",
        f'name = ""                 # {_("what the theme is called")}',
        f'footer = ""               # {_("a line of your house on every page")}',
        f'size = "{PLAIN.size}"               # {_("of printed pages: {sizes}").format(sizes=listed(SIZES))}',
        f'# logo = "logo.png"       # {_("a PNG or JPEG in the folder of this file, at most 2 MB")}',
        f"# {_('which sections in which order; without it all of these:')}",
        "# sections = [",
        *(f'#   "{ident}",' for ident in SECTIONS),
        "# ]",
        "",
        "[colours]",
        *(f'{name} = "#{getattr(PLAIN, name)}"'.ljust(22) + f"# {said[name]}" for name in COLOURS),
        f"# {_('of the phases, one after the other and then from the first again')}",
        f"phases = [{colours(PLAIN.phases)}]",
        f"# {_('of the maturity levels 1 to 5')}",
        f"levels = [{colours(PLAIN.levels)}]",
        "",
        "[fonts]",
        f'text = ""                 # {_("the font of text; it must be installed where documents are opened")}',
        f'chinese = ""              # {_("the font of Chinese text")}',
    ]
    return "\n".join(lines) + "\n"


def _text(path: Path) -> str:
    def unusable(wrong: str, advice: str, line: int = 1) -> ThemeUnreadable:
        return ThemeUnreadable((Fault(str(path), line, wrong, advice),))

    try:
        data = contents(path, LARGEST + 1)
    except FileNotFoundError:
        raise unusable(_("there is no such file"), _("an example: planner export --theme-example")) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise unusable(_("the file cannot be read: {reason}").format(reason=reason), _("name a theme file")) from None
    if len(data) > LARGEST:
        raise unusable(_("the file is larger than {n} KB").format(n=LARGEST // 1000), _("name a theme file"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise unusable(_("this is not text in UTF-8"), _("save it as UTF-8, or name a theme file"), line) from None


class _Wrong(ValueError):
    """A value that is none; ``advice`` says what to write."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.advice = advice


class _Reader:
    """Takes values out of a text, and notes what is wrong with each."""

    def __init__(self, path: Path, text: Mended) -> None:
        self.path = path
        self.text = text
        self.faults = [Fault(str(path), flaw.line, flaw.message, flaw.advice) for flaw in text.flaws]

    def theme(self) -> Theme:
        data = self.text.data or {}
        self._known(data, KEYS, ())
        found = dict(self._found(data))
        return Theme(**{one.name: found.get(one.name, getattr(PLAIN, one.name)) for one in fields(Theme)})

    def _found(self, data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name in TEXTS:
            yield from self._value(data, (name,), name, _words)
        yield from self._value(data, ("size",), "size", _one_of(SIZES))
        yield from self._value(data, ("logo",), "logo", lambda value: _picture(self.path, value))
        yield from self._rows(data, ("sections",), "sections", _one_of(SECTIONS), (1, len(SECTIONS)))
        colours = self._table(data, "colours", (*COLOURS, *LISTS))
        for name in COLOURS:
            yield from self._value(colours, ("colours", name), name, _colour)
        yield from self._rows(colours, ("colours", "phases"), "phases", _colour, (1, MOST_PHASES))
        yield from self._rows(colours, ("colours", "levels"), "levels", _colour, (5, 5))
        fonts = self._table(data, "fonts", FONTS)
        for name, target in FONTS.items():
            yield from self._value(fonts, ("fonts", name), target, _words)

    def _table(self, data: Mapping[str, Any], name: str, keys: Collection[str]) -> Mapping[str, Any]:
        table = data.get(name, {})
        if not isinstance(table, dict):
            self._fault((name,), _("{key} is no table").format(key=name), _("write [{key}]").format(key=name))
            return {}
        self._known(table, keys, (name,))
        return table

    def _known(self, table: Mapping[str, Any], keys: Collection[str], where: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                wrong = _("there is no key {name!r} in a theme").format(name=one_line(".".join((*where, key))))
                self._fault((*where, key), wrong, nearest(key, keys))

    def _value(
        self, table: Mapping[str, Any], where: tuple[str, ...], target: str, read: Callable[[Any], Any]
    ) -> Iterator[tuple[str, Any]]:
        if where[-1] in table and not _skipped(table[where[-1]]):
            yield from ((target, value) for value in self._read(table[where[-1]], where, read))

    def _rows(
        self,
        table: Mapping[str, Any],
        where: tuple[str, ...],
        target: str,
        read: Callable[[Any], Any],
        count: tuple[int, int],
    ) -> Iterator[tuple[str, Any]]:
        rows = table.get(where[-1])
        if rows is None or _skipped(rows):
            return
        key = ".".join(where)
        if not isinstance(rows, list):
            self._fault(where, _("{key} is no list").format(key=key), _('write {key} = ["...", "..."]').format(key=key))
            return
        if not count[0] <= len(rows) <= count[1]:
            least, most = count
            advice = _("give {n}").format(n=least) if least == most else _("give {n} to {m}").format(n=least, m=most)
            told = ngettext("{key} has {n} item", "{key} has {n} items", len(rows))
            self._fault(where, told.format(key=key, n=len(rows)), advice)
            return
        values = [value for row in rows for value in self._read(row, where, read)]
        if len(values) == len(rows):
            if target == "sections" and len(set(values)) < len(values):
                twice = next(value for value in values if values.count(value) > 1)
                self._fault(where, _("{key} has {name!r} twice").format(key=key, name=twice), _("remove one of them"))
            yield target, tuple(values)

    def _read(self, value: Any, where: tuple[str, ...], read: Callable[[Any], Any]) -> list[Any]:
        try:
            return [read(value)]
        except _Wrong as wrong:
            self._fault(where, f"{'.'.join(where)}: {wrong}", wrong.advice)
            return []

    def _fault(self, where: tuple[str, ...], wrong: str, advice: str) -> None:
        self.faults.append(Fault(str(self.path), self.text.line(where), wrong, advice))


def _skipped(value: Any) -> bool:
    """Whether it is no value at all, which is told already."""
    return isinstance(value, str) and value.startswith(UNREADABLE)


def _shown(value: Any) -> str:
    return one_line(str(value))[:40]


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong(_("{value!r} is no text").format(value=_shown(value)), _("put it in quotes"))
    if len(value) > LONGEST:
        raise _Wrong(_("the text is longer than {n} characters").format(n=LONGEST), _("write less"))
    return one_line(value)


def _one_of(valid: Collection[str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in valid:
            raise _Wrong(_("there is no {value!r}").format(value=_shown(value)), nearest(str(value), valid))
        return value

    return read


def _colour(value: Any) -> str:
    found = _COLOUR.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _Wrong(_("{value!r} is no colour").format(value=_shown(value)), _('write one such as "#1f3a5f"'))
    return found[1].lower()


def _picture(theme: Path, value: Any) -> bytes:
    """The logo of that name beside the file ``theme``. Raises _Wrong, also for one outside of its folder."""
    name = _words(value)
    folder = theme.resolve().parent
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            wrong = _("{file} is not in the folder of the theme").format(file=_shown(name))
            raise _Wrong(wrong, _("put the picture beside the theme file"))
        picture = contents(path, logo.LARGEST + 1)
    except _Wrong:
        raise
    except FileNotFoundError:
        wrong = _("there is no file {file}").format(file=_shown(name))
        raise _Wrong(wrong, _("put the picture beside the theme file, or take the key out")) from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _Wrong(_("{file} cannot be read: {reason}").format(file=_shown(name), reason=reason), "") from None
    if len(picture) > logo.LARGEST:
        wrong = _("{file} is larger than {n} MB").format(file=_shown(name), n=logo.LARGEST // 1_000_000)
        raise _Wrong(wrong, _("make the picture smaller"))
    pixels = logo.size(picture)
    if pixels is None:
        wrong = _("{file} is no picture, or not a whole one").format(file=_shown(name))
        raise _Wrong(wrong, _("save it as PNG or JPEG"))
    if max(pixels) > logo.WIDEST:
        wrong = _("{file} has {width} x {height} pixels").format(file=_shown(name), width=pixels[0], height=pixels[1])
        raise _Wrong(wrong, _("make it at most {n} pixels wide and high").format(n=logo.WIDEST))
    return picture
