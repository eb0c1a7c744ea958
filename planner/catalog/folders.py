"""Which folders of templates are in use: the planner's own, and those that a consultant adds."""

from pathlib import Path

PROCESSES = "catalogue/processes.toml"
"""Where in a folder of templates its processes stand."""

_added: tuple[Path, ...] = ()


def templates_folder() -> Path:
    """``templates/`` of the checkout, or the copy inside an installed package."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_templates"
    return inside if inside.is_dir() else package.parent / "templates"


def use(*folders: Path) -> None:
    """From now on the catalogue is the planner's own together with what ``folders`` add to it."""
    global _added
    _added = folders


def added() -> tuple[Path, ...]:
    """The folders that ``use`` added."""
    return _added


def in_use() -> tuple[Path, ...]:
    """The planner's own folder and those added to it, in the order in which their tables follow each other."""
    return (templates_folder(), *_added)
