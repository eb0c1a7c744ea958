"""Stories in the work area."""

from pathlib import Path

from consultant import at_work

from planner.model.values import Duration, Effort


async def test_changing_a_package(desk_file: Path) -> None:
    """The form holds every field; Enter accepts; the package is the plan's own from then on."""
    async with at_work(desk_file) as she:
        await she.press("w", "enter")
        she.sees("Change a work package", "Working days", "Change lead")
        await she.fill("Appoint the owner [P1]")
        await she.press("down")
        await she.fill("5 8 13")
        await she.press("down")
        await she.fill("2.5")
        await she.press("enter")

        package = she.project.package_by_id["sms-2-people"]
        assert package.name == "Appoint the owner [P1]"
        assert package.days == Duration(5, 8, 13)
        assert package.effort["change-lead"] == Effort(2.5, 2.5, 2.5)
        assert package.source == "own"
        assert "*Appoint the owner [P1]" in she.row("> people")
        assert she.message == "Changed: Appoint the owner [P1]."


async def test_a_form_says_what_to_type_and_stays_open(desk_file: Path) -> None:
    """A wordy duration, numbers in the wrong order, a package that does not exist, too much for a role."""
    async with at_work(desk_file) as she:
        await she.press("w", "enter", "down")
        await she.fill("twelve")
        await she.press("enter")
        she.sees("! Working days: write the working days: one number, or low, likely and high")
        await she.fill("9 5 2")
        await she.press("enter")
        she.sees("! Working days: low, likely and high must rise: 2 5 9")
        await she.fill("8")
        await she.press("down")
        await she.fill("80")
        await she.press("enter")
        she.sees("! ", "Change a work package")
        await she.press("escape")
        assert "unsaved" not in she.screen


async def test_adding_ones_own_package(desk_file: Path) -> None:
    """``n`` adds a package beside the selected one."""
    async with at_work(desk_file) as she:
        await she.press("w", "n")
        await she.type("Visit the sites")
        await she.press("down", "down", "right", "enter")
        package = she.project.package_by_id["visit-the-sites"]
        assert (package.capability, package.workstream, package.days) == ("sms@2", "process", Duration(3, 5, 8))
        she.sees("*Visit the sites", "Added: Visit the sites.")


async def test_what_was_taken_out_can_be_brought_back(desk_file: Path) -> None:
    """Removing asks why; the list of what is left out shows it with the reason, and Enter brings it back."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await she.press("w", "x")
        she.sees("It can be brought back")
        await she.type("the client does it")
        await she.press("enter")
        assert "sms-2-people" not in she.project.package_by_id
        she.sees("1 left out by hand", "Taken out: ", "1 package removed.")

        await she.press("b")
        assert "taken out by hand: the client does it" in she.row("> Service management system 2")
        await she.press("enter")
        assert "sms-2-people" in she.project.package_by_id
        she.sees_not("left out by hand")


async def test_what_was_never_needed_says_why(desk_file: Path) -> None:
    """A dimension that stands already needs no package, and the list says so."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await she.press("w", "b")
        assert "already stands at level 2" in she.row("Incident management 2   ")
        await she.press("enter")
        she.sees("! Not needed, so there is nothing to bring back")


async def test_workstreams_can_be_shown_alone(desk_file: Path) -> None:
    """``f`` and digits filter; the line above says what is shown."""
    async with at_work(desk_file) as she:
        await she.press("w", "4")
        count = sum(package.workstream == "standard" for package in she.project.packages)
        she.sees(f" standard: {count} packages")
        she.sees_not("people   ")
        await she.press("f")
        she.sees(f" all workstreams: {len(she.project.packages)} packages")


async def test_going_to_a_hidden_package_shows_all_again(desk_file: Path) -> None:
    """Find leads to the package even when a filter hides it."""
    async with at_work(desk_file) as she:
        await she.press("w", "4", "/")
        await she.type("change-2-people")
        await she.press("enter")
        assert she.plan.area.current == "change-2-people"
        she.sees("all workstreams")
