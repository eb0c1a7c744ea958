"""The JSON Schema of a plan file, made from the same annotations that judge one."""

from typing import Any

from planner.model.decode import LONGEST, MOST_ROWS, encode
from planner.model.project import Project

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) for a plan file read as JSON, with dates as text.

    It knows kinds and ranges; the rules between tables (``planner.model.rules``) are beyond it.
    """
    from pydantic import TypeAdapter
    from pydantic.json_schema import GenerateJsonSchema

    class Generate(GenerateJsonSchema):
        def encode_default(self, dft: Any) -> Any:
            return encode(dft)

    made = TypeAdapter(Project).json_schema(schema_generator=Generate)
    definitions = made.pop("$defs")
    for table in [made, *definitions.values()]:
        _as_in_toml(table)
    made["required"] = ["schema", *made["required"]]
    made["title"] = "Plan"
    return {"$schema": DIALECT, **made, "$defs": definitions}


def _as_in_toml(schema: dict[str, Any]) -> None:
    """Fit a table's schema to the file: ``x-`` keys and no other unknown ones, no null, which TOML has not, the limits
    of ``planner.model.decode``."""
    if schema.get("type") == "string" and not schema.keys() & {"enum", "const", "format"}:
        schema["maxLength"] = LONGEST
    if schema.get("type") == "array" and "maxItems" not in schema:
        schema["maxItems"] = MOST_ROWS
    if isinstance(schema.get("items"), dict):
        _as_in_toml(schema["items"])
    if "description" in schema:
        schema["description"] = schema["description"].replace("``", "`")
    if schema.get("type") == "object":
        schema["patternProperties"] = {"^x-": {}}
        schema.setdefault("additionalProperties", False)
    for inner in schema.get("properties", {}).values():
        if "anyOf" in inner:
            [kind] = [choice for choice in inner.pop("anyOf") if choice != {"type": "null"}]
            inner |= kind
            del inner["default"]
        _as_in_toml(inner)
