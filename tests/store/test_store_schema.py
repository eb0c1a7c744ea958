"""The JSON Schema of a plan file, held against real plans and against the decoder's refusals."""

import json
import tomllib
import warnings
from dataclasses import fields
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from store_layouts import planned

from planner.model.project import Project
from planner.store.save import dumps
from planner.store.schema import json_schema


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schema = json.loads(json.dumps(json_schema()))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_json(text: str) -> Any:
    return json.loads(json.dumps(tomllib.loads(text), default=lambda day: day.isoformat()))


def test_real_plans_are_valid(validator: Draft202012Validator, desk: Project, bank: Project) -> None:
    for project in (desk, bank, planned(desk)):
        assert [*validator.iter_errors(as_json(dumps(project)))] == []


def test_remarks_are_valid(validator: Draft202012Validator, desk: Project) -> None:
    data = as_json(dumps(desk))
    data["x-note"] = data["roles"][0]["x-note"] = data["packages"][0]["effort"]["x-note"] = {"any": [1]}
    data["limits"]["stabilise_weeks"]["x-why"] = "a remark"
    assert [*validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), 3),
        (("engagement", "name"), ""),
        (("engagement", "size"), "huge"),
        (("engagement", "clent"), "x"),
        (("rodes",), []),
        (("limits", "absorption"), 0),
        (("roles", 0, "fte"), "twelve"),
        (("roles", 0, "fte"), -1),
        (("processes", 0, "baseline", "people"), 7),
        (("packages", 0, "days"), [1, 2]),
        (("packages", 0, "workstream"), "peple"),
        (("packages", 0, "effort", "trainer"), [-1, 2, 3]),
        (("calendar", "working_days"), ["mon", "day"]),
        (("roadmap",), None),
        (("governance", "sponsor_department"), "IT"),
        (("context", "horizon_months"), 0),
        (("context", "ticks", "readiness"), "sponsor"),
        (("modifiers", 0, "count"), 0),
        (("overheads", 0, "share"), -0.1),
        (("certifications", 0, "operate_months"), 2.5),
        (("posts", 0, "department"), "sales"),
        (("tracks", 0, "valid_years"), 0),
        (("enrolments", 0, "resits"), -1),
        (("certificates", 0, "issued"), 2025),
        (("dimensions", 0, "workstream"), "peple"),
        (("pains", 0, "weight"), 4),
        (("pains", 0, "levels", "incident"), 0),
        (("processes", 0, "importance"), 6),
        (("processes", 0, "ticks", "design"), [""]),
        (("answer_sheets", 0, "answers", 3, "reply"), "maybe"),
        (("answer_sheets", 0, "answers", 3, "criterion"), ""),
        (("answer_sheets", 0, "answers", 3, "wieght"), 1),
        (("experience", "scores", "reach"), 6),
        (("indicators", 0, "gates", "p1"), "half"),
        (("milestones", 0, "cost"), -1),
        (("checks", 1, "numbers", "days"), "60"),
    ],
)
def test_faults_are_refused(
    validator: Draft202012Validator, desk: Project, path: tuple[str | int, ...], value: object
) -> None:
    data = as_json(dumps(planned(desk)))
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    errors = [*validator.iter_errors(data)]
    assert len(errors) == 1
    place = [*errors[0].absolute_path]
    assert place[: len(path)] == [*path][: len(place)]
    assert len(place) >= len(path) - 1


@pytest.mark.parametrize("key", ["schema", "engagement"])
def test_what_every_plan_has(validator: Draft202012Validator, desk: Project, key: str) -> None:
    data = as_json(dumps(desk))
    del data[key]
    assert [error.message for error in validator.iter_errors(data)] == [f"'{key}' is a required property"]


def test_tables_are_described() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(schema["properties"])[:3] == ["schema", "engagement", "governance"]
    assert set(schema["properties"]) == {field.name for field in fields(Project)}
    assert schema["$defs"]["Pin"]["description"].startswith("What somebody promised")
    assert schema["$defs"]["Answer"]["description"].startswith("The reply to one criterion")
    assert all("description" in table for table in schema["$defs"].values() if table["type"] == "object")
    assert schema["properties"]["limits"]["default"] == {"absorption": 3}
    assert "null" not in json.dumps(schema)
    assert "``" not in json.dumps(schema)
