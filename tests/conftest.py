"""What every test may use: the catalogue, projects started from the templates, a clean environment."""

import gc
import os
from datetime import date

# textual reads TEXTUAL_* when it is imported, and both change what is drawn (the snapshot plugin keeps its own).
for _name in [*os.environ]:
    if (_name.startswith("TEXTUAL") and "SNAPSHOT" not in _name) or _name in (
        "NO_COLOR",
        "PLANNER_LANG",
        "PLANNER_TEMPLATES",
        "COLUMNS",
        "LINES",
    ):
        del os.environ[_name]
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["TZ"] = "UTC"

import pytest
from hypothesis import settings

from planner.catalog.load import load
from planner.edit.start import start
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.text import i18n

# The same examples on every run, so that a change is judged by what it changes.
# --hypothesis-profile=explore looks for new ones (CONTRIBUTING.md).
settings.register_profile("explore", settings.get_profile("default"))
settings.register_profile("same", derandomize=True, database=None)
settings.load_profile("same")

START = date(2027, 1, 4)


@pytest.fixture(autouse=True)
def english() -> None:
    """Every test begins in English, whatever language a command was given in before."""
    i18n.use("en")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="session")
def desk(catalogue: Catalogue) -> Project:
    """A mid-size company started from the desk-first template; no roadmap yet."""
    return start(catalogue.engagement_by_id["desk-first"], catalogue, begin=START, client="Example Ltd")


@pytest.fixture(scope="session")
def bank(catalogue: Catalogue) -> Project:
    """A bank started from the change-first template, in Chinese; no roadmap yet."""
    return start(catalogue.engagement_by_id["bank-change-first"], catalogue, begin=START, language="zh")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """With ``-n auto``: one worker more than processors, since some tests wait for a terminal most of their time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """What is there now stays to the end: who looks for garbage in it again and again takes an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
