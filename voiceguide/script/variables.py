"""Variables: names of a script's own, and the values that stand in their place.

Values are put into the tree before anything in it is read, so that one may be a part of a text, a
number, a duration, a side or a file name alike. A value is not looked through for names again.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from voiceguide.model import template
from voiceguide.model.routine import Declared, VariableType
from voiceguide.script.durations import milliseconds
from voiceguide.script.faults import Refused, quoted
from voiceguide.script.nodes import Filled, Items, Keys, Node, Position, Scalar
from voiceguide.script.scalars import LONGEST, WHOLE, boolean, in_braces, plain_text

CHANGING = frozenset({"round", "set", "next", "exercise"})
"""Names that the coach fills in anew from turn to turn, beside those for sides."""

_NAME = re.compile(r"[A-Za-z_]\w*")
_ALONE = re.compile(r"\s*\{(\w+)\}\s*")
_FRACTION = re.compile(r"\+?[0-9]*\.[0-9]*")
_TOLD = 3
"""Values that a message tells of one text."""
_STRANGE = 20
"""Unknown names for which a variable is looked for that may have been meant."""

_EXPECTED: Mapping[VariableType, str] = {
    "number": "a whole number",
    "duration": "a duration",
    "boolean": "true or false",
    "text": "text",
}


class Value(NamedTuple):
    """What stands in the place of a name."""

    text: str
    source: str
    """Where it comes from: `--set`."""


class TooLong(Exception):
    """Values would be put in without end."""

    def __init__(self, at: Position) -> None:
        super().__init__()
        self.at = at


def name(written: str) -> str:
    """The name of a variable: letters, digits and `_`, no digit first."""
    if not _NAME.fullmatch(written):
        hint = "a name has letters, digits and `_`, and begins with a letter"
        raise Refused(f"{quoted(written)} cannot be the name of a variable", hint)
    return written


def default(value: object) -> Scalar:
    """The value that a script declares for a name."""
    plain_text(value)
    assert isinstance(value, Scalar)
    return value


def declare(defaults: Mapping[str, Scalar]) -> tuple[Declared, ...]:
    """The variables that a script declares."""
    return tuple(
        Declared(name=each, default=value.text, type=type_of(value))
        for each, value in defaults.items()
    )


def defaults_of(root: Keys) -> dict[str, Scalar]:
    """The sound ones of the defaults in a header."""
    values = declared_in(root)
    return {
        each: value
        for each, value in values.items()
        if _NAME.fullmatch(each)
        and isinstance(value, Scalar)
        and value.text.strip()
        and not value.is_null
        and not strange_names(value, values)
    }


def declared_in(root: Keys) -> Mapping[str, Node]:
    """The variables of a header as they are written, sound or not."""
    variables = root.values.get("variables")
    return variables.values if isinstance(variables, Keys) else {}


def strange_names(value: Scalar, declared: Container[str]) -> list[str]:
    """Names in a default that are none of the coach's: nothing is put in their place."""
    return [
        each
        for each in template.names(value.text)
        if each in declared or not (each in template.PLACEHOLDERS or template.is_side(each))
    ]


def type_of(value: Scalar) -> VariableType:
    """What a value is by the way it is written; in quotes it is text."""
    word = value.text.strip()
    if not value.plain or len(word) >= LONGEST or _FRACTION.fullmatch(word):
        return "text"
    if WHOLE.fullmatch(word):
        return "number"
    kinds: tuple[VariableType, ...] = ("boolean", "duration")
    return next((kind for kind in kinds if _refused(kind, word) is None), "text")


def refuse_other_type(default: Scalar | None, written: str) -> None:
    """Nothing, where a value is of the type of the default that it replaces, if there is one.

    Raises:
        Refused: it is of another type.
    """
    if default is None:
        return
    wanted, word = type_of(default), written.strip()
    alone = _ALONE.fullmatch(word)
    if alone is not None and alone[1] in template.NUMBERS and wanted != "boolean":
        return  # a number of the coach's own, which it knows in time
    refused = _refused(wanted, word)
    if refused is not None:
        expected = f"expected {_EXPECTED[wanted]}, like the default {quoted(default.text)}"
        raise Refused(f"{expected} (got {quoted(written)})", refused.hint)


def _refused(wanted: VariableType, word: str) -> Refused | None:
    """Why a word is not of a type."""
    value = Scalar(word, plain=True, at=(0, 0))
    if wanted == "number" and not WHOLE.fullmatch(word):
        cure = "durations need a default that is one, such as `30s`"
        return Refused("", cure if type_of(value) == "duration" else "")
    try:
        if wanted == "boolean":
            boolean(value)
        elif wanted == "duration":
            milliseconds(word, zero=True)
    except Refused as refused:
        return refused
    return None


class Filling:
    """Puts values in the place of names; remembers which it met, or were nearly met."""

    def __init__(self, values: Mapping[str, Value], room: int) -> None:
        self.values = values
        self.used: set[str] = set()
        self._strange: set[str] = set()
        self.room = room
        """Characters that may still be put in."""

    def fill(self, node: Node) -> Node:
        """The node with every name of a variable replaced in its values.

        Raises:
            TooLong: there is no room for them.
        """
        match node:
            case Scalar():
                return self._scalar(node) if "{" in node.text else node
            case Items():
                return Items(tuple(self.fill(item) for item in node.items), node.at)
            case Keys():
                if (name := in_braces(node.values)) is not None:
                    self._meet(name)
                return self.keys(node)

    def keys(self, node: Keys, but: Iterable[str] = ()) -> Keys:
        """The same of a mapping, in which some keys are left as they are."""
        values = {
            key: value if key in but else self.fill(value) for key, value in node.values.items()
        }
        return Keys(values, node.key_at, node.at)

    def _scalar(self, node: Scalar) -> Scalar:
        written = template.names(node.text)
        names = [each for each in written if each in self.values]
        for each in written:
            self._meet(each)
        if not names:
            return node
        self.room -= sum(len(self.values[each].text) for each in names)
        if self.room < 0:
            raise TooLong(node.at)
        values = {each: self.values[each].text for each in names}
        filled = Filled(node.text, self._told(values))
        if _ALONE.fullmatch(node.text):
            alone = Scalar(values[names[0]], plain=True, at=node.at, filled=filled)
            return alone._replace(plain=not alone.is_null)
        return Scalar(template.fill(node.text, values), plain=False, at=node.at, filled=filled)

    def _meet(self, name: str) -> None:
        """Remember a name as used; one that nothing stands for, as the variable it is nearly."""
        if name in self.values:
            self.used.add(name)
            return
        is_known = name in template.PLACEHOLDERS or template.is_side(name) or name in self._strange
        if not is_known and len(self._strange) < _STRANGE:
            self._strange.add(name)
            self.used.update(get_close_matches(name[:LONGEST], self.values, n=1))

    def _told(self, values: Mapping[str, str]) -> str:
        told = [
            f"`{{{each}}}` is {quoted(text)}, from {self.values[each].source}"
            for each, text in list(values.items())[:_TOLD]
        ]
        return "; ".join(told)
