"""The JSON Schema of the script format, for YAML editors, from the types that the reader uses."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from voiceguide.script.shapes import HEADER, INSIDE, STEPS, WITH_STEPS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STEPS = {
    "description": "A list of steps, one at least.",
    "type": "array",
    "minItems": 1,
    "items": {"$ref": "#/$defs/step"},
}


class _Generator(GenerateJsonSchema):
    """Leaves out the titles that pydantic makes up from the names of keys."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002  pydantic's signature
        return False


def schema() -> dict[str, Any]:
    """The schema, as JSON values. It accepts what the reader accepts of a single value.

    What keys must agree on with each other, only the reader checks.
    """
    for shape in (HEADER, *INSIDE.values(), *STEPS.values()):
        # Reading the texts below the keys from the source takes 0.1 s, so it is done only here.
        shape.__pydantic_config__["use_attribute_docstrings"] = True
    shapes = {"script": HEADER, **STEPS}
    references, definitions = TypeAdapter.json_schemas(
        [(kind, "validation", TypeAdapter(shape)) for kind, shape in shapes.items()],
        schema_generator=_Generator,
    )
    kinds = {kind: references[kind, "validation"] for kind in shapes}
    body = definitions["$defs"]
    for kind, reference in kinds.items():
        if kind in WITH_STEPS or kind == "script":
            holder = body[reference["$ref"].rsplit("/", 1)[-1]]
            holder["properties"]["steps"] = _STEPS
            holder["required"].append("steps")
    script = body.pop(kinds.pop("script")["$ref"].rsplit("/", 1)[-1])
    used = json.dumps(body)
    for name in [name for name in body if f'"#/$defs/{name}"' not in used]:
        # Types of read values, which WithJsonSchema hides.
        if name not in kinds_of(kinds):
            del body[name]
    step = {"description": "One step: its kind key says what it is.", "anyOf": list(kinds.values())}
    return {
        "$schema": _DIALECT,
        **script,
        "title": "voiceguide script",
        "$defs": {**body, "step": step},
    }
