"""Which fonts documents ask for, best first."""

import re

from planner.export.theme import Theme
from planner.text.clean import one_line

LATIN = ("Noto Sans", "Segoe UI", "Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "DejaVu Sans")
"""Fonts without serifs that one system or another has."""

CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "DengXian", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "SimSun",
)  # fmt: skip
"""Fonts with Chinese signs, the sans-serif ones first."""

_SIGNS = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_LISTING = re.compile(r"""['",;\\]+""")


def chinese_signs(text: str) -> bool:
    """Whether ``text`` has signs for which a font for Chinese is needed."""
    return _SIGNS.search(text) is not None


def families(theme: Theme, chinese: bool = False) -> tuple[str, ...]:
    """The fonts of ``theme`` before the usual ones, then any sans-serif.

    Those for Chinese signs come last, and first for a text that has some: a program that chooses by itself takes the
    shapes of another language. Names go without signs that could mean something where fonts are listed.
    """
    latin, signs = (theme.font, *LATIN), (theme.chinese_font, *CHINESE)
    asked = (*signs, *latin) if chinese else (*latin, *signs)
    names = (_LISTING.sub(" ", one_line(name)).strip() for name in asked)
    return (*dict.fromkeys(name for name in names if name), "sans-serif")
