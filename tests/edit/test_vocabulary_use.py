"""Names of processes in another vocabulary, and what keeps its name."""

from dataclasses import replace

import pytest

from planner.edit.materialise import materialise
from planner.edit.refused import Refused
from planner.edit.scope import set_target
from planner.edit.vocabulary import use_vocabulary
from planner.model.knowledge import Catalogue
from planner.model.project import Project


def name(project: Project, process: str) -> str:
    return project.process_by_id[process].name


@pytest.mark.parametrize(
    ("vocabulary", "process", "called"),
    [
        ("itil-v2", "release", "Release Management"),
        ("itil-v3", "request", "Request Fulfilment"),
        ("itil-4", "change", "Change enablement"),
        ("itil-4", "brm", "Relationship management"),
        ("iso-20000-1-2011", "financial", "Budgeting and accounting for services"),
        ("iso-20000-1-2018", "availability", "Service availability management"),
        ("cobit-2019", "problem", "DSS03 Managed problems"),
    ],
)
def test_processes_are_called_as_the_vocabulary_has_it(
    desk: Project, catalogue: Catalogue, vocabulary: str, process: str, called: str
) -> None:
    plan = use_vocabulary(desk, catalogue, vocabulary)
    assert name(plan, process) == called
    assert plan.engagement.vocabulary == vocabulary
    assert use_vocabulary(plan, catalogue, "") == desk


def test_any_vocabulary_leads_to_any_other(desk: Project, bank: Project, catalogue: Catalogue) -> None:
    ids = [vocabulary.id for vocabulary in catalogue.vocabularies]
    assert ids == ["itil-v2", "itil-v3", "itil-4", "iso-20000-1-2011", "iso-20000-1-2018", "cobit-2019"]
    for project in (desk, bank):
        for first in ids:
            for second in ids:
                direct = use_vocabulary(project, catalogue, second)
                assert use_vocabulary(use_vocabulary(project, catalogue, first), catalogue, second) == direct


def test_a_part_of_something_else_keeps_the_usual_name(desk: Project, catalogue: Catalogue) -> None:
    plan = use_vocabulary(desk, catalogue, "itil-v2")
    assert name(plan, "request") == "Service request management", "there it is inside incident management"
    assert name(plan, "knowledge") == "Knowledge management", "there is none"
    assert not any(process.name.startswith(("(", "（")) for process in plan.processes)


def test_two_processes_under_one_name_are_told_apart(desk: Project, catalogue: Catalogue) -> None:
    plan = use_vocabulary(desk, catalogue, "iso-20000-1-2011")
    assert name(plan, "incident") == "Incident and service request management (Incident management)"
    assert name(plan, "request") == "Incident and service request management (Service request management)"
    for vocabulary in catalogue.vocabularies:
        names = [process.name for process in use_vocabulary(desk, catalogue, vocabulary.id).processes]
        assert len(set(names)) == len(names)


def test_an_own_name_stays(desk: Project, catalogue: Catalogue) -> None:
    processes = tuple(replace(p, name="Hotline") if p.id == "service-desk" else p for p in desk.processes)
    plan = use_vocabulary(replace(desk, processes=processes), catalogue, "itil-v3")
    assert name(plan, "service-desk") == "Hotline"
    assert name(plan, "incident") == "Incident Management"


def test_the_plans_language_decides(bank: Project, catalogue: Catalogue) -> None:
    assert name(use_vocabulary(bank, catalogue, "itil-v3"), "incident") == "事故管理"
    assert name(use_vocabulary(bank, catalogue, "itil-4"), "change") == "变更实施"


def test_a_process_that_is_pulled_in_later_is_called_so_too(desk: Project, catalogue: Catalogue) -> None:
    bare = replace(
        desk,
        engagement=replace(desk.engagement, vocabulary="itil-v3"),
        processes=tuple(process for process in desk.processes if process.id != "config"),
    )
    plan = materialise(replace(bare, milestones=(), certifications=()), catalogue)
    assert name(plan, "config") == "Service Asset & Configuration Management"
    assert not plan.process_by_id["config"].in_scope


def test_an_unknown_vocabulary_is_refused(desk: Project, catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="did you mean 'itil-v3'"):
        use_vocabulary(desk, catalogue, "itil-v33")


def test_work_keeps_its_size(desk: Project, catalogue: Catalogue) -> None:
    plan = use_vocabulary(desk, catalogue, "itil-4")
    assert set_target(plan, catalogue, "incident", "people", 3).packages == desk.packages
