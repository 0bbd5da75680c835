"""Placeholders in text: `{side}`, `{round}` and the others of `docs/script-format.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDERS = frozenset(
    {"round", "rounds", "set", "sets", "side", "other_side", "reps", "duration", "exercise", "next",
     "title", "length", "equipment"}
)  # fmt: skip
"""Names that any text of a script may use."""

NUMBERS = frozenset({"round", "rounds", "set", "sets"})
"""Names that may stand where a number is wanted."""

_SIDE = re.compile(r"(other_)?side(_[a-z]+)?")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def names(text: str) -> tuple[str, ...]:
    """The names in braces, in order, each as often as it is used."""
    return tuple(_PLACEHOLDER.findall(text))


def is_side(name: str) -> bool:
    """Whether a name stands for a side: `side`, or a form of it that some language has."""
    return _SIDE.fullmatch(name) is not None


def tells_side(text: str) -> bool:
    """Whether a text is another one on the other side."""
    return any(is_side(name.lower()) for name in names(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with every name replaced that `values` holds; the rest is left as written."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
