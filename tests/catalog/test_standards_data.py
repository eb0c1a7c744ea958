"""The two editions of ISO/IEC 20000-1 in the templates against the tables of the domain facts (domain.md §7)."""

import re
from datetime import date

import pytest

from planner.model.knowledge import Catalogue
from planner.model.known.standards import Standard
from planner.model.values import SIZES, Effort

OLD, NEW = "iso-20000-1-2011", "iso-20000-1-2018"

TABLE = {
    "4": ("SMS general requirements", "sms", "4–7, 9–10"),
    "4.1": ("Management responsibility", "sms", "5.1–5.3, 7.4"),
    "4.1.1": ("Management commitment", "sms", "5.1"),
    "4.1.2": ("Service management policy", "sms", "5.2"),
    "4.1.3": ("Authority, responsibility and communication", "sms", "5.3, 7.4"),
    "4.1.4": ("Management representative", "sms", "(role title dropped) 5.3"),
    "4.2": ("Governance of processes operated by other parties", "sms, supplier", "8.2.3"),
    "4.3": ("Documentation management", "sms", "7.5"),
    "4.4": ("Resource management", "sms", "7.1–7.3"),
    "4.5": ("Establish and improve the SMS", "sms", "—"),
    "4.5.1": ("Define scope", "sms", "4.3"),
    "4.5.2": ("Plan the SMS (Plan)", "sms", "6.1–6.3"),
    "4.5.3": ("Implement and operate (Do)", "sms", "8.1"),
    "4.5.4": ("Monitor and review (Check)", "sms", "9.1–9.3"),
    "4.5.5": ("Maintain and improve (Act)", "improvement", "10.1–10.2"),
    "5": ("Design and transition of new or changed services", "new_services", "8.5.2"),
    "5.1": ("General", "new_services", "8.5.2"),
    "5.2": ("Plan new or changed services", "new_services, transition", "8.5.2.1"),
    "5.3": ("Design and development", "new_services", "8.5.2.2"),
    "5.4": ("Transition", "new_services, transition, validation", "8.5.2.3"),
    "6.1": ("Service level management", "slm, catalogue", "8.2.4, 8.3.3"),
    "6.2": ("Service reporting", "reporting", "9.4"),
    "6.3": ("Service continuity and availability management", "continuity, availability", "8.7.1, 8.7.2"),
    "6.4": ("Budgeting and accounting for services", "financial", "8.4.1"),
    "6.5": ("Capacity management", "capacity", "8.4.3"),
    "6.6": ("Information security management", "security", "8.7.3"),
    "7.1": ("Business relationship management", "brm", "8.3.2"),
    "7.2": ("Supplier management", "supplier", "8.3.4"),
    "8.1": ("Incident and service request management", "incident, request, service_desk", "8.6.1, 8.6.2"),
    "8.2": ("Problem management", "problem", "8.6.3"),
    "9.1": ("Configuration management", "config", "8.2.6 (assets 8.2.5)"),
    "9.2": ("Change management", "change", "8.5.1"),
    "9.3": ("Release and deployment management", "release", "8.5.3"),
}
"""By clause of :2011 its title, the processes that give evidence, and where :2018 has it, as the facts say it."""

FROM_NOWHERE = {"4.1", "4.2", "7.6", "8.2.2"}
"""Clauses of :2018 that are new (domain.md §7.2)."""


def standard(catalogue: Catalogue, ident: str) -> Standard:
    return next(standard for standard in catalogue.standards if standard.id == ident)


def same(found: Standard, other: str) -> dict[str, set[str]]:
    return {clause.id: set(clause.same.get(other, ())) for clause in found.clauses}


def meant(text: str, known: list[str]) -> set[str]:
    """The clauses that a cell such as ``5.1–5.3, 7.4`` means."""
    found = set()
    for first, last in re.findall(r"(\d+(?:\.\d+)+)(?:–(\d+(?:\.\d+)+))?", text):
        stem, begin = first.rpartition(".")[::2]
        end = last.rpartition(".")[2] or begin
        found |= {f"{stem}.{number}" for number in range(int(begin), int(end) + 1)}
    assert found <= set(known)
    return found


