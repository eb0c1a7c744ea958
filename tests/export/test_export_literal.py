"""Names from a plan are strangers: in every format they show as they are written and do nothing."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from handed import render
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from planner.edit.roadmap import adopt
from planner.export.handover import hand_over
from planner.export.markdown import literal as in_markdown
from planner.export.mermaid_text import literal as in_mermaid
from planner.export.report.parts import HeatMap, Table
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.propose import propose
from planner.text.clean import clean_name, one_line
from planner.text.spreadsheet import guarded, unguarded

NASTY = [
    "[P1] go-live",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "a|b",
    r"back\slash \| pipe\\",
    "*bold* _it_ `code` ~~no~~ **",
    "[x](javascript:alert(1)) ![i](http://e.example/i.png) <http://e.example> http://e.example www.e.example",
    "# title #",
    "- list",
    "+ list",
    "=====",
    "---",
    "1. one",
    "2) two",
    "> quote",
    "```",
    "&lt; &amp; &#35; #35;",
    "$x$ and $$y$$",
    "title a",
    "section: b; c",
    "end",
    "%%{init: {'theme': 'dark'}}%%",
    'click a "javascript:alert(1)"',
    "+1 more",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    'quo"te, comma',
    "two\nlines\r\n\tand a tab",
    "银行：变更；“先行”",
]

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False}).enable("table")


def plain_text(tokens: list[Token]) -> str:
    """What a reader sees; fails when there is anything but text."""
    for token in tokens:
        assert token.type in ("text", "text_special"), token.type
    return "".join(token.content for token in tokens)


def shown_in_markdown(text: str) -> list[str]:
    """What a renderer shows for ``text`` in each of the places where the export puts it."""
    source = f"# {text}\n\n- {text}\n\n{text}\n\n- Name: {text}\n\n| a | b |\n| --- | --- |\n| {text} | {text} |\n"
    tokens = MARKDOWN.parse(source)
    assert {t.type.removesuffix("_open") for t in tokens if t.type.endswith("_open")} == {
        "heading", "bullet_list", "list_item", "paragraph", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    inline = [plain_text(token.children or []) for token in tokens if token.type == "inline"]
    heading, item, paragraph, named, a, b, *cells = inline
    assert (a, b) == ("a", "b")
    return [heading, item, paragraph, named.removeprefix("Name: "), *cells]


@pytest.mark.parametrize("text", NASTY)
def test_markdown_shows_it_literally(text: str) -> None:
    assert shown_in_markdown(in_markdown(text)) == [one_line(text)] * 6


@given(st.text(alphabet=st.sampled_from("ab1 \\`*_{}[]()#+-.!|~&<>:@$=\"'/;%\n中"), min_size=1, max_size=12))
@example("\\")
@example("a\\|")
def test_markdown_shows_anything_literally(text: str) -> None:
    line = one_line(text)
    if line:
        assert shown_in_markdown(in_markdown(text)) == [line] * 6


@pytest.mark.parametrize("text", NASTY)
def test_a_spreadsheet_sees_no_formula(text: str) -> None:
    cell = guarded(text)
    assert cell[0] not in "=+-@\t\r\n＝＋－＠"
    assert unguarded(cell) == text


def test_an_ordinary_name_is_left_alone_in_a_spreadsheet() -> None:
    assert guarded("Pilot - phase 1 (a=b)") == "Pilot - phase 1 (a=b)"


@pytest.mark.parametrize("text", NASTY)
def test_mermaid_sees_only_letters_and_entity_codes(text: str) -> None:
    code = in_mermaid(text)
    assert re.fullmatch(r"(?:[^\x00-\x1f!\"#$%&'*:;<=>?@\[\\\]^_`{|}~]|#\d+;)*", code)
    assert re.sub(r"#(\d+);", lambda found: chr(int(found.group(1))), code) == one_line(text)


@pytest.fixture(scope="module")
def nasty(desk: Project, catalogue: Catalogue) -> Project:
    """A plan whose every name is one of the nasty ones, with a roadmap."""
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"])
    planned = adopt(desk, proposal.roadmap, proposal.phases)

    def name(number: int) -> str:
        return NASTY[number % len(NASTY)]

    return replace(
        planned,
        engagement=replace(
            planned.engagement, name=NASTY[0], client=NASTY[1], goal=NASTY[6], sponsor=NASTY[4], notes=NASTY[9]
        ),
        processes=tuple(replace(p, name=name(n)) for n, p in enumerate(planned.processes)),
        roles=tuple(replace(r, name=name(n)) for n, r in enumerate(planned.roles)),
        phases=tuple(
            replace(p, name=name(n + 2), goal=name(n + 3), exit_criteria=(name(n + 7),))
            for n, p in enumerate(planned.phases)
        ),
        packages=tuple(replace(p, name=name(n), note=name(n + 1)) for n, p in enumerate(planned.packages)),
        dependencies=tuple(replace(d, reason=name(n)) for n, d in enumerate(planned.dependencies)),
    )


def test_a_whole_markdown_document_holds_nothing_but_our_own_markup(nasty: Project, catalogue: Catalogue) -> None:
    tokens = MARKDOWN.parse(render(nasty, "md"))
    assert {t.type for t in tokens} & {"html_block", "fence", "code_block", "hr", "blockquote_open"} == set()
    inline = [[c for c in t.children or [] if c.type not in ("strong_open", "strong_close")] for t in tokens]
    texts = [plain_text(children) for children in inline if children]
    for package in nasty.packages:
        assert one_line(package.name) in texts
    blocks = hand_over(nasty, catalogue).report.blocks()
    shown = sum(isinstance(block, Table | HeatMap) and not getattr(block, "detail", False) for block in blocks)
    assert sum(t.type == "table_open" for t in tokens) == shown + 2  # the time line has two


def test_a_whole_csv_document_reads_back(nasty: Project) -> None:
    text = render(nasty, "csv")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == len(nasty.packages) + 1
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert [unguarded(row[1]) for row in rows[1:]] == [clean_name(package.name) for package in nasty.packages]


def test_a_whole_mermaid_chart_keeps_its_shape(nasty: Project) -> None:
    head, *lines = render(nasty, "mermaid").splitlines()
    assert head == "gantt"
    shape = re.compile(
        r"    (%% [^%{]|title [^:;]|dateFormat YYYY-MM-DD$|inclusiveEndDates$|axisFormat %Y-%m$|section (\d+\. |Dates$)"
        r"|\d+\.\d+ [^:%]*:p\d+i\d+, \d{4}-\d\d-\d\d, \d{4}-\d\d-\d\d$"
        r"|\d+(\.\d+)? [^:%]*:milestone, [gm]\d+, \d{4}-\d\d-\d\d, 0d$)"
    )
    assert [line for line in lines if not shape.match(line)] == []


def test_json_keeps_every_character(nasty: Project) -> None:
    plan = json.loads(render(nasty, "json"))["plan"]
    assert [package["name"] for package in plan["packages"]] == [package.name for package in nasty.packages]
