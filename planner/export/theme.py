"""How a hand-over looks: the house's own colours, or a consultant's from a small TOML file (docs/exports.md)."""

from dataclasses import dataclass
from typing import Literal

Paper = Literal["a4", "a3", "letter"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as six hexadecimal digits, a logo, fonts, and which sections in which order (all when empty).

    ``phases`` are taken in turn. ``levels`` are those of maturity 1 to 5, which are also written as figures.
    ``logo`` is a PNG or JPEG image. ``footer`` is a line of the house on every page.
    """

    name: str = ""
    primary: str = "1f3a5f"
    accent: str = "b4531a"
    ink: str = "1b2430"
    grey: str = "5a6675"
    pale: str = "eef1f5"
    paper: str = "ffffff"
    phases: tuple[str, ...] = ("2f6690", "3a7d44", "8a5a9e", "b4531a", "4f6d7a", "9a7d0a", "a23b4a", "1f7a8c")
    levels: tuple[str, ...] = ("f3d9c9", "f6ecc5", "dcebd0", "a9d0b0", "6fae86")
    size: Paper = "a4"
    font: str = ""
    chinese_font: str = ""
    footer: str = ""
    logo: bytes | None = None
    sections: tuple[str, ...] = ()

    def phase(self, number: int) -> str:
        """The colour of the phase with that number; grey for none (0)."""
        return self.phases[(number - 1) % len(self.phases)] if number else self.grey

    def level(self, level: int) -> str:
        """The colour of a maturity level, 1 to 5."""
        return self.levels[min(max(level, 1), len(self.levels)) - 1]


PLAIN = Theme()
"""The house's own."""


def ink_on(fill: str) -> str:
    """Black or white, whichever is read more easily on ``fill`` (WCAG 2 relative luminance)."""
    return "ffffff" if contrast(fill, "ffffff") >= contrast(fill, "000000") else "000000"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