def test_every_clause_of_the_older_edition_is_there_with_its_processes(catalogue):
    old = standard(catalogue, OLD)
    assert [clause.id for clause in old.clauses] == list(TABLE)
    for clause in old.clauses:
        title, processes, _there = TABLE[clause.id]
        assert clause.title.en == title
        above = any(other.startswith(f"{clause.id}.") for other in TABLE)
        items = [] if above else [f"{name.strip().replace('_', '-')}@3" for name in processes.split(",")]
        assert list(clause.items) == items
        assert clause.evidence or above


def test_the_newer_edition_has_all_its_clauses(catalogue):
    ids = [clause.id for clause in standard(catalogue, NEW).clauses]
    assert len(ids) == 48
    groups = {"8.2": 6, "8.3": 4, "8.4": 3, "8.5": 3, "8.6": 3, "8.7": 3, "8.5.2": 3}
    chapters = {"4": 4, "5": 3, "6": 3, "7": 6, "9": 4, "10": 2}
    for stem, count in (groups | chapters).items():
        assert [i for i in ids if i.rpartition(".")[0] == stem] == [f"{stem}.{n}" for n in range(1, count + 1)]


def test_what_the_facts_map_is_mapped(catalogue):
    old, new = standard(catalogue, OLD), standard(catalogue, NEW)
    known = [clause.id for clause in new.clauses]
    for clause, there in same(old, NEW).items():
        if clause != "4":  # its cell names whole chapters
            assert meant(TABLE[clause][2], known) <= there, clause
    below = [there for clause, there in same(old, NEW).items() if clause.startswith("4.")]
    assert {c for c in set().union(*below) if not c.startswith("8.")} - {"4.1", "4.2"} == same(old, NEW)["4"]


def test_the_mapping_is_the_same_in_both_directions(catalogue):
    there, back = same(standard(catalogue, OLD), NEW), same(standard(catalogue, NEW), OLD)
    assert {(a, b) for a, others in there.items() for b in others} == {(a, b) for b, o in back.items() for a in o}
    assert {clause for clause, others in back.items() if not others} == FROM_NOWHERE
    assert all(there.values())


@pytest.mark.parametrize("ident", [OLD, NEW])
def test_clauses_above_others_have_the_items_of_these(catalogue, ident):
    found = standard(catalogue, ident)
    for clause in found.clauses:
        below = [other for other in found.clauses if other.id.startswith(f"{clause.id}.")]
        assert bool(below) != bool(clause.items)
        assert set(found.items_of(clause)) == set(clause.items).union(*(other.items for other in below))


@pytest.mark.parametrize("ident", [OLD, NEW])
def test_the_way_to_the_certificate(catalogue, ident):
    found = standard(catalogue, ident)
    weeks = [tuple(stage.weeks[size] for size in SIZES) for stage in found.stages]
    assert weeks == [(2, 4, 8), (8, 16, 28), (13, 20, 30), (4, 8, 12)]
    efforts = {work.id: work.effort for stage in found.stages for work in stage.work}
    assert efforts == {
        "gap": Effort(5, 10, 15),
        "documents": Effort(20, 40, 60),
        "operate": Effort(5, 10, 15),
        "internal-audit": Effort(5, 8, 15),
        "management-review": Effort(2, 3, 5),
        "audit-support": Effort(5, 8, 15),
    }
    assert [event.months for event in found.cycle] == [12, 24, 35]
    assert (found.operate_months, found.valid_months, found.level) == (3, 36, 3)
    assert all(clause.source for clause in found.clauses)


def test_the_older_edition_is_withdrawn(catalogue):
    old = standard(catalogue, OLD)
    assert (old.withdrawn, old.successor) == (date(2021, 9, 29), NEW)
    assert standard(catalogue, NEW).withdrawn is None


def test_processes_that_the_newer_edition_needs(catalogue):
    found = {clause.id: set(clause.items) for clause in standard(catalogue, NEW).clauses}
    assert found["4.2"] == {"sms@3", "brm@3"}
    assert found["8.2.3"] == {"supplier@3", "sms@3"}
    assert found["8.5.2.3"] == {"new-services@3", "transition@3", "validation@3"}
    assert found["9.1"] == {"sms@3", "reporting@3"}
    spared = {process.id for process in catalogue.processes} - {item[:-2] for items in found.values() for item in items}
    assert spared == {"service-desk", "event", "access"}
