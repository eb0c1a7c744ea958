"""The radar as text: what stands inside what is wanted, rings, an axis for each process."""

import pytest

from planner.text.width import width
from planner.tui.areas.assessment.profile import radar
from planner.tui.glyphs import ASCII, BOX, Glyphs


def picture(axes: list[tuple[float, float]], cells: int = 60, lines: int = 29) -> list[str]:
    return ["".join(piece.text for piece in line) for line in radar(axes, cells, lines)]


@pytest.mark.parametrize("signs", [ASCII, BOX])
def test_wider_levels_fill_more_and_every_line_has_its_width(signs: Glyphs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.tui.glyphs._now", signs)
    small, large = (picture([(level, level + 1.0)] * 6) for level in (1.0, 3.0))
    assert {width(line) for line in small} == {60}
    assert sum(line.count(signs.full) for line in large) > 5 * sum(line.count(signs.full) for line in small)
    assert any(signs.shades[2] in line for line in small)
    if signs is ASCII:
        assert "".join(small).isascii()


def test_the_first_axis_points_upwards_and_the_others_follow_clockwise() -> None:
    """One process that stands far out shows as a spike on its axis."""
    up, right, down, left = (picture([(5.0 if n == spike else 1.0, 1.0) for n in range(4)]) for spike in range(4))
    middle, centre = 14, 29
    assert up[middle - 8][centre] == down[middle + 8][centre] == BOX.full
    assert right[middle][centre + 16] == left[middle][centre - 16] == BOX.full
    assert up[middle + 8][centre] != BOX.full
    assert "1" in up[0] + up[1]
    assert up[middle].rstrip().endswith("2")


def test_few_processes_and_little_room_draw_without_a_fault() -> None:
    for count in (0, 1, 2, 3):
        assert len(picture([(2.0, 3.0)] * count)) == 29
    assert radar([(2.0, 3.0)] * 5, 12, 6) == [[]] * 6
