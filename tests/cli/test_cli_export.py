"""``planner export``: one format or several, for whom, into which folder; what is never replaced; stopping it."""

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from cli_said import Planner
from small_plan import SAMPLE, small_file

from planner.cli.main import main
from planner.export import formats
from planner.export.documents import size, whole
from planner.export.formats import FORMATS
from planner.export.handover import Handover
from planner.text import i18n


@pytest.fixture
def planned_file(tmp_path: Path) -> Path:
    """A plan with a roadmap, at once."""
    return small_file(tmp_path, "desk.toml")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def light() -> Iterator[Callable[..., None]]:
    """Leaves only some formats, so that a set of all is made quickly; afterwards all are there in their order."""
    before = dict(FORMATS)

    def leave(*kept: str) -> None:
        for name in before:
            if name not in kept:
                del FORMATS[name]

    yield leave
    FORMATS.clear()
    FORMATS.update(before)


class TestSeveral:
    def test_files_in_a_folder_called_as_the_plan(self, planner: Planner, planned_file: Path, tmp_path: Path) -> None:
        out = tmp_path / "new" / "folder"
        said = planner("export", planned_file, "--format", "md", "--format", "json,md", "--out", out)
        assert (said.code, said.err) == (0, "")
        assert names(out) == {"desk.md", "desk.json"}
        lines = said.out.splitlines()
        assert lines[0] == f"{out / 'desk.md'} written, {size((out / 'desk.md').stat().st_size)}"
        assert len(lines) == 2

    def test_a_clients_copy_is_called_so_and_goes_without(
        self, planner: Planner, planned_file: Path, tmp_path: Path
    ) -> None:
        words = planned_file.read_text("utf-8")
        planned_file.write_text(
            words.replace("[engagement]\n", '[engagement]\nnotes = "Sponsor may leave"\n', 1), "utf-8"
        )
        for who in ("internal", "client"):
            assert (
                planner("export", planned_file, "--format", "md,json", "--out", tmp_path / "o", "--for", who).code == 0
            )
        assert names(tmp_path / "o") == {"desk.md", "desk.json", "desk-client.md", "desk-client.json"}
        assert "Sponsor may leave" in (tmp_path / "o" / "desk.json").read_text("utf-8")
        for name in ("desk-client.md", "desk-client.json"):
            assert "Sponsor may leave" not in (tmp_path / "o" / name).read_text("utf-8")

    def test_all_is_every_whole_format_and_csv_a_file_of_each_table(
        self, planner: Planner, planned_file: Path, tmp_path: Path, light: Callable[..., None]
    ) -> None:
        light("md", "csv", "mermaid", "assessment-md")
        assert whole() == ("md", "csv", "mermaid")
        said = planner("export", planned_file, "--format", "all", "--out", tmp_path / "o")
        assert (said.code, said.err) == (0, "")
        made = names(tmp_path / "o")
        assert {"desk.md", "desk.mmd", "desk.packages.csv", "desk.assessment.csv", "desk.findings.csv"} <= made
        assert not {"desk.csv", "desk.assessment.md"} & made
        assert all("written, " in line for line in said.out.splitlines())
        assert len(said.out.splitlines()) == len(made)

    def test_one_table_or_all_of_them(self, planner: Planner, planned_file: Path, tmp_path: Path) -> None:
        one = tmp_path / "gaps.csv"
        export = ("export", planned_file, "--format", "csv")
        one.write_bytes(planner(*export, "--out", "-", "--table", "assessment").out.encode())
        assert one.read_text("utf-8-sig").startswith("Process ID,")
        said = planner(*export, "--out", tmp_path / "all", "--table", "all")
        assert said.code == 0
        assert (tmp_path / "all" / "desk.assessment.csv").read_bytes() == one.read_bytes()
        wrong = planner(*export, "--out", one, "--table", "asessment")
        assert (wrong.code, wrong.err) == (2, "planner: there is no table 'asessment' — did you mean 'assessment'?\n")
        wrong = planner("export", planned_file, "--format", "md", "--out", one, "--table", "all")
        assert wrong.err == "planner: --table is for csv only — add csv to --format, or leave it out\n"

    def test_the_report_and_the_comparison_are_made_once(
        self, planner: Planner, planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from planner.export.report import assemble

        made: list[Handover] = []
        before = assemble.report
        monkeypatch.setattr(assemble, "report", lambda handover: (made.append(handover), before(handover))[1])
        assert planner("export", planned_file, "--format", "md,csv", "--out", tmp_path / "o").code == 0
        assert len(made) == 1


class TestWhatIsWanted:
    def test_help_says_each_format_in_words(self, planner: Planner) -> None:
        said = planner("export", "--help")
        assert (said.code, said.err) == (0, "")
        for name, format in FORMATS.items():
            assert any(line.split() == [name, *format.title.split()] for line in said.out.splitlines()), name
        i18n.use("en")

    def test_what_is_missing_or_not_known(self, planner: Planner, planned_file: Path, tmp_path: Path) -> None:
        export = ("export", planned_file, "--out", tmp_path)
        assert planner("export").err == "planner: missing: FILE, --format, --out — see planner export --help\n"
        assert planner(*export).err == "planner: missing: --format — see planner export --help\n"
        said = planner(*export, "--format", "md,jason")
        assert (said.code, said.err) == (2, "planner: --format: 'jason' is not known — did you mean 'json'?\n")
        assert "'' is not known" in planner(*export, "--format", "md,").err
        assert planner(*export, "--format", "word").err.endswith(f"use one of: {', '.join((*FORMATS, 'all'))}\n")
        for nowhere in ("", " "):
            said = planner("export", planned_file, "--format", "md", "--out", nowhere)
            assert said.err == "planner: missing: --out — see planner export --help\n"
        said = planner(*export, "--format", "md", "--as-of", "2027-02-31")
        assert said.err.startswith("planner: --as-of: '2027-02-31' is no date")
        said = planner("export", planned_file, "--out", "-", "--format", "md", "--template", "deck.pptx")
        assert said.err == "planner: --template is for slides only — add pptx to --format, or leave it out\n"

    def test_the_day_on_every_page(self, planner: Planner, planned_file: Path) -> None:
        export = ("export", planned_file, "--format", "md", "--out", "-")
        assert "2031-05-06" not in planner(*export).out
        assert "2031-05-06" in planner(*export, "--as-of", "2031-05-06").out

    def test_a_theme_chooses_sections_and_its_faults_are_told(
        self, planner: Planner, planned_file: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "theme"
        export = ("export", planned_file, "--format", "md", "--out", "-", "--theme", file)
        assert planner("export", "--theme-example").out.startswith("# ")
        file.write_text(planner("export", "--theme-example").out, "utf-8")
        whole_text = planner(*export)
        assert (whole_text.code, whole_text.err) == (0, "")
        file.write_text('sections = ["gaps"]\n[colours]\ngrey = "#dddddd"\n', "utf-8")
        said = planner(*export)
        assert said.code == 0
        assert len(said.out) < len(whole_text.out) / 2
        pair = "grey (#dddddd) is hard to see on paper (#ffffff): contrast 1.4, at least 4.5"
        assert said.err == f"planner: {file}: {pair}\n"
        file.write_text('sections = ["gasp"]\nsize = 4\n', "utf-8")
        said = planner(*export)
        assert (said.code, said.out) == (2, "")
        assert said.err.splitlines() == [
            f"planner: {file}:1: sections: there is no 'gasp' — did you mean 'gaps'?",
            f"planner: {file}:2: size: there is no '4' — did you mean 'a4'?",
        ]

    def test_a_template_that_cannot_be_read(
        self, planner: Planner, planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(FORMATS, "pptx", formats.Format("pptx", "slides", "pptx", "markdown"))
        export = ("export", planned_file, "--format", "pptx", "--out", tmp_path / "x.pptx", "--template")
        said = planner(*export, tmp_path / "no.pptx")
        assert (said.code, said.out) == (2, "")
        wrong = f"{tmp_path / 'no.pptx'}: No such file or directory"
        assert said.err == f"planner: {wrong} — name a presentation (.pptx)\n"
        monkeypatch.setattr("planner.export.template_file.LARGEST", 3)
        (tmp_path / "large.pptx").write_bytes(b"1234")
        assert "name a smaller presentation" in planner(*export, tmp_path / "large.pptx").err
        assert not (tmp_path / "x.pptx").exists()


class TestWhatCannotBeMade:
    def test_a_missing_library(
        self,
        planner: Planner,
        planned_file: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        light: Callable[..., None],
    ) -> None:
        light("md", "json")
        gone = formats.Format("deck", "slides", "pptx", "markdown", (("nosuchlibrary", "no-such-library"),))
        monkeypatch.setitem(FORMATS, "deck", gone)
        line = (
            "planner: deck needs no-such-library, which is not installed — "
            "install it: pip install 'itsm-planner[documents]'\n"
        )
        said = planner("export", planned_file, "--format", "md,deck", "--out", tmp_path / "a")
        assert (said.code, said.out, said.err) == (2, "", line)
        assert not (tmp_path / "a").exists()
        said = planner("export", planned_file, "--format", "all", "--out", tmp_path / "a")
        assert (said.code, said.err) == (2, line)
        assert names(tmp_path / "a") == {"desk.md", "desk.json"}
        assert len(said.out.splitlines()) == 2

    def test_a_library_that_is_there_but_not_what_it_needs(
        self, planner: Planner, planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = formats.Format("deck", "slides", "pptx", "no_such_module", (("json", "python-pptx"),))
        monkeypatch.setitem(FORMATS, "deck", broken)
        said = planner("export", planned_file, "--format", "deck", "--out", tmp_path / "x.pptx")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("planner: deck needs python-pptx, which is not installed — install it: ")

    def test_without_a_roadmap(
        self, planner: Planner, desk_file: Path, tmp_path: Path, light: Callable[..., None]
    ) -> None:
        light("md", "mermaid", "svg")
        said = planner("export", desk_file, "--format", "all", "--out", tmp_path / "a")
        assert said.code == 2
        assert said.err.startswith(f"planner: {desk_file} has no roadmap yet — make one: planner propose")
        assert said.err.count("\n") == 1
        assert names(tmp_path / "a") == {"desk.md"}
        assert planner("export", desk_file, "--format", "md,mermaid", "--out", tmp_path / "b").code == 2
        assert not (tmp_path / "b").exists()

    def test_what_a_format_has_to_say_goes_to_standard_error(
        self, planner: Planner, planned_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = ModuleType("planner.export.told")

        def render(handover: Handover) -> str:
            handover.steps.note("no font for Chinese")
            handover.steps.note("no font for Chinese")
            return "done\n"

        module.render = render  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "planner.export.told", module)
        monkeypatch.setitem(FORMATS, "told", formats.Format("told", "told", "txt", "told"))
        export = ("export", planned_file, "--format", "told", "--out", "-")
        assert planner(*export) == (0, "done\n", "planner: no font for Chinese\n")
        with planned_file.open("a", encoding="utf-8") as file:
            file.write(
                '[[conflicts]]\nid = "k1"\ntable = "engagement"\nfield = "goal"\nours = \'"A"\'\ntheirs = \'"B"\'\n'
            )
        said = planner(*export, "--for", "client")
        assert said.err.splitlines()[0] == (
            "planner: a merge has left 1 conflict: settle it before this is handed over"
        )


class TestWhatIsNeverReplaced:
    def test_links_and_plans_in_the_folder(self, planner: Planner, planned_file: Path, tmp_path: Path) -> None:
        out = tmp_path / "o"
        out.mkdir()
        (tmp_path / "elsewhere.md").write_text("keep me")
        (out / "desk.mmd").symlink_to(tmp_path / "elsewhere.md")
        said = planner("export", planned_file, "--format", "mermaid,assessment-md", "--out", out)
        assert said.code == 2
        assert said.err.startswith(f"planner: {out / 'desk.mmd'} is a link to another place")
        assert (tmp_path / "elsewhere.md").read_text() == "keep me"
        (out / "desk.mmd").unlink()
        os.link(planned_file, out / "desk.mmd")
        before = planned_file.read_bytes()
        said = planner("export", planned_file, "--format", "mermaid,assessment-md", "--out", out)
        assert "is a plan file, and an export would replace it" in said.err
        assert planned_file.read_bytes() == before

    def test_a_place_where_nothing_can_be_written_is_told_at_once(
        self, planner: Planner, planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Before anything is made, which may take a while."""
        monkeypatch.setattr("planner.cli.export.documents", lambda *_words: pytest.fail("something was made"))
        (tmp_path / "file").write_text("keep me")
        export = ("export", planned_file, "--format")
        said = planner(*export, "md", "--out", tmp_path)
        assert said == (2, "", f"planner: {tmp_path} is a folder — name the file in it: --out {tmp_path / 'desk.md'}\n")
        said = planner(*export, "md", "--out", tmp_path / "no" / "x.md")
        assert said.err == f"planner: there is no folder {tmp_path / 'no'} — make it, or name another\n"
        said = planner(*export, "all", "--out", tmp_path / "file" / "in" / "it")
        assert said.err == f"planner: {tmp_path / 'file'} is no folder — name another folder\n"
        monkeypatch.setattr("planner.export.documents.os.access", lambda *_words: False)
        for words in (("md", "--out", tmp_path / "x.md"), ("all", "--out", tmp_path / "a" / "b")):
            said = planner(*export, *words)
            assert (said.code, said.out) == (2, "")
            assert said.err == f"planner: nothing can be written into {tmp_path} — name another folder\n"
        assert names(tmp_path) == {"desk.toml", "file"}

    def test_folders_that_are_none(self, planner: Planner, planned_file: Path, tmp_path: Path) -> None:
        export = ("export", planned_file, "--format", "mermaid,assessment-md", "--out")
        (tmp_path / "file").write_text("keep me")
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")
        said = planner(*export, tmp_path / "file")
        assert (said.code, said.out) == (2, "")
        assert said.err == f"planner: {tmp_path / 'file'} is no folder — name a folder for several files\n"
        assert "is a link to another place — name a folder" in planner(*export, tmp_path / "link").err
        assert planner(*export, tmp_path / "file" / "in").code == 2
        assert names(tmp_path / "real") == set()
        assert (tmp_path / "file").read_text() == "keep me"

    def test_older_documents_are_replaced_in_one_step(
        self, planner: Planner, planned_file: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "o"
        for _time in range(2):
            assert planner("export", planned_file, "--format", "mermaid,assessment-md", "--out", out).code == 0
        assert names(out) == {"desk.mmd", "desk.assessment.md"}

    def test_what_was_written_before_a_fault_is_told(
        self, planner: Planner, planned_file: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "o" / "desk.assessment.md").mkdir(parents=True)
        said = planner("export", planned_file, "--format", "mermaid,assessment-md", "--out", tmp_path / "o")
        assert said.code == 2
        assert said.out.splitlines()[0].startswith(f"{tmp_path / 'o' / 'desk.mmd'} written, ")
        assert "desk.assessment.md is no ordinary file" in said.err


class TestStandardOutput:
    @pytest.fixture
    def deck(self, monkeypatch: pytest.MonkeyPatch) -> bytes:
        """A format that is no text."""
        data = b"PK\x03\x04\xff\xfe\r\n\0"
        module = ModuleType("planner.export.pretended")
        module.render = lambda handover: data  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "planner.export.pretended", module)
        monkeypatch.setitem(FORMATS, "deck", formats.Format("deck", "slides", "pptx", "pretended"))
        return data

    def test_byte_by_byte(self, deck: bytes, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        assert main(["export", str(SAMPLE), "--format", "deck", "--out", "-"]) == 0
        assert capfdbinary.readouterr() == (deck, b"")

    def test_not_to_a_terminal(self, deck: bytes, planned_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        screen, told = io.StringIO(), io.StringIO()
        screen.isatty = lambda: True  # type: ignore[method-assign]
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setattr(sys, "stderr", told)
        assert main(["export", str(planned_file), "--format", "deck", "--out", "-"]) == 2
        assert screen.getvalue() == ""
        assert told.getvalue() == "planner: deck is not for a screen — write it to a file: --out plan.pptx\n"
        assert main(["export", str(planned_file), "--format", "csv", "--out", "-"]) == 0
        assert "Service desk" in screen.getvalue()

    def test_one_document_only(self, planner: Planner, planned_file: Path) -> None:
        wrong = "planner: several documents do not go to standard output — name a folder with --out\n"
        for words in (("md,json",), ("all",), ("csv", "--table", "all")):
            assert planner("export", planned_file, "--format", *words, "--out", "-") == (2, "", wrong)


def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    told = io.StringIO()
    told.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", told)
    monkeypatch.setenv("TERM", "xterm")
    return told


def test_each_step_on_one_line_of_the_terminal(
    planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = on_a_terminal(monkeypatch)
    assert main(["export", str(planned_file), "--format", "md,json", "--out", str(tmp_path / "o")]) == 0
    lines = told.getvalue().split("\r")
    assert any(line.startswith("Making: report in Markdown (Ctrl-C stops") for line in lines)
    assert any("tried" in line for line in lines)
    assert "\n" not in told.getvalue()
    assert lines[-2].isspace()
    assert lines[-1] == ""


def test_ctrl_c_leaves_everything_as_it_was(
    planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While documents are made."""
    told = on_a_terminal(monkeypatch)
    module = ModuleType("planner.export.pressed")

    def render(handover: Handover) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
        return ""

    module.render = render  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "planner.export.pressed", module)
    monkeypatch.setitem(FORMATS, "pressed", formats.Format("pressed", "pressed", "txt", "pressed"))
    before = names(tmp_path)
    assert main(["export", str(planned_file), "--format", "pressed", "--out", str(tmp_path / "o")]) == 130
    assert names(tmp_path) == before
    assert told.getvalue().endswith("\r")


def test_ctrl_c_while_documents_are_written_comes_too_late(
    planner: Planner, planned_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.export import documents

    put = documents.put

    def pressed(*words: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        put(*words)  # type: ignore[arg-type]

    monkeypatch.setattr("planner.cli.export.put", pressed)
    before = signal.getsignal(signal.SIGINT)
    said = planner("export", planned_file, "--format", "mermaid,assessment-md", "--out", tmp_path / "o")
    assert (said.code, said.err) == (0, "")
    assert names(tmp_path / "o") == {"desk.mmd", "desk.assessment.md"}
    assert signal.getsignal(signal.SIGINT) is before


def test_bytes_in_words() -> None:
    assert [size(n) for n in (0, 999, 1000, 1499, 999_499, 999_500, 12_340_000)] == [
        "0 bytes",
        "999 bytes",
        "1 KB",
        "1 KB",
        "999 KB",
        "1.0 MB",
        "12.3 MB",
    ]


def test_a_name_that_no_file_can_have(planner: Planner, planned_file: Path, tmp_path: Path) -> None:
    for words in (("md",), ("md,json",)):
        said = planner("export", planned_file, "--format", *words, "--out", tmp_path / ("x" * 300))
        assert (said.code, said.out) == (2, "")
        assert said.err.endswith("xx: the name is too long — choose a shorter one\n")
