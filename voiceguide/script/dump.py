"""Routine -> YAML text, so that reading it gives the same routine again."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import yaml

from voiceguide.model.phrase import Phrase
from voiceguide.model.routine import Declared, Include, Range, Routine, Variable
from voiceguide.script.durations import format_ms
from voiceguide.script.nodes import Scalar
from voiceguide.script.variables import type_of

_IN_MS = frozenset(
    {"duration", "hold", "pace", "estimate", "release", "rest", "rest_range", "switch", "prepare",
     "within", "every", "amrap", "fit", "at", "remaining", "wake"}
)  # fmt: skip
"""Fields whose numbers are milliseconds."""

_NOT_WRITTEN = frozenset({"line", "path", "origin"})
_ELSEWHERE = frozenset({"defaults", "steps"})
"""Fields of an `include` that the other script writes."""


def dump(routine: Routine) -> str:
    """The script of a routine; what was not written is left out."""
    script = {"voiceguide": 1, **_keys(routine)}
    return yaml.dump(
        script, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf")
    )


class _Row(list[Any]):
    """A list that is written in one line."""


class _Plain(str):
    """A text that is written without quotes, whatever else it might be."""

    __slots__ = ()


class _Quoted(str):
    """A text that is written in quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Row,
    lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True),
)


def _represent_plain(dumper: Any, text: str) -> yaml.ScalarNode:  # noqa: ANN401  of PyYAML
    tag = dumper.resolve(yaml.ScalarNode, text, (True, False))  # that which needs no quotes
    return dumper.represent_scalar(tag, text)  # type: ignore[no-any-return]


_Dumper.add_representer(_Plain, _represent_plain)
_Dumper.add_representer(
    _Quoted,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'"),
)


def _keys(value: Any) -> dict[str, Any]:  # noqa: ANN401  a dataclass of `model.routine`
    """The keys of a header, a step or a mapping in one, as its fields, `steps` last."""
    written = {}
    left_out = _NOT_WRITTEN | _ELSEWHERE if isinstance(value, Include) else _NOT_WRITTEN
    for field in sorted(fields(value), key=lambda field: field.name == "steps"):
        of_field = getattr(value, field.name)
        if field.name not in left_out and of_field is not None and of_field != field.default:
            written[field.name.rstrip("_")] = _value(field.name, of_field)
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
        case tuple() if key in {"pronounce", "roles", "with_"}:
            return {name: _value(name, each) for name, each in value}
        case tuple() if key == "variables":
            return {each.name: _default(each) for each in value}
        case tuple():
            values = [_value(key, each) for each in value]
            return values if key in {"steps", "cues"} else _Row(values)
        case _:
            assert is_dataclass(value)
            return _keys(value)


def _default(declared: Declared) -> str:
    """A default as it was written: without quotes, unless these make it the text that it is."""
    if declared.type != "text":
        return _Plain(declared.default)
    alike = type_of(Scalar(declared.default, plain=True, at=(0, 0)))
    return declared.default if alike == "text" else _Quoted(declared.default)


def _number(key: str, value: int) -> int | str:
    if key in _IN_MS:
        return f"-{format_ms(-value)}" if value < 0 else format_ms(value)
    return f"last-{value}" if key == "count_reps" else value
