"""A file of words beside a script, such as a phrase book: YAML text -> plain values."""

from __future__ import annotations

from typing import Any

from voiceguide.script.faults import TooManyFaults
from voiceguide.script.include import File
from voiceguide.script.nodes import Items, Node, Scalar
from voiceguide.script.read import Script
from voiceguide.script.reader import parse
from voiceguide.script.source import clean


def read_words(source: bytes, origin: str) -> tuple[Script, dict[str, Any]]:
    """The file, to find places in, and what it holds, every scalar as text; faults are its own.

    Args:
        source: the file.
        origin: its name in messages.
    """
    text, report, readable = clean(source, origin)
    tree = None
    if readable:
        try:
            tree = parse(text, report)
        except TooManyFaults:
            tree = None
    root = tree.root if tree is not None else None
    files = {"": File(origin, report.lines, root)}
    script = Script(origin, None, report.faults, (), files)
    return script, {} if root is None else {k: _plain(v) for k, v in root.values.items()}


def _plain(node: Node) -> Any:  # noqa: ANN401  whatever YAML holds
    match node:
        case Scalar():
            return "" if node.is_null else node.text
        case Items():
            return [_plain(item) for item in node.items]
        case _:
            return {key: _plain(value) for key, value in node.values.items()}
