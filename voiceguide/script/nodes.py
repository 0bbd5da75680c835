"""The tree of a YAML text: what was written, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Position = tuple[int, int]
"""Line and column, in characters, both from 1."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PART_OF_PATH = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class Filled(NamedTuple):
    """What became of the names in a value."""

    written: str
    """The value before they were replaced."""
    told: str
    """What they stand for, for messages: "`{work}` is `fast`, from --set"."""


class Scalar(NamedTuple):
    """One value as it was written, its quotes and escapes resolved."""

    text: str
    plain: bool
    """Written without quotes."""
    at: Position
    filled: Filled | None = None

    @property
    def is_null(self) -> bool:
        """Nothing is written here (YAML 1.2 core: empty, `~` or `null`, without quotes)."""
        return self.plain and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Scalar | Items | Keys, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping; each key is a text, and is written once."""

    values: Mapping[str, Scalar | Items | Keys]
    key_at: Mapping[str, Position]
    at: Position


Node = Scalar | Items | Keys


def join(path: str, *keys: str | int) -> str:
    """The path of keys below `path`: `steps[2].tempo`; a number is the place in a list."""
    for key in keys:
        if isinstance(key, int):
            path += f"[{key}]"
        else:
            path += f".{key}" if path else key
    return path


def find(root: Node, path: str) -> Node | None:
    """What lies at a path; None where there is no such path."""
    node: Node = root
    for number, name in _PART_OF_PATH.findall(path):
        if isinstance(node, Items) and number and int(number) < len(node.items):
            node = node.items[int(number)]
        elif isinstance(node, Keys) and name in node.values:
            node = node.values[name]
        else:
            return None
    return node


def depth(path: str) -> int:
    """How many lists and mappings lie between the root and what is at a path."""
    return len(_PART_OF_PATH.findall(path))


def locate(root: Node, path: str, *, key: bool = False) -> Position:
    """Where the value of a path lies, or its key; the nearest parent where there is no such path.

    Paths are walked when asked for: a table of all of them could be far larger than the text.
    """
    node, at = root, root.at
    for number, name in _PART_OF_PATH.findall(path):
        if isinstance(node, Items) and number and int(number) < len(node.items):
            node = node.items[int(number)]
            at = node.at
        elif isinstance(node, Keys) and name in node.values:
            inner = node.values[name]
            empty = isinstance(inner, Scalar) and inner.plain and not inner.text
            at = node.key_at[name] if key or empty else inner.at
            node = inner
        else:
            break
    return at
