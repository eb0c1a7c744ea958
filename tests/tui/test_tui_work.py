"""Stories in the work area."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from consultant import at_work

from planner.model.project import Project
from planner.model.values import Duration, Effort, Fixed
from planner.store.save import save


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
    """``n`` adds a package beside the selected one, on one line; what is understood stands below."""
    async with at_work(desk_file) as she:
        await she.press("w", "n", "enter")
        she.sees("! Write the name of the package first.")
        await she.type("Visit the sites; pr; 2 4 9; Chnage lead=3")
        she.sees(
            "Name: Visit the sites", "For: Service management system 2; workstream: process", "Working days: 2 4 9"
        )
        she.sees("! there is no role 'Chnage lead': did you mean 'Change lead'?")
        await she.press("enter", "end", *["backspace"] * 13)
        await she.type("Change lead=3; after name")
        she.sees("Person-days: Change lead 3", "After: Name a responsible")
        await she.press("enter")
        package = she.project.package_by_id["visit-the-sites"]
        assert (package.capability, package.workstream, package.days) == ("sms@2", "process", Duration(2, 4, 9))
        assert package.effort == {"change-lead": Effort(3, 3, 3)}
        assert package.after == ("sms-2-people",)
        she.sees("*Visit the sites", "Added: Visit the sites.")

        await she.press("n")
        await she.type("Ask the users; 4")
        await she.press("tab")
        she.sees("A work package of your own", "Ask the users", "Change lead")
        await she.press("enter")
        assert she.project.package_by_id["ask-the-users"].days == Duration(4, 4, 4)


async def test_what_was_taken_out_can_be_brought_back(desk_file: Path) -> None:
    """Removing asks why; the list of what is left out shows it with the reason, and Enter brings it back."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await she.press("w", "x")
        she.sees("It can be brought back")
        await she.type("the client does it")
        await she.press("enter")
        assert "sms-2-people" not in she.project.package_by_id
        she.sees("1 left out by hand", "Taken out: ", "1 package removed.")

        await she.press("L")
        assert "taken out by hand: the client does it" in she.row("> Service management system 2")
        await she.press("enter")
        assert "sms-2-people" in she.project.package_by_id
        she.sees_not("left out by hand")


async def test_what_was_never_needed_says_why(desk_file: Path) -> None:
    """A dimension that stands already needs no package, and the list says so."""
    async with at_work(desk_file, size=(120, 40)) as she:
        await she.press("w", "L")
        assert "already stands at level 2" in she.row("Incident management 2   ")
        await she.press("enter")
        she.sees("! Not needed, so there is nothing to bring back")


async def test_filtering_while_typing(desk_file: Path) -> None:
    """Digits show one workstream; ``f`` filters live, says what it did not understand, and keeps or drops it."""
    async with at_work(desk_file) as she:
        await she.press("w", "4")
        packages = she.project.packages
        count = sum(package.workstream == "standard" for package in packages)
        she.sees(f" standard: {count} packages")
        she.sees_not("people   ")
        await she.press("0", "f")
        she.sees("stream:  for:  days>")
        await she.type("desk stream:")
        she.sees("stream: people, process, tech, standard")
        await she.type("st dys>10")
        she.sees("! there is no field 'dys': did you mean 'days'?", f"2 of {len(packages)}")
        await she.press(*["backspace"] * 6)
        await she.type("days>40")
        she.sees(f"1 of {len(packages)}")
        await she.press("enter")
        she.sees(" all workstreams: 1 package", "> standard", "filter: desk stream:st days>40")

        await she.press("/")
        await she.type("change-2-people")
        await she.press("enter")
        assert she.plan.area.current == "change-2-people"  # what is gone to is shown, whatever is filtered
        she.sees(f" all workstreams: {len(packages)} packages")

        await she.press("f")
        await she.type("nothing like it")
        she.sees("Nothing fits here.")
        await she.press("escape")
        she.sees(f" all workstreams: {len(packages)} packages")
        she.sees_not("filter:")


