"""The repository itself: examples, README, the wheel."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from planner.cli.arguments import Parser
from planner.cli.export import configure
from planner.cli.main import main
from planner.cli.plan import use_templates
from planner.export.formats import FORMATS
from planner.export.report.assemble import SECTIONS

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_plans_are_what_the_commands_make(tmp_path):
    subprocess.run(
        [sys.executable, ROOT / "scripts" / "examples.py", tmp_path], check=True, capture_output=True, cwd=tmp_path
    )
    made = sorted(tmp_path.glob("*.toml"))
    assert [path.name for path in made] == sorted(path.name for path in (ROOT / "projects").glob("*.toml"))
    for path in made:
        assert path.read_bytes() == (ROOT / "projects" / path.name).read_bytes(), "run scripts/examples.py"


def test_ci_runs_the_test_command_of_the_readme():
    commands = [line.strip() for line in README.splitlines() if line.startswith("    pip install uv && ")]
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_what_the_readme_names_exists():
    for name in re.findall(r"\]\(([^)#]+)\)", README) + re.findall(r"projects/[\w.-]+", README):
        assert (ROOT / name).exists(), name


def test_what_the_pages_on_documents_name_exists():
    for page in ("exports.md", "import.md", "project-files.md"):
        text = (ROOT / "docs" / page).read_text("utf-8")
        for name in re.findall(r"\]\(([^)#]+)\)", text):
            assert (ROOT / "docs" / name).exists(), (page, name)
        for name in re.findall(r"\b(?:docs|projects|scripts|benchmarks)/[\w.-]+\.(?:md|toml|py)", text):
            assert (ROOT / name).exists(), (page, name)


def exports() -> list[list[str]]:
    """The words of each line of docs/exports.md that hands something over."""
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")
    return [line.split() for line in re.findall(r"^    planner (export .+)$", text, flags=re.MULTILINE)]


def test_the_page_on_exports_names_every_format_section_and_option(capsys):
    """And each line that hands something over is understood; what it makes is seen to in the soak run."""
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")
    for name in (*FORMATS, *SECTIONS):
        assert f"`{name}`" in text, name
    parser = Parser("planner export", "")
    configure(parser)
    assert len(exports()) >= 8
    for words in exports():
        assert parser.read(words[1:])
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", parser.format_help())) - {"--help", "--templates"}
    assert {option for option in options if option not in text} == set()


@pytest.mark.soak
def test_every_line_of_the_page_on_exports_works(tmp_path, monkeypatch, capsys):
    from pptx import Presentation

    shutil.copytree(ROOT / "projects", tmp_path / "projects")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    Presentation().save("house.pptx")
    for words in exports():
        assert main(words) == 0, (words, capsys.readouterr().err)
    assert (tmp_path / "handover" / "lantern-retail.xlsx").exists()


def test_every_command_line_of_the_readme_works(tmp_path, monkeypatch, capsys):
    lines = re.findall(r"^    uv run (planner .+|python scripts/.+)$", README, flags=re.MULTILINE)
    assert len(lines) >= 20
    for folder in ("docs", "scripts"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    shutil.copytree(ROOT / "projects", tmp_path / "projects")
    monkeypatch.chdir(tmp_path)
    for line in lines:
        command, *words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        if command == "planner":
            code = main(words)
        else:
            code = subprocess.run([sys.executable, *words], capture_output=True, check=False).returncode
        infeasible = line.startswith("planner propose hopeless/")
        assert code == (3 if infeasible else 0), (line, capsys.readouterr().err)
    use_templates("")
    assert (tmp_path / "client.md").read_text("utf-8").startswith("# ")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The wheel's content, as an installation lays it out."""
    from hatchling.builders.wheel import WheelBuilder

    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    target = folder / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def test_an_installed_copy_works_outside_the_checkout(unpacked, tmp_path):
    """Templates and translations come along; a plan is made and proposed with no checkout in sight."""
    env = {**os.environ, "PYTHONPATH": str(unpacked)}

    def planner(*words: str) -> str:
        code = f"import planner; assert planner.__file__.startswith({str(unpacked)!r}), planner.__file__"
        code += "; from planner.cli.main import main; import sys; sys.exit(main(sys.argv[1:]))"
        command = [sys.executable, "-c", code, *words]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout

    assert "desk-first" in planner("templates")
    planner("new", "plan.toml", "--template", "bank-change-first", "--start", "2027-01-04")
    planner("propose", "plan.toml", "--write")
    assert "change-config-first" in planner("show", "plan.toml")
    assert "变更" in planner("--lang", "zh", "new", "zh.toml", "--template", "desk-first", "--start", "2027-01-04") + (
        tmp_path / "zh.toml"
    ).read_text("utf-8")


def test_no_machine_path_in_any_tracked_file():
    pattern = r"(^|[^A-Za-z0-9_.~-])/(work|root|home)/[a-z.]"
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout == ""
