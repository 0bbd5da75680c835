"""Words for sides that a language inflects: `{side_adv}` and the others of its phrase book."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.model import template
from voiceguide.model.errors import Fault
from voiceguide.script.faults import did_you_mean, listed
from voiceguide.script.nodes import Items, Node, Scalar, join
from voiceguide.script.read import Script


def unknown_sides(script: Script, known: frozenset[str]) -> tuple[Fault, ...]:
    """Forms of `{side}` in a script that its language has not, each with its path.

    Args:
        script: as it was read.
        known: what the phrase book has.
    """
    there_are = f"there are: {listed(f'{{{name}}}' for name in sorted(known) if name.islower())}"
    return tuple(
        Fault(
            f"there is no placeholder `{{{name}}}` in this language",
            path=prefix + path,
            hint=did_you_mean(name, known) or there_are,
        )
        for prefix, file in script.files.items()
        if file.root is not None and any("side_" in line for line in file.lines)
        for path, text in _texts(file.root, "")
        for name in template.names(text)
        if template.is_side(name) and name not in known
    )


def _texts(node: Node, path: str) -> Iterator[tuple[str, str]]:
    match node:
        case Scalar():
            yield path, node.text
        case Items():
            for number, item in enumerate(node.items):
                yield from _texts(item, join(path, number))
        case _:
            for key, value in node.values.items():
                yield from _texts(value, join(path, key))
