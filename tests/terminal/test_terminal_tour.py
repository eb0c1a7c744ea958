"""The recorded session of the tour, played with real keys in a real terminal."""

import sys
from pathlib import Path

from driver import Terminal

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import tour  # noqa: E402 - a script, found by its folder


def test_the_tour_goes_as_it_is_told(tmp_path: Path) -> None:
    """Every key of the session, every text it is to show, and a clean end."""
    tour.folder(tmp_path)
    with Terminal(cwd=tmp_path, size=tour.SIZE) as she:
        she.sees("1 plan")
        for step in tour.steps(tour.SESSION.read_text("utf-8")):
            if step.word == "press":
                she.press(*(" " if key == "space" else key for key in step.what.split()))
            elif step.word == "type":
                she.press(step.what)
            elif step.word == "see":
                she.sees(step.what)
        she.press("ctrl+q")
        assert she.ends() == 0


def test_the_page_is_the_one_that_the_session_makes() -> None:
    """docs/tour.md is never edited by hand, and every picture it shows is there."""
    session = list(tour.steps(tour.SESSION.read_text("utf-8")))
    assert tour.TOUR.read_text("utf-8") == tour.page(session)
    for step in session:
        if step.word == "picture":
            assert (tour.PICTURES / f"tour-{step.what}.svg").exists()
