"""YAML that cannot be parsed -> what the author probably meant, and how to write it.

The parser says where it gave up; the line there says why. Most such lines are a text that needed
quotes: that is told, and mended in the draft, so that the rest of the script can be checked too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from voiceguide.script.nodes import Position
from voiceguide.script.shapes import KINDS, KNOWN_KEYS

_HEAD = r"(?P<head> *(?:- +)*)"
_ENTRY = re.compile(rf"{_HEAD}(?P<key>\w+):[ \t]+(?P<value>\S.*)$")
_ITEM = re.compile(r"(?P<head> *(?:- +)+)(?P<value>[^\s-].*)$")
_NO_SPACE = re.compile(rf"{_HEAD}(?P<key>\w+):(?P<value>\S.*)$")
_NO_COLON = re.compile(rf"{_HEAD}(?P<key>\w+)(?: +(?P<value>\S.*))? *$")
DASHES = ("-", "\u2013", "\u2014", "\u2022", "*")
"""Marks that a step is begun with; only the first is right, and only with a space."""
_DASHED = re.compile(
    rf"(?P<head> *)(?P<dash>-(?! )|[{''.join(DASHES[1:])}]) *(?P<step>(?:{'|'.join(KINDS)}):.*)$"
)
_BARE = r"[^\"'{}\[\],]"
_INNER_BRACES = re.compile(
    rf"[{{,] *(?P<key>\w+): +(?P<text>(?=\S){_BARE}*(?:\{{\w+\}}{_BARE}*)+)(?=[}},])"
)
_INNER_TEXT = re.compile(r"[{,] *(?P<key>\w+): +(?P<text>[^\s\"'{}\[\],][^\"{}\[\],]*)(?=[},])")
_INNER_KEY = re.compile(r"(?<= )(?P<key>\w+): ")
_SAID = frozenset({"say", "text", "wait", "label", "rest_label", "title"})
"""Keys whose text may well hold a word that is a key elsewhere: "now rest: breathe"."""
_KEY = re.compile(r"(?P<head> *)(?P<key>\w+):")

_GENERAL = "check the indentation, the quotes and the `: ` of this line and the one before"
_FAR = 50
"""Lines above the place of an error in which an open quote is looked for."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip, its cure, and the text as it was meant, where that is plain."""

    message: str
    at: Position
    hint: str
    mended: str | None = None


