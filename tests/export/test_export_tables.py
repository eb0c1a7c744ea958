"""Every table of the report as CSV: told once, in figures and dates that a spreadsheet takes as such."""

import csv
import io
from datetime import date

import pytest

from planner.edit.roadmap import adopt
from planner.export.handover import hand_over
from planner.export.report.parts import Column, Table
from planner.export.table_csv import OWN, _of_report, exact, in_one_cell, table, tables
from planner.model.knowledge import Catalogue
from planner.model.project import Project
from planner.rollout.propose import propose
from planner.text import i18n


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


@pytest.fixture(scope="module")
def planned(desk: Project, catalogue: Catalogue) -> Project:
    proposal = propose(desk, catalogue.strategy_by_id["service-desk-first"])
    return adopt(desk, proposal.roadmap, proposal.phases)


def test_all_tables_of_the_report_and_those_that_come_back(planned: Project, catalogue: Catalogue) -> None:
    handover = hand_over(planned, catalogue)
    found = tables(handover)
    assert tuple(found)[: len(OWN)] == OWN
    shown = [block for block in handover.report.blocks() if isinstance(block, Table)]
    assert len(found) == len(OWN) + len(shown)
    for name, text in found.items():
        assert len({len(row) for row in rows(text)}) == 1, name
    for block in shown:
        if sum(other.name == block.name for other in shown) == 1:
            head, *body = rows(found[block.name])
            assert head == [column.title for column in block.columns]
            assert len(body) == len(block.rows)
    assert table(handover, "assessment") == found["assessment"]
    with pytest.raises(KeyError):
        table(handover, "none")


def test_cells_keep_their_kind_and_are_no_formulas() -> None:
    columns = tuple(Column(key, key) for key in ("a", "b", "c", "d", "e"))
    shown = Table("t", "T", columns, (("=1+1", 0.12, 3, date(2027, 1, 4), None), ("'=x", 12.0, 1e-7, "a\nb", "plain")))
    assert rows(_of_report(shown))[1:] == [
        ["'=1+1", "0.12", "3", "2027-01-04", ""],
        ["''=x", "12", "1e-07", "a\nb", "plain"],
    ]


def test_levels_by_process_and_dimension(planned: Project, catalogue: Catalogue) -> None:
    i18n.use("zh")
    head, *body = rows(table(hand_over(planned, catalogue), "assessment"))
    assert head[:6] == ["流程 ID", "流程", "维度 ID", "维度", "当前等级", "目标等级"]
    assert len(body) == len(planned.processes) * 3
    incident = planned.process_by_id["incident"]
    assert [
        "incident",
        incident.name,
        "tech",
        "技术",
        str(incident.baseline["tech"]),
        str(incident.target["tech"]),
    ] in [row[:6] for row in body]


def test_a_clients_table_of_work_has_no_column_for_what_it_must_not_tell(
    planned: Project, catalogue: Catalogue
) -> None:
    whole, client = (
        rows(table(hand_over(planned, catalogue, audience=audience), "packages"))[0]
        for audience in ("internal", "client")
    )
    assert set(whole) - set(client) == {"Note", "Cost"}


def test_small_things() -> None:
    assert (exact(12.0), exact(0.35), exact(3)) == ("12", "0.35", "3")
    assert in_one_cell(["a", "b;c", 'd"e', " f"]) == 'a; "b;c"; "d""e"; " f"'
