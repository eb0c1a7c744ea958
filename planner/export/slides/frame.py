"""Places on a slide, in points."""

from dataclasses import dataclass
from typing import Any

from pptx.util import Emu, Length, Pt


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, the origin of the slide top left."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def below(self, y: float) -> "Rect":
        """What of it lies below ``y``."""
        return Rect(self.x, y, self.w, max(self.bottom - y, 0.0))

    def meets(self, other: "Rect | None") -> bool:
        """Whether the two have any place in common."""
        if other is None:
            return False
        across = min(self.right, other.right) - max(self.x, other.x)
        return across > 0.0 and min(self.bottom, other.bottom) > max(self.y, other.y)

    def columns(self, number: int, gap: float) -> tuple["Rect", ...]:
        """``number`` columns of the same width beside each other."""
        wide = (self.w - gap * (number - 1)) / number
        return tuple(Rect(self.x + place * (wide + gap), self.y, wide, self.h) for place in range(number))

    @property
    def lengths(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width, height as the library wants them."""
        return Pt(self.x), Pt(self.y), Pt(self.w), Pt(self.h)


def rect_of(x: int | None, y: int | None, w: int | None, h: int | None) -> Rect | None:
    """A rectangle of lengths of the library; None where any is not told."""
    if x is None or y is None or w is None or h is None:
        return None
    return Rect(Emu(x).pt, Emu(y).pt, Emu(w).pt, Emu(h).pt)


def holders(page: Any) -> list[Any]:
    """The placeholders of a slide, a layout or a master."""
    return list(page.placeholders)
