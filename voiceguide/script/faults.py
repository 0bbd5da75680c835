"""What is wrong in a script: collected with its place, and put into words that show it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from voiceguide.model.errors import Fault
from voiceguide.script.nodes import Filled, Node, Position, Scalar, find, locate

MAX_FAULTS = 500
"""A text with more than this is no script; reading it further helps nobody."""

_WINDOW = 120
"""Characters shown of a source line that is longer."""

_SHOWN = 40
"""Characters of a value that a message shows."""


class Refused(ValueError):
    """A value that cannot be taken; `word` is the part of its text to point at."""

    def __init__(
        self, message: str, hint: str = "", word: str = "", also: tuple[Refused, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.word = word
        self.also = also
        """What else is wrong with the same value."""


class TooManyFaults(Exception):
    """The report is full."""


class Report:
    """The faults of one script, in the order of their places, each told once."""

    def __init__(self, origin: str, text: str) -> None:
        self.origin = origin
        self.lines = text.split("\n")
        self._faults: dict[tuple[int, int, str], Fault] = {}

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All told so far, by line and column."""
        return tuple(self._faults[key] for key in sorted(self._faults))

    def __len__(self) -> int:
        return len(self._faults)

    def tell(self, message: str, at: Position, hint: str = "", path: str = "") -> None:
        """Add a fault.

        Raises:
            TooManyFaults: the report held `MAX_FAULTS` already.
        """
        line, column = at
        if len(self._faults) >= MAX_FAULTS and (line, column, message) not in self._faults:
            more = "there are more faults than can be told"
            self._faults[line, column, more] = Fault(
                more, line, column, origin=self.origin, hint="mend these first, then check again"
            )
            raise TooManyFaults
        self._faults[line, column, message] = Fault(
            message, line, column, path, self.origin, source_line(self.lines, line), hint
        )

    def tell_in(
        self,
        root: Node,
        path: str,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        word: str = "",
    ) -> None:
        """Add a fault of what lies at `path`: its value, its key, or one `word` of its text."""
        at = locate(root, path, key=key)
        filled = None if key else put_in(root, path)
        if word and (filled is None or word in filled.written):
            at = self._find(word, at)
        elif filled is not None:
            message += f" ({filled.told})"
        self.tell(message, at, hint, path)

    def _find(self, word: str, at: Position) -> Position:
        """Where `word` is written, at or after `at`; `at` where it was written with escapes."""
        line, column = at
        start = column - 1
        for number in range(line, min(line + 100, len(self.lines) + 1)):
            if (found := self.lines[number - 1].find(word, start)) >= 0:
                return number, found + 1
            start = 0
        return at


def put_in(root: Node, path: str) -> Filled | None:
    """What was put into the value at a path in place of its names, if anything was."""
    node = find(root, path)
    return node.filled if isinstance(node, Scalar) else None


def source_line(lines: list[str], line: int) -> str:
    """The text of a line that counts from 1; empty where there is none."""
    return lines[line - 1] if 0 < line <= len(lines) else ""


def render(fault: Fault) -> str:
    """`file:line:column: path: message`, the source line with a mark below it, and the hint."""
    place = ":".join(
        [fault.origin, *(str(part) for part in (fault.line, fault.column) if part)]
    ).lstrip(":")
    rows = [": ".join(part for part in (place, fault.path, fault.message) if part)]
    if fault.source.strip() and fault.column:
        text, before = _excerpt(fault.source, fault.column)
        rows += [f"    {text}", f"    {''.join(map(_blank, before))}^"]
    if fault.hint:
        rows.append(f"    {fault.hint}")
    return "\n".join(rows)


def _excerpt(source: str, column: int) -> tuple[str, str]:
    """A line cut to what can be shown, and the part of it before the column."""
    start = max(0, column - _WINDOW // 2) if len(source) > _WINDOW else 0
    end = start + _WINDOW if len(source) > _WINDOW else len(source)
    left, right = "..." if start else "", "..." if end < len(source) else ""
    shown = left + "".join(map(_visible, source[start:end])) + right
    return shown.rstrip(), shown[: len(left) + column - 1 - start]


def _visible(character: str) -> str:
    """The character itself, or a stand-in where it would steer a terminal."""
    steers = unicodedata.category(character) in {"Cc", "Cs"} and character != "\t"
    return "\ufffd" if steers else character


def _blank(character: str) -> str:
    """White space as wide as the character is in a terminal (Unicode UAX 11)."""
    if character == "\t":
        return character
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return ""
    return "  " if unicodedata.east_asian_width(character) in {"W", "F"} else " "


def quoted(text: str) -> str:
    """A word of the script as messages show it: in backticks, in one line, not too long."""
    line = "".join(map(_visible, " ".join(text[: 2 * _SHOWN].split())))
    return f"`{line if len(line) <= _SHOWN else line[: _SHOWN - 3] + '...'}`"


def listed(words: Iterable[str]) -> str:
    """`full`, `short`, `names`."""
    return ", ".join(f"`{word}`" for word in words)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """The hint that names the nearest of the words; empty where none is near."""
    near = get_close_matches(word.lower(), list(words), n=1) if len(word) < _SHOWN else []
    return f"did you mean `{near[0]}`?" if near else ""
