"""The fewest bytes to bring the cursor from one cell to another."""

from functools import lru_cache


@lru_cache(8192)
def move(here: tuple[int | None, int] | None, x: int, y: int) -> str:
    """The shortest sequence that moves the cursor from ``here`` to column ``x`` of line ``y``, counted from nought.

    ``here`` is column and line; the column is ``None`` where it is not sure (behind the last column, behind signs
    whose width terminals do not agree about), the whole is ``None`` if nothing is known. A line feed is written with
    a carriage return, since whether the terminal's driver adds one is not ours to say.
    """
    if here == (x, y):
        return ""
    ways = [_address(x, y)]
    if here is not None:
        column, line = here
        if line == y:
            ways += _along(column, x)
        else:
            down = y - line
            steps = [f"\x1b[{_count(down)}B"] if down > 0 else [f"\x1b[{_count(-down)}A"]
            if column is not None:
                ways += [step + way for step in steps for way in (_along(column, x) if column != x else [""])]
            ways += [step + "\r" + way for step in steps for way in (_along(0, x) if x else [""])]
            if down in (1, 2):
                ways += ["\r\n" * down + way for way in (_along(0, x) if x else [""])]
    return min(ways, key=len)


def _count(number: int) -> str:
    return "" if number == 1 else str(number)


def _address(x: int, y: int) -> str:
    line = str(y + 1) if y else ""
    return f"\x1b[{line};{x + 1}H" if x else f"\x1b[{line}H"


def _along(column: int | None, x: int) -> list[str]:
    """Ways along the line to column ``x``."""
    ways = [f"\x1b[{_count(x + 1)}G"]
    if x == 0:
        ways.append("\r")
    if column is not None:
        if x > column:
            ways.append(f"\x1b[{_count(x - column)}C")
        else:
            ways += ["\b" * (column - x), f"\x1b[{_count(column - x)}D"]
    return ways