def diagnose(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """What went wrong where the parser gave up."""
    return _Scene(error, text).slip()


def dashed(lines: list[str], number: int) -> Slip | None:
    """What is wrong with the dash of a step on a line, counted from 0, if anything is."""
    match = _DASHED.match(lines[number])
    if match is None:
        return None
    step = f"- {match['step']}"
    message = (
        "a space is missing after the dash of this step"
        if match["dash"] == DASHES[0]
        else f"a step begins with `- ` (got `{match['dash']}`)"
    )
    mended = "\n".join([*lines[:number], match["head"] + step, *lines[number + 1 :]])
    return Slip(message, (number + 1, match.start("dash") + 1), f"write `{step[:40]}`", mended)


class _Scene:
    """The line on which the parser gave up, counted from 0, and those around it."""

    def __init__(self, error: yaml.MarkedYAMLError, text: str) -> None:
        self.lines = text.split("\n")
        self.problem, self.context = str(error.problem), str(error.context)
        mark = error.problem_mark or error.context_mark
        self.number = min(mark.line, len(self.lines) - 1) if mark else 0
        self.column = mark.column if mark else 0
        self.line = self.lines[self.number]
        begun = error.context_mark
        self.begun = (begun.line, begun.column) if begun and begun.line < len(self.lines) else None
        """Where that began which the parser was reading; it may lie behind the last line."""

    def slip(self) -> Slip:
        return (
            self.tab()
            or self.open_quote()
            or self.escape()
            or self.dash()
            or self.missing_space()
            or self.missing_colon()
            or self.astray()
            or self.inner_braces()
            or self.inner_text()
            or self.unquoted()
            or self.open_bracket()
            or self.tell(f"this is not YAML: {self.problem}", self.number, self.column, _GENERAL)
        )

    def tell(
        self, message: str, number: int, column: int, hint: str, mended: str | None = None
    ) -> Slip:
        """A slip on a line; `mended` is that line as it was meant."""
        if mended is not None:
            mended = "\n".join([*self.lines[:number], mended, *self.lines[number + 1 :]])
        return Slip(message, (number + 1, column + 1), hint, mended)

    def tab(self) -> Slip | None:
        tab = re.match(r" *\t", self.line)
        if tab is None:
            return None
        hint = "indent with spaces, two for each level"
        return self.tell("a tab indents this line", self.number, tab.end() - 1, hint)

    def open_quote(self) -> Slip | None:
        """A quote that is never closed, or only by the next quote further down."""
        place = self.begun if "quoted scalar" in self.context and "end of" in self.problem else None
        for number in range(max(0, self.number - _FAR), self.number):
            match = _ENTRY.match(self.lines[number]) or _ITEM.match(self.lines[number])
            if match and match["value"][0] in "\"'" and _after_quote(match["value"]) is None:
                place = place or (number, match.start("value"))
        if place is None:
            return None
        quote = self.lines[place[0]][place[1]]
        message = f"the text that begins here has no closing {quote}"
        mended = self.lines[place[0]].rstrip() + quote
        return self.tell(message, *place, f"close it with {quote} where it ends", mended)

    def escape(self) -> Slip | None:
        if "escape" not in self.problem:
            return None
        hint = "write \\\\ for a backslash, or put single quotes around the text"
        message = "a backslash in double quotes begins an escape, and this is none"
        return self.tell(message, self.number, self.column, hint)

    def above(self) -> int:
        """The nearest line above that is not empty; the first line where there is none."""
        numbers = range(self.number - 1, 0, -1)
        return next((number for number in numbers if self.lines[number].strip()), 0)

    def dash(self) -> Slip | None:
        """`-rest: 20s`, on the line where the parser gave up or just before."""
        return dashed(self.lines, self.number) or dashed(self.lines, self.above())

    def missing_space(self) -> Slip | None:
        """`title:Lunch`, on the line where the parser gave up or just before."""
        for number in range(self.number, max(-1, self.number - 2), -1):
            match = _NO_SPACE.match(self.lines[number])
            if match and match["key"] in KNOWN_KEYS:
                cure = f"{match['key']}: {match['value']}"
                message = f"a space is missing after `{match['key']}:`"
                column, mended = match.start("value"), match["head"] + cure
                return self.tell(message, number, column, f"write `{cure[:40]}`", mended)
        return None

    def missing_colon(self) -> Slip | None:
        """`duration 45s`, or `steps` alone."""
        is_sure = "could not find expected ':'" in self.problem and self.begun is not None
        if not is_sure and "mapping values" not in self.problem:
            return None
        number, column = self.begun if is_sure and self.begun else (self.above(), 0)
        match = _NO_COLON.match(self.lines[number])
        if match is None or match["key"] not in KNOWN_KEYS:
            message = "expected a key and a colon, such as `say:`"
            return self.tell(message, number, column, _GENERAL) if is_sure else None
        cure = f"{match['key']}: {match['value'] or ''}".rstrip()
        message = f"a colon is missing after `{match['key']}`"
        mended = match["head"] + cure
        return self.tell(message, number, match.start("key"), f"write `{cure[:40]}`", mended)

    def astray(self) -> Slip | None:
        """A key or a dash that does not line up with those it belongs to, or a missing dash."""
        above = next((line for line in self.lines[: self.number][::-1] if line.strip()), "")
        head = re.match(r" *(?:- +)*", above)
        indent = len(self.line) - len(self.line.lstrip())
        if self.line.lstrip().startswith("- ") and self.column == indent:
            hint = "indent all steps of one list the same"
            return self.tell(
                "this dash does not line up with those above it", self.number, indent, hint
            )
        match = _KEY.match(self.line)
        if match is None or head is None or _ENTRY.match(above) is None:
            return None
        body = self.line[indent:]
        if "'-' indicator" in self.problem and match["key"] in KINDS and self.begun:
            hint = f"begin the step with a dash: `- {match['key']}: ...`"
            mended = " " * self.begun[1] + "- " + body if self._ends_step(indent) else None
            return self.tell(
                "a dash is missing before this step", self.number, indent, hint, mended
            )
        wanted = head.end()
        is_too_deep = "mapping values" in self.problem and indent > wanted
        is_too_shallow = "expected key" in self.problem and self.column == indent
        if indent == wanted or not (
            is_too_deep or is_too_shallow or "'-' indicator" in self.problem
        ):
            return None
        hint = f"indent it by {wanted} spaces, like the keys of the line above"
        message, mended = "this key does not line up with those above it", " " * wanted + body
        return self.tell(message, self.number, indent, hint, mended)

    def _ends_step(self, indent: int) -> bool:
        """Whether the step on the line has no further lines of its own."""
        after = "".join(self.lines[self.number + 1 : self.number + 2])
        return len(after) - len(after.lstrip()) <= indent

    def inner_braces(self) -> Slip | None:
        """`{command: mytts --out {file}}`: a text with a placeholder, inside of braces."""
        if "flow" not in self.context and "flow" not in self.problem:
            return None
        match = _INNER_BRACES.search(self.line)
        if match is None:
            return None
        text = match["text"].rstrip()
        column = match.start("text")
        mended = self.line[:column] + _quote(text) + self.line[column + len(text) :]
        message = "a text with braces in it needs quotes here"
        hint = f"write `{match['key']}: {_quote(text)}`"
        return self.tell(message, self.number, column, hint, mended)

    def inner_text(self) -> Slip | None:
        """`{say: Remember: breathe}` and `{exercise: squat reps: 8}`: no quotes, or no comma."""
        if "flow" not in self.context and "cannot start any token" not in self.problem:
            return None
        for match in _INNER_TEXT.finditer(self.line):
            name, text, column = match["key"], match["text"].rstrip(), match.start("text")
            inner = _INNER_KEY.search(text)
            if inner and inner["key"] in KNOWN_KEYS and name not in _SAID:
                value, rest = text[: inner.start()].rstrip(), text[inner.start() :]
                cure, message = f"{value}, {rest}", f"a comma is missing before `{inner['key']}`"
                at = column + inner.start()
                hint = f"write `{name}: {cure}`"
            elif ": " in text or text[0] in "@`%" or text.endswith(":"):
                begins = f"a text cannot begin with {text[0]} without quotes"
                message = begins if text[0] in "@`%" else "a text with `: ` in it needs quotes"
                cure, at = _quote(text), column
                hint = f"put quotes around this text: `{name}: {cure}`"
            else:
                continue
            mended = self.line[:column] + cure + self.line[column + len(text) :]
            return self.tell(message, self.number, at, hint, mended)
        return None

    def unquoted(self) -> Slip | None:
        """A text that means something else to YAML: by `: ` in it, or by its first character."""
        match = _ENTRY.match(self.line) or _ITEM.match(self.line)
        if match is None:
            return None
        value = match["value"].rstrip()
        first = value[0]
        if first in "\"'":
            if not _after_quote(value):
                return None
            message = f"something follows the closing {first} of this text"
        elif first in "[{" and not re.search(r"[\]}].*\S", value):
            return None
        elif first in "@`%&*!|>[]{},-?":
            message = f"a text cannot begin with {first} without quotes"
        elif ": " in value or value.endswith(":"):
            message = "a text with `: ` in it needs quotes"
        else:
            return None
        column = match.start("value")
        mended = _quote(value)
        cure = f"{self.line[:column].strip()} {mended}".lstrip("- ")
        hint = "put quotes around this text" + (f": `{cure}`" if len(cure) < 80 else "")  # noqa: PLR2004  fits a line
        return self.tell(message, self.number, column, hint, self.line[:column] + mended)

    def open_bracket(self) -> Slip | None:
        """A `[` or `{` that is never closed."""
        if "flow" not in self.context or self.begun is None:
            return None
        number, column = self.begun
        mark = self.lines[number][column : column + 1]
        closing = {"[": "]", "{": "}"}.get(mark)
        if closing is None:
            return None
        hint = f"put commas between its entries, and `{closing}` after the last"
        return self.tell(f"the `{mark}` that opens here is not closed", number, column, hint)


def _after_quote(value: str) -> str | None:
    """What follows the closing quote of a quoted value; None where there is none on the line."""
    body = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
    match = re.match(body, value)
    if match is None:
        return None
    after = value[match.end() :].strip()
    return "" if after.startswith("#") else after


def _quote(value: str) -> str:
    """The value in quotes, in place of those that it has around it already."""
    if value[0] in "\"'" and len(value) > 1 and value[-1] == value[0]:
        value = value[1:-1]
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
