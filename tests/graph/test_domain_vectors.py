"""The test vectors of domain.md §2.3 and §2.4, computed from the loaded catalogue."""

from dataclasses import replace

import pytest

from planner.graph.closure import closure, levels_required
from planner.graph.network import waves
from planner.model.capability import capability, level_of, process_of
from planner.model.knowledge import Catalogue
from planner.model.project import ProcessScope
from planner.model.values import DIMENSIONS, Fixed

# §2.3: the earliest wave of every capability of level 2 and above; hard links, every process starts at level 1.
WAVES = {
    1: (
        "sms@2 service-desk@2 change@2 validation@2 config@2 catalogue@2 slm@2 security@2 financial@2 brm@2 "
        "supplier@2 improvement@2"
    ),
    2: (
        "incident@2 request@2 release@2 transition@2 continuity@2 demand@2 portfolio@2 new-services@2 "
        "change@3 validation@3 config@3 catalogue@3 financial@3 supplier@3"
    ),
    3: (
        "event@2 access@2 problem@2 reporting@2 availability@2 knowledge@2 service-desk@3 request@3 release@3 "
        "transition@3 continuity@3 portfolio@3 new-services@3"
    ),
    4: (
        "capacity@2 sms@3 incident@3 event@3 access@3 slm@3 reporting@3 availability@3 security@3 brm@3 "
        "knowledge@3 improvement@3"
    ),
    5: (
        "problem@3 capacity@3 demand@3 sms@4 service-desk@4 incident@4 request@4 event@4 access@4 change@4 "
        "release@4 transition@4 validation@4 config@4 catalogue@4 slm@4 reporting@4 continuity@4 security@4 "
        "financial@4 brm@4 supplier@4 knowledge@4 portfolio@4 improvement@4 new-services@4"
    ),
    6: (
        "problem@4 availability@4 capacity@4 demand@4 sms@5 service-desk@5 incident@5 request@5 event@5 "
        "access@5 change@5 release@5 transition@5 validation@5 config@5 catalogue@5 slm@5 reporting@5 "
        "continuity@5 security@5 financial@5 brm@5 supplier@5 knowledge@5 portfolio@5 improvement@5 "
        "new-services@5"
    ),
    7: ("problem@5 availability@5 capacity@5 demand@5"),
}

# §2.4: target, number of steps, levels required; every process starts at level 1.
CLOSURES = [
    ("incident@3", 4, {"service-desk": 2, "incident": 3, "problem": 2}),
    ("problem@3", 6, {"service-desk": 2, "incident": 3, "problem": 3, "change": 2}),
    ("change@3", 3, {"change": 3, "config": 2}),
    ("config@3", 3, {"change": 2, "config": 3}),
    ("slm@3", 8, {"service-desk": 2, "incident": 2, "catalogue": 2, "slm": 3, "reporting": 2, "brm": 2, "supplier": 2}),
    ("availability@3", 7, {"service-desk": 2, "incident": 2, "event": 2, "config": 2, "slm": 2, "availability": 3}),
    (
        "change@4",
        13,
        {
            "service-desk": 2,
            "incident": 2,
            "change": 4,
            "release": 3,
            "validation": 2,
            "config": 3,
            "slm": 2,
            "reporting": 3,
        },
    ),
    ("sms@3", 6, {"sms": 3, "service-desk": 2, "incident": 2, "reporting": 2, "improvement": 2}),
]


def scopes(catalogue: Catalogue, targets: dict[str, int]) -> list[ProcessScope]:
    ones = Fixed(dict.fromkeys(DIMENSIONS, 1))
    return [
        ProcessScope(
            id=process.id,
            name=process.name.en,
            baseline=ones,
            target=Fixed(dict.fromkeys(DIMENSIONS, targets.get(process.id, 1))),
        )
        for process in catalogue.processes
    ]


def hard_links(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Pairs (needed, needs it): hard dependencies and level steps, without what stands at level 1."""
    named = [(d.needs, d.item) for d in catalogue.dependencies if d.strength == "hard"]
    steps = [
        (capability(process.id, level), capability(process.id, level + 1))
        for process in catalogue.processes
        for level in range(1, 5)
    ]
    return named + steps


def test_every_capability_is_in_the_wave_that_the_domain_says(catalogue: Catalogue) -> None:
    items = [capability(process.id, level) for process in catalogue.processes for level in range(1, 6)]
    assert len(items) == 135
    found = waves([item for item in items if level_of(item) > 1], hard_links(catalogue))
    expected = {item: wave for wave, text in WAVES.items() for item in text.split()}
    assert len(expected) == 108
    assert found == expected


@pytest.mark.parametrize(("target", "steps", "levels"), CLOSURES, ids=[row[0] for row in CLOSURES])
def test_closure_of_a_target(catalogue: Catalogue, target: str, steps: int, levels: dict[str, int]) -> None:
    needs = closure(scopes(catalogue, {process_of(target): level_of(target)}), catalogue.dependencies)
    assert len(needs) == steps
    assert levels_required(needs) == levels


def test_closure_does_not_depend_on_the_order_of_links(catalogue: Catalogue) -> None:
    processes = scopes(catalogue, {"change": 4, "availability": 3})
    assert closure(processes, catalogue.dependencies) == closure(processes, catalogue.dependencies[::-1])


def test_what_stands_is_not_pulled_in(catalogue: Catalogue) -> None:
    processes = scopes(catalogue, {"incident": 3})
    standing = [
        replace(p, baseline=Fixed(dict.fromkeys(DIMENSIONS, 2)), target=Fixed(dict.fromkeys(DIMENSIONS, 2)))
        if p.id in ("problem", "service-desk")
        else p
        for p in processes
    ]
    assert list(closure(standing, catalogue.dependencies)) == ["incident@2", "incident@3"]
