"""The JSON Schema of a programme, for YAML editors, from the types that the reader uses."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from voiceguide.programme.shapes import INSIDE, ProgrammeKeys
from voiceguide.script.schema import DIALECT, Generator


def schema() -> dict[str, Any]:
    """The schema, as JSON values. It accepts what the reader accepts of a single value."""
    shapes: tuple[Any, ...] = (ProgrammeKeys, *INSIDE.values())
    for shape in shapes:
        shape.__pydantic_config__["use_attribute_docstrings"] = True
    found = TypeAdapter(ProgrammeKeys).json_schema(schema_generator=Generator)
    return {"$schema": DIALECT, **found, "title": "voiceguide programme"}
