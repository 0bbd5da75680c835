"""Scalars of a script as its author may write them."""

from __future__ import annotations

import re
from typing import Any

import yaml

_UNITS_MS = {"h": 3_600_000, "m": 60_000, "min": 60_000, "s": 1000, "sec": 1000}
_PLACEHOLDER = re.compile(r"\{\w*\}")


def text(node: Any) -> Any:
    """`node` with every scalar as text, as YAML has it before anything is resolved."""
    if isinstance(node, dict):
        return {str(key): text(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [text(item) for item in node]
    return str(node).lower() if isinstance(node, bool) else str(node)


def read(script: str) -> dict[str, Any]:
    """The YAML of a script with every scalar as text."""
    told: dict[str, Any] = yaml.load(script, yaml.BaseLoader)  # noqa: S506  makes only text
    return told


def duration_ms(written: str) -> int:
    """`45`, `45s`, `2.5s`, `1m30s`, `2 min`, `1h`, `1:30` and `1:02:30` in ms."""
    if ":" in written:
        seconds = 0.0
        for field in written.split(":"):
            seconds = seconds * 60 + float(field)
        return round(seconds * 1000)
    parts = re.findall(r"([\d.]+)\s*([a-z]*)", written)
    return round(sum(float(number) * _UNITS_MS[unit or "s"] for number, unit in parts))


def length_said(ms: int) -> str:
    """How a length is told in English, without the plural."""
    minutes, rest = divmod(ms, 60_000)
    said = [f"{minutes} minute"] if minutes else []
    return " ".join([*said, f"{rest / 1000:g} second"] if rest else said)


def rep_ms(tempo: str) -> int:
    """Length of one rep of `lowering-pause-lifting-pause`; `X` counts as 1 s."""
    return round(sum(1000 * float(part.upper().replace("X", "1")) for part in tempo.split("-")))


def low(reps: str) -> int:
    """The lower end of `10-20`, or the plain number."""
    return int(reps.split("-", 1)[0])


def matches(written: str, told: str) -> bool:
    """Whether `told` is `written` with anything at all in the place of its placeholders."""
    pattern = ".*".join(re.escape(part) for part in _PLACEHOLDER.split(written))
    return re.fullmatch(pattern, told, re.DOTALL) is not None
