"""Routine -> YAML text, so that reading it gives the same routine again."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import yaml

from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Range, Routine, Variable
from voiceguide.script.durations import format_ms

_IN_MS = frozenset(
    {"duration", "hold", "pace", "estimate", "release", "rest", "rest_range", "switch", "prepare",
     "within", "every", "amrap", "fit", "at", "remaining", "wake"}
)  # fmt: skip
"""Fields whose numbers are milliseconds."""

_NOT_WRITTEN = frozenset({"line", "path"})


def dump(routine: Routine) -> str:
    """The script of a routine; what was not written is left out."""
    script = {"voiceguide": 1, **_keys(routine)}
    return yaml.dump(
        script, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf")
    )


class _Row(list[Any]):
    """A list that is written in one line."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Row,
    lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True),
)


def _keys(value: Any) -> dict[str, Any]:  # noqa: ANN401  a dataclass of `model.routine`
    """The keys of a header, a step or a mapping in one, as its fields, `steps` last."""
    written = {}
    for field in sorted(fields(value), key=lambda field: field.name == "steps"):
        of_field = getattr(value, field.name)
        if field.name not in _NOT_WRITTEN and of_field is not None and of_field != field.default:
            written[field.name] = _value(field.name, of_field)
    return written


def _value(key: str, value: Any) -> Any:  # noqa: ANN401, PLR0911  whatever a field may hold, one a kind
    match value:
        case bool() | str() | float():
            return value
        case int():
            return _number(key, value)
        case Variable() | Range():
            return (
                f"{{{value.name}}}" if isinstance(value, Variable) else f"{value.low}-{value.high}"
            )
        case Phrase(text, None, None):
            return text
        case tuple() if key in {"pronounce", "roles"}:
            return {name: _value(name, each) for name, each in value}
        case tuple():
            values = [_value(key, each) for each in value]
            return values if key in {"steps", "cues"} else _Row(values)
        case _:
            assert is_dataclass(value)
            return _keys(value)


def _number(key: str, value: int) -> int | str:
    if key in _IN_MS:
        return f"-{format_ms(-value)}" if value < 0 else format_ms(value)
    return f"last-{value}" if key == "count_reps" else value
