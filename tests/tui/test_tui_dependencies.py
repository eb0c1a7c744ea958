"""Stories among dependencies."""

from pathlib import Path

from consultant import Consultant, at_work


async def _focus(she: Consultant, words: str) -> None:
    await she.press("d", "/")
    await she.type(words)
    await she.press("enter")


async def test_walking_along_dependencies(desk_file: Path) -> None:
    """Enter puts the neighbour in the middle, Backspace goes back, the reason of each stands below."""
    async with at_work(desk_file) as she:
        await _focus(she, "incident management 3")
        she.sees("[ Incident management 3 ]", "Needs (7)", "Needed by (")
        she.sees("Incident management 3 needs Problem management 2: hard, finish-start, from the")
        await she.press("enter")
        she.sees("[ Problem management 2 ]")
        await she.press("right")
        assert "> hard  Incident manage" in she.screen
        await she.press("backspace")
        she.sees("[ Incident management 3 ]")


async def test_a_circle_is_refused_with_its_path_and_the_ways_out(desk_file: Path) -> None:
    """Problem 2 is needed by Incident 3: the other way round as well cannot be. The form stays for a way out."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await _focus(she, "problem management 2")
        before = she.project
        await she.press("n")
        await she.type("incident management 3")
        await she.press("enter")
        she.sees("Problem management 2 needs Incident management 3", "Strength")
        await she.press("enter")
        she.sees(
            "That would make a circle",
            "Problem management 2 needs Incident management 3, which needs Problem management 2",
            "Ways out of it:",
            'do without "Incident management 3 needs Problem management 2"',
        )
        await she.press("escape")
        she.sees("Strength")
        await she.press("escape")
        assert she.project is before


async def test_adding_and_removing_a_dependency(desk_file: Path) -> None:
    """A new dependency has type, lag, strength and reason; undo names it."""
    async with at_work(desk_file) as she:
        await _focus(she, "incident management 3")
        await she.press("n")
        await she.type("service catalogue 2")
        await she.press("enter", "right", "down", "down")
        await she.fill("5")
        await she.press("down")
        await she.type("tickets name a service")
        await she.press("enter")
        added = next(d for d in she.project.dependencies if d.source == "own")
        assert (added.item, added.needs, added.strength, added.lag, added.reason, added.source) == (
            "incident@3",
            "catalogue@2",
            "soft",
            5,
            "tickets name a service",
            "own",
        )
        she.sees("Needs (8)")
        await she.press("u")
        she.sees("Needs (7)", "Undone: Incident management 3 needs Service catalogue 2")


async def test_a_dependency_of_the_catalogue_is_switched_off(desk_file: Path) -> None:
    """It stays listed as ``off`` with the reason, and the work only it called for goes."""
    async with at_work(desk_file) as she:
        await _focus(she, "incident management 3")
        await she.press("x")
        she.sees("Do without a dependency")
        await she.type("handled by the supplier")
        await she.press("enter")
        held = next(d for d in she.project.dependencies if (d.item, d.needs) == ("incident@3", "problem@2"))
        assert (held.strength, held.reason) == ("off", "handled by the supplier")
        assert "problem@2" not in she.project.capabilities
        she.sees("off   Problem manageme", "4 packages removed.")


async def test_the_order_of_levels_cannot_be_removed(desk_file: Path) -> None:
    """A level needs the one below; the message says why ``x`` does nothing."""
    async with at_work(desk_file) as she:
        await _focus(she, "incident management 3")
        await she.press("end", "x")
        she.sees("! This is the order of levels and packages")