async def test_several_packages_at_once(planned_file: Path) -> None:
    """Marks stay under a filter; a change, progress and taking out are one edit each, for all that are marked."""
    async with at_work(planned_file) as she:
        await she.press("w", "space", "down", "space")
        she.sees("2 marked")
        assert she.row("Name a responsible").startswith(" +people")
        await she.press("4")
        she.sees("2 marked (2 not shown)")
        await she.press("0", "home")
        assert she.row(">+").startswith(">+people")
        before = she.project
        first, _between, third = (package.id for package in before.packages[:3])

        await she.press("c", "enter")
        she.sees("Change 2 packages", "! Nothing is to change yet")
        await she.press("down")
        await she.fill("x2")
        await she.press("down")
        await she.fill("lots")
        await she.press("enter")
        she.sees("! Effort: write a factor such as x1.2")
        await she.fill("0.5")
        await she.press("enter")
        changed = [p.id for p in she.project.packages if p != before.package_by_id[p.id]]
        assert changed == [first, third]
        assert she.project.package_by_id[first].days.likely == 2 * before.package_by_id[first].days.likely
        assert she.message.startswith("Changed 2 packages: days, effort.")

        await she.press("u", "P")
        she.sees("How far are 2 packages?")
        await she.press("enter")
        she.sees("! Say as of which day this is.")
        await she.fill("2028-12-31")
        await she.press("enter")
        assert [one.package for one in she.project.progress] == [first, third]
        assert she.project.roadmap is not None
        assert she.project.progress_of[first].finish == she.project.roadmap.packages[first].finish
        assert she.row("Name a responsible").rstrip().endswith("done")

        await she.press("u", "x", "enter")
        assert not {first, third} & set(she.project.package_by_id)
        she.sees_not("marked")
        await she.press("u")
        assert she.project == before


async def test_one_selection_in_three_views(planned_file: Path) -> None:
    """``t`` leads from the table to the columns and to the load, and the package stays the same."""
    async with at_work(planned_file, size=(120, 40)) as she:
        left, heights = she.plan.area, set[int]()
        given = left._size_updated
        left._size_updated = lambda size, *more: heights.add(size.height) or given(size, *more)  # type: ignore
        await she.press("w", "down")
        assert heights <= {0, 36}, "the place that is left was never drawn beside the new one"
        assert " t columns " in she.lines[-1]
        await she.press("t")
        item = she.plan.area.current
        assert item == she.project.packages[1].id
        she.sees("[columns]", "people: ", "standard: ", " d  1  2027-")
        lines = [line for line in she.lines if "people: " in line]
        assert "process: " in lines[0]  # side by side
        assert "> Service management sys" in she.screen
        await she.press("space")
        she.sees("1 marked", "+Service management sys")
        await she.press("M", "M", "up", "e")
        she.sees("Why not earlier")
        await she.press("escape", "p")
        await she.press("down", "down")
        await she.fill("2029-12-31")
        await she.press("enter")
        assert she.project.pin_by_item[item].deadline == date(2029, 12, 31)
        she.sees("\n pinned")
        await she.press("left")
        she.sees_not("marked")
        assert she.project.package_by_id[she.plan.area.current].workstream == "people"
        await she.press("right", "t")
        she.sees("[load]", "Role", "peak", "can do ", "week of 2027-")
        assert " of " in she.row("week of")
        week = she.row("week of")
        await she.press("x")
        assert she.message == "! The load is of roles: Enter lists the packages behind it."
        assert " x remove" not in she.lines[-1]
        await she.press("right", "Z")
        assert she.row("month 2027-") != week
        await she.press("z", "left", "enter")
        she.sees("type to find")
        await she.press("enter")
        she.sees("[table]")
        assert she.plan.area.current in she.project.package_by_id
        await she.pilot.resize_terminal(80, 24)
        await she.press("t")
        lines = [line for line in she.lines if "people: " in line]
        assert "process: " not in lines[0]  # one below the other
        she.sees("process: ", "tech: ", "standard: ")


async def test_the_load_shows_what_is_too_much(planned: Project, tmp_path: Path) -> None:
    """More work than a role can do is marked with a sign and told in words, with the packages that make it."""
    assert planned.roadmap is not None
    busy = [package.id for package in planned.packages if "change-lead" in package.effort][:6]
    at_once = planned.roadmap.packages[busy[0]]
    placed = Fixed({**planned.roadmap.packages, **dict.fromkeys(busy, at_once)})
    save(replace(planned, roadmap=replace(planned.roadmap, packages=placed)), tmp_path / "busy.toml")
    async with at_work(tmp_path / "busy.toml") as she:
        await she.press("w", "t", "t")
        assert " ! " in she.row("> Change lead")
        await she.press("right")
        she.sees("!!", "too much on ")
        told = she.row("week of 2027-")
        load, capacity = re.findall(r"Change lead ([\d.]+) of ([\d.]+) person-days", told)[0]
        assert float(load) > float(capacity)
        she.sees("Service desk 2: people", "Service management system 2: people")


async def test_without_a_roadmap_there_is_no_load(desk_file: Path) -> None:
    async with at_work(desk_file) as she:
        await she.press("w", "z")
        assert she.message == "! Only the load has weeks and months; t goes there."
        await she.press("t", "t")
        she.sees("No load is known yet")
        await she.press("enter")
        assert she.message == "! Nothing is selected here."
        await she.press("t", "enter")
        she.sees("Change a work package")
