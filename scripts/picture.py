"""Draw the README's picture: the real program on the sample engagement, as SVG.

uv run python scripts/picture.py
"""

import asyncio
import re
from pathlib import Path

from planner.catalog.ids import process_ids
from planner.store.load import load
from planner.tui.app import PlannerApp
from planner.tui.screens.plan import PlanScreen

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "projects" / "lantern-retail.toml"
PICTURE = ROOT / "docs" / "pictures" / "roadmap.svg"


async def draw() -> str:
    """The roadmap of the sample at 120x36."""
    app = PlannerApp(SAMPLE.parent, PlanScreen(load(SAMPLE, process_ids())))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        picture = app.export_screenshot(title="planner projects/lantern-retail.toml")
    # A picture that fetches its font from somewhere is not ours to publish; any monospaced font does.
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
    print(PICTURE.relative_to(ROOT))
