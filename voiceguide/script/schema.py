"""The JSON Schema of the script format, for YAML editors, from the types that the reader uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from voiceguide.script.shapes import HEADER, HOLDERS, IN_AMRAP, INSIDE, STEPS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STEPS = {"description": "A list of steps, one at least.", "type": "array", "minItems": 1}
_VARIABLE = {
    "description": "A name in braces, such as {rounds}: what stands for it is not looked up here.",
    "type": "string",
    "pattern": r"\{[A-Za-z_]\w*\}",
}


class Generator(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes up from the names of keys."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  pydantic's signature
        """Never."""
        return False


def schema() -> dict[str, Any]:
    """The schema, as JSON values. It accepts what the reader accepts of a single value.

    What keys must agree on with each other, only the reader checks.
    """
    for shape in (HEADER, *INSIDE.values(), *STEPS.values()):
        # Reading the texts below the keys from the source takes 0.1 s, so it is done only here.
        shape.__pydantic_config__["use_attribute_docstrings"] = True
    top_level = (HEADER, *STEPS.values())
    _, found = TypeAdapter.json_schemas(
        [(shape.__name__, "validation", TypeAdapter(shape)) for shape in top_level],
        schema_generator=Generator,
    )
    # Besides the shapes, pydantic defines the types of the values that are read from them.
    shapes = {
        shape.__name__: found["$defs"][shape.__name__] for shape in (*top_level, *INSIDE.values())
    }
    for keys in shapes.values():
        for key, value in keys["properties"].items():
            keys["properties"][key] = value if key == "voiceguide" else _or_variable(value)
    for shape in HOLDERS:
        shapes[shape.__name__]["properties"]["steps"] = {**_STEPS, "items": _step_of(shape)}
        shapes[shape.__name__]["required"].append("steps")
    step = {"description": "One step: its kind key says what it is.", "anyOf": _any_of(STEPS)}
    script = shapes.pop(HEADER.__name__)
    return {
        "$schema": DIALECT,
        **script,
        "title": "voiceguide script",
        "$defs": {**shapes, "step": step, "variable": _VARIABLE},
    }


def _step_of(shape: Any) -> dict[str, Any]:  # noqa: ANN401  one of `HOLDERS`
    """What a step in the `steps` of this shape may be."""
    return {"anyOf": _any_of(IN_AMRAP)} if shape is STEPS["amrap"] else {"$ref": "#/$defs/step"}


def _any_of(kinds: Iterable[str]) -> list[dict[str, str]]:
    return [{"$ref": f"#/$defs/{STEPS[kind].__name__}"} for kind in kinds]


def _or_variable(value: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that takes names in braces too, wherever it takes one written value."""
    for key in ("items", "additionalProperties"):
        if key in value:
            return {**value, key: _or_variable(value[key])}
    if "oneOf" in value:
        return {**value, "oneOf": [_or_variable(form) for form in value["oneOf"]]}
    takes_any_text = "string" in value.get("type", ()) and not {"pattern", "enum"} & value.keys()
    if "$ref" in value or takes_any_text:
        return value
    told: dict[str, Any] = {key: value[key] for key in ("description", "examples") if key in value}
    forms = value.get("anyOf", [{key: value[key] for key in value if key not in told}])
    return {**told, "anyOf": [*forms, {"$ref": "#/$defs/variable"}]}
